/* Totals of a coding job. */
#include "work/totals.h"
#include "base/memory.h"
#include "model/books.h"
#include "model/codebook.h"
#include "model/shown.h"

/* These stand for no code in a key. */
static const size_t in_study = SIZE_MAX, in_withdrawn = SIZE_MAX - 1, in_unused = SIZE_MAX - 2,
                    in_unquoted = SIZE_MAX - 3;

/* Lines for codes and themes. False when memory runs out. */
static bool make_lines(qcode_code_totals *totals, qcode_codebooks books, const qcode_memory *memory)
{
    size_t codes, themes;
    if (!qc_multiply(totals->code_count + 1, sizeof *totals->codes, &codes) ||
        !qc_multiply(totals->theme_count + 1, sizeof *totals->themes, &themes))
        return false;
    totals->codes = qc_resize(memory, NULL, codes);
    totals->themes = qc_resize(memory, NULL, themes);
    for (size_t i = 0; totals->codes && i < totals->code_count; i++)
        totals->codes[i] = (qcode_code_count){.code = qc_books_code(books, i)};
    for (size_t i = 0; totals->themes && i < totals->theme_count; i++)
        totals->themes[i] = (qcode_theme_count){.theme = qc_books_theme(books, i)};
    return totals->codes && totals->themes;
}

bool qc_counter_init(qc_counter *counter, qcode_codebooks books, const qcode_memory *memory, qcode_code_totals *totals)
{
    *counter = (qc_counter){.books = books, .totals = totals, .seen = qc_set_init(memory)};
    counter->key = counter->flags = counter->lasts = qc_buffer_init(memory);
    *totals = (qcode_code_totals){.code_count = qc_books_code_count(books), .theme_count = qc_books_theme_count(books)};
    if (memory)
        totals->memory = *memory;
    return make_lines(totals, books, memory);
}

void qc_counter_clear(qc_counter *counter)
{
    qc_set_clear(&counter->seen);
    qc_buffer_clear(&counter->key);
    qc_buffer_clear(&counter->flags);
    qc_buffer_clear(&counter->lasts);
}

void qcode_code_totals_clear(qcode_code_totals *totals)
{
    const qcode_memory *memory = totals->memory.release ? &totals->memory : NULL;
    qc_release(memory, totals->codes);
    qc_release(memory, totals->themes);
    *totals = (qcode_code_totals){.documents = 0};
}

/* Counts a respondent in `*count` unless their case was met there before; without a case they are known by their
 * document alone, and new. */
static bool count_respondent(qc_counter *counter, const qcode_speaker *speaker, size_t where, size_t *count)
{
    bool added = true;
    if (speaker->case_name) {
        counter->key.length = 0;
        qc_buffer_append(&counter->key, &where, sizeof where);
        if (!qc_buffer_string(&counter->key, speaker->case_name) ||
            qc_set_add(&counter->seen, counter->key.data, counter->key.length, &added) == SIZE_MAX)
            return false;
    }
    *count += added;
    return true;
}

/* The respondent who speaks in a turn; NULL for an interviewer and where nobody is known to speak. */
static const qcode_speaker *respondent_of(const qcode_transcript *talk, size_t turn)
{
    const qcode_speaker *speaker = turn ? qcode_transcript_turn(talk, turn - 1).speaker : NULL;
    return speaker && speaker->role == QCODE_ROLE_RESPONDENT ? speaker : NULL;
}

/* What was counted last in a place. */
typedef struct passage {
    qcode_span span;
    bool is_own; /* with somebody's own words */
} passage;

/* One bit for each place, and one for each pair of place and speaker: whether this document has had it. And no passage
 * has been counted. */
static char *clear_flags(qc_counter *counter, size_t speakers)
{
    size_t size, places = counter->totals->code_count + counter->totals->theme_count;
    counter->flags.length = counter->lasts.length = 0;
    if (!qc_multiply(places, speakers + 1, &size) || !qc_buffer_reserve(&counter->flags, size + 1) ||
        !qc_buffer_reserve(&counter->lasts, (places + 1) * sizeof(passage)))
        return NULL;
    memset(counter->lasts.data, 0, places * sizeof(passage));
    memset(counter->flags.data, 0, size);
    return counter->flags.data;
}

static bool first_time(char *flag)
{
    bool first = !*flag;
    *flag = 1;
    return first;
}

/* What is counted of a place: a code or a theme. */
typedef struct tally {
    size_t *segments, *interviews, *respondents;
    size_t *own_words; /* may be NULL */
} tally;

