/* Log-likelihood keyness. */
#include <qcode/agree.h>

#include <math.h>

static double part(double observed, double expected)
{
    return observed > 0 ? observed * log(observed / expected) : 0;
}

qcode_figure qcode_keyness(uint64_t a, uint64_t a_all, uint64_t b, uint64_t b_all)
{
    if (!a_all || !b_all || a + b == 0)
        return (qcode_figure){false, 0, QCODE_REASON_NOTHING_TO_COMPARE};
    double one = (double)a, two = (double)b, sizes[] = {(double)a_all, (double)b_all};
    double share = (one + two) / (sizes[0] + sizes[1]);
    double value = 2 * (part(one, sizes[0] * share) + part(two, sizes[1] * share));
    return (qcode_figure){true, one / sizes[0] < two / sizes[1] ? -value : value, QCODE_REASON_NONE};
}
