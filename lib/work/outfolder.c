/* The folder of new texts and its offset map. */
#include "work/outfolder.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/sink.h"
#include "model/moves.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* One text that waits. */
typedef struct waiting {
    char *text;
    size_t length;
} waiting;

static waiting *waiting_at(const qc_outfolder *folder, size_t index)
{
    return (waiting *)(void *)folder->texts.data + index;
}

static size_t waiting_count(const qc_outfolder *folder)
{
    return folder->texts.length / sizeof(waiting);
}

static const char *name_at(const qc_outfolder *folder, size_t index)
{
    return *((const char *const *)(const void *)folder->names.data + index);
}

/* "FOLDER.map.jsonl" */
static const char *default_map(qc_outfolder *folder)
{
    const char *path = folder->job->folder;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    qc_buffer map = qc_buffer_init(folder->memory);
    qc_buffer_append(&map, path, length);
    qc_buffer_string(&map, ".map.jsonl");
    const char *copy = map.failed ? NULL : qc_arena_copy(&folder->arena, map.data, map.length);
    qc_buffer_clear(&map);
    return copy;
}

/* Whether a file, or where it would be, is below a folder: seen by going up from it. */
static bool is_below(const struct stat *folder, const char *file, const qcode_memory *memory, bool *failed)
{
    qc_buffer path = qc_buffer_init(memory);
    const char *slash = strrchr(file, '/');
    if (slash)
        qc_buffer_append(&path, file, (size_t)(slash - file) + 1);
    else
        qc_buffer_string(&path, "./");
    struct stat here, last = {0};
    bool below = false;
    for (bool first = true; qc_buffer_text(&path) && stat(path.data, &here) == 0; first = false) {
        below = here.st_dev == folder->st_dev && here.st_ino == folder->st_ino;
        if (below || (!first && here.st_dev == last.st_dev && here.st_ino == last.st_ino)) /* the root */
            break;
        last = here;
        qc_buffer_string(&path, "../");
    }
    *failed |= path.failed;
    qc_buffer_clear(&path);
    return below;
}

static bool keep_out(const qc_outfolder *folder, const struct stat *about, const char *file, qcode_error *err)
{
    bool failed = false, below = strcmp(file, "-") != 0 && is_below(about, file, folder->memory, &failed);
    if (failed)
        return qc_no_memory(err);
    return !below || qc_fail(err, QCODE_USAGE, file, 0, 0,
                             "lies in the folder for the new transcripts, and would give the names away with them");
}

/* What must not be given away with the folder does not lie in it. */
static bool check_places(const qc_outfolder *folder, qcode_error *err)
{
    const qcode_pseudonymise_job *job = folder->job;
    struct stat about;
    if (stat(job->folder, &about) != 0)
        return true;
    if (!S_ISDIR(about.st_mode))
        return qc_fail(err, QCODE_WRITE, job->folder, 0, 0, "is not a folder");
    for (size_t i = 0; i < job->secret_count; i++)
        if (!keep_out(folder, &about, job->secrets[i], err))
            return false;
    for (size_t i = 0; i < job->inputs->path_count; i++)
        if (!keep_out(folder, &about, job->inputs->paths[i], err))
            return false;
    return keep_out(folder, &about, folder->map_path, err);
}

bool qc_outfolder_open(qc_outfolder *folder, const qcode_pseudonymise_job *job, const qcode_memory *memory,
                       qcode_error *err)
{
    struct stat about;
    *folder = (qc_outfolder){.memory = memory,
                             .job = job,
                             .arena = qc_arena_init(memory),
                             .names = qc_buffer_init(memory),
                             .texts = qc_buffer_init(memory),
                             .map = qc_buffer_init(memory)};
    folder->map_path = job->map ? job->map : default_map(folder);
    if (!folder->map_path)
        return qc_no_memory(err);
    if (!check_places(folder, err))
        return false;
    if (stat(folder->map_path, &about) != 0)
        return true;
    folder->before = qcode_moves_read(folder->map_path, memory, err);
    return folder->before;
}

void qc_outfolder_clear(qc_outfolder *folder)
{
    for (size_t i = 0; i < waiting_count(folder); i++)
        qc_release(folder->memory, waiting_at(folder, i)->text);
    qcode_moves_free(folder->before);
    qc_buffer_clear(&folder->names);
    qc_buffer_clear(&folder->texts);
    qc_buffer_clear(&folder->map);
    qc_arena_clear(&folder->arena);
}

