/* Codings of other coders: read back, and placed where their words stand. */
#include "support/test.h"

#include "model/units.h"
#include <qcode.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line end, characters of two UTF-16 units and one of two bytes stand before what is coded. */
static const char talk_text[] = "INT: Who led it? \xF0\x9F\x98\x80\xF0\x9F\x98\x80\n"
                                "P1: S\xC3\xB6ren did. She chaired it herself.\n"
                                "P1: We met on Mondays. We met on Mondays.\n";

typedef struct scene {
    qcode_transcript *talk;
    const qcode_transcript *list[1];
    qcode_coders *coders;
    qcode_notes *notes;
    char path[64];
} scene;

/* Reads a file of these bytes as codings of the transcript. */
static bool read_codings(scene *s, const char *text, const char *ending, const char *bytes)
{
    *s = (scene){.notes = qcode_notes_new(NULL)};
    s->talk = qcode_read_transcript_bytes(text, strlen(text), "t.txt", NULL, NULL, NULL, NULL);
    assert_non_null(s->talk);
    s->list[0] = s->talk;
    s->coders = qcode_coders_new(s->list, 1, NULL, NULL);
    assert_non_null(s->coders);
    snprintf(s->path, sizeof s->path, "/tmp/qcode-coders-%ld.%s", (long)getpid(), ending);
    FILE *file = fopen(s->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
    qcode_error err;
    bool done = qcode_coders_read(s->coders, s->path, NULL, s->notes, &err);
    if (!done)
        print_message("%s\n", err.message);
    unlink(s->path);
    return done;
}

static void end_scene(scene *s)
{
    qcode_coders_free(s->coders);
    qcode_transcript_free(s->talk);
    qcode_notes_free(s->notes);
}

/* The words of a passage. */
static void assert_words(const scene *s, size_t index, const char *words)
{
    size_t count, length;
    const qcode_passage *passages = qcode_coders_passages(s->coders, &count);
    const char *text = qcode_transcript_text(s->talk, &length);
    assert_true(index < count);
    qcode_span span = passages[index].span;
    assert_int_equal(span.end - span.start, strlen(words));
    assert_memory_equal(text + span.start, words, strlen(words));
}

static void any_way_of_counting_is_put_right(void **state)
{
    (void)state;
    static const struct {
        size_t first, start; /* of what stands before any of these characters, and behind them */
        const char *told;
    } ways[] = {
        {5, 35, NULL}, /* code points */
        {5, 37, "places are counted in UTF-16 units, as the quoted words show"},
        {5, 42, "places are counted in bytes, as the quoted words show"},
        {5, 38, "places are counted in UTF-16 units, each line end as two, as the quoted words show"},
        {8, 46, "places are counted in bytes, each line end as two, behind a byte order mark, as the quoted words show"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        scene s;
        char csv[256];
        snprintf(csv, sizeof csv, "document,start,end,code,coder,text\nt.txt,%zu,%zu,lead,ann,Who led it\n"
                 "t.txt,%zu,%zu,lead,ann,She chaired it\n",
                 ways[i].first, ways[i].first + 10, ways[i].start, ways[i].start + 14);
        assert_true(read_codings(&s, talk_text, "csv", csv));
        assert_words(&s, 0, "Who led it");
        assert_words(&s, 1, "She chaired it");
        assert_string_equal(qcode_coders_name(s.coders, 0), "ann");
        assert_string_equal(qcode_coders_code(s.coders, 0), "lead");
        assert_int_equal(qcode_notes_count(s.notes), ways[i].told != NULL);
        if (ways[i].told)
            assert_string_equal(qcode_notes_at(s.notes, 0)->text, ways[i].told);
        end_scene(&s);
    }
}

static void words_that_moved_are_found_near_their_place(void **state)
{
    (void)state;
    scene s;
    assert_true(read_codings(&s, talk_text, "csv",
                             "document,start,end,code,coder,text\n"
                             "t.txt,24,34,a,ann,S\xC3\xB6ren did.\n"
                             "t.txt,75,93,b,ann,we met on MONDAYS\n"
                             "t.txt,1,5,c,ann,nobody said this\n"));
    size_t count;
    const qcode_passage *passages = qcode_coders_passages(s.coders, &count);
    assert_int_equal(count, 2);
    assert_words(&s, 1, "We met on Mondays.");
    assert_true(passages[1].span.start > 84); /* the second, which is nearer */
    assert_int_equal(qcode_notes_count_of(s.notes, QCODE_NOTE_SKIPPED), 1);
    for (size_t i = 0; i < qcode_notes_count(s.notes); i++)
        if (qcode_notes_at(s.notes, i)->kind == QCODE_NOTE_SKIPPED)
            assert_int_equal(qcode_notes_at(s.notes, i)->line, 4);
    end_scene(&s);
}

static void units_are_found_in_their_order(void **state)
{
    (void)state;
    scene s;
    assert_true(read_codings(&s, talk_text, "tsv",
                             "document\tturn\tcoder_a\tcoder_b\ttext\n"
                             "t.txt\t2\tlead;met\tlead\t\"She chaired it herself.\"\n"
                             "t.txt\t3\t\t\tWe met on Mondays.\n"
                             "t.txt\t3\tmet\t\tWe met on Mondays.\n"));
    size_t count;
    const qcode_listed *listed = qcode_coders_listed(s.coders, &count);
    assert_int_equal(count, 3);
    assert_true(listed[1].span.end < listed[2].span.start);
    const qcode_passage *passages = qcode_coders_passages(s.coders, &count);
    assert_int_equal(count, 4); /* coder_a: lead, met, met; coder_b: lead */
    assert_int_equal(passages[2].span.start, listed[2].span.start);
    assert_true(qcode_coders_saw(s.coders, qcode_coders_find(s.coders, "coder_b"), 0));
    assert_int_equal(qcode_notes_count(s.notes), 0);
    end_scene(&s);
}

static void a_document_that_is_not_there_is_told_once(void **state)
{
    (void)state;
    scene s;
    assert_true(read_codings(&s, talk_text, "csv",
                             "document,start,end,code,text\nu.txt,0,3,a,INT\nu.txt,0,3,b,INT\nt,0,3,a,INT\n"));
    size_t count;
    qcode_coders_passages(s.coders, &count);
    assert_int_equal(count, 1);
    assert_int_equal(qcode_notes_count(s.notes), 1);
    assert_string_equal(qcode_notes_at(s.notes, 0)->text,
                        "no transcript, or more than one, goes by the name \"u.txt\": left out 2 rows of it");
    end_scene(&s);
}

static void a_table_without_codes_is_refused(void **state)
{
    (void)state;
    scene s;
    assert_false(read_codings(&s, talk_text, "csv", "document,start,end\nt.txt,0,3\n"));
    end_scene(&s);
    assert_false(read_codings(&s, talk_text, "csv", "document,code\nt.txt,a\n"));
    end_scene(&s);
}

/* The interviews of tests/data. */
enum { MOST_TALKS = 16 };
static size_t read_interviews(qcode_transcript **talks, char paths[MOST_TALKS][512])
{
    size_t count = 0;
    const char *folder = in_repository("tests/data/interviews");
    char here[400];
    snprintf(here, sizeof here, "%s", folder);
    DIR *dir = opendir(here);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) && count < MOST_TALKS;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(paths[count], 512, "%.300s/%.200s", here, entry->d_name);
        talks[count] = qcode_read_transcript(paths[count], NULL, NULL, NULL, NULL);
        assert_non_null(talks[count++]);
    }
    closedir(dir);
    return count;
}

