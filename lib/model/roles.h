/* What a label alone says of its bearer. */
#ifndef QC_MODEL_ROLES_H
#define QC_MODEL_ROLES_H

#include "text/fold.h"
#include <qcode/transcript.h>

/* "int", "interviewer 2", "p07". The label is folded (a qc_label's key). */
qcode_role qc_role_of_label(const char *folded, size_t length);

/* The same of words that are not folded: a label, or a position ("interviewer") that a legend gives. False when memory
 * runs out. */
bool qc_role_of_words(qc_folder *folder, const char *words, bool is_label, qcode_role *role);

#endif
