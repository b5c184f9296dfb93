/* Archives being written: all members at once, and the same bytes for the same members. */
#ifndef QC_FORMAT_ZIP_PACK_H
#define QC_FORMAT_ZIP_PACK_H

#include <qcode/error.h>
#include <qcode/sink.h>

typedef struct qc_zip_part {
    const char *name; /* "sources/a.txt": no two of one name */
    const void *data; /* stays the caller's */
    size_t length;
    bool stored; /* not packed: for what has to be readable in place */
} qc_zip_part;

/* Puts an archive of the parts, in their order, into the sink, which stays to be finished. Each is dated 2000-01-01. */
bool qc_zip_pack(const qc_zip_part *parts, size_t count, qcode_sink *sink, qcode_error *err);

#endif
