/* Checks on ratings: units x coders, of numbers, strings or sets. */
#include "agree/cases.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* An order for values of all three types: numbers, then text by its bytes, then sets item by item. */
static int compare(const node *a, const node *b)
{
    if (a->kind == QC_JSON_NUMBER)
        return (a->number > b->number) - (a->number < b->number);
    if (a->kind == QC_JSON_STRING)
        return strcmp(a->text, b->text);
    const node *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        if (strcmp(x->text, y->text) != 0)
            return strcmp(x->text, y->text);
    return (x != NULL) - (y != NULL);
}

static int by_value(const void *a, const void *b)
{
    return compare(*(const node *const *)a, *(const node *const *)b);
}

size_t category_names(const node *data, qc_arena *arena, const node ***names)
{
    const node *declared = member(data, "categories"), *rows = member(data, "rows");
    size_t count = 0, cells = rows->count * member(data, "coders")->count;
    *names = qc_arena_take_array(arena, (is_null(declared) ? cells : declared->count) + 1, sizeof **names);
    if (!is_null(declared)) {
        for (const node *each = declared->first; each; each = each->next)
            (*names)[count++] = each;
        return count;
    }
    for (const node *row = rows->first; row; row = row->next)
        for (const node *cell = row->first; cell; cell = cell->next)
            if (!is_null(cell))
                (*names)[count++] = cell;
    qsort(*names, count, sizeof **names, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || compare((*names)[kept - 1], (*names)[i]) != 0)
            (*names)[kept++] = (*names)[i];
    return kept;
}

static int32_t find(const node *const *names, size_t count, const node *value)
{
    for (size_t i = 0; i < count; i++)
        if (compare(names[i], value) == 0)
            return (int32_t)i;
    return INT32_MAX;
}

static qcode_tally *tally_of(const node *data, const node *const *names, size_t categories, qc_arena *arena,
                             qcode_error *err)
{
    const node *rows = member(data, "rows"), *counts = member(data, "counts");
    size_t units = rows->count, coders = member(data, "coders")->count, at = 0;
    int32_t *values = qc_arena_take_array(arena, units * coders + 1, sizeof *values);
    uint64_t *times = qc_arena_take_array(arena, units + 1, sizeof *times);
    for (const node *row = rows->first; row; row = row->next)
        for (const node *cell = row->first; cell; cell = cell->next)
            values[at++] = is_null(cell) ? QCODE_NOT_RATED : find(names, categories, cell);
    assert(at == units * coders);
    at = 0;
    for (const node *count = is_null(counts) ? NULL : counts->first; count; count = count->next)
        times[at++] = (uint64_t)count->number;
    qcode_ratings ratings = {units, coders, categories, values, is_null(counts) ? NULL : times, NULL, 0};
    return qcode_tally_new(&ratings, NULL, err);
}

/* A q x q matrix of a check, row by row. */
static const double *matrix(const node *rows, qc_arena *arena)
{
    double *cells = qc_arena_take_array(arena, rows->count * rows->count + 1, sizeof *cells);
    size_t at = 0;
    for (const node *row = rows->first; row; row = row->next)
        for (const node *cell = row->first; cell; cell = cell->next)
            cells[at++] = cell->number;
    return cells;
}

static qcode_weights weights_of(const node *params, qc_arena *arena)
{
    static const char *const names[] = {[QCODE_LINEAR] = "linear", [QCODE_QUADRATIC] = "quadratic",
                                        [QCODE_ORDINAL_WEIGHTS] = "ordinal"};
    const node *weights = member(params, "weights");
    qcode_weights found = {QCODE_UNWEIGHTED, NULL};
    if (weights && weights->kind == QC_JSON_OPEN_ARRAY)
        return (qcode_weights){QCODE_GIVEN_WEIGHTS, matrix(weights, arena)};
    for (size_t i = QCODE_LINEAR; weights && i <= QCODE_ORDINAL_WEIGHTS; i++)
        if (strcmp(weights->text, names[i]) == 0)
            found.kind = (qcode_weighting)i;
    return found;
}

