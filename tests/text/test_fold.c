/* Forms and their maps: the shared cases, and random texts against utf8proc's own normalisation. */
#include "base/utf8.h"
#include "support/random.h"
#include "support/test.h"
#include "text/fold.h"
#include "text/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

/* --- a small world of helpers --- */

static char *form_of(qc_form form, const char *text)
{
    qc_folder folder = qc_folder_init(NULL);
    qc_folded folded;
    assert_true(qc_fold(&folder, form, text, strlen(text), &folded));
    char *copy = strndup(folded.text, folded.length);
    qc_folder_clear(&folder);
    return copy;
}

static void assert_form(qc_form form, const char *text, const char *expected)
{
    char *made = form_of(form, text);
    if (strcmp(made, expected) != 0)
        fail_msg("form %d of \"%s\" is \"%s\", not \"%s\"", (int)form, text, made, expected);
    free(made);
}

/* Finds a rule as a whole word, the plain way; one folder for each side as a matcher has them. */
static size_t find_word(const char *rule, const char *text, qcode_span *spans, size_t most)
{
    qc_folder folder = qc_folder_init(NULL);
    qc_folded folded;
    char *wanted = form_of(QC_FORM_TERM, rule);
    size_t size = strlen(wanted), found = 0;
    assert_true(qc_fold(&folder, QC_FORM_TERM, text, strlen(text), &folded));
    for (size_t at = 0; at + size <= folded.length; at++) {
        if (memcmp(folded.text + at, wanted, size) != 0 || !qc_word_edge_before(folded.text, at) ||
            !qc_word_edge_after(folded.text, folded.length, at + size))
            continue;
        assert_true(found < most);
        spans[found++] = qc_folded_span(&folded, at, at + size);
    }
    free(wanted);
    qc_folder_clear(&folder);
    return found;
}

/* --- the shared cases: one JSON object a line, of a known shape --- */

/* The string value of a key, with \uXXXX and \" undone. */
static void json_string(const char *line, const char *key, char *to)
{
    const char *at = strstr(line, key);
    assert_non_null(at);
    uint32_t high = 0;
    for (at += strlen(key); *at != '"'; at++) {
        uint32_t point = (unsigned char)*at;
        if (*at == '\\' && at[1] == 'u') {
            char hex[5] = {at[2], at[3], at[4], at[5], 0};
            point = (uint32_t)strtoul(hex, NULL, 16);
            at += 5;
        } else if (*at == '\\') {
            at++;
            point = *at == 'n' ? '\n' : (unsigned char)*at;
        }
        if (point >= 0xD800 && point < 0xDC00) {
            high = point;
            continue;
        }
        if (point >= 0xDC00 && point < 0xE000)
            point = 0x10000 + ((high - 0xD800) << 10) + (point - 0xDC00);
        to += qc_utf8_put(point, to);
    }
    *to = '\0';
}

static size_t wanted_spans(const char *line, qcode_span *spans)
{
    size_t count = 0;
    for (const char *at = line; (at = strstr(at, "\"utf8\": [")) != NULL; count++) {
        char *end;
        spans[count].start = strtoul(at + strlen("\"utf8\": ["), &end, 10);
        spans[count].end = strtoul(end + 1, &end, 10);
        at = end;
    }
    return count;
}

static void terms_find_what_the_shared_cases_want(void **state)
{
    (void)state;
    NEED_SHARED(path, "hostile/unicode/cases.jsonl");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[8192], rule[512], text[2048], id[64];
    size_t checked = 0;
    while (fgets(line, sizeof line, file)) {
        if (!strstr(line, "\"kind\": \"word\""))
            continue;
        json_string(line, "\"id\": \"", id);
        json_string(line, "\"rule\": \"", rule);
        json_string(line, "\"text\": \"", text);
        qcode_span wanted[8], found[8];
        size_t want = wanted_spans(line, wanted), got = find_word(rule, text, found, 8);
        if (want != got)
            fail_msg("%s: %zu matches, not %zu", id, got, want);
        for (size_t i = 0; i < want; i++)
            if (found[i].start != wanted[i].start || found[i].end != wanted[i].end)
                fail_msg("%s: [%zu, %zu), not [%zu, %zu)", id, found[i].start, found[i].end, wanted[i].start,
                         wanted[i].end);
        checked++;
    }
    fclose(file);
    assert_true(checked >= 25);
}

