/* Comparing coders by a plain table of ratings. */
#include "base/buffer.h"
#include "base/error.h"
#include "model/table.h"
#include "read/ratings.h"
#include "work/figures.h"
#include "work/scale.h"

#include <string.h>

enum { MOST_LISTED = 100 }; /* categories that get rows of their own */

/* The levels as the terms of weights and distances. */
static const char *const level_names[] = {"nominal", "ordinal", "interval", "ratio", "set"};

/* Where a coefficient applies. */
typedef enum terms_kind { TERMS_NONE, TERMS_LINEAR, TERMS_QUADRATIC, TERMS_ORDINAL, TERMS_LEVEL, TERMS_JACCARD } terms_kind;

enum {
    ON_NOMINAL = 1 << QCODE_NOMINAL,
    ON_ORDINAL = 1 << QCODE_ORDINAL,
    ON_NUMBERS = 1 << QCODE_INTERVAL | 1 << QCODE_RATIO,
    ON_SETS = 1 << QCODE_GIVEN_DISTANCE,
    ON_ALL = ON_NOMINAL | ON_ORDINAL | ON_NUMBERS | ON_SETS
};

typedef struct rating_plan {
    const char *name;
    unsigned levels;
    terms_kind terms;
    bool of_two, of_more; /* coders */
} rating_plan;

static const rating_plan plans[] = {
    {"percent_agreement", ON_ALL, TERMS_NONE, true, true},
    {"full_agreement", ON_ALL, TERMS_NONE, false, true},
    {"krippendorff_alpha", ON_NOMINAL | ON_SETS, TERMS_NONE, true, true},
    {"krippendorff_alpha", ON_ORDINAL | ON_NUMBERS | ON_SETS, TERMS_LEVEL, true, true},
    {"krippendorff_alpha", ON_SETS, TERMS_JACCARD, true, true},
    {"cohen_kappa", ON_NOMINAL | ON_ORDINAL, TERMS_NONE, true, true},
    {"cohen_kappa_max", ON_NOMINAL, TERMS_NONE, true, true},
    {"cohen_kappa", ON_ORDINAL, TERMS_LINEAR, true, true},
    {"cohen_kappa", ON_ORDINAL, TERMS_QUADRATIC, true, true},
    {"cohen_kappa", ON_NUMBERS | ON_SETS, TERMS_LEVEL, true, true},
    {"scott_pi", ON_NOMINAL, TERMS_NONE, true, true},
    {"fleiss_kappa", ON_NOMINAL, TERMS_NONE, true, true},
    {"fleiss_kappa", ON_ORDINAL, TERMS_ORDINAL, true, true},
    {"fleiss_kappa", ON_NUMBERS | ON_SETS, TERMS_LEVEL, true, true},
    {"conger_kappa", ON_NOMINAL, TERMS_NONE, false, true},
    {"conger_kappa", ON_ORDINAL, TERMS_ORDINAL, false, true},
    {"conger_kappa", ON_NUMBERS | ON_SETS, TERMS_LEVEL, false, true},
    {"light_kappa", ON_NOMINAL, TERMS_NONE, false, true},
    {"brennan_prediger", ON_NOMINAL, TERMS_NONE, true, true},
    {"brennan_prediger", ON_ORDINAL, TERMS_ORDINAL, true, true},
    {"brennan_prediger", ON_NUMBERS | ON_SETS, TERMS_LEVEL, true, true},
    {"pabak", ON_NOMINAL, TERMS_NONE, true, false},
    {"gwet_ac1", ON_NOMINAL, TERMS_NONE, true, true},
    {"gwet_ac2", ON_ORDINAL, TERMS_LINEAR, true, true},
    {"gwet_ac2", ON_ORDINAL, TERMS_QUADRATIC, true, true},
    {"gwet_ac2", ON_ORDINAL, TERMS_ORDINAL, true, true},
    {"gwet_ac2", ON_NUMBERS | ON_SETS, TERMS_LEVEL, true, true},
    {"holsti", ON_NOMINAL | ON_SETS, TERMS_NONE, true, true},
};

typedef struct rating_run {
    const qcode_ratings_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_ratings *ratings;
    qcode_tally *tally;
    qc_scale scale;
    qcode_intervals intervals;
    qc_figure_frame frame;
    qcode_table *figures;
    qc_buffer scratch;
} rating_run;

