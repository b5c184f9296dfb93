/* Agreement code by code, pair by pair, and only then over all codes. */
#include "base/error.h"
#include "model/table.h"
#include "work/comparing.h"

#include <stdio.h>
#include <string.h>

/* Fewer positive units by a coder, or positives in fewer interviews, say too little. */
enum { LEAST_POSITIVE = 10, LEAST_INTERVIEWS = 3 };

static const qcode_column code_columns[] = {
    {"code", QCODE_TYPE_TEXT},          {"coders", QCODE_TYPE_TEXT},       {"units", QCODE_TYPE_INTEGER},
    {"by_first", QCODE_TYPE_INTEGER},   {"by_second", QCODE_TYPE_INTEGER}, {"by_both", QCODE_TYPE_INTEGER},
    {"interviews", QCODE_TYPE_INTEGER}, {"respondents", QCODE_TYPE_INTEGER},
    {"positive", QCODE_TYPE_NUMBER},    {"negative", QCODE_TYPE_NUMBER},   {"percent", QCODE_TYPE_NUMBER},
    {"alpha", QCODE_TYPE_NUMBER},       {"alpha_low", QCODE_TYPE_NUMBER},  {"alpha_high", QCODE_TYPE_NUMBER},
    {"kappa", QCODE_TYPE_NUMBER},       {"kappa_low", QCODE_TYPE_NUMBER},  {"kappa_high", QCODE_TYPE_NUMBER},
    {"note", QCODE_TYPE_TEXT},          {"unit", QCODE_TYPE_TEXT},         {"touch", QCODE_TYPE_TEXT},
    {"documents", QCODE_TYPE_INTEGER},  {"resampled", QCODE_TYPE_TEXT},    {"resamples", QCODE_TYPE_INTEGER},
    {"seed", QCODE_TYPE_INTEGER},
};

static const qcode_column interview_columns[] = {
    {"document", QCODE_TYPE_TEXT},      {"code", QCODE_TYPE_TEXT},        {"coders", QCODE_TYPE_TEXT},
    {"units", QCODE_TYPE_INTEGER},      {"by_first", QCODE_TYPE_INTEGER}, {"by_second", QCODE_TYPE_INTEGER},
    {"by_both", QCODE_TYPE_INTEGER},    {"percent", QCODE_TYPE_NUMBER},   {"alpha", QCODE_TYPE_NUMBER},
    {"undefined", QCODE_TYPE_TEXT},
};

/* Beyond alpha and kappa. */
static const char *const further[] = {"percent_agreement", "cohen_kappa_max", "scott_pi",   "fleiss_kappa",
                                      "brennan_prediger",  "gwet_ac1",        "holsti",     "conger_kappa",
                                      "light_kappa",       "pabak",       "shaffer_rho"};

/* What studies call coefficients. */
static const struct {
    const char *said, *name;
} aliases[] = {
    {"alpha", "krippendorff_alpha"}, {"kappa", "cohen_kappa"},        {"pi", "scott_pi"},
    {"ac1", "gwet_ac1"},             {"percent", "percent_agreement"}, {"fleiss", "fleiss_kappa"},
    {"conger", "conger_kappa"},      {"light", "light_kappa"},         {"rho", "shaffer_rho"},
};

/* Two coders and one code. */
typedef struct pair_counts {
    uint64_t cells[4]; /* 2 x first + second, each 1 where they gave it */
    size_t interviews, respondents;
} pair_counts;

