/* Passages themselves compared, not units: where they begin and end, and which code they bear. */
#include "base/error.h"
#include "model/table.h"
#include "work/laid.h"

enum { GAMMA_SAMPLES = 30, NEAR_MISS = 2 };

typedef struct span_run {
    qc_comparing *c;
    qcode_comparison *result;
    qc_laid laid;
    qc_figure_frame frame; /* of figures in characters */
    qc_buffer masses;      /* of size_t: pieces of the first coder, then of the second */
} span_run;

static const qcode_column retrieval_columns[] = {
    {"code", QCODE_TYPE_TEXT},        {"coders", QCODE_TYPE_TEXT},   {"match", QCODE_TYPE_TEXT},
    {"by_first", QCODE_TYPE_INTEGER}, {"by_second", QCODE_TYPE_INTEGER},
    {"precision", QCODE_TYPE_NUMBER}, {"recall", QCODE_TYPE_NUMBER}, {"f1", QCODE_TYPE_NUMBER},
    {"macro_f1", QCODE_TYPE_NUMBER},  {"undefined", QCODE_TYPE_TEXT},
};

static const struct {
    const char *name;
    qcode_span_match match;
} matches[] = {
    {"exact", QCODE_SPAN_EXACT},
    {"overlap", QCODE_SPAN_OVERLAP},
    {"iou 0.5", QCODE_SPAN_IOU},
    {"character", QCODE_SPAN_CHARACTERS},
};

static const char *code_name(const span_run *run, size_t code)
{
    return code == QC_ALL_CODERS ? "all" : qc_comparing_code(run->c, code);
}

static void add_number(qcode_table *table, qcode_figure figure)
{
    if (figure.defined)
        qc_table_add_number(table, figure.value);
    else
        qc_table_add_missing(table);
}

/* The second coder's passages against the first's. */
static bool add_retrieval(span_run *run, size_t code, const char *coders)
{
    qcode_table *table = run->result->retrieval;
    const qcode_continuum continuum = qc_laid_continuum(&run->laid, run->c, code, 0);
    size_t count[2] = {0, 0};
    for (size_t i = 0; i < continuum.count; i++)
        count[continuum.spans[i].coder]++;
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        qcode_retrieval found;
        if (!qcode_span_retrieval(&continuum, QCODE_ALL_CODES, 1, 0, matches[i].match, 0.5, &found, run->c->memory,
                                  run->c->err))
            return false;
        qc_table_add_text(table, code_name(run, code));
        qc_table_add_text(table, coders);
        qc_table_add_text(table, matches[i].name);
        qc_table_add_count(table, count[0]);
        qc_table_add_count(table, count[1]);
        add_number(table, found.precision);
        add_number(table, found.recall);
        add_number(table, found.f1);
        if (code == QC_ALL_CODERS)
            add_number(table, found.macro_f1);
        else
            qc_table_add_missing(table);
        qc_table_add_text(table, found.f1.defined ? NULL : qcode_reason_text(found.f1.reason));
    }
    return true;
}

static void keep(span_run *run, size_t code, const char *coders, const char *name, const char *terms,
                 const char *source, size_t units, qcode_figure value, const qc_figure_frame *frame)
{
    const qc_figure_row row = {.code = code_name(run, code), .coefficient = name, .terms = terms, .coders = coders,
                               .source = source, .standing = "exploratory", .units = units};
    qc_figures_add(run->result->spans, frame, &row, &(qc_estimate){.value = value});
}

static const char unitizing_source[] = "Krippendorff, Mathet, Bouvry and Widloecher 2016";

