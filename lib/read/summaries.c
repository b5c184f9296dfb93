/* Reading summaries.jsonl. */
#include "model/summaries.h"
#include "base/bytes.h"
#include "base/error.h"
#include "read/fields.h"

#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)
#define FIELD(name) {#name, qc_field_string, offsetof(qcode_summary, name)}

static const qc_field fields[] = {FIELD(respondent), FIELD(code), FIELD(text), FIELD(by), FIELD(on), FIELD(seen),
                                  {NULL, NULL, 0}};

static bool take(qcode_summaries *summaries, qc_input *in, const qc_json_token *token)
{
    qcode_summary line = {"", "", "", "", "", ""};
    if (token->kind != QC_JSON_OPEN_OBJECT)
        return qc_input_wrong(in, token, "a summary between { and }");
    if (!qc_field_object(in, token, fields, &line))
        return false;
    if (!*line.respondent || !*line.code || !*line.text)
        return qc_input_wrong(in, token, "a summary with respondent, code and text");
    const qcode_summary *there = qc_summaries_find(summaries, line.respondent, line.code);
    if (there && strcmp(there->on, line.on) > 0)
        return true;
    return qc_summaries_put(summaries, &line) || qc_no_memory(in->err);
}

bool qcode_summaries_parse(qcode_summaries *summaries, const void *data, size_t length, const char *name,
                           qcode_error *err)
{
    qc_arena arena = qc_arena_init(summaries->memory);
    qc_input in = {.arena = &arena, .source = name, .err = err};
    in.json = qc_json_new(data, length, name, 1, summaries->memory, err);
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_END;)
        done = take(summaries, &in, &token);
    qc_json_free(in.json);
    qc_arena_clear(&arena);
    return done;
}

bool qcode_summaries_read(qcode_summaries *summaries, const char *path, qcode_error *err)
{
    qc_bytes bytes = {.memory = summaries->memory};
    bool done = qc_bytes_read(path, MOST_BYTES, summaries->memory, &bytes, err) &&
                qcode_summaries_parse(summaries, bytes.data ? (const void *)bytes.data : "", bytes.length, path, err);
    qc_bytes_clear(&bytes);
    return done;
}
