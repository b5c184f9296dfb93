/* Any bytes are decoded or refused; what was decoded has forms that map back into it, and sentences that hold all of it. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/sentences.h"
#include "text/words.h"

#include <string.h>

static void check_form(qc_folder *folder, qc_form form, const char *text, size_t length)
{
    qc_folded folded;
    MUST(qc_fold(folder, form, text, length, &folded));
    MUST(folded.source_length == length && qc_utf8_valid(folded.text, folded.length) == folded.length);
    MUST(folded.starts || folded.length == length || !folded.length);
    size_t from = 0;
    for (size_t at = 0; at < folded.length;) {
        size_t start = at;
        qc_utf8_next(folded.text, folded.length, &at);
        qcode_span span = qc_folded_span(&folded, start, at);
        MUST(span.start < span.end && span.end <= length && span.start >= from);
        MUST(((unsigned char)text[span.start] & 0xC0) != 0x80);
        MUST(span.end == length || ((unsigned char)text[span.end] & 0xC0) != 0x80);
        from = span.start;
    }
}

/* What a form made stays as it is in the same form. (QC_FORM_TERM takes one dot from an i, and may then find another.) */
static void check_again(qc_folder *folder, qc_form form, const char *text, size_t length)
{
    qc_folded folded;
    MUST(qc_fold(folder, form, text, length, &folded));
    qc_folder other = qc_folder_init(NULL);
    qc_folded again;
    MUST(qc_fold(&other, form, folded.text, folded.length, &again));
    MUST(again.length == folded.length && (!again.length || memcmp(again.text, folded.text, again.length) == 0));
    qc_folder_clear(&other);
}

/* Sentences come in order and apart, without space around them, and only space is left between them. */
static void check_sentences(const char *text, size_t length)
{
    size_t at = 0, end = 0;
    qcode_span sentence;
    while (qc_next_sentence(text, length, &at, &sentence)) {
        MUST(sentence.start >= end && sentence.start < sentence.end && sentence.end <= length && at >= sentence.end);
        while (end < sentence.start)
            MUST(qc_is_space(qc_utf8_next(text, length, &end)));
        size_t last = sentence.end, first = sentence.start;
        MUST(!qc_is_space(qc_utf8_previous(text, &last)) && !qc_is_space(qc_utf8_next(text, length, &first)));
        end = sentence.end;
    }
    while (end < length)
        MUST(qc_is_space(qc_utf8_next(text, length, &end)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qc_buffer text = qc_buffer_init(NULL);
    qc_folder folder = qc_folder_init(NULL);
    const char *name;
    if (qc_decode(data, size, NULL, "f", &text, &name, NULL, &err) && text.length) {
        MUST(qc_utf8_valid(text.data, text.length) == text.length && !memchr(text.data, '\r', text.length));
        for (qc_form form = QC_FORM_NFC; form <= QC_FORM_TERM; form++) {
            check_form(&folder, form, text.data, text.length);
            if (form != QC_FORM_TERM)
                check_again(&folder, form, text.data, text.length);
        }
        check_sentences(text.data, text.length);
    }
    MUST(!err.status || err.message[0]);
    qc_folder_clear(&folder);
    qc_buffer_clear(&text);
    return 0;
}