static size_t code_number(const char *code, const char **codes, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(codes[i], code) == 0)
            return i;
    codes[*count] = code;
    return (*count)++;
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static const double *set_distances(const node *const *names, size_t count, bool masi, qc_arena *arena)
{
    size_t all = 0, known = 0;
    for (size_t i = 0; i < count; i++)
        all += names[i]->count;
    const char **codes = qc_arena_take_array(arena, all + 1, sizeof *codes);
    qcode_set_of_codes *sets = qc_arena_take_array(arena, count + 1, sizeof *sets);
    double *distances = qc_arena_take_array(arena, count * count + 1, sizeof *distances);
    for (size_t i = 0; i < count; i++) {
        size_t *numbers = qc_arena_take_array(arena, names[i]->count + 1, sizeof *numbers), at = 0;
        for (const node *code = names[i]->first; code; code = code->next)
            numbers[at++] = code_number(code->text, codes, &known);
        qsort(numbers, at, sizeof *numbers, by_number);
        sets[i] = (qcode_set_of_codes){numbers, at};
    }
    (masi ? qcode_masi_distances : qcode_jaccard_distances)(sets, count, distances);
    return distances;
}

static qcode_distance distance_of(const node *params, const node *const *names, size_t count, qc_arena *arena)
{
    static const char *const levels[] = {"nominal", "ordinal", "interval", "ratio"};
    const char *level = text_of(params, "level", "");
    const node *given = member(params, "distance");
    if (given)
        return (qcode_distance){QCODE_GIVEN_DISTANCE, NULL, matrix(given, arena)};
    if (strcmp(level, "masi") == 0 || strcmp(level, "jaccard") == 0)
        return (qcode_distance){QCODE_GIVEN_DISTANCE, NULL, set_distances(names, count, *level == 'm', arena)};
    qcode_distance found = {QCODE_NOMINAL, NULL, NULL};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(level, levels[i]) == 0)
            found.level = (qcode_level)i;
    if (count && names[0]->kind == QC_JSON_NUMBER) {
        double *values = qc_arena_take_array(arena, count, sizeof *values);
        for (size_t i = 0; i < count; i++)
            values[i] = names[i]->number;
        found.values = values;
    }
    return found;
}

static bool general(const qcode_tally *tally, qcode_chance chance, const qcode_weights *weights, answers *out,
                    qcode_error *err)
{
    qcode_agreement result;
    qcode_figure null_se;
    if (!qcode_chance_corrected(tally, chance, weights, &result, err) || !qcode_fleiss_null_se(tally, &null_se, err) ||
        !qcode_fleiss_categories(tally, out->categories, err))
        return false;
    put(out, "value", result.value);
    put(out, "pa", result.observed);
    put(out, "pe", result.expected);
    put(out, "se_gwet", result.se);
    put(out, "se0", null_se);
    return true;
}

static bool alpha(const qcode_tally *tally, const qcode_distance *distance, answers *out, qcode_error *err)
{
    qcode_alpha result;
    if (!qcode_krippendorff_alpha(tally, distance, &result, err) || !qcode_alpha_categories(tally, out->categories, err))
        return false;
    put(out, "value", result.value);
    put(out, "Do", result.observed);
    put(out, "De", result.expected);
    put(out, "se_gwet", result.se);
    return true;
}

static bool cohen(const qcode_tally *tally, const qcode_weights *weights, answers *out, qcode_error *err)
{
    qcode_kappa result;
    qcode_figure low, high;
    if (!qcode_cohen_kappa(tally, 0, 1, weights, &result, err))
        return false;
    qcode_normal_interval(result.value, result.se, 0.95, &low, &high);
    put(out, "value", result.value);
    put(out, "se", result.se);
    put(out, "se0", result.null_se);
    put(out, "ci95.0", low);
    put(out, "ci95.1", high);
    put(out, "kappa_max", result.highest);
    return true;
}

bool put_named(const char *name, const qcode_tally *tally, const qcode_weights *weights, answers *out, qcode_error *err)
{
    static const struct {
        const char *name;
        qcode_chance chance;
    } coefficients[] = {{"percent_agreement", QCODE_PERCENT_AGREEMENT}, {"brennan_prediger", QCODE_BRENNAN_PREDIGER},
                        {"fleiss_kappa", QCODE_FLEISS_KAPPA},           {"conger_kappa", QCODE_CONGER_KAPPA},
                        {"gwet_ac1", QCODE_GWET_AC},                    {"gwet_ac2", QCODE_GWET_AC}};
    qcode_figure figure;
    for (size_t i = 0; i < sizeof coefficients / sizeof *coefficients; i++)
        if (strcmp(name, coefficients[i].name) == 0)
            return general(tally, coefficients[i].chance, weights, out, err);
    if (strcmp(name, "cohen_kappa") == 0)
        return cohen(tally, weights, out, err);
    if (strcmp(name, "scott_pi") == 0) {
        if (!qcode_scott_pi(tally, 0, 1, &figure, err))
            return false;
    } else if (strcmp(name, "light_kappa") == 0) {
        if (!qcode_light_kappa(tally, &figure, err))
            return false;
    } else if (strcmp(name, "percent_agreement_all") == 0) {
        figure = qcode_full_agreement(tally);
    } else if (strcmp(name, "holsti") == 0) {
        figure = qcode_holsti(tally);
    } else if (strcmp(name, "pabak") == 0) {
        figure = qcode_pabak(tally);
    } else {
        out->known = false;
        return true;
    }
    put(out, "value", figure);
    return true;
}

