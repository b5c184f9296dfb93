/* All kinds of other programs' files, and the choice among them. */
#include "base/error.h"
#include "read/projects/project.h"

#include <sys/stat.h>

static const qc_project_reader *const readers[] = {
    &qc_read_refi, &qc_read_refi_xml, &qc_read_database, &qc_read_webanno, &qc_read_brat, &qc_read_json,
};

const qc_project_reader *qc_project_reader_of(const qc_project_file *file)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i]->sniff(file))
            return readers[i];
    return NULL;
}

/* The file of a project that is a folder, in `path`; `*file` is NULL when it is none. False when memory runs out. */
static bool file_in(qc_buffer *path, const char *folder, const char **file)
{
    struct stat about;
    const char *whole = qc_path_in(path, folder, "data.qda");
    *file = whole && stat(whole, &about) == 0 && S_ISREG(about.st_mode) ? whole : NULL;
    return whole != NULL;
}

bool qc_project_in(const char *folder)
{
    qc_buffer path = qc_buffer_init(NULL);
    const char *file;
    bool found = file_in(&path, folder, &file) && file;
    qc_buffer_clear(&path);
    return found;
}

bool qc_project_parse(qc_project *project, const qc_bytes *bytes, const char *path, const qcode_limits *limits,
                      bool *known, qcode_notes *notes, qcode_error *err)
{
    const qcode_limits most = qcode_limits_resolve(limits);
    const unsigned char *data = bytes->data ? bytes->data : (const unsigned char *)"";
    const qc_project_file file = {path, data, bytes->length, &most, project->arena.memory};
    const qc_project_reader *reader = qc_project_reader_of(&file);
    *known = reader != NULL;
    return !reader || (reader->read(project, &file, notes, err) && qc_project_settle(project, path, notes, err));
}

bool qc_project_read(qc_project *project, const char *path, const qcode_limits *limits, bool *known,
                     qcode_notes *notes, qcode_error *err)
{
    struct stat about;
    const qcode_memory *memory = project->arena.memory;
    qc_bytes bytes = {.memory = memory};
    qc_buffer inside = qc_buffer_init(memory);
    const char *file = path;
    *known = false;
    bool done = stat(path, &about) != 0 || !S_ISDIR(about.st_mode) || file_in(&inside, path, &file) || qc_no_memory(err);
    done = done && (!file || (qc_bytes_read(file, qcode_limits_resolve(limits).input, memory, &bytes, err) &&
                          qc_project_parse(project, &bytes, file, limits, known, notes, err)));
    qc_bytes_clear(&bytes);
    qc_buffer_clear(&inside);
    return done;
}
