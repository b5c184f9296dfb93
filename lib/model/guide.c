/* An interview guide, and its questions found in turns. */
#include "model/guide.h"
#include "base/set.h"
#include "model/reading.h"
#include "text/fold.h"
#include "text/sentences.h"
#include "text/words.h"

#include <stdlib.h>

enum { FRACTION = 10, MILLION = 1000000 }; /* bits of a weight behind the point */

struct qcode_guide {
    qc_arena arena; /* holds the guide itself, the questions and their words */
    const char **questions;
    size_t count;
    qc_set stems;        /* words of the questions */
    size_t *words;       /* of the questions, one after another: distinct stems, by number */
    size_t *ends;        /* for each question, behind its last word */
    size_t *asking;      /* questions of each stem, one after another */
    size_t *asking_ends; /* for each stem */
};

/* Cuts an ending, so that "schools", "funding" and "described" meet "school", "funded" and "describe". */
static size_t stem_length(const char *word, size_t length)
{
    static const char *const endings[] = {"'s", "ings", "ing", "ed", "es", "s", "e"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (length >= size + 3 && memcmp(word + length - size, endings[i], size) == 0)
            return length - size;
    }
    return length;
}

static int compare_numbers(const void *a, const void *b)
{
    size_t one = *(const size_t *)a, other = *(const size_t *)b;
    return (one > other) - (one < other);
}

/* Sorts the numbers from byte `from` on, each kept once. */
static bool sort_distinct(qc_buffer *list, size_t from)
{
    if (list->failed || list->length == from)
        return !list->failed;
    size_t *numbers = (void *)(list->data + from), count = (list->length - from) / sizeof *numbers, kept = 1;
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 1; i < count; i++)
        if (numbers[i] != numbers[kept - 1])
            numbers[kept++] = numbers[i];
    list->length = from + kept * sizeof *numbers;
    return true;
}

/* Appends the numbers of a text's distinct stems to `list` (of size_t); stems are added to the set. */
static bool list_stems(qc_set *stems, qc_folder *folder, const char *text, size_t length, qc_buffer *list)
{
    qc_folded folded;
    qcode_span word;
    size_t from = list->length;
    if (!qc_fold(folder, QC_FORM_TERM, text, length, &folded))
        return false;
    for (size_t at = 0; qc_next_word(folded.text, folded.length, &at, &word);) {
        char stem[64];
        size_t size = stem_length(folded.text + word.start, word.end - word.start);
        size = size < sizeof stem ? size : sizeof stem; /* what is longer is no word */
        memcpy(stem, folded.text + word.start, size);
        if (size > 3 && stem[size - 1] == 'y')
            stem[size - 1] = 'i'; /* "agency", "agencies" */
        size_t number = qc_set_add(stems, stem, size, NULL);
        if (number == SIZE_MAX || !qc_buffer_append(list, &number, sizeof number))
            return false;
    }
    return sort_distinct(list, from);
}

static bool keep_sizes(qc_arena *arena, const qc_buffer *list, size_t **to)
{
    *to = qc_arena_take(arena, list->length + sizeof **to);
    if (*to && list->length)
        memcpy(*to, list->data, list->length);
    return *to != NULL;
}

/* The questions that each stem stands in, from the stems that stand in each question. */
static bool turn_round(qcode_guide *guide)
{
    size_t all = guide->count ? guide->ends[guide->count - 1] : 0, from = 0;
    guide->asking = qc_arena_take_array(&guide->arena, all + 1, sizeof *guide->asking);
    guide->asking_ends = qc_arena_take_array(&guide->arena, guide->stems.count + 1, sizeof *guide->asking_ends);
    if (!guide->asking || !guide->asking_ends)
        return false;
    for (size_t i = 0; i < all; i++)
        guide->asking_ends[guide->words[i] + 1]++; /* how many, one place further */
    for (size_t i = 1; i <= guide->stems.count; i++)
        guide->asking_ends[i] += guide->asking_ends[i - 1];
    for (size_t question = 0; question < guide->count; from = guide->ends[question++])
        for (size_t i = from; i < guide->ends[question]; i++)
            guide->asking[guide->asking_ends[guide->words[i]]++] = question;
    return true;
}

static bool fill_guide(qcode_guide *guide, const char *const *questions, size_t count)
{
    const qcode_memory *memory = guide->arena.memory;
    qc_folder folder = qc_folder_init(memory);
    qc_buffer words = qc_buffer_init(memory);
    guide->questions = qc_arena_take_array(&guide->arena, count, sizeof *guide->questions);
    guide->ends = qc_arena_take_array(&guide->arena, count, sizeof *guide->ends);
    bool done = guide->questions && guide->ends;
    for (; done && guide->count < count; guide->count++) {
        const char *question = questions[guide->count];
        guide->questions[guide->count] = qc_arena_string(&guide->arena, question);
        done = guide->questions[guide->count] &&
               list_stems(&guide->stems, &folder, question, strlen(question), &words);
        guide->ends[guide->count] = words.length / sizeof(size_t);
    }
    done = done && keep_sizes(&guide->arena, &words, &guide->words) && turn_round(guide);
    qc_buffer_clear(&words);
    qc_folder_clear(&folder);
    return done;
}

