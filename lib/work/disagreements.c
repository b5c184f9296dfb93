/* Units on which the rules and the reference differ, worst first. */
#include "base/error.h"
#include "model/codebook.h"
#include "model/codings.h"
#include "model/shown.h"
#include "model/table.h"
#include "work/evaluation.h"

#include <stdlib.h>

static const qcode_column disagreement_columns[] = {
    {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER}, {"code", QCODE_TYPE_TEXT}, {"rules", QCODE_TYPE_YES_NO},
    {"coders", QCODE_TYPE_TEXT},   {"distance", QCODE_TYPE_NUMBER}, {"text", QCODE_TYPE_TEXT}};


typedef struct apart {
    size_t code, unit;
    int64_t distance; /* of the score from the threshold, in thousandths */
} apart;

/* How far the score of a unit's sentences is from the threshold at most; 0 where evidence is not weighed. */
static int64_t distance_of(const qc_evaluation *e, const qc_code_values *code, const qc_judged *unit, bool given)
{
    if (!code->asked)
        return 0;
    const qc_coded_document *document = qc_coded_set_at(&e->set, unit->document);
    const size_t *starts = (const void *)document->sentences.data;
    const int32_t *excess = (const void *)document->excess.data;
    size_t count = document->sentences.length / sizeof *starts, low = 0;
    int64_t best = INT32_MIN;
    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] < unit->hull.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && starts[low] < unit->hull.end; low++) {
        int64_t here = excess[low * e->job->codebook->count + code->of->index];
        best = here > best ? here : best;
    }
    return best == INT32_MIN ? 0 : given ? best : -best;
}

static int compare_apart(const void *a, const void *b)
{
    const apart *one = a, *two = b;
    int by_distance = (one->distance < two->distance) - (one->distance > two->distance);
    int by_unit = qc_order(one->unit, two->unit);
    return by_distance ? by_distance : by_unit ? by_unit : qc_order(one->code, two->code);
}

static bool gather(const qc_evaluation *e, qc_buffer *list)
{
    bool done = true;
    for (size_t i = 0; done && i < e->code_count; i++)
        for (size_t k = 0; done && k < qc_units_count(&e->units); k++) {
            const qc_code_values *code = &e->codes[i];
            if (code->reference[k] < 0 || code->rules[k] < 0 || code->reference[k] == code->rules[k])
                continue;
            const apart one = {i, k, distance_of(e, code, qc_units_at(&e->units, k), code->rules[k] > 0)};
            done = qc_buffer_append(list, &one, sizeof one);
        }
    if (list->length)
        qsort(list->data, list->length / sizeof(apart), sizeof(apart), compare_apart);
    return done;
}

/* Who of the reference gave it: all or none of them, as they agree. */
static bool put_coders(const qc_evaluation *e, bool given, qc_buffer *names)
{
    names->length = 0;
    for (size_t i = 0; given && i < e->coder_count; i++) {
        qc_buffer_string(names, i ? ";" : "");
        qc_buffer_string(names, qcode_coders_name(e->coders, i));
    }
    return qc_buffer_text(names) != NULL;
}

static bool add_row(qc_evaluation *e, const apart *one, qc_buffer *words, qc_buffer *names)
{
    qcode_table *table = e->result->disagreements;
    const qc_judged *unit = qc_units_at(&e->units, one->unit);
    const qc_code_values *code = &e->codes[one->code];
    const qcode_transcript *talk = qcode_coders_document(e->coders, unit->document);
    words->length = 0;
    if (!put_coders(e, code->reference[one->unit] > 0, names) || !qc_put_unit_shown(&e->units, talk, one->unit, words))
        return qc_no_memory(e->err);
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, qcode_transcript_place(talk, unit->hull.start).line);
    qc_table_add_text(table, qcode_coders_code(e->coders, code->code));
    qc_table_add_yes_no(table, code->rules[one->unit] > 0);
    qc_table_add_text(table, names->length ? names->data : NULL);
    if (code->asked)
        qc_table_add_number(table, (double)one->distance / 1000);
    else
        qc_table_add_missing(table);
    qc_table_add_text(table, qc_buffer_text(words));
    return true;
}

bool qc_list_disagreements(qc_evaluation *e)
{
    qc_buffer list = qc_buffer_init(e->memory), words = qc_buffer_init(e->memory), names = qc_buffer_init(e->memory);
    qcode_table *table = e->result->disagreements =
        qc_evaluation_table(e, disagreement_columns, sizeof disagreement_columns / sizeof *disagreement_columns);
    bool done = table && (gather(e, &list) || qc_no_memory(e->err));
    const apart *at = (const void *)list.data;
    for (size_t i = 0; done && i < list.length / sizeof *at && i < e->job->most; i++)
        done = add_row(e, &at[i], &words, &names);
    done = done && (qc_table_complete(table) || qc_no_memory(e->err));
    qc_buffer_clear(&list);
    qc_buffer_clear(&words);
    qc_buffer_clear(&names);
    return done;
}
