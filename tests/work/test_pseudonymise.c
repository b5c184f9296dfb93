/* Other names in transcripts: what is written reads the same, holds no listed name, and every span can be followed. */
#include "base/bytes.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "support/random.h"
#include "support/test.h"

#include <qcode.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of its own for each test. */
static char place[64];

static int make_place(void **state)
{
    (void)state;
    snprintf(place, sizeof place, "/tmp/qcode-names-XXXXXX");
    return mkdtemp(place) ? 0 : 1;
}

static void empty_folder(const char *folder)
{
    char path[512];
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            remove(path);
    }
    if (entries)
        closedir(entries);
}

static int remove_place(void **state)
{
    (void)state;
    char folder[128];
    snprintf(folder, sizeof folder, "%s/out", place);
    empty_folder(folder);
    rmdir(folder);
    empty_folder(place);
    return rmdir(place);
}

static void put_file(const char *name, const char *text, size_t length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", place, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static qcode_key *key_of(const char *text)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_key *key = qcode_key_parse(text, strlen(text), "key.csv", NULL, NULL, &err);
    if (!key)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    return key;
}

/* Runs the job on one file into the folder "out". */
static bool run_on(const char *path, const qcode_key *key, const qcode_memory *memory, qcode_pseudonymised *result,
                   qcode_notes *notes, qcode_error *err)
{
    char folder[128];
    snprintf(folder, sizeof folder, "%s/out", place);
    const char *const paths[] = {path};
    const qcode_inputs inputs = {.paths = paths, .path_count = 1, .threads = 1};
    const qcode_pseudonymise_job job = {.inputs = &inputs, .key = key, .folder = folder};
    return qcode_pseudonymise(&job, memory, result, notes, err);
}

static qcode_moves *read_map(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/out.map.jsonl", place);
    qcode_moves *moves = qcode_moves_read(path, NULL, NULL);
    assert_non_null(moves);
    return moves;
}

static qcode_transcript *read_new(const qcode_moved_document *document)
{
    char path[512];
    snprintf(path, sizeof path, "%s/out/%s", place, document->name);
    qcode_transcript *talk = qcode_read_transcript(path, NULL, NULL, NULL, NULL);
    assert_non_null(talk);
    return talk;
}

static bool has_bytes(const char *text, size_t length, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= length; i++) {
        size_t k = 0;
        while (k < size && (text[i + k] | 0x20) == (word[k] | 0x20))
            k++;
        if (k == size)
            return true;
    }
    return false;
}

static const char key_text[] = "name,replacement,variants,kind\n"
                               "Officer 1,[Officer A],,person\n"
                               "P07,[Inspector A],,person\n"
                               "Capstan,[Operation],,\n"
                               "superintendent,[senior officer],,\n"
                               "estate,[place],,place\n"
                               "café owner,[shopkeeper],,person\n";
static const char *const listed[] = {"Officer 1", "P07", "capstan", "superintendent", "café owner"};

static size_t speaker_of(const qcode_transcript *talk, const qcode_turn *turn)
{
    return turn->speaker ? (size_t)(turn->speaker - qcode_transcript_speaker(talk, 0)) + 1 : 0;
}

static void assert_same_turns(const char *name, const qcode_transcript *old, const qcode_transcript *now)
{
    size_t count = qcode_transcript_turn_count(old);
    size_t partners[64] = {0};
    if (qcode_transcript_turn_count(now) != count)
        fail_msg("%s: %zu turns, were %zu", name, qcode_transcript_turn_count(now), count);
    for (size_t i = 0; i < count; i++) {
        const qcode_turn *one = qcode_transcript_turn(old, i), *two = qcode_transcript_turn(now, i);
        size_t speaker = speaker_of(old, one);
        assert_true(speaker < 64);
        if (one->time_ms != two->time_ms)
            fail_msg("%s: the time of turn %zu", name, i + 1);
        if (one->question != two->question)
            fail_msg("%s: the question of turn %zu", name, i + 1);
        if (partners[speaker] && partners[speaker] != speaker_of(now, two) + 1)
            fail_msg("%s: the speaker of turn %zu", name, i + 1);
        partners[speaker] = speaker_of(now, two) + 1;
        if (one->speaker && one->speaker->role != two->speaker->role)
            fail_msg("%s: the role in turn %zu", name, i + 1);
    }
}