/* --- facts --- */

static void look_alikes_are_one_in_terms_and_apart_in_regexes(void **state)
{
    (void)state;
    assert_form(QC_FORM_TERM, "Don\u2019t \u201BTIS \u02BCn\u2018", "don't 'tis 'n'");
    assert_form(QC_FORM_EXACT, "Don\u2019t", "Don't");
    assert_form(QC_FORM_NFC, "Don\u2019t", "Don\u2019t");
    assert_form(QC_FORM_TERM, "multi\u2010agency multi\u2011agency", "multi-agency multi-agency");
    assert_form(QC_FORM_TERM, "O\uFB03ce \uFB05 \uFF2F\uFF2B\uFF01", "office st ok!");
    assert_form(QC_FORM_EXACT, "O\uFB03ce \uFB05 \uFF2F\uFF2B\uFF01", "Office st OK!");
    assert_form(QC_FORM_TERM, "\uFF76\uFF9E", "\u30AC"); /* half-width katakana with its mark */
    assert_form(QC_FORM_TERM, "a\u00A0b\u202Fc\u3000d\ne\tf\u2028g", "a b c d e f g");
    assert_form(QC_FORM_EXACT, "a\nb", "a b");
    assert_form(QC_FORM_NFC, "a\u00A0b\nc", "a\u00A0b\nc");
    assert_form(QC_FORM_TERM, "\uFEFFin\u00ADfor\u200Bma\u200Dtion\u2060", "information");
    assert_form(QC_FORM_NFC, "in\u00ADfor", "in\u00ADfor");
    assert_form(QC_FORM_TERM, "\u00AD\u200B", "");
    assert_form(QC_FORM_TERM, "e\u00AD\u0301", "\u00E9"); /* what is gone does not part a letter from its accent */
}

static void case_is_folded_in_full_and_accents_are_kept(void **state)
{
    (void)state;
    assert_form(QC_FORM_TERM, "Stra\u00DFe STRA\u1E9EE", "strasse strasse");
    assert_form(QC_FORM_TERM, "CAF\u00C9 cafe\u0301", "caf\u00E9 caf\u00E9");
    assert_form(QC_FORM_TERM, "\u0130I\u0131 i\u0307", "ii\u0131 i");
    assert_form(QC_FORM_TERM, "i\u0323\u0307 I\u0307\u0323", "\u1ECB \u1ECB"); /* canonically the same */
    assert_form(QC_FORM_TERM, "i\u0300\u0307", "\u00EC\u0307");               /* a dot above an accent is no i's own */
    assert_form(QC_FORM_TERM, "\u0149", "'n");
    assert_form(QC_FORM_TERM, "\u03B1\u0345\u0301 \u1FB4", "\u03AC\u03B9 \u03AC\u03B9");
    assert_form(QC_FORM_EXACT, "CAFE\u0301", "CAF\u00C9");
}

static void text_that_a_form_keeps_is_answered_as_it_is(void **state)
{
    (void)state;
    static const struct {
        qc_form form;
        const char *text;
    } kept[] = {
        {QC_FORM_NFC, "Plain ASCII, eight by eight.\nAnd on."},
        {QC_FORM_NFC, "Don\u2019t \u2013 caf\u00E9, \u4F60\u597D \uD55C\uAD6D, \u03C4\u03CC\u03C2 \U0001F600"},
        {QC_FORM_EXACT, "Plain ASCII."},
        {QC_FORM_EXACT, "Caf\u00E9 \u2013 \u00C9tude"},
        {QC_FORM_TERM, "plain caf\u00E9"},
        {QC_FORM_TERM, ""},
    };
    refuser none;
    refuser_init(&none, 1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        qc_folder folder = qc_folder_init(&none.memory);
        qc_folded folded;
        assert_true(qc_fold(&folder, kept[i].form, kept[i].text, strlen(kept[i].text), &folded));
        assert_ptr_equal(folded.text, kept[i].text);
        assert_null(folded.starts);
        qc_folder_clear(&folder);
    }
    assert_int_equal(none.asked, 0);
}

