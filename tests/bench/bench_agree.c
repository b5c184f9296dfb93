/* How long the coefficients take: bench_agree [RATINGS]. One line for each: name, seconds, the most it may take, figure. With
 * RATINGS, the ratings are also written there, a byte each, unit by unit, for other programs to read. */
#include "support/random.h"

#include <qcode/agree.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { UNITS = 1000000, CODERS = 5, CATEGORIES = 4, RESAMPLES = 1000, SPANS = 10000, GAMMA_SPANS = 300, SAMPLES = 30 };

static bool slow;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void tell(const char *name, double took, double most, double figure)
{
    slow = slow || took > most;
    printf("%-34s %8.3f s of %5.2f   %.10f\n", name, took, most, figure);
}

static void need(bool done)
{
    if (!done) {
        printf("a coefficient failed\n");
        exit(2);
    }
}

/* Coders who give the true category four times in five. */
static int32_t *make_ratings(void)
{
    int32_t *values = malloc(sizeof *values * UNITS * CODERS), *next = values;
    dice from = {1};
    need(values != NULL);
    for (size_t u = 0; u < UNITS; u++) {
        int32_t truth = (int32_t)dice_below(&from, CATEGORIES);
        for (size_t c = 0; c < CODERS; c++)
            *next++ = dice_below(&from, 5) ? truth : (int32_t)dice_below(&from, CATEGORIES);
    }
    return values;
}

static void write_ratings(const char *path, const int32_t *values)
{
    FILE *file = fopen(path, "wb");
    need(file != NULL);
    for (size_t i = 0; i < (size_t)UNITS * CODERS; i++)
        need(putc((int)values[i], file) != EOF);
    need(fclose(file) == 0);
}

static bool alpha_of(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_alpha result;
    if (!qcode_krippendorff_alpha(tally, user, &result, err))
        return false;
    *figure = result.value;
    return true;
}

static void time_ratings(const char *path)
{
    static qcode_figure figures[RESAMPLES];
    qcode_ratings ratings = {.units = UNITS, .coders = CODERS, .categories = CATEGORIES, .values = make_ratings()};
    qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
    qcode_figure alpha;
    qcode_kappa kappa;
    qcode_agreement fleiss;
    qcode_interval interval;
    if (path)
        write_ratings(path, ratings.values);

    double start = now();
    qcode_tally *tally = qcode_tally_new(&ratings, NULL, NULL);
    need(tally && alpha_of(tally, &nominal, &alpha, NULL));
    tell("alpha nominal, 5 x 1,000,000", now() - start, 0.3, alpha.value);
    qcode_tally_free(tally);

    start = now();
    tally = qcode_tally_new(&ratings, NULL, NULL);
    need(tally && qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, NULL));
    tell("Cohen's kappa of two of them", now() - start, 0.05, kappa.value.value);
    qcode_tally_free(tally);

    start = now();
    tally = qcode_tally_new(&ratings, NULL, NULL);
    need(tally && qcode_chance_corrected(tally, QCODE_FLEISS_KAPPA, NULL, &fleiss, NULL));
    tell("Fleiss' kappa of the five", now() - start, 0.05, fleiss.value.value);

    start = now();
    need(qcode_resample(tally, QCODE_RESAMPLE_UNITS, 1, 0, RESAMPLES, alpha_of, &nominal, figures, NULL));
    need(qcode_percentile_interval(figures, RESAMPLES, 0.95, &interval, NULL, NULL));
    tell("1,000 resamples of that alpha", now() - start, 1, interval.low.value);
    qcode_tally_free(tally);
    free((void *)ratings.values);
}

/* Spans of `coders` coders who see the same things, and some of their own; one place is one code. */
static qcode_coded *make_spans(size_t count, size_t coders, size_t *length)
{
    qcode_coded *spans = malloc(count * sizeof *spans);
    dice from = {2};
    size_t made = 0, place = 0;
    need(spans != NULL);
    while (made < count) {
        size_t code = dice_below(&from, 5), start = place + 20 + dice_below(&from, 60), most = 10 + dice_below(&from, 80);
        for (size_t c = 0; c < coders && made < count; c++)
            if (dice_below(&from, 8))
                spans[made++] = (qcode_coded){c, dice_below(&from, 6) ? code : dice_below(&from, 5), start + dice_below(&from, 10),
                                              start + 10 + most - dice_below(&from, 10)};
        place = start + most + 10;
    }
    *length = place + 100;
    return spans;
}

static void time_spans(void)
{
    size_t length;
    qcode_alpha alpha;
    qcode_coded *spans = make_spans(SPANS, 3, &length);
    qcode_continuum continuum = {length, 3, 5, spans, SPANS};
    double start = now();
    need(qcode_unitizing_alpha(&continuum, QCODE_UNITIZING_U, QCODE_ALL_CODES, &alpha, NULL, NULL));
    tell("unitizing alpha, 10,000 spans", now() - start, 0.2, alpha.value.value);
    start = now();
    need(qcode_unitizing_alpha_1995(&continuum, QCODE_ALL_CODES, &alpha, NULL, NULL));
    tell("unitizing alpha of 1995, the same", now() - start, 0.2, alpha.value.value);
    free(spans);
}

static void time_gamma(size_t coders, const char *name)
{
    size_t length;
    double disorders[SAMPLES];
    qcode_gamma how = {1, 1, 1, 1};
    qcode_figure disorder;
    qcode_coded *spans = make_spans(GAMMA_SPANS, coders, &length);
    qcode_continuum continuum = {length, coders, 5, spans, GAMMA_SPANS};
    double start = now();
    need(qcode_gamma_disorder(&continuum, &how, &disorder, NULL, NULL));
    need(qcode_gamma_samples(&continuum, &how, 0, SAMPLES, disorders, NULL, NULL));
    tell(name, now() - start, 1, qcode_gamma_of(disorder, disorders, SAMPLES).value);
    free(spans);
}

int main(int count, char **words)
{
    struct rusage used;
    time_ratings(count > 1 ? words[1] : NULL);
    getrusage(RUSAGE_SELF, &used);
    printf("%-34s %8.1f MiB of 64\n", "memory until here", (double)used.ru_maxrss / 1024);
    slow = slow || used.ru_maxrss > 64 * 1024;
    time_spans();
    time_gamma(2, "gamma, 300 spans of 2, 30 samples");
    time_gamma(3, "gamma, 300 spans of 3, 30 samples");
    return slow;
}