/* Outside of the moves the texts are the same, character for character: how many characters that are. */
static size_t assert_same_between(const qcode_moved_document *document, const qcode_transcript *old,
                                const qcode_transcript *now)
{
    size_t length, new_length, at = 0, new_at = 0;
    const char *text = qcode_transcript_text(old, &length), *new_text = qcode_transcript_text(now, &new_length);
    assert_int_equal(document->old_length, qc_utf8_count(text, length));
    assert_int_equal(document->new_length, qc_utf8_count(new_text, new_length));
    size_t same = 0, stands = 0; /* stands: new_at in code points */
    for (size_t i = 0; i < document->old_length; i++) {
        qcode_span moved;
        uint32_t point = qc_utf8_next(text, length, &at);
        if (!qcode_moved(document, (qcode_span){i, i + 1}, &moved) || moved.end - moved.start != 1)
            continue;
        for (; stands < moved.start; stands++)
            qc_utf8_next(new_text, new_length, &new_at);
        size_t here = new_at;
        if (qc_utf8_next(new_text, new_length, &here) == point)
            same++;
        else
            fail_msg("character %zu is not at %zu", i, moved.start);
    }
    return same;
}

static void check_file(const char *path)
{
    const char *name = qc_base_name(path);
    qcode_error err = {.status = QCODE_OK};
    qcode_pseudonymised result;
    qcode_key *key = key_of(key_text);
    qcode_notes *notes = qcode_notes_new(NULL);
    if (!run_on(path, key, NULL, &result, notes, &err))
        fail_msg("%s: %s", name, err.message);
    assert_int_equal(result.remaining, 0);
    assert_int_equal(result.documents, 1);
    assert_true(result.replaced > 0);
    for (size_t i = 0; i < qcode_notes_count(notes); i++)
        assert_int_not_equal(qcode_notes_at(notes, i)->kind, QCODE_NOTE_WARNING);
    qcode_transcript *old = qcode_read_transcript(path, NULL, NULL, NULL, NULL);
    qcode_moves *moves = read_map();
    const qcode_moved_document *document = qcode_moves_find(moves, qcode_transcript_hash(old));
    assert_non_null(document);
    qcode_transcript *now = read_new(document);
    assert_string_equal(qcode_transcript_hash(now), document->new_sha256);
    size_t length;
    const char *text = qcode_transcript_text(now, &length);
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        if (has_bytes(text, length, listed[i]))
            fail_msg("%s holds \"%s\"", name, listed[i]);
    assert_same_turns(name, old, now);
    assert_true(assert_same_between(document, old, now) * 10 > document->old_length * 9);
    qcode_transcript_free(now);
    qcode_transcript_free(old);
    qcode_moves_free(moves);
    qcode_table_free(result.names);
    qcode_notes_free(notes);
    qcode_key_free(key);
}

static void check_folder(const char *folder)
{
    char path[2048];
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    size_t checked = 0;
    for (struct dirent *entry; (entry = readdir(entries));)
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            check_file(path);
            checked++;
        }
    closedir(entries);
    assert_true(checked > 5);
}

static void every_container_reads_the_same_with_other_names(void **state)
{
    (void)state;
    NEED_SHARED(folder, "interop/made/transcripts")
    char copy[1024];
    snprintf(copy, sizeof copy, "%s", folder);
    check_folder(copy);
}

static void interviews_read_the_same_with_other_names(void **state)
{
    (void)state;
    check_file(in_repository("tests/data/interviews/T01.txt"));
}

