/* OpenDocument texts: the text as a reader sees it. */
#include "read/office.h"

#define P(words) "<text:p>" words "</text:p>"

static void assert_text(const char *body, const char *wanted)
{
    turns_of_odt(body);
    assert_string_equal(text_read(), wanted);
}

static void blanks_count_as_the_format_says(void **state)
{
    (void)state;
    assert_text(P("  I:<text:tab/>How <text:span> did\n  it</text:span> go?<text:s text:c='3'/>Well<text:s/>?<text:line-break/> Next. "),
                "I:\tHow did it go?   Well ?\nNext.\n");
    assert_text("between <text:h>Title</text:h> paragraphs" P("One.") "\n" P("Two."), "Title\nOne.\n\nTwo.\n");
}

static void too_many_spaces_are_refused_where_they_stand(void **state)
{
    (void)state;
    assert_int_equal(strlen(turns_of_odt(P("a<text:s text:c='1000'/>b"))), strlen("-|-1|ab\n") + 1000);
    const char *says = turns_of_odt("\n" P("a<text:s text:c='1001'/>b"));
    assert_string_equal(says, "refused 7 f.odt:content.xml:2:10: the attribute \"c\" is above the limit of 1000");
    assert_non_null(strstr(turns_of_odt(P("<text:s text:c='-1'/>")), "is no number"));
    assert_non_null(strstr(turns_of_odt(P("<text:s text:c='99999999999999999999999'/>")), "above the limit"));
}

static void what_is_no_text_is_left_out_with_a_note(void **state)
{
    (void)state;
    assert_text("<text:tracked-changes><text:changed-region><text:deletion>" P("deleted") "</text:deletion></text:changed-region>"
                "</text:tracked-changes>"
                P("We <text:change-start/>always<text:change-end/> shared<text:note><text:note-body>" P("foot") "</text:note-body></text:note>."
                  "<office:annotation>" P("comment") "</office:annotation><draw:frame><svg:title>no</svg:title><svg:desc>no</svg:desc>"
                  "<draw:text-box>" P("Box.") "</draw:text-box></draw:frame> And more."),
                "We always shared. And more.\n\nBox.\n");
    assert_noted("skipped 0: 1 tracked deletions");
    assert_noted("skipped 0: 1 footnotes");
    assert_noted("skipped 0: 1 comments");
}

#define CELL(words) "<table:table-cell>" P(words) "</table:table-cell>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"

static void tables_of_turns_are_turns(void **state)
{
    (void)state;
    const char *turns = turns_of_odt("<table:table><table:table-column/>" ROW(CELL("I") CELL("How did it go?")) ROW(CELL("R") CELL("Well."))
                                     ROW(CELL("I") CELL("And then?")) ROW(CELL("R") CELL("Better.")) "</table:table>");
    assert_string_equal(turns, "I|-1|How did it go?\nR|-1|Well.\nI|-1|And then?\nR|-1|Better.\n");
    assert_text("<table:table>" ROW("<table:table-cell table:number-columns-repeated='4000000000'>" P("One thing.") "</table:table-cell>"
                                    "<table:covered-table-cell/>") "</table:table>" P("End."), "One thing.\n\nEnd.\n");
}

static void an_encrypted_document_is_refused(void **state)
{
    (void)state;
    static const char type[] = "application/vnd.oasis.opendocument.text";
    const char *says = turns_of_parts("f.odt", (const char *const[]){"mimetype", type, "content.xml", "\x01\x02", "META-INF/manifest.xml",
                                      "<manifest><file-entry><encryption-data/></file-entry></manifest>", NULL});
    assert_string_equal(says, "refused 6 f.odt: the document is encrypted; save it without a password");
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_odt(&data, P("I: One.") P("R: Two.") P("I: Three.") P("R: Four.") "<table:table>" ROW(CELL("I") CELL("Five.")) "</table:table>");
    refuse_each_allocation_of("f.odt", data.data, data.length);
    qc_buffer_clear(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blanks_count_as_the_format_says),
        TEST(too_many_spaces_are_refused_where_they_stand),
        TEST(what_is_no_text_is_left_out_with_a_note),
        TEST(tables_of_turns_are_turns),
        TEST(an_encrypted_document_is_refused),
        TEST(each_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
