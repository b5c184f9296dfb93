/* How well rules code, beside codings by hand: code by code, rule by rule, and unit by unit where they differ. */
#include "work/evaluation.h"
#include "base/error.h"
#include "model/codebook.h"
#include "model/table.h"
#include "work/versions.h"

int32_t *qc_evaluation_values(qc_evaluation *e)
{
    return qc_arena_take_array(&e->arena, qc_units_count(&e->units), sizeof(int32_t));
}

/* -- what is compared --------------------------------------------------------------------------------------------- */

static bool read_reference(qc_evaluation *e, const qcode_transcript *const *talks, size_t count)
{
    const qcode_evaluate_job *job = e->job;
    e->coders = qcode_coders_new(talks, count, e->memory, e->err);
    bool done = e->coders != NULL;
    if (done && !job->folder && !qc_coders_take_book(e->coders, job->codebook))
        return qc_no_memory(e->err);
    for (size_t i = 0; done && i < job->against_count; i++)
        done = qcode_coders_read(e->coders, job->against[i], NULL, e->notes, e->err);
    if (!done)
        return false;
    e->coder_count = e->rules = e->result->coders = qcode_coders_count(e->coders);
    return e->coder_count ||
           qc_fail(e->err, QCODE_INVALID, job->against[0], 0, 0, "no coding of these transcripts is in it");
}

static bool add_rules(qc_evaluation *e)
{
    size_t number = qc_coders_coder(e->coders, QC_RULES_AS_CODER, strlen(QC_RULES_AS_CODER));
    bool done = number != SIZE_MAX || qc_no_memory(e->err);
    if (done && e->job->folder)
        done = qcode_coders_read(e->coders, e->job->folder, QC_RULES_AS_CODER, e->notes, e->err);
    for (size_t i = 0; done && !e->job->folder && i < qcode_coders_document_count(e->coders); i++)
        done = qcode_coders_add(e->coders, QC_RULES_AS_CODER, qc_coded_set_at(&e->set, i)->codings[0], e->err);
    return done;
}

static bool open_documents(qc_evaluation *e)
{
    const qcode_evaluate_job *job = e->job;
    const qcode_transcript *const *talks;
    size_t count;
    if (job->folder) {
        if (!(e->restored = qcode_talks_of_run(job->folder, e->memory, e->err)))
            return false;
        talks = qcode_talks_all(e->restored, &count);
    } else {
        if (!qc_coded_set_make(&e->set, &job->inputs, &job->codebook, 1, &job->match, e->memory, e->notes, e->err))
            return false;
        talks = qcode_talks_all(e->set.talks, &count);
    }
    e->result->documents = count;
    e->result->refused = e->set.refused;
    return read_reference(e, talks, count) && add_rules(e) &&
           qc_check_versions(e->coders, job->codebook, job->mixed, e->notes, e->err);
}

static size_t word_in(const char *const *words, const char *word)
{
    size_t at = 0;
    while (word && words[at] && strcmp(words[at], word) != 0)
        at++;
    return at;
}

static bool make_units(qc_evaluation *e)
{
    size_t by = word_in(qc_by_names, e->job->unit), touch = word_in(qc_touch_names, e->job->touch);
    if (by == QC_BYS || touch == QC_TOUCHES)
        return qc_fail(e->err, QCODE_USAGE, NULL, 0, 0, "there is no such unit, or no such rule of touch");
    e->touch = (qc_touch)touch;
    if (!qc_units_init(&e->units, e->coders, (qc_by)by, false, e->memory))
        return qc_no_memory(e->err);
    e->result->units = qc_units_count(&e->units);
    return e->result->units || qc_fail(e->err, QCODE_INVALID, NULL, 0, 0, "there is no unit to compare on");
}

/* -- the values of a code ------------------------------------------------------------------------------------------ */

static bool has_basis(const void *user, const qcode_passage *passage)
{
    return (passage->basis == QCODE_BASIS_OWN) == *(const bool *)user;
}

/* A code counts those under it: the greater of their values. */
bool qc_evaluation_rate(qc_evaluation *e, const qcode_coders *coders, size_t coder, const qc_code_values *code,
                 qc_passage_filter *filter, const void *user, int32_t *values)
{
    size_t units = qc_units_count(&e->units);
    if (!qc_units_rate(&e->units, coders, coder, code->code, e->touch, filter, user, values))
        return qc_no_memory(e->err);
    if (!code->of || !code->of->has_children)
        return true;
    qc_buffer more = qc_buffer_init(e->memory);
    bool done = qc_buffer_reserve(&more, units * sizeof(int32_t)) || qc_no_memory(e->err);
    for (size_t i = 0; done && i < code->of->book->count; i++) {
        const qcode_code *child = &code->of->book->codes[i], *above = child->parent;
        int32_t *of_child = (void *)more.data;
        while (above && above != code->of)
            above = above->parent;
        size_t number = above ? qcode_coders_find_code(coders, child->id) : SIZE_MAX;
        if (number == SIZE_MAX)
            continue;
        done = qc_units_rate(&e->units, coders, coder, number, e->touch, filter, user, of_child) || qc_no_memory(e->err);
        for (size_t k = 0; done && k < units; k++)
            values[k] = of_child[k] > values[k] ? of_child[k] : values[k];
    }
    qc_buffer_clear(&more);
    return done;
}

