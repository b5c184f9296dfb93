/* HTML, RTF and PDF: containers of lines, for the layouts of plain text. */
#include "base/process.h"
#include "read/show.h"

#include <stdio.h>
#include <stdlib.h>

static void a_web_page_is_read_as_it_is_seen(void **state)
{
    (void)state;
    assert_turns(
        "a.html",
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style><script>if (a<b) f(\"</p>\")</script></head>\n"
        "<body><!-- no > --><p><b>Interviewer:</b> What &amp; why&nbsp;&hellip; &lt;b&gt;?</p>\n"
        "<p><b>R1:</b> Because<br>of\n <i>you</i> &#x1F642; a < b.<P>Interviewer: So?\n"
        "<div>R1: Yes <a title=\"a>b\">ok</a>.</div>",
        "Interviewer|-1|What & why … <b>?\nR1|-1|Because of you 🙂 a < b.\nInterviewer|-1|So?\nR1|-1|Yes ok.\n");
    assert_string_equal(layout(), "html/label");
}

static void what_a_page_hides_is_left_out(void **state)
{
    (void)state;
    turns_of("a.html", "<p>One <span hidden>no <span>no</span> no</span>two.</p><div style='color: red; Display : NONE'>no<br></div>"
                       "<p data-hidden='1' style=\"display:inline\">Three.</p><P HIDDEN=until-found>no</P><input hidden><p hidden=''>no</p>Four.");
    assert_string_equal(text_read(), "One two.\n\nThree.\n\nFour.\n");
    assert_noted("skipped 1: what the page hides (hidden, display:none) is left out");
    turns_of("a.html", "<p>One.</p>\n<div hidden>Two.<p hidden>Three.");
    assert_string_equal(text_read(), "One.\n\nTwo.\n\nThree.\n");
    assert_noted("replaced 2: a hidden element without an end: its words are kept");
}

static void the_podcast_namespace_names_speakers_and_times(void **state)
{
    (void)state;
    assert_turns("a.html",
                 "<cite>Ann:</cite>\n<time>0:00</time>\n<p>Hello, I read "
                 "<cite>Emma</cite>.</p>\n<cite>Bo:</cite>\n<time>1:02</time>\n<p>I&#39;m "
                 "well.</p>\n<cite>Ann:</cite>\n<time>1:05</time>\n<p>Good.</p>\n",
                 "Ann|0|Hello, I read Emma.\nBo|62000|I'm well.\nAnn|65000|Good.\n");
}

static void a_page_says_its_encoding(void **state)
{
    (void)state;
    assert_turns("a.html",
                 "<html><meta charset=windows-1251><p>Ann: \xEF\xF0\xE8\xE2\xE5\xF2?</p><p>Bo: \xE4\xE0.</p><p>Ann: "
                 "a?</p><p>Bo: b.</p>",
                 "Ann|-1|привет?\nBo|-1|да.\nAnn|-1|a?\nBo|-1|b.\n");
}

static void markup_that_is_never_closed_is_noted(void **state)
{
    (void)state;
    turns_of("a.html", "<p>Ann: one?</p>\n<p>Bo: two <b</p><p>Ann: a?</p><p>Bo: b.\n<a title=\"x");
    assert_noted("replaced 3: a tag that is never closed");
    turns_of("a.html", "<p>Ann: one?</p>\n<!-- gone");
    assert_noted("skipped 2: a comment or script that is never closed");
}

static void rich_text_is_read_as_it_is_seen(void **state)
{
    (void)state;
    assert_turns(
        "a.rtf",
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Calibri;}{\\f1\\fcharset204 "
        "Arial;}}{\\*\\generator x;}"
        "{\\info{\\title secret}}\n{\\header Page 1\\par}\\pard\\b Interviewer:\\b0\\tab What\\rquote s caf\\'e9 "
        "\\u8211?\\u-10179?\\u-8638? \\{ok\\}?\\par\nR1:\\tab Well{\\v hidden}{\\deleted gone} yes\\line and "
        "{\\f1\\'ef\\'f0\\'e8\\'e2} \\u1055\\'3f\\emdash do\nne{\\pict\\bin3 }}x}.\\par Interviewer:\\tab So?\\par "
        "R1:\\tab {\\uc0\\u233 No}{\\footnote n}.\\par}trailing",
        "Interviewer|-1|What’s café –🙂 {ok}?\nR1|-1|Well yes and прив "
        "П—done.\nInterviewer|-1|So?\nR1|-1|éNo.\n");
    assert_string_equal(layout(), "rtf/label");
    assert_noted("skipped 2: a header, footer, note or comment");
    assert_noted("skipped 3: hidden text");
    assert_noted("skipped 3: text whose deletion was tracked");
}

static void broken_rich_text_is_noted_or_refused(void **state)
{
    (void)state;
    turns_of("a.rtf", "{\\rtf1 Ann: a?\\par Bo: \\u-10179? b.\\par Ann: c?\\par Bo: d");
    assert_noted("warning 1: a group is not closed");
    assert_noted("replaced 1: characters that the file's encoding does not have");
    char deep[700] = "{\\rtf1 ";
    memset(deep + 7, '{', 600);
    assert_string_equal(turns_of("a.rtf", deep), "refused 7 a.rtf:1: groups more than 255 deep");
}

/* One page, two lines; the table of places is left to the reader to mend. */
static const char small_pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 151>>stream\nBT /F1 12 Tf 40 250 Td (Interviewer: Why?) Tj 0 -20 Td (Bo: Because.) Tj 0 -20 Td "
    "(Interviewer: So?) Tj 0 -20 Td (Bo: Yes, so it was then.) Tj ET   \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

#define NEED_PDFTOTEXT                                         \
    char program[1024];                                        \
    if (!qc_process_find("pdftotext", program, sizeof program)) { \
        print_message("skipped: pdftotext is not installed\n"); \
        skip();                                                \
    }

static void a_pdf_is_read_through_pdftotext(void **state)
{
    (void)state;
    NEED_PDFTOTEXT
    assert_turns("a.pdf", small_pdf,
                 "Interviewer|-1|Why?\nBo|-1|Because.\nInterviewer|-1|So?\nBo|-1|Yes, so it was then.\n");
    assert_string_equal(layout(), "pdf/label");
    assert_non_null(strstr(turns_of("a.pdf", "%PDF-1.4\nbroken"), "refused 5 a.pdf: pdftotext cannot read this PDF"));
}

static void without_pdftotext_a_pdf_is_refused_and_says_so(void **state)
{
    (void)state;
    char *path = getenv("PATH"), kept[4096];
    snprintf(kept, sizeof kept, "%s", path ? path : "");
    setenv("PATH", "/nonexistent", 1);
    const char *shown = turns_of("a.pdf", small_pdf);
    setenv("PATH", kept, 1);
    assert_string_equal(shown, "refused 2 a.pdf: a PDF is read by the program pdftotext (in Debian's poppler-utils), "
                               "which is not on the PATH");
}

static void refused_allocations_leave_nothing_behind(void **state)
{
    (void)state;
    static const char html[] = "<p>Ann: &amp; one?</p><table><tr><td>Bo:</td><td>x</td></tr></table>";
    static const char rtf[] =
        "{\\rtf1{\\fonttbl{\\f1\\fcharset204 A;}}Ann: \\'e9 {\\f1\\'ef}?\\par Bo: \\u8211? no\\par}";
    refuse_each_allocation_of("a.html", html, sizeof html - 1);
    refuse_each_allocation_of("a.rtf", rtf, sizeof rtf - 1);
    NEED_PDFTOTEXT
    refuse_each_allocation_of("a.pdf", small_pdf, sizeof small_pdf - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_web_page_is_read_as_it_is_seen),
        TEST(what_a_page_hides_is_left_out),
        TEST(the_podcast_namespace_names_speakers_and_times),
        TEST(a_page_says_its_encoding),
        TEST(markup_that_is_never_closed_is_noted),
        TEST(rich_text_is_read_as_it_is_seen),
        TEST(broken_rich_text_is_noted_or_refused),
        TEST(a_pdf_is_read_through_pdftotext),
        TEST(without_pdftotext_a_pdf_is_refused_and_says_so),
        TEST(refused_allocations_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
