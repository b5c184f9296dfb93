/* Word documents: the text as a reader sees it. */
#include "read/office.h"

#define P(words) "<w:p><w:r><w:t>" words "</w:t></w:r></w:p>"
#define TWO P("I: How did it go?") P("R: Well.") P("I: And then?") P("R: Better.")
#define TWO_TURNS "I|-1|How did it go?\nR|-1|Well.\nI|-1|And then?\nR|-1|Better.\n"

static void assert_docx(const char *body, const char *wanted)
{
    assert_string_equal(turns_of_docx(body), wanted);
}

static void runs_are_joined(void **state)
{
    (void)state;
    assert_docx("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>I:</w:t><w:tab/></w:r><w:r><w:t xml:space='preserve'>How d</w:t></w:r>"
                "<w:hyperlink><w:r><w:t>id it go?</w:t></w:r></w:hyperlink></w:p>" P("R: Well.") P("I: And then?") P("R: Better."),
                TWO_TURNS);
    assert_string_equal(layout(), "docx/label");
    assert_docx(P("I: One.") P("R: A non</w:t><w:t>sense.") P("I: Two.") P("R: Hy</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>phen."),
                "I|-1|One.\nR|-1|A nonsense.\nI|-1|Two.\nR|-1|Hy\xE2\x80\x91\xC2\xADphen.\n");
}

static void paragraphs_are_parted_by_an_empty_line_but_a_label_leads_on(void **state)
{
    (void)state;
    turns_of_docx(P("Interview A") P("I: How did it go?") P("R: Well.") "<w:p/><w:p/>" P("Better than before."));
    assert_string_equal(text_read(), "Interview A\nI: How did it go?\n\nR: Well.\n\nBetter than before.\n");
    turns_of_docx("<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:br/></w:r></w:p>" P("a\n  b"));
    assert_string_equal(text_read(), "One\ntwo\n\na   b\n");
}

static void tracked_changes_are_read_as_accepted(void **state)
{
    (void)state;
    assert_docx(P("I: How did it go?")
                "<w:p><w:r><w:t xml:space='preserve'>R: We </w:t></w:r><w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del>"
                "<w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
                "<w:moveTo><w:r><w:t xml:space='preserve'> shared.</w:t></w:r></w:moveTo></w:p>" P("I: And?") P("R: Yes."),
                "I|-1|How did it go?\nR|-1|We always shared.\nI|-1|And?\nR|-1|Yes.\n");
    assert_noted("skipped 0: 2 tracked deletions, left out as deleted");
    assert_noted("info 0: 2 tracked insertions, kept as inserted");
    turns_of_docx("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>" P("line."));
    assert_string_equal(text_read(), "One line.\n");
}

static void content_with_an_alternative_is_read_once(void **state)
{
    (void)state;
    turns_of_docx("<w:p><w:r><w:t>a </w:t></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>new</w:t></w:r></mc:Choice>"
                  "<mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback></mc:AlternateContent>"
                  "<mc:AlternateContent><mc:Fallback><w:r><w:t> only</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>");
    assert_string_equal(text_read(), "a new only\n");
}

static void a_text_box_comes_behind_its_paragraph(void **state)
{
    (void)state;
    turns_of_docx("<w:p><w:r><w:t>We </w:t></w:r><w:r><w:pict><w:txbxContent>" P("in a box.") P("Still.") "</w:txbxContent></w:pict></w:r>"
                  "<w:r><w:t>shared.</w:t></w:r></w:p>" P("After."));
    assert_string_equal(text_read(), "We shared.\n\nin a box.\n\nStill.\n\nAfter.\n");
}

static void what_is_left_out_is_noted(void **state)
{
    (void)state;
    turns_of_docx("<w:p><w:pPr><w:sectPr><w:headerReference/><w:footerReference/></w:sectPr><w:tabs><w:tab/></w:tabs></w:pPr>"
                  "<w:r><w:t>Words.</w:t><w:footnoteReference/><w:commentReference/><w:sym w:char='F04A'/></w:r>"
                  "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t><w:tab/></w:r>"
                  "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>");
    assert_string_equal(text_read(), "Words.shown\n");
    assert_noted("skipped 0: 1 comments");
    assert_noted("skipped 0: 1 footnotes");
    assert_noted("skipped 0: 2 page headers");
    assert_noted("skipped 0: 1 hidden runs");
    assert_noted("skipped 0: 1 symbols");
}

#define CELL(words) "<w:tc><w:tcPr><w:tcW/></w:tcPr>" P(words) "</w:tc>"
#define ROW(cells) "<w:tr>" cells "</w:tr>"
#define TABLE(rows) "<w:tbl><w:tblPr/><w:tblGrid/>" rows "</w:tbl>"

