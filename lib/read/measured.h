/* Reading what was measured of a codebook. */
#ifndef QC_READ_MEASURED_H
#define QC_READ_MEASURED_H

#include "read/fields.h"
#include <qcode/measured.h>

/* A reader of fields: the place is a const qcode_measured *, NULL when nothing was measured; it is kept in the arena. */
bool qc_field_measured(qc_input *in, const qc_json_token *value, void *place);

/* The bytes of an agreement.json. */
bool qc_parse_measured(const void *data, size_t length, const char *source, qc_arena *arena,
                        const qcode_measured **agreement, qcode_error *err);

#endif
