/* agreement.json, and the same in run.json. */
#include "read/measured.h"
#include "base/date.h"
#include "base/error.h"

#include <string.h>

/* The agreement with what says whether there is one; the agreement comes first, so that one pointer is both. */
typedef struct measured_line {
    qcode_measured agreement;
    bool measured;
} measured_line;

static bool read_measured(qc_input *in, const qc_json_token *value, void *place)
{
    if (value->kind != QC_JSON_TRUE && value->kind != QC_JSON_FALSE)
        return qc_input_wrong(in, value, "true or false");
    *(bool *)place = value->kind == QC_JSON_TRUE;
    return true;
}

static bool read_kappa(qc_input *in, const qc_json_token *value, void *place)
{
    if (value->kind == QC_JSON_NULL)
        return true;
    if (value->kind != QC_JSON_NUMBER || value->number < -1 || value->number > 1)
        return qc_input_wrong(in, value, "a kappa from -1 to 1");
    *(double *)place = value->number;
    return true;
}

static bool read_codes(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {{"code", qc_field_string, offsetof(qcode_measured_code, code)},
                                      {"positives", qc_field_number, offsetof(qcode_measured_code, positives)},
                                      {"kappa", read_kappa, offsetof(qcode_measured_code, kappa)},
                                      {NULL, NULL, 0}};
    static const qcode_measured_code blank = {"", 0, -2};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    qcode_measured *agreement = (qcode_measured *)(void *)((char *)place - offsetof(qcode_measured, codes));
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &agreement->code_count);
    if (done)
        agreement->codes = items;
    return done;
}

static bool read_book(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {{"version", qc_field_string, offsetof(qcode_measured, version)},
                                      {"sha256", qc_field_string, offsetof(qcode_measured, hash)},
                                      {NULL, NULL, 0}};
    return qc_field_object(in, value, fields, place);
}

bool qc_field_measured(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {{"measured", read_measured, offsetof(measured_line, measured)},
                                      {"codebook", read_book, 0},
                                      {"on", qc_field_string, offsetof(qcode_measured, on)},
                                      {"unit", qc_field_string, offsetof(qcode_measured, unit)},
                                      {"touch", qc_field_string, offsetof(qcode_measured, touch)},
                                      {"interviews", qc_field_number, offsetof(qcode_measured, interviews)},
                                      {"coders", qc_field_number, offsetof(qcode_measured, coders)},
                                      {"kappa", read_kappa, offsetof(qcode_measured, kappa)},
                                      {"codes", read_codes, offsetof(qcode_measured, codes)},
                                      {NULL, NULL, 0}};
    const qc_json_token begin = *value;
    measured_line *line = qc_arena_take(in->arena, sizeof *line);
    if (!line)
        return qc_no_memory(in->err);
    *line = (measured_line){.agreement = {.on = "", .version = "", .hash = "", .unit = "", .touch = "", .kappa = -2}};
    if (begin.kind != QC_JSON_OPEN_OBJECT)
        return qc_input_wrong(in, value, "what was measured, as an object");
    if (!qc_field_object(in, value, fields, line))
        return false;
    if (line->measured && (!qc_is_date(line->agreement.on) || strlen(line->agreement.hash) != 64))
        return qc_input_wrong(in, &begin, "when it was measured (\"on\") and the codebook (\"sha256\")");
    *(const qcode_measured **)place = line->measured ? &line->agreement : NULL;
    return true;
}

bool qc_parse_measured(const void *data, size_t length, const char *source, qc_arena *arena,
                        const qcode_measured **agreement, qcode_error *err)
{
    qc_json_token token;
    qc_input in = {.arena = arena, .source = source, .err = err};
    in.json = qc_json_new(data ? data : "", length, source, 1, arena->memory, err);
    bool done = in.json && qc_json_next(in.json, &token, err) && qc_field_measured(&in, &token, agreement);
    qc_json_free(in.json);
    return done;
}
