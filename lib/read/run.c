/* Reading a run's folder back: run.json into counts and notes, JSON Lines into segments and documents. */
#include "read/run.h"
#include "read/measured.h"
#include "base/error.h"
#include "base/sha256.h"
#include "model/books.h"
#include "read/fields.h"

/* [12,40] */
static bool read_pair(qc_input *in, const qc_json_token *value, void *list)
{
    qcode_span span = {0, 0};
    qc_json_token token;
    if (value->kind != QC_JSON_OPEN_ARRAY)
        return qc_input_wrong(in, value, "a pair of numbers");
    if (!qc_json_next(in->json, &token, in->err) || !qc_field_number(in, &token, &span.start) ||
        !qc_json_next(in->json, &token, in->err) || !qc_field_number(in, &token, &span.end) ||
        !qc_json_next(in->json, &token, in->err))
        return false;
    if (token.kind != QC_JSON_CLOSE_ARRAY || span.start >= span.end)
        return qc_input_wrong(in, &token, "a start and a larger end");
    return qc_buffer_append(list, &span, sizeof span) || qc_no_memory(in->err);
}

bool qc_field_spans(qc_input *in, const qc_json_token *value, void *place)
{
    qc_run_spans *spans = place;
    const void *items;
    qc_buffer list = qc_buffer_init(in->arena->memory);
    bool done = qc_field_items(in, value, read_pair, &list) &&
                qc_keep_items(in, &list, sizeof(qcode_span), &items, &spans->count);
    if (done)
        spans->at = items;
    qc_buffer_clear(&list);
    return done;
}

static bool check_span(qc_input *in, const qc_json_token *value, void *item)
{
    const qcode_span *span = item;
    return span->start < span->end || qc_input_wrong(in, value, "a start and a larger end");
}

static bool read_matches(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {{"start", qc_field_number, offsetof(qcode_span, start)},
                                      {"end", qc_field_number, offsetof(qcode_span, end)},
                                      {NULL, NULL, 0}};
    static const qcode_span blank = {0, 0};
    static const qc_shape shape = {fields, sizeof(qcode_span), &blank, check_span};
    qc_run_spans *spans = place;
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &spans->count);
    if (done)
        spans->at = items;
    return done;
}

static bool check_segment(qc_input *in, const qc_json_token *value, void *item)
{
    qc_run_segment *segment = item;
    if (segment->start >= segment->end)
        return qc_input_wrong(in, value, "a segment with a start and a larger end");
    if (segment->pieces.count)
        return true;
    qcode_span *hull = qc_arena_take(in->arena, sizeof *hull);
    if (!hull)
        return qc_no_memory(in->err);
    *hull = (qcode_span){segment->start, segment->end};
    segment->pieces = (qc_run_spans){hull, 1};
    return true;
}

#define FIELD(type, name, read) {#name, read, offsetof(type, name)}
#define ENDED {NULL, NULL, 0}

static const qc_field segment_fields[] = {
    FIELD(qc_run_segment, document, qc_field_string), FIELD(qc_run_segment, code, qc_field_string),
    FIELD(qc_run_segment, start, qc_field_number),    FIELD(qc_run_segment, end, qc_field_number),
    FIELD(qc_run_segment, line, qc_field_number),     FIELD(qc_run_segment, time, qc_field_string),
    FIELD(qc_run_segment, speaker, qc_field_string),  FIELD(qc_run_segment, role, qc_field_string),
    FIELD(qc_run_segment, group, qc_field_string),    FIELD(qc_run_segment, text, qc_field_string),
    FIELD(qc_run_segment, question, qc_field_string), FIELD(qc_run_segment, basis, qc_field_string),
    FIELD(qc_run_segment, id, qc_field_string),       FIELD(qc_run_segment, coder, qc_field_string),
    FIELD(qc_run_segment, origin, qc_field_string),   FIELD(qc_run_segment, status, qc_field_string),
    FIELD(qc_run_segment, state, qc_field_string),    FIELD(qc_run_segment, decided_by, qc_field_string),
    FIELD(qc_run_segment, decided_on, qc_field_string), FIELD(qc_run_segment, reason, qc_field_string),
    FIELD(qc_run_segment, codebook, qc_field_string), FIELD(qc_run_segment, turn, qc_field_number),
    FIELD(qc_run_segment, guide, qc_field_number),
    FIELD(qc_run_segment, pieces, qc_field_spans),    FIELD(qc_run_segment, matches, read_matches),
    ENDED,
};
static const qc_run_segment blank_segment = {.document = "", .code = "", .text = "", .speaker = "", .role = "",
                                             .group = "", .time = "", .question = "", .basis = "", .id = "",
                                             .coder = "", .origin = "", .status = "", .state = "", .decided_by = "",
                                             .decided_on = "", .reason = "", .codebook = ""};
