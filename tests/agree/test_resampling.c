/* What is drawn at random: the same from the same seed, in whatever parts, and spread as it should be. */
#include "agree/figures.h"
#include "agree/random.h"
#include "support/random.h"
#include "support/test.h"

#include <math.h>
#include <string.h>

enum { UNITS = 40, CODERS = 3, RESAMPLES = 50, CLUSTERS = 8 };

static bool alpha_of(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
    qcode_alpha result;
    (void)user;
    if (!qcode_krippendorff_alpha(tally, &nominal, &result, err))
        return false;
    *figure = result.value;
    return true;
}

/* Forty units; turned round, the same in another order. */
static qcode_tally *make(bool clustered, bool turned)
{
    int32_t values[UNITS * CODERS];
    uint32_t clusters[UNITS];
    dice from = {31};
    for (size_t u = 0; u < UNITS; u++) {
        size_t place = turned ? UNITS - 1 - u : u;
        clusters[place] = (uint32_t)(u / 5);
        for (size_t c = 0; c < CODERS; c++)
            values[place * CODERS + c] = (int32_t)dice_below(&from, 3);
    }
    qcode_ratings ratings = {UNITS, CODERS, 3, values, NULL, clustered ? clusters : NULL, CLUSTERS};
    return qcode_tally_new(&ratings, NULL, NULL);
}

static void resamples_are_the_same_in_any_parts_and_from_any_order(void **state)
{
    (void)state;
    for (int by = QCODE_RESAMPLE_UNITS; by <= QCODE_RESAMPLE_CLUSTERS; by++) {
        qcode_tally *tally = make(true, false), *turned = make(true, true);
        qcode_figure whole[RESAMPLES], parts[RESAMPLES], again[RESAMPLES], other[RESAMPLES];
        qcode_resampling how = (qcode_resampling)by;
        assert_true(qcode_resample(tally, how, 5, 0, RESAMPLES, alpha_of, NULL, whole, NULL));
        assert_true(qcode_resample(tally, how, 5, 30, RESAMPLES - 30, alpha_of, NULL, parts + 30, NULL));
        assert_true(qcode_resample(tally, how, 5, 0, 30, alpha_of, NULL, parts, NULL));
        assert_true(qcode_resample(turned, how, 5, 0, RESAMPLES, alpha_of, NULL, again, NULL));
        assert_true(qcode_resample(tally, how, 6, 0, RESAMPLES, alpha_of, NULL, other, NULL));
        for (size_t i = 0; i < RESAMPLES; i++) {
            assert_memory_equal(&whole[i].value, &parts[i].value, sizeof whole[i].value);
            assert_memory_equal(&whole[i].value, &again[i].value, sizeof whole[i].value);
        }
        assert_false(whole[0].value >= other[0].value && whole[0].value <= other[0].value);
        qcode_tally_free(tally);
        qcode_tally_free(turned);
    }
}

static bool units_of(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    (void)user;
    (void)err;
    *figure = (qcode_figure){true, (double)qcode_tally_units(tally), QCODE_REASON_NONE};
    return true;
}

static void a_resample_has_as_many_units_or_clusters_as_there_were(void **state)
{
    (void)state;
    qcode_tally *tally = make(true, false), *plain = make(false, false);
    qcode_figure units[RESAMPLES], clusters[RESAMPLES];
    qcode_error err = {.status = QCODE_OK};
    assert_true(qcode_resample(tally, QCODE_RESAMPLE_UNITS, 1, 0, RESAMPLES, units_of, NULL, units, NULL));
    assert_true(qcode_resample(tally, QCODE_RESAMPLE_CLUSTERS, 1, 0, RESAMPLES, units_of, NULL, clusters, NULL));
    for (size_t i = 0; i < RESAMPLES; i++) {
        assert_near(units[i].value, UNITS, 0);
        assert_near(clusters[i].value, UNITS, 0); /* all clusters are of one size here */
    }
    assert_false(qcode_resample(plain, QCODE_RESAMPLE_CLUSTERS, 1, 0, 1, units_of, NULL, units, &err));
    assert_int_equal(err.status, QCODE_USAGE);
    qcode_tally_free(tally);
    qcode_tally_free(plain);
}

static void an_interval_leaves_out_what_is_undefined_and_says_so(void **state)
{
    (void)state;
    qcode_figure drawn[102] = {{false, 0, QCODE_REASON_NO_VARIATION}};
    qcode_interval result;
    for (int i = 0; i <= 100; i++)
        drawn[101 - i] = (qcode_figure){true, i, QCODE_REASON_NONE};
    assert_true(qcode_percentile_interval(drawn, 102, 0.95, &result, NULL, NULL));
    assert_near(result.low.value, 2.5, 1e-9);
    assert_near(result.high.value, 97.5, 1e-9);
    assert_int_equal(result.undefined, 1);
    assert_true(qcode_percentile_interval(drawn, 1, 0.95, &result, NULL, NULL));
    assert_false(result.low.defined);
}

/* Mean and variance of many draws, within five standard errors (the variance's for something near normal). */
static void assert_spread(const double *values, size_t count, double mean, double variance)
{
    double sum = 0, squares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - sum / n) * (values[i] - sum / n);
    assert_near(sum / n, mean, 5 * sqrt(variance / n));
    assert_near(squares / n, variance, 10 * variance / sqrt(n) + 1e-9);
}

