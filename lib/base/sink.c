/* Where results go, with a sticky error. */
#include "base/sink.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HELD = 64 * 1024 };

struct qcode_sink {
    const qcode_memory *memory;
    int fd;          /* -1 for memory */
    bool own_fd;     /* a file of ours */
    bool leaves_folder; /* its caller syncs the folder */
    char *path;         /* of a file; NULL otherwise */
    char *temporary;    /* beside it, until it is renamed or given up */
    char *name;      /* for errors */
    qc_buffer held;  /* not yet written; of a memory sink everything */
    qc_sha256 hash;
    uint64_t length;
    qcode_error failure; /* the first; QCODE_OK while there is none */
};

static char *copy_string(const qcode_memory *memory, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = qc_resize(memory, NULL, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static qcode_sink *new_sink(const char *name, const qcode_memory *memory, qcode_error *err)
{
    qcode_sink *sink = qc_resize(memory, NULL, sizeof *sink);
    if (!sink) {
        qc_no_memory(err);
        return NULL;
    }
    *sink = (qcode_sink){.memory = memory, .fd = -1, .held = qc_buffer_init(memory), .hash = qc_sha256_init()};
    sink->name = copy_string(memory, name);
    if (!sink->name) {
        qcode_sink_free(sink);
        qc_no_memory(err);
        return NULL;
    }
    return sink;
}

/* A device or a pipe, which a rename would put a file in place of. */
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

static qcode_sink *open_special(qcode_sink *sink, qcode_error *err)
{
    sink->fd = open(sink->name, O_WRONLY | O_CLOEXEC);
    sink->own_fd = sink->fd >= 0;
    if (sink->own_fd)
        return sink;
    qc_fail_errno(err, QCODE_WRITE, sink->name, "cannot write");
    qcode_sink_free(sink);
    return NULL;
}

/* Makes a new file whose name begins with that of the sink's path, with the rights that open() gives. Not mkstemp(),
 * whose rights can be changed only by asking for the mask of the whole process. */
static bool make_temporary(qcode_sink *sink, qcode_error *err)
{
    enum { TRIES = 100, ROOM = 64 };
    size_t size;
    if (!qc_add(strlen(sink->path), ROOM, &size) || !(sink->temporary = qc_resize(sink->memory, NULL, size)))
        return qc_no_memory(err);
    for (int try = 0; try < TRIES && sink->fd < 0; try++) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(sink->temporary, size, "%s.%ld-%ld-%d.tmp", sink->path, (long)getpid(), now.tv_nsec, try);
        sink->fd = open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->fd < 0 && errno != EEXIST && errno != EINTR)
            break;
    }
    sink->own_fd = sink->fd >= 0;
    if (sink->own_fd)
        return true;
    qc_fail_errno(err, QCODE_WRITE, sink->path, "cannot write");
    qc_release(sink->memory, sink->temporary); /* it was never made */
    sink->temporary = NULL;
    return false;
}

qcode_sink *qcode_sink_file(const char *path, const qcode_memory *memory, qcode_error *err)
{
    qcode_sink *sink = new_sink(path, memory, err);
    if (!sink)
        return NULL;
    if (is_special(path))
        return open_special(sink, err);
    sink->path = copy_string(memory, path);
    if (sink->path ? make_temporary(sink, err) : qc_no_memory(err))
        return sink;
    qcode_sink_free(sink);
    return NULL;
}

qcode_sink *qcode_sink_descriptor(int descriptor, const char *name, const qcode_memory *memory, qcode_error *err)
{
    qcode_sink *sink = new_sink(name, memory, err);
    if (sink)
        sink->fd = descriptor;
    return sink;
}

qcode_sink *qcode_sink_memory(const qcode_memory *memory, qcode_error *err)
{
    return new_sink("memory", memory, err);
}

