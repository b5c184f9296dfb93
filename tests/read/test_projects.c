/* Coded studies of other programs: what they hold is what was coded, whoever keeps it and however it counts. */
#include "support/test.h"

#include "base/bytes.h"
#include "model/coders.h"
#include "read/fields.h"
#include <qcode.h>

#include <stdio.h>
#include <string.h>

/* What annotations/expected.json says: who coded what from where to where, in code points. */
typedef struct truth {
    const char *coder, *code;
    size_t start, end;
} truth;

typedef struct truths {
    const truth *at;
    size_t count;
} truths;

#define FIELD(name, read) {#name, read, offsetof(truth, name)}
static const qc_field truth_fields[] = {FIELD(coder, qc_field_string), FIELD(code, qc_field_string),
                                        FIELD(start, qc_field_number), FIELD(end, qc_field_number),
                                        {NULL, NULL, 0}};
static const truth no_truth;
static const qc_shape truth_shape = {truth_fields, sizeof(truth), &no_truth, NULL};

static bool read_list(qc_input *in, const qc_json_token *value, void *place)
{
    truths *list = place;
    return qc_field_list(in, value, &truth_shape, (const void **)&list->at, &list->count);
}

static const qc_field file_fields[] = {{"codings", read_list, 0}, {NULL, NULL, 0}};

static truths read_truths(qc_arena *arena)
{
    truths list = {NULL, 0};
    qc_bytes bytes;
    qcode_error err;
    assert_true(qc_bytes_read(shared("interop/made/annotations/expected.json"), 1 << 20, NULL, &bytes, &err));
    qc_input in = {.arena = arena, .source = "expected.json", .err = &err};
    in.json = qc_json_new((const char *)bytes.data, bytes.length, "expected.json", 1, NULL, &err);
    qc_json_token token;
    assert_true(qc_json_next(in.json, &token, &err));
    assert_true(qc_field_object(&in, &token, file_fields, &list));
    qc_json_free(in.json);
    qc_bytes_clear(&bytes);
    assert_true(list.count > 0);
    return list;
}

typedef struct scene {
    qcode_talks *talks;
    qcode_coders *coders;
    qcode_notes *notes;
} scene;

/* A file with the texts that it holds itself, or with a text of the same interview. */
static scene open_file(const char *path, const char *text)
{
    scene s = {.notes = qcode_notes_new(NULL)};
    qcode_error err = {.status = QCODE_OK};
    size_t count = 0;
    s.talks = text ? qc_talks_new(NULL, &err) : qcode_talks_of_codings(path, NULL, NULL, s.notes, &err);
    if (!s.talks)
        print_message("%s\n", err.message);
    assert_non_null(s.talks);
    if (text)
        assert_true(qc_talks_add(s.talks, qcode_read_transcript(text, NULL, NULL, NULL, &err)));
    const qcode_transcript *const *all = qcode_talks_all(s.talks, &count);
    assert_int_equal(count, 1);
    s.coders = qcode_coders_new(all, count, NULL, &err);
    bool done = qcode_coders_read(s.coders, path, NULL, s.notes, &err);
    if (!done)
        print_message("%s: %s\n", err.source, err.message);
    assert_true(done);
    return s;
}

static void close_file(scene *s)
{
    qcode_coders_free(s->coders);
    qcode_talks_free(s->talks);
    qcode_notes_free(s->notes);
}

/* "ann" or "ann@example.org" */
static bool is_called(const char *name, const char *coder)
{
    size_t length = strlen(coder);
    return strncmp(name, coder, length) == 0 && (!name[length] || name[length] == '@');
}

static bool has_passage(const qcode_coders *coders, const char *coder, const char *code, size_t start, size_t end)
{
    size_t count;
    const qcode_passage *passages = qcode_coders_passages(coders, &count);
    for (size_t i = 0; i < count; i++) {
        const qcode_transcript *talk = qcode_coders_document(coders, passages[i].document);
        const char *name = qcode_coders_name(coders, passages[i].coder);
        if (strcmp(qcode_coders_code(coders, passages[i].code), code) == 0 &&
            (!coder || is_called(name, coder)) &&
            qcode_transcript_place(talk, passages[i].span.start).character == start &&
            qcode_transcript_place(talk, passages[i].span.end).character == end)
            return true;
    }
    return false;
}

