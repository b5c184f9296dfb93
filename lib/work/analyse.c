/* Tables of a run: opened, seen through a filter, and analysed. */
#include "analyse/tables.h"
#include "base/error.h"
#include "model/table.h"
#include "work/about.h"
#include "work/asked.h"
#include "work/claims.h"
#include "work/opened.h"

#include <string.h>

/* The unit of a job; QC_BYS where there is no such. */
static qc_by unit_of(const qcode_analysis_job *job)
{
    size_t by = QC_BY_SENTENCE;
    while (job->unit && by < QC_BY_LISTED && strcmp(qc_by_names[by], job->unit) != 0)
        by++;
    return by < QC_BY_LISTED ? (qc_by)by : QC_BYS;
}

static qcode_table *make_absent(const qc_view *view, const qcode_memory *memory, qcode_error *err)
{
    qc_asked asked;
    qc_arena arena = qc_arena_init(memory);
    qcode_table *table = qc_find_asked(&asked, view, &arena, memory, err) ? qc_table_absent(view, &asked, memory) : NULL;
    qc_arena_clear(&arena);
    return table;
}

static qcode_table *make_statements(const qc_view *view, const qcode_analysis_job *job, qcode_table *about,
                                    const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_claims claims;
    qcode_table *table = NULL;
    if (qc_open_claims(&claims, job->statements, view, &job->filter, memory, notes, err)) {
        table = job->kind == QCODE_ANALYSIS_ACCOUNTS ? qc_table_accounts(view, &claims.accounts, memory)
                                                     : qc_table_statements(view, &claims.accounts, &claims.asked, memory);
        if (!qc_tell_quantifiers(about, &claims.statements->quantifiers, memory)) {
            qcode_table_free(table);
            table = NULL;
        }
    }
    qc_claims_clear(&claims);
    return table;
}

static qcode_table *make_table(const qc_view *view, const qcode_analysis_job *job, qcode_table *about,
                               const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    switch (job->kind) {
    case QCODE_ANALYSIS_CODES: return qc_table_raised(view, memory);
    case QCODE_ANALYSIS_RESPONDENTS: return qc_table_by_respondent(view, job->binary, memory);
    case QCODE_ANALYSIS_DOCUMENTS: return qc_table_by_document(view, job->binary, memory);
    case QCODE_ANALYSIS_TOGETHER: return qc_table_together(view, unit_of(job), memory, err);
    case QCODE_ANALYSIS_RESIDUAL: return qc_table_residual(view, memory, err);
    case QCODE_ANALYSIS_ACCUMULATION: return qc_table_accumulation(view, memory);
    case QCODE_ANALYSIS_ABSENT: return make_absent(view, memory, err);
    case QCODE_ANALYSIS_QUOTES: return qc_table_quotes(view, memory);
    case QCODE_ANALYSIS_STATEMENTS:
    case QCODE_ANALYSIS_ACCOUNTS: return make_statements(view, job, about, memory, notes, err);
    case QCODE_ANALYSIS_CANDIDATES: return qc_table_candidates(view, job->most ? job->most : 5, memory);
    }
    return NULL;
}

bool qcode_analyse(const qcode_analysis_job *job, const qcode_memory *memory, qcode_analysed *result,
                   qcode_notes *notes, qcode_error *err)
{
    qc_opened opened;
    *result = (qcode_analysed){.about = NULL};
    if (err)
        *err = (qcode_error){.status = QCODE_OK};
    if (unit_of(job) == QC_BYS)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "units are sentence, turn, answer, document or respondent, not \"%s\"",
                       job->unit);
    bool claims = job->kind == QCODE_ANALYSIS_STATEMENTS || job->kind == QCODE_ANALYSIS_ACCOUNTS;
    if (claims && !job->statements)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the file of the statements is wanted");
    bool done = qc_open_run(&opened, job->folder, &job->filter, memory, notes, err) &&
                ((result->about = qc_tell_about(&opened.view, &job->filter, job->kind == QCODE_ANALYSIS_TOGETHER ? qc_by_names[unit_of(job)] : NULL,
                                                memory)) || qc_no_memory(err)) &&
                (result->table = make_table(&opened.view, job, result->about, memory, notes, err));
    if (!done && err && err->status == QCODE_OK)
        qc_no_memory(err);
    qc_opened_clear(&opened);
    if (!done)
        qcode_analysed_clear(result);
    return done;
}
