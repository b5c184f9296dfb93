/* Coefficients of ratings: worked by hand, undefined with a reason, and the same however the ratings come. */
#include "agree/figures.h"
#include "support/random.h"
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

enum { X = QCODE_NOT_RATED };

static qcode_tally *tally_of(const int32_t *values, size_t units, size_t coders, size_t categories)
{
    qcode_ratings ratings = {.units = units, .coders = coders, .categories = categories, .values = values};
    qcode_tally *tally = qcode_tally_new(&ratings, NULL, NULL);
    assert_non_null(tally);
    return tally;
}

/* 50 segments: both coders marked 20, only A 5, only B 10, nobody 15. po = 0.7, pe = 0.5, kappa = 0.4. */
static void kappa_agrees_with_a_table_worked_by_hand(void **state)
{
    (void)state;
    const int32_t values[] = {1, 1, 1, 0, 0, 1, 0, 0};
    const uint64_t counts[] = {20, 5, 10, 15};
    qcode_ratings ratings = {4, 2, 2, values, counts, NULL, 0};
    qcode_tally *tally = qcode_tally_new(&ratings, NULL, NULL);
    qcode_kappa kappa;
    qcode_figure specific[2], low, high;
    uint64_t cells[4];
    assert_int_equal(qcode_tally_units(tally), 50);
    assert_true(qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, NULL));
    assert_near(kappa.value.value, 0.4, 1e-12);
    assert_near(kappa.highest.value, 0.8, 1e-12); /* (0.5 + 0.4 - 0.5) / 0.5 */
    assert_near(qcode_pabak(tally).value, 0.4, 1e-12);
    assert_near(qcode_full_agreement(tally).value, 0.7, 1e-12);
    assert_true(qcode_specific_agreement(tally, specific, NULL));
    assert_near(specific[1].value, 40 / 55.0, 1e-12); /* positive agreement */
    assert_near(specific[0].value, 30 / 45.0, 1e-12); /* negative agreement */
    qcode_tally_pair(tally, 0, 1, cells);
    assert_int_equal(cells[3], 20);
    assert_int_equal(cells[2], 5);
    assert_int_equal(cells[1], 10);
    assert_int_equal(cells[0], 15);
    qcode_normal_interval(kappa.value, kappa.se, 0.95, &low, &high);
    assert_near(high.value - low.value, 2 * 1.959963984540054 * kappa.se.value, 1e-12);
    qcode_tally_free(tally);
}

/* Two coders, units aa, ab, bb: n = 6, o_ab + o_ba = 2, Do = 1/3; n_a = n_b = 3, De = 18/30; alpha = 4/9. */
static void alpha_agrees_with_coincidences_counted_by_hand(void **state)
{
    (void)state;
    const int32_t values[] = {0, 0, 0, 1, 1, 1};
    qcode_tally *tally = tally_of(values, 3, 2, 2);
    qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
    qcode_alpha alpha;
    assert_true(qcode_krippendorff_alpha(tally, &nominal, &alpha, NULL));
    assert_near(alpha.observed.value, 1 / 3.0, 1e-12);
    assert_near(alpha.expected.value, 0.6, 1e-12);
    assert_near(alpha.value.value, 4 / 9.0, 1e-12);
    qcode_tally_free(tally);
}

static void sets_differ_by_what_they_share(void **state)
{
    (void)state;
    const size_t codes[] = {0, 1, 2};
    const qcode_set_of_codes sets[] = {{codes, 0}, {codes, 1}, {codes, 2}, {codes + 1, 2}};
    double masi[16], jaccard[16];
    qcode_masi_distances(sets, 4, masi);
    qcode_jaccard_distances(sets, 4, jaccard);
    assert_near(masi[0], 0, 0);                    /* two empty sets */
    assert_near(masi[0 * 4 + 1], 1, 0);            /* empty and not empty */
    assert_near(masi[1 * 4 + 2], 1 - 1 / 3.0, 1e-12); /* within: J = 1/2, M = 2/3 */
    assert_near(masi[2 * 4 + 3], 1 - 1 / 9.0, 1e-12); /* in part: J = 1/3, M = 1/3 */
    assert_near(jaccard[2 * 4 + 3], 2 / 3.0, 1e-12);
    assert_near(jaccard[3 * 4 + 2], 2 / 3.0, 1e-12);
}