static void every_unit_of_the_reference_is_found(void **state)
{
    (void)state;
    qcode_transcript *talks[MOST_TALKS];
    char paths[MOST_TALKS][512];
    size_t count = read_interviews(talks, paths), listed;
    qcode_notes *notes = qcode_notes_new(NULL);
    qcode_coders *coders = qcode_coders_new((const qcode_transcript *const *)talks, count, NULL, NULL);
    qcode_error err;
    bool done = qcode_coders_read(coders, in_repository("tests/data/gold.tsv"), NULL, notes, &err);
    if (!done)
        print_message("%zu: %s\n", err.line, err.message);
    assert_true(done);
    for (size_t i = 0; i < qcode_notes_count(notes); i++)
        print_message("%zu: %s\n", qcode_notes_at(notes, i)->line, qcode_notes_at(notes, i)->text);
    assert_int_equal(qcode_notes_count(notes), 0);
    const qcode_listed *units = qcode_coders_listed(coders, &listed);
    assert_true(listed > 1000);
    for (size_t i = 1; i < listed; i++)
        if (units[i].document == units[i - 1].document) {
            assert_true(units[i].span.start >= units[i - 1].span.end);
            assert_true(units[i].line > units[i - 1].line);
        }
    assert_int_equal(qcode_coders_count(coders), 2);
    qcode_coders_free(coders);
    for (size_t i = 0; i < count; i++)
        qcode_transcript_free(talks[i]);
    qcode_notes_free(notes);
}

