/* Names of things for other programs: the same thing has the same in every export. */
#ifndef QC_WRITE_EXPORT_GUID_H
#define QC_WRITE_EXPORT_GUID_H

#include <stddef.h>

typedef struct qc_guid {
    char text[37];
} qc_guid;

/* Of a kind of thing and its name, by SHA-256, in the form of RFC 4122 (version 5). */
qc_guid qc_guid_of(const char *kind, const char *name);

/* The same of a passage: its document, hull in code points, code and coder. */
qc_guid qc_guid_of_passage(const char *kind, const char *document, size_t start, size_t end, const char *code,
                           const char *coder);

#endif
