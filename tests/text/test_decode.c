/* From bytes to text: what is read, what is guessed with a note, what is refused and where. */
#include "base/error.h"
#include "base/utf8.h"
#include "support/test.h"
#include "text/decode.h"
#include "text/kind.h"

#include "base/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct decoded {
    bool done;
    qc_buffer text;
    const char *name;
    qcode_notes *notes;
    qcode_error err;
} decoded;

static decoded decode(const void *data, size_t length, const char *encoding)
{
    decoded d = {.text = qc_buffer_init(NULL), .notes = qcode_notes_new(NULL)};
    d.done = qc_decode(data, length, encoding, "a.txt", &d.text, &d.name, d.notes, &d.err);
    return d;
}

static void forget(decoded *d)
{
    qc_buffer_clear(&d->text);
    qcode_notes_free(d->notes);
}

#define BYTES(literal) literal, sizeof(literal) - 1

static void assert_read(const void *data, size_t length, const char *encoding, const char *text, const char *name)
{
    decoded d = decode(data, length, encoding);
    if (!d.done)
        fail_msg("\"%s\" was refused: %s", text, d.err.message);
    assert_int_equal(d.text.length, strlen(text));
    if (d.text.length)
        assert_memory_equal(d.text.data, text, d.text.length);
    assert_string_equal(d.name, name);
    forget(&d);
}

static void assert_refused(const void *data, size_t length, const char *encoding, size_t line, size_t column,
                           const char *word)
{
    decoded d = decode(data, length, encoding);
    assert_false(d.done);
    if (!strstr(d.err.message, word) || d.err.line != line || d.err.column != column)
        fail_msg("%zu:%zu: %s; %zu:%zu and \"%s\" were expected", d.err.line, d.err.column, d.err.message, line, column,
                 word);
    assert_int_equal(d.err.status, QCODE_ENCODING);
    assert_string_equal(d.err.source, "a.txt");
    forget(&d);
}

static void assert_guessed(const void *data, size_t length, const char *text, const char *name, size_t line,
                           size_t column)
{
    decoded d = decode(data, length, NULL);
    if (!d.done)
        fail_msg("not guessed as %s: %s", name, d.err.message);
    assert_string_equal(d.name, name);
    assert_int_equal(d.text.length, strlen(text));
    assert_memory_equal(d.text.data, text, d.text.length);
    assert_int_equal(qcode_notes_count(d.notes), 1);
    const qcode_note *note = qcode_notes_at(d.notes, 0);
    assert_int_equal(note->kind, QCODE_NOTE_GUESS);
    assert_int_equal(note->line, line);
    assert_int_equal(note->column, column);
    assert_non_null(strstr(note->text, name));
    assert_non_null(strstr(note->text, "--encoding"));
    forget(&d);
}

static void utf8_is_taken_as_it_is(void **state)
{
    (void)state;
    assert_read(BYTES(""), NULL, "", "UTF-8");
    assert_read(BYTES("na\u00EFve \U0001F600\n"), NULL, "na\u00EFve \U0001F600\n", "UTF-8");
    assert_read(BYTES("\xEF\xBB\xBFINT: hi"), NULL, "INT: hi", "UTF-8");
    assert_read(BYTES("\xEF\xBB\xBF\xEF\xBB\xBFx"), NULL, "\uFEFFx", "UTF-8"); /* the second is a character */
    assert_read(BYTES("\uFFFE \uFFFF \uFDD0"), NULL, "\uFFFE \uFFFF \uFDD0", "UTF-8");
    assert_read(BYTES("+ADw-"), NULL, "+ADw-", "UTF-8"); /* never read as UTF-7 */
}

static void line_ends_become_line_feeds_and_other_breaks_stay(void **state)
{
    (void)state;
    assert_read(BYTES("a\r\nb\rc\nd\r\r\n\n\re\r"), NULL, "a\nb\nc\nd\n\n\n\ne\n", "UTF-8");
    assert_read(BYTES("\r\n\r\n"), NULL, "\n\n", "UTF-8");
    assert_read(BYTES("a\vb\fc\xC2\x85" "d\u2028e\u2029"), NULL, "a\vb\fc\xC2\x85" "d\u2028e\u2029", "UTF-8");
}

