/* Who interviews and who answers. */
#ifndef QC_MODEL_CAST_H
#define QC_MODEL_CAST_H

#include "model/transcript.h"

/* Gives every speaker a role and, from the study's cases, names and attributes. False when memory runs out. */
bool qc_cast(qcode_transcript *talk, const char *source, const qcode_read_options *options, const qcode_memory *memory,
             qcode_notes *notes);

/* What a label alone says of its bearer: "int", "interviewer 2", "p07". The label is folded (a qc_label's key). */
qcode_role qc_role_of_label(const char *folded, size_t length);

/* Links each answer to the question before it. */
void qc_cast_questions(qcode_transcript *talk);

#endif
