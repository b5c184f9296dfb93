/* Turns and speakers of real transcripts, beside the counts of a plain rule a layout
 * (../shared/data/baselines/turns.tsv). */
#include "read/talk.h"

#include "base/bytes.h"

#include <stdio.h>
#include <stdlib.h>

/* Where the reader finds other turns or speakers than the plain rule, and why. */
typedef struct difference {
    const char *file;
    size_t turns, speakers;
    const char *why;
} difference;

static const difference differences[] = {
    {"transcripts/changelog/the-changelog-383.md", 108, 3, "two lines **Break:** have no words behind them"},
    {"transcripts/changelog/the-changelog-500.md", 432, 3, "the same"},
    {"transcripts/galicia_gl/2018-03-06-DSPG062.txt", 299, 29,
     "the rule misses two speakers with a comma in their label"},
    {"transcripts/pdpilot/P1.txt", 94, 2, "the rule misses turns right behind a form feed"},
    {"transcripts/pdpilot/P3.txt", 122, 2, "the same"},
    {"transcripts/pdpilot/P5.txt", 136, 3, "the same, and a label with a spelling mistake"},
    {"transcripts/pdpilot/P7.txt", 106, 2, "the same"},
};

static const difference *difference_of(const char *file)
{
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (strcmp(differences[i].file, file) == 0)
            return &differences[i];
    return NULL;
}

static bool is_text(const char *file)
{
    static const char *const endings[] = {".txt", ".md", ".rst"};
    for (size_t i = 0; i < 3; i++)
        if (strlen(file) > strlen(endings[i]) && strcmp(file + strlen(file) - strlen(endings[i]), endings[i]) == 0)
            return true;
    return false;
}

static void compare(const char *file, size_t turns, size_t speakers)
{
    char name[512];
    qcode_error err;
    snprintf(name, sizeof name, "data/%s", file);
    const char *path = shared(name);
    if (!path)
        fail_msg("%s is absent", name);
    qcode_transcript *read = qcode_read_transcript(path, NULL, NULL, NULL, &err);
    assert_non_null(read);
    const difference *other = difference_of(file);
    if (qcode_transcript_turn_count(read) != (other ? other->turns : turns) ||
        qcode_transcript_speaker_count(read) != (other ? other->speakers : speakers))
        fail_msg("%s: %zu turns, %zu speakers", file, qcode_transcript_turn_count(read),
                 qcode_transcript_speaker_count(read));
    qcode_transcript_free(read);
}

static void real_transcripts_have_the_turns_and_speakers_of_the_baselines(void **state)
{
    (void)state;
    NEED_SHARED(path, "data/baselines/turns.tsv");
    qc_bytes bytes;
    assert_true(qc_bytes_read(path, 1 << 20, NULL, &bytes, NULL));
    size_t compared = 0;
    for (char *line = strtok((char *)bytes.data, "\n"); line; line = strtok(NULL, "\n")) {
        char file[256], layout[64];
        unsigned long turns, speakers;
        if (sscanf(line, "%255[^\t]\t%63[^\t]\t%lu\t%lu", file, layout, &turns, &speakers) != 4 || !is_text(file))
            continue;
        compare(file, turns, speakers);
        compared++;
    }
    assert_int_equal(compared, 30);
    qc_bytes_clear(&bytes);
}

/* Files that the baselines do not count. */
static void other_real_texts_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *file, *layout;
        size_t turns, speakers;
    } texts[] = {
        {"data/transcripts/bundestag_de/18181.txt", "label", 27, 12},
        {"data/transcripts/welsh_cy/sentences_1.txt", "none", 7429, 0},
        {"data/coded/mrda/Bed012.txt", "none", 959, 0}, /* fields between bars are no layout of speech */
        {"data/coded/qcoder/CoC_Example1.txt", "none", 11, 0},
        {"data/coded/serdif/P05.txt", "label", 188, 1}, /* the moderator alone is labelled */
        {"hostile/unicode/transcript.txt", "label", 29, 29},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        NEED_SHARED(path, texts[i].file);
        qcode_transcript *read = qcode_read_transcript(path, NULL, NULL, NULL, NULL);
        assert_non_null(read);
        assert_string_equal(qcode_transcript_layout(read), texts[i].layout);
        assert_int_equal(qcode_transcript_turn_count(read), texts[i].turns);
        assert_int_equal(qcode_transcript_speaker_count(read), texts[i].speakers);
        qcode_transcript_free(read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(real_transcripts_have_the_turns_and_speakers_of_the_baselines),
        TEST(other_real_texts_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
