/* Looking up stems. */
#include "match/stems.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { MET = 1024, MOST_MET = 24 };

/* A word that was met, and the first that wants its stem; `count` for none. */
typedef struct qc_stem_met {
    size_t length; /* 0: none yet */
    char word[MOST_MET];
    size_t first;
} stem_met;

static int compare_wanted(const void *a, const void *b)
{
    const qc_wanted *one = a, *two = b;
    int by = qc_term_compare(one->term, two->term);
    return by ? by : (one->owner > two->owner) - (one->owner < two->owner);
}

void qc_stems_build(qc_stems *stems, qc_wanted *wanted, size_t count)
{
    if (count)
        qsort(wanted, count, sizeof *wanted, compare_wanted);
    *stems = (qc_stems){wanted, count};
}

bool qc_stem_scratch_init(qc_stem_scratch *scratch, const char *language, const qcode_memory *memory)
{
    bool no_memory;
    *scratch = (qc_stem_scratch){.memory = memory, .stemmer = qc_stemmer_new(language, memory, &no_memory)};
    scratch->met = scratch->stemmer ? qc_resize(memory, NULL, MET * sizeof *scratch->met) : NULL;
    if (scratch->met)
        memset(scratch->met, 0, MET * sizeof *scratch->met);
    return scratch->met;
}

void qc_stem_scratch_clear(qc_stem_scratch *scratch)
{
    qc_stemmer_free(scratch->stemmer);
    qc_release(scratch->memory, scratch->met);
    *scratch = (qc_stem_scratch){.memory = scratch->memory};
}

/* The first that wants this stem, or the count. */
static size_t find(const qc_stems *stems, qc_term stem)
{
    size_t low = 0, high = stems->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (qc_term_compare(stems->wanted[middle].term, stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < stems->count && qc_term_compare(stems->wanted[low].term, stem) == 0 ? low : stems->count;
}

static stem_met *place_of(const qc_stem_scratch *scratch, const char *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619u;
    return &scratch->met[(hash ^ hash >> 15) % MET];
}

/* The first that wants the stem of a word. False when memory runs out. */
static bool look_up(const qc_stems *stems, const qc_stem_scratch *scratch, const char *word, size_t length,
                    size_t *first)
{
    stem_met *met = length <= MOST_MET ? place_of(scratch, word, length) : NULL;
    if (met && met->length == length && memcmp(met->word, word, length) == 0) {
        *first = met->first;
        return true;
    }
    size_t stem_length;
    const char *stem = qc_stem(scratch->stemmer, word, length, &stem_length);
    if (!stem)
        return false;
    *first = find(stems, (qc_term){(const unsigned char *)stem, stem_length});
    if (met) {
        met->length = length;
        met->first = *first;
        memcpy(met->word, word, length);
    }
    return true;
}

bool qc_stems_scan(const qc_stems *stems, qc_stem_scratch *scratch, const char *text, size_t length,
                   qc_lexicon_found *found, void *user, bool *no_memory)
{
    size_t at = 0, first;
    qcode_span word;
    *no_memory = false;
    while (qc_next_word(text, length, &at, &word)) {
        *no_memory = !look_up(stems, scratch, text + word.start, word.end - word.start, &first);
        if (*no_memory)
            return false;
        for (size_t i = first; i < stems->count; i++) {
            if (qc_term_compare(stems->wanted[i].term, stems->wanted[first].term) != 0)
                break;
            if (!found(user, stems->wanted[i].owner, word.start, word.end))
                return false;
        }
    }
    return true;
}

bool qc_stem_next(qc_stem_scratch *scratch, const qc_term *stem, const char *text, size_t length, size_t *start,
                  size_t *end, bool *no_memory)
{
    size_t at = 0, its_length;
    qcode_span word;
    *no_memory = false;
    while (qc_next_word(text, length, &at, &word)) {
        if (word.start < *start)
            continue;
        const char *its = qc_stem(scratch->stemmer, text + word.start, word.end - word.start, &its_length);
        *no_memory = !its;
        if (!its)
            return false;
        if (its_length == stem->length && memcmp(its, stem->text, its_length) == 0) {
            *start = word.start;
            *end = word.end;
            return true;
        }
    }
    return false;
}
