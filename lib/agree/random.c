/* xoshiro256**, and what is drawn with it. */
#include "agree/random.h"

#include <math.h>

static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

qc_random qc_random_init(uint64_t seed, uint64_t stream)
{
    qc_random made = {{0}, 0, false};
    uint64_t own = split_mix(&stream), state = split_mix(&seed) ^ own;
    for (size_t i = 0; i < 4; i++)
        made.state[i] = split_mix(&state);
    return made;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t qc_random_next(qc_random *from)
{
    uint64_t *s = from->state, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double qc_random_unit(qc_random *from)
{
    return (double)(qc_random_next(from) >> 11) * 0x1p-53;
}

uint64_t qc_random_below(qc_random *from, uint64_t limit)
{
    uint64_t uneven = (UINT64_MAX - limit + 1) % limit, drawn; /* 2^64 mod limit */
    do
        drawn = qc_random_next(from);
    while (drawn < uneven);
    return drawn % limit;
}

double qc_random_normal(qc_random *from)
{
    double x, y, square;
    if (from->has_spare) {
        from->has_spare = false;
        return from->spare;
    }
    do {
        x = 2 * qc_random_unit(from) - 1;
        y = 2 * qc_random_unit(from) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = sqrt(-2 * log(square) / square);
    from->spare = y * scale;
    from->has_spare = true;
    return x * scale;
}

/* By geometric steps between successes: for few expected ones (Devroye 1986, chapter X.4). chance in (0, 0.5]. */
static uint64_t binomial_by_steps(qc_random *from, uint64_t count, double chance)
{
    double scale = log1p(-chance), place = 0;
    for (uint64_t found = 0;; found++) {
        place += floor(log1p(-qc_random_unit(from)) / scale) + 1;
        if (place > (double)count)
            return found;
    }
}

/* What Stirling's formula leaves out of log k!. */
static double left_out(double k)
{
    static const double small[] = {0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
                                   0.01664469118982119, 0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
                                   0.009255462182712733, 0.008330563433362871};
    double next = k + 1;
    if (k <= 9)
        return small[(int)k];
    return (1 / 12.0 - (1 / 360.0 - 1 / 1260.0 / (next * next)) / (next * next)) / next;
}

/* Transformed rejection (Hoermann 1993, algorithm BTRS), for ten expected successes or more. chance in (0, 0.5]. */
static uint64_t binomial_by_rejection(qc_random *from, uint64_t count, double chance)
{
    double n = (double)count, spread = sqrt(n * chance * (1 - chance));
    double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * chance, middle = n * chance + 0.5;
    double inner = 0.92 - 4.2 / b, odds = chance / (1 - chance), alpha = (2.83 + 5.1 / b) * spread, mode = floor((n + 1) * chance);
    for (;;) {
        double u = qc_random_unit(from) - 0.5, v = 1 - qc_random_unit(from), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + middle);
        if (us >= 0.07 && v <= inner)
            return (uint64_t)k;
        if (k < 0 || k > n)
            continue;
        v = log(v * alpha / (a / (us * us) + b));
        double most = (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) + left_out(mode) + left_out(n - mode) +
                      (n + 1) * log((n - mode + 1) / (n - k + 1)) +
                      (k + 0.5) * log(odds * (n - k + 1) / (k + 1)) - left_out(k) - left_out(n - k);
        if (v <= most)
            return (uint64_t)k;
    }
}

uint64_t qc_random_binomial(qc_random *from, uint64_t count, double chance)
{
    if (count == 0 || chance <= 0)
        return 0;
    if (chance >= 1)
        return count;
    if (chance > 0.5)
        return count - qc_random_binomial(from, count, 1 - chance);
    return (double)count * chance < 10 ? binomial_by_steps(from, count, chance) : binomial_by_rejection(from, count, chance);
}

uint64_t qc_random_hypergeometric(qc_random *from, uint64_t marked, uint64_t others, uint64_t count)
{
    uint64_t found = 0;
    for (uint64_t i = 0; i < count && marked; i++) {
        bool hit = qc_random_below(from, marked + others) < marked;
        found += hit;
        marked -= hit;
        others -= !hit;
    }
    return found;
}
