/* Building a transcript, and a turn's reading. Readers build; nothing writes to it afterwards. */
#ifndef QC_MODEL_TRANSCRIPT_H
#define QC_MODEL_TRANSCRIPT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/labels.h"
#include <qcode/transcript.h>

#define QC_NOBODY SIZE_MAX

/* An empty transcript that takes over `text` (well-formed UTF-8; the buffer is empty afterwards). `format`, `layout`
 * and `encoding` are static strings. NULL when memory runs out or the text is too long; then the buffer is still the caller's. */
qcode_transcript *qc_transcript_new(const char *name, qc_buffer *text, const char *hash, const char *format,
                                    const char *encoding, const qcode_memory *memory, qcode_error *err);
/* One of several in a file: the one behind it, and what stands for it in notes. The first also has the notes on the
 * whole file, which is the first `file_length` bytes of that; the others say 0. */
void qc_transcript_set_next(qcode_transcript *talk, qcode_transcript *next);
bool qc_transcript_share_file(qcode_transcript *talk, const char *note_source, size_t file_length);

/* Whether a note with this source is about this document. */
bool qc_transcript_has_note(const qcode_transcript *talk, const char *source);

void qc_transcript_set_layout(qcode_transcript *talk, const char *layout);

/* What stands for the file in notes; until it is set, the document's name. The string is the caller's, until the
 * finish. */
void qc_transcript_set_source(qcode_transcript *talk, const char *source);

/* The index of the speaker with this label, added if new (labels that differ in case or white space alone are one);
 * QC_NOBODY when memory runs out. */
size_t qc_transcript_speaker(qcode_transcript *talk, const char *label, size_t length);

/* Begins a turn; `speaker` may be QC_NOBODY, `time_ms` -1. A turn that gets no range is dropped. */
bool qc_transcript_turn(qcode_transcript *talk, size_t speaker, int64_t time_ms);

/* Speech of the turn begun last: behind all ranges so far. Empty spans are passed over; a span that only a single line
 * feed parts from the one before continues it. */
bool qc_transcript_range(qcode_transcript *talk, qcode_span span);

/* Something the document says of itself. A name the outputs have already (see qc_is_contract_column) or that is there
 * twice gets _1, _2 ...; then `*renamed` is true. `Respondent group` becomes group, `Role` and `Respondent role`
 * position. */
bool qc_transcript_attribute(qcode_transcript *talk, const char *name, size_t name_length, const char *value,
                             size_t value_length, bool *renamed);

/* The same for a speaker, where a later value of a name takes the place of the earlier. */
bool qc_speaker_attribute(qcode_transcript *talk, size_t speaker, const char *name, const char *value);

/* For the cast (model/cast.c). `case_name` is copied. */
void qc_speaker_set_role(qcode_transcript *talk, size_t speaker, qcode_role role, qcode_role_basis basis);
bool qc_speaker_set_case(qcode_transcript *talk, size_t speaker, const char *case_name);
void qc_speaker_set_consent(qcode_transcript *talk, size_t speaker, bool left_out, bool unquoted);
void qc_speaker_forget_attributes(qcode_transcript *talk, size_t speaker);
bool qc_transcript_set_attribute(qcode_transcript *talk, const char *name, const char *value); /* or replaces it */
size_t qc_speaker_find(qcode_transcript *talk, const char *label); /* QC_NOBODY when nobody has this label */
size_t qc_speaker_find_label(const qcode_transcript *talk, const qc_label *label); /* the same */
const qc_label *qc_speaker_label(const qcode_transcript *talk, size_t speaker);
void qc_turn_set_speaker(qcode_transcript *talk, size_t index, size_t speaker);
void qc_turn_set_question(qcode_transcript *talk, size_t index, size_t number);
void qc_turn_set_guide(qcode_transcript *talk, size_t index, size_t number);

/* Lines of the study's cases that said something of this transcript, by index (model/cases.h). */
bool qc_transcript_use_case(qcode_transcript *talk, size_t line);
const size_t *qc_transcript_used_cases(const qcode_transcript *talk, size_t *count);

/* Masks what may not be used, from the first word of a turn to its last. For settled turns. */
bool qc_transcript_mask(qcode_transcript *talk, qcode_error *err);

/* For the cast, in this order: no more turns follow, and the end of the building. False when memory ran out. */
void qc_transcript_settle(qcode_transcript *talk);
bool qc_transcript_close(qcode_transcript *talk);
const char *qc_transcript_source(const qcode_transcript *talk); /* what stands for the file in notes */
const qcode_memory *qc_transcript_memory(const qcode_transcript *talk);

/* The columns every output has (include/qcode/job.h's formats): "document", "code", ... */
bool qc_is_contract_column(const char *name);

#endif
