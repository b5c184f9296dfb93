/* One number after another, up or down by steps that grow where they help and shrink where they do not. */
#include "work/tune_search.h"
#include "agree/random.h"
#include "base/error.h"

/* A number is changed for no less than this. */
static const double least_gain = 0.0005;

/* --- weighing --- */

/* A sentence was decided: what it covers of its units counts for its codes. */
static bool decided(void *user, size_t turn, qcode_span span, const qc_said *said, const qc_score *scores,
                    const qcode_hit *hits, size_t hit_count)
{
    qc_tune_search *search = user;
    const qc_tune_set *set = search->set;
    const size_t *ends = (const void *)set->ends.data;
    const qc_tune_overlap *overlaps = (const void *)set->overlaps.data;
    size_t codes = set->book->count, at = search->sentence++;
    (void)turn, (void)span, (void)said, (void)hits, (void)hit_count;
    for (size_t k = at ? ends[at - 1] : 0; k < ends[at]; k++) {
        size_t *row = search->covered + (overlaps[k].unit - set->first_unit[search->document]) * codes;
        for (size_t c = 0; c < codes; c++)
            row[c] += scores[c].verdict == QC_VERDICT_CODED ? overlaps[k].letters : 0;
    }
    return true;
}

/* Records whose words have the rules of this search's own reading. */
static bool take_records(qc_tune_search *search, const qcode_memory *memory)
{
    const qcode_codebook *book = search->tuned.book;
    const qcode_rule **rules = qc_arena_take_array(&search->tuned.arena, book->rule_count + 1, sizeof *rules);
    bool done = rules != NULL;
    for (size_t i = 0; done && i < book->count + QC_CUES; i++) {
        const qcode_code *code = i < book->count ? &book->codes[i] : book->cues + (i - book->count);
        for (size_t k = 0; k < code->rule_count; k++)
            rules[code->rules[k].index] = &code->rules[k];
    }
    for (size_t d = 0; done && d < search->set->documents; d++) {
        qc_record record = qc_record_init(memory);
        done = qc_record_copy(&record, qc_tune_record(search->set, d)) &&
               qc_buffer_append(&search->records, &record, sizeof record);
        if (done)
            qc_record_move(&record, rules);
        else
            qc_record_clear(&record);
    }
    return done;
}

bool qc_tune_search_open(qc_tune_search *search, const qc_tune_set *set, const qcode_tune_job *job,
                         const qcode_memory *memory, qcode_error *err)
{
    size_t most = 0, cells;
    *search = (qc_tune_search){.set = set, .records = qc_buffer_init(memory), .evidence = {.memory = memory}};
    search->witness = (qc_witness){.user = search, .decided = decided};
    if (!qc_tune_book_open(&search->tuned, set->book, set->positives, memory, err) ||
        !qc_tune_book_only(&search->tuned, job->only, job->only_count, err))
        return false;
    for (size_t d = 0; d < set->documents; d++) {
        size_t units = set->first_unit[d + 1] - set->first_unit[d];
        most = units > most ? units : most;
    }
    search->sum = qc_arena_take_array(&search->tuned.arena, set->book->count, sizeof *search->sum);
    if (!search->sum || !qc_evidence_init(&search->evidence, search->tuned.book, memory) ||
        !qc_multiply(most + 1, set->book->count, &cells) ||
        !qc_grow(memory, &search->covered, &search->covered_room, cells, sizeof *search->covered) ||
        !take_records(search, memory))
        return qc_no_memory(err);
    search->evidence.witness = &search->witness;
    return true;
}

void qc_tune_search_clear(qc_tune_search *search)
{
    const qcode_memory *memory = search->records.memory;
    qc_record *records = (void *)search->records.data;
    for (size_t i = 0; i < search->records.length / sizeof *records; i++)
        qc_record_clear(&records[i]);
    qc_buffer_clear(&search->records);
    qc_evidence_clear(&search->evidence);
    qc_release(memory, search->covered);
    qc_tune_book_clear(&search->tuned);
}

/* --- the figure --- */

bool qc_tune_score(qc_tune_search *search, size_t document, qcode_pairs *pairs)
{
    const qc_tune_set *set = search->set;
    const qc_record *records = (const void *)search->records.data;
    size_t codes = set->book->count, first = set->first_unit[document], last = set->first_unit[document + 1];
    memset(search->covered, 0, (last - first) * codes * sizeof *search->covered);
    search->document = document;
    search->sentence = set->first_sentence[document];
    if (!qc_record_weigh(&records[document], &search->evidence))
        return false;
    for (size_t u = first; u < last; u++) {
        size_t letters = qc_units_at(&set->units, u)->letters;
        for (size_t c = 0; c < codes; c++) {
            size_t covered = search->covered[(u - first) * codes + c];
            bool coded = covered && 2 * covered >= letters;
            signed char given = set->reference[u * codes + c];
            if (given >= 0)
                ++*(given ? coded ? &pairs[c].both : &pairs[c].only_a : coded ? &pairs[c].only_b : &pairs[c].neither);
        }
    }
    return true;
}

