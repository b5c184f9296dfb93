/* Decisions as lines of JSON, their keys in the order of the contract. */
#ifndef QC_WRITE_DECISIONS_H
#define QC_WRITE_DECISIONS_H

#include "base/buffer.h"
#include <qcode/decisions.h>

/* A line with its line feed. `why` it could not be placed; NULL where it was.
 */
bool qc_put_decision(qc_buffer *out, const qcode_decision *decision, const char *why);

#endif
