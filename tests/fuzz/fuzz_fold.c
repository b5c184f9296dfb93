/* Any text has its three forms, with maps that rise and stay inside it; NFC is utf8proc's; sentences part it in
 * order. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "text/fold.h"
#include "text/sentences.h"

#include <string.h>

#include <utf8proc.h>

static void check_map(const qc_folded *folded)
{
    size_t start = 0, end = 0;
    for (size_t i = 0; i < folded->length; i++) {
        qcode_span span = qc_folded_span(folded, i, i + 1);
        MUST(span.start >= start && span.end >= end && span.start < span.end && span.end <= folded->source_length);
        start = span.start;
        end = span.end;
    }
}

static void check_nfc(const char *text, size_t length, const qc_folded *folded)
{
    utf8proc_uint8_t *wanted = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &wanted,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    MUST(size >= 0 && (size_t)size == folded->length && memcmp(wanted, folded->text, folded->length) == 0);
    free(wanted);
}

static void check_sentences(const char *text, size_t length)
{
    qcode_span sentence;
    size_t behind = 0;
    for (size_t at = 0; qc_next_sentence(text, length, &at, &sentence);) {
        MUST(sentence.start >= behind && sentence.start < sentence.end && sentence.end <= at && at <= length);
        behind = sentence.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size = qc_utf8_valid(text, size);
    qc_folder folder = qc_folder_init(NULL), again = qc_folder_init(NULL);
    for (qc_form form = QC_FORM_NFC; form <= QC_FORM_TERM; form++) {
        qc_folded folded, twice;
        MUST(qc_fold(&folder, form, text, size, &folded));
        MUST(qc_utf8_valid(folded.text, folded.length) == folded.length);
        check_map(&folded);
        if (form == QC_FORM_NFC)
            check_nfc(text, size, &folded);
        MUST(qc_fold(&again, form, folded.text, folded.length, &twice));
        MUST(twice.length == folded.length && memcmp(twice.text, folded.text, folded.length) == 0);
    }
    qc_folder_clear(&folder);
    qc_folder_clear(&again);
    check_sentences(text, size);
    return 0;
}
