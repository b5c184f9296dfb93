/* Figures of spans against what a count of single characters gives, and what must not matter to them. */
#include "agree/figures.h"
#include "support/random.h"
#include "support/test.h"

#include <string.h>

enum { LENGTH = 120, CODERS = 4, CODES = 3, MOST_SPANS = 60 };

typedef struct made {
    qcode_coded spans[MOST_SPANS];
    size_t count, coders;
} made;

/* Spans that do not overlap within a coder; or, with `layers`, within a coder and code. */
static made make(dice *from, bool layers)
{
    made all = {.coders = 2 + dice_below(from, CODERS - 1)};
    for (size_t c = 0; c < all.coders; c++)
        for (size_t k = 0; k < (layers ? CODES : 1); k++)
            for (size_t place = dice_below(from, 20); place + 15 < LENGTH && all.count < MOST_SPANS;) {
                size_t length = 1 + dice_below(from, 14);
                all.spans[all.count++] = (qcode_coded){c, layers ? k : dice_below(from, CODES), place, place + length};
                place += length + (dice_below(from, 3) ? dice_below(from, 25) : 0);
            }
    return all;
}

static qcode_continuum continuum_of(const made *all)
{
    return (qcode_continuum){LENGTH, all->coders, CODES, all->spans, all->count};
}

/* Characters of one code as plain ratings. */
static qcode_tally *count_characters(const made *all, size_t code)
{
    int32_t values[LENGTH * CODERS] = {0};
    for (size_t i = 0; i < all->count; i++)
        for (size_t at = all->spans[i].start; at < all->spans[i].end; at++)
            if (code == QCODE_ALL_CODES || all->spans[i].code == code)
                values[at * all->coders + all->spans[i].coder] = 1;
    qcode_ratings ratings = {.units = LENGTH, .coders = all->coders, .categories = 2, .values = values};
    return qcode_tally_new(&ratings, NULL, NULL);
}

static void characters_are_counted_as_if_one_by_one(void **state)
{
    (void)state;
    dice from = {21};
    for (int round = 0; round < 200; round++) {
        made all = make(&from, round % 2);
        qcode_continuum continuum = continuum_of(&all);
        size_t code = round % 3 ? dice_below(&from, CODES) : QCODE_ALL_CODES;
        qcode_tally *a = count_characters(&all, code), *b = qcode_tally_characters(&continuum, code, NULL, 0, 0, NULL, NULL);
        figures x, y;
        assert_true(all_figures(a, true, true, &x, NULL) && all_figures(b, true, true, &y, NULL));
        assert_same_figures(&x, &y);
        qcode_tally_free(a);
        qcode_tally_free(b);
    }
}

/* One coder codes 5 to 12, the other 12 to 14; of stretches 0-10, 12-13 and 20-30 the first has the one, the second
 * the other. */
static void a_stretch_is_coded_when_one_of_its_characters_is(void **state)
{
    (void)state;
    const qcode_coded spans[] = {{0, 0, 5, 12}, {1, 0, 12, 14}};
    const qcode_stretch stretches[] = {{0, 10, 0}, {12, 13, 1}, {20, 30, 1}};
    qcode_continuum continuum = {40, 2, 1, spans, 2};
    uint64_t cells[4];
    qcode_tally *tally = qcode_tally_stretches(&continuum, 0, stretches, 3, 2, NULL, NULL);
    qcode_tally_pair(tally, 0, 1, cells);
    assert_int_equal(cells[0], 1);
    assert_int_equal(cells[1], 1);
    assert_int_equal(cells[2], 1);
    assert_int_equal(cells[3], 0);
    qcode_tally_free(tally);
    tally = qcode_tally_characters(&continuum, 0, stretches, 3, 2, NULL, NULL);
    qcode_tally_pair(tally, 0, 1, cells);
    assert_int_equal(cells[0], 15); /* 0-5 and 20-30 */
    assert_int_equal(cells[1], 1);
    assert_int_equal(cells[2], 5);
    qcode_tally_free(tally);
}