static qcode_table *table_of(const qcode_column *columns, size_t count, const qcode_memory *memory)
{
    qcode_table *table = qc_table_new(memory);
    for (size_t i = 0; table && i < count; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    return table;
}

bool qc_comparing_rate(qc_comparing *c, size_t code, qc_touch touch)
{
    size_t units = qc_units_count(&c->units);
    for (size_t k = 0; k < c->coder_count; k++)
        if (!qc_units_rate_into(&c->units, c->coders, c->coder[k], c->code[code], touch, NULL, NULL, c->values + k,
                                c->coder_count))
            return qc_no_memory(c->err);
    for (size_t i = 0; i < units; i++)
        if (!c->in_scope[qc_units_at(&c->units, i)->document])
            for (size_t k = 0; k < c->coder_count; k++)
                c->values[i * c->coder_count + k] = QCODE_NOT_RATED;
    return true;
}

/* Of units; those of characters are made by qc_tally_by_character. */
static qcode_tally *tally_of_units(qc_comparing *c, size_t a, size_t b)
{
    size_t units = qc_units_count(&c->units);
    qcode_ratings ratings = {.units = units,
                             .coders = c->coder_count,
                             .categories = 2,
                             .values = c->values,
                             .clusters = c->clusters,
                             .cluster_count = c->cluster_count};
    if (a == QC_ALL_CODERS || c->coder_count == 2)
        return qcode_tally_new(&ratings, c->memory, c->err);
    qc_arena arena = qc_arena_init(c->memory);
    int32_t *two = qc_arena_take_array(&arena, units + 1, 2 * sizeof *two);
    for (size_t i = 0; two && i < units; i++) {
        two[2 * i] = c->values[i * c->coder_count + a];
        two[2 * i + 1] = c->values[i * c->coder_count + b];
    }
    ratings.coders = 2;
    ratings.values = two;
    qcode_tally *tally = two ? qcode_tally_new(&ratings, c->memory, c->err) : NULL;
    if (!two)
        qc_no_memory(c->err);
    qc_arena_clear(&arena);
    return tally;
}

qcode_tally *qc_comparing_tally(qc_comparing *c, size_t code, size_t a, size_t b)
{
    return c->by_character ? qc_tally_by_character(c, code, a, b) : tally_of_units(c, a, b);
}

/* Remembers who speaks in a unit: a case, else a speaker of a document. */
static bool add_respondent(qc_comparing *c, const qc_judged *unit)
{
    const qcode_transcript *talk = qcode_coders_document(c->coders, unit->document);
    const qcode_speaker *speaker = qcode_transcript_turn(talk, unit->turn).speaker;
    if (!speaker || speaker->role == QCODE_ROLE_INTERVIEWER)
        return true;
    c->scratch.length = 0;
    qc_buffer_string(&c->scratch, speaker->case_name ? "c" : "d");
    if (!speaker->case_name)
        qc_buffer_append(&c->scratch, &unit->document, sizeof unit->document);
    qc_buffer_string(&c->scratch, speaker->case_name ? speaker->case_name : speaker->name);
    return !c->scratch.failed &&
           qc_set_add(&c->respondents, c->scratch.data, c->scratch.length, NULL) != SIZE_MAX;
}

/* Where either gave it; units are by document. */
static bool count_where(qc_comparing *c, size_t a, size_t b, pair_counts *counts)
{
    size_t last = SIZE_MAX;
    bool done = true;
    qc_set_clear(&c->respondents);
    for (size_t i = 0; done && i < qc_units_count(&c->units); i++) {
        const int32_t *row = c->values + i * c->coder_count;
        const qc_judged *unit = qc_units_at(&c->units, i);
        if ((row[a] != 1 && row[b] != 1) || row[a] == QCODE_NOT_RATED || row[b] == QCODE_NOT_RATED)
            continue;
        counts->interviews += unit->document != last;
        last = unit->document;
        done = add_respondent(c, unit);
    }
    counts->respondents = c->respondents.count;
    return done || qc_no_memory(c->err);
}

static void add_share(qcode_table *table, uint64_t part, uint64_t whole)
{
    if (whole)
        qc_table_add_number(table, (double)part / (double)whole);
    else
        qc_table_add_missing(table);
}

static void add_figure(qcode_table *table, qcode_figure figure)
{
    if (figure.defined)
        qc_table_add_number(table, figure.value);
    else
        qc_table_add_missing(table);
}

static void add_estimate(qcode_table *table, const qc_estimate *estimate)
{
    add_figure(table, estimate->value);
    add_figure(table, estimate->low);
    add_figure(table, estimate->high);
}

static const char *coders_text(qc_comparing *c, size_t a, size_t b)
{
    c->scratch.length = 0;
    if (a == QC_ALL_CODERS)
        return "all";
    qc_buffer_print(&c->scratch, "%s, %s", qc_comparing_coder(c, a), qc_comparing_coder(c, b));
    return qc_buffer_text(&c->scratch);
}

/* What a row has to be read with. */
static void add_frame(qc_comparing *c, qcode_table *table)
{
    bool drawn = qc_drawn(&c->intervals, c->cluster_count) == QCODE_RESAMPLE_UNITS ||
                 c->cluster_count >= QCODE_LEAST_CLUSTERS;
    qc_table_add_text(table, c->frame.unit);
    qc_table_add_text(table, c->frame.touch);
    qc_table_add_count(table, c->cluster_count);
    if (!drawn) {
        for (int i = 0; i < 3; i++)
            qc_table_add_missing(table);
        return;
    }
    qc_table_add_text(table, qc_drawn(&c->intervals, c->cluster_count) == QCODE_RESAMPLE_UNITS ? "unit" : "interview");
    qc_table_add_count(table, c->intervals.resamples);
    qc_table_add_integer(table, (int64_t)c->intervals.seed);
}

static const char *note_of(const pair_counts *counts, const qc_estimate *alpha)
{
    uint64_t first = counts->cells[2] + counts->cells[3], second = counts->cells[1] + counts->cells[3];
    if (!alpha->value.defined)
        return alpha->value.reason == QCODE_REASON_NO_VARIATION ? "undefined: there is no variation"
                                                                : "undefined: there is nothing to compare";
    return first < LEAST_POSITIVE || second < LEAST_POSITIVE || counts->interviews < LEAST_INTERVIEWS
               ? "too few to judge"
               : NULL;
}

static void add_code_row(qc_comparing *c, qcode_table *table, size_t code, const char *coders,
                         const pair_counts *counts, const qc_estimate *alpha, const qc_estimate *kappa)
{
    const uint64_t *cells = counts->cells;
    uint64_t first = cells[2] + cells[3], second = cells[1] + cells[3], units = cells[0] + cells[1] + first;
    qc_table_add_text(table, qc_comparing_code(c, code));
    qc_table_add_text(table, coders);
    const uint64_t numbers[] = {units, first, second, cells[3], counts->interviews, counts->respondents};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(table, (size_t)numbers[i]);
    add_share(table, 2 * cells[3], first + second);
    add_share(table, 2 * cells[0], 2 * units - first - second);
    add_share(table, cells[0] + cells[3], units);
    add_estimate(table, alpha);
    add_estimate(table, kappa);
    qc_table_add_text(table, note_of(counts, alpha));
    add_frame(c, table);
}

/* Of all coders together only alpha is told here. */
static void add_all_row(qc_comparing *c, qcode_table *table, size_t code, size_t units, const qc_estimate *alpha)
{
    qc_table_add_text(table, qc_comparing_code(c, code));
    qc_table_add_text(table, "all");
    qc_table_add_count(table, units);
    for (int i = 0; i < 8; i++)
        qc_table_add_missing(table);
    add_estimate(table, alpha);
    for (int i = 0; i < 3; i++)
        qc_table_add_missing(table);
    qc_table_add_text(table, alpha->value.defined ? NULL : "undefined: there is no variation");
    add_frame(c, table);
}

/* The coefficient a study declared, as tables call it; NULL when it declared none. */
static const char *declared_name(const qc_comparing *c)
{
    const char *said = c->job->declared ? c->job->declared->coefficient : "";
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].said, said) == 0)
            return aliases[i].name;
    return *said ? said : NULL;
}

