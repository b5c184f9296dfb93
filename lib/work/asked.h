/* Finding out who was asked about what: by the questions that a codebook which weighs evidence recognises. */
#ifndef QC_WORK_ASKED_H
#define QC_WORK_ASKED_H

#include "model/asked.h"

/* Fills `asked`, which lasts as long as the arena. False when memory runs out or a limit is met. */
bool qc_find_asked(qc_asked *asked, const qc_view *view, qc_arena *arena, const qcode_memory *memory, qcode_error *err);

#endif
