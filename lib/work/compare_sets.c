/* All the codes that a coder gave a unit as one set, and alpha of such sets. */
#include "base/error.h"
#include "work/comparing.h"
#include "work/scale.h"

#include <string.h>

typedef struct set_run {
    qc_comparing *c;
    size_t width;    /* bytes of a set, a bit for each code */
    uint8_t *given;  /* units x coders x width */
    int32_t *values; /* units x coders: the number of the set */
    qc_set sets;     /* those that occur */
    qc_arena arena;
} set_run;

/* Marks who gave which codes; `values` says who did not look. */
static bool gather(set_run *run)
{
    qc_comparing *c = run->c;
    size_t cells = qc_units_count(&c->units) * c->coder_count;
    for (size_t code = 0; code < c->code_count; code++) {
        if (!qc_comparing_rate(c, code, c->touch))
            return false;
        for (size_t i = 0; i < cells; i++) {
            run->values[i] = c->values[i];
            if (c->values[i] == 1)
                run->given[i * run->width + code / 8] |= (uint8_t)(1u << code % 8);
        }
    }
    return true;
}

static bool number_sets(set_run *run)
{
    size_t cells = qc_units_count(&run->c->units) * run->c->coder_count;
    for (size_t i = 0; i < cells; i++) {
        if (run->values[i] == QCODE_NOT_RATED)
            continue;
        size_t number = qc_set_add(&run->sets, run->given + i * run->width, run->width, NULL);
        if (number == SIZE_MAX)
            return qc_no_memory(run->c->err);
        run->values[i] = (int32_t)number;
    }
    return true;
}

/* The sets as lists of codes. */
static qcode_set_of_codes *list_sets(set_run *run)
{
    size_t count = run->sets.count;
    qcode_set_of_codes *lists = qc_arena_take_array(&run->arena, count + 1, sizeof *lists);
    for (size_t i = 0; lists && i < count; i++) {
        const char *bits = qc_set_at(&run->sets, i);
        size_t *codes = qc_arena_take_array(&run->arena, run->c->code_count + 1, sizeof *codes), filled = 0;
        if (!codes)
            return NULL;
        for (size_t code = 0; code < run->c->code_count; code++)
            if ((uint8_t)bits[code / 8] >> code % 8 & 1)
                codes[filled++] = code;
        lists[i] = (qcode_set_of_codes){codes, filled};
    }
    return lists;
}

static bool add_alpha(set_run *run, qcode_table *table, const qcode_tally *tally, const char *terms,
                      const double *distances)
{
    qc_comparing *c = run->c;
    qc_estimate found;
    const qc_asked asked = {.what = qc_coefficient_find("krippendorff_alpha"),
                            .distance = {.level = QCODE_GIVEN_DISTANCE, .given = distances}};
    if (!qc_estimate_of(tally, c->cluster_count, &asked, &c->intervals, &found, c->memory, c->err))
        return false;
    const qc_figure_row row = {.coefficient = asked.what->name,
                               .terms = terms,
                               .coders = "all",
                               .source = asked.what->source,
                               .units = (size_t)qcode_tally_units(tally)};
    qc_figures_add(table, &c->frame, &row, &found);
    return true;
}

static bool measure(set_run *run, qcode_table *table)
{
    qc_comparing *c = run->c;
    size_t count = run->sets.count;
    if (!count)
        return true;
    if (count > QC_MOST_SETS) {
        qc_note(c->notes, QCODE_NOTE_SKIPPED, NULL, 0, 0, "alpha of sets is left out: more than %d different sets of codes",
                QC_MOST_SETS);
        return true;
    }
    const qcode_ratings ratings = {.units = qc_units_count(&c->units), .coders = c->coder_count, .categories = count,
                                   .values = run->values, .clusters = c->clusters, .cluster_count = c->cluster_count};
    qcode_set_of_codes *lists = list_sets(run);
    double *distances = lists ? qc_arena_take_array(&run->arena, count * count + 1, sizeof *distances) : NULL;
    if (!distances)
        return qc_no_memory(c->err);
    qcode_tally *tally = qcode_tally_new(&ratings, c->memory, c->err);
    qcode_masi_distances(lists, count, distances);
    bool done = tally && add_alpha(run, table, tally, "sets of codes, MASI", distances);
    qcode_jaccard_distances(lists, count, distances);
    done = done && add_alpha(run, table, tally, "sets of codes, Jaccard", distances);
    qcode_tally_free(tally);
    return done;
}

bool qc_compare_sets(qc_comparing *c, qcode_comparison *result)
{
    set_run run = {.c = c, .width = c->code_count / 8 + 1, .sets = qc_set_init(c->memory), .arena = qc_arena_init(c->memory)};
    size_t cells = qc_units_count(&c->units) * c->coder_count, bytes;
    bool done = qc_multiply(cells + 1, run.width, &bytes) &&
                (run.given = qc_arena_take_array(&run.arena, bytes, 1)) &&
                (run.values = qc_arena_take_array(&run.arena, cells + 1, sizeof *run.values));
    if (!done)
        qc_no_memory(c->err);
    else
        memset(run.given, 0, bytes);
    done = done && gather(&run) && number_sets(&run) && measure(&run, result->pooled);
    qc_set_clear(&run.sets);
    qc_arena_clear(&run.arena);
    return done;
}
