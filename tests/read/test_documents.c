/* Documents of others: one interview in six formats, real files, and hostile archives and markup. */
#include "read/office.h"

#include <qcode/read.h>

#include <stdio.h>
#include <stdlib.h>

/* The turns without their times; owned by the caller. */
static char *without_times(const char *turns)
{
    qc_buffer out = qc_buffer_init(NULL);
    for (const char *line = turns; *line; line += strcspn(line, "\n") + 1) {
        size_t label = strcspn(line, "|");
        const char *words = strchr(line + label + 1, '|');
        assert_non_null(words);
        qc_buffer_append(&out, line, label);
        qc_buffer_string(&out, ": ");
        qc_buffer_append(&out, words + 1, strcspn(words + 1, "\n") + 1);
    }
    assert_non_null(qc_buffer_text(&out));
    return out.data;
}

static void every_document_has_the_same_turns(void **state)
{
    (void)state;
    static const struct {
        const char *file, *times; /* of the first turns */
    } files[] = {
        {"labels-bold-tab.docx", "-1 -1 -1 -1"},  {"table-3col.docx", "0 7000 21000 31000"},   {"teams.docx", "0 7000 21000 31000"},
        {"labels-bold-tab.odt", "-1 -1 -1 -1"},   {"spoken.tei.xml", "0 7243 21700 31657"},    {"elan.eaf", "0 7243 21700 31657"},
    };
    NEED_SHARED(truth, "interop/made/interview-a.txt")
    char *wanted = without_times(turns_of_file(truth));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[200];
        snprintf(name, sizeof name, "interop/made/transcripts/%s", files[i].file);
        const char *shown = turns_of_file(shared(name));
        qc_buffer times = qc_buffer_init(NULL);
        const char *line = shown;
        for (int turn = 0; turn < 4; turn++, line += strcspn(line, "\n") + 1) {
            const char *time = line + strcspn(line, "|") + 1;
            qc_buffer_string(&times, turn ? " " : "");
            qc_buffer_append(&times, time, strcspn(time, "|"));
        }
        assert_string_equal(qc_buffer_text(&times), files[i].times);
        char *got = without_times(shown);
        assert_string_equal(got, wanted);
        free(got);
        qc_buffer_clear(&times);
    }
    free(wanted);
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
        const char *first;
    } files[] = {
        {"data/transcripts/qux360/interview_A.docx", 32, "Jordan Lee|1000|"},
        {"data/transcripts/qux360/interview_A.xlsx", 32, "Jordan Lee|1000|"},
        {"data/transcripts/qux360/interview_B.docx", 32, "Jordan Lee|"},
        {"data/transcripts/qux360/interview_B.xlsx", 32, "Jordan Lee|"},
        {"interop/third-party/transcripts/Parla-CLARIN-Exemplar.tei.xml", 7, "Milan Ku\xC4\x8D" "an|-1|Dear Members,"},
        {"interop/third-party/transcripts/qualcoder-example-ID1.docx", 3, "-|-1|I really like learning new things."},
    };
    NEED_SHARED(there, "data/transcripts/qux360/interview_A.docx")
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *turns = turns_of_file(shared(files[i].file));
        if (count_lines(turns) != files[i].turns || strncmp(turns, files[i].first, strlen(files[i].first)) != 0)
            fail_msg("%s: %zu turns, not %zu:\n%.300s", files[i].file, count_lines(turns), files[i].turns, turns);
    }
}

/* The words of think-aloud interviews, where the moderator alone is labelled. */
static void real_opendocument_texts_keep_their_words(void **state)
{
    (void)state;
    NEED_SHARED(path, "data/transcripts/serdif_odt/P1_GMT20211118.odt")
    const char *turns = turns_of_file(path);
    assert_non_null(strstr(turns, "MODERATOR|-1|Could you please start in task 1?\n"));
    /* 207 paragraphs, of which 18 lead on to the next and share its turn: headings and remarks, short and without a
     * sentence's end. */
    assert_int_equal(count_lines(turns), 189);
    assert_non_null(strstr(text_read(), "It seems pretty sensible just to get location based data for each patient"));
}

#define ANSWER "We shared information every week.\n"