qcode_guide *qcode_guide_new(const char *const *questions, size_t count, const qcode_memory *memory, qcode_error *err)
{
    if (count > QCODE_MOST_QUESTIONS) {
        qc_fail(err, QCODE_LIMIT, NULL, 0, 0, "a guide of %zu questions, and at most %d are looked for", count,
                QCODE_MOST_QUESTIONS);
        return NULL;
    }
    qc_arena arena = qc_arena_init(memory);
    qcode_guide *guide = qc_arena_take(&arena, sizeof *guide);
    if (guide) {
        *guide = (qcode_guide){.arena = arena, .stems = qc_set_init(memory)};
        if (fill_guide(guide, questions, count))
            return guide;
        qcode_guide_free(guide);
    }
    qc_no_memory(err);
    return NULL;
}

void qcode_guide_free(qcode_guide *guide)
{
    if (!guide)
        return;
    qc_set_clear(&guide->stems);
    qc_arena arena = guide->arena; /* the guide lives in the arena that ends here */
    qc_arena_clear(&arena);
}

size_t qcode_guide_count(const qcode_guide *guide)
{
    return guide->count;
}

const char *qcode_guide_question(const qcode_guide *guide, size_t index)
{
    return guide->questions[index];
}

/* log2 of a number above 0, in 1 / 2^FRACTION: by halving and squaring, so that it is the same on every machine. */
static uint64_t logarithm(uint64_t number)
{
    uint64_t whole = 0, bits = 0;
    while (number >> (whole + 1))
        whole++;
    uint64_t part = whole > 31 ? number >> (whole - 31) : number << (31 - whole); /* 1 <= part / 2^31 < 2 */
    for (int i = 0; i < FRACTION; i++) {
        part = part * part >> 31;
        bits = bits << 1 | part >> 32;
        part >>= part >> 32;
    }
    return whole << FRACTION | bits;
}

/* A document while its questions are looked for. */
typedef struct search {
    const qcode_guide *guide;
    const qcode_transcript *talk;
    qc_reading_scratch reading;
    qc_folder folder;
    qc_set stems;       /* the guide's, with the same numbers, and the document's */
    qc_buffer list;     /* stems of a sentence */
    qc_buffer before;   /* ... of the one before */
    qc_buffer window;   /* ... of both */
    qc_buffer counts;   /* size_t for each stem: questions and turns that have it */
    size_t texts;       /* questions and turns */
    uint64_t *shared;   /* for each question of the guide: the weight shared with the window at hand */
    uint64_t *weights;  /* ... and its own weight */
    uint64_t best, second; /* likeness, in millionths */
    size_t question;    /* the best, from 1 */
} search;

static uint64_t weight_of(const search *seek, size_t stem)
{
    const size_t *counts = (const void *)seek->counts.data;
    return logarithm(seek->texts + 1) - logarithm(counts[stem]);
}

static bool asks(const qcode_turn *turn)
{
    return turn->speaker && turn->speaker->role == QCODE_ROLE_INTERVIEWER;
}

/* One more text that has these stems. */
static bool count_stems(search *seek, const size_t *stems, size_t count)
{
    size_t have = seek->counts.length / sizeof(size_t), none = 0;
    for (; have < seek->stems.count; have++)
        qc_buffer_append(&seek->counts, &none, sizeof none);
    for (size_t i = 0; !seek->counts.failed && i < count; i++)
        ((size_t *)(void *)seek->counts.data)[stems[i]]++;
    seek->texts++;
    return !seek->counts.failed;
}

