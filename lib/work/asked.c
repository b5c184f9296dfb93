/* Runs the codebooks once more over the transcripts and listens to what they make of the questions. */
#include "work/asked.h"
#include "base/error.h"
#include "match/matcher.h"
#include "model/books.h"
#include "model/codebook.h"
#include "model/reading.h"
#include "text/words.h"

#include <string.h>

/* The questions of a transcript: where each begins, and what its answer is believed to be about. */
typedef struct listening {
    size_t codes;
    qc_buffer turns; /* of size_t: numbers */
    qc_buffer about; /* bytes: questions x codes */
} listening;

static bool hear(void *user, const qc_question *question, qc_opening opening, const qc_belief *belief)
{
    listening *to = user;
    bool done = qc_buffer_append(&to->turns, &question->turn, sizeof question->turn);
    (void)opening;
    for (size_t i = 0; done && i < to->codes; i++)
        done = qc_buffer_byte(&to->about, belief[i].asked + belief[i].carried > 0);
    return done;
}

typedef struct asking {
    const qc_view *view;
    qc_answered *answers;
    size_t first; /* the place of the book's first code */
    listening heard;
    qc_reading_scratch scratch;
    size_t *words; /* of the answer at hand: each respondent's */
    size_t *turn;  /* ... and where they begin, + 1 */
    qcode_error *err;
} asking;

/* An answer has ended: it is kept where it is a respondent's longest on a code. */
static void keep_answer(asking *a, size_t document, size_t question)
{
    const qc_view *view = a->view;
    const char *about = a->heard.about.data + question * a->heard.codes;
    for (size_t who = 0; who < view->respondent_count; who++) {
        const qc_answered fresh = {document, a->turn[who] - 1, a->words[who]};
        for (size_t i = 0; a->turn[who] && i < a->heard.codes; i++)
            for (size_t code = about[i] ? a->first + i : SIZE_MAX; code != SIZE_MAX; code = view->parents[code]) {
                qc_answered *kept = &a->answers[who * view->code_count + code];
                if (fresh.words > kept->words)
                    *kept = fresh;
            }
        a->turn[who] = a->words[who] = 0;
    }
}

static bool count_turn(asking *a, size_t document, size_t index)
{
    const qcode_transcript *talk = a->view->talks[document];
    const qcode_turn turn = qcode_transcript_turn(talk, index);
    size_t who = qc_view_respondent(a->view, document, turn.speaker);
    qc_reading reading;
    qcode_span word;
    if (who == QC_NOBODY)
        return true;
    if (!qc_read_turn(&a->scratch, talk, &turn, &reading))
        return false;
    a->turn[who] = a->turn[who] ? a->turn[who] : index + 1;
    for (size_t at = 0; qc_next_word(reading.text, reading.length, &at, &word);)
        a->words[who]++;
    return true;
}

/* Answers reach from behind a question to the next. */
static bool walk(asking *a, size_t document)
{
    const qcode_transcript *talk = a->view->talks[document];
    const size_t *turns = (const void *)a->heard.turns.data;
    size_t count = a->heard.turns.length / sizeof *turns, next = 0;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        if (next < count && i + 1 == turns[next]) {
            if (next)
                keep_answer(a, document, next - 1);
            next++;
        }
        if (next && !count_turn(a, document, i))
            return qc_no_memory(a->err);
    }
    if (next)
        keep_answer(a, document, next - 1);
    return true;
}

static bool listen(asking *a, const qcode_codebook *book, const qcode_memory *memory)
{
    const qc_witness witness = {.user = &a->heard, .asked = hear};
    qcode_rules *rules = qcode_rules_new(book, NULL, memory, NULL, a->err);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, memory, a->err) : NULL;
    bool done = matcher != NULL;
    if (done)
        qc_matcher_watch(matcher, &witness);
    for (size_t i = 0; done && i < a->view->talk_count; i++) {
        if (!a->view->talk_in_view[i])
            continue;
        a->heard.turns.length = a->heard.about.length = 0;
        qcode_codings *codings = qcode_match(matcher, a->view->talks[i], a->err);
        qcode_codings_free(codings);
        done = codings && walk(a, i);
    }
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return done;
}

bool qc_find_asked(qc_asked *asked, const qc_view *view, qc_arena *arena, const qcode_memory *memory, qcode_error *err)
{
    size_t cells;
    if (!qc_multiply(view->respondent_count + 1, view->code_count + 1, &cells))
        return qc_no_memory(err);
    asking a = {.view = view, .err = err, .scratch = qc_reading_scratch_init(memory)};
    bool *known = qc_arena_take_array(arena, view->code_count + 1, sizeof *known);
    a.answers = qc_arena_take_array(arena, cells, sizeof *a.answers);
    a.words = qc_arena_take_array(arena, view->respondent_count + 1, sizeof *a.words);
    a.turn = qc_arena_take_array(arena, view->respondent_count + 1, sizeof *a.turn);
    bool done = (known && a.answers && a.words && a.turn) || qc_no_memory(err);
    if (done) {
        memset(a.answers, 0, cells * sizeof *a.answers);
        memset(a.words, 0, (view->respondent_count + 1) * sizeof *a.words);
        memset(a.turn, 0, (view->respondent_count + 1) * sizeof *a.turn);
    }
    for (size_t i = 0; done && i < view->books.count; i++) {
        const qcode_codebook *book = view->books.at[i];
        a.heard = (listening){qcode_codebook_count(book), qc_buffer_init(memory), qc_buffer_init(memory)};
        for (size_t k = 0; k < a.heard.codes; k++)
            known[a.first + k] = book->weighed && !book->codes[k].aspect;
        done = !book->weighed || listen(&a, book, memory);
        a.first += a.heard.codes;
        qc_buffer_clear(&a.heard.turns);
        qc_buffer_clear(&a.heard.about);
    }
    qc_reading_scratch_clear(&a.scratch);
    *asked = (qc_asked){known, a.answers};
    return done;
}
