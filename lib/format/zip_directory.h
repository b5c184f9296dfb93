/* What an archive says it holds, checked against its bytes before anything is unpacked (APPNOTE.TXT 6.3.9). */
#ifndef QC_FORMAT_ZIP_DIRECTORY_H
#define QC_FORMAT_ZIP_DIRECTORY_H

#include "base/memory.h"
#include <qcode/error.h>
#include <qcode/limits.h>

typedef struct qc_zip_entry {
    const char *name; /* as written, NUL behind it; no NUL inside, no way out of the archive */
    size_t start, end; /* its local header, name and packed data in the archive; no other member has any of these bytes */
    size_t packed, unpacked; /* bytes */
    unsigned flags, method;
    uint32_t crc;
} qc_zip_entry;

typedef struct qc_zip_directory {
    const qc_zip_entry *entries; /* in the order of the directory */
    size_t count;
} qc_zip_directory;

/* Reads the directory into `arena`. Refused are an archive without its end or with two, with bytes before or behind it, on
 * several disks, with members that overlap, reach past the data, have other headers than the directory says, or names that
 * leave the archive. Memory grows with the archive's own bytes, never with what they claim. */
bool qc_zip_directory_read(qc_arena *arena, const unsigned char *data, size_t length, const char *source,
                           const qcode_limits *limits, qc_zip_directory *directory, qcode_error *err);

/* FILE:MEMBER for errors, in a fixed array. */
void qc_zip_member_source(char *text, size_t size, const char *source, const char *member);

#endif
