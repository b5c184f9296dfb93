/* Over all codes: each unit and code is a decision of its own. Only ever shown below the codes. */
#include "base/error.h"
#include "work/comparing.h"

/* The ratings of all codes, one below the other. */
static qcode_tally *pool(qc_comparing *c, qc_touch touch)
{
    size_t units = qc_units_count(&c->units), rows, cells;
    qcode_tally *tally = NULL;
    qc_arena arena = qc_arena_init(c->memory);
    if (!qc_multiply(units, c->code_count, &rows) || !qc_multiply(rows + 1, c->coder_count, &cells)) {
        qc_no_memory(c->err);
        return NULL;
    }
    int32_t *values = qc_arena_take_array(&arena, cells, sizeof *values);
    uint32_t *clusters = qc_arena_take_array(&arena, rows + 1, sizeof *clusters);
    bool done = (values && clusters) || qc_no_memory(c->err);
    for (size_t code = 0; done && code < c->code_count; code++) {
        done = qc_comparing_rate(c, code, touch);
        for (size_t i = 0; done && i < units * c->coder_count; i++)
            values[code * units * c->coder_count + i] = c->values[i];
        for (size_t i = 0; done && i < units; i++)
            clusters[code * units + i] = c->clusters[i];
    }
    const qcode_ratings ratings = {.units = rows,
                                   .coders = c->coder_count,
                                   .categories = 2,
                                   .values = values,
                                   .clusters = clusters,
                                   .cluster_count = c->cluster_count};
    if (done)
        tally = qcode_tally_new(&ratings, c->memory, c->err);
    qc_arena_clear(&arena);
    return tally;
}

static bool add_figure(qc_comparing *c, qcode_table *table, const qcode_tally *tally, const qc_asked *asked)
{
    qc_estimate found;
    if (!qc_estimate_of(tally, c->cluster_count, asked, &c->intervals, &found, c->memory, c->err))
        return false;
    c->scratch.length = 0;
    if (asked->a == QC_ALL_CODERS)
        qc_buffer_string(&c->scratch, "all");
    else
        qc_buffer_print(&c->scratch, "%s, %s", qc_comparing_coder(c, asked->a), qc_comparing_coder(c, asked->b));
    const char *coders = qc_buffer_text(&c->scratch);
    const qc_figure_row row = {.coefficient = asked->what->name,
                               .coders = coders,
                               .source = asked->what->source,
                               .units = (size_t)qcode_tally_units(tally)};
    if (coders)
        qc_figures_add(table, &c->frame, &row, &found);
    return coders || qc_no_memory(c->err);
}

bool qc_compare_pooled(qc_comparing *c, qcode_comparison *result)
{
    qc_asked asked = {.what = qc_coefficient_find("krippendorff_alpha"), .a = QC_ALL_CODERS, .b = QC_ALL_CODERS};
    result->pooled = qc_figures_new(c->memory);
    qcode_tally *tally = result->pooled ? pool(c, c->touch) : NULL;
    bool done = (result->pooled || qc_no_memory(c->err)) && tally && add_figure(c, result->pooled, tally, &asked);
    asked.what = qc_coefficient_find("cohen_kappa");
    for (asked.a = 0; done && asked.a < c->coder_count; asked.a++)
        for (asked.b = asked.a + 1; done && asked.b < c->coder_count; asked.b++)
            done = add_figure(c, result->pooled, tally, &asked);
    qcode_tally_free(tally);
    return done;
}

bool qc_pooled_alpha(qc_comparing *c, qc_touch touch, qcode_figure *value)
{
    qcode_alpha alpha = {.se = {.defined = false}};
    qcode_tally *tally = pool(c, touch);
    bool done = tally && qcode_krippendorff_alpha(tally, &(qcode_distance){.level = QCODE_NOMINAL}, &alpha, c->err);
    qcode_tally_free(tally);
    *value = alpha.value;
    return done;
}