static qcode_error refusal(const qcode_coded *spans, size_t count, const qcode_stretch *stretches, size_t stretch_count)
{
    qcode_continuum continuum = {40, 2, 1, spans, count};
    qcode_error err = {.status = QCODE_OK};
    assert_null(qcode_tally_stretches(&continuum, 0, stretches, stretch_count, 0, NULL, &err));
    assert_int_equal(err.status, QCODE_INVALID);
    return err;
}

static void impossible_spans_and_stretches_are_refused(void **state)
{
    (void)state;
    const qcode_coded overlap[] = {{1, 0, 5, 12}, {1, 0, 11, 14}}, outside[] = {{0, 0, 39, 41}}, empty[] = {{0, 0, 3, 3}};
    const qcode_stretch disorder[] = {{5, 10, 0}, {0, 3, 0}};
    assert_string_equal(refusal(overlap, 2, NULL, 0).message,
                        "coder 2 has two spans of code 1 that overlap, at characters 5 and 11");
    assert_string_equal(refusal(outside, 1, NULL, 0).message,
                        "span 1 is empty, ends behind the text, or has a coder or a code that is not in the list");
    refusal(empty, 1, NULL, 0);
    assert_string_equal(refusal(NULL, 0, disorder, 2).message,
                        "stretch 2 is empty, overlaps the one before, or ends behind the text");
}

/* -- unitizing -- */

/* Of each character, the number of the span that a coder has there, or -1. */
typedef struct chart {
    int at[CODERS][LENGTH];
} chart;

static chart chart_of(const made *all)
{
    chart map;
    memset(&map, -1, sizeof map);
    for (size_t i = 0; i < all->count; i++)
        for (size_t at = all->spans[i].start; at < all->spans[i].end; at++)
            map.at[all->spans[i].coder][at] = (int)i;
    return map;
}

static size_t code_at(const made *all, const chart *map, size_t coder, size_t at)
{
    int span = map->at[coder][at];
    return span < 0 ? CODES : all->spans[span].code;
}

/* Krippendorff et al. 2016, character by character: pairs of coders, and pairs of all characters but those of one unit. */
static double u_alpha_by_characters(const made *all)
{
    chart map = chart_of(all);
    double apart = 0, totals[CODES + 1] = {0}, expected = 0, m = (double)all->coders, itself = 0;
    for (size_t at = 0; at < LENGTH; at++)
        for (size_t a = 0; a < all->coders; a++) {
            totals[code_at(all, &map, a, at)]++;
            for (size_t b = 0; b < all->coders; b++)
                apart += code_at(all, &map, a, at) != code_at(all, &map, b, at);
        }
    for (size_t k = 0; k <= CODES; k++)
        expected += totals[k] * (m * LENGTH - totals[k]);
    for (size_t i = 0; i < all->count; i++)
        itself += (double)((all->spans[i].end - all->spans[i].start) * (all->spans[i].end - all->spans[i].start));
    itself += totals[CODES];
    return 1 - apart / (m - 1) / (m * LENGTH) / (expected / (m * LENGTH * m * LENGTH - itself));
}

static void unitizing_alpha_is_what_single_characters_give(void **state)
{
    (void)state;
    dice from = {22};
    for (int round = 0; round < 200; round++) {
        made all = make(&from, false);
        qcode_continuum continuum = continuum_of(&all);
        qcode_alpha alpha;
        assert_true(qcode_unitizing_alpha(&continuum, QCODE_UNITIZING_U, QCODE_ALL_CODES, &alpha, NULL, NULL));
        assert_near(alpha.value.value, u_alpha_by_characters(&all), 1e-10);
    }
}

static void layers_of_codes_have_no_unitizing_alpha_but_that_of_1995(void **state)
{
    (void)state;
    const qcode_coded spans[] = {{0, 0, 5, 12}, {0, 1, 10, 14}, {1, 0, 5, 12}};
    qcode_continuum continuum = {40, 2, 2, spans, 3};
    qcode_alpha alpha;
    assert_true(qcode_unitizing_alpha(&continuum, QCODE_UNITIZING_U, QCODE_ALL_CODES, &alpha, NULL, NULL));
    assert_int_equal(alpha.value.reason, QCODE_REASON_OVERLAP);
    assert_true(qcode_unitizing_alpha(&continuum, QCODE_UNITIZING_BINARY, 0, &alpha, NULL, NULL));
    assert_near(alpha.value.value, 1, 1e-12);
    assert_true(qcode_unitizing_alpha_1995(&continuum, QCODE_ALL_CODES, &alpha, NULL, NULL));
    assert_true(alpha.value.defined);
}

