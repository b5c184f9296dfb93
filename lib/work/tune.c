/* Tuning a codebook: on all interviews, and without each in turn. */
#include "base/error.h"
#include "model/table.h"
#include "work/crew.h"
#include "work/tune_search.h"

/* How one interview comes out, code by code: before, after, and when it was left out. */
enum { BEFORE, AFTER, LEFT_OUT, WAYS };

typedef struct tune_run {
    const qcode_tune_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_tune_set set;
    qc_arena arena;
    qc_tune_search main, *searches; /* one for each worker */
    bool *opened, *failed;          /* for each worker; for each piece */
    size_t workers;
    int64_t *fitted;          /* what was found on all interviews */
    qcode_pairs *pairs[WAYS]; /* for each interview and code */
    qcode_tuned *result;
} tune_run;

static qcode_pairs *pairs_of(const tune_run *run, size_t way, size_t document)
{
    return run->pairs[way] + document * run->set.book->count;
}

/* --- the work --- */

/* Piece 0 tunes on all interviews, each other leaves out one. Runs in any thread. */
static bool tune_piece(tune_run *run, size_t worker, size_t piece)
{
    qc_tune_search *search = &run->searches[worker];
    size_t left_out = piece ? piece - 1 : QC_NOBODY, steps = run->job->steps ? run->job->steps : QCODE_TUNE_STEPS;
    qcode_error err;
    if (!run->opened[worker]) {
        run->opened[worker] = true;
        if (!qc_tune_search_open(search, &run->set, run->job, run->memory, &err))
            return false;
    }
    if (!search->evidence.witness || !qc_tune_search_run(search, left_out, steps, run->job->seed, &err))
        return false;
    if (piece)
        return qc_tune_score(search, left_out, pairs_of(run, LEFT_OUT, left_out));
    for (size_t i = 0; i < search->tuned.count; i++)
        run->fitted[i] = *search->tuned.at[i].value;
    return true;
}

static void do_piece(void *user, size_t worker, size_t slot, size_t piece)
{
    tune_run *run = user;
    (void)slot;
    run->failed[piece] = !tune_piece(run, worker, piece);
}

static bool take_piece(void *user, size_t slot, size_t piece)
{
    const tune_run *run = user;
    (void)slot;
    return !run->failed[piece];
}

static bool run_pieces(tune_run *run)
{
    size_t pieces = 1 + (run->job->cross ? run->set.documents : 0);
    run->workers = run->job->inputs.threads ? run->job->inputs.threads : qc_crew_processors();
    run->workers = run->workers > pieces ? pieces : run->workers;
    run->workers = run->workers > QC_CREW_MOST ? QC_CREW_MOST : run->workers;
    run->searches = qc_arena_take_array(&run->arena, run->workers, sizeof *run->searches);
    run->opened = qc_arena_take_array(&run->arena, run->workers, sizeof *run->opened);
    run->failed = qc_arena_take_array(&run->arena, pieces, sizeof *run->failed);
    if (!run->searches || !run->opened || !run->failed)
        return qc_no_memory(run->err);
    const qc_crew crew = {.count = pieces, .workers = run->workers, .slots = 2 * run->workers, .work = do_piece,
                          .take = take_piece, .user = run};
    return qc_crew_run(&crew) || qc_no_memory(run->err);
}

static bool score_all(tune_run *run, size_t way)
{
    for (size_t d = 0; d < run->set.documents; d++)
        if (!qc_tune_score(&run->main, d, pairs_of(run, way, d)))
            return qc_no_memory(run->err);
    return true;
}

/* --- the results --- */

static size_t ways(const tune_run *run)
{
    return run->job->cross ? WAYS : LEFT_OUT;
}

static void add_pairs(qcode_pairs *sum, const qcode_pairs *more)
{
    sum->both += more->both;
    sum->only_a += more->only_a;
    sum->only_b += more->only_b;
    sum->neither += more->neither;
}

static void add_columns(qcode_table *table, const qcode_column *columns, size_t count, bool crossed)
{
    for (size_t i = 0; i < count; i++)
        qc_table_add_column(table, columns[i].name, columns[i].type);
    if (crossed)
        qc_table_add_column(table, "left_out", QCODE_TYPE_NUMBER);
}

static void add_kappa(qcode_table *table, double kappa)
{
    if (kappa > QCODE_NO_KAPPA)
        qc_table_add_number(table, kappa);
    else
        qc_table_add_missing(table);
}