static void tables_of_turns_are_turns(void **state)
{
    (void)state;
    assert_docx(TABLE(ROW(CELL("I") CELL("How did it go?")) ROW(CELL("R:") CELL("Well.")) ROW(CELL("I") CELL("And then?"))
                      ROW(CELL("R") CELL("Better."))), TWO_TURNS);
    assert_docx(TABLE(ROW(CELL("1") CELL("0:05") CELL("I") CELL("How did it go?")) ROW(CELL("2") CELL("[0:07]") CELL("R") CELL("Well."))
                      ROW(CELL("3") CELL("0:09") CELL("I") CELL("And then?")) ROW(CELL("4") CELL("1:02:03") CELL("R") CELL("Better."))),
                "I|5000|How did it go?\nR|7000|Well.\nI|9000|And then?\nR|3723000|Better.\n");
    assert_docx(P("Interview 7") TABLE(ROW(CELL("Utterance") CELL("Speaker")) ROW(CELL("How did it go?") CELL("I")) ROW(CELL("Well.") CELL("R"))
                      ROW(CELL("And then?") CELL("I")) ROW(CELL("Better.") CELL("R"))), TWO_TURNS);
}

/* Columns are found by the first 32 rows; the others follow them. */
static void a_long_table_is_read_to_its_end(void **state)
{
    (void)state;
    qc_buffer body = qc_buffer_init(NULL);
    qc_buffer_string(&body, "<w:tbl>");
    for (int i = 0; i < 100; i++)
        qc_buffer_print(&body, "<w:tr><w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Words %d.</w:t></w:r></w:p></w:tc>"
                               "</w:tr>", i % 2 ? "R" : "I", i);
    qc_buffer_append(&body, "</w:tbl>", 9);
    const char *turns = turns_of_docx(body.data);
    assert_non_null(strstr(turns, "I|-1|Words 0.\nR|-1|Words 1.\n"));
    assert_non_null(strstr(turns, "I|-1|Words 98.\nR|-1|Words 99.\n"));
    qc_buffer_clear(&body);
}

