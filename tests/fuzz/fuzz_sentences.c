/* The sentences of any text stand in order and apart, and hold all of it but white space. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "text/sentences.h"
#include "text/words.h"

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
    check_sentences((const char *)data, qc_utf8_valid((const char *)data, size));
    return 0;
}
