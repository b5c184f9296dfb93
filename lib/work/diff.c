/* Which segments come and go from one codebook to another. */
#include "base/error.h"
#include "model/codebook.h"
#include "model/codings.h"
#include "model/shown.h"
#include "model/table.h"
#include "work/coded_set.h"
#include <qcode/evaluate.h>

#include <stdlib.h>

typedef struct counts {
    size_t gone, added, same;
} counts;

typedef struct differ {
    qcode_difference *result;
    const qcode_memory *memory;
    qc_coded_set set;
    qc_set ids;     /* of the codes of both books */
    counts *counts; /* of each */
    qc_buffer lists[QC_MOST_BOOKS]; /* of const qcode_segment *, of one document */
    qc_buffer words, rules;
} differ;

static int compare_segments(const qcode_segment *one, const qcode_segment *two)
{
    int order = qc_order(one->span.start, two->span.start);
    order = order ? order : qc_order(one->span.end, two->span.end);
    return order ? order : strcmp(one->code->id, two->code->id);
}

static int compare_pointers(const void *a, const void *b)
{
    return compare_segments(*(const qcode_segment *const *)a, *(const qcode_segment *const *)b);
}

static bool list_segments(qc_buffer *list, const qcode_codings *codings)
{
    list->length = 0;
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *segment = qcode_codings_at(codings, i);
        if (!qc_buffer_append(list, &segment, sizeof segment))
            return false;
    }
    if (list->length)
        qsort(list->data, list->length / sizeof(qcode_segment *), sizeof(qcode_segment *), compare_pointers);
    return true;
}

/* The rules that put it there, each once, in the order of their hits. */
static void put_rules(qc_buffer *out, const qcode_segment *segment)
{
    out->length = 0;
    for (size_t i = 0; i < segment->hit_count; i++) {
        size_t k = 0;
        while (k < i && segment->hits[k].rule != segment->hits[i].rule)
            k++;
        if (k < i)
            continue;
        qc_buffer_string(out, out->length ? ";" : "");
        qc_buffer_string(out, segment->hits[i].rule->id);
    }
}

static bool add_row(differ *d, const qcode_transcript *talk, const qcode_segment *segment, const char *change)
{
    qcode_table *table = d->result->segments;
    d->words.length = 0;
    put_rules(&d->rules, segment);
    if (!qc_put_shown(&d->words, talk, segment->pieces, segment->piece_count) || !qc_buffer_text(&d->words) ||
        !qc_buffer_text(&d->rules))
        return false;
    qc_table_add_text(table, change);
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, qcode_transcript_place(talk, segment->span.start).line);
    qc_table_add_text(table, segment->code->id);
    qc_table_add_text(table, d->rules.length ? d->rules.data : NULL);
    return qc_table_add_text(table, d->words.data);
}

static bool compare_document(differ *d, size_t index, const qcode_transcript *talk)
{
    const qc_coded_document *document = qc_coded_set_at(&d->set, index);
    for (size_t i = 0; i < QC_MOST_BOOKS; i++)
        if (!list_segments(&d->lists[i], document->codings[i]))
            return false;
    const qcode_segment *const *old = (const void *)d->lists[0].data, *const *now = (const void *)d->lists[1].data;
    size_t old_count = d->lists[0].length / sizeof *old, now_count = d->lists[1].length / sizeof *now;
    bool done = true;
    for (size_t a = 0, b = 0; done && (a < old_count || b < now_count);) {
        int order = a == old_count ? 1 : b == now_count ? -1 : compare_segments(old[a], now[b]);
        const qcode_segment *segment = order <= 0 ? old[a] : now[b];
        counts *of = &d->counts[qc_set_find(&d->ids, segment->code->id, strlen(segment->code->id))];
        of->gone += order < 0;
        of->added += order > 0;
        of->same += order == 0;
        done = order == 0 || add_row(d, talk, segment, order < 0 ? "gone" : "new");
        a += order <= 0;
        b += order >= 0;
    }
    return done;
}

