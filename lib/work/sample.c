/* A stratified sample without return. */
#include "work/sample.h"
#include "agree/random.h"

#include <stdlib.h>
#include <string.h>

typedef struct thing {
    const char *stratum;
    size_t index;
} thing;

static int by_stratum(const void *a, const void *b)
{
    const thing *one = a, *two = b;
    int order = strcmp(one->stratum, two->stratum);
    return order ? order : one->index < two->index ? -1 : one->index > two->index;
}

/* How many of a stratum: of a share at least one, rounded up but for what a division leaves. */
static size_t wanted_of(const qcode_sample *sample, size_t count)
{
    if (sample->share <= 0)
        return !sample->count || sample->count > count ? count : sample->count;
    double exact = sample->share * (double)count;
    size_t wanted = (size_t)exact;
    wanted += exact - (double)wanted > 1e-9;
    return wanted > count ? count : wanted;
}

static void draw_stratum(const qcode_sample *sample, thing *things, size_t count, uint64_t stream, bool *drawn)
{
    qc_random from = qc_random_init(sample->seed, stream);
    size_t wanted = wanted_of(sample, count);
    for (size_t i = 0; i < wanted; i++) {
        size_t other = i + (size_t)qc_random_below(&from, count - i);
        thing kept = things[other];
        things[other] = things[i];
        things[i] = kept;
        drawn[kept.index] = true;
    }
}

bool qc_draw_sample(const qcode_sample *sample, const char *const *strata, size_t count, const qcode_memory *memory,
                    bool *drawn)
{
    qc_arena arena = qc_arena_init(memory);
    thing *things = qc_arena_take_array(&arena, count + 1, sizeof *things);
    for (size_t i = 0; things && i < count; i++) {
        things[i] = (thing){strata[i] ? strata[i] : "", i};
        drawn[i] = false;
    }
    if (things && count)
        qsort(things, count, sizeof *things, by_stratum);
    uint64_t stream = 0;
    for (size_t first = 0, end; things && first < count; first = end) {
        for (end = first; end < count && strcmp(things[end].stratum, things[first].stratum) == 0;)
            end++;
        draw_stratum(sample, things + first, end - first, stream++, drawn);
    }
    qc_arena_clear(&arena);
    return things != NULL;
}
