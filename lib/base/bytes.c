/* A whole file, pipe or standard input in memory. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 64 * 1024 };

/* Reads to the end of `fd`; `bytes` is cleared by the caller on failure. */
static bool read_all(int fd, size_t expected, size_t most, const char *name, qc_bytes *bytes, qcode_error *err)
{
    size_t capacity = expected + 2; /* room for one byte more, which would show a file that grows, and for the NUL */
    bytes->data = qc_resize(bytes->memory, NULL, capacity);
    if (!bytes->data)
        return qc_no_memory(err);
    for (;;) {
        if (!qc_grow(bytes->memory, &bytes->data, &capacity, bytes->length + 2, 1))
            return qc_no_memory(err);
        ssize_t got = read(fd, bytes->data + bytes->length, capacity - bytes->length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return qc_fail_errno(err, QCODE_READ, name, "cannot read");
        bytes->length += (size_t)got;
        if (bytes->length > most)
            return qc_fail(err, QCODE_LIMIT, name, 0, 0, "larger than the limit of %zu bytes", most);
        if (!got)
            break;
    }
    bytes->data[bytes->length] = '\0';
    return true;
}

bool qc_bytes_read(const char *path, size_t most, const qcode_memory *memory, qc_bytes *bytes, qcode_error *err)
{
    *bytes = (qc_bytes){.memory = memory};
    bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "stdin" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return qc_fail_errno(err, QCODE_READ, name, "cannot open");
    struct stat about;
    bool done;
    if (fstat(fd, &about) != 0) {
        done = qc_fail_errno(err, QCODE_READ, name, "cannot open");
    } else if (S_ISDIR(about.st_mode)) {
        done = qc_fail(err, QCODE_READ, name, 0, 0, "is a folder, not a file");
    } else {
        size_t size = S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 0; /* 0: not known */
        if (size > most)
            done = qc_fail(err, QCODE_LIMIT, name, 0, 0, "larger than the limit of %zu bytes", most);
        else
            done = read_all(fd, size ? size : FIRST_READ, most, name, bytes, err);
    }
    if (!is_stdin)
        close(fd);
    if (!done || !bytes->length)
        qc_bytes_clear(bytes);
    return done;
}

void qc_bytes_clear(qc_bytes *bytes)
{
    qc_release(bytes->memory, bytes->data);
    *bytes = (qc_bytes){.memory = bytes->memory};
}

/* Whole pages of a large block from malloc, which has them from the system. What another allocator has is not known. */
void qc_bytes_forget(qc_bytes *bytes, size_t from, size_t to)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)bytes->data;
    uintptr_t first = (start + from + page - 1) / page * page, last = (start + to) / page * page;
    if (!bytes->memory && first < last)
        madvise(bytes->data + (first - start), last - first, MADV_DONTNEED);
}

const char *qc_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *qc_path_in(qc_buffer *path, const char *folder, const char *name)
{
    path->length = 0;
    qc_buffer_string(path, folder);
    if (path->length && path->data[path->length - 1] != '/')
        qc_buffer_byte(path, '/');
    qc_buffer_string(path, name);
    return qc_buffer_text(path);
}