/* All that is true stands in the file, and nothing else does; `who`: of this coder alone, whatever the file calls them. */
static void assert_truth(const char *name, const char *who, const char *text)
{
    char path[512];
    qc_arena arena = qc_arena_init(NULL);
    truths list = read_truths(&arena);
    size_t count, wanted = 0;
    snprintf(path, sizeof path, "%s/%s", shared("interop/made"), name);
    scene s = open_file(path, text);
    for (size_t i = 0; i < list.count; i++) {
        const truth *one = &list.at[i];
        if (who && strcmp(who, one->coder) != 0)
            continue;
        wanted++;
        if (!has_passage(s.coders, who ? NULL : one->coder, one->code, one->start, one->end))
            fail_msg("%s lacks %s by %s at %zu-%zu", name, one->code, one->coder, one->start, one->end);
    }
    qcode_coders_passages(s.coders, &count);
    assert_int_equal(count, wanted);
    close_file(&s);
    qc_arena_clear(&arena);
}

/* Files that hold the interview, and of whom. */
static const char *const files[][2] = {
#if HAVE_DOCUMENTS
    {"qda/spec-style-a.qdpx", NULL},          {"qda/nvivo-style-a.qdpx", NULL},
    {"qda/maxqda-style-a.qdpx", NULL},        {"qda/atlas-style-a.qdpx", NULL},
    {"qda/inline-style-a.qdpx", NULL},        {"qda/qualcoder-a.qdpx", NULL},
    {"qda/qualcoder-a-maxqda-endings.qdpx", NULL},
#endif
#if HAVE_SQLITE
    {"qda/qualcoder-a.qda", NULL},            {"qda/qualcoder-a.qda/data.qda", NULL},
#endif
    {"annotations/webanno-ann.tsv", "ann"},   {"annotations/webanno-bob.tsv", "bob"},
    {"annotations/doccano-ann.jsonl", "ann"}, {"annotations/doccano-bob.jsonl", "bob"},
    {"annotations/labelstudio.json", NULL},
    {NULL, NULL}};

/* Files without the text. */
static const char *const bare[][2] = {{"annotations/brat-ann.ann", "ann"},
                                      {"annotations/brat-bob.ann", "bob"},
                                      {"annotations/web-annotation.jsonld", NULL},
                                      {"annotations/long.csv", NULL},
                                      {"annotations/qualcoder-report.csv", NULL},
                                      {NULL, NULL}};

static void every_program_s_file_holds_the_same_codings(void **state)
{
    (void)state;
    NEED_SHARED(made, "interop/made");
    (void)made;
    for (size_t i = 0; files[i][0]; i++)
        assert_truth(files[i][0], files[i][1], NULL);
}

static void every_file_s_codings_fit_a_text_that_is_given(void **state)
{
    (void)state;
    char text[512];
    NEED_SHARED(found, "interop/made/interview-a.txt");
    snprintf(text, sizeof text, "%s", found);
    for (size_t i = 0; files[i][0]; i++)
        assert_truth(files[i][0], files[i][1], text);
    for (size_t i = 0; bare[i][0]; i++)
        assert_truth(bare[i][0], bare[i][1], text);
}

static bool read_one(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_talks *talks = notes ? qcode_talks_of_codings(user, NULL, memory, notes, err) : NULL;
    size_t count = 0;
    const qcode_transcript *const *all = talks ? qcode_talks_all(talks, &count) : NULL;
    qcode_coders *coders = talks ? qcode_coders_new(all, count, memory, err) : NULL;
    bool done = coders && qcode_coders_read(coders, user, NULL, notes, err);
    if (!notes)
        *err = (qcode_error){.status = QCODE_NO_MEMORY};
    qcode_coders_free(coders);
    qcode_talks_free(talks);
    qcode_notes_free(notes);
    return done;
}

/* One of each kind of file; QCODE's own memory is counted, not that of the libraries. */
static void reading_fails_cleanly_when_memory_runs_out(void **state)
{
    (void)state;
    static const char *const names[] = {
        "annotations/doccano-ann.jsonl", "annotations/webanno-bob.tsv", "annotations/labelstudio.json",
#if HAVE_DOCUMENTS
        "qda/inline-style-a.qdpx",
#endif
#if HAVE_SQLITE
        "qda/qualcoder-a.qda", "qda/taguette-a.sqlite3",
#endif
    };
    char path[512];
    NEED_SHARED(made, "interop/made");
    (void)made;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", shared("interop/made"), names[i]);
        refuse_each_allocation(read_one, path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_program_s_file_holds_the_same_codings),
        TEST(every_file_s_codings_fit_a_text_that_is_given),
        TEST(reading_fails_cleanly_when_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
