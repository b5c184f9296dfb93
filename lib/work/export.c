/* Exports: a run's folder opened, seen through a filter, and written for another program. */
#include "base/bytes.h"
#include "base/error.h"
#include "work/opened.h"
#include "write/export/target.h"

static bool write_target(const qc_target *target, const qcode_export_job *job, const qc_view *view,
                         const qcode_memory *memory, qcode_sink *sink, qcode_table **losses, qcode_error *err)
{
    qc_bytes lines = {.data = NULL};
    qc_losses lost = qc_losses_init(memory);
    bool done = qc_read_run_file(job->folder, "segments.jsonl", memory, &lines, err);
    if (done) {
        const qc_exporting from = {.view = view, .job = job, .lines = (const char *)lines.data,
                                   .lines_length = lines.length, .memory = memory, .losses = &lost};
        done = target->write(&from, sink, err) && ((*losses = qc_losses_table(&lost, memory)) || qc_no_memory(err));
        qc_bytes_clear(&lines);
    }
    qc_losses_clear(&lost);
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
    bool done = qc_open_run(&opened, job->folder, &job->filter, memory, notes, err) &&
                write_target(target, job, &opened.view, memory, sink, losses, err);
    qc_opened_clear(&opened);
    return done;
}
