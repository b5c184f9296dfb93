/* The reader of databases in a build without SQLite: it knows them, and says what is missing. */
#include "base/error.h"
#include "read/projects/project.h"

static bool sniff(const qc_project_file *file)
{
    return file->length >= 16 && memcmp(file->data, "SQLite format 3", 16) == 0;
}

static bool refuse(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    (void)project, (void)notes;
    return qc_fail(err, QCODE_INVALID, file->path, 0, 0, "this build of qcode lacks SQLite, which reading such a file needs");
}

const qc_project_reader qc_read_database = {"database", sniff, refuse};