/* Fills in the weights or the distance. False where this table has none. */
static bool set_terms(const rating_run *run, const rating_plan *plan, qc_asked *asked)
{
    static const qcode_weighting weightings[] = {QCODE_UNWEIGHTED, QCODE_LINEAR, QCODE_QUADRATIC, QCODE_ORDINAL_WEIGHTS,
                                                 QCODE_GIVEN_WEIGHTS, QCODE_GIVEN_WEIGHTS};
    static const char *const names[] = {NULL, "linear", "quadratic", "ordinal", NULL, "Jaccard"};
    qcode_level level = run->job->level;
    bool sets = level == QCODE_GIVEN_DISTANCE, given = plan->terms >= TERMS_LEVEL;
    bool alpha = asked->what == qc_coefficient_find("krippendorff_alpha");
    asked->terms = plan->terms != TERMS_LEVEL ? names[plan->terms] : sets ? "MASI" : level_names[level];
    asked->weights = (qcode_weights){weightings[plan->terms], given ? run->scale.weights : NULL};
    asked->distance = (qcode_distance){.level = given ? level : QCODE_NOMINAL, .values = run->ratings->numbers};
    if (given && sets)
        asked->distance.given = plan->terms == TERMS_JACCARD ? run->scale.jaccard : run->scale.masi;
    return alpha || !given || run->scale.weights;
}

/* Units that all the coders asked for rated: of a pair both, of all anybody. */
static bool count_units(const rating_run *run, const qc_asked *asked, size_t *units)
{
    size_t q = run->ratings->data.categories;
    *units = (size_t)qcode_tally_units(run->tally);
    if (asked->a == QC_ALL_CODERS)
        return true;
    qc_arena arena = qc_arena_init(run->memory);
    uint64_t *cells = qc_arena_take_array(&arena, q * q + 1, sizeof *cells);
    if (cells)
        qcode_tally_pair(run->tally, asked->a, asked->b, cells);
    *units = 0;
    for (size_t i = 0; cells && i < q * q; i++)
        *units += (size_t)cells[i];
    qc_arena_clear(&arena);
    return cells || qc_no_memory(run->err);
}

static bool add_estimate(rating_run *run, const qc_asked *asked)
{
    qc_estimate estimate;
    if (!qc_estimate_of(run->tally, run->ratings->data.cluster_count, asked, &run->intervals, &estimate, run->memory,
                        run->err))
        return false;
    size_t units;
    if (!count_units(run, asked, &units))
        return false;
    run->scratch.length = 0;
    if (asked->a == QC_ALL_CODERS)
        qc_buffer_string(&run->scratch, "all");
    else
        qc_buffer_print(&run->scratch, "%s, %s", run->ratings->coders[asked->a], run->ratings->coders[asked->b]);
    const char *coders = qc_buffer_text(&run->scratch);
    const qc_figure_row row = {.coefficient = asked->what->name,
                               .terms = asked->terms,
                               .coders = coders,
                               .source = asked->what->source,
                               .units = units};
    if (coders)
        qc_figures_add(run->figures, &run->frame, &row, &estimate);
    return coders || qc_no_memory(run->err);
}

static bool add_plan(rating_run *run, const rating_plan *plan)
{
    size_t coders = run->ratings->data.coders;
    qc_asked asked = {.what = qc_coefficient_find(plan->name), .a = QC_ALL_CODERS, .b = QC_ALL_CODERS};
    bool applies = (plan->levels >> run->job->level & 1) && (coders == 2 ? plan->of_two : plan->of_more);
    if (!applies || !set_terms(run, plan, &asked))
        return true;
    if (!asked.what->pair)
        return add_estimate(run, &asked);
    for (asked.a = 0; asked.a < coders; asked.a++)
        for (asked.b = asked.a + 1; asked.b < coders; asked.b++)
            if (!add_estimate(run, &asked))
                return false;
    return true;
}

/* A row for each category, of figures that have no interval. */
static bool add_categories(rating_run *run)
{
    static const struct {
        const char *name, *source;
        bool (*work)(const qcode_tally *, qcode_figure *, qcode_error *);
    } each[] = {
        {"specific_agreement", "Spitzer and Fleiss 1974", qcode_specific_agreement},
        {"alpha_of_category", "Krippendorff 2011", qcode_alpha_categories},
        {"fleiss_of_category", "Fleiss 1971", qcode_fleiss_categories},
    };
    size_t count = run->ratings->data.categories;
    qc_arena arena = qc_arena_init(run->memory);
    qcode_figure *figures = qc_arena_take_array(&arena, count + 1, sizeof *figures);
    bool done = figures || qc_no_memory(run->err);
    for (size_t i = 0; done && i < sizeof each / sizeof *each; i++) {
        done = each[i].work(run->tally, figures, run->err);
        for (size_t k = 0; done && k < count; k++)
            qc_figures_add(run->figures, &run->frame,
                           &(qc_figure_row){.coefficient = each[i].name,
                                            .coders = "all",
                                            .category = run->ratings->categories[k],
                                            .source = each[i].source,
                                            .units = (size_t)qcode_tally_units(run->tally)},
                           &(qc_estimate){.value = figures[k]});
    }
    qc_arena_clear(&arena);
    return done;
}