/* A text of words, names among them in every guise, and what each word has to become. */
static size_t make_text(dice *from, char *text, char *wanted, size_t size)
{
    static const struct {
        const char *old, *now;
    } parts[] = {
        {"smith", "[A]"}, {"SMITH", "[A]"}, {"Smith's", "[A]'s"}, {"Smiths\xE2\x80\x99", "[A]s\xE2\x80\x99"},
        {"Jos\xC3\xA9", "[B]"}, {"Jose\xCC\x81", "[B]"}, {"Anna Lee", "[C]"}, {"Anna\nLee", "[C]"}, {"Anna", "[D]"},
        {"smithson", "smithson"}, {"the", "the"}, {"\xE2\x82\xAC" "5", "\xE2\x82\xAC" "5"}, {"Jose", "Jose"},
        {"so-and-so", "so-and-so"},
    };
    size_t used = 0, made = 0;
    while (used + 40 < size && made + 40 < size && dice_below(from, 40)) {
        size_t i = dice_below(from, sizeof parts / sizeof *parts);
        const char *joint = dice_below(from, 4) ? " " : ", ";
        used += (size_t)snprintf(text + used, size - used, "%s%s", parts[i].old, joint);
        made += (size_t)snprintf(wanted + made, size - made, "%s%s", parts[i].now, joint);
    }
    text[used] = wanted[made] = '\0';
    return used;
}

/* A line end inside a name goes with it, or stays where two lines are two turns. */
static void assert_same_but_for_spaces(const qcode_transcript *talk, const char *wanted)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length), *at = text;
    for (const char *one = wanted;; one++, at++) {
        one += strspn(one, " \n");
        at += strspn(at, " \n");
        if (*one != *at)
            fail_msg("%s\n is not\n%s", text, wanted);
        if (!*one)
            return;
    }
}

static void random_texts_become_what_they_should_and_their_spans_are_followed(void **state)
{
    (void)state;
    static const char names[] = "name,replacement,variants\nSmith,[A],\nJos\xC3\xA9,[B],\nAnna Lee,[C],\nAnna,[D],\n";
    dice from = {.state = 20};
    char text[2048], wanted[2048], path[128];
    for (int round = 0; round < 200; round++) {
        size_t length = make_text(&from, text, wanted, sizeof text);
        if (!length)
            continue;
        put_file("talk.txt", text, length);
        snprintf(path, sizeof path, "%s/talk.txt", place);
        qcode_pseudonymised result;
        qcode_error err = {.status = QCODE_OK};
        qcode_key *key = key_of(names);
        if (!run_on(path, key, NULL, &result, NULL, &err))
            fail_msg("%s: %s", text, err.message);
        assert_int_equal(result.remaining, 0);
        qcode_moves *moves = read_map();
        qcode_transcript *old = qcode_read_transcript(path, NULL, NULL, NULL, NULL);
        qcode_transcript *now = read_new(qcode_moves_at(moves, 0));
        assert_same_but_for_spaces(now, wanted);
        assert_same_between(qcode_moves_at(moves, 0), old, now);
        qcode_transcript_free(old);
        qcode_transcript_free(now);
        qcode_moves_free(moves);
        qcode_table_free(result.names);
        qcode_key_free(key);
    }
}

static bool one_run(const qcode_memory *memory, void *user, qcode_error *err)
{
    static const char names[] = "name,replacement,variants,kind\nSmith,[A],Smithy,person\nJos\xC3\xA9,[B],,\n";
    qcode_pseudonymised result = {.names = NULL};
    qcode_notes *notes = qcode_notes_new(memory);
    qcode_key *key = notes ? qcode_key_parse(names, strlen(names), "key.csv", memory, notes, err) : NULL;
    bool done = key && run_on(user, key, memory, &result, notes, err);
    if (!notes)
        err->status = QCODE_NO_MEMORY;
    qcode_table_free(result.names);
    qcode_key_free(key);
    qcode_notes_free(notes);
    return done;
}

static void every_failure_of_memory_is_clean(void **state)
{
    (void)state;
    static const char text[] = "INT: Where was Jose\xCC\x81 then, with PC Brown?\n\n"
                               "SMITH: In Mill\nStreet, the Smiths' place.\n";
    char path[128];
    put_file("talk.txt", text, strlen(text));
    snprintf(path, sizeof path, "%s/talk.txt", place);
    refuse_each_allocation(one_run, path);
}

#define IN_PLACE(function) cmocka_unit_test_setup_teardown(function, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(every_container_reads_the_same_with_other_names),
        IN_PLACE(interviews_read_the_same_with_other_names),
        IN_PLACE(random_texts_become_what_they_should_and_their_spans_are_followed),
        IN_PLACE(every_failure_of_memory_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
