/* A first look at a source. */
#include "read/peek.h"

#include <string.h>

/* How many bytes a unit has (1 or 2), where the first stands, and which of its bytes is the low one. */
typedef struct units {
    size_t size, first, low;
} units;

static units find_units(const unsigned char *data, size_t length)
{
    if (length >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF)
        return (units){1, 3, 0};
    if (length >= 2 && data[0] == 0xFF && data[1] == 0xFE)
        return (units){2, 2, 0};
    if (length >= 2 && data[0] == 0xFE && data[1] == 0xFF)
        return (units){2, 2, 1};
    if (length >= 4 && data[0] && !data[1] && data[2] && !data[3])
        return (units){2, 0, 0};
    if (length >= 4 && !data[0] && data[1] && !data[2] && data[3])
        return (units){2, 0, 1};
    return (units){1, 0, 0};
}

void qc_peek(const unsigned char *data, size_t length, char text[QC_PEEK])
{
    units unit = find_units(data, length);
    size_t count = 0;
    for (size_t at = unit.first; count + 1 < QC_PEEK && at + unit.size <= length; at += unit.size) {
        unsigned char c = data[at + unit.low];
        bool ascii = c && c < 0x80 && (unit.size == 1 || !data[at + 1 - unit.low]);
        text[count++] = ascii ? c == '\r' ? '\n' : (char)c : '?';
    }
    memset(text + count, '\0', QC_PEEK - count);
}

const char *qc_peek_space(const char *text)
{
    return text + strspn(text, " \t\n");
}

const char *qc_peek_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? text + length : NULL;
}