/* All that can be said of spans, as one row of figures. */
static figures figures_of(const qcode_continuum *continuum)
{
    figures out = {.count = 0};
    qcode_gamma how = {1, 1, 1, 1};
    for (int variant = QCODE_UNITIZING_U; variant <= QCODE_UNITIZING_CU; variant++) {
        qcode_alpha alpha;
        assert_true(qcode_unitizing_alpha(continuum, (qcode_unitizing)variant, QCODE_ALL_CODES, &alpha, NULL, NULL));
        out.at[out.count++] = alpha.value;
    }
    qcode_alpha first;
    assert_true(qcode_unitizing_alpha_1995(continuum, QCODE_ALL_CODES, &first, NULL, NULL));
    out.at[out.count++] = first.value;
    assert_true(qcode_gamma_disorder(continuum, &how, out.at + out.count++, NULL, NULL));
    return out;
}

static void the_order_of_spans_coders_and_codes_changes_nothing(void **state)
{
    (void)state;
    dice from = {23};
    for (int round = 0; round < 150; round++) {
        made all = make(&from, false), other = all;
        for (size_t i = 0; i < all.count; i++) {
            qcode_coded span = all.spans[all.count - 1 - i];
            other.spans[i] = (qcode_coded){all.coders - 1 - span.coder, (span.code + 1) % CODES, span.start, span.end};
        }
        qcode_continuum x = continuum_of(&all), y = continuum_of(&other);
        figures a = figures_of(&x), b = figures_of(&y);
        assert_same_figures(&a, &b);
    }
}

static void a_code_that_nobody_used_changes_nothing(void **state)
{
    (void)state;
    dice from = {24};
    for (int round = 0; round < 50; round++) {
        made all = make(&from, false);
        qcode_continuum x = continuum_of(&all), y = x;
        y.codes += 2;
        figures a = figures_of(&x), b = figures_of(&y);
        assert_same_figures(&a, &b);
    }
}

/* -- precision and recall -- */

static qcode_retrieval retrieve(const qcode_continuum *continuum, size_t found, qcode_span_match match, double least)
{
    qcode_retrieval result;
    assert_true(qcode_span_retrieval(continuum, QCODE_ALL_CODES, found, 1 - found, match, least, &result, NULL, NULL));
    return result;
}

static void turning_two_coders_round_turns_precision_into_recall(void **state)
{
    (void)state;
    dice from = {25};
    for (int round = 0; round < 200; round++) {
        made all = make(&from, round % 2);
        qcode_continuum continuum = continuum_of(&all);
        for (int match = QCODE_SPAN_EXACT; match <= QCODE_SPAN_CHARACTERS; match++) {
            qcode_retrieval a = retrieve(&continuum, 0, (qcode_span_match)match, 0.2);
            qcode_retrieval b = retrieve(&continuum, 1, (qcode_span_match)match, 0.2);
            assert_near(a.precision.value, b.recall.value, 1e-12);
            assert_near(a.recall.value, b.precision.value, 1e-12);
            assert_near(a.f1.value, b.f1.value, 1e-12);
            assert_near(a.macro_f1.value, b.macro_f1.value, 1e-12);
        }
    }
}

/* A long span meets two short ones: one-to-one, only one of the two can be right. */
static void a_span_is_matched_once(void **state)
{
    (void)state;
    const qcode_coded spans[] = {{0, 0, 0, 30}, {1, 0, 0, 10}, {1, 0, 15, 30}};
    qcode_continuum continuum = {40, 2, 1, spans, 3};
    qcode_retrieval result = retrieve(&continuum, 0, QCODE_SPAN_IOU, 0.3);
    assert_near(result.precision.value, 1, 0);
    assert_near(result.recall.value, 0.5, 0);
    result = retrieve(&continuum, 0, QCODE_SPAN_OVERLAP, 0);
    assert_near(result.recall.value, 1, 0);
    result = retrieve(&continuum, 0, QCODE_SPAN_CHARACTERS, 0);
    assert_near(result.precision.value, 25 / 30.0, 1e-12);
}

