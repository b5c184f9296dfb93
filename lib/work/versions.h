/* Codings that were made under different versions of a codebook. */
#ifndef QC_WORK_VERSIONS_H
#define QC_WORK_VERSIONS_H

#include "model/coders.h"
#include <qcode/notes.h>

/* Looks at what the sources say of the codebooks that they were made under; `book` is one more that is applied now, and
 * may be NULL. A note for each code that does not mean the same in all of them; then false, unless `mixed` says that they
 * are to be taken together all the same. Where a version is known and not its codebook, a note says so, once. */
bool qc_check_versions(const qcode_coders *coders, const qcode_codebook *book, bool mixed, qcode_notes *notes,
                       qcode_error *err);

#endif
