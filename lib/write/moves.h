/* One document's line of an offset map. */
#ifndef QC_WRITE_MOVES_H
#define QC_WRITE_MOVES_H

#include "base/buffer.h"
#include <qcode/pseudonymise.h>

/* Appends the line. It has no words of either text. */
bool qc_put_moved_document(qc_buffer *out, const qcode_moved_document *document);

#endif
