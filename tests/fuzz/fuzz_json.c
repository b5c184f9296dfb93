/* Any bytes are read as JSON or refused with a place; what was read is written and read again unchanged. */
#include "fuzz/fuzz.h"

#include "format/json.h"

#include <string.h>

static void put_and_read(const qc_json_token *token)
{
    qc_buffer out = qc_buffer_init(NULL);
    MUST(qc_json_put(&out, token->text, token->length));
    qc_json *json = qc_json_new(out.data, out.length, "f", 1, NULL, NULL);
    qc_json_token again;
    MUST(qc_json_next(json, &again, NULL) && again.kind == QC_JSON_STRING && again.length == token->length);
    MUST(memcmp(again.text, token->text, token->length) == 0);
    MUST(qc_json_next(json, &again, NULL) && again.kind == QC_JSON_END);
    qc_json_free(json);
    qc_buffer_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qc_json *json = qc_json_new((const char *)data, size, "f", 1, NULL, &err);
    qc_json_token token = {.kind = QC_JSON_NULL};
    size_t tokens = 0;
    while (token.kind != QC_JSON_END && qc_json_next(json, &token, &err)) {
        MUST(tokens++ <= size && token.line && token.column && token.text[token.length] == '\0');
        if (token.kind == QC_JSON_STRING || token.kind == QC_JSON_KEY)
            put_and_read(&token);
    }
    MUST(!err.status || (err.line && err.column && err.message[0]));
    qc_json_free(json);
    return 0;
}