static void tell_interviews(tune_run *run, double *means)
{
    static const qcode_column columns[] = {{"document", QCODE_TYPE_TEXT}, {"units", QCODE_TYPE_INTEGER},
                                           {"coded", QCODE_TYPE_INTEGER}, {"before", QCODE_TYPE_NUMBER},
                                           {"after", QCODE_TYPE_NUMBER}};
    const qc_tune_set *set = &run->set;
    qcode_table *table = run->result->interviews;
    size_t counted = 0;
    add_columns(table, columns, sizeof columns / sizeof *columns, run->job->cross);
    for (size_t d = 0; d < set->documents; d++) {
        bool counts = qc_tune_macro(pairs_of(run, BEFORE, d), set->book->count) > QCODE_NO_KAPPA;
        qc_table_add_text(table, qcode_transcript_name(qcode_coders_document(set->coders, d)));
        qc_table_add_count(table, set->first_unit[d + 1] - set->first_unit[d]);
        qc_table_add_count(table, set->coded[d]);
        for (size_t way = 0; way < ways(run); way++) {
            double macro = qc_tune_macro(pairs_of(run, way, d), set->book->count);
            add_kappa(table, macro);
            means[way] += counts ? macro : 0;
        }
        counted += counts;
    }
    for (size_t way = 0; way < WAYS; way++)
        means[way] = counted && way < ways(run) ? means[way] / (double)counted : QCODE_NO_KAPPA;
}

/* The codes, and the figures of all interviews together. */
static bool tell_codes(tune_run *run, double *macros)
{
    static const qcode_column columns[] = {{"code", QCODE_TYPE_TEXT}, {"interviews", QCODE_TYPE_INTEGER},
                                           {"positives", QCODE_TYPE_INTEGER}, {"before", QCODE_TYPE_NUMBER},
                                           {"after", QCODE_TYPE_NUMBER}};
    const qc_tune_set *set = &run->set;
    size_t codes = set->book->count;
    qcode_table *table = run->result->codes;
    qcode_pairs *sums = qc_arena_take_array(&run->arena, WAYS * codes, sizeof *sums);
    if (!sums)
        return false;
    for (size_t way = 0; way < ways(run); way++) {
        for (size_t i = 0; i < set->documents * codes; i++)
            add_pairs(&sums[way * codes + i % codes], &run->pairs[way][i]);
        macros[way] = qc_tune_macro(sums + way * codes, codes);
    }
    add_columns(table, columns, sizeof columns / sizeof *columns, run->job->cross);
    for (size_t c = 0; c < codes; c++) {
        qc_table_add_text(table, set->book->codes[c].id);
        qc_table_add_count(table, set->interviews[c]);
        qc_table_add_count(table, set->positives[c]);
        for (size_t way = 0; way < ways(run); way++)
            add_kappa(table, qc_tune_kappa(&sums[way * codes + c]));
        run->result->positives += set->positives[c];
    }
    return true;
}

static void tell_numbers(tune_run *run)
{
    qcode_table *table = run->result->numbers;
    qc_table_add_column(table, "number", QCODE_TYPE_TEXT);
    qc_table_add_column(table, "before", QCODE_TYPE_NUMBER);
    qc_table_add_column(table, "after", QCODE_TYPE_NUMBER);
    for (size_t i = 0; i < run->main.tuned.count; i++) {
        const qc_tunable *number = &run->main.tuned.at[i];
        if (*number->value == number->was)
            continue;
        qc_table_add_text(table, number->name);
        qc_table_add_number(table, (double)number->was / (double)QC_ONE);
        qc_table_add_number(table, (double)*number->value / (double)QC_ONE);
    }
}

