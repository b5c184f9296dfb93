/* Places in a text by other programs' ways of counting. */
#ifndef QC_READ_CODINGS_OFFSETS_H
#define QC_READ_CODINGS_OFFSETS_H

#include "base/buffer.h"

/* How people count. */
typedef enum qc_count { QC_COUNT_POINTS, QC_COUNT_UTF16, QC_COUNT_BYTES, QC_COUNTS } qc_count;
typedef struct qc_convention {
    qc_count count;
    bool crlf; /* each line end is two */
    bool bom;  /* a byte order mark is counted */
} qc_convention;
enum { QC_CONVENTIONS = 4 * QC_COUNTS };

/* The first is the usual one: code points, line ends as one, no mark. */
qc_convention qc_convention_at(size_t index);
size_t qc_convention_index(qc_convention convention);

/* "UTF-16 units, each line end as two, behind a byte order mark", appended. */
bool qc_convention_tell(qc_convention convention, qc_buffer *out);

typedef struct qc_offsets {
    const char *text; /* well-formed UTF-8 with LF line ends, the caller's */
    size_t length;
    qc_buffer milestones; /* places in each way of counting */
} qc_offsets;

/* False when memory runs out; clear it in any case. */
bool qc_offsets_init(qc_offsets *offsets, const char *text, size_t length, const qcode_memory *memory);
void qc_offsets_clear(qc_offsets *offsets);

/* The byte at an offset; SIZE_MAX when none is there. */
size_t qc_offsets_byte(const qc_offsets *offsets, qc_convention convention, size_t offset);

/* How many code points stand before a byte. */
size_t qc_offsets_points(const qc_offsets *offsets, size_t byte);

#endif
