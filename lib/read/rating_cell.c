/* Numbers and sets of codes in the cells of a table. */
#include "read/rating_cell.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_DIGITS = 64 };

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t';
}

qc_csv_field qc_trimmed(const qc_csv_field *field)
{
    qc_csv_field inner = *field;
    while (inner.length && is_space(*inner.text)) {
        inner.text++;
        inner.length--;
    }
    while (inner.length && is_space(inner.text[inner.length - 1]))
        inner.length--;
    return inner;
}

/* The digits without their point go to strtod(), so that the locale does not matter. */
bool qc_read_rating_number(const qc_csv_field *field, double *number)
{
    char digits[MOST_DIGITS + 16];
    size_t used = 0, count = 0, behind = 0;
    bool point = false;
    for (size_t i = 0; i < field->length; i++) {
        char c = field->text[i];
        if (c == '.' && !point) {
            point = true;
        } else if (i == 0 && (c == '-' || c == '+')) {
            digits[used++] = c;
        } else if (c >= '0' && c <= '9' && count < MOST_DIGITS) {
            digits[used++] = c;
            count++;
            behind += point;
        } else {
            return false;
        }
    }
    snprintf(digits + used, sizeof digits - used, "e-%zu", behind);
    *number = count ? strtod(digits, NULL) : 0;
    if (*number == 0)
        *number = 0; /* -0 is 0 */
    return count > 0;
}

static int by_name(const void *a, const void *b)
{
    const qc_csv_field *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int differs = memcmp(x->text, y->text, shorter);
    return differs ? differs : (x->length > y->length) - (x->length < y->length);
}

bool qc_read_rating_set(const qc_csv_field *field, qc_buffer *list, qc_buffer *name)
{
    const char *end = field->text + field->length;
    list->length = name->length = 0;
    for (const char *from = field->text; from <= end;) {
        const char *bar = memchr(from, '|', (size_t)(end - from));
        const qc_csv_field part = {.text = from, .length = (size_t)((bar ? bar : end) - from)};
        const qc_csv_field code = qc_trimmed(&part);
        if (code.length)
            qc_buffer_append(list, &code, sizeof code);
        from = bar ? bar + 1 : end + 1;
    }
    const qc_csv_field *codes = (const void *)list->data;
    size_t count = list->length / sizeof *codes;
    if (count && !list->failed)
        qsort(list->data, count, sizeof *codes, by_name);
    for (size_t i = 0; i < count && !list->failed; i++)
        if (!i || by_name(&codes[i - 1], &codes[i]) != 0) {
            qc_buffer_string(name, i ? "|" : "");
            qc_buffer_append(name, codes[i].text, codes[i].length);
        }
    if (!count)
        qc_buffer_byte(name, '|');
    return !list->failed && !name->failed;
}
