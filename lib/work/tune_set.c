/* Reads hand-coded interviews, writes down what is weighed in them, and lays the sentences over the units. */
#include "work/tune_set.h"
#include "base/error.h"
#include "base/utf8.h"
#include "match/matcher.h"
#include "text/words.h"
#include "work/documents.h"

/* What was made of a file, until it is taken. */
typedef struct kept {
    qc_file *file;
    qc_buffer records; /* of qc_record */
} kept;

typedef struct set_run {
    qc_tune_set *set;
    qcode_error *err;
    qc_documents documents;
    kept *slots;
    qcode_matcher **matchers; /* for each worker */
} set_run;

/* --- matching --- */

static void clear_records(qc_buffer *list)
{
    qc_record *records = (void *)list->data;
    for (size_t i = 0; i < list->length / sizeof *records; i++)
        qc_record_clear(&records[i]);
    qc_buffer_clear(list);
}

static bool record_file(void *user, size_t worker, size_t slot, qc_file *file)
{
    set_run *run = user;
    qcode_matcher *matcher = run->matchers[worker];
    bool done = true;
    run->slots[slot].file = file;
    for (const qcode_transcript *talk = file->talk; done && talk; talk = qcode_transcript_next(talk)) {
        qc_record record = qc_record_init(run->set->memory);
        matcher->evidence.record = &record;
        qcode_codings *codings = qcode_match(matcher, talk, &file->err);
        matcher->evidence.record = NULL;
        done = codings != NULL;
        qcode_codings_free(codings);
        if (!qc_buffer_append(&run->slots[slot].records, &record, sizeof record)) {
            qc_record_clear(&record);
            done = qc_no_memory(&file->err);
        }
    }
    return done;
}

static bool keep_file(void *user, size_t slot, const qc_file *file)
{
    set_run *run = user;
    kept *from = &run->slots[slot];
    (void)file;
    if (!qc_buffer_append(&run->set->records, from->records.data, from->records.length))
        return qc_no_memory(run->err);
    from->records.length = 0;
    qcode_transcript *talk = from->file->talk;
    from->file->talk = NULL;
    return qc_talks_add(run->set->talks, talk) || qc_no_memory(run->err);
}

static void empty_slot(void *user, size_t slot)
{
    set_run *run = user;
    clear_records(&run->slots[slot].records);
}

static bool open_run(set_run *run)
{
    qc_tune_set *set = run->set;
    qc_documents *documents = &run->documents;
    if (!qc_documents_open(documents))
        return false;
    run->slots = qc_arena_take_array(&documents->arena, documents->slot_count, sizeof *run->slots);
    run->matchers = qc_arena_take_array(&documents->arena, documents->worker_count, sizeof(qcode_matcher *));
    if (!run->slots || !run->matchers)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < documents->slot_count; i++)
        run->slots[i].records = qc_buffer_init(set->memory);
    for (size_t i = 0; i < documents->worker_count; i++)
        if (!(run->matchers[i] = qcode_matcher_new(set->rules, set->memory, run->err)))
            return false;
    return qc_documents_begin(documents);
}

static bool match_all(qc_tune_set *set, const qcode_tune_job *job, qcode_notes *notes, qcode_error *err)
{
    set_run run = {.set = set, .err = err};
    run.documents = (qc_documents){.inputs = &job->inputs, .memory = set->memory, .notes = notes, .err = err,
                                   .user = &run, .make = record_file, .take = keep_file, .empty = empty_slot};
    bool done = (set->rules = qcode_rules_new(job->codebook, NULL, set->memory, notes, err)) &&
                (set->talks = qc_talks_new(set->memory, err)) && open_run(&run) && qc_documents_run(&run.documents);
    set->refused = run.documents.refused;
    for (size_t i = 0; run.matchers && i < run.documents.worker_count; i++)
        qcode_matcher_free(run.matchers[i]);
    qc_documents_clear(&run.documents);
    return done;
}

