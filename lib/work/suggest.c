/* Words that mark a code in hand-coded sentences and that its rules do not know. */
#include "base/error.h"
#include "model/codebook.h"
#include "model/codings.h"
#include "model/table.h"
#include "work/coded_set.h"
#include "work/grams.h"
#include <qcode/agree.h>
#include <qcode/evaluate.h>

#include <stdlib.h>

enum { LEAST_UNITS = 2, SHOWN_PLACES = 3 };
#define LEAST_KEYNESS 3.84 /* p below 0.05 */

typedef struct candidate {
    size_t gram, first, end; /* its places */
    size_t coded, uncoded, gain, cost;
    double keyness;
} candidate;

typedef struct suggester {
    const qcode_suggest_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_coded_set set;
    qcode_coders *coders;
    size_t people; /* coders of the reference: all before the rules */
    qc_units units;
    qc_grams grams;
    int32_t *reference, *rules, *values; /* of a code, for each unit */
    qc_buffer candidates, line;
    qc_folder folder;
    qcode_table *table;
} suggester;

static bool read_all(suggester *s)
{
    static const char rules[] = "\x01rules"; /* no name of a coder */
    const qcode_suggest_job *job = s->job;
    size_t count;
    if (!qc_coded_set_make(&s->set, &job->inputs, &job->codebook, 1, &job->match, s->memory, s->notes, s->err))
        return false;
    const qcode_transcript *const *talks = qcode_talks_all(s->set.talks, &count);
    bool done = (s->coders = qcode_coders_new(talks, count, s->memory, s->err)) != NULL;
    for (size_t i = 0; done && i < job->against_count; i++)
        done = qcode_coders_read(s->coders, job->against[i], NULL, s->notes, s->err);
    s->people = done ? qcode_coders_count(s->coders) : 0;
    if (done && !s->people)
        return qc_fail(s->err, QCODE_INVALID, job->against[0], 0, 0, "no coding of these transcripts is in it");
    for (size_t i = 0; done && i < count; i++)
        done = qcode_coders_add(s->coders, rules, qc_coded_set_at(&s->set, i)->codings[0], s->err);
    return done;
}

/* What people and rules say of a code; -1 where people differ. */
static bool rate_code(suggester *s, size_t code)
{
    if (!qc_units_rate(&s->units, s->coders, s->people, code, QC_TOUCH_ANY, NULL, NULL, s->rules))
        return false;
    for (size_t k = 0; k < s->people; k++) {
        if (!qc_units_rate(&s->units, s->coders, k, code, QC_TOUCH_ANY, NULL, NULL, s->values))
            return false;
        for (size_t i = 0; i < qc_units_count(&s->units); i++)
            s->reference[i] = k == 0 || s->reference[i] == s->values[i] ? s->values[i] : -1;
    }
    return true;
}

/* Whether the words are a term of the code already. */
static bool is_known(suggester *s, const qcode_code *code, const char *words, bool *known)
{
    *known = false;
    for (size_t i = 0; i < code->rule_count; i++)
        for (size_t k = 0; k < code->rules[i].terms.count; k++) {
            const qc_pattern *term = &code->rules[i].terms.at[k];
            qc_folded folded;
            if (!qc_fold(&s->folder, QC_FORM_TERM, term->text, term->length, &folded))
                return false;
            *known = *known || (folded.length == strlen(words) && memcmp(folded.text, words, folded.length) == 0);
        }
    return true;
}

static bool gather(suggester *s, const size_t sizes[2])
{
    const qc_gram_place *places = (const void *)s->grams.places.data;
    size_t count = s->grams.places.length / sizeof *places;
    s->candidates.length = 0;
    for (size_t first = 0, end; first < count; first = end) {
        candidate c = {.gram = places[first].gram, .first = first};
        for (end = first; end < count && places[end].gram == c.gram; end++) {
            int32_t coded = s->reference[places[end].unit], found = s->rules[places[end].unit];
            c.coded += coded > 0;
            c.uncoded += coded == 0;
            c.gain += coded > 0 && found == 0;
            c.cost += coded == 0 && found == 0;
        }
        c.end = end;
        qcode_figure keyness = qcode_keyness(c.coded, sizes[0], c.uncoded, sizes[1]);
        c.keyness = keyness.value;
        if (c.gain && c.coded >= LEAST_UNITS && keyness.defined && c.keyness >= LEAST_KEYNESS &&
            !qc_buffer_append(&s->candidates, &c, sizeof c))
            return false;
    }
    return true;
}

static int compare_candidates(const void *a, const void *b)
{
    const candidate *one = a, *two = b;
    int by_keyness = (one->keyness < two->keyness) - (one->keyness > two->keyness);
    int by_gain = qc_order(two->gain, one->gain);
    return by_keyness ? by_keyness : by_gain ? by_gain : qc_order(one->gram, two->gram);
}

