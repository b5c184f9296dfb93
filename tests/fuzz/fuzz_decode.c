/* Any bytes are decoded or refused with a reason; what is decoded is clean UTF-8, and decoding it again changes
 * nothing. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "text/decode.h"

#include <string.h>

static void decode_again(const qc_buffer *text)
{
    /* a text may begin with U+FEFF, or like a file of another kind that a damaged encoding hid */
    qc_buffer again = qc_buffer_init(NULL);
    const char *name;
    if (qc_decode((const unsigned char *)text->data, text->length, "UTF-8", "f", &again, &name, NULL, NULL)) {
        size_t mark = text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        MUST(again.length == text->length - mark);
        MUST(memcmp(again.data, text->data + mark, again.length) == 0);
    }
    qc_buffer_clear(&again);
}

static void decode(const uint8_t *data, size_t size, const char *encoding)
{
    qc_buffer text = qc_buffer_init(NULL);
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    const char *name = NULL;
    if (qc_decode(data, size, encoding, "f", &text, &name, notes, &err)) {
        MUST(name && err.status == QCODE_OK);
        if (text.length) {
            MUST(qc_utf8_valid(text.data, text.length) == text.length);
            MUST(!memchr(text.data, '\r', text.length) && !memchr(text.data, '\0', text.length));
            decode_again(&text);
        }
    } else {
        MUST(err.status == QCODE_ENCODING && err.message[0] && !err.line == !err.column);
    }
    qcode_notes_free(notes);
    qc_buffer_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {"UTF-8", "UTF-16LE", "UTF-16", "windows-1252", "GB18030", "Shift_JIS"};
    decode(data, size, NULL);
    if (size)
        decode(data + 1, size - 1, encodings[data[0] % (sizeof encodings / sizeof *encodings)]);
    return 0;
}
