/* Memory refused at every step: each function says so and gives back what it took. */
#include "agree/figures.h"
#include "support/test.h"

enum { X = QCODE_NOT_RATED };

static const int32_t values[] = {0, 1, 1, 2, X, 2, 0, 0, 0, 1, 1, X, 2, 1, 2, 0, 1, 0};
static const uint32_t clusters[] = {0, 0, 1, 1, 2, 2};
static const qcode_coded spans[] = {{0, 0, 5, 12}, {0, 1, 20, 34}, {1, 0, 6, 12}, {1, 1, 25, 30}, {2, 0, 7, 20}, {2, 0, 22, 30}};
static const qcode_continuum continuum = {40, 3, 2, spans, 6};

static bool first_value(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    figures out;
    (void)user;
    if (!all_figures(tally, true, true, &out, err))
        return false;
    *figure = out.at[0];
    return true;
}

static bool rate(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_ratings ratings = {6, 3, *(size_t *)user, values, NULL, *(size_t *)user == 3 ? clusters : NULL, 3};
    qcode_tally *tally = qcode_tally_new(&ratings, memory, err);
    qcode_figure figure[70], resampled[2];
    qcode_interval interval;
    bool done = tally && first_value(tally, NULL, figure, err) && qcode_fleiss_categories(tally, figure, err) &&
                qcode_alpha_categories(tally, figure, err) && qcode_specific_agreement(tally, figure, err) &&
                qcode_resample(tally, QCODE_RESAMPLE_UNITS, 1, 0, 2, first_value, NULL, resampled, err) &&
                qcode_percentile_interval(resampled, 2, 0.9, &interval, memory, err);
    qcode_tally_free(tally);
    return done;
}

static bool mark(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_stretch stretches[] = {{0, 10, 0}, {12, 13, 1}};
    qcode_tally *characters = qcode_tally_characters(&continuum, 0, NULL, 0, 0, memory, err);
    qcode_tally *units = characters ? qcode_tally_stretches(&continuum, 0, stretches, 2, 2, memory, err) : NULL;
    qcode_alpha alpha;
    qcode_retrieval retrieval;
    (void)user;
    bool done = units && qcode_unitizing_alpha(&continuum, QCODE_UNITIZING_U, QCODE_ALL_CODES, &alpha, memory, err) &&
                qcode_unitizing_alpha_1995(&continuum, QCODE_ALL_CODES, &alpha, memory, err) &&
                qcode_span_retrieval(&continuum, QCODE_ALL_CODES, 0, 1, QCODE_SPAN_IOU, 0.1, &retrieval, memory, err);
    qcode_tally_free(characters);
    qcode_tally_free(units);
    return done;
}

static bool align(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_continuum some = continuum;
    qcode_gamma how = {1, 1, 1, 9};
    qcode_figure disorder;
    double disorders[2];
    some.coders = *(size_t *)user;
    some.count = some.coders == 2 ? 4 : 6;
    return qcode_gamma_disorder(&some, &how, &disorder, memory, err) &&
           qcode_gamma_samples(&some, &how, 0, 2, disorders, memory, err);
}

static bool cut(const qcode_memory *memory, void *user, qcode_error *err)
{
    const size_t a[] = {2, 3, 6}, b[] = {5, 6};
    const qcode_segmentation two[] = {{a, 3}, {b, 2}};
    qcode_boundaries result;
    (void)user;
    return qcode_boundary_similarity(two, 2, 2, &result, memory, err);
}

static void ratings_that_meet_a_refusal_give_back_what_they_took(void **state)
{
    (void)state;
    size_t by_clusters = 3, by_table = 4, by_sorting = 70; /* 71^3 rows are possible */
    refuse_each_allocation(rate, &by_clusters);
    refuse_each_allocation(rate, &by_table);
    refuse_each_allocation(rate, &by_sorting);
}

static void spans_that_meet_a_refusal_give_back_what_they_took(void **state)
{
    (void)state;
    size_t two = 2, three = 3;
    refuse_each_allocation(mark, NULL);
    refuse_each_allocation(align, &two);
    refuse_each_allocation(align, &three);
    refuse_each_allocation(cut, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ratings_that_meet_a_refusal_give_back_what_they_took),
        TEST(spans_that_meet_a_refusal_give_back_what_they_took),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