static void a_run_is_read_back_as_it_was_coded(void **state)
{
    (void)state;
    qcode_transcript *talks[MOST_TALKS];
    char paths[MOST_TALKS][512], folder[] = "/tmp/qcode-coders-XXXXXX", command[64];
    const char *list[MOST_TALKS];
    size_t count = read_interviews(talks, paths), talk_count, passages;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < count; i++)
        list[i] = paths[i];
    qcode_codebook *book = qcode_codebook_read(in_repository("codebooks/eight-indicators.yaml"), NULL, NULL, NULL);
    qcode_code_totals totals;
    const qcode_code_job job = {.codebooks = {&book, 1}, .inputs = {.paths = list, .path_count = count}, .folder = folder};
    assert_true(qcode_code_set(&job, NULL, &totals, NULL, NULL));
    qcode_talks *restored = qcode_talks_of_run(folder, NULL, NULL);
    assert_non_null(restored);
    const qcode_transcript *const *all = qcode_talks_all(restored, &talk_count);
    assert_int_equal(talk_count, count);
    qcode_coders *coders = qcode_coders_new(all, talk_count, NULL, NULL);
    qcode_notes *notes = qcode_notes_new(NULL);
    assert_true(qcode_coders_read(coders, folder, NULL, notes, NULL));
    assert_int_equal(qcode_notes_count(notes), 0);
    qcode_coders_passages(coders, &passages);
    assert_true(passages >= totals.segments);
    assert_int_equal(qcode_coders_count(coders), 1);
    assert_string_equal(qcode_coders_name(coders, 0), "qcode");
    for (size_t i = 0; i < talk_count; i++)
        assert_true(qcode_coders_saw(coders, 0, i));
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    qcode_coders_free(coders);
    qcode_talks_free(restored);
    qcode_notes_free(notes);
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(book);
    for (size_t i = 0; i < count; i++)
        qcode_transcript_free(talks[i]);
}

/* Sentences of P1: two in one turn, two in the next. Of the last "We met" is coded, of the one before all, and a coding of
 * another code runs over both of the first turn. */
