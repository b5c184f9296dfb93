/* Reading what comes through pipes first. */
#include "work/pipes.h"
#include "base/error.h"
#include "read/reader.h"

#include <string.h>
#include <sys/stat.h>

static bool is_pipe(const char *path)
{
    struct stat about;
    return strcmp(path, "-") == 0 || (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode));
}

qc_piped **qc_pipes_read(const qcode_inputs *inputs, qc_arena *arena, qcode_error *err)
{
    size_t most = qcode_limits_resolve(inputs->read.limits).input;
    qc_piped **pipes = qc_arena_take_array(arena, inputs->path_count, sizeof *pipes);
    for (size_t i = 0; pipes && i < inputs->path_count; i++) {
        if (!is_pipe(inputs->paths[i]))
            continue;
        pipes[i] = qc_arena_take(arena, sizeof *pipes[i]);
        if (!pipes[i]) {
            qc_pipes_clear(pipes, i);
            pipes = NULL;
            break;
        }
        qc_bytes_read(inputs->paths[i], most, arena->memory, &pipes[i]->bytes, &pipes[i]->err);
    }
    if (!pipes)
        qc_no_memory(err);
    return pipes;
}

void qc_pipes_clear(qc_piped **pipes, size_t count)
{
    for (size_t i = 0; pipes && i < count; i++)
        if (pipes[i])
            qc_bytes_clear(&pipes[i]->bytes);
}

qcode_transcript *qc_piped_transcript(qc_piped *piped, const char *path, const qcode_read_options *options,
                                      const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    if (!piped)
        return qcode_read_transcript(path, options, memory, notes, err);
    if (piped->err.status != QCODE_OK) {
        *err = piped->err;
        return NULL;
    }
    return qc_read_transcript_own(&piped->bytes, path, options, memory, notes, err);
}