static const qc_shape segment_shape = {segment_fields, sizeof blank_segment, &blank_segment, check_segment};

static bool count_turn(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field none[] = {ENDED};
    ++*(size_t *)place;
    return qc_field_object(in, value, none, NULL);
}

static bool count_turns(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_items(in, value, count_turn, place);
}

static bool count_speaker(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {{"role", qc_field_string, 0}, ENDED};
    struct qc_run_cast *cast = place;
    const char *role = "";
    if (!qc_field_object(in, value, fields, &role))
        return false;
    cast->speakers++;
    cast->respondents += strcmp(role, "respondent") == 0;
    return true;
}

static bool count_speakers(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_items(in, value, count_speaker, place);
}

static const qc_field document_fields[] = {
    FIELD(qc_run_document, document, qc_field_string),
    FIELD(qc_run_document, layout, qc_field_string),
    FIELD(qc_run_document, encoding, qc_field_string),
    FIELD(qc_run_document, turns, count_turns),
    {"speakers", count_speakers, offsetof(qc_run_document, cast)},
    ENDED,
};
static const qc_run_document blank_document = {.document = "", .layout = "", .encoding = ""};
static const qc_shape document_shape = {document_fields, sizeof blank_document, &blank_document, NULL};

static bool read_notes(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(qc_run_note, kind, qc_field_string),
                                      FIELD(qc_run_note, document, qc_field_string),
                                      FIELD(qc_run_note, file, qc_field_string),
                                      FIELD(qc_run_note, text, qc_field_string),
                                      FIELD(qc_run_note, line, qc_field_number),
                                      ENDED};
    static const qc_run_note blank = {.kind = "", .document = "", .file = "", .text = ""};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    qc_run *run = place;
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &run->note_count);
    if (done)
        run->notes = items;
    return done;
}

/* A list of what holds segments together, each called by its kind: "code", "theme". */
static bool read_gathered(qc_input *in, const qc_json_token *value, const char *kind, const qc_run_code **found,
                          size_t *count)
{
    const qc_field fields[] = {{kind, qc_field_string, offsetof(qc_run_code, code)},
                               FIELD(qc_run_code, segments, qc_field_number),
                               FIELD(qc_run_code, interviews, qc_field_number),
                               FIELD(qc_run_code, respondents, qc_field_number),
                               ENDED};
    static const qc_run_code blank = {.code = ""};
    const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, count);
    if (done)
        *found = items;
    return done;
}

static bool read_codes(qc_input *in, const qc_json_token *value, void *place)
{
    qc_run *run = place;
    return read_gathered(in, value, "code", &run->codes, &run->code_count);
}

static bool read_themes(qc_input *in, const qc_json_token *value, void *place)
{
    qc_run *run = place;
    return read_gathered(in, value, "theme", &run->themes, &run->theme_count);
}

static bool read_files(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(qc_run_file, name, qc_field_string),
                                      {"sha256", qc_field_string, offsetof(qc_run_file, hash)},
                                      FIELD(qc_run_file, bytes, qc_field_number),
                                      ENDED};
    static const qc_run_file blank = {"", "", 0};
    static const qc_shape shape = {fields, sizeof blank, &blank, NULL};
    qc_run *run = place;
    const void *items;
    bool done = qc_field_list(in, value, &shape, &items, &run->file_count);
    if (done)
        run->files = items;
    return done;
}

static bool read_counts(qc_input *in, const qc_json_token *value, void *place)
{
    static const qc_field fields[] = {FIELD(struct qc_run_counts, documents, qc_field_number),
                                      FIELD(struct qc_run_counts, refused, qc_field_number),
                                      FIELD(struct qc_run_counts, respondents, qc_field_number),
                                      FIELD(struct qc_run_counts, segments, qc_field_number),
                                      FIELD(struct qc_run_counts, turns, qc_field_number),
                                      FIELD(struct qc_run_counts, vetoed, qc_field_number),
                                      FIELD(struct qc_run_counts, accepted, qc_field_number),
                                      FIELD(struct qc_run_counts, edited, qc_field_number),
                                      FIELD(struct qc_run_counts, rejected, qc_field_number),
                                      FIELD(struct qc_run_counts, unplaced, qc_field_number),
                                      ENDED};
    return qc_field_object(in, value, fields, place);
}