static void a_side_without_spans_has_no_precision_or_recall(void **state)
{
    (void)state;
    const qcode_coded spans[] = {{0, 0, 0, 30}};
    qcode_continuum one = {40, 2, 1, spans, 1}, none = {40, 2, 1, NULL, 0};
    qcode_retrieval result = retrieve(&one, 0, QCODE_SPAN_EXACT, 0);
    assert_false(result.recall.defined);
    assert_true(result.precision.defined && result.f1.defined);
    assert_near(result.f1.value, 0, 0);
    assert_false(retrieve(&none, 0, QCODE_SPAN_EXACT, 0).f1.defined);
    assert_false(qcode_span_retrieval(&one, 0, 0, 2, QCODE_SPAN_EXACT, 0, &result, NULL, NULL));
    assert_false(qcode_span_retrieval(&one, 0, 0, 1, QCODE_SPAN_IOU, 0, &result, NULL, NULL));
}

/* -- segmentations -- */

static void segmentations_are_compared_by_boundaries_and_windows(void **state)
{
    (void)state;
    const size_t a[] = {2, 3, 6}, b[] = {5, 6}, c[] = {2, 4, 5}, short_one[] = {4}, empty[] = {0, 11};
    const qcode_segmentation same[] = {{a, 3}, {a, 3}}, missed[] = {{a, 3}, {b, 2}}, near[] = {{a, 3}, {c, 3}},
                             wrong[] = {{a, 3}, {short_one, 1}}, hollow[] = {{a, 3}, {empty, 2}};
    qcode_boundaries result;
    qcode_windows windows;
    qcode_error err;
    assert_true(qcode_boundary_similarity(same, 2, 2, &result, NULL, NULL));
    assert_near(result.boundary.value, 1, 0);
    assert_true(qcode_boundary_similarity(missed, 2, 2, &result, NULL, NULL));
    assert_near(result.boundary.value, 0.5, 1e-12); /* one match, one addition */
    assert_near(result.segmentation.value, 0.9, 1e-12);
    assert_true(qcode_boundary_similarity(near, 2, 2, &result, NULL, NULL));
    assert_near(result.boundary.value, 0.75, 1e-12); /* one match, one near miss at half the cost */
    assert_true(qcode_boundary_similarity(near, 2, 1, &result, NULL, NULL));
    assert_near(result.boundary.value, 1 / 3.0, 1e-12); /* two additions */
    assert_true(qcode_window_errors(same, same + 1, 0, &windows, NULL));
    assert_near(windows.window_diff.value, 0, 0);
    assert_true(qcode_window_errors(same, same + 1, 11, &windows, NULL));
    assert_false(windows.pk.defined);
    assert_false(qcode_boundary_similarity(wrong, 2, 2, &result, NULL, &err));
    assert_string_equal(err.message, "coder 2 has 4 units, and the first 11");
    assert_false(qcode_window_errors(hollow, hollow + 1, 2, &windows, &err));
    assert_string_equal(err.message, "piece 1 of coder 1 is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(characters_are_counted_as_if_one_by_one),
        TEST(a_stretch_is_coded_when_one_of_its_characters_is),
        TEST(impossible_spans_and_stretches_are_refused),
        TEST(unitizing_alpha_is_what_single_characters_give),
        TEST(layers_of_codes_have_no_unitizing_alpha_but_that_of_1995),
        TEST(the_order_of_spans_coders_and_codes_changes_nothing),
        TEST(a_code_that_nobody_used_changes_nothing),
        TEST(turning_two_coders_round_turns_precision_into_recall),
        TEST(a_span_is_matched_once),
        TEST(a_side_without_spans_has_no_precision_or_recall),
        TEST(segmentations_are_compared_by_boundaries_and_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