static const char *standing_of(const qc_comparing *c, const char *name)
{
    const char *declared = declared_name(c);
    bool usual = strcmp(name, "krippendorff_alpha") == 0 || strcmp(name, "cohen_kappa") == 0;
    if (declared)
        return strcmp(declared, name) == 0 ? "declared" : "exploratory";
    return usual ? "usual" : "exploratory";
}

/* Whether the job asks for a coefficient beyond alpha and kappa. */
static bool is_wanted(const qc_comparing *c, const char *name, bool of_two)
{
    bool of_more = strcmp(name, "conger_kappa") == 0 || strcmp(name, "light_kappa") == 0;
    bool of_pairs = strcmp(name, "pabak") == 0 || strcmp(name, "shaffer_rho") == 0;
    if ((of_two && of_more) || (!of_two && of_pairs))
        return false;
    const char *declared = declared_name(c);
    return c->job->all || (declared && strcmp(declared, name) == 0);
}

static void keep_figure(qc_comparing *c, qcode_table *table, const char *code, const char *coders, const char *name,
                        size_t units, const qc_estimate *estimate)
{
    const qc_coefficient *what = qc_coefficient_find(name);
    const qc_figure_row row = {.code = code,
                               .coefficient = name,
                               .terms = strcmp(name, "shaffer_rho") == 0 ? "kappa from 0.65" : NULL,
                               .coders = coders,
                               .source = what->source,
                               .standing = standing_of(c, name),
                               .units = units};
    qc_figures_add(table, &c->frame, &row, estimate);
}