static void ascii_capitals_need_no_map(void **state)
{
    (void)state;
    const char *text = "We Shared\tit, caf\u00E9";
    qc_folder folder = qc_folder_init(NULL);
    qc_folded folded;
    assert_true(qc_fold(&folder, QC_FORM_TERM, text, strlen(text), &folded));
    assert_null(folded.starts);
    assert_int_equal(folded.length, strlen(text));
    assert_memory_equal(folded.text, "we shared it, caf\u00E9", folded.length);
    qcode_span span = qc_folded_span(&folded, 3, 9);
    assert_int_equal(span.start, 3);
    assert_int_equal(span.end, 9);
    qc_folder_clear(&folder);
}

static void a_span_takes_in_the_whole_of_what_it_touches(void **state)
{
    (void)state;
    static const struct {
        qc_form form;
        const char *text;
        const char *part; /* of the form */
        const char *span; /* of the text */
    } cases[] = {
        {QC_FORM_NFC, "xq\u0307\u0323y", "q", "q\u0307\u0323"},
        {QC_FORM_NFC, "x\u0939\u093Fy", "\u0939", "\u0939\u093F"},
        {QC_FORM_NFC, "x\u1112\u1161\u11ABy", "\uD55C", "\u1112\u1161\u11AB"},
        {QC_FORM_NFC, "x\u1100\u1160\u11A8y", "\u1160", "\u1100\u1160\u11A8"},
        {QC_FORM_TERM, "o\uFB03ce", "f", "\uFB03"},
        {QC_FORM_TERM, "Stra\u00DFe", "sse", "\u00DFe"},
        {QC_FORM_TERM, "in\u00ADfor\u00AD", "infor", "in\u00ADfor"},
        {QC_FORM_TERM, "we \uFEFFshared", "shared", "shared"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qc_folder folder = qc_folder_init(NULL);
        qc_folded folded;
        assert_true(qc_fold(&folder, cases[i].form, cases[i].text, strlen(cases[i].text), &folded));
        assert_non_null(folded.starts);
        size_t at = 0;
        while (memcmp(folded.text + at, cases[i].part, strlen(cases[i].part)) != 0)
            assert_true(++at + strlen(cases[i].part) <= folded.length);
        qcode_span span = qc_folded_span(&folded, at, at + strlen(cases[i].part));
        assert_int_equal(span.end - span.start, strlen(cases[i].span));
        assert_memory_equal(cases[i].text + span.start, cases[i].span, span.end - span.start);
        qcode_span nothing = qc_folded_span(&folded, folded.length, folded.length);
        assert_int_equal(nothing.start, strlen(cases[i].text));
        assert_int_equal(nothing.end, strlen(cases[i].text));
        qc_folder_clear(&folder);
    }
}

/* --- random texts --- */

static dice from = {.state = 5};

static uint32_t any(uint32_t below)
{
    return (uint32_t)dice_below(&from, below);
}

/* A character from where the trouble is: marks, jamo, composites, singletons, ligatures, and all the rest. */
static uint32_t any_point(void)
{
    static const struct {
        uint32_t first, count;
    } blocks[] = {
        {0x20, 0x60}, {0x20, 0x60}, {0x41, 0x3A}, {0x09, 5}, {0xA0, 0x160}, {0x300, 0x70},
        {0x300, 0x50}, {0x370, 0x90}, {0x590, 0x40}, {0x900, 0x80}, {0x9A0, 0x40}, {0xB80, 0x50},
        {0xF40, 0x80}, {0x1100, 0x100}, {0x1E00, 0x100}, {0x1F00, 0x100}, {0x2000, 0x70}, {0x2120, 0x20},
        {0x3040, 0x60}, {0xAC00, 0x400}, {0xF900, 0x50}, {0xFB00, 0x50}, {0xFF00, 0xF0}, {0x11099, 0x30},
        {0x1D15E, 8}, {0x1F600, 0x20}, {0x1F1E6, 26}, {0, 0x110000},
    };
    size_t block = any(sizeof blocks / sizeof *blocks);
    uint32_t point = blocks[block].first + any(blocks[block].count);
    return point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? 'x' : point;
}

static size_t any_text(char *text, size_t points)
{
    size_t length = 0;
    for (size_t i = 0; i < points; i++)
        length += qc_utf8_put(any_point(), text + length);
    text[length] = '\0';
    return length;
}

/* A mark or jamo may only follow the cut when nothing that a form keeps stands before it. */
static bool begins_cluster(const char *text, size_t length, size_t at)
{
    if (at == length)
        return true;
    size_t behind = at, before = 0;
    uint32_t point = qc_utf8_next(text, length, &behind);
    bool jamo = (point >= 0x1160 && point <= 0x11FF) || (point >= 0xD7B0 && point <= 0xD7FB);
    if (!qc_is_mark(point) && !jamo)
        return true;
    while (before < at) {
        uint32_t gone = qc_utf8_next(text, length, &before);
        if (gone != 0xAD && !(gone >= 0x200B && gone <= 0x200D) && gone != 0x2060 && gone != 0xFEFF)
            return false;
    }
    return true;
}

/* Starts and ends rise, stand between characters, and cut no cluster. */
static void check_map(const char *text, const qc_folded *folded)
{
    for (size_t i = 0; folded->starts && i < folded->length; i++) {
        assert_true(folded->starts[i] < folded->ends[i] && folded->ends[i] <= folded->source_length);
        assert_true(!i || (folded->starts[i - 1] <= folded->starts[i] && folded->ends[i - 1] <= folded->ends[i]));
        assert_true(begins_cluster(text, folded->source_length, folded->starts[i]));
        assert_true(begins_cluster(text, folded->source_length, folded->ends[i]));
    }
}

static void random_texts_have_the_nfc_that_utf8proc_gives(void **state)
{
    (void)state;
    char text[4 * 24 + 1];
    qc_folder folder = qc_folder_init(NULL);
    for (int round = 0; round < 60000; round++) {
        size_t length = any_text(text, 1 + any(24));
        qc_folded folded;
        assert_true(qc_fold(&folder, QC_FORM_NFC, text, length, &folded));
        utf8proc_uint8_t *wanted = utf8proc_NFC((const utf8proc_uint8_t *)text);
        assert_int_equal(folded.length, strlen((const char *)wanted));
        assert_memory_equal(folded.text, wanted, folded.length);
        check_map(text, &folded);
        if (folded.starts) /* this form drops nothing */
            assert_true(folded.starts[0] == 0 && folded.ends[folded.length - 1] == length);
        free(wanted);
    }
    qc_folder_clear(&folder);
}

static void forms_of_forms_and_of_equivalent_texts_are_the_same(void **state)
{
    (void)state;
    char text[4 * 16 + 1];
    qc_folder first = qc_folder_init(NULL), second = qc_folder_init(NULL);
    for (int round = 0; round < 60000; round++) {
        size_t length = any_text(text, 1 + any(16));
        char *apart = (char *)utf8proc_NFD((const utf8proc_uint8_t *)text);
        for (qc_form form = QC_FORM_NFC; form <= QC_FORM_TERM; form++) {
            qc_folded once, other;
            assert_true(qc_fold(&first, form, text, length, &once));
            check_map(text, &once);
            assert_true(qc_fold(&second, form, apart, strlen(apart), &other));
            assert_int_equal(once.length, other.length);
            assert_memory_equal(once.text, other.text, once.length);
            assert_true(qc_fold(&second, form, once.text, once.length, &other));
            assert_int_equal(once.length, other.length);
            assert_memory_equal(once.text, other.text, once.length);
        }
        free(apart);
    }
    qc_folder_clear(&first);
    qc_folder_clear(&second);
}

static void every_character_alone_keeps_to_the_rules(void **state)
{
    (void)state;
    qc_folder folder = qc_folder_init(NULL);
    for (uint32_t point = 1; point < 0x110000; point++) {
        if (point >= 0xD800 && point < 0xE000)
            continue;
        char text[5] = "";
        size_t length = qc_utf8_put(point, text);
        qc_folded folded;
        utf8proc_uint8_t *wanted = NULL;
        assert_true(utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &wanted,
                                 UTF8PROC_STABLE | UTF8PROC_COMPOSE) >= 0);
        assert_true(qc_fold(&folder, QC_FORM_NFC, text, length, &folded));
        if (folded.length != strlen((char *)wanted) || memcmp(folded.text, wanted, folded.length) != 0)
            fail_msg("NFC of U+%04X", (unsigned)point);
        free(wanted);
    }
    qc_folder_clear(&folder);
}