static void utf16_and_utf32_are_read_by_their_mark(void **state)
{
    (void)state;
    assert_read(BYTES("\xFF\xFE" "a\0\r\0\n\0\x3D\xD8\x00\xDE"), NULL, "a\n\U0001F600", "UTF-16LE");
    assert_read(BYTES("\xFE\xFF" "\0a\0\xE9"), NULL, "a\u00E9", "UTF-16BE");
    assert_read(BYTES("\xFF\xFE\0\0" "a\0\0\0\x00\xF6\x01\0"), NULL, "a\U0001F600", "UTF-32LE");
    assert_read(BYTES("\0\0\xFE\xFF" "\0\0\0a"), NULL, "a", "UTF-32BE");
    assert_read(BYTES("\xFF\xFE"), NULL, "", "UTF-16LE");
}

static void broken_utf16_and_utf32_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_refused(BYTES("\xFF\xFE" "a\0\n\0b\0\x3D\xD8 \0"), NULL, 2, 2, "surrogate");
    assert_refused(BYTES("\xFF\xFE" "a\0\x00\xDE"), NULL, 1, 2, "surrogate");
    assert_refused(BYTES("\xFF\xFE" "a\0b"), NULL, 1, 2, "UTF-16LE and ends in the middle");
    assert_refused(BYTES("\xFF\xFE\0\0\0\0\x11\0"), NULL, 1, 1, "no character");
    assert_refused(BYTES("\xFF\xFE\0\0\0\xD8\0\0"), NULL, 1, 1, "no character");
    assert_refused(BYTES("\xFF\xFE" "a\0\0\0"), NULL, 1, 2, "NUL");
}

static void utf16_without_a_mark_is_a_noted_guess(void **state)
{
    (void)state;
    assert_guessed(BYTES("\0I\0N\0T\0:\0 \0h\0i\0\n"), "INT: hi\n", "UTF-16BE", 1, 1);
    assert_guessed(BYTES("I\0N\0T\0:\0 \0\x60\x4F\x7D\x59"), "INT: \u4F60\u597D", "UTF-16LE", 1, 1);
}

static void utf8_with_a_bad_byte_is_refused_there(void **state)
{
    (void)state;
    assert_refused(BYTES("caf\u00E9\r\nna\xEFve"), NULL, 2, 3, "0xef");
    assert_refused(BYTES("caf\u00E9\nna\xEFve"), NULL, 2, 3, "--encoding");
    assert_refused(BYTES("ab\xC0\xAF" "cd"), NULL, 1, 3, "0xc0");          /* overlong / */
    assert_refused(BYTES("ab\xE0\x80\xAF" "cd"), NULL, 1, 3, "0xe0");      /* overlong / */
    assert_refused(BYTES("ab\xF0\x80\x80\xAF"), NULL, 1, 3, "0xf0");       /* overlong / */
    assert_refused(BYTES("ab\xED\xA0\xBD\xED\xB8\x80"), NULL, 1, 3, "0xed"); /* CESU-8 */
    assert_refused(BYTES("\xF4\x8F\xBF\xBF\xF4\x90\x80\x80"), NULL, 1, 2, "0xf4");
    assert_refused(BYTES("and then\n\xE2\x80"), NULL, 2, 1, "0xe2"); /* cut at the end */
    assert_refused(BYTES("\xEF\xBB\xBFna\xEFve"), NULL, 1, 3, "0xef"); /* a mark promises UTF-8 */
}

static void western_bytes_are_a_noted_guess(void **state)
{
    (void)state;
    assert_guessed(BYTES("Vale:\r\n\x93It\x92s na\xEFve \x96 caf\xE9\x94\r\n"),
                   "Vale:\n\u201CIt\u2019s na\u00EFve \u2013 caf\u00E9\u201D\n", "Windows-1252", 2, 1);
    assert_guessed(BYTES("Die \x84\xDC" "bung\x93 war gr\xF6\xDF" "er, 5\xB0 und \x80 5"),
                   "Die \u201E\u00DC" "bung\u201C war gr\u00F6\u00DF" "er, 5\u00B0 und \u20AC 5", "Windows-1252", 1, 5);
    assert_guessed(BYTES("C\x92\xE9tait l\x92\xE9t\xE9 \xAB\xA0" "cr\xE9\xE9\xA0\xBB, le 1\xBA"),
                   "C\u2019\u00E9tait l\u2019\u00E9t\u00E9 \u00AB\u00A0" "cr\u00E9\u00E9\u00A0\u00BB, le 1\u00BA",
                   "Windows-1252", 1, 2);
    assert_guessed(BYTES("\xBFQu\xE9? El ni\xF1o, la se\xF1" "al \x81 caf\xE9"),
                   "\u00BFQu\u00E9? El ni\u00F1o, la se\u00F1" "al \xC2\x81 caf\u00E9", "ISO-8859-1", 1, 1);
}