static bool estimate(qc_comparing *c, const qcode_tally *tally, const char *name, qc_estimate *result)
{
    const qc_asked asked = {.what = qc_coefficient_find(name), .a = 0, .b = 1, .seed = c->intervals.seed};
    return qc_estimate_of(tally, c->cluster_count, &asked, &c->intervals, result, c->memory, c->err);
}

/* Those that were declared or asked for, of a pair or of all. */
static bool add_further(qc_comparing *c, qcode_table *table, const qcode_tally *tally, const char *code,
                        const char *coders, bool pair)
{
    bool done = true;
    for (size_t i = 0; done && i < sizeof further / sizeof *further; i++) {
        qc_estimate found;
        if (!is_wanted(c, further[i], pair) || (!pair && qc_coefficient_find(further[i])->pair))
            continue;
        done = estimate(c, tally, further[i], &found);
        if (done)
            keep_figure(c, table, code, coders, further[i], (size_t)qcode_tally_units(tally), &found);
    }
    return done;
}

static bool add_pair(qc_comparing *c, qcode_comparison *result, size_t code, size_t a, size_t b)
{
    pair_counts counts = {.interviews = 0};
    qc_estimate alpha, kappa;
    const char *name = qc_comparing_code(c, code);
    qcode_tally *tally = qc_comparing_tally(c, code, a, b);
    bool done = tally && count_where(c, a, b, &counts) && estimate(c, tally, "krippendorff_alpha", &alpha) &&
                estimate(c, tally, "cohen_kappa", &kappa);
    const char *coders = done ? coders_text(c, a, b) : NULL;
    if (done && !coders)
        done = qc_no_memory(c->err);
    if (done) {
        qcode_tally_pair(tally, 0, 1, counts.cells);
        size_t units = (size_t)qcode_tally_units(tally);
        add_code_row(c, result->codes, code, coders, &counts, &alpha, &kappa);
        keep_figure(c, result->figures, name, coders, "krippendorff_alpha", units, &alpha);
        keep_figure(c, result->figures, name, coders, "cohen_kappa", units, &kappa);
        done = add_further(c, result->figures, tally, name, coders, true);
    }
    qcode_tally_free(tally);
    return done;
}

static bool add_everyone(qc_comparing *c, qcode_comparison *result, size_t code)
{
    qc_estimate alpha;
    const char *name = qc_comparing_code(c, code);
    qcode_tally *tally = qc_comparing_tally(c, code, QC_ALL_CODERS, QC_ALL_CODERS);
    bool done = tally && estimate(c, tally, "krippendorff_alpha", &alpha);
    if (done) {
        size_t units = (size_t)qcode_tally_units(tally);
        add_all_row(c, result->codes, code, units, &alpha);
        keep_figure(c, result->figures, name, "all", "krippendorff_alpha", units, &alpha);
        done = add_further(c, result->figures, tally, name, "all", false);
    }
    qcode_tally_free(tally);
    return done;
}

