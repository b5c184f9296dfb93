/* Matching and packing against trying everything. */
#include "agree/figures.h"
#include "agree/matching.h"
#include "agree/packing.h"
#include "support/random.h"
#include "support/test.h"

enum { MOST = 9 };

/* The best of all ways to pair the left ends from `left` on. */
static double try_pairs(double gains[MOST][MOST], size_t size, size_t left, unsigned used)
{
    if (left == size)
        return 0;
    double best = try_pairs(gains, size, left + 1, used);
    for (size_t right = 0; right < size; right++)
        if (gains[left][right] > 0 && !(used >> right & 1)) {
            double own = gains[left][right] + try_pairs(gains, size, left + 1, used | 1u << right);
            best = own > best ? own : best;
        }
    return best;
}

static void a_matching_gains_as_much_as_the_best_of_all(void **state)
{
    (void)state;
    dice from = {3};
    for (int round = 0; round < 2000; round++) {
        size_t size = 1 + dice_below(&from, 7), count = 0, partner[MOST];
        double gains[MOST][MOST] = {{0}}, sum = 0;
        qc_edge edges[MOST * MOST];
        bool taken[MOST] = {false};
        for (size_t i = 0; i < size; i++)
            for (size_t j = 0; j < size; j++)
                if (dice_below(&from, 3) == 0) {
                    gains[i][j] = round % 2 ? 1 : 1 + (double)dice_below(&from, 20);
                    edges[count++] = (qc_edge){i, j, gains[i][j]};
                }
        assert_true(qc_match_best(edges, count, size, size, partner, NULL, NULL));
        for (size_t i = 0; i < size; i++)
            if (partner[i] != SIZE_MAX) {
                assert_false(taken[partner[i]]);
                assert_true(gains[i][partner[i]] > 0);
                taken[partner[i]] = true;
                sum += gains[i][partner[i]];
            }
        assert_near(sum, try_pairs(gains, size, 0, 0), 1e-9);
    }
}

/* The best of all choices among the sets from `set` on. */
static double try_sets(const qc_sets *sets, size_t set, unsigned used)
{
    unsigned items = 0;
    if (set == sets->count)
        return 0;
    for (size_t i = sets->starts[set]; i < sets->starts[set + 1]; i++)
        items |= 1u << sets->items[i];
    double without = try_sets(sets, set + 1, used), with = 0;
    if (!(used & items))
        with = sets->gains[set] + try_sets(sets, set + 1, used | items);
    return with > without ? with : without;
}

static void a_packing_gains_as_much_as_the_best_of_all(void **state)
{
    (void)state;
    dice from = {4};
    for (int round = 0; round < 2000; round++) {
        size_t items = 3 + dice_below(&from, 8), count = dice_below(&from, 15);
        qc_sets sets = qc_sets_init(NULL);
        double gain;
        for (size_t s = 0; s < count; s++) {
            size_t list[3], size = 0;
            for (size_t i = 0; i < items && size < 3; i++)
                if (dice_below(&from, 3) == 0)
                    list[size++] = i;
            if (size)
                assert_true(qc_sets_add(&sets, list, size, 0.25 * (double)(1 + dice_below(&from, 12)), NULL));
        }
        assert_true(qc_pack_best(&sets, items, &gain, NULL));
        assert_near(gain, try_sets(&sets, 0, 0), 1e-9);
        qc_sets_clear(&sets);
    }
}

/* Triangles of pairs that exclude each other: prices alone promise half as much again as can be had. */
static void a_packing_that_no_prices_prove_is_found_by_searching(void **state)
{
    (void)state;
    qc_sets sets = qc_sets_init(NULL);
    double gain;
    for (size_t i = 0; i < 30; i += 3) {
        size_t pairs[][2] = {{i, i + 1}, {i, i + 2}, {i + 1, i + 2}};
        for (size_t p = 0; p < 3; p++)
            assert_true(qc_sets_add(&sets, pairs[p], 2, 2, NULL));
    }
    assert_true(qc_pack_best(&sets, 30, &gain, NULL));
    assert_near(gain, 20, 1e-9);
    qc_sets_clear(&sets);
}

static void nothing_to_pack_gains_nothing(void **state)
{
    (void)state;
    qc_sets sets = qc_sets_init(NULL);
    double gain = 1;
    assert_true(qc_pack_best(&sets, 3, &gain, NULL));
    assert_near(gain, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_matching_gains_as_much_as_the_best_of_all),
        TEST(a_packing_gains_as_much_as_the_best_of_all),
        TEST(a_packing_that_no_prices_prove_is_found_by_searching),
        TEST(nothing_to_pack_gains_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