static void bytes_of_another_alphabet_are_refused_with_a_hint(void **state)
{
    (void)state;
    /* "we work together" or so in GB18030, Windows-1251, KOI8-R, Shift_JIS, ISO-8859-7, Windows-1250, Macintosh */
    assert_refused(BYTES("P: \xCE\xD2\xC3\xC7\xB9\xB2\xCF\xED\xD0\xC5\xCF\xA2"), NULL, 1, 4, "--encoding");
    assert_refused(BYTES("P: \xEC\xFB \xF0\xE0\xE1\xEE\xF2\xE0\xE5\xEC \xE2\xEC\xE5\xF1\xF2\xE5"), NULL, 1, 4,
                   "--encoding");
    assert_refused(BYTES("P: \xCD\xD9 \xD2\xC1\xC2\xCF\xD4\xC1\xC5\xCD"), NULL, 1, 4, "--encoding");
    assert_refused(BYTES("P: \x82\xED\x82\xBD\x82\xB5\x82\xBD\x82\xBF"), NULL, 1, 4, "--encoding");
    assert_refused(BYTES("P: \xE4\xEF\xF5\xEB\xE5\xFD\xEF\xF5\xEC\xE5"), NULL, 1, 4, "--encoding");
    assert_refused(BYTES("P: wsp\xF3\xB3praca s\xB9siad\xF3w, ko\x9F, \xBFycie m\xB9" "dre"), NULL, 1, 7, "--encoding");
    assert_refused(BYTES("P: l'\x8Et\x8E, tr\x8Fs na\x95" "f, \x88 c\x99t\x8E"), NULL, 1, 6, "--encoding");
}

static void the_named_encoding_is_used(void **state)
{
    (void)state;
    assert_read(BYTES("na\xEFve \x93q\x94"), "windows-1252", "na\u00EFve \u201Cq\u201D", "Windows-1252");
    assert_read(BYTES("\xCE\xD2\xC3\xC7\r\n"), "gb18030", "\u6211\u4EEC\n", "GB18030");
    assert_read(BYTES("a\0\xE9\0"), "utf-16le", "a\u00E9", "UTF-16LE");
    assert_read(BYTES("\xFF\xFE" "a\0"), "utf-16le", "a", "UTF-16LE");
    assert_read(BYTES("\xEF\xBB\xBFx"), "utf-8", "x", "UTF-8");
    assert_read(BYTES("\xE9"), "CP858", "\u00DA", "as named by the user");
    assert_refused(BYTES("ok\nna\xEFve"), "UTF-8", 2, 3, "0xef");
    assert_refused(BYTES("ok\r\n\x81" "b"), "windows-1252", 2, 1, "windows-1252");
    assert_refused(BYTES("ok\xCE"), "gb18030", 1, 3, "middle");
    assert_refused(BYTES("a\0\0\0"), "utf-16le", 1, 2, "NUL");
}

static void a_mark_beats_the_named_encoding_with_a_note(void **state)
{
    (void)state;
    decoded d = decode(BYTES("\xEF\xBB\xBF" "caf\u00E9"), "windows-1252");
    assert_true(d.done);
    assert_memory_equal(d.text.data, "caf\u00E9", 5);
    assert_string_equal(d.name, "UTF-8");
    assert_int_equal(qcode_notes_count(d.notes), 1);
    forget(&d);
}

static void an_unknown_encoding_is_a_fault_of_the_call(void **state)
{
    (void)state;
    static const char *const names[] = {"klingon", "", "UTF-8//IGNORE", "latin1,ccs=x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        decoded d = decode(BYTES("abc"), names[i]);
        assert_false(d.done);
        assert_int_equal(d.err.status, QCODE_USAGE);
        forget(&d);
    }
}

static void a_nul_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_refused(BYTES("one\r\nbefore\0after, and on\n"), NULL, 2, 7, "NUL");
    assert_refused(BYTES("na\u00EFve\0"), NULL, 1, 6, "NUL");
}

