/* Looking at bytes one by one, and choosing the way that looks at many at once. */
#include "base/starts.h"

#include <string.h>

static bool is_word(unsigned char byte)
{
    return (unsigned)byte - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

static unsigned char make_small(unsigned char byte)
{
    if ((unsigned)byte - 'A' < 26)
        return byte | 0x20;
    return (unsigned)byte - '\t' < 5 ? ' ' : byte;
}

static bool look_plainly(char *to, const char *from, size_t length, uint64_t *starts, uint64_t *others)
{
    bool inside = false, any = false;
    size_t blocks = (length + QC_BLOCK - 1) / QC_BLOCK;
    memset(starts, 0, blocks * sizeof *starts);
    memset(others, 0, blocks * sizeof *others);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = make_small((unsigned char)from[i]);
        bool word = is_word(byte);
        to[i] = (char)byte;
        starts[i / QC_BLOCK] |= (uint64_t)(word && !inside) << i % QC_BLOCK;
        others[i / QC_BLOCK] |= (uint64_t)(byte >> 7) << i % QC_BLOCK;
        any |= byte >> 7;
        inside = word;
    }
    memset(to + length, 0, (blocks + 1) * QC_BLOCK - length);
    return any;
}

qc_look *qc_look_way(size_t number)
{
    qc_look *const ways[] = {qc_look_avx2(), qc_look_neon(), qc_look_sse2(), look_plainly};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i] && number-- == 0)
            return ways[i];
    return NULL;
}

qc_look *qc_look_quickly(void)
{
    return qc_look_way(0);
}