static bool read_kept_back(qc_input *in, const qc_json_token *value, void *place)
{
    typedef struct qc_run_kept_back kept_back;
    static const qc_field fields[] = {FIELD(kept_back, withdrawn, qc_field_number),
                                      FIELD(kept_back, without_consent_to_use, qc_field_number),
                                      FIELD(kept_back, without_consent_to_quote, qc_field_number),
                                      FIELD(kept_back, documents, qc_field_number),
                                      ENDED};
    return qc_field_object(in, value, fields, place);
}

static const qc_field run_fields[] = {
    FIELD(qc_run, kept_back, read_kept_back), FIELD(qc_run, agreement, qc_field_measured),
    FIELD(qc_run, qcode, qc_field_string), FIELD(qc_run, engines, qc_field_string), FIELD(qc_run, counts, read_counts),
    {"codes", read_codes, 0},              {"themes", read_themes, 0},              {"notes", read_notes, 0},                {"files", read_files, 0},
    ENDED,
};

bool qc_read_run_file(const char *folder, const char *name, const qcode_memory *memory, qc_bytes *bytes,
                       qcode_error *err)
{
    qc_buffer path = qc_buffer_init(memory);
    const char *text = qc_path_in(&path, folder, name);
    bool done = text ? qc_bytes_read(text, SIZE_MAX / 4, memory, bytes, err) : qc_no_memory(err);
    qc_buffer_clear(&path);
    return done;
}

/* Lines of JSON, kept in the run. */
static bool parse_lines(qc_run *run, const char *text, size_t length, const char *name, const qc_shape *shape,
                        const void **items, size_t *count, qcode_error *err)
{
    const qcode_memory *memory = run->arena.memory;
    qc_input in = {.arena = &run->arena, .source = name, .err = err};
    qc_buffer list = qc_buffer_init(memory);
    in.json = qc_json_new(text ? text : "", length, name, 1, memory, err);
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, err)) && token.kind != QC_JSON_END;)
        done = qc_field_append(&in, &token, shape, &list);
    done = done && qc_keep_items(&in, &list, shape->size, items, count);
    qc_buffer_clear(&list);
    qc_json_free(in.json);
    return done;
}

/* The lines of a file of the folder. */
static bool read_lines(qc_run *run, const char *folder, const char *name, const qc_shape *shape, const void **items,
                       size_t *count, qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_read_run_file(folder, name, run->arena.memory, &bytes, err))
        return false;
    bool done = parse_lines(run, (const char *)bytes.data, bytes.length, name, shape, items, count, err);
    qc_bytes_clear(&bytes);
    return done;
}

static bool read_facts(qc_run *run, const char *json, size_t length, qcode_error *err)
{
    qc_json_token token;
    qc_input in = {.arena = &run->arena, .source = "run.json", .err = err};
    in.json = qc_json_new(json, length, in.source, 1, run->arena.memory, err);
    bool done = in.json && qc_json_next(in.json, &token, err) && qc_field_object(&in, &token, run_fields, run);
    qc_json_free(in.json);
    return done;
}

static qc_run *new_run(const qcode_memory *memory, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qc_run *run = qc_arena_take(&arena, sizeof *run);
    if (run)
        *run = (qc_run){.arena = arena, .qcode = "", .engines = "", .counts = {.vetoed = SIZE_MAX}};
    else
        qc_no_memory(err);
    return run;
}

void qc_run_free(qc_run *run)
{
    if (!run)
        return;
    qc_arena arena = run->arena; /* the run lives in the arena that ends here */
    qc_arena_clear(&arena);
}

static bool read_content(qc_run *run, const char *folder, qcode_error *err)
{
    const void *segments, *documents;
    if (!read_lines(run, folder, "segments.jsonl", &segment_shape, &segments, &run->segment_count, err) ||
        !read_lines(run, folder, "documents.jsonl", &document_shape, &documents, &run->document_count, err))
        return false;
    run->segments = segments;
    run->documents = documents;
    return true;
}

qc_run *qc_read_run(const char *folder, const char *json, size_t length, const qcode_memory *memory, qcode_error *err)
{
    qc_run *run = new_run(memory, err);
    if (run && read_facts(run, json, length, err) && read_content(run, folder, err))
        return run;
    qc_run_free(run);
    return NULL;
}

