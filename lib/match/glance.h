/* A reading as terms see it (QC_FORM_TERM), made for one quick scan: mostly a copy in small letters, with a map back where
 * a character became another. */
#ifndef QC_MATCH_GLANCE_H
#define QC_MATCH_GLANCE_H

#include "base/buffer.h"
#include "base/starts.h"
#include "text/fold.h"

/* A character that the form changes: `size` bytes at `at` stand for `source_size` bytes of the reading. */
typedef struct qc_changed {
    uint32_t at, size, source, source_size;
} qc_changed;

typedef struct qc_glance {
    const char *text; /* folded; zeros behind it, to the end of a block and for one more */
    size_t length;
    const uint64_t *starts; /* for each block (see base/starts.h) */
    const uint64_t *others;
    bool has_others;
    bool is_composed; /* the reading is in NFC, and where ASCII words begin in it they begin here */
    const qc_changed *changes;
    size_t change_count;
    qc_folded folded; /* where the maps of a whole fold are used instead of changes */
    bool is_folded;
} qc_glance;

/* Scratch for one thread. A view lasts until the next is made; one that is folded until the folder's next use. */
typedef struct qc_glancer {
    qc_look *look;
    qc_folder *folder;
    struct qc_known *known; /* characters met lately */
    const qcode_memory *memory;
    qc_buffer text, starts, others, changes;
} qc_glancer;

bool qc_glancer_init(qc_glancer *viewer, qc_folder *folder, const qcode_memory *memory);
void qc_glancer_clear(qc_glancer *viewer);

/* False when memory runs out. `text` is well-formed UTF-8 of less than 4 GiB. */
bool qc_glance_make(qc_glancer *viewer, const char *text, size_t length, qc_glance *view);

/* The part of the reading that bytes [start, end) of the view came from (start < end); as qc_folded_span. */
qcode_span qc_glance_span(const qc_glance *view, size_t start, size_t end);

#endif