/* How often each stem is met, in the guide and in the interviewers' turns. */
static bool count_all(search *seek)
{
    const qcode_guide *guide = seek->guide;
    bool done = true;
    for (size_t i = 0; done && i < guide->stems.count; i++) {
        const char *stem = qc_set_at(&guide->stems, i);
        done = qc_set_add(&seek->stems, stem, strlen(stem), NULL) != SIZE_MAX;
    }
    for (size_t i = 0, from = 0; done && i < guide->count; from = guide->ends[i++])
        done = count_stems(seek, guide->words + from, guide->ends[i] - from);
    for (size_t i = 0; done && i < qcode_transcript_turn_count(seek->talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(seek->talk, i);
        qc_reading reading;
        seek->list.length = 0;
        if (asks(&turn))
            done = qc_read_turn(&seek->reading, seek->talk, &turn, &reading) &&
                   list_stems(&seek->stems, &seek->folder, reading.text, reading.length, &seek->list) &&
                   count_stems(seek, (const void *)seek->list.data, seek->list.length / sizeof(size_t));
    }
    for (size_t i = 0, from = 0; done && i < guide->count; from = guide->ends[i++])
        for (size_t k = from; k < guide->ends[i]; k++)
            seek->weights[i] += weight_of(seek, guide->words[k]);
    return done;
}

/* A likeness of the turn at hand to a question. */
static void weigh(search *seek, size_t question, uint64_t likeness)
{
    if (seek->question == question + 1) {
        seek->best = likeness > seek->best ? likeness : seek->best;
    } else if (likeness > seek->best) {
        seek->second = seek->best;
        seek->best = likeness;
        seek->question = question + 1;
    } else {
        seek->second = likeness > seek->second ? likeness : seek->second;
    }
}

/* Compares the stems of a window with all questions that share one. */
static void compare(search *seek, const qc_buffer *window)
{
    const qcode_guide *guide = seek->guide;
    const size_t *stems = (const void *)window->data;
    size_t count = window->length / sizeof *stems;
    uint64_t weight = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t own = weight_of(seek, stems[i]);
        weight += own;
        for (size_t k = stems[i] && stems[i] < guide->stems.count ? guide->asking_ends[stems[i] - 1] : 0;
             stems[i] < guide->stems.count && k < guide->asking_ends[stems[i]]; k++)
            seek->shared[guide->asking[k]] += own;
    }
    for (size_t question = 0; question < guide->count; question++) {
        uint64_t both = weight + seek->weights[question];
        if (seek->shared[question] && both)
            weigh(seek, question, seek->shared[question] * (2 * MILLION) / both);
        seek->shared[question] = 0;
    }
}

/* The question that a turn asks, from 1; 0: none of the guide. SIZE_MAX when memory runs out. */
static size_t find_question(search *seek, const qcode_turn *turn)
{
    qc_reading reading;
    qcode_span sentence;
    seek->best = seek->second = seek->question = seek->before.length = 0;
    if (!qc_read_turn(&seek->reading, seek->talk, turn, &reading))
        return SIZE_MAX;
    for (size_t at = 0; qc_next_sentence(reading.text, reading.length, &at, &sentence);) {
        seek->list.length = seek->window.length = 0;
        if (!list_stems(&seek->stems, &seek->folder, reading.text + sentence.start, sentence.end - sentence.start,
                        &seek->list))
            return SIZE_MAX;
        compare(seek, &seek->list);
        qc_buffer_append(&seek->window, seek->before.data, seek->before.length);
        qc_buffer_append(&seek->window, seek->list.data, seek->list.length);
        if (!sort_distinct(&seek->window, 0))
            return SIZE_MAX;
        if (seek->before.length)
            compare(seek, &seek->window);
        qc_buffer last = seek->before;
        seek->before = seek->list;
        seek->list = last;
    }
    bool found = seek->best >= (uint64_t)QC_GUIDE_LEAST * (MILLION / 1000) && seek->best > seek->second;
    return found ? seek->question : 0;
}

static bool link_turns(search *seek, qcode_transcript *talk)
{
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        size_t question = 0;
        if (asks(&turn))
            question = find_question(seek, &turn);
        else if (turn.question)
            question = qcode_transcript_turn(talk, turn.question - 1).guide;
        if (question == SIZE_MAX)
            return false;
        qc_turn_set_guide(talk, i, question);
    }
    return true;
}

bool qc_guide_link(const qcode_guide *guide, qcode_transcript *talk)
{
    const qcode_memory *memory = qc_transcript_memory(talk);
    qc_arena arena = qc_arena_init(memory);
    search seek = {.guide = guide,
                   .talk = talk,
                   .reading = qc_reading_scratch_init(memory),
                   .folder = qc_folder_init(memory),
                   .stems = qc_set_init(memory)};
    seek.list = seek.before = seek.window = seek.counts = qc_buffer_init(memory);
    seek.shared = qc_arena_take_array(&arena, guide->count, sizeof *seek.shared);
    seek.weights = qc_arena_take_array(&arena, guide->count, sizeof *seek.weights);
    bool done = seek.shared && seek.weights && count_all(&seek) && link_turns(&seek, talk);
    qc_buffer_clear(&seek.list);
    qc_buffer_clear(&seek.before);
    qc_buffer_clear(&seek.window);
    qc_buffer_clear(&seek.counts);
    qc_set_clear(&seek.stems);
    qc_folder_clear(&seek.folder);
    qc_reading_scratch_clear(&seek.reading);
    qc_arena_clear(&arena);
    return done;
}
