/* Puts rows of codings where they belong in the transcripts. */
#ifndef QC_READ_CODINGS_PLACE_H
#define QC_READ_CODINGS_PLACE_H

#include "model/coders.h"
#include "read/codings/rows.h"

/* Adds the rows of a source to the coders. `coder` is who all of it is by; NULL: whom the rows name, else `nameless`.
 * False when memory runs out. */
bool qc_place_rows(qcode_coders *coders, qc_coding_rows *rows, const char *source, const char *coder,
                   const char *nameless, qcode_notes *notes);

#endif