enum { RESAMPLES = 4000, SEED = 1 };

static bool resampled_alpha(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_alpha result;
    if (!qcode_krippendorff_alpha(tally, user, &result, err))
        return false;
    *figure = result.value;
    return true;
}

static bool resampled_fleiss(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_agreement result;
    if (!qcode_chance_corrected(tally, QCODE_FLEISS_KAPPA, user, &result, err))
        return false;
    *figure = result.value;
    return true;
}

static bool resampled_cohen(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err)
{
    qcode_kappa result;
    if (!qcode_cohen_kappa(tally, 0, 1, user, &result, err))
        return false;
    *figure = result.value;
    return true;
}

static bool bootstrap(const qcode_tally *tally, const node *params, answers *out, qcode_error *err)
{
    static qcode_figure figures[RESAMPLES];
    static const qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
    const char *name = text_of(params, "statistic", "");
    bool alpha_wanted = strcmp(name, "krippendorff_alpha") == 0;
    qcode_statistic *statistic = alpha_wanted ? resampled_alpha : *name == 'f' ? resampled_fleiss : resampled_cohen;
    qcode_interval result;
    if (!qcode_resample(tally, QCODE_RESAMPLE_UNITS, SEED, 0, RESAMPLES, statistic, alpha_wanted ? &nominal : NULL, figures,
                        err) ||
        !qcode_percentile_interval(figures, RESAMPLES, number_of(params, "confidence", 0.95), &result, NULL, err))
        return false;
    put(out, "low", result.low);
    put(out, "high", result.high);
    return true;
}

static bool rho(const qcode_tally *tally, const node *params, answers *out, qcode_error *err)
{
    uint64_t cells[4];
    qcode_figure figure;
    qcode_tally_pair(tally, 0, 1, cells);
    qcode_pairs test = {.both = cells[3], .only_a = cells[2], .only_b = cells[1], .neither = cells[0]};
    qcode_rho how = {.kappa_threshold = number_of(params, "kappa_threshold", 0.9),
                     .kappa_min = number_of(params, "kappa_min", 0.4),
                     .precision_min = number_of(params, "precision_min", 0.6),
                     .precision_max = number_of(params, "precision_max", 1),
                     .inflation = number_of(params, "test_set_inflation", 0),
                     .length = (size_t)number_of(params, "ocs_length", 10000),
                     .replicates = (size_t)number_of(params, "replicates_at_least", 4000),
                     .seed = SEED};
    if (!qcode_shaffer_rho(&test, &how, &figure, err))
        return false;
    put(out, "value", figure);
    return true;
}

bool check_ratings(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err)
{
    const node **names, *params = member(check, "params");
    const char *statistic = text_of(check, "statistic", "");
    size_t count = category_names(data, arena, &names);
    qcode_tally *tally = tally_of(data, names, count, arena, err);
    bool done = false;
    out->category_count = count;
    out->categories = qc_arena_take_array(arena, count + 1, sizeof *out->categories);
    if (tally && strcmp(statistic, "krippendorff_alpha") == 0) {
        qcode_distance distance = distance_of(params, names, count, arena);
        done = alpha(tally, &distance, out, err);
    } else if (tally && strcmp(statistic, "bootstrap_ci") == 0) {
        done = bootstrap(tally, params, out, err);
    } else if (tally && strcmp(statistic, "shaffer_rho") == 0) {
        done = rho(tally, params, out, err);
    } else if (tally) {
        qcode_weights weights = weights_of(params, arena);
        done = put_named(statistic, tally, &weights, out, err);
    }
    qcode_tally_free(tally);
    return done;
}
