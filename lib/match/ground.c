/* Sentences and words of a turn. */
#include "match/ground.h"
#include "text/sentences.h"
#include "text/words.h"

#include <string.h>

qc_ground qc_ground_init(const qcode_memory *memory)
{
    return (qc_ground){.memory = memory};
}

void qc_ground_clear(qc_ground *ground)
{
    qc_release(ground->memory, ground->sentences);
    qc_release(ground->memory, ground->words);
    *ground = qc_ground_init(ground->memory);
}

bool qc_ground_enter(qc_ground *g, const qc_reading *reading, size_t until)
{
    size_t at = 0, first = 0;
    qcode_span span = {0, 0};
    g->reading = reading;
    g->sentence_count = g->word_count = 0;
    g->has_words = false;
    while (span.end < until && qc_next_sentence(reading->text, reading->length, &at, &span)) {
        size_t i = g->sentence_count;
        if (!qc_grow(g->memory, &g->sentences, &g->sentence_room, i + 1, sizeof *g->sentences))
            return false;
        if (i) {
            size_t before = g->sentences[i - 1].span.end;
            first = memchr(reading->text + before, '\n', span.start - before) ? i : first;
        }
        g->sentences[i] = (qc_sentence){span, first, i};
        g->sentence_count++;
    }
    for (size_t i = g->sentence_count; i-- > 1;)
        if (g->sentences[i - 1].first == g->sentences[i].first)
            g->sentences[i - 1].last = g->sentences[i].last;
    return true;
}

bool qc_ground_count_words(qc_ground *g)
{
    size_t at = 0;
    qcode_span word;
    while (!g->has_words && qc_next_word(g->reading->text, g->reading->length, &at, &word)) {
        if (!qc_grow(g->memory, &g->words, &g->word_room, g->word_count + 1, sizeof *g->words))
            return false;
        g->words[g->word_count++] = word.start;
    }
    return g->has_words = true;
}

size_t qc_ground_behind(const qc_ground *g, size_t byte)
{
    size_t low = 0, high = g->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->sentences[middle].span.end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool qc_ground_touch(const qc_ground *g, qcode_span span, size_t *first, size_t *last)
{
    *first = qc_ground_behind(g, span.start);
    if (*first == g->sentence_count || g->sentences[*first].span.start >= span.end)
        return false;
    *last = qc_ground_behind(g, span.end - 1);
    if (*last == g->sentence_count || g->sentences[*last].span.start >= span.end)
        --*last;
    return true;
}

/* How many words begin before `byte`. */
static size_t words_before(const qc_ground *g, size_t byte)
{
    size_t low = 0, high = g->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->words[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t qc_ground_words(const qc_ground *g, size_t from, size_t to)
{
    return from < to ? words_before(g, to) - words_before(g, from) : 0;
}
