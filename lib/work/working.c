/* The working copy of a run's folder: opened, analysed, and written as one page and as figures. */
#include "analyse/tables.h"
#include "base/error.h"
#include "work/ledger.h"
#include "work/opened.h"
#include "write/working.h"
#include <qcode/report.h>

typedef struct working {
    const qcode_report_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_opened opened;
    qc_bytes json, documents, segments; /* as they are in the folder */
} working;

enum { TABLES = 4 };

static bool read_files(working *w)
{
    const char *folder = w->job->folder;
    return qc_read_run_file(folder, "run.json", w->memory, &w->json, w->err) &&
           qc_read_run_file(folder, "documents.jsonl", w->memory, &w->documents, w->err) &&
           qc_read_run_file(folder, "segments.jsonl", w->memory, &w->segments, w->err);
}

/* What the figures of the page are: the tables of the command line. */
static bool make_tables(working *w, qcode_table *tables[TABLES])
{
    const qc_view *view = &w->opened.view;
    return ((tables[0] = qc_table_raised(view, w->memory)) || qc_no_memory(w->err)) &&
           ((tables[1] = qc_table_by_respondent(view, false, w->memory)) || qc_no_memory(w->err)) &&
           ((tables[2] = qc_table_together(view, QC_BY_SENTENCE, w->memory, w->err)) || qc_no_memory(w->err)) &&
           (tables[3] = qc_trail_of(w->opened.run, &w->opened.books, w->job->folder, w->memory, w->err));
}

static bool write_all(working *w)
{
    static const char *const names[TABLES] = {"codes", "respondents", "together", "trail"};
    qcode_table *tables[TABLES] = {NULL};
    qc_named_table named[TABLES];
    bool done = make_tables(w, tables);
    for (size_t i = 0; i < TABLES; i++)
        named[i] = (qc_named_table){names[i], tables[i]};
    const qc_working page = {
        .view = &w->opened.view,
        .from = {w->opened.run, (const char *)w->documents.data, (const char *)w->segments.data, w->documents.length,
                 w->segments.length},
        .json = (const char *)w->json.data,
        .json_length = w->json.length,
        .tables = named,
        .table_count = TABLES,
    };
    done = done && qc_write_working(&page, w->job->out, w->err) && qcode_sink_finish(w->job->out, w->err);
    for (size_t i = 0; i < TABLES; i++)
        qcode_table_free(tables[i]);
    return done;
}

bool qcode_report_page(const qcode_report_job *job, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    const qc_bytes empty = {.memory = memory};
    const qcode_view_filter all = {.states = 0};
    working w = {.job = job, .memory = memory, .err = err, .json = empty, .documents = empty, .segments = empty};
    bool done = qc_open_run(&w.opened, job->folder, &all, memory, notes, err) && read_files(&w) && write_all(&w);
    qc_bytes_clear(&w.json);
    qc_bytes_clear(&w.documents);
    qc_bytes_clear(&w.segments);
    qc_opened_clear(&w.opened);
    return done;
}