static bool name_codes(differ *d, const qcode_codebook *const books[QC_MOST_BOOKS], qc_arena *arena)
{
    for (size_t i = 0; i < QC_MOST_BOOKS; i++)
        for (size_t k = 0; k < books[i]->count; k++)
            if (qc_set_add(&d->ids, books[i]->codes[k].id, strlen(books[i]->codes[k].id), NULL) == SIZE_MAX)
                return false;
    d->counts = qc_arena_take_array(arena, d->ids.count, sizeof *d->counts);
    return d->counts != NULL;
}

static bool make_tables(differ *d)
{
    static const qcode_column segment_columns[] = {{"change", QCODE_TYPE_TEXT},  {"document", QCODE_TYPE_TEXT},
                                                   {"line", QCODE_TYPE_INTEGER}, {"code", QCODE_TYPE_TEXT},
                                                   {"rules", QCODE_TYPE_TEXT},   {"text", QCODE_TYPE_TEXT}};
    static const qcode_column code_columns[] = {{"code", QCODE_TYPE_TEXT},
                                                {"gone", QCODE_TYPE_INTEGER},
                                                {"new", QCODE_TYPE_INTEGER},
                                                {"same", QCODE_TYPE_INTEGER}};
    qcode_difference *result = d->result;
    result->segments = qc_table_new(d->memory);
    result->codes = qc_table_new(d->memory);
    for (size_t i = 0; result->segments && i < sizeof segment_columns / sizeof *segment_columns; i++)
        qc_table_add_column(result->segments, segment_columns[i].name, segment_columns[i].type);
    for (size_t i = 0; result->codes && i < sizeof code_columns / sizeof *code_columns; i++)
        qc_table_add_column(result->codes, code_columns[i].name, code_columns[i].type);
    return result->segments && result->codes && qc_table_complete(result->segments) && qc_table_complete(result->codes);
}

static bool compare_all(differ *d, const qcode_codebook *const books[QC_MOST_BOOKS], qc_arena *arena)
{
    size_t count;
    const qcode_transcript *const *talks = qcode_talks_all(d->set.talks, &count);
    qcode_difference *result = d->result;
    bool done = make_tables(d) && name_codes(d, books, arena);
    for (size_t i = 0; done && i < count; i++)
        done = compare_document(d, i, talks[i]);
    for (size_t i = 0; done && i < d->ids.count; i++) {
        const counts *of = &d->counts[i];
        qc_table_add_text(result->codes, qc_set_at(&d->ids, i));
        qc_table_add_count(result->codes, of->gone);
        qc_table_add_count(result->codes, of->added);
        qc_table_add_count(result->codes, of->same);
        result->gone += of->gone;
        result->added += of->added;
        result->same += of->same;
    }
    result->documents = count;
    result->refused = d->set.refused;
    return done && qc_table_complete(result->segments) && qc_table_complete(result->codes);
}

bool qcode_diff(const qcode_inputs *inputs, const qcode_codebook *before, const qcode_codebook *after,
                const qcode_match_options *match, const qcode_memory *memory, qcode_difference *result,
                qcode_notes *notes, qcode_error *err)
{
    const qcode_codebook *const books[QC_MOST_BOOKS] = {before, after};
    qc_arena arena = qc_arena_init(memory);
    differ d = {.result = result,
                .memory = memory,
                .ids = qc_set_init(memory),
                .lists = {qc_buffer_init(memory), qc_buffer_init(memory)},
                .words = qc_buffer_init(memory),
                .rules = qc_buffer_init(memory)};
    *result = (qcode_difference){.segments = NULL};
    bool done = qc_coded_set_make(&d.set, inputs, books, QC_MOST_BOOKS, match, memory, notes, err);
    if (done && !compare_all(&d, books, &arena))
        done = qc_no_memory(err);
    qc_coded_set_clear(&d.set);
    qc_set_clear(&d.ids);
    for (size_t i = 0; i < QC_MOST_BOOKS; i++)
        qc_buffer_clear(&d.lists[i]);
    qc_buffer_clear(&d.words);
    qc_buffer_clear(&d.rules);
    qc_arena_clear(&arena);
    if (!done)
        qcode_difference_clear(result);
    return done;
}

void qcode_difference_clear(qcode_difference *result)
{
    qcode_table_free(result->segments);
    qcode_table_free(result->codes);
    *result = (qcode_difference){.segments = NULL};
}
