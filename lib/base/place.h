/* From byte offsets to lines, columns and code points. */
#ifndef QC_BASE_PLACE_H
#define QC_BASE_PLACE_H

#include <qcode/transcript.h>

/* A place that walks forward through a text: cheap when asked in rising order, right in any. */
typedef struct qc_walker {
    const char *text;
    size_t length;
    size_t byte;      /* where it stands */
    qcode_place here; /* of `byte` */
} qc_walker;

qc_walker qc_walker_init(const char *text, size_t length);
qcode_place qc_walker_at(qc_walker *walker, size_t byte);

/* The same for once. */
qcode_place qc_place_of(const char *text, size_t length, size_t byte);

#endif
