/* Any UTF-8 text is read as CSV or refused with a place; what was read is written and read again unchanged. */
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "format/csv.h"

#include <string.h>

static void put_and_read(const qc_csv_field *fields, size_t count)
{
    qc_buffer out = qc_buffer_init(NULL);
    qc_buffer_string(&out, "sep=,\n");
    for (size_t i = 0; i < count; i++) {
        MUST(qc_csv_put(&out, fields[i].text, fields[i].length));
        MUST(qc_buffer_byte(&out, i + 1 < count ? ',' : '\n'));
    }
    qc_csv *csv = qc_csv_new(out.data, out.length, "f", NULL, NULL);
    const qc_csv_field *again;
    size_t number;
    MUST(qc_csv_next(csv, &again, &number, NULL));
    MUST(number == count || (count == 1 && !fields[0].length && !number)); /* one empty field is no record */
    for (size_t i = 0; i < number; i++)
        MUST(again[i].length == fields[i].length && memcmp(again[i].text, fields[i].text, fields[i].length) == 0);
    qc_csv_free(csv);
    qc_buffer_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    size = qc_utf8_valid((const char *)data, size);
    qc_csv *csv = qc_csv_new((const char *)data, size, "f", NULL, &err);
    const qc_csv_field *fields;
    size_t count = 1;
    while (count && qc_csv_next(csv, &fields, &count, &err)) {
        for (size_t i = 0; i < count; i++)
            MUST(fields[i].line && fields[i].column && fields[i].text[fields[i].length] == '\0');
        if (count)
            put_and_read(fields, count);
    }
    MUST(!err.status || (err.line && err.column && err.message[0]));
    qc_csv_free(csv);
    return 0;
}