const qc_record *qc_tune_record(const qc_tune_set *set, size_t document)
{
    return (const qc_record *)(const void *)set->records.data + document;
}

/* --- what people gave --- */

static bool read_codings(qc_tune_set *set, const qcode_tune_job *job, qcode_notes *notes, qcode_error *err)
{
    const qcode_transcript *const *talks = qcode_talks_all(set->talks, &set->documents);
    size_t listed;
    bool done = (set->coders = qcode_coders_new(talks, set->documents, set->memory, err)) != NULL;
    for (size_t i = 0; done && i < job->against_count; i++)
        done = qcode_coders_read(set->coders, job->against[i], NULL, notes, err);
    if (!done)
        return false;
    qcode_coders_listed(set->coders, &listed);
    set->listed = listed > 0;
    return qc_units_init(&set->units, set->coders, listed ? QC_BY_LISTED : QC_BY_SENTENCE, false, set->memory) ||
           qc_no_memory(err);
}

enum { UNSEEN = -2, LEFT_OUT = -1 };

/* Joins what one coder gave to what those before gave. */
static void join_ratings(qc_tune_set *set, size_t code, const int32_t *values)
{
    size_t codes = set->book->count;
    for (size_t u = 0; u < qc_units_count(&set->units); u++) {
        signed char *cell = &set->reference[u * codes + code];
        if (values[u] >= 0)
            *cell = *cell == UNSEEN || *cell == values[u] ? (signed char)values[u] : LEFT_OUT;
    }
}

static bool rate_code(qc_tune_set *set, size_t code, int32_t *values)
{
    size_t number = qcode_coders_find_code(set->coders, set->book->codes[code].id);
    bool done = true;
    for (size_t k = 0; done && number != SIZE_MAX && k < qcode_coders_count(set->coders); k++) {
        done = qc_units_rate(&set->units, set->coders, k, number, QC_TOUCH_HALF, NULL, NULL, values);
        if (done)
            join_ratings(set, code, values);
    }
    return done;
}

static void count_positives(qc_tune_set *set)
{
    size_t codes = set->book->count;
    for (size_t d = 0; d < set->documents; d++)
        for (size_t c = 0; c < codes; c++) {
            size_t before = set->positives[c];
            for (size_t u = set->first_unit[d]; u < set->first_unit[d + 1]; u++)
                set->positives[c] += set->reference[u * codes + c] == 1;
            set->interviews[c] += set->positives[c] > before;
        }
    for (size_t d = 0; d < set->documents; d++)
        for (size_t u = set->first_unit[d]; u < set->first_unit[d + 1]; u++) {
            const signed char *row = set->reference + u * codes;
            bool any = false;
            for (size_t c = 0; c < codes; c++)
                any = any || row[c] == 1;
            set->coded[d] += any;
        }
}

static bool rate_units(qc_tune_set *set, qcode_error *err)
{
    size_t codes = set->book->count, units = qc_units_count(&set->units), cells;
    qc_arena *arena = &set->arena;
    int32_t *values = qc_arena_take_array(arena, units + 1, sizeof *values);
    size_t *first = qc_arena_take_array(arena, set->documents + 1, sizeof *first);
    set->first_unit = first;
    set->reference = qc_multiply(units, codes, &cells) ? qc_arena_take(arena, cells + 1) : NULL;
    set->positives = qc_arena_take_array(arena, codes, sizeof *set->positives);
    set->interviews = qc_arena_take_array(arena, codes, sizeof *set->interviews);
    set->coded = qc_arena_take_array(arena, set->documents + 1, sizeof *set->coded);
    if (!values || !first || !set->reference || !set->positives || !set->interviews || !set->coded)
        return qc_no_memory(err);
    for (size_t d = 0, u = 0; d < set->documents; d++) {
        while (u < units && qc_units_at(&set->units, u)->document == d)
            u++;
        first[d + 1] = u;
    }
    memset(set->reference, UNSEEN, cells);
    for (size_t c = 0; c < codes; c++)
        if (!rate_code(set, c, values))
            return qc_no_memory(err);
    count_positives(set);
    return true;
}