static void assert_reason(const int32_t *values, size_t units, size_t coders, size_t categories, qcode_reason reason)
{
    qcode_tally *tally = tally_of(values, units, coders, categories);
    qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
    qcode_alpha alpha;
    qcode_agreement fleiss;
    assert_true(qcode_krippendorff_alpha(tally, &nominal, &alpha, NULL));
    assert_true(qcode_chance_corrected(tally, QCODE_FLEISS_KAPPA, NULL, &fleiss, NULL));
    assert_false(alpha.value.defined);
    assert_int_equal(alpha.value.reason, reason);
    assert_false(fleiss.value.defined);
    assert_int_equal(fleiss.value.reason, reason);
    assert_false(fleiss.se.defined);
    qcode_tally_free(tally);
}

static void what_cannot_be_said_is_undefined_with_a_reason(void **state)
{
    (void)state;
    const int32_t apart[] = {0, X, X, 1}, same[] = {0, 0, 0, 0}, one[] = {0, 1};
    assert_reason(apart, 2, 2, 2, QCODE_REASON_NOTHING_TO_COMPARE);
    assert_reason(one, 2, 1, 2, QCODE_REASON_NOTHING_TO_COMPARE);
    assert_reason(NULL, 0, 2, 2, QCODE_REASON_NOTHING_TO_COMPARE);
    assert_reason(same, 2, 2, 2, QCODE_REASON_NO_VARIATION);
    for (int reason = QCODE_REASON_NONE; reason <= QCODE_REASON_OVERLAP; reason++)
        assert_string_not_equal(qcode_reason_text((qcode_reason)reason), "unknown");
}

static void a_coder_who_never_varies_has_a_kappa_of_zero(void **state)
{
    (void)state;
    const int32_t values[] = {0, 0, 0, 1, 0, 1};
    qcode_tally *tally = tally_of(values, 3, 2, 2);
    qcode_kappa kappa;
    assert_true(qcode_cohen_kappa(tally, 0, 1, NULL, &kappa, NULL));
    assert_true(kappa.value.defined);
    assert_near(kappa.value.value, 0, 0);
    qcode_tally_free(tally);
}