static void hostile_files_meet_their_verdicts(void **state)
{
    (void)state;
    static const struct {
        const char *file, *says; /* in the turns or the refusal */
    } files[] = {
        {"zip/ok.docx", "Vale|-1|" ANSWER},
        {"zip/stored-dd.docx", "Vale|-1|" ANSWER},
        {"zip/renamed-part.docx", "Vale|-1|" ANSWER},
        {"zip/no-rels.docx", "Vale|-1|" ANSWER},
        {"zip/utf16.docx", "Vale|-1|" ANSWER},
        {"zip/alternate.docx", "Vale: once shared information\n"},
        {"zip/split-runs.docx", "Vale: We shared information\n"},
        {"zip/tracked.docx", "Vale: We always shared information\n"},
        {"zip/bad-utf8.docx", "document.xml:1:294: bytes that are no text"},
        {"zip/charref.docx", "document.xml:1:173: "},
        {"zip/crc.docx", "document.xml: the checksum is wrong"},
        {"zip/cut-tail.docx", "incomplete"},
        {"zip/deep.docx", "document.xml:1:2814: more elements inside one another"},
        {"zip/deflate-cut.docx", "damaged"},
        {"zip/encrypted.docx", "document.xml: the member is encrypted"},
        {"zip/laughs.docx", "document.xml:1:56: a document type"},
        {"zip/method-14.docx", "LZMA"},
        {"zip/nul-name.docx", "holds a NUL"},
        {"zip/old-word.docx", "is an old Office file"},
        {"zip/only-eocd.docx", "without a document inside"},
        {"zip/prefix.docx", "other bytes stand before the archive"},
        {"zip/repeat.ods", "without a document inside"},
        {"zip/shared-index.xlsx", "sheet1.xml:1:338: cell A2"},
        {"zip/spaces.odt", "content.xml:1:361: the attribute \"c\" is above the limit"},
        {"zip/twice.docx", "document.xml: the archive holds two members"},
        {"zip/unclosed.docx", "document.xml:1:318: "},
        {"zip/xxe.docx", "document.xml:1:56: a document type"},
        {"markup/deep.tei.xml", ":1:1319: more elements inside one another"},
        {"markup/laughs.tei.xml", ":1:22: a document type"},
        {"markup/xinclude.tei.xml", "v|-1|shared information\n"},
        {"markup/xxe.tei.xml", ":1:22: a document type"},
    };
    NEED_SHARED(there, "hostile/zip/ok.docx")
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[100];
        snprintf(name, sizeof name, "hostile/%s", files[i].file);
        const char *got = turns_of_file(shared(name));
        if (!strstr(got, files[i].says))
            fail_msg("%s: \"%s\", not \"%s\"", files[i].file, got, files[i].says);
    }
    assert_null(strstr(turns_of_file(shared("hostile/zip/tracked.docx")), "never"));
}

static qcode_status status_of(const char *name, const void *data, size_t length, const qcode_limits *limits)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_read_options options = {.limits = limits};
    qcode_transcript_free(qcode_read_transcript_bytes(data, length, name, &options, NULL, NULL, &err));
    return err.status;
}

static void texts_meet_their_limit_and_one_past_it(void **state)
{
    (void)state;
    qc_buffer docx = qc_buffer_init(NULL), odt = qc_buffer_init(NULL);
    make_docx(&docx, "<w:p><w:r><w:t>four</w:t></w:r></w:p>");
    make_odt(&odt, "<text:p>four</text:p>");
    static const char tei[] = "<TEI><text><u>four</u></text></TEI>";
    for (size_t limit = 4; limit <= 5; limit++) { /* a line end comes to the words */
        const qcode_limits limits = {.text = limit};
        qcode_status wanted = limit == 5 ? QCODE_OK : QCODE_LIMIT;
        assert_int_equal(status_of("f.docx", docx.data, docx.length, &limits), wanted);
        assert_int_equal(status_of("f.odt", odt.data, odt.length, &limits), wanted);
        assert_int_equal(status_of("f.xml", tei, sizeof tei - 1, &limits), wanted);
        assert_int_equal(status_of("f.txt", "four\n", 5, &limits), wanted);
    }
    assert_int_equal(status_of("f.docx", docx.data, docx.length, &(qcode_limits){.input = docx.length}), QCODE_OK);
    assert_int_equal(status_of("f.docx", docx.data, docx.length, &(qcode_limits){.input = docx.length - 1}), QCODE_LIMIT);
    assert_int_equal(status_of("f.docx", docx.data, docx.length, &(qcode_limits){.xml_depth = 5}), QCODE_OK);
    assert_int_equal(status_of("f.docx", docx.data, docx.length, &(qcode_limits){.xml_depth = 4}), QCODE_LIMIT);
    qc_buffer_clear(&docx);
    qc_buffer_clear(&odt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_document_has_the_same_turns),
        TEST(real_files_have_the_turns_they_had),
        TEST(real_opendocument_texts_keep_their_words),
        TEST(texts_meet_their_limit_and_one_past_it),
        TEST(hostile_files_meet_their_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
