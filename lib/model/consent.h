/* What respondents have consented to, in one transcript. */
#ifndef QC_MODEL_CONSENT_H
#define QC_MODEL_CONSENT_H

#include "model/cases.h"
#include "model/transcript.h"

/* Says of every speaker whether they are left out or not quoted, after the cases gave names and attributes. Of who is
 * left out no attribute stays but why. `cases` may be NULL. False when memory runs out. */
bool qc_apply_consents(qcode_transcript *talk, const qcode_cases *cases);

/* Leaves out a speaker who has withdrawn since ("yes" or a date). False when memory runs out. */
bool qc_withdraw_speaker(qcode_transcript *talk, size_t speaker, const char *withdrawn);

/* Refuses a transcript in which the respondent of a line is not found whose words are to be kept back: they may be here
 * under another name. */
bool qc_check_consents(const qcode_transcript *talk, const qcode_cases *cases, qcode_error *err);

#endif