/* All coders and codes at once, or one code: alone, and against the others where both have a passage. */
static bool add_unitizing(span_run *run, size_t code)
{
    const struct {
        const char *name;
        qcode_unitizing variant;
        bool of_all, of_code;
    } variants[] = {{"unitizing_alpha_u", QCODE_UNITIZING_U, true, false},
                    {"unitizing_alpha_binary", QCODE_UNITIZING_BINARY, true, true},
                    {"unitizing_alpha_cu", QCODE_UNITIZING_CU, true, false},
                    {"unitizing_alpha_ku", QCODE_UNITIZING_KU, false, true}};
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        bool all = code == QC_ALL_CODERS, against = variants[i].variant == QCODE_UNITIZING_KU;
        qcode_alpha found;
        if (all ? !variants[i].of_all : !variants[i].of_code)
            continue;
        size_t laid = all || against ? QC_ALL_CODERS : code, asked = against ? code : QCODE_ALL_CODES;
        if (!qc_laid_passages(&run->laid, run->c, laid, QC_ALL_CODERS, QC_ALL_CODERS, false))
            return false;
        const qcode_continuum continuum = qc_laid_continuum(&run->laid, run->c, laid, QC_ALL_CODERS);
        if (!qcode_unitizing_alpha(&continuum, variants[i].variant, asked, &found, run->c->memory, run->c->err))
            return false;
        keep(run, code, "all", variants[i].name, NULL, unitizing_source, continuum.count, found.value, &run->frame);
    }
    return true;
}

static bool add_first_form(span_run *run, size_t code)
{
    qcode_alpha found;
    if (!qc_laid_passages(&run->laid, run->c, code, QC_ALL_CODERS, QC_ALL_CODERS, false))
        return false;
    const qcode_continuum continuum = qc_laid_continuum(&run->laid, run->c, code, QC_ALL_CODERS);
    if (!qcode_unitizing_alpha_1995(&continuum, QCODE_ALL_CODES, &found, run->c->memory, run->c->err))
        return false;
    keep(run, code, "all", "unitizing_alpha_1995", NULL, "Krippendorff 1995", continuum.count, found.value, &run->frame);
    return true;
}

/* Gamma of what is laid; where its best alignment cannot be proved, a note says that it is left out. */
static bool add_gamma(span_run *run, size_t code)
{
    qc_comparing *c = run->c;
    const qcode_gamma how = {.alpha = 1, .beta = 1, .delta_empty = 1, .seed = c->intervals.seed};
    const qcode_continuum continuum = qc_laid_continuum(&run->laid, c, code, QC_ALL_CODERS);
    double disorders[GAMMA_SAMPLES];
    qcode_figure disorder;
    qcode_error err = {.status = QCODE_OK};
    bool done = qcode_gamma_disorder(&continuum, &how, &disorder, c->memory, &err) &&
                (!disorder.defined ||
                 qcode_gamma_samples(&continuum, &how, 0, GAMMA_SAMPLES, disorders, c->memory, &err));
    if (done) {
        qcode_figure gamma = disorder.defined ? qcode_gamma_of(disorder, disorders, GAMMA_SAMPLES) : disorder;
        keep(run, code, "all", "gamma", "30 samples", "Mathet, Widloecher and Metivier 2015", continuum.count, gamma,
             &run->frame);
        return true;
    }
    if (err.status == QCODE_LIMIT) {
        if (c->notes)
            qc_note(c->notes, QCODE_NOTE_SKIPPED, NULL, 0, 0, "gamma of %s is left out: %s",
                            code_name(run, code), err.message);
        return true;
    }
    if (c->err)
        *c->err = err;
    return false;
}

/* A coder's pieces of a code: runs of units that they gave it, and runs that they did not. Units that one of the two did
 * not look at are left out. */
static size_t cut(span_run *run, size_t coder, size_t a, size_t b)
{
    const qc_comparing *c = run->c;
    size_t pieces = 0, mass = 0;
    int32_t last = QCODE_NOT_RATED;
    for (size_t i = 0; i < qc_units_count(&c->units); i++) {
        const int32_t *row = c->values + i * c->coder_count;
        if (row[a] == QCODE_NOT_RATED || row[b] == QCODE_NOT_RATED)
            continue;
        if (mass && row[coder] != last) {
            qc_buffer_append(&run->masses, &mass, sizeof mass);
            pieces++;
            mass = 0;
        }
        last = row[coder];
        mass++;
    }
    if (mass)
        qc_buffer_append(&run->masses, &mass, sizeof mass);
    return pieces + (mass > 0);
}