/* --- sentences over units --- */

static size_t letters_in(const char *text, size_t start, size_t end)
{
    size_t count = 0;
    while (start < end)
        count += qc_is_word(qc_utf8_next(text, end, &start));
    return count;
}

/* Adds what the sentence covers of a piece; of a unit in which it lies, all. */
static bool add_overlap(qc_tune_set *set, const char *text, qcode_span sentence, const qc_judged_piece *piece)
{
    size_t start = piece->span.start > sentence.start ? piece->span.start : sentence.start;
    size_t end = piece->span.end < sentence.end ? piece->span.end : sentence.end;
    qc_tune_overlap overlap = {piece->unit, letters_in(text, start, end)};
    if (overlap.letters && overlap.letters * 10 >= letters_in(text, sentence.start, sentence.end) * 9)
        overlap.letters = qc_units_at(&set->units, piece->unit)->letters;
    return !overlap.letters || qc_buffer_append(&set->overlaps, &overlap, sizeof overlap);
}

static bool lay_document(qc_tune_set *set, size_t document, size_t *first)
{
    const qc_judged_piece *pieces = (const void *)set->units.pieces.data;
    size_t count, length, piece_count = set->units.pieces.length / sizeof *pieces;
    const qc_uttered *sentences = qc_record_sentences(qc_tune_record(set, document), &count);
    const char *text = qcode_transcript_text(qcode_coders_document(set->coders, document), &length);
    bool done = true;
    while (*first < piece_count && pieces[*first].document < document)
        ++*first;
    for (size_t i = 0; done && i < count; i++) {
        qcode_span span = sentences[i].span;
        while (*first < piece_count && pieces[*first].document == document && pieces[*first].span.end <= span.start)
            ++*first;
        for (size_t k = *first; done && k < piece_count && pieces[k].document == document &&
                                pieces[k].span.start < span.end; k++)
            done = add_overlap(set, text, span, &pieces[k]);
        size_t end = set->overlaps.length / sizeof(qc_tune_overlap);
        done = done && qc_buffer_append(&set->ends, &end, sizeof end);
    }
    return done;
}

static bool lay_sentences(qc_tune_set *set, qcode_error *err)
{
    size_t first = 0;
    set->first_sentence = qc_arena_take_array(&set->arena, set->documents + 1, sizeof *set->first_sentence);
    if (!set->first_sentence)
        return qc_no_memory(err);
    for (size_t d = 0; d < set->documents; d++) {
        set->first_sentence[d] = set->ends.length / sizeof(size_t);
        if (!lay_document(set, d, &first))
            return qc_no_memory(err);
    }
    return true;
}

bool qc_tune_set_make(qc_tune_set *set, const qcode_tune_job *job, const qcode_memory *memory, qcode_notes *notes,
                      qcode_error *err)
{
    *set = (qc_tune_set){.memory = memory,
                         .book = job->codebook,
                         .arena = qc_arena_init(memory),
                         .records = qc_buffer_init(memory),
                         .overlaps = qc_buffer_init(memory),
                         .ends = qc_buffer_init(memory),
                         .units = {.memory = memory, .units = qc_buffer_init(memory), .pieces = qc_buffer_init(memory)}};
    return match_all(set, job, notes, err) && read_codings(set, job, notes, err) && rate_units(set, err) &&
           lay_sentences(set, err);
}

void qc_tune_set_clear(qc_tune_set *set)
{
    clear_records(&set->records);
    qc_buffer_clear(&set->overlaps);
    qc_buffer_clear(&set->ends);
    qc_units_clear(&set->units);
    qcode_coders_free(set->coders);
    qcode_talks_free(set->talks);
    qcode_rules_free(set->rules);
    qc_arena_clear(&set->arena);
}