double qc_tune_kappa(const qcode_pairs *p)
{
    double n = (double)(p->both + p->only_a + p->only_b + p->neither);
    double a = (double)(p->both + p->only_a), b = (double)(p->both + p->only_b);
    double chance = (a * b + (n - a) * (n - b)) / (n * n);
    return a <= 0 ? QCODE_NO_KAPPA : chance < 1 ? ((double)(p->both + p->neither) / n - chance) / (1 - chance) : 1;
}

double qc_tune_macro(const qcode_pairs *pairs, size_t codes)
{
    double sum = 0;
    size_t count = 0;
    for (size_t c = 0; c < codes; c++)
        if (pairs[c].both + pairs[c].only_a) {
            sum += qc_tune_kappa(&pairs[c]);
            count++;
        }
    return count ? sum / (double)count : QCODE_NO_KAPPA;
}

static bool figure(qc_tune_search *search, size_t left_out, double *result)
{
    const qc_tune_set *set = search->set;
    memset(search->sum, 0, set->book->count * sizeof *search->sum);
    for (size_t d = 0; d < set->documents; d++)
        if (d != left_out && !qc_tune_score(search, d, search->sum))
            return false;
    *result = qc_tune_macro(search->sum, set->book->count);
    return true;
}

/* --- the search --- */

typedef struct move {
    size_t number;
    int64_t size; /* with the sign of the next step */
    bool failed;  /* the last step did not help */
} move;

static bool is_done(const qc_tune_search *search, const move *m)
{
    int64_t size = m->size < 0 ? -m->size : m->size;
    return 2 * size < search->tuned.at[m->number].grain;
}

static void shuffle(move *moves, size_t count, qc_random *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)qc_random_below(random, i);
        move kept = moves[i - 1];
        moves[i - 1] = moves[k];
        moves[k] = kept;
    }
}

static void begin_moves(qc_tune_search *search, move *moves, qc_random *random)
{
    for (size_t i = 0; i < search->tuned.count; i++) {
        qc_tunable *number = &search->tuned.at[i];
        int64_t size = number->was / 2, least = QC_ONE / 5;
        *number->value = number->was;
        least = least > number->grain ? least : number->grain;
        size = size > least ? size : least;
        moves[i] = (move){i, qc_random_below(random, 2) ? size : -size, false};
    }
}

/* Where a step leads, on the grain and within the limits. */
static int64_t step_to(const qc_tunable *number, int64_t size)
{
    int64_t to = (*number->value + size + number->grain / 2) / number->grain * number->grain;
    return to < number->least ? number->least : to > number->most ? number->most : to;
}

static bool try_move(qc_tune_search *search, size_t left_out, move *m, double *best)
{
    qc_tunable *number = &search->tuned.at[m->number];
    int64_t before = *number->value, to = step_to(number, m->size);
    double found = *best;
    *number->value = to;
    if (to != before && !figure(search, left_out, &found))
        return false;
    if (found >= *best + least_gain) {
        *best = found;
        m->size += m->size / 2;
        m->failed = false;
        return true;
    }
    *number->value = before;
    m->size = m->failed ? -m->size / 2 : -m->size;
    m->failed = !m->failed;
    return true;
}

bool qc_tune_search_run(qc_tune_search *search, size_t left_out, size_t steps, uint64_t seed, qcode_error *err)
{
    size_t count = search->tuned.count, at = 0, idle = 0;
    qc_random random = qc_random_init(seed, left_out == QC_NOBODY ? 0 : left_out + 1);
    qc_arena arena = qc_arena_init(search->records.memory);
    move *moves = qc_arena_take_array(&arena, count, sizeof *moves);
    double best = 0;
    bool done = moves != NULL;
    if (done) {
        begin_moves(search, moves, &random);
        done = figure(search, left_out, &best);
    }
    for (size_t step = 0; done && count && step < steps && idle < count;) {
        if (at == 0)
            shuffle(moves, count, &random);
        bool idles = is_done(search, &moves[at]);
        idle = idles ? idle + 1 : 0;
        if (!idles) {
            done = try_move(search, left_out, &moves[at], &best);
            step++;
        }
        at = (at + 1) % count;
    }
    qc_arena_clear(&arena);
    return done || qc_no_memory(err);
}