static void a_unit_is_coded_as_the_rule_of_touch_says(void **state)
{
    (void)state;
    static const int32_t wanted[QC_TOUCHES][2][4] = {{{0, 0, 1, 1}, {1, 1, 0, 0}}, /* any: code a, code b */
                                                     {{0, 0, 1, 0}, {0, 1, 0, 0}}, /* half: 5 of 14 letters are too few, as are 3 of 8 */
                                                     {{0, 0, 1, 0}, {0, 1, 0, 0}}};
    scene s;
    assert_true(read_codings(&s, talk_text, "csv",
                             "document,code,coder,text\nt,a,ann,We met on Mondays. We met\n"
                             "t,b,ann,did. She chaired it herself\n"));
    assert_int_equal(qcode_notes_count(s.notes), 0);
    qc_units units;
    assert_true(qc_units_init(&units, s.coders, QC_BY_SENTENCE, false, NULL));
    assert_int_equal(qc_units_count(&units), 4);
    for (size_t touch = 0; touch < QC_TOUCHES; touch++)
        for (size_t code = 0; code < 2; code++) {
            int32_t values[4];
            assert_true(qc_units_rate(&units, s.coders, 0, code, (qc_touch)touch, NULL, NULL, values));
            assert_memory_equal(values, wanted[touch][code], sizeof values);
        }
    qc_units_clear(&units);
    static const size_t counts[] = {[QC_BY_TURN] = 2, [QC_BY_ANSWER] = 1, [QC_BY_DOCUMENT] = 1, [QC_BY_RESPONDENT] = 1};
    for (qc_by by = QC_BY_TURN; by <= QC_BY_RESPONDENT; by++) {
        assert_true(qc_units_init(&units, s.coders, by, false, NULL));
        assert_int_equal(qc_units_count(&units), counts[by]);
        qc_units_clear(&units);
    }
    end_scene(&s);
}

static bool read_again(const qcode_memory *memory, void *user, qcode_error *err)
{
    const scene *s = user;
    qcode_coders *coders = qcode_coders_new(s->list, 1, memory, err);
    qcode_notes *notes = coders ? qcode_notes_new(memory) : NULL;
    if (coders && !notes)
        err->status = QCODE_NO_MEMORY;
    bool done = notes && qcode_coders_read(coders, s->path, NULL, notes, err);
    qc_units units;
    int32_t values[8];
    if (done) {
        done = qc_units_init(&units, coders, QC_BY_RESPONDENT, true, memory) &&
               qc_units_rate(&units, coders, 0, 0, QC_TOUCH_HALF, NULL, NULL, values);
        qc_units_clear(&units);
        if (!done)
            err->status = QCODE_NO_MEMORY;
    }
    qcode_notes_free(notes);
    qcode_coders_free(coders);
    return done;
}

static void reading_codings_fails_cleanly(void **state)
{
    (void)state;
    static const char *const files[] = {
        "document,start,end,code,coder,text\nt.txt,35,49,lead,ann,She chaired it\nt,0,2,b,bob,We met on Mondays.\nx,0,2,b,bob,a\n",
        "document\tturn\tcoder_a\tcoder_b\ttext\nt.txt\t2\tlead;met\tlead\tShe chaired it herself.\n",
        "{\"document\":\"t.txt\",\"code\":\"a\",\"start\":0,\"end\":3,\"pieces\":[[0,3],[4,5]],\"text\":\"INT\"}\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        scene s;
        assert_true(read_codings(&s, talk_text, "x", files[i]));
        FILE *file = fopen(s.path, "wb");
        assert_non_null(file);
        fputs(files[i], file);
        assert_int_equal(fclose(file), 0);
        refuse_each_allocation(read_again, &s);
        unlink(s.path);
        end_scene(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(any_way_of_counting_is_put_right),
                                       TEST(words_that_moved_are_found_near_their_place),
                                       TEST(units_are_found_in_their_order),
                                       TEST(a_document_that_is_not_there_is_told_once),
                                       TEST(a_table_without_codes_is_refused),
                                       TEST(every_unit_of_the_reference_is_found),
                                       TEST(a_run_is_read_back_as_it_was_coded),
                                       TEST(a_unit_is_coded_as_the_rule_of_touch_says),
                                       TEST(reading_codings_fails_cleanly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
