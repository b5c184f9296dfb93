/* Building codings: the matcher adds segments in any order and finishes. */
#ifndef QC_MODEL_CODINGS_H
#define QC_MODEL_CODINGS_H

#include "base/memory.h"
#include <qcode/codings.h>

qcode_codings *qc_codings_new(const qcode_transcript *talk, const qcode_memory *memory, qcode_error *err);

/* Copies the segment with its pieces and hits. */
bool qc_codings_add(qcode_codings *codings, const qcode_segment *segment);
bool qc_codings_add_vetoed(qcode_codings *codings, const qcode_hit *hit);

/* Sorts. What is added or dropped afterwards asks for another finish. */
void qc_codings_finish(qcode_codings *codings);

/* For people's decisions: a segment to be changed in all but its place, and segments taken out. */
const qcode_memory *qc_codings_memory(const qcode_codings *codings);
qcode_segment *qc_codings_segment(qcode_codings *codings, size_t index);
void qc_codings_keep(qcode_codings *codings, const bool *kept);

/* Puts what others found in the same transcript among what the first found: by start, end, and the order of the parts. All
 * are finished. Answers the first, which owns the rest; all of them are ended when memory runs out. */
qcode_codings *qc_codings_join(qcode_codings *const *parts, size_t count, qcode_error *err);

/* The basis or state of a name; anything else is the speaker's own words, and proposed. */
qcode_basis qc_basis_of(const char *name);
qcode_state qc_state_of(const char *name);

/* Below, at or above 0, as the sorting of numbers asks for. */
int qc_order(size_t a, size_t b);

/* The order of hits: start, end, rule. For qsort. */
int qc_hit_compare(const void *a, const void *b);

#endif
