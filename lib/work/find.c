/* A codebook of one pattern, for looking words up. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"
#include <qcode/job.h>

#include <string.h>

/* As YAML's double-quoted scalars have it (YAML 1.2.2, section 7.3.1). */
static void put_quoted(qc_buffer *out, const char *text)
{
    qc_buffer_byte(out, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            qc_buffer_print(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            qc_buffer_print(out, "\\x%02x", byte);
        else
            qc_buffer_byte(out, (char)byte);
    }
    qc_buffer_string(out, "\"\n");
}

static void put_book(qc_buffer *out, const char *pattern, qcode_pattern_kind kind)
{
    qc_buffer_string(out, "codes:\n  - id: found\n    unit: match\n    scope: all\n");
    switch (kind) {
    case QCODE_PATTERN_TERM:
        qc_buffer_string(out, "    terms:\n      - ");
        put_quoted(out, pattern);
        break;
    case QCODE_PATTERN_REGEX:
        qc_buffer_string(out, "    regex:\n      - ");
        put_quoted(out, pattern);
        break;
    case QCODE_PATTERN_RULE:
        qc_buffer_string(out, "    rules:\n      - {");
        qc_buffer_string(out, pattern);
        qc_buffer_string(out, "}\n");
        break;
    }
}

qcode_codebook *qcode_pattern_codebook(const char *pattern, qcode_pattern_kind kind, const qcode_memory *memory,
                                       qcode_notes *notes, qcode_error *err)
{
    qcode_codebook *book = NULL;
    qc_buffer text = qc_buffer_init(memory);
    size_t length = strlen(pattern);
    if (kind == QCODE_PATTERN_RULE && strchr(pattern, '\n')) {
        qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a rule to find stands on one line");
    } else if (qc_utf8_valid(pattern, length) != length) {
        qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the pattern to find is not UTF-8");
    } else {
        put_book(&text, pattern, kind);
        if (text.failed)
            qc_no_memory(err);
        else
            book = qcode_codebook_parse(text.data, text.length, "pattern", memory, notes, err);
    }
    qc_buffer_clear(&text);
    return book;
}
