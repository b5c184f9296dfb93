/* The same interview in every format, real files, and hostile captions. */
#include "base/buffer.h"
#include "read/show.h"

#include <stdio.h>
#include <stdlib.h>

/* The words alone, without punctuation that a format cannot hold (CHAT has no quotes): what a listener hears. */
static void put_words(qc_buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \".,?", text[i]))
            qc_buffer_byte(out, text[i]);
}

/* Turns as `speaker: words`, or the words alone where `named` is false. Owned by the caller. */
static char *told(const char *turns, bool named)
{
    qc_buffer out = qc_buffer_init(NULL);
    for (const char *line = turns; *line; line += strcspn(line, "\n") + 1) {
        size_t label = strcspn(line, "|");
        const char *words = strchr(line + label + 1, '|') + 1;
        qc_buffer_print(&out, "\n%.*s: ", named ? (int)label : 0, line);
        put_words(&out, words, strcspn(words, "\n"));
    }
    assert_non_null(qc_buffer_text(&out));
    return out.data;
}

/* Speakers that a format numbers or writes in capitals, under their names. `turns` has room. */
static void rename_speakers(char *turns, const char *from, const char *to)
{
    for (char *at = turns; (at = strstr(at, from)) != NULL;) {
        memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
        memcpy(at, to, strlen(to));
    }
}

static void every_format_gives_the_same_interview(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        bool named, timed;
    } files[] = {
        {"teams.vtt", true, true},     {"zoom.transcript.vtt", true, true}, {"voice-nested.vtt", true, true},
        {"speakers.srt", true, true},  {"dashes.srt", false, true},         {"whisper.json", false, true},
        {"whisperx.json", true, true}, {"chat.cha", true, true},            {"long.TextGrid", true, true},
        {"otter.txt", true, true},     {"short-utf16.TextGrid", true, true}, {"bracket-time.txt", true, true},
        {"utf16le-bom.txt", true, false}, {"labels-bold-tab.docx", true, false}, {"table-3col.docx", true, true},
        {"teams.docx", true, true},    {"labels-bold-tab.odt", true, false}, {"spoken.tei.xml", true, true},
        {"elan.eaf", true, true},
    };
    NEED_SHARED(truth, "interop/made/interview-a.txt")
    char *wanted[] = {told(turns_of_file(truth), false), told(turns_of_file(truth), true)};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[200];
        snprintf(name, sizeof name, "interop/made/transcripts/%s", files[i].file);
        const char *shown = turns_of_file(shared(name));
        if (strstr(shown, "this build of qcode lacks"))
            continue;
        char *turns = calloc(strlen(shown) * 2 + 1, 1);
        assert_non_null(turns);
        strcpy(turns, shown);
        rename_speakers(turns, "SPEAKER_00|", "Interviewer|");
        rename_speakers(turns, "SPEAKER_01|", "Officer 1|");
        rename_speakers(turns, "INTERVIEWER|", "Interviewer|");
        rename_speakers(turns, "OFFICER 1|", "Officer 1|");
        if (files[i].timed && !strstr(turns, "|34"))
            fail_msg("%s: no time of the fifth turn:\n%s", files[i].file, turns);
        char *got = told(turns, files[i].named);
        if (strcmp(got, wanted[files[i].named]) != 0)
            fail_msg("%s differs:\n%s\nwanted:\n%s", files[i].file, got, wanted[files[i].named]);
        free(got);
        free(turns);
    }
    free(wanted[0]);
    free(wanted[1]);
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void real_files_have_the_turns_they_had(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t turns;
    } files[] = {
        {"data/transcripts/podcast_formats/example.srt", 10},
        {"data/transcripts/podcast_formats/example.html", 10},
        {"data/transcripts/podcast_formats/example.vtt", 2},  /* the baseline counts its 7 cues */
        {"data/transcripts/podcast_formats/example.json", 2}, /* ... and its 5 words */
        {"data/transcripts/qux360/interview_A.csv", 32},
        {"data/transcripts/qux360/interview_B.csv", 32},
        {"data/transcripts/primock57/day1_consultation01_doctor.TextGrid", 53},
        {"data/transcripts/primock57/day1_consultation01_patient.TextGrid", 56},
        {"data/transcripts/primock57/day1_consultation03_doctor.TextGrid", 79},
        {"data/transcripts/primock57/day1_consultation03_patient.TextGrid", 62},
        {"data/transcripts/primock57/day1_consultation05_doctor.TextGrid", 68},
        {"data/transcripts/primock57/day1_consultation05_patient.TextGrid", 48},
        {"data/transcripts/primock57/day1_consultation07_doctor.TextGrid", 95},
        {"data/transcripts/primock57/day1_consultation07_patient.TextGrid", 80},
        {"interop/third-party/transcripts/climbing-research-s1.vtt", 18},
        {"interop/third-party/transcripts/climbing-research-s3.vtt", 21},
        {"interop/third-party/transcripts/comments.vtt", 4},
        {"interop/third-party/transcripts/english-child-speech.cha", 1},
        {"interop/third-party/transcripts/terminators-question.cha", 7},
        {"interop/third-party/transcripts/overlaps.cha", 4},
        {"interop/third-party/transcripts/mary-short.TextGrid", 1},
        {"interop/third-party/transcripts/whisper_timestamped-punctuations.words.json", 1},
    };
    NEED_SHARED(there, "data/transcripts/podcast_formats/example.srt")
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t turns = count_lines(turns_of_file(shared(files[i].file)));
        if (turns != files[i].turns)
            fail_msg("%s: %zu turns, not %zu", files[i].file, turns, files[i].turns);
    }
}

static void hostile_captions_meet_their_verdicts(void **state)
{
    (void)state;
    static const struct {
        const char *file, *turns, *note;
    } files[] = {
        {"arrow-in-text.vtt", "Vale|1000|we shared --> information and more shared information\n", "guess 8: an arrow"},
        {"crs.vtt", "Vale|1000|shared information\n", ""},
        {"cut.vtt", "Vale|1000|shared information\n", "skipped 6: a time line that is cut short"},
        {"markup.srt", "Vale|1000|We shared information\nInterviewer|1000|yes\nVale|1000|no\n", ""},
        {"no-header.vtt", "Vale|1000|We shared information.\n", "guess 1: no WEBVTT line"},
        {"note-open.vtt", "Vale|1000|We shared information.\n", ""},
        {"numbers.srt",
         "Vale|1000|seven first no number, shared information not a number again seven 2026 was the year\n",
         "guess 8:"},
        {"ok.srt", "Vale|1000|We shared information.\nInterviewer|2500|Good.\n", ""},
        {"ok.vtt", "Vale|1000|We shared information.\n", ""},
        {"overlap.srt", "Vale|5000|second in time, shared information\nInterviewer|1000|first in time\n", ""},
        {"times.vtt", "Vale|-1|bad seconds, shared information ends before it starts very long no hours comma\n",
         "warning 3:"},
    };
    NEED_SHARED(there, "hostile/captions/ok.vtt")
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[100];
        snprintf(name, sizeof name, "hostile/captions/%s", files[i].file);
        assert_string_equal(turns_of_file(shared(name)), files[i].turns);
        assert_noted(files[i].note);
    }
    const char *voices = turns_of_file(shared("hostile/captions/voices.vtt"));
    assert_int_equal(count_lines(voices), 3);
    assert_null(strstr(voices, "<i>"));
    turns_of_file(shared("hostile/markup/twitter.whisper.json"));
    assert_noted("skipped 1: a segment without words");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_format_gives_the_same_interview),
        TEST(real_files_have_the_turns_they_had),
        TEST(hostile_captions_meet_their_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
