/* Exports: a run's folder opened, seen through a filter, and written for another program. */
#include "analyse/tables.h"
#include "base/bytes.h"
#include "base/error.h"
#include "work/opened.h"
#include "write/export/target.h"

static bool make_tables(qc_exporting *from, qcode_error *err)
{
    const qcode_memory *memory = from->memory;
    from->tables[0] = (qc_named_table){"raised", qc_table_raised(from->view, memory)};
    from->tables[1] = (qc_named_table){"respondents", qc_table_by_respondent(from->view, false, memory)};
    from->tables[2] = (qc_named_table){"documents", qc_table_by_document(from->view, false, memory)};
    bool done = true;
    for (size_t i = 0; i < QC_EXPORT_TABLES; i++)
        done = done && from->tables[i].table;
    return done || qc_no_memory(err);
}

static void free_tables(qc_exporting *from)
{
    for (size_t i = 0; i < QC_EXPORT_TABLES; i++)
        qcode_table_free((qcode_table *)(uintptr_t)from->tables[i].table); /* this file's own */
}

static bool write_target(const qc_target *target, qc_exporting *from, qcode_sink *sink, qcode_table **losses,
                         qcode_error *err)
{
    qc_bytes lines = {.data = NULL};
    bool done = qc_read_run_file(from->job->folder, "segments.jsonl", from->memory, &lines, err);
    if (done) {
        from->lines = (const char *)lines.data;
        from->lines_length = lines.length;
        done = (!target->tables || make_tables(from, err)) && target->write(from, sink, err) &&
               ((*losses = qc_losses_table(from->losses, from->memory)) || qc_no_memory(err));
        free_tables(from);
        qc_bytes_clear(&lines);
    }
    return done;
}

bool qcode_export(const qcode_export_job *job, const qcode_memory *memory, qcode_sink *sink, qcode_table **losses,
                  qcode_notes *notes, qcode_error *err)
{
    qc_opened opened;
    const qc_target *target = qc_find_target(job->target);
    *losses = NULL;
    if (!target)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "there is no target \"%s\"", job->target);
    qc_losses lost = qc_losses_init(memory);
    qc_exporting from = {.view = &opened.view, .job = job, .memory = memory, .losses = &lost};
    bool done = qc_open_run(&opened, job->folder, &job->filter, memory, notes, err) &&
                write_target(target, &from, sink, losses, err);
    qc_opened_clear(&opened);
    qc_losses_clear(&lost);
    return done;
}
