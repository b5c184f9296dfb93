/* Bytes that wait, in memory or in a temporary file. */
#include "write/spool.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ = 64 * 1024 };

static const char *const spool_name = "temporary file";

qc_spool qc_spool_init(const char *folder, size_t most, const qcode_memory *memory)
{
    return (qc_spool){.folder = folder, .held = qc_buffer_init(memory), .most = most, .fd = -1};
}

void qc_spool_clear(qc_spool *spool)
{
    if (spool->fd >= 0)
        close(spool->fd);
    qc_buffer_clear(&spool->held);
    spool->fd = -1;
    spool->length = 0;
}

/* An open file in `folder` that has no name any more; -1 when it cannot be made. */
static int open_unnamed(const char *folder)
{
    char path[4096];
    if (!folder || snprintf(path, sizeof path, "%s/.qcode.XXXXXX", folder) >= (int)sizeof path)
        return -1;
    int fd = mkstemp(path);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        unlink(path);
    }
    return fd;
}

static bool spill(qc_spool *spool, qcode_error *err)
{
    if (spool->fd < 0)
        spool->fd = open_unnamed(spool->folder ? spool->folder : getenv("TMPDIR"));
    if (spool->fd < 0 && !spool->folder)
        spool->fd = open_unnamed("/tmp");
    for (size_t at = 0; spool->fd >= 0 && at < spool->held.length;) {
        ssize_t done = write(spool->fd, spool->held.data + at, spool->held.length - at);
        if (done < 0 && errno != EINTR)
            return qc_fail_errno(err, QCODE_WRITE, spool_name, "cannot write");
        at += done > 0 ? (size_t)done : 0;
    }
    spool->held.length = 0;
    return spool->fd >= 0 || qc_fail_errno(err, QCODE_WRITE, spool_name, "cannot write");
}

bool qc_spool_add(qc_spool *spool, const void *data, size_t length, qcode_error *err)
{
    if (spool->held.length && spool->held.length + length > spool->most && !spill(spool, err))
        return false;
    spool->length += length;
    return qc_buffer_append(&spool->held, data, length) || qc_no_memory(err);
}

bool qc_spool_read(qc_spool *spool, uint64_t at, uint64_t most, const char **data, size_t *length, qcode_error *err)
{
    if (spool->fd < 0) {
        *data = spool->held.data + at;
        *length = (size_t)(most < spool->length - at ? most : spool->length - at);
        return true;
    }
    if (spool->held.length && !spill(spool, err)) /* the last of it; from here on what is held was read */
        return false;
    if (!qc_buffer_reserve(&spool->held, READ))
        return qc_no_memory(err);
    ssize_t got;
    do
        got = pread(spool->fd, spool->held.data, most < READ ? (size_t)most : READ, (off_t)at);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return qc_fail_errno(err, QCODE_WRITE, spool_name, "cannot read back");
    *data = spool->held.data;
    *length = (size_t)got;
    return true;
}