bool qc_outfolder_add(qc_outfolder *folder, const char *name, qc_buffer *text, const qc_buffer *map, qcode_error *err)
{
    const char *copy = qc_arena_string(&folder->arena, name);
    for (size_t i = 0; i < waiting_count(folder); i++)
        if (strcmp(name_at(folder, i), name) == 0)
            return qc_fail(err, QCODE_USAGE, name, 0, 0, "two transcripts would be called so; rename one");
    waiting one = {text->data, text->length};
    if (!copy || !qc_buffer_append(&folder->map, map->data, map->length) ||
        !qc_buffer_append(&folder->names, &copy, sizeof copy) || !qc_buffer_append(&folder->texts, &one, sizeof one))
        return qc_no_memory(err);
    *text = qc_buffer_init(folder->memory);
    return true;
}

static const qcode_moved_document *before_called(const qc_outfolder *folder, const char *name)
{
    for (size_t i = 0; folder->before && i < folder->before->count; i++)
        if (strcmp(folder->before->documents[i].name, name) == 0)
            return &folder->before->documents[i];
    return NULL;
}

/* The hash of what stands at a path now; "" when nothing does. */
static bool hash_file(const qc_outfolder *folder, const char *path, char hash[65], qcode_error *err)
{
    struct stat about;
    qc_bytes bytes;
    hash[0] = '\0';
    if (lstat(path, &about) != 0)
        return true;
    if (!qc_bytes_read(path, SIZE_MAX, folder->memory, &bytes, err))
        return false;
    qc_sha256_of(bytes.data, bytes.length, hash);
    qc_bytes_clear(&bytes);
    return true;
}

/* A file may be replaced when it is as an earlier run wrote it, or as this one will. */
static bool may_replace(const qc_outfolder *folder, const char *name, const waiting *by, qc_buffer *path,
                        bool *is_there, qcode_error *err)
{
    char found[65], wanted[65] = "";
    const qcode_moved_document *before = before_called(folder, name);
    if (!qc_path_in(path, folder->job->folder, name))
        return qc_no_memory(err);
    if (!hash_file(folder, path->data, found, err))
        return false;
    *is_there = found[0];
    if (by)
        qc_sha256_of(by->text, by->length, wanted);
    return !found[0] || strcmp(found, wanted) == 0 || (before && strcmp(found, before->new_sha256) == 0) ||
           qc_fail(err, QCODE_WRITE, path->data, 0, 0,
                   "is there already, and not as an earlier run wrote it; name another folder");
}

/* Looks at all files first; then takes away those of an earlier run that are none of this one's. */
static bool make_way(const qc_outfolder *folder, qc_buffer *path, qcode_error *err)
{
    bool is_there;
    for (size_t i = 0; i < waiting_count(folder); i++)
        if (!may_replace(folder, name_at(folder, i), waiting_at(folder, i), path, &is_there, err))
            return false;
    for (size_t i = 0; folder->before && i < folder->before->count; i++) {
        const char *name = folder->before->documents[i].name;
        size_t k = 0;
        while (k < waiting_count(folder) && strcmp(name_at(folder, k), name) != 0)
            k++;
        if (k < waiting_count(folder) || strchr(name, '/'))
            continue;
        if (!may_replace(folder, name, NULL, path, &is_there, err))
            return false;
        if (is_there && unlink(path->data) != 0)
            return qc_fail_errno(err, QCODE_WRITE, path->data, "cannot take away");
    }
    return true;
}

static bool put_file(const qc_outfolder *folder, const char *path, const void *data, size_t length, qcode_error *err)
{
    qcode_sink *sink = qcode_sink_file(path, folder->memory, err);
    bool done = sink && (qcode_sink_write(sink, data, length), qcode_sink_finish(sink, err));
    qcode_sink_free(sink);
    return done;
}

static bool put_files(const qc_outfolder *folder, qc_buffer *path, qcode_error *err)
{
    for (size_t i = 0; i < waiting_count(folder); i++) {
        const waiting *one = waiting_at(folder, i);
        if (!qc_path_in(path, folder->job->folder, name_at(folder, i)))
            return qc_no_memory(err);
        if (!put_file(folder, path->data, one->text, one->length, err))
            return false;
    }
    return put_file(folder, folder->map_path, folder->map.data, folder->map.length, err);
}

bool qc_outfolder_finish(qc_outfolder *folder, qcode_error *err)
{
    const char *name = folder->job->folder;
    if (mkdir(name, 0777) != 0 && errno != EEXIST)
        return qc_fail_errno(err, QCODE_WRITE, name, "cannot make the folder");
    qc_buffer path = qc_buffer_init(folder->memory);
    bool done = check_places(folder, err) && make_way(folder, &path, err) && put_files(folder, &path, err);
    qc_buffer_clear(&path);
    return done;
}
