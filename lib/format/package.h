/* Office documents as packages: an archive with parts in XML, and relationships that name parts (ECMA-376-2). */
#ifndef QC_FORMAT_PACKAGE_H
#define QC_FORMAT_PACKAGE_H

#include "base/buffer.h"
#include "format/xml.h"
#include "format/zip.h"

typedef struct qc_package {
    qc_zip *zip;
    const char *source;         /* the file */
    const qcode_limits *limits; /* resolved */
    const qcode_memory *memory;
} qc_package;

/* Opens the archive; what is handed in stays the caller's. A package that could not be opened needs no closing. */
bool qc_package_open(qc_package *package, const unsigned char *data, size_t length, const char *source,
                     const qcode_limits *limits, const qcode_memory *memory, qcode_error *err);
void qc_package_close(qc_package *package);
bool qc_package_has(const qc_package *package, const char *part);

/* A part that is being read. */
typedef struct qc_part {
    qc_zip_member *member;
    qc_xml *xml;
} qc_part;

/* False too when there is no such part: then the error names it. */
bool qc_part_open(qc_part *part, const qc_package *package, const char *name, qcode_error *err);

/* The last part that is read: behind it the bytes of `own`, which are the package's, are given back. `own` may be NULL. */
bool qc_part_open_last(qc_part *part, const qc_package *package, const char *name, qc_bytes *own, qcode_error *err);
void qc_part_close(qc_part *part); /* welcomes one that was never opened and is all zero */

/* Where a relationship leads to: `rels` is the part with the relationships ("_rels/.rels"), `kind` the end of the Type
 * ("/officeDocument"), `id` its Id or NULL for the first. The target's name is put into `target` with a NUL that does not
 * count; of length 0 when there is none. */
bool qc_package_relation(const qc_package *package, const char *rels, const char *kind, const char *id, qc_buffer *target,
                         qcode_error *err);

#endif