qc_run *qc_parse_run(const qc_buffer *json, const qc_buffer *segments, const void *documents, size_t length,
                     const qcode_memory *memory, qcode_error *err)
{
    const void *segment_list, *document_list;
    qc_run *run = new_run(memory, err);
    if (run && read_facts(run, json->data, json->length, err) &&
        parse_lines(run, segments->data, segments->length, "segments.jsonl", &segment_shape, &segment_list,
                    &run->segment_count, err) &&
        parse_lines(run, documents, length, "documents.jsonl", &document_shape, &document_list, &run->document_count,
                    err)) {
        run->segments = segment_list;
        run->documents = document_list;
        return run;
    }
    qc_run_free(run);
    return NULL;
}

/* The file as run.json names it; NULL when it does not. */
static const qc_run_file *find_file(const qc_run *run, const char *name)
{
    for (size_t i = 0; i < run->file_count; i++)
        if (strcmp(run->files[i].name, name) == 0)
            return &run->files[i];
    return NULL;
}

bool qc_run_names(const qc_run *run, const char *name)
{
    return find_file(run, name) != NULL;
}

/* Whether a file is the one that run.json was written for. */
static bool check_file(const qc_run *run, const char *folder, const char *name, qcode_error *err)
{
    qc_bytes bytes;
    char hex[65];
    const qc_run_file *file = find_file(run, name);
    if (!file)
        return qc_fail(err, QCODE_INVALID, folder, 0, 0, "run.json does not name %s: the folder is incomplete", name);
    if (!qc_read_run_file(folder, name, run->arena.memory, &bytes, err))
        return false;
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, bytes.data, bytes.length);
    qc_sha256_hex(&hash, hex);
    qc_bytes_clear(&bytes);
    return strcmp(hex, file->hash) == 0 ||
           qc_fail(err, QCODE_INVALID, folder, 0, 0, "%s is not the file that run.json was written for", name);
}

static bool check_files(const qc_run *run, const char *folder, qcode_error *err)
{
    static const char *const names[] = {"segments.jsonl", "segments.csv", "documents.jsonl", "codebook.yaml"};
    bool done = true;
    for (size_t i = 0; done && i < sizeof names / sizeof *names; i++)
        done = check_file(run, folder, names[i], err);
    for (size_t i = 1; done && i < QCODE_MOST_CODEBOOKS && find_file(run, qc_books_file(i)); i++)
        done = check_file(run, folder, qc_books_file(i), err);
    static const char *const decisions[] = {"decisions.jsonl", "decisions-unplaced.jsonl"};
    for (size_t i = 0; done && i < sizeof decisions / sizeof *decisions; i++)
        done = !find_file(run, decisions[i]) || check_file(run, folder, decisions[i], err);
    return done;
}

/* Without run.json a folder is no run's, or one that was never finished. */
static bool read_run_json(const char *folder, const qcode_memory *memory, qc_bytes *json, qcode_error *err)
{
    qcode_error own = {.status = QCODE_OK};
    if (qc_read_run_file(folder, "run.json", memory, json, &own))
        return true;
    if (own.status == QCODE_READ)
        return qc_fail(err, QCODE_READ, folder, 0, 0,
                       "is not the folder of a complete run: its run.json cannot be read");
    if (err)
        *err = own;
    return false;
}

qc_run *qc_read_whole_run(const char *folder, const qcode_memory *memory, qcode_error *err)
{
    qc_bytes json;
    if (!read_run_json(folder, memory, &json, err))
        return NULL;
    qc_run *run = new_run(memory, err);
    bool done = run && read_facts(run, (const char *)json.data, json.length, err) && check_files(run, folder, err) &&
                read_content(run, folder, err);
    qc_bytes_clear(&json);
    if (done)
        return run;
    qc_run_free(run);
    return NULL;
}

static bool read_book(const char *folder, const char *name, const qcode_memory *memory, qcode_codebook **book,
                      qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes = {.memory = memory};
    *book = qc_read_run_file(folder, name, memory, &bytes, err)
                ? qcode_codebook_parse(bytes.data, bytes.length, name, memory, notes, err)
                : NULL;
    qc_bytes_clear(&bytes);
    return *book;
}

bool qc_read_run_books(const qc_run *run, const char *folder, const qcode_memory *memory, qc_run_books *books,
                       qcode_notes *notes, qcode_error *err)
{
    bool done = true;
    *books = (qc_run_books){.count = 0};
    while (done && books->count < QCODE_MOST_CODEBOOKS && find_file(run, qc_books_file(books->count))) {
        done = read_book(folder, qc_books_file(books->count), memory, &books->at[books->count], notes, err);
        books->count += done;
    }
    return done && qc_books_check((qcode_codebooks){books->at, books->count}, err);
}

void qc_run_books_clear(qc_run_books *books)
{
    while (books->count)
        qcode_codebook_free(books->at[--books->count]);
}