/* Of one interview: without an interval. */
static bool add_interview(qc_comparing *c, qcode_table *table, size_t code, const char *coders, size_t document,
                          const uint64_t cells[4])
{
    static const int32_t values[] = {0, 0, 0, 1, 1, 0, 1, 1};
    const qcode_ratings ratings = {.units = 4, .coders = 2, .categories = 2, .values = values, .counts = cells};
    uint64_t first = cells[2] + cells[3], second = cells[1] + cells[3], units = cells[0] + cells[1] + first;
    qcode_alpha alpha;
    qcode_tally *tally = qcode_tally_new(&ratings, c->memory, c->err);
    bool done = tally && qcode_krippendorff_alpha(tally, &(qcode_distance){.level = QCODE_NOMINAL}, &alpha, c->err);
    qcode_tally_free(tally);
    if (!done)
        return false;
    qc_table_add_text(table, qcode_transcript_name(qcode_coders_document(c->coders, document)));
    qc_table_add_text(table, qc_comparing_code(c, code));
    qc_table_add_text(table, coders);
    const uint64_t numbers[] = {units, first, second, cells[3]};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(table, (size_t)numbers[i]);
    add_share(table, cells[0] + cells[3], units);
    add_figure(table, alpha.value);
    qc_table_add_text(table, alpha.value.defined ? NULL : qcode_reason_text(alpha.value.reason));
    return true;
}

/* A row for each interview in which either gave the code. */
static bool add_interviews(qc_comparing *c, qcode_table *table, size_t code, size_t a, size_t b)
{
    const char *coders = coders_text(c, a, b);
    size_t units = qc_units_count(&c->units);
    bool done = coders || qc_no_memory(c->err);
    for (size_t i = 0; done && i < units;) {
        size_t document = qc_units_at(&c->units, i)->document;
        uint64_t cells[4] = {0};
        for (; i < units && qc_units_at(&c->units, i)->document == document; i++) {
            const int32_t *row = c->values + i * c->coder_count;
            if (row[a] >= 0 && row[b] >= 0)
                cells[2 * row[a] + row[b]]++;
        }
        if (cells[1] + cells[2] + cells[3])
            done = add_interview(c, table, code, coders, document, cells);
    }
    return done;
}

static bool add_code(qc_comparing *c, qcode_comparison *result, size_t code)
{
    if (!qc_comparing_rate(c, code, c->by_character ? QC_TOUCH_ANY : c->touch))
        return false;
    bool done = true;
    for (size_t a = 0; done && a < c->coder_count; a++)
        for (size_t b = a + 1; done && b < c->coder_count; b++)
            done = add_pair(c, result, code, a, b) &&
                   (!result->interviews || add_interviews(c, result->interviews, code, a, b));
    return done && (c->coder_count == 2 || add_everyone(c, result, code));
}

static bool is_known(const char *name)
{
    bool known = strcmp(name, "krippendorff_alpha") == 0 || strcmp(name, "cohen_kappa") == 0;
    for (size_t i = 0; !known && i < sizeof further / sizeof *further; i++)
        known = strcmp(further[i], name) == 0;
    return known;
}

bool qc_compare_codes(qc_comparing *c, qcode_comparison *result)
{
    const char *declared = declared_name(c);
    if (declared && !is_known(declared))
        qc_note(c->notes, QCODE_NOTE_WARNING, NULL, 0, 0,
                "the study declares the coefficient \"%s\", which is none of those of units: all are exploratory",
                declared);
    bool by_interview = c->cluster_count < QCODE_LEAST_CLUSTERS && !c->by_character;
    result->codes = table_of(code_columns, sizeof code_columns / sizeof *code_columns, c->memory);
    result->figures = qc_figures_new(c->memory);
    if (by_interview)
        result->interviews =
            table_of(interview_columns, sizeof interview_columns / sizeof *interview_columns, c->memory);
    bool done = (result->codes && result->figures && (result->interviews || !by_interview)) || qc_no_memory(c->err);
    for (size_t i = 0; done && i < c->code_count; i++)
        done = add_code(c, result, i);
    return done;
}