static void other_kinds_of_files_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *word;
    } kinds[] = {
        {BYTES("\x1F\x8B\x08\0\0\0\0\0"), "gzip"},
        {BYTES("\x7F" "ELF\2\1\1\0"), "ELF"},
        {BYTES("PK\3\4xxxxxxxxxxxxxxxxxxxxxxxxxx[Content_Types].xml"), "Office"},
        {BYTES("PK\3\4xxxxxxxxxxxxxxxxxxxxxxxxxxmimetypeapplication/vnd.oasis.opendocument.text"), "OpenDocument"},
        {BYTES("PK\3\4x"), "zip"},
        {BYTES("%PDF-1.7\n"), "PDF"},
        {BYTES("{\\rtf1\\ansi"), "RTF"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "old Office"},
        {BYTES("RIFFxxxxWAVEfmt "), "WAV"},
        {BYTES("\0\0\0\x20" "ftypisom"), "MP4"},
        {BYTES("\1\2\3\4\5\6\7\0\1\2\3\4"), "binary"},
        {BYTES("\xFF\x01\x02\x03\x80\x81\x00\x05"), "binary"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_refused(kinds[i].bytes, kinds[i].length, NULL, 0, 0, kinds[i].word);
    assert_null(qc_kind_of((const unsigned char *)BYTES("MZ: well, BM said RIFF")));
    assert_null(qc_kind_of((const unsigned char *)BYTES("")));
}

/* --- the shared samples --- */

static qc_bytes sample(const char *folder, const char *name)
{
    char path[4352];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    qc_bytes bytes;
    qcode_error err;
    if (!qc_bytes_read(path, 1 << 24, NULL, &bytes, &err))
        fail_msg("%s: %s", path, err.message);
    return bytes;
}

static void the_shared_hostile_texts_are_met_as_they_must_be(void **state)
{
    (void)state;
    NEED_SHARED(here, "hostile/text");
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", here);
    static const struct {
        const char *file;
        bool read;
        const char *name; /* the encoding, or a word of the message */
        size_t line, column;
        size_t notes;
    } samples[] = {
        {"above-10ffff.txt", false, "0xf4", 4, 9, 0},  {"ansi.txt", true, "UTF-8", 0, 0, 0},
        {"bidi.txt", true, "UTF-8", 0, 0, 0},          {"binary.txt", false, "ELF", 0, 0, 0},
        {"cesu8.txt", false, "0xed", 4, 7, 0},         {"cp1252.txt", true, "Windows-1252", 4, 7, 1},
        {"cr-only.txt", true, "UTF-8", 0, 0, 0},       {"empty.txt", true, "UTF-8", 0, 0, 0},
        {"formula.txt", true, "UTF-8", 0, 0, 0},       {"gb18030.txt", false, "--encoding", 1, 1, 0},
        {"gzip.txt", false, "gzip", 0, 0, 0},          {"html.txt", true, "UTF-8", 0, 0, 0},
        {"mixed.txt", false, "0x93", 4, 7, 0},         {"no-final-newline.txt", true, "UTF-8", 0, 0, 0},
        {"no-speakers.txt", true, "UTF-8", 0, 0, 0},   {"noncharacters.txt", true, "UTF-8", 0, 0, 0},
        {"nul-inside.txt", false, "NUL", 4, 13, 0},    {"only-newlines.txt", true, "UTF-8", 0, 0, 0},
        {"overlong-slash.txt", false, "0xc0", 4, 9, 0}, {"paths.txt", true, "UTF-8", 0, 0, 0},
        {"tags.txt", true, "UTF-8", 0, 0, 0},          {"truncated-3.txt", false, "0xe2", 4, 15, 0},
        {"unicode-breaks.txt", true, "UTF-8", 0, 0, 0}, {"utf16-lone-surrogate.txt", false, "surrogate", 1, 26, 0},
        {"utf16-odd-byte.txt", false, "UTF-16LE and ends", 4, 1, 0},
        {"utf16be-no-bom.txt", true, "UTF-16BE", 1, 1, 1}, {"utf16le-bom.txt", true, "UTF-16LE", 0, 0, 0},
        {"utf32le-bom.txt", true, "UTF-32LE", 0, 0, 0}, {"utf7.txt", true, "UTF-8", 0, 0, 0},
        {"utf8-bom.txt", true, "UTF-8", 0, 0, 0},      {"zalgo.txt", true, "UTF-8", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        qc_bytes bytes = sample(folder, samples[i].file);
        if (!samples[i].read) {
            assert_refused(bytes.data, bytes.length, NULL, samples[i].line, samples[i].column, samples[i].name);
        } else {
            decoded d = decode(bytes.data, bytes.length, NULL);
            if (!d.done || strcmp(d.name, samples[i].name) != 0 || qcode_notes_count(d.notes) != samples[i].notes)
                fail_msg("%s: %s %s", samples[i].file, d.name, d.err.message);
            if (samples[i].notes)
                assert_int_equal(qcode_notes_at(d.notes, 0)->line, samples[i].line);
            assert_int_equal(qc_utf8_valid(d.text.data, d.text.length), d.text.length);
            forget(&d);
        }
        qc_bytes_clear(&bytes);
    }
}

static void utf16_gives_the_text_of_its_utf8_twin(void **state)
{
    (void)state;
    NEED_SHARED(here, "hostile/text");
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", here);
    static const char *const twins[] = {"utf16le-bom.txt", "utf16be-no-bom.txt", "utf32le-bom.txt"};
    qc_bytes plain = sample(folder, "utf8-bom.txt");
    decoded wanted = decode(plain.data, plain.length, NULL);
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        qc_bytes bytes = sample(folder, twins[i]);
        decoded d = decode(bytes.data, bytes.length, NULL);
        assert_true(d.done);
        assert_int_equal(d.text.length, wanted.text.length);
        assert_memory_equal(d.text.data, wanted.text.data, d.text.length);
        forget(&d);
        qc_bytes_clear(&bytes);
    }
    forget(&wanted);
    qc_bytes_clear(&plain);
}

static bool decode_all_ways(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const struct {
        const char *bytes;
        size_t length;
        const char *encoding;
    } ways[] = {
        {BYTES("one\r\ntwo"), NULL},
        {BYTES("\xFF\xFE" "a\0b\0"), NULL},
        {BYTES("\0a\0b\0c\0d"), NULL},
        {BYTES("na\xEFve \x93q\x94"), NULL},
        {BYTES("na\xEFve \x93q\x94"), "windows-1252"},
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof ways / sizeof *ways; i++) {
        qc_buffer text = qc_buffer_init(memory);
        const char *name;
        const unsigned char *data = (const unsigned char *)ways[i].bytes;
        done = qc_decode(data, ways[i].length, ways[i].encoding, "a", &text, &name, NULL, err);
        qc_buffer_clear(&text);
    }
    return done;
}

static void refused_memory_is_said_and_nothing_leaks(void **state)
{
    (void)state;
    refuse_each_allocation(decode_all_ways, NULL);
}

static void plain_text_costs_little_more_than_a_copy(void **state)
{
    (void)state;
    enum { SIZE = 32 << 20 };
    char *data = malloc(SIZE);
    memset(data, 'a', SIZE);
    clock_t begin = clock();
    decoded d = decode(data, SIZE, NULL);
    assert_true(d.done && d.text.length == SIZE);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 2.0);
    forget(&d);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(utf8_is_taken_as_it_is),
        TEST(line_ends_become_line_feeds_and_other_breaks_stay),
        TEST(utf16_and_utf32_are_read_by_their_mark),
        TEST(broken_utf16_and_utf32_is_refused_at_its_place),
        TEST(utf16_without_a_mark_is_a_noted_guess),
        TEST(utf8_with_a_bad_byte_is_refused_there),
        TEST(western_bytes_are_a_noted_guess),
        TEST(bytes_of_another_alphabet_are_refused_with_a_hint),
        TEST(the_named_encoding_is_used),
        TEST(a_mark_beats_the_named_encoding_with_a_note),
        TEST(an_unknown_encoding_is_a_fault_of_the_call),
        TEST(a_nul_is_refused_at_its_place),
        TEST(other_kinds_of_files_are_refused_by_name),
        TEST(the_shared_hostile_texts_are_met_as_they_must_be),
        TEST(utf16_gives_the_text_of_its_utf8_twin),
        TEST(refused_memory_is_said_and_nothing_leaks),
        TEST(plain_text_costs_little_more_than_a_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
