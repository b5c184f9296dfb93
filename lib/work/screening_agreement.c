/* How far reviewers agree on which studies to include, stage by stage and pair by pair. */
#include "base/error.h"
#include "model/screening.h"
#include "model/table.h"
#include <qcode/agree.h>

#include <string.h>

#define LEVEL 0.95

typedef struct pairing {
    const qcode_screening *screening;
    const qcode_memory *memory;
    qcode_error *err;
    qcode_table *table;
    int32_t *values; /* two for each study: what either decided */
} pairing;

static int32_t category_of(qc_decision decision)
{
    return decision == QC_INCLUDE ? 1 : decision == QC_EXCLUDE ? 0 : QCODE_NOT_RATED;
}

/* What two reviewers decided at a stage; the number of studies on which both did. */
static size_t fill_values(const pairing *p, size_t stage, size_t one, size_t other, size_t cells[2][2])
{
    const qcode_screening *screening = p->screening;
    size_t studies = screening->studies.count, both = 0;
    for (size_t i = 0; i < 2 * studies; i++)
        p->values[i] = QCODE_NOT_RATED;
    for (size_t i = 0; i < screening->judgement_count; i++) {
        const qc_judgement *judgement = &screening->judgements[i];
        if ((size_t)judgement->stage == stage && (judgement->reviewer == one || judgement->reviewer == other))
            p->values[2 * judgement->study + (judgement->reviewer == other)] = category_of(judgement->decision);
    }
    for (size_t i = 0; i < studies; i++) {
        int32_t a = p->values[2 * i], b = p->values[2 * i + 1];
        if (a == QCODE_NOT_RATED || b == QCODE_NOT_RATED)
            continue;
        cells[a][b]++;
        both++;
    }
    return both;
}

static void add_figure(qcode_table *table, qcode_figure figure)
{
    if (figure.defined)
        qc_table_add_number(table, figure.value);
    else
        qc_table_add_missing(table);
}

static bool add_pair(const pairing *p, size_t stage, size_t one, size_t other)
{
    size_t cells[2][2] = {{0, 0}, {0, 0}};
    size_t both = fill_values(p, stage, one, other, cells);
    if (!both)
        return true;
    const qcode_ratings ratings = {
        .units = p->screening->studies.count, .coders = 2, .categories = 2, .values = p->values};
    qcode_kappa kappa;
    qcode_figure low, high;
    qcode_tally *tally = qcode_tally_new(&ratings, p->memory, p->err);
    bool done = tally && qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, p->err);
    qcode_tally_free(tally);
    if (!done)
        return false;
    qcode_normal_interval(kappa.value, kappa.se, LEVEL, &low, &high);
    qc_table_add_text(p->table, qc_stage_name((qc_stage)stage));
    qc_table_add_text(p->table, qc_set_at(&p->screening->reviewers, one));
    qc_table_add_text(p->table, qc_set_at(&p->screening->reviewers, other));
    qc_table_add_count(p->table, both);
    qc_table_add_count(p->table, cells[1][1]);
    qc_table_add_count(p->table, cells[1][0]);
    qc_table_add_count(p->table, cells[0][1]);
    qc_table_add_count(p->table, cells[0][0]);
    qc_table_add_number(p->table, (double)(cells[0][0] + cells[1][1]) / (double)both);
    add_figure(p->table, kappa.value);
    add_figure(p->table, low);
    add_figure(p->table, high);
    qc_table_add_text(p->table, kappa.value.defined ? NULL : qcode_reason_text(kappa.value.reason));
    return true;
}

static void add_columns(qcode_table *table)
{
    static const struct {
        const char *name;
        qcode_type type;
    } columns[] = {{"stage", QCODE_TYPE_TEXT},          {"one", QCODE_TYPE_TEXT},
                   {"other", QCODE_TYPE_TEXT},          {"studies", QCODE_TYPE_INTEGER},
                   {"both_include", QCODE_TYPE_INTEGER}, {"only_one_includes", QCODE_TYPE_INTEGER},
                   {"only_other_includes", QCODE_TYPE_INTEGER}, {"both_exclude", QCODE_TYPE_INTEGER},
                   {"agreement", QCODE_TYPE_NUMBER},    {"kappa", QCODE_TYPE_NUMBER},
                   {"low", QCODE_TYPE_NUMBER},          {"high", QCODE_TYPE_NUMBER},
                   {"why_none", QCODE_TYPE_TEXT}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
}

qcode_table *qcode_screening_agreement(const qcode_screening *screening, const qcode_memory *memory, qcode_error *err)
{
    pairing p = {.screening = screening, .memory = memory, .err = err, .table = qc_table_new(memory)};
    size_t consensus = qc_set_find(&screening->reviewers, QC_CONSENSUS, strlen(QC_CONSENSUS)), bytes;
    size_t count = screening->reviewers.count;
    if (qc_multiply(2 * screening->studies.count + 1, sizeof *p.values, &bytes))
        p.values = qc_resize(memory, NULL, bytes);
    bool done = (p.table && p.values) || qc_no_memory(err);
    if (done)
        add_columns(p.table);
    for (size_t stage = 0; done && stage < QC_STAGES; stage++)
        for (size_t one = 0; done && one < count; one++)
            for (size_t other = one + 1; done && other < count; other++)
                done = one == consensus || other == consensus || add_pair(&p, stage, one, other);
    done = done && (qc_table_complete(p.table) || qc_no_memory(err));
    qc_release(memory, p.values);
    if (done)
        return p.table;
    qcode_table_free(p.table);
    return NULL;
}