/* "T01.txt:12;T02.txt:8": the first units that the term would find, rightly or not. */
static bool add_lines(suggester *s, const candidate *c, bool right)
{
    const qc_gram_place *places = (const void *)s->grams.places.data;
    size_t shown = 0;
    s->line.length = 0;
    for (size_t i = c->first; i < c->end && shown < SHOWN_PLACES; i++) {
        const qc_judged *unit = qc_units_at(&s->units, places[i].unit);
        const qcode_transcript *talk = qcode_coders_document(s->coders, unit->document);
        if (s->reference[places[i].unit] != right || s->rules[places[i].unit] != 0)
            continue;
        qc_buffer_print(&s->line, "%s%s:%zu", shown++ ? ";" : "", qcode_transcript_name(talk),
                        qcode_transcript_place(talk, unit->hull.start).line);
    }
    const char *line = qc_buffer_text(&s->line);
    return line && qc_table_add_text(s->table, *line ? line : NULL);
}

static bool add_candidate(suggester *s, const qcode_code *code, const candidate *c)
{
    qc_table_add_text(s->table, code->id);
    qc_table_add_text(s->table, qc_set_at(&s->grams.names, c->gram));
    qc_table_add_number(s->table, c->keyness);
    const size_t counts[] = {c->coded, c->uncoded, c->gain, c->cost};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        qc_table_add_count(s->table, counts[i]);
    return add_lines(s, c, true) && add_lines(s, c, false);
}

/* Whether a candidate says no more than one that is listed: one holds the other, and both stand in as many units. */
static bool is_repeated(const suggester *s, const candidate *c, const candidate *listed, size_t count)
{
    const char *words = qc_set_at(&s->grams.names, c->gram);
    for (size_t i = 0; i < count; i++) {
        const char *other = qc_set_at(&s->grams.names, listed[i].gram);
        if (listed[i].coded == c->coded && listed[i].uncoded == c->uncoded && listed[i].gain == c->gain &&
            (strstr(words, other) || strstr(other, words)))
            return true;
    }
    return false;
}

static bool suggest_for(suggester *s, const qcode_code *code)
{
    size_t sizes[2] = {0}, number = qcode_coders_find_code(s->coders, code->id), listed = 0;
    if (number == SIZE_MAX)
        return true;
    if (!rate_code(s, number))
        return false;
    for (size_t i = 0; i < qc_units_count(&s->units); i++)
        if (s->reference[i] >= 0)
            sizes[s->reference[i] == 0]++;
    if (!gather(s, sizes))
        return false;
    candidate *all = (void *)s->candidates.data;
    size_t count = s->candidates.length / sizeof *all;
    if (count)
        qsort(all, count, sizeof *all, compare_candidates);
    for (size_t i = 0; i < count && listed < s->job->most; i++) {
        const candidate c = all[i];
        bool known;
        if (!is_known(s, code, qc_set_at(&s->grams.names, c.gram), &known))
            return false;
        if (known || is_repeated(s, &c, all, listed))
            continue;
        all[listed++] = c; /* those before it are not needed any more */
        if (!add_candidate(s, code, &c))
            return false;
    }
    return true;
}

static bool make_table(suggester *s)
{
    static const qcode_column columns[] = {{"code", QCODE_TYPE_TEXT},      {"term", QCODE_TYPE_TEXT},
                                           {"keyness", QCODE_TYPE_NUMBER}, {"coded", QCODE_TYPE_INTEGER},
                                           {"uncoded", QCODE_TYPE_INTEGER}, {"gain", QCODE_TYPE_INTEGER},
                                           {"cost", QCODE_TYPE_INTEGER},   {"found_at", QCODE_TYPE_TEXT},
                                           {"false_at", QCODE_TYPE_TEXT}};
    qc_arena arena = qc_arena_init(s->memory);
    bool done = (s->table = qc_table_new(s->memory)) != NULL;
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(s->table, columns[i].name, columns[i].type);
    done = done && qc_units_init(&s->units, s->coders, QC_BY_SENTENCE, false, s->memory) &&
           qc_grams_init(&s->grams, &s->units, s->coders, s->memory);
    size_t count = qc_units_count(&s->units);
    s->reference = qc_arena_take_array(&arena, count, sizeof *s->reference);
    s->rules = qc_arena_take_array(&arena, count, sizeof *s->rules);
    s->values = qc_arena_take_array(&arena, count, sizeof *s->values);
    done = done && s->reference && s->rules && s->values;
    for (size_t i = 0; done && i < s->job->codebook->count; i++)
        done = suggest_for(s, &s->job->codebook->codes[i]);
    done = done && qc_table_complete(s->table);
    qc_arena_clear(&arena);
    return done || qc_no_memory(s->err);
}

qcode_table *qcode_suggest(const qcode_suggest_job *job, const qcode_memory *memory, size_t *refused, qcode_notes *notes,
                           qcode_error *err)
{
    suggester s = {.job = job,
                   .memory = memory,
                   .notes = notes,
                   .err = err,
                   .units = {memory, qc_buffer_init(memory), qc_buffer_init(memory)},
                   .grams = {qc_set_init(memory), qc_buffer_init(memory)},
                   .candidates = qc_buffer_init(memory),
                   .line = qc_buffer_init(memory),
                   .folder = qc_folder_init(memory)};
    bool done = read_all(&s) && make_table(&s);
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    *refused = s.set.refused;
    qc_grams_clear(&s.grams);
    qc_units_clear(&s.units);
    qcode_coders_free(s.coders);
    qc_coded_set_clear(&s.set);
    qc_buffer_clear(&s.candidates);
    qc_buffer_clear(&s.line);
    qc_folder_clear(&s.folder);
    if (done)
        return s.table;
    qcode_table_free(s.table);
    return NULL;
}