/* Whether each unit answers a question that the code is believed to be asked about. */
static void mark_asked(qc_evaluation *e, qc_code_values *code)
{
    for (size_t i = 0; i < qc_units_count(&e->units); i++) {
        const qc_judged *unit = qc_units_at(&e->units, i);
        const qc_coded_document *document = qc_coded_set_at(&e->set, unit->document);
        const size_t *asked = (const void *)document->asked.data;
        size_t number = unit->turn + 1, count = document->asked.length / sizeof *asked, low = 0;
        for (size_t high = count; low < high;) {
            size_t middle = low + (high - low) / 2;
            if (asked[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }
        code->asked[i] = low && document->about.data[(low - 1) * e->job->codebook->count + code->of->index];
        code->unasked[i] = !code->asked[i];
    }
}

static bool make_values(qc_evaluation *e, qc_code_values *code)
{
    static const bool own = true;
    size_t units = qc_units_count(&e->units);
    int32_t *values = qc_evaluation_values(e);
    code->rules = qc_evaluation_values(e);
    code->own = qc_evaluation_values(e);
    code->others = qc_evaluation_values(e);
    code->reference = qc_evaluation_values(e);
    if (!values || !code->rules || !code->own || !code->others || !code->reference)
        return qc_no_memory(e->err);
    if (!qc_evaluation_rate(e, e->coders, e->rules, code, NULL, NULL, code->rules) ||
        !qc_evaluation_rate(e, e->coders, e->rules, code, has_basis, &own, code->own))
        return false;
    for (size_t i = 0; i < units; i++)
        code->others[i] = code->rules[i] > 0 ? !code->own[i] : code->rules[i];
    for (size_t k = 0; k < e->coder_count; k++) {
        if (!qc_evaluation_rate(e, e->coders, k, code, NULL, NULL, values))
            return false;
        for (size_t i = 0; i < units; i++)
            code->reference[i] = k == 0 || code->reference[i] == values[i] ? values[i] : -1;
    }
    if (!code->of || !code->of->book->weighed)
        return true;
    code->asked = qc_arena_take(&e->arena, units);
    code->unasked = qc_arena_take(&e->arena, units);
    if (!code->asked || !code->unasked)
        return qc_no_memory(e->err);
    mark_asked(e, code);
    return true;
}

/* Whether somebody of the reference gives the code, or one under it. */
static bool is_given(const qc_evaluation *e, const qcode_code *code)
{
    size_t count;
    const qcode_passage *passages = qcode_coders_passages(e->coders, &count);
    for (size_t i = 0; i < count; i++) {
        if (passages[i].coder == e->rules)
            continue;
        const char *id = qcode_coders_code(e->coders, passages[i].code);
        const qcode_code *given = strcmp(id, code->id) == 0 ? code : NULL;
        if (!given && code->has_children)
            given = qcode_codebook_find(code->book, id);
        while (given && given != code)
            given = given->parent;
        if (given)
            return true;
    }
    return false;
}

static bool list_codes(qc_evaluation *e)
{
    size_t book = e->job->folder ? 0 : e->job->codebook->count, all = qcode_coders_code_count(e->coders), silent = 0;
    e->codes = qc_arena_take_array(&e->arena, book + all, sizeof *e->codes);
    if (!e->codes)
        return qc_no_memory(e->err);
    for (size_t i = 0; i < book; i++) {
        const qcode_code *code = &e->job->codebook->codes[i];
        if (is_given(e, code))
            e->codes[e->code_count++] = (qc_code_values){.code = qc_coders_code(e->coders, code->id, strlen(code->id)),
                                                         .of = code};
        else
            silent++;
    }
    for (size_t i = 0; e->job->folder && i < all; i++)
        e->codes[e->code_count++] = (qc_code_values){.code = i};
    for (size_t i = 0; !e->job->folder && i < all; i++)
        if (!qcode_codebook_find(e->job->codebook, qcode_coders_code(e->coders, i)))
            qc_note(e->notes, QCODE_NOTE_WARNING, NULL, 0, 0, "the reference has a code that the codebook has not: \"%s\"",
                    qcode_coders_code(e->coders, i));
    if (silent)
        qc_note(e->notes, QCODE_NOTE_INFO, NULL, 0, 0,
                "%zu code%s of the codebook that no coder gave: left out of the figures", silent, silent == 1 ? "" : "s");
    for (size_t i = 0; i < e->code_count; i++)
        if (e->codes[i].code == SIZE_MAX ? !qc_no_memory(e->err) : !make_values(e, &e->codes[i]))
            return false;
    return e->code_count || qc_fail(e->err, QCODE_INVALID, NULL, 0, 0, "the coders gave none of the codebook's codes");
}

/* -- figures ------------------------------------------------------------------------------------------------------- */

static const char *code_name(const qc_evaluation *e, const qc_code_values *code)
{
    return qcode_coders_code(e->coders, code->code);
}

void qc_evaluation_add_figure(qcode_table *table, qcode_figure figure)
{
    if (figure.defined)
        qc_table_add_number(table, figure.value);
    else
        qc_table_add_missing(table);
}

static void add_marks(qcode_table *table, const char *code, const char *against, const char *speech, const qc_marks *marks)
{
    qc_table_add_text(table, code);
    qc_table_add_text(table, against);
    qc_table_add_text(table, speech);
    const size_t counts[] = {marks->interviews, marks->units, marks->reference, marks->rules, marks->both};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        qc_table_add_count(table, counts[i]);
    const qcode_figure figures[] = {marks->precision, marks->recall, marks->f1, marks->kappa, marks->low, marks->high};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        qc_evaluation_add_figure(table, figures[i]);
    qc_table_add_text(table, *marks->judgement ? marks->judgement : NULL);
}

/* Sums of figures, for means over codes. */
typedef struct means {
    double sums[4];
    size_t counts[4];
} means;

static void add_to_means(means *of, const qc_marks *marks)
{
    const qcode_figure figures[] = {marks->precision, marks->recall, marks->f1, marks->kappa};
    for (size_t i = 0; i < 4; i++) {
        of->sums[i] += figures[i].defined ? figures[i].value : 0;
        of->counts[i] += figures[i].defined;
    }
}

static void add_means(qcode_table *table, const char *against, const char *speech, const means *of)
{
    qc_table_add_text(table, "mean");
    qc_table_add_text(table, against);
    qc_table_add_text(table, speech);
    for (size_t i = 0; i < 5; i++)
        qc_table_add_missing(table);
    for (size_t i = 0; i < 4; i++)
        if (of->counts[i])
            qc_table_add_number(table, of->sums[i] / (double)of->counts[i]);
        else
            qc_table_add_missing(table);
    for (size_t i = 0; i < 3; i++)
        qc_table_add_missing(table);
}

enum { ALL, ASKED, UNASKED, OWN, OTHERS, VIEWS };
static const char *const view_names[VIEWS] = {"all", "asked", "unasked", "own words", "other words"};

static void tell_guided(const qc_evaluation *e, const qc_code_values *code, const qc_marks *views)
{
    const qcode_figure asked = views[ASKED].kappa, unasked = views[UNASKED].kappa;
    if (code->asked && asked.defined && unasked.defined && !*views[ASKED].judgement && !*views[UNASKED].judgement &&
        asked.value >= 0.4 && unasked.value < 0.4)
        qc_note(e->notes, QCODE_NOTE_WARNING, NULL, 0, 0,
                "%s does well only in answers to a question on it (kappa %.2f, elsewhere %.2f): it follows the guide",
                code_name(e, code), asked.value, unasked.value);
}

/* Whether some of the code's segments rest on other words than the respondent's own. */
static bool has_others(const qc_evaluation *e, const qc_code_values *code)
{
    for (size_t i = 0; i < qc_units_count(&e->units); i++)
        if (code->others[i] > 0)
            return true;
    return false;
}

static bool add_views(qc_evaluation *e, const qc_code_values *code, means *sums)
{
    qc_marks views[VIEWS];
    for (size_t view = 0; view < VIEWS; view++) {
        const int32_t *rules = view == OWN ? code->own : view == OTHERS ? code->others : code->rules;
        const unsigned char *mask = view == ASKED ? code->asked : view == UNASKED ? code->unasked : NULL;
        if ((view == ASKED || view == UNASKED) ? !mask : view != ALL && !has_others(e, code))
            continue;
        if (!qc_marks_make(&e->units, code->reference, rules, mask, e->job->seed, e->memory, &views[view], e->err))
            return false;
        add_to_means(&sums[view], &views[view]);
        add_marks(e->result->codes, code_name(e, code), "reference", view_names[view], &views[view]);
    }
    tell_guided(e, code, views);
    return true;
}

/* Against one coder alone. */
static bool add_against(qc_evaluation *e, size_t coder)
{
    const char *name = qcode_coders_name(e->coders, coder);
    int32_t *values = qc_evaluation_values(e);
    means sums = {{0}, {0}};
    if (!values)
        return qc_no_memory(e->err);
    for (size_t i = 0; i < e->code_count; i++) {
        qc_marks marks;
        if (!qc_evaluation_rate(e, e->coders, coder, &e->codes[i], NULL, NULL, values) ||
            !qc_marks_make(&e->units, values, e->codes[i].rules, NULL, e->job->seed, e->memory, &marks, e->err))
            return false;
        add_marks(e->result->codes, code_name(e, &e->codes[i]), name, view_names[ALL], &marks);
        add_to_means(&sums, &marks);
    }
    add_means(e->result->codes, name, view_names[ALL], &sums);
    return true;
}

static const qcode_column code_columns[] = {
    {"code", QCODE_TYPE_TEXT},       {"against", QCODE_TYPE_TEXT},    {"speech", QCODE_TYPE_TEXT},
    {"interviews", QCODE_TYPE_INTEGER}, {"units", QCODE_TYPE_INTEGER}, {"reference", QCODE_TYPE_INTEGER},
    {"rules", QCODE_TYPE_INTEGER},   {"both", QCODE_TYPE_INTEGER},    {"precision", QCODE_TYPE_NUMBER},
    {"recall", QCODE_TYPE_NUMBER},   {"f1", QCODE_TYPE_NUMBER},       {"kappa", QCODE_TYPE_NUMBER},
    {"low", QCODE_TYPE_NUMBER},      {"high", QCODE_TYPE_NUMBER},     {"judgement", QCODE_TYPE_TEXT}};
qcode_table *qc_evaluation_table(qc_evaluation *e, const qcode_column *columns, size_t count)
{
    qcode_table *table = qc_table_new(e->memory);
    for (size_t i = 0; table && i < count; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    if (!table)
        qc_no_memory(e->err);
    return table;
}
#define NEW_TABLE(e, columns) qc_evaluation_table(e, columns, sizeof columns / sizeof *columns)

static void tell_what_it_rests_on(const qc_evaluation *e)
{
    size_t apart = 0;
    for (size_t i = 0; i < e->code_count; i++)
        for (size_t k = 0; k < qc_units_count(&e->units); k++)
            apart += e->codes[i].reference[k] < 0;
    if (e->coder_count > 1)
        qc_note(e->notes, QCODE_NOTE_INFO, NULL, 0, 0,
                "the reference is what its %zu coders agree on: left out %zu unit%s of a code on which they differ",
                e->coder_count, apart, apart == 1 ? "" : "s");
    if (e->result->documents < QC_ENOUGH_CLUSTERS)
        qc_note(e->notes, QCODE_NOTE_INFO, NULL, 0, 0, "intervals of kappa: not estimable with %zu interview%s (10 are needed)",
                e->result->documents, e->result->documents == 1 ? "" : "s");
}

static bool make_codes(qc_evaluation *e)
{
    means sums[VIEWS] = {{{0}, {0}}};
    if (!(e->result->codes = NEW_TABLE(e, code_columns)))
        return false;
    for (size_t i = 0; i < e->code_count; i++)
        if (!add_views(e, &e->codes[i], sums))
            return false;
    for (size_t view = 0; view < VIEWS; view++)
        if (sums[view].counts[0] + sums[view].counts[3])
            add_means(e->result->codes, "reference", view_names[view], &sums[view]);
    for (size_t i = 0; e->coder_count > 1 && i < e->coder_count; i++)
        if (!add_against(e, i))
            return false;
    tell_what_it_rests_on(e);
    return qc_table_complete(e->result->codes) || qc_no_memory(e->err);
}

bool qcode_evaluate(const qcode_evaluate_job *job, const qcode_memory *memory, qcode_evaluation *result,
                    qcode_notes *notes, qcode_error *err)
{
    *result = (qcode_evaluation){.codes = NULL};
    qc_evaluation e = {.job = job, .memory = memory, .notes = notes, .err = err, .result = result,
                       .arena = qc_arena_init(memory), .units = {.memory = memory}};
    bool done = open_documents(&e) && make_units(&e) && list_codes(&e) && make_codes(&e) &&
                (!job->rules || qc_evaluate_rules(&e)) && (!job->most || qc_list_disagreements(&e));
    if (done && notes && !qcode_notes_complete(notes))
        done = qc_no_memory(err);
    qc_units_clear(&e.units);
    qcode_coders_free(e.coders);
    qcode_talks_free(e.restored);
    if (!job->folder)
        qc_coded_set_clear(&e.set);
    qc_arena_clear(&e.arena);
    if (!done)
        qcode_evaluation_clear(result);
    return done;
}

void qcode_evaluation_clear(qcode_evaluation *result)
{
    qcode_table_free(result->codes);
    qcode_table_free(result->rules);
    qcode_table_free(result->disagreements);
    *result = (qcode_evaluation){.codes = NULL};
}