/* Counts a segment in one place, unless another one there has the same passage. */
static bool count_in(qc_counter *counter, const qcode_transcript *talk, const qcode_segment *segment, size_t place,
                     size_t speakers, tally counts)
{
    char *own = counter->flags.data + place * (speakers + 1);
    passage *last = (passage *)(void *)counter->lasts.data + place;
    bool done = true;
    bool is_own = segment->basis == QCODE_BASIS_OWN;
    bool is_new = last->span.start != segment->span.start || last->span.end != segment->span.end;
    *counts.segments += is_new;
    if (counts.own_words)
        *counts.own_words += is_own && (is_new || !last->is_own);
    *last = (passage){segment->span, is_own || (!is_new && last->is_own)};
    *counts.interviews += first_time(own);
    bool by_hits = segment->hit_count || segment->state == QCODE_PROPOSED; /* what a person coded without a hit is said by who speaks there */
    size_t sayings = by_hits ? segment->hit_count : segment->piece_count;
    for (size_t i = 0; is_own && done && i < sayings; i++) {
        const qcode_speaker *speaker = respondent_of(
            talk, by_hits ? segment->hits[i].turn : qc_turn_at(talk, segment->pieces[i].start));
        if (speaker && first_time(own + 1 + (speaker - qcode_transcript_speaker(talk, 0))))
            done = count_respondent(counter, speaker, place, counts.respondents);
    }
    return done;
}

/* Counts a segment with its code, those that this one stands under, and their themes. */
static bool count_segment(qc_counter *counter, const qcode_transcript *talk, const qcode_segment *segment,
                          size_t speakers)
{
    qcode_code_totals *totals = counter->totals;
    bool done = true;
    for (const qcode_code *code = segment->code; done && code; code = qcode_code_parent(code)) {
        size_t place = qc_books_index(counter->books, code);
        qcode_code_count *c = &totals->codes[place];
        done = count_in(counter, talk, segment, place, speakers,
                        (tally){&c->segments, &c->interviews, &c->respondents, &c->own_words});
    }
    for (size_t i = 0; done && i < totals->theme_count; i++) {
        qcode_theme_count *t = &totals->themes[i];
        if (qc_theme_has(t->theme, segment->code))
            done = count_in(counter, talk, segment, totals->code_count + i, speakers,
                            (tally){&t->segments, &t->interviews, &t->respondents, NULL});
    }
    return done;
}

/* Where respondents are counted beside the codes: each place has its own "met before". */
static size_t *place_of(qcode_code_totals *totals, const qcode_speaker *speaker, size_t *where)
{
    bool withdrawn = false;
    for (size_t i = 0; i < speaker->attribute_count; i++)
        withdrawn |= strcmp(speaker->attributes[i].name, "withdrawn") == 0;
    *where = !speaker->left_out ? in_study : withdrawn ? in_withdrawn : in_unused;
    return !speaker->left_out ? &totals->respondents
           : withdrawn        ? &totals->kept_back.withdrawn
                              : &totals->kept_back.unused;
}

/* Counts who answers. A document in which everybody is left out is no interview of the study. */
static bool count_speakers(qc_counter *counter, const qcode_transcript *talk, bool *counts)
{
    qcode_code_totals *totals = counter->totals;
    size_t heard = 0, left_out = 0;
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        size_t where, *place = place_of(totals, speaker, &where);
        if (speaker->role != QCODE_ROLE_RESPONDENT)
            continue;
        left_out += speaker->left_out;
        heard += !speaker->left_out;
        if (!count_respondent(counter, speaker, where, place) ||
            (speaker->unquoted && !speaker->left_out &&
             !count_respondent(counter, speaker, in_unquoted, &totals->kept_back.unquoted)))
            return false;
    }
    *counts = heard || !left_out;
    totals->kept_back.documents += !*counts;
    return true;
}

static size_t count_turns(const qcode_transcript *talk)
{
    size_t count = 0;
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++)
        count += qcode_may_use(talk, qcode_transcript_turn(talk, i).speaker);
    return count;
}

/* Whether a segment of this state is one of those that are counted. */
static bool count_state(qcode_code_totals *totals, qcode_state state)
{
    totals->accepted += state == QCODE_ACCEPTED;
    totals->edited += state == QCODE_EDITED;
    totals->rejected += state == QCODE_REJECTED;
    totals->segments += state != QCODE_REJECTED;
    return state != QCODE_REJECTED;
}

bool qc_counter_add(qc_counter *counter, const qcode_codings *codings)
{
    const qcode_transcript *talk = qcode_codings_transcript(codings);
    qcode_code_totals *totals = counter->totals;
    size_t speakers = qcode_transcript_speaker_count(talk);
    char *flags = clear_flags(counter, speakers);
    bool counts = true, done = flags && count_speakers(counter, talk, &counts);
    for (size_t i = 0; done && i < qcode_codings_count(codings); i++)
        if (count_state(totals, qcode_codings_at(codings, i)->state))
            done = count_segment(counter, talk, qcode_codings_at(codings, i), speakers);
    totals->documents += counts;
    totals->turns += count_turns(talk);
    totals->vetoed += qcode_codings_vetoed_count(codings);
    return done;
}
