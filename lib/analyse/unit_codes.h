/* Which codes each unit of what respondents say has. */
#ifndef QC_ANALYSE_UNIT_CODES_H
#define QC_ANALYSE_UNIT_CODES_H

#include "model/units.h"
#include "model/view.h"

typedef struct qc_unit_codes {
    const qc_view *view;
    qcode_coders *coders; /* of nobody: what units are made of */
    qc_units units;
    uint8_t *has;     /* units x codes of the view: 1 where the unit has the code, or one under it */
    bool *in_view;    /* each unit */
    qc_arena arena;
} qc_unit_codes;

/* Clear it in any case. */
bool qc_unit_codes_init(qc_unit_codes *codes, const qc_view *view, qc_by by, const qcode_memory *memory,
                        qcode_error *err);
void qc_unit_codes_clear(qc_unit_codes *codes);

static inline bool qc_unit_has(const qc_unit_codes *codes, size_t unit, size_t code)
{
    return codes->has[unit * codes->view->code_count + code] != 0;
}

#endif