static bool write_all(qcode_sink *sink, const char *data, size_t length)
{
    while (length) {
        ssize_t done = write(sink->fd, data, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return qc_fail_errno(&sink->failure, QCODE_WRITE, sink->name, "cannot write");
        data += done;
        length -= (size_t)done;
    }
    return true;
}

bool qcode_sink_write(qcode_sink *sink, const void *data, size_t length)
{
    if (sink->failure.status != QCODE_OK)
        return false;
    if (sink->path && !sink->temporary)
        return qc_fail(&sink->failure, QCODE_USAGE, sink->name, 0, 0, "was written to after it was finished");
    if (sink->path || sink->fd < 0) /* nobody asks for that of a stream */
        qc_sha256_add(&sink->hash, data, length);
    sink->length += length;
    if (sink->fd >= 0 && sink->held.length + length > HELD) {
        if (!write_all(sink, sink->held.data, sink->held.length))
            return false;
        sink->held.length = 0;
        if (length > HELD)
            return write_all(sink, data, length);
    }
    return qc_buffer_append(&sink->held, data, length) || qc_no_memory(&sink->failure);
}

bool qc_sink_string(qcode_sink *sink, const char *text)
{
    return qcode_sink_write(sink, text, strlen(text));
}

void qc_sink_no_memory(qcode_sink *sink)
{
    if (sink->failure.status == QCODE_OK)
        qc_no_memory(&sink->failure);
}

bool qc_sink_drain(qcode_sink *sink, qc_buffer *buffer)
{
    if (buffer->failed)
        qc_sink_no_memory(sink);
    bool done = qcode_sink_write(sink, buffer->data, buffer->length);
    buffer->length = 0;
    return done;
}

void qc_sink_leave_folder(qcode_sink *sink)
{
    sink->leaves_folder = true;
}

void qc_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

/* Puts the renamed file's name on the disk too. */
static void sync_folder_of(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= sizeof folder)
        return;
    memcpy(folder, path, length);
    folder[length] = '\0';
    qc_sync_folder(!slash ? "." : length ? folder : "/");
}

static bool put_in_place(qcode_sink *sink)
{
    if (fsync(sink->fd) != 0 && errno != EINVAL && errno != ENOTSUP)
        return qc_fail_errno(&sink->failure, QCODE_WRITE, sink->name, "cannot write");
    int closed = close(sink->fd);
    sink->fd = -1;
    sink->own_fd = false;
    if (closed != 0)
        return qc_fail_errno(&sink->failure, QCODE_WRITE, sink->name, "cannot write");
    if (rename(sink->temporary, sink->path) != 0)
        return qc_fail_errno(&sink->failure, QCODE_WRITE, sink->name, "cannot rename");
    qc_release(sink->memory, sink->temporary);
    sink->temporary = NULL;
    if (!sink->leaves_folder)
        sync_folder_of(sink->path);
    return true;
}

bool qcode_sink_finish(qcode_sink *sink, qcode_error *err)
{
    bool done = sink->failure.status == QCODE_OK;
    if (done && sink->fd >= 0) {
        done = write_all(sink, sink->held.data, sink->held.length);
        sink->held.length = 0;
    }
    if (done && sink->temporary)
        done = put_in_place(sink);
    if (!done && err)
        *err = sink->failure;
    return done;
}

const void *qcode_sink_bytes(const qcode_sink *sink, size_t *length)
{
    *length = sink->held.length;
    return sink->held.data;
}

void qc_sink_hash(const qcode_sink *sink, char hex[65])
{
    qc_sha256 copy = sink->hash;
    qc_sha256_hex(&copy, hex);
}

uint64_t qc_sink_length(const qcode_sink *sink)
{
    return sink->length;
}

void qcode_sink_free(qcode_sink *sink)
{
    if (!sink)
        return;
    if (sink->own_fd)
        close(sink->fd);
    if (sink->temporary)
        unlink(sink->temporary);
    qc_release(sink->memory, sink->path);
    qc_release(sink->memory, sink->temporary);
    qc_release(sink->memory, sink->name);
    qc_buffer_clear(&sink->held);
    qc_release(sink->memory, sink);
}
