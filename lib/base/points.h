/* From code points of a text to its bytes, in any order. */
#ifndef QC_BASE_POINTS_H
#define QC_BASE_POINTS_H

#include "base/buffer.h"

typedef struct qc_points {
    const char *text;
    size_t length;
    qc_buffer marks; /* the byte of every so many code points */
} qc_points;

/* `marks.failed` when memory runs out. The text stays the caller's. */
qc_points qc_points_init(const char *text, size_t length, const qcode_memory *memory);
void qc_points_clear(qc_points *points);

/* The byte where a code point begins; the length when there are not so many. */
size_t qc_points_byte(const qc_points *points, size_t character);

#endif