static void expect_refusal(const qcode_ratings *ratings, const char *message)
{
    qcode_error err = {.status = QCODE_OK};
    assert_null(qcode_tally_new(ratings, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    assert_string_equal(err.message, message);
}

static void impossible_ratings_are_refused(void **state)
{
    (void)state;
    const int32_t high[] = {0, 1, 0, 2}, low[] = {0, -2};
    const uint32_t clusters[] = {0, 1};
    const uint64_t counts[] = {UINT64_MAX, 2};
    expect_refusal(&(qcode_ratings){2, 2, 2, high, NULL, NULL, 0}, "unit 2 has a category that is not in the list");
    expect_refusal(&(qcode_ratings){1, 2, 2, low, NULL, NULL, 0}, "unit 1 has a category that is not in the list");
    expect_refusal(&(qcode_ratings){2, 1, 3, high, NULL, clusters, 1}, "unit 2 has a cluster that is not in the list");
    expect_refusal(&(qcode_ratings){2, 1, 3, high, counts, NULL, 0}, "the units are too many to count");
}

static void a_coder_or_weights_that_are_not_there_are_refused(void **state)
{
    (void)state;
    const int32_t values[] = {0, 1};
    qcode_tally *tally = tally_of(values, 1, 2, 2);
    qcode_weights weights = {QCODE_GIVEN_WEIGHTS, NULL};
    qcode_distance distance = {QCODE_GIVEN_DISTANCE, NULL, NULL};
    qcode_error err = {.status = QCODE_OK};
    qcode_kappa kappa;
    qcode_alpha alpha;
    qcode_figure figure;
    assert_false(qcode_cohen_kappa(tally, 0, 2, NULL, &kappa, &err));
    assert_int_equal(err.status, QCODE_USAGE);
    assert_false(qcode_cohen_kappa(tally, 0, 1, &weights, &kappa, NULL));
    assert_false(qcode_krippendorff_alpha(tally, &distance, &alpha, NULL));
    assert_false(qcode_scott_pi(tally, 9, 0, &figure, NULL));
    qcode_tally_free(tally);
}

/* -- what must not matter -- */

enum { MOST_UNITS = 60, MOST_CODERS = 5, MOST_CATEGORIES = 5 };

/* Ratings with room for one unit more; a quarter of them missing in every second. */
typedef struct made {
    int32_t values[(MOST_UNITS + 1) * MOST_CODERS];
    size_t units, coders, categories;
} made;

static made make(dice *from)
{
    made all = {.units = 2 + dice_below(from, MOST_UNITS - 1), .coders = 2 + dice_below(from, MOST_CODERS - 1),
                .categories = 2 + dice_below(from, MOST_CATEGORIES - 1)};
    bool gaps = dice_below(from, 2);
    for (size_t u = 0; u < all.units; u++) {
        int32_t truth = (int32_t)dice_below(from, all.categories);
        for (size_t c = 0; c < all.coders; c++)
            all.values[u * all.coders + c] = gaps && dice_below(from, 4) == 0 ? X
                                             : dice_below(from, 3)            ? truth
                                                                              : (int32_t)dice_below(from, all.categories);
    }
    return all;
}

static figures figures_of(const made *all, bool by_pair, bool by_rank)
{
    figures out;
    qcode_tally *tally = tally_of(all->values, all->units, all->coders, all->categories);
    assert_true(all_figures(tally, by_pair, by_rank, &out, NULL));
    qcode_tally_free(tally);
    return out;
}

static void shuffle(dice *from, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t j = dice_below(from, i), swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

static void the_order_of_units_changes_nothing(void **state)
{
    (void)state;
    dice from = {11};
    for (int round = 0; round < 300; round++) {
        made all = make(&from), other = all;
        size_t order[MOST_UNITS + 1];
        shuffle(&from, order, all.units);
        for (size_t u = 0; u < all.units; u++)
            memcpy(other.values + u * all.coders, all.values + order[u] * all.coders, all.coders * sizeof *all.values);
        figures a = figures_of(&all, true, true), b = figures_of(&other, true, true);
        assert_same_figures(&a, &b);
        assert_memory_equal(&a.at[0].value, &b.at[0].value, sizeof a.at[0].value); /* to the last bit */
    }
}

static void the_order_of_coders_changes_nothing(void **state)
{
    (void)state;
    dice from = {12};
    for (int round = 0; round < 300; round++) {
        made all = make(&from), other = all;
        size_t order[MOST_CODERS];
        shuffle(&from, order, all.coders);
        for (size_t u = 0; u < all.units; u++)
            for (size_t c = 0; c < all.coders; c++)
                other.values[u * all.coders + c] = all.values[u * all.coders + order[c]];
        figures a = figures_of(&all, all.coders == 2, true), b = figures_of(&other, all.coders == 2, true);
        assert_same_figures(&a, &b);
    }
}

static void the_order_of_categories_changes_nothing_that_is_nominal(void **state)
{
    (void)state;
    dice from = {13};
    for (int round = 0; round < 300; round++) {
        made all = make(&from), other = all;
        size_t order[MOST_CATEGORIES];
        shuffle(&from, order, all.categories);
        for (size_t i = 0; i < all.units * all.coders; i++)
            other.values[i] = all.values[i] == X ? X : (int32_t)order[all.values[i]];
        figures a = figures_of(&all, true, false), b = figures_of(&other, true, false);
        assert_same_figures(&a, &b);
    }
}

static void turning_the_categories_round_changes_nothing_but_ratios(void **state)
{
    (void)state;
    dice from = {14};
    for (int round = 0; round < 100; round++) {
        made all = make(&from);
        qcode_tally *tally = tally_of(all.values, all.units, all.coders, all.categories);
        for (size_t i = 0; i < all.units * all.coders; i++)
            if (all.values[i] != X)
                all.values[i] = (int32_t)all.categories - 1 - all.values[i];
        qcode_tally *turned = tally_of(all.values, all.units, all.coders, all.categories);
        for (int level = QCODE_ORDINAL; level <= QCODE_INTERVAL; level++) {
            qcode_distance distance = {(qcode_level)level, NULL, NULL};
            qcode_alpha a, b;
            assert_true(qcode_krippendorff_alpha(tally, &distance, &a, NULL));
            assert_true(qcode_krippendorff_alpha(turned, &distance, &b, NULL));
            assert_near(a.value.value, b.value.value, 1e-9);
        }
        qcode_tally_free(tally);
        qcode_tally_free(turned);
    }
}

static void a_unit_that_nobody_rated_changes_nothing(void **state)
{
    (void)state;
    dice from = {15};
    for (int round = 0; round < 300; round++) {
        made all = make(&from);
        figures a = figures_of(&all, true, true);
        for (size_t c = 0; c < all.coders; c++)
            all.values[all.units * all.coders + c] = X;
        all.units++;
        figures b = figures_of(&all, true, true);
        assert_same_figures(&a, &b);
    }
}

/* A unit rated once is no pair: alpha and percent agreement stay, the distribution of Fleiss' kappa does not. */
static void a_unit_rated_once_changes_no_agreement_but_what_chance_would_do(void **state)
{
    (void)state;
    dice from = {16};
    for (int round = 0; round < 300; round++) {
        made all = make(&from);
        qcode_distance interval = {QCODE_INTERVAL, NULL, NULL};
        qcode_alpha a, b;
        qcode_agreement percent, again;
        qcode_tally *tally = tally_of(all.values, all.units, all.coders, all.categories);
        for (size_t c = 0; c < all.coders; c++)
            all.values[all.units * all.coders + c] = c ? X : 0;
        qcode_tally *more = tally_of(all.values, all.units + 1, all.coders, all.categories);
        assert_true(qcode_krippendorff_alpha(tally, &interval, &a, NULL));
        assert_true(qcode_krippendorff_alpha(more, &interval, &b, NULL));
        assert_memory_equal(&a, &b, sizeof a);
        assert_true(qcode_chance_corrected(tally, QCODE_PERCENT_AGREEMENT, NULL, &percent, NULL));
        assert_true(qcode_chance_corrected(more, QCODE_PERCENT_AGREEMENT, NULL, &again, NULL));
        assert_near(percent.value.value, again.value.value, 1e-12);
        qcode_tally_free(tally);
        qcode_tally_free(more);
    }
}

/* Rows that are counted, rows that are repeated, rows in clusters, and more categories than a table holds. */
static void ratings_may_be_counted_repeated_clustered_or_sorted(void **state)
{
    (void)state;
    dice from = {17};
    for (int round = 0; round < 100; round++) {
        made all = make(&from);
        uint64_t counts[MOST_UNITS];
        uint32_t clusters[2 * MOST_UNITS];
        int32_t twice[2 * MOST_UNITS * MOST_CODERS];
        size_t cells = all.units * all.coders;
        memcpy(twice, all.values, cells * sizeof *twice);
        memcpy(twice + cells, all.values, cells * sizeof *twice);
        for (size_t u = 0; u < 2 * all.units; u++) {
            counts[u % all.units] = 2;
            clusters[u] = (uint32_t)dice_below(&from, 7);
        }
        qcode_ratings forms[] = {{all.units, all.coders, all.categories, all.values, counts, NULL, 0},
                                 {2 * all.units, all.coders, all.categories, twice, NULL, NULL, 0},
                                 {2 * all.units, all.coders, all.categories, twice, NULL, clusters, 7}};
        figures out[3];
        for (size_t i = 0; i < 3; i++) {
            qcode_tally *tally = qcode_tally_new(forms + i, NULL, NULL);
            assert_non_null(tally);
            assert_true(all_figures(tally, true, true, out + i, NULL));
            qcode_tally_free(tally);
        }
        assert_same_figures(out, out + 1);
        assert_same_figures(out, out + 2);
        figures few = figures_of(&all, true, false);
        all.categories = 70000;
        qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
        qcode_alpha alpha;
        qcode_tally *many = tally_of(all.values, all.units, all.coders, all.categories);
        assert_true(qcode_krippendorff_alpha(many, &nominal, &alpha, NULL));
        assert_near(alpha.value.value, few.at[10].value, 1e-12); /* behind five coefficients, two figures each */
        qcode_tally_free(many);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kappa_agrees_with_a_table_worked_by_hand),
        TEST(alpha_agrees_with_coincidences_counted_by_hand),
        TEST(sets_differ_by_what_they_share),
        TEST(what_cannot_be_said_is_undefined_with_a_reason),
        TEST(a_coder_who_never_varies_has_a_kappa_of_zero),
        TEST(impossible_ratings_are_refused),
        TEST(a_coder_or_weights_that_are_not_there_are_refused),
        TEST(the_order_of_units_changes_nothing),
        TEST(the_order_of_coders_changes_nothing),
        TEST(the_order_of_categories_changes_nothing_that_is_nominal),
        TEST(turning_the_categories_round_changes_nothing_but_ratios),
        TEST(a_unit_that_nobody_rated_changes_nothing),
        TEST(a_unit_rated_once_changes_no_agreement_but_what_chance_would_do),
        TEST(ratings_may_be_counted_repeated_clustered_or_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
