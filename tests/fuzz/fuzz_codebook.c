/* Codebooks: any bytes are read or refused with a reason. */
#include "fuzz/fuzz.h"

#include "model/codebook.h"

#include <qcode/codebook.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_codebook *book = qcode_codebook_parse(data, size, "fuzz", NULL, notes, &err);
    MUST(book || (err.status != QCODE_OK && err.message[0]));
    for (size_t i = 0; book && i < book->count; i++) {
        const qcode_code *code = &book->codes[i];
        MUST(qcode_codebook_find(book, code->id) == code);
        for (size_t j = 0; j < code->rule_count; j++)
            for (size_t k = 0; k < code->rules[j].regexes.count; k++) {
                const qc_pattern *regex = &code->rules[j].regexes.at[k];
                size_t line, column;
                qc_pattern_place(book, regex, regex->length, &line, &column);
                MUST(line >= regex->line && column);
            }
    }
    qcode_codebook_free(book);
    qcode_notes_free(notes);
    return 0;
}