static void other_tables_are_lines_with_tabs(void **state)
{
    (void)state;
    turns_of_docx(TABLE(ROW(CELL("one thing said.") CELL("another thing.") CELL("a third.")) ROW(CELL("x.") CELL("") CELL("z."))
                        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" P("wide.") "</w:tc>" CELL("narrow.") "</w:tr>"));
    assert_string_equal(text_read(), "one thing said.\tanother thing.\ta third.\nx.\tz.\nwide.\tnarrow.\n");
    turns_of_docx(TABLE(ROW("<w:tc>" P("Outer.") TABLE(ROW(CELL("in") CELL("ner."))) "</w:tc>" CELL("End."))));
    assert_string_equal(text_read(), "Outer.\nin\nner.\tEnd.\n");
}

#define TURN(label, words) "<w:p><w:r><w:t>" label "</w:t><w:br/></w:r><w:r><w:t>" words "</w:t><w:br/></w:r></w:p>"

static void a_turn_may_be_one_paragraph_with_line_breaks(void **state)
{
    (void)state;
    assert_docx(P("Meeting") P("Ann started transcription") TURN("Ann   0:03", "How did it go?") TURN("Bob   0:07", "Well.")
                TURN("Ann   0:09", "And then?") TURN("Bob   1:02:03", "Better.") P("Ann stopped transcription"),
                "Ann|3000|How did it go?\nBob|7000|Well.\nAnn|9000|And then?\nBob|3723000|Better.\n");
    assert_noted("one line behind the last turn");
}

static void numbers_of_lists_are_noted(void **state)
{
    (void)state;
#define LISTED(number) "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='" number "'/></w:numPr></w:pPr><w:r><w:t>Why?</w:t></w:r></w:p>"
    turns_of_docx(LISTED("1") LISTED("2") LISTED("0"));
    assert_string_equal(text_read(), "Why?\n\nWhy?\n\nWhy?\n");
    assert_noted("skipped 0: 2 paragraphs of a list");
}

static void no_cell_of_a_wide_row_is_lost(void **state)
{
    (void)state;
    qc_buffer body = qc_buffer_init(NULL);
    qc_buffer_string(&body, "<w:tbl>");
    for (int row = 0; row < 2; row++) {
        qc_buffer_string(&body, "<w:tr>");
        for (int i = 1; i <= 66; i++)
            qc_buffer_print(&body, "<w:tc><w:p><w:r><w:t>Cell %d.</w:t></w:r></w:p></w:tc>", i);
        qc_buffer_string(&body, "</w:tr>");
    }
    qc_buffer_append(&body, "</w:tbl>", 9);
    turns_of_docx(body.data);
    assert_non_null(strstr(text_read(), "\tCell 64.\nCell 65.\nCell 66.\nCell 1.\tCell 2.\t"));
    qc_buffer_clear(&body);
}

static void cells_beside_the_turns_of_a_table_are_noted(void **state)
{
    (void)state;
    assert_docx(TABLE(ROW(CELL("Speaker") CELL("Text") CELL("Memo")) ROW(CELL("I") CELL("How did it go?") CELL("!"))
                      ROW(CELL("R:") CELL("Well.") CELL("")) ROW(CELL("I") CELL("And then?") CELL("?")) ROW(CELL("R") CELL("Better."))), TWO_TURNS);
    assert_noted("skipped 0: 2 cells of tables of turns");
}

static void the_main_part_is_the_one_that_the_package_names(void **state)
{
    (void)state;
    static const char rels[] = "<Relationships><Relationship Id='r0' Type='http://x/thumbnail' Target='word/document.xml'/>"
                               "<Relationship Id='r1' Type='http://x/officeDocument' Target='%s'/></Relationships>";
    static const char part[] = "<w:document xmlns:w='" W "'><w:body>" P("The right one.") "</w:body></w:document>";
    static const char *const targets[] = {"/word/other.xml", "word/other.xml", "./word/other.xml"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        qc_buffer named = qc_buffer_init(NULL);
        qc_buffer_print(&named, rels, targets[i]);
        turns_of_parts("f.docx", (const char *const[]){"_rels/.rels", qc_buffer_text(&named), "word/document.xml", "<a/>", "word/other.xml",
                                                      part, NULL});
        assert_string_equal(text_read(), "The right one.\n");
        qc_buffer_clear(&named);
    }
    assert_string_equal(turns_of_parts("f.docx", (const char *const[]){"word/x.xml", "<a/>", NULL}),
                        "refused 6 f.docx: an archive without a document inside: it has neither _rels/.rels nor word/document.xml");
    assert_string_equal(turns_of_parts("f.docx", (const char *const[]){"word/document.xml", " <a>x</a>", NULL}),
                        "refused 6 f.docx:word/document.xml:1:2: the element \"a\" where a Word document has \"document\"");
}

/* ECMA-376-2, 8.2.4: parts have no document type, harmless or not. */
static void a_part_has_no_document_type(void **state)
{
    (void)state;
    const char *says = turns_of_parts("f.docx", (const char *const[]){"word/document.xml", "<!DOCTYPE a SYSTEM 'a'><a/>", NULL});
    assert_string_equal(says, "refused 6 f.docx:word/document.xml:1:1: a document type (<!DOCTYPE), which is not allowed here");
}

static void what_is_no_archive_is_refused_for_what_it_is(void **state)
{
    (void)state;
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";
    assert_string_equal(turns_of_bytes("f.docx", ole, sizeof ole),
                        "refused 6 f.docx: is an old Word file (.doc); save it as .docx without a password");
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(turns_of_bytes("f.docx", "PK\3", i), "refused"));
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_docx(&data, TWO "<w:p><w:r><w:txbxContent>" P("box") "</w:txbxContent></w:r></w:p>"
              TABLE(ROW(CELL("I") CELL("How did it go?")) ROW(CELL("R:") CELL("Well.") CELL("x"))));
    refuse_each_allocation_of("f.docx", data.data, data.length);
    qc_buffer_clear(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(runs_are_joined),
        TEST(paragraphs_are_parted_by_an_empty_line_but_a_label_leads_on),
        TEST(tracked_changes_are_read_as_accepted),
        TEST(content_with_an_alternative_is_read_once),
        TEST(a_text_box_comes_behind_its_paragraph),
        TEST(what_is_left_out_is_noted),
        TEST(tables_of_turns_are_turns),
        TEST(a_long_table_is_read_to_its_end),
        TEST(other_tables_are_lines_with_tabs),
        TEST(a_turn_may_be_one_paragraph_with_line_breaks),
        TEST(numbers_of_lists_are_noted),
        TEST(no_cell_of_a_wide_row_is_lost),
        TEST(cells_beside_the_turns_of_a_table_are_noted),
        TEST(the_main_part_is_the_one_that_the_package_names),
        TEST(a_part_has_no_document_type),
        TEST(what_is_no_archive_is_refused_for_what_it_is),
        TEST(each_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
