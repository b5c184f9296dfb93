/* Tables of a run: opened, seen through a filter, and analysed. */
#include "analyse/tables.h"
#include "base/error.h"
#include "model/books.h"
#include "model/table.h"
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

static qcode_table *make_table(const qc_view *view, const qcode_analysis_job *job, const qcode_memory *memory,
                               qcode_error *err)
{
    switch (job->kind) {
    case QCODE_ANALYSIS_CODES: return qc_table_raised(view, memory);
    case QCODE_ANALYSIS_RESPONDENTS: return qc_table_by_respondent(view, job->binary, memory);
    case QCODE_ANALYSIS_DOCUMENTS: return qc_table_by_document(view, job->binary, memory);
    case QCODE_ANALYSIS_TOGETHER: return qc_table_together(view, unit_of(job), memory, err);
    case QCODE_ANALYSIS_RESIDUAL: return qc_table_residual(view, memory, err);
    case QCODE_ANALYSIS_ACCUMULATION: return qc_table_accumulation(view, memory);
    case QCODE_ANALYSIS_QUOTES: return qc_table_quotes(view, memory);
    case QCODE_ANALYSIS_CANDIDATES: return qc_table_candidates(view, job->most ? job->most : 5, memory);
    }
    return NULL;
}

static void add_fact(qcode_table *about, const char *what, qc_buffer *value)
{
    const char *text = qc_buffer_text(value);
    if (value->length) {
        qc_table_add_text(about, what);
        qc_table_add_text(about, text ? text : "");
    }
    value->length = 0;
}

static void put_states(qc_buffer *out, unsigned states)
{
    states = states ? states : QCODE_STATES_STANDING;
    for (unsigned state = QCODE_STATE_PROPOSED; state <= QCODE_STATE_REJECTED; state *= 2)
        if (states & state)
            qc_buffer_print(out, "%s%s", out->length ? ", " : "", qc_state_name((qcode_state_set)state));
}

/* Experimental codebooks, whose codes are not counted. */
static void put_left_out(qc_buffer *out, const qc_view *view, const qcode_view_filter *filter)
{
    for (size_t i = 0; i < view->books.count && !filter->experimental && !filter->code_count; i++)
        if (qcode_codebook_is_experimental(view->books.at[i]))
            qc_buffer_print(out, "%s%s%s", out->length ? ", " : "the codes of an experimental codebook: ",
                            qc_books_file(i), out->failed ? "" : " (--experimental counts them)");
}

/* What the table rests on, so that nobody reads it without. */
static qcode_table *tell_about(const qc_view *view, const qcode_analysis_job *job, const qcode_memory *memory)
{
    qcode_table *about = qc_table_new(memory);
    qc_buffer value = qc_buffer_init(memory);
    size_t talks = 0, people = 0;
    for (size_t i = 0; i < view->talk_count; i++)
        talks += view->talk_in_view[i];
    for (size_t i = 0; i < view->respondent_count; i++)
        people += view->respondents[i].in_view;
    if (about) {
        qc_table_add_column(about, "what", QCODE_TYPE_TEXT);
        qc_table_add_column(about, "value", QCODE_TYPE_TEXT);
        qc_buffer_print(&value, "%zu document%s, %zu respondent%s, %zu segment%s", talks, talks == 1 ? "" : "s", people,
                        people == 1 ? "" : "s", view->segment_count, view->segment_count == 1 ? "" : "s");
        add_fact(about, "counted", &value);
        put_states(&value, job->filter.states);
        add_fact(about, "states", &value);
        value.failed |= !qc_put_filter(&value, &job->filter);
        add_fact(about, "filter", &value);
        put_left_out(&value, view, &job->filter);
        add_fact(about, "left out", &value);
        if (job->kind == QCODE_ANALYSIS_TOGETHER)
            qc_buffer_string(&value, qc_by_names[unit_of(job)]);
        add_fact(about, "unit", &value);
        qc_buffer_print(&value, "%zu of %zu segments reviewed by a person", view->reviewed, view->judged_of);
        add_fact(about, "reviewed", &value);
    }
    bool done = !value.failed;
    qc_buffer_clear(&value);
    return qc_table_closed(about, done);
}

bool qcode_analyse(const qcode_analysis_job *job, const qcode_memory *memory, qcode_analysed *result,
                   qcode_notes *notes, qcode_error *err)
{
    qc_opened opened;
    *result = (qcode_analysed){.about = NULL};
    if (unit_of(job) == QC_BYS)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "units are sentence, turn, answer, document or respondent, not \"%s\"",
                       job->unit);
    bool done = qc_open_run(&opened, job->folder, &job->filter, memory, notes, err) &&
                ((result->about = tell_about(&opened.view, job, memory)) || qc_no_memory(err)) &&
                ((result->table = make_table(&opened.view, job, memory, err)) || qc_no_memory(err));
    qc_opened_clear(&opened);
    if (!done)
        qcode_analysed_clear(result);
    return done;
}
