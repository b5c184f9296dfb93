/* Recording what was measured of a codebook, beside its study. */
#include "base/date.h"
#include "base/error.h"
#include "base/memory.h"
#include "write/measured.h"
#include <qcode/evaluate.h>

#include <string.h>

static qcode_cell cell_of(const qcode_table *table, size_t row, const char *column)
{
    return qcode_table_cell(table, row, qcode_table_find(table, column));
}

static bool is(const qcode_table *table, size_t row, const char *column, const char *text)
{
    qcode_cell cell = cell_of(table, row, column);
    return !cell.missing && strcmp(cell.as.text, text) == 0;
}

static double kappa_of(const qcode_table *table, size_t row)
{
    qcode_cell cell = cell_of(table, row, "kappa");
    return cell.missing ? -2 : cell.as.number;
}

/* All codes by the whole reference, and their mean, which is the last of these rows. */
static void take_rows(const qcode_table *table, qcode_measured *agreement, qcode_measured_code *codes)
{
    agreement->codes = codes;
    for (size_t i = 0; i < qcode_table_row_count(table); i++) {
        if (!is(table, i, "against", "reference") || !is(table, i, "speech", "all"))
            continue;
        if (cell_of(table, i, "reference").missing) {
            agreement->kappa = kappa_of(table, i);
            continue;
        }
        size_t interviews = (size_t)cell_of(table, i, "interviews").as.integer;
        codes[agreement->code_count++] = (qcode_measured_code){
            cell_of(table, i, "code").as.text, (size_t)cell_of(table, i, "reference").as.integer, kappa_of(table, i)};
        agreement->interviews = interviews > agreement->interviews ? interviews : agreement->interviews;
    }
}

bool qcode_evaluation_record(const qcode_evaluation *found, const qcode_evaluate_job *job, const char *on,
                             const qcode_memory *memory, qcode_sink *sink, qcode_error *err)
{
    if (!job->codebook || !qc_is_date(on))
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a codebook and a date such as 2023-03-14 are wanted");
    qc_arena arena = qc_arena_init(memory);
    qc_buffer text = qc_buffer_init(memory);
    qcode_measured_code *codes = qc_arena_take_array(&arena, qcode_table_row_count(found->codes) + 1, sizeof *codes);
    qcode_measured agreement = {.on = on, .version = qcode_codebook_version(job->codebook),
                                 .hash = qcode_codebook_hash(job->codebook), .unit = job->unit ? job->unit : "sentence",
                                 .touch = job->touch ? job->touch : "any", .coders = found->coders, .kappa = -2};
    if (codes)
        take_rows(found->codes, &agreement, codes);
    bool done = (codes && qc_put_measured(&text, &agreement, "\n  ") && qc_buffer_byte(&text, '\n')) || qc_no_memory(err);
    if (done)
        qcode_sink_write(sink, text.data, text.length); /* a failure is kept by the sink */
    qc_buffer_clear(&text);
    qc_arena_clear(&arena);
    return done;
}