static void a_million_marks_take_linear_time(void **state)
{
    (void)state;
    enum { MARKS = 1000000 };
    char *text = malloc(2 * MARKS + 2);
    size_t length = 0;
    text[length++] = 'a';
    for (size_t i = 0; i < MARKS; i++) /* three classes, never in order */
        length += qc_utf8_put(i % 3 == 0 ? 0x0301 : i % 3 == 1 ? 0x0323 : 0x0334, text + length);
    text[length] = '\0';
    qc_folder folder = qc_folder_init(NULL);
    for (qc_form form = QC_FORM_NFC; form <= QC_FORM_TERM; form++) {
        clock_t begin = clock();
        qc_folded folded;
        assert_true(qc_fold(&folder, form, text, length, &folded));
        assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 2.0); /* a second power of it would take hours */
        qcode_span span = qc_folded_span(&folded, 0, 1);
        assert_int_equal(span.start, 0);
        assert_int_equal(span.end, length);
    }
    qc_folder_clear(&folder);
    free(text);
}

static bool fold_a_hard_text(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    char text[600] = "O\uFB03ce \u0130 ";
    for (size_t i = 0; i < 100; i++)
        strcat(text, i % 2 ? "\u0301" : "\u0323");
    qc_folder folder = qc_folder_init(memory);
    qc_folded folded;
    bool done = qc_fold(&folder, QC_FORM_TERM, text, strlen(text), &folded);
    if (!done)
        err->status = QCODE_NO_MEMORY;
    if (!done) { /* the folder can be used again */
        assert_true(qc_fold(&folder, QC_FORM_TERM, text, strlen(text), &folded));
        assert_memory_equal(folded.text, "office i", 8);
    }
    qc_folder_clear(&folder);
    return done;
}

static void refused_memory_leaves_a_folder_fit_for_use(void **state)
{
    (void)state;
    refuse_each_allocation(fold_a_hard_text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(terms_find_what_the_shared_cases_want),
        TEST(look_alikes_are_one_in_terms_and_apart_in_regexes),
        TEST(case_is_folded_in_full_and_accents_are_kept),
        TEST(text_that_a_form_keeps_is_answered_as_it_is),
        TEST(ascii_capitals_need_no_map),
        TEST(a_span_takes_in_the_whole_of_what_it_touches),
        TEST(random_texts_have_the_nfc_that_utf8proc_gives),
        TEST(forms_of_forms_and_of_equivalent_texts_are_the_same),
        TEST(every_character_alone_keeps_to_the_rules),
        TEST(a_million_marks_take_linear_time),
        TEST(refused_memory_leaves_a_folder_fit_for_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
