/* Archives made in memory: every field as it should be, so that a test can then bend one. */
#ifndef TESTS_SUPPORT_ARCHIVE_H
#define TESTS_SUPPORT_ARCHIVE_H

#include "base/buffer.h"

/* A stored member; `data` may be NULL for `length` letters x. */
typedef struct archive_member {
    const char *name, *data;
    size_t length;
} archive_member;

/* Puts the archive of these members into `out`. */
void make_archive(qc_buffer *out, const archive_member *members, size_t count);

/* Puts the archive of one deflated member of `length` zeros into `out`; the packed size is in `*packed`. */
void make_packed_zeros(qc_buffer *out, const char *name, size_t length, size_t *packed);

#endif
