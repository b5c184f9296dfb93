/* Who interviews and who answers: the last step of building a transcript. */
#ifndef QC_MODEL_CAST_H
#define QC_MODEL_CAST_H

#include "model/transcript.h"
#include <qcode/read.h>

/* Ends the building: decides who interviews, applies the study's cases, links answers to questions. What was guessed is
 * a note. `options` may be NULL. */
bool qc_transcript_finish(qcode_transcript *talk, const qcode_read_options *options, qcode_notes *notes,
                          qcode_error *err);

#endif
