/* Random numbers that are the same everywhere: one stream for each number of a sample. */
#ifndef QC_AGREE_RANDOM_H
#define QC_AGREE_RANDOM_H

#include <qcode/agree.h>

/* xoshiro256** 1.0 (Blackman and Vigna 2021), its state drawn with SplitMix64 from the seed and the stream. */
typedef struct qc_random {
    uint64_t state[4];
    double spare; /* a normal number that was drawn and not yet used */
    bool has_spare;
} qc_random;

qc_random qc_random_init(uint64_t seed, uint64_t stream);
uint64_t qc_random_next(qc_random *from);
double qc_random_unit(qc_random *from);                     /* in [0, 1), 53 bits */
uint64_t qc_random_below(qc_random *from, uint64_t limit);  /* without bias; limit > 0 */
double qc_random_normal(qc_random *from);                   /* Marsaglia's polar method */

/* How many of `count` tries succeed. */
uint64_t qc_random_binomial(qc_random *from, uint64_t count, double chance);

/* Of `count` drawn without return from `marked` + `others`, how many are marked. */
uint64_t qc_random_hypergeometric(qc_random *from, uint64_t marked, uint64_t others, uint64_t count);

#endif
