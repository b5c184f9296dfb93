/* The report of a complete run's folder. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/buffer.h"
#include "read/run.h"
#include "write/report.h"
#include <qcode/job.h>

/* report.html in the folder. */
static qcode_sink *open_report(const char *folder, const qcode_memory *memory, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(memory);
    const char *text = qc_path_in(&path, folder, "report.html");
    qcode_sink *sink = text ? qcode_sink_file(text, memory, err) : NULL;
    if (!text)
        qc_no_memory(err);
    qc_buffer_clear(&path);
    return sink;
}

static bool write_report(const qc_run *run, qcode_codebooks books, const char *folder, qcode_sink *out,
                         const qcode_memory *memory, qcode_error *err)
{
    qcode_sink *sink = out ? out : open_report(folder, memory, err);
    if (!sink)
        return false;
    qc_write_report(run, books, sink);
    bool done = qcode_sink_finish(sink, err);
    if (!out)
        qcode_sink_free(sink);
    return done;
}

bool qcode_report(const char *folder, qcode_sink *out, const qcode_memory *memory, qcode_notes *notes,
                  qcode_error *err)
{
    qc_run_books books = {.count = 0};
    qc_run *run = qc_read_whole_run(folder, memory, err);
    bool done = run && qc_read_run_books(run, folder, memory, &books, notes, err) &&
                write_report(run, (qcode_codebooks){books.at, books.count}, folder, out, memory, err);
    qc_run_books_clear(&books);
    qc_run_free(run);
    return done;
}
