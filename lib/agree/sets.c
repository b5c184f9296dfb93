/* Distances between sets of codes. */
#include <qcode/agree.h>

/* How many codes two sets share. */
static size_t shared(const qcode_set_of_codes *a, const qcode_set_of_codes *b)
{
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->codes[i] == b->codes[j]) {
            count++;
            i++;
            j++;
        } else if (a->codes[i] < b->codes[j]) {
            i++;
        } else {
            j++;
        }
    }
    return count;
}

static double jaccard(const qcode_set_of_codes *a, const qcode_set_of_codes *b)
{
    size_t both = shared(a, b), any = a->count + b->count - both;
    return any ? (double)both / (double)any : 1;
}

/* Passonneau's monotonicity: 1 equal, 2/3 one within the other, 1/3 in part, 0 apart. */
static double monotonicity(const qcode_set_of_codes *a, const qcode_set_of_codes *b)
{
    size_t both = shared(a, b);
    if (both == a->count && both == b->count)
        return 1;
    if (both == a->count || both == b->count)
        return 2 / 3.0;
    return both ? 1 / 3.0 : 0;
}

void qcode_masi_distances(const qcode_set_of_codes *sets, size_t count, double *distances)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            distances[i * count + j] = 1 - jaccard(sets + i, sets + j) * monotonicity(sets + i, sets + j);
}

void qcode_jaccard_distances(const qcode_set_of_codes *sets, size_t count, double *distances)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            distances[i * count + j] = 1 - jaccard(sets + i, sets + j);
}
