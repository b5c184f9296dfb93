/* Gathers the words and phrases of units. */
#include "work/grams.h"
#include "model/codings.h"
#include "model/shown.h"
#include "text/words.h"

#include <stdlib.h>

/* English words that say little by themselves, in the order of their bytes. Of other languages keyness has to tell. */
static const char *const function_words[] = {
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "being",
    "but", "by", "can", "could", "did", "didn't", "do", "does", "doesn't", "don't", "er", "erm", "for", "from", "get",
    "go", "got", "had", "has", "have", "he", "he's", "her", "here", "him", "his", "how", "i", "i'd", "i'm", "i've", "if",
    "in", "into", "is", "isn't", "it", "it's", "its", "just", "like", "me", "mm", "more", "my", "no", "not", "of", "oh",
    "on", "one", "or", "our", "out", "she", "she's", "so", "some", "than", "that", "that's", "the", "their", "them",
    "then", "there", "there's", "they", "they're", "this", "those", "to", "too", "um", "up", "us", "very", "was", "wasn't",
    "we", "we'd", "we're", "we've", "well", "were", "what", "when", "where", "which", "who", "will", "with", "would",
    "yeah", "yes", "you", "you're", "your"};

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_function_word(const char *word)
{
    return bsearch(word, function_words, sizeof function_words / sizeof *function_words, sizeof *function_words,
                   compare_words) != NULL;
}

typedef struct gathering {
    qc_grams *grams;
    qc_folder folder;
    qc_buffer text;           /* a unit, folded, without what may not be shown */
    qc_buffer words[QC_GRAM_WORDS]; /* the last, oldest first */
    bool plain[QC_GRAM_WORDS];      /* whether it is a function word */
    size_t count;
} gathering;

/* The runs that end with the word met last. */
static bool add_runs(gathering *g, size_t unit)
{
    bool plain = true;
    for (size_t i = g->count; i-- > 0;) {
        qc_buffer run = qc_buffer_init(g->text.memory);
        plain = plain && g->plain[i];
        for (size_t k = i; k < g->count; k++) {
            qc_buffer_string(&run, k > i ? " " : "");
            qc_buffer_append(&run, g->words[k].data, g->words[k].length);
        }
        const qc_gram_place place = {run.failed ? SIZE_MAX : plain ? 0 : qc_set_add(&g->grams->names, run.data, run.length, NULL),
                                     unit};
        bool done = place.gram != SIZE_MAX && (plain || qc_buffer_append(&g->grams->places, &place, sizeof place));
        qc_buffer_clear(&run);
        if (!done)
            return false;
    }
    return true;
}

static bool push_word(gathering *g, const char *word, size_t length)
{
    if (g->count == QC_GRAM_WORDS) {
        qc_buffer first = g->words[0];
        for (size_t i = 1; i < QC_GRAM_WORDS; i++) {
            g->words[i - 1] = g->words[i];
            g->plain[i - 1] = g->plain[i];
        }
        g->words[--g->count] = first;
    }
    qc_buffer *to = &g->words[g->count];
    to->length = 0;
    if (!qc_buffer_append(to, word, length) || !qc_buffer_text(to))
        return false;
    g->plain[g->count++] = is_function_word(to->data);
    return true;
}

static bool add_unit(gathering *g, size_t unit)
{
    qc_folded folded;
    qcode_span word;
    if (!g->text.length)
        return true;
    if (!qc_fold(&g->folder, QC_FORM_TERM, g->text.data, g->text.length, &folded))
        return false;
    g->count = 0;
    for (size_t at = 0, last = 0; qc_next_word(folded.text, folded.length, &at, &word); last = word.end) {
        for (size_t i = last; g->count && i < word.start; i++)
            g->count = folded.text[i] == ' ' ? g->count : 0; /* phrases do not run over marks */
        if (!push_word(g, folded.text + word.start, word.end - word.start) || !add_runs(g, unit))
            return false;
    }
    return true;
}

static int compare_places(const void *a, const void *b)
{
    const qc_gram_place *one = a, *two = b;
    int by_gram = qc_order(one->gram, two->gram);
    return by_gram ? by_gram : qc_order(one->unit, two->unit);
}

static void sort_places(qc_buffer *list)
{
    qc_gram_place *places = (void *)list->data;
    size_t count = list->length / sizeof *places, kept = 0;
    if (count)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        if (!kept || compare_places(&places[kept - 1], &places[i]) != 0)
            places[kept++] = places[i];
    list->length = kept * sizeof *places;
}

bool qc_grams_init(qc_grams *grams, const qc_units *units, const qcode_coders *coders, const qcode_memory *memory)
{
    *grams = (qc_grams){qc_set_init(memory), qc_buffer_init(memory)};
    gathering g = {.grams = grams,
                   .folder = qc_folder_init(memory),
                   .text = qc_buffer_init(memory)};
    bool done = true;
    for (size_t i = 0; i < QC_GRAM_WORDS; i++)
        g.words[i] = qc_buffer_init(memory);
    for (size_t i = 0; done && i < qc_units_count(units); i++) {
        const qc_judged *unit = qc_units_at(units, i);
        const qcode_transcript *talk = qcode_coders_document(coders, unit->document);
        g.text.length = 0;
        done = qc_withholds(talk, &unit->hull, 1) || qc_put_unit_shown(units, talk, i, &g.text);
        done = done && add_unit(&g, i);
    }
    sort_places(&grams->places);
    for (size_t i = 0; i < QC_GRAM_WORDS; i++)
        qc_buffer_clear(&g.words[i]);
    qc_folder_clear(&g.folder);
    qc_buffer_clear(&g.text);
    return done;
}

void qc_grams_clear(qc_grams *grams)
{
    qc_set_clear(&grams->names);
    qc_buffer_clear(&grams->places);
}