static bool tell(tune_run *run)
{
    qcode_tuned *result = run->result;
    double macros[WAYS] = {QCODE_NO_KAPPA, QCODE_NO_KAPPA, QCODE_NO_KAPPA}, means[WAYS] = {0, 0, 0};
    qc_buffer book = qc_buffer_init(run->memory);
    qcode_table **const tables[] = {&result->interviews, &result->codes, &result->numbers};
    bool done = true;
    for (size_t i = 0; done && i < sizeof tables / sizeof *tables; i++)
        done = (*tables[i] = qc_table_new(run->memory)) != NULL;
    done = done && tell_codes(run, macros);
    if (done) {
        tell_interviews(run, means);
        tell_numbers(run);
    }
    for (size_t i = 0; done && i < sizeof tables / sizeof *tables; i++)
        done = qc_table_complete(*tables[i]);
    if (!done || !qc_tune_book_write(&run->main.tuned, run->memory, &book) || !qc_buffer_text(&book)) {
        qc_buffer_clear(&book);
        return qc_no_memory(run->err);
    }
    result->book = book.data; /* ended by qcode_tuned_clear */
    result->length = book.length;
    result->before = macros[BEFORE];
    result->after = macros[AFTER];
    result->left_out = macros[LEFT_OUT];
    result->mean_before = means[BEFORE];
    result->mean_after = means[AFTER];
    result->mean_left_out = means[LEFT_OUT];
    return true;
}

/* --- the job --- */

static bool can_tune(const tune_run *run)
{
    const qc_tune_set *set = &run->set;
    size_t positives = 0;
    for (size_t c = 0; c < set->book->count; c++)
        positives += set->positives[c];
    if (!positives)
        return qc_fail(run->err, QCODE_INVALID, run->job->against_count ? run->job->against[0] : NULL, 0, 0,
                       "nothing to fit to: no unit of these transcripts has a code of the codebook");
    if (run->job->cross && set->documents < QCODE_LEAST_CROSSED)
        return qc_fail(run->err, QCODE_USAGE, NULL, 0, 0,
                       "leaving one interview out asks for at least %d, and there %s %zu", QCODE_LEAST_CROSSED,
                       set->documents == 1 ? "is" : "are", set->documents);
    return true;
}

static bool make_room(tune_run *run)
{
    size_t cells;
    bool done = qc_multiply(run->set.documents, run->set.book->count, &cells);
    for (size_t way = 0; done && way < WAYS; way++)
        done = (run->pairs[way] = qc_arena_take_array(&run->arena, cells, sizeof(qcode_pairs))) != NULL;
    run->fitted = qc_arena_take_array(&run->arena, run->main.tuned.count + 1, sizeof *run->fitted);
    return (done && run->fitted) || qc_no_memory(run->err);
}

static bool tune(tune_run *run, qcode_notes *notes)
{
    const qcode_tune_job *job = run->job;
    if (!qc_tune_set_make(&run->set, job, run->memory, notes, run->err) || !can_tune(run) ||
        !qc_tune_search_open(&run->main, &run->set, job, run->memory, run->err) || !make_room(run) ||
        !score_all(run, BEFORE) || !run_pieces(run))
        return false;
    for (size_t i = 0; i < run->main.tuned.count; i++)
        *run->main.tuned.at[i].value = run->fitted[i];
    qcode_tuned *result = run->result;
    result->documents = run->set.documents;
    result->refused = run->set.refused;
    result->units = qc_units_count(&run->set.units);
    result->fitted = run->main.tuned.count;
    result->listed = run->set.listed;
    return score_all(run, AFTER) && tell(run);
}

bool qcode_tune(const qcode_tune_job *job, const qcode_memory *memory, qcode_tuned *result, qcode_notes *notes,
                qcode_error *err)
{
    *result = (qcode_tuned){.before = 0};
    if (memory)
        result->memory = *memory;
    if (!job->codebook->weighed)
        return qc_fail(err, QCODE_USAGE, job->codebook->source, 0, 0,
                       "a codebook without \"evidence\" has no numbers to fit");
    tune_run run = {.job = job, .memory = memory, .err = err, .arena = qc_arena_init(memory), .result = result};
    run.main.records = qc_buffer_init(memory);
    run.main.evidence.memory = run.main.tuned.arena.memory = memory;
    bool done = tune(&run, notes);
    for (size_t i = 0; i < run.workers && run.opened; i++)
        if (run.opened[i])
            qc_tune_search_clear(&run.searches[i]);
    qc_tune_search_clear(&run.main);
    qc_tune_set_clear(&run.set);
    qc_arena_clear(&run.arena);
    if (!done)
        qcode_tuned_clear(result);
    return done;
}

void qcode_tuned_clear(qcode_tuned *result)
{
    const qcode_memory memory = result->memory;
    qcode_table_free(result->interviews);
    qcode_table_free(result->codes);
    qcode_table_free(result->numbers);
    qc_release(memory.resize ? &memory : NULL, result->book);
    *result = (qcode_tuned){.before = 0};
}