static void add_fact(rating_run *run, qcode_table *about, const char *what)
{
    qc_table_add_text(about, what);
    const char *value = qc_buffer_text(&run->scratch);
    qc_table_add_text(about, value ? value : "");
    run->scratch.length = 0;
}

static void list_coders(rating_run *run)
{
    for (size_t i = 0; i < run->ratings->data.coders; i++) {
        qc_buffer_string(&run->scratch, i ? ", " : "");
        qc_buffer_string(&run->scratch, run->ratings->coders[i]);
    }
}

static void tell_units(rating_run *run)
{
    const qcode_ratings *data = &run->ratings->data;
    qc_buffer_print(&run->scratch, "%zu in the table", data->units);
    size_t rated = (size_t)qcode_tally_units(run->tally);
    if (rated < data->units)
        qc_buffer_print(&run->scratch, ", %zu of them rated by somebody", rated);
    if (run->ratings->cluster)
        qc_buffer_print(&run->scratch, "; %zu clusters, by the column \"%s\"", data->cluster_count,
                        run->ratings->cluster);
}

static qcode_table *tell_about(rating_run *run)
{
    qcode_table *about = qc_table_new(run->memory);
    if (!about)
        return NULL;
    run->scratch.length = 0;
    qc_table_add_column(about, "what", QCODE_TYPE_TEXT);
    qc_table_add_column(about, "value", QCODE_TYPE_TEXT);
    qc_buffer_string(&run->scratch, strcmp(run->job->path, "-") == 0 ? "stdin" : run->job->path);
    add_fact(run, about, "ratings");
    list_coders(run);
    add_fact(run, about, "coders");
    tell_units(run);
    add_fact(run, about, "units");
    qc_buffer_print(&run->scratch, "%s, %zu different", level_names[run->job->level], run->ratings->data.categories);
    add_fact(run, about, "categories");
    qc_intervals_text(&run->scratch, &run->intervals, run->ratings->data.cluster_count, "cluster");
    add_fact(run, about, "intervals");
    return about;
}

static bool check_drawing(const rating_run *run)
{
    if (run->job->intervals.draw != QCODE_DRAW_CLUSTERS || run->ratings->cluster)
        return true;
    return qc_fail(run->err, QCODE_INVALID, run->job->path, 0, 0,
                   "clusters are to be resampled, and no column is called cluster, interview or document");
}

static bool compare(rating_run *run, qcode_comparison *result, qcode_notes *notes)
{
    const qcode_ratings_job *job = run->job;
    run->ratings = qc_read_ratings(job->path, job->level, job->order, run->memory, notes, run->err);
    if (!run->ratings || !check_drawing(run) ||
        !qc_scale_init(&run->scale, run->ratings, job->level, job->path, run->memory, run->err) ||
        !(run->tally = qcode_tally_new(&run->ratings->data, run->memory, run->err)))
        return false;
    run->frame = (qc_figure_frame){.level = level_names[job->level],
                                   .intervals = &run->intervals,
                                   .clusters = run->ratings->data.cluster_count};
    run->figures = result->figures = qc_figures_new(run->memory);
    if (!run->figures)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        if (!add_plan(run, &plans[i]))
            return false;
    bool words = job->level == QCODE_NOMINAL || job->level == QCODE_ORDINAL;
    if (words && run->ratings->data.categories <= MOST_LISTED && !add_categories(run))
        return false;
    result->about = tell_about(run);
    bool complete = result->about && qc_table_complete(result->about) && qc_table_complete(run->figures) &&
                    !run->scratch.failed && (!notes || qcode_notes_complete(notes));
    return complete || qc_no_memory(run->err);
}

bool qcode_compare_ratings(const qcode_ratings_job *job, const qcode_memory *memory, qcode_comparison *result,
                           qcode_notes *notes, qcode_error *err)
{
    rating_run run = {.job = job,
                      .memory = memory,
                      .err = err,
                      .intervals = qc_intervals_resolved(&job->intervals),
                      .scale = {.arena = qc_arena_init(memory)},
                      .scratch = qc_buffer_init(memory)};
    *result = (qcode_comparison){.about = NULL};
    bool done = compare(&run, result, notes);
    qcode_tally_free(run.tally);
    qc_ratings_free(run.ratings);
    qc_scale_clear(&run.scale);
    qc_buffer_clear(&run.scratch);
    if (!done)
        qcode_comparison_clear(result);
    return done;
}
