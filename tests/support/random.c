/* SplitMix64 (Steele, Lea and Flood 2014), and texts made with it. */
#include "support/random.h"
#include "base/utf8.h"

#include <string.h>

uint64_t dice_next(dice *from)
{
    uint64_t z = from->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

size_t dice_below(dice *from, size_t limit)
{
    return (size_t)(dice_next(from) % limit);
}

static uint32_t some_point(dice *from)
{
    static const uint32_t odd[] = {'"',    '\'',   ',',    ';',    '\\',    '/',     '=',      '+',      '-',
                                   '@',    '\t',   '\n',   '\r',   0,       0x1B,    0x7F,     0x85,     0xA0,
                                   0x301,  0x2019, 0x2026, 0x2028, 0x2029,  0x202E,  0x200B,   0xFEFF,   0xFFFD,
                                   0xFFFF, 0xE000, 0xD7FF, 0x10000, 0x1F600, 0x10FFFF, 0xE2, 0xC2, 0x80,  0x9F};
    switch (dice_below(from, 4)) {
    case 0: return odd[dice_below(from, sizeof odd / sizeof *odd)];
    case 1: return (uint32_t)dice_below(from, 0xD800);
    default: return (uint32_t)(' ' + dice_below(from, 95));
    }
}

size_t dice_text(dice *from, char *text, size_t size)
{
    size_t wanted = dice_below(from, size + 1), length = 0;
    char bytes[4];
    for (;;) {
        size_t more = qc_utf8_put(some_point(from), bytes);
        if (length + more > wanted)
            return length;
        memcpy(text + length, bytes, more);
        length += more;
    }
}
