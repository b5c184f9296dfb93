/* Archives in memory: members read as streams, within limits. Nothing is ever written to a folder. */
#ifndef QC_FORMAT_ZIP_H
#define QC_FORMAT_ZIP_H

#include "base/bytes.h"
#include "format/zip_directory.h"

#define QC_ZIP_NONE SIZE_MAX

typedef struct qc_zip qc_zip;
typedef struct qc_zip_member qc_zip_member;

/* Opens an archive whose directory holds against its bytes (see zip_directory.h) and has no name twice. `data`, `source` and `limits` (resolved;
 * see qcode/limits.h) stay the caller's and must outlive it. */
qc_zip *qc_zip_open(const unsigned char *data, size_t length, const char *source, const qcode_limits *limits,
                    const qcode_memory *memory, qcode_error *err);
void qc_zip_free(qc_zip *zip);

size_t qc_zip_count(const qc_zip *zip);
const qc_zip_entry *qc_zip_at(const qc_zip *zip, size_t index);

/* The member of this name, else the only one that differs in the case of ASCII letters alone (ECMA-376-2, 6.2.2.3);
 * QC_ZIP_NONE when there is none. */
size_t qc_zip_find(const qc_zip *zip, const char *name);

/* Opens a member. Refused are an encrypted one, one packed by a method other than deflate, one larger than the
 * limits. It is ended before its archive. `own`, the
 * archive's bytes, is for the last member to be read, or NULL: they are given back behind what is read, so that nothing of the
 * archive can be read again. */
qc_zip_member *qc_zip_member_open(qc_zip *zip, size_t index, qc_bytes *own, qcode_error *err);
void qc_zip_member_close(qc_zip_member *member);

/* FILE:MEMBER, for errors. */
const char *qc_zip_member_name(const qc_zip_member *member);

/* Up to `room` of the bytes that come next; `*got` is 0 at the end alone, and then size and checksum were right. `member` is
 * a qc_zip_member, so that this can feed a parser. */
bool qc_zip_read(void *member, void *to, size_t room, size_t *got, qcode_error *err);

#endif