static void draws_have_the_mean_and_variance_they_should(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    static double values[DRAWS];
    static const struct {
        uint64_t count;
        double chance;
    } cases[] = {{5, 0.3}, {40, 0.9}, {1000, 0.004}, {100, 0.5}, {1000000, 0.25}, {1000000, 0.75}, {30, 0.35}};
    qc_random from = qc_random_init(1, 0);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double n = (double)cases[c].count, p = cases[c].chance;
        for (size_t i = 0; i < DRAWS; i++)
            values[i] = (double)qc_random_binomial(&from, cases[c].count, p);
        assert_spread(values, DRAWS, n * p, n * p * (1 - p));
    }
    for (size_t i = 0; i < DRAWS; i++)
        values[i] = qc_random_normal(&from);
    assert_spread(values, DRAWS, 0, 1);
    for (size_t i = 0; i < DRAWS; i++)
        values[i] = (double)qc_random_below(&from, 7);
    assert_spread(values, DRAWS, 3, 4);
    for (size_t i = 0; i < DRAWS; i++)
        values[i] = (double)qc_random_hypergeometric(&from, 30, 70, 20);
    assert_spread(values, DRAWS, 6, 20 * 0.3 * 0.7 * 80 / 99);
}

/* The first numbers of the published generator from the state 1, 2, 3, 4. */
static void the_generator_is_the_published_one(void **state)
{
    (void)state;
    qc_random from = {{1, 2, 3, 4}, 0, false};
    assert_int_equal(qc_random_next(&from), 11520);
    assert_int_equal(qc_random_next(&from), 0);
    assert_int_equal(qc_random_next(&from), 1509978240);
    assert_int_equal(qc_random_next(&from), 1215971899390074240);
}

static void gamma_samples_are_the_same_in_any_parts(void **state)
{
    (void)state;
    const qcode_coded spans[] = {{0, 0, 5, 12}, {0, 1, 20, 34}, {1, 0, 6, 12}, {1, 1, 25, 30}, {2, 0, 7, 20}, {2, 0, 22, 30}};
    qcode_continuum continuum = {40, 3, 2, spans, 6}, none = {40, 2, 1, NULL, 0};
    qcode_gamma how = {1, 1, 1, 9}, wrong = {1, 1, 0, 9};
    qcode_figure disorder;
    double whole[20], parts[20];
    assert_true(qcode_gamma_samples(&continuum, &how, 0, 20, whole, NULL, NULL));
    assert_true(qcode_gamma_samples(&continuum, &how, 7, 13, parts + 7, NULL, NULL));
    assert_true(qcode_gamma_samples(&continuum, &how, 0, 7, parts, NULL, NULL));
    assert_memory_equal(whole, parts, sizeof whole);
    assert_true(qcode_gamma_disorder(&continuum, &how, &disorder, NULL, NULL));
    assert_true(qcode_gamma_of(disorder, whole, 20).defined);
    assert_true(qcode_gamma_disorder(&none, &how, &disorder, NULL, NULL));
    assert_false(qcode_gamma_of(disorder, whole, 20).defined);
    assert_false(qcode_gamma_samples(&none, &how, 0, 1, whole, NULL, NULL));
    assert_false(qcode_gamma_disorder(&continuum, &wrong, &disorder, NULL, NULL));
}

static void rho_falls_as_the_test_set_grows(void **state)
{
    (void)state;
    qcode_rho how = {.kappa_threshold = 0.9, .kappa_min = 0.4, .precision_min = 0.6, .precision_max = 1, .length = 10000,
                     .replicates = 800, .seed = 3};
    qcode_pairs few = {9, 0, 1, 30}, many = {180, 0, 20, 600}, poor = {5, 5, 5, 30}, none = {0, 0, 0, 20};
    qcode_figure a, b, c, again;
    assert_true(qcode_shaffer_rho(&few, &how, &a, NULL) && qcode_shaffer_rho(&many, &how, &b, NULL));
    assert_true(qcode_shaffer_rho(&few, &how, &again, NULL));
    assert_memory_equal(&a, &again, sizeof a);
    assert_true(b.value < a.value);
    assert_true(qcode_shaffer_rho(&poor, &how, &c, NULL));
    assert_near(c.value, 1, 0);
    assert_true(qcode_shaffer_rho(&none, &how, &c, NULL));
    assert_false(c.defined);
    how.inflation = 0.2;
    assert_true(qcode_shaffer_rho(&few, &how, &a, NULL));
    how.replicates = 0;
    assert_false(qcode_shaffer_rho(&few, &how, &a, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resamples_are_the_same_in_any_parts_and_from_any_order),
        TEST(a_resample_has_as_many_units_or_clusters_as_there_were),
        TEST(an_interval_leaves_out_what_is_undefined_and_says_so),
        TEST(draws_have_the_mean_and_variance_they_should),
        TEST(the_generator_is_the_published_one),
        TEST(gamma_samples_are_the_same_in_any_parts),
        TEST(rho_falls_as_the_test_set_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