/* Where a code begins and ends, counted in units. */
static bool add_boundaries(span_run *run, size_t code, size_t a, size_t b, const char *coders)
{
    qc_comparing *c = run->c;
    qcode_boundaries near;
    qcode_windows windows;
    run->masses.length = 0;
    size_t first = cut(run, a, a, b), second = cut(run, b, a, b), units = 0;
    const size_t *masses = (const void *)run->masses.data;
    if (run->masses.failed)
        return qc_no_memory(c->err);
    if (first + second < 3) /* neither has a boundary */
        return true;
    for (size_t i = 0; i < first; i++)
        units += masses[i];
    const qcode_segmentation two[] = {{masses, first}, {masses + first, second}};
    if (!qcode_boundary_similarity(two, 2, NEAR_MISS, &near, c->memory, c->err) ||
        !qcode_window_errors(&two[1], &two[0], 0, &windows, c->err))
        return false;
    keep(run, code, coders, "boundary_similarity", "near misses by 1 unit", "Fournier 2013", units, near.boundary,
         &c->frame);
    keep(run, code, coders, "segmentation_similarity", "near misses by 1 unit", "Fournier and Inkpen 2012", units,
         near.segmentation, &c->frame);
    keep(run, code, coders, "window_diff", "of the second against the first; 0 is best", "Pevzner and Hearst 2002",
         units, windows.window_diff, &c->frame);
    keep(run, code, coders, "pk", "of the second against the first; 0 is best", "Beeferman, Berger and Lafferty 1999",
         units, windows.pk, &c->frame);
    return true;
}

static bool add_pair(span_run *run, size_t code, size_t a, size_t b)
{
    qc_comparing *c = run->c;
    c->scratch.length = 0;
    qc_buffer_print(&c->scratch, "%s, %s", qc_comparing_coder(c, a), qc_comparing_coder(c, b));
    const char *coders = qc_buffer_text(&c->scratch);
    if (!coders)
        return qc_no_memory(c->err);
    return qc_laid_passages(&run->laid, c, code, a, b, false) && add_retrieval(run, code, coders) &&
           (code == QC_ALL_CODERS || c->by_character || add_boundaries(run, code, a, b, coders));
}

static bool add_code(span_run *run, size_t code)
{
    qc_comparing *c = run->c;
    bool done = code == QC_ALL_CODERS || c->by_character || qc_comparing_rate(c, code, c->touch);
    for (size_t a = 0; done && a < c->coder_count; a++)
        for (size_t b = a + 1; done && b < c->coder_count; b++)
            done = add_pair(run, code, a, b);
    return done && add_unitizing(run, code) && add_first_form(run, code) && add_gamma(run, code);
}

static bool make_tables(span_run *run)
{
    qcode_comparison *result = run->result;
    result->spans = qc_figures_new(run->c->memory);
    result->retrieval = qc_table_new(run->c->memory);
    for (size_t i = 0; result->retrieval && i < sizeof retrieval_columns / sizeof *retrieval_columns; i++)
        qc_table_add_column(result->retrieval, retrieval_columns[i].name, retrieval_columns[i].type);
    return (result->spans && result->retrieval) || qc_no_memory(run->c->err);
}

bool qc_compare_spans(qc_comparing *c, qcode_comparison *result)
{
    span_run run = {.c = c, .result = result, .frame = c->frame, .masses = qc_buffer_init(c->memory)};
    run.frame.unit = "character";
    run.frame.touch = NULL;
    run.frame.intervals = NULL;
    bool done = qc_laid_init(&run.laid, c) && make_tables(&run);
    for (size_t i = 0; done && i < c->code_count; i++)
        done = add_code(&run, i);
    done = done && add_code(&run, QC_ALL_CODERS);
    qc_laid_clear(&run.laid);
    qc_buffer_clear(&run.masses);
    return done;
}
