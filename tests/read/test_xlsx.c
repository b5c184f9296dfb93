/* Workbooks as turns. */
#include "read/office.h"

#define BOOK(sheets) "<workbook><sheets>" sheets "</sheets></workbook>"
#define ONE BOOK("<sheet name='Talk' id='r1'/>")
#define RELS "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>" \
             "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/sheet2.xml'/>" \
             "<Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/>" \
             "<Relationship Id='r4' Type='x/styles' Target='styles.xml'/></Relationships>"
#define STRINGS "<sst><si><t>Speaker</t></si><si><t>Time</t></si><si><r><t>Te</t></r><r><t>xt</t></r><rPh><t>no</t></rPh></si>" \
                "<si><t>I</t></si><si><t>R</t></si><si><t>one_x005F_two_x000A_three</t></si></sst>"
#define STYLES "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[h]:mm:ss'/><numFmt numFmtId='171' formatCode='0.00\"hms\"'/></numFmts>" \
               "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='21'/><xf numFmtId='170'/>" \
               "<xf numFmtId='171'/></cellXfs></styleSheet>"
#define HEAD "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c></row>"

/* The turns of a workbook whose first sheet has these rows. */
static const char *turns_of_rows(const char *rows)
{
    qc_buffer sheet = qc_buffer_init(NULL);
    qc_buffer_print(&sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    const char *shown = turns_of_parts("f.xlsx", (const char *const[]){"xl/workbook.xml", ONE, "xl/_rels/workbook.xml.rels", RELS,
                                       "xl/sharedStrings.xml", STRINGS, "xl/styles.xml", STYLES, "xl/worksheets/sheet1.xml",
                                       qc_buffer_text(&sheet), NULL});
    qc_buffer_clear(&sheet);
    return shown;
}

static void every_kind_of_cell_is_its_stored_text(void **state)
{
    (void)state;
    assert_string_equal(turns_of_rows(HEAD "<row r='2'><c r='A2' t='s'><v>3</v></c><c r='B2'><v>7.5</v></c><c r='C2' t='s'><v>5</v></c></row>"
                                      "<row r='3'><c r='A3' t='inlineStr'><is><t>R</t></is></c><c r='C3' t='str'><f>1+1</f><v>two</v></c></row>"
                                      "<row r='4'><c t='s'><v>3</v></c><c t='d'><v>0:11</v></c><c t='b'><v>1</v></c></row>"
                                      "<row/><row r='9'><c r='A9' t='s'><v>4</v></c><c r='C9' t='e'><v>#N/A</v></c><c r='D9'/></row>"),
                        "I|7500|one_two three\nR|-1|two\nI|11000|TRUE\nR|-1|#N/A\n");
    assert_string_equal(layout(), "xlsx/table");
}

static void days_that_are_shown_as_times_are_times(void **state)
{
    (void)state;
    assert_string_equal(turns_of_rows(HEAD "<row><c t='s'><v>3</v></c><c s='1'><v>0.0001157407</v></c><c t='str'><v>ten</v></c></row>"
                                      "<row><c t='s'><v>4</v></c><c s='2'><v>1.5</v></c><c t='str'><v>a day and a half</v></c></row>"
                                      "<row><c t='s'><v>3</v></c><c s='3'><v>1.5</v></c><c t='str'><v>seconds</v></c></row>"),
                        "I|10000|ten\nR|129600000|a day and a half\nI|1500|seconds\n");
}

static void a_bad_cell_is_refused_by_name(void **state)
{
    (void)state;
    const char *says = turns_of_rows(HEAD "<row r='2'><c r='A2' t='s'><v>6</v></c></row>");
    assert_non_null(strstr(says, "f.xlsx:xl/worksheets/sheet1.xml:1:"));
    assert_non_null(strstr(says, "cell A2: refers to a shared string that does not exist"));
    assert_non_null(strstr(turns_of_rows(HEAD "<row><c r='B2' t='s'><v>-1</v></c></row>"), "cell B2: refers to a shared string"));
    assert_non_null(strstr(turns_of_rows(HEAD "<row><c r='B2'/><c r='A2'/></row>"), "cell A2: stands before the cell that precedes it"));
    assert_non_null(strstr(turns_of_rows(HEAD "<row><c r='XFD2'/></row>"), "cell XFD2: stands beyond the limit of columns"));
    assert_non_null(strstr(turns_of_rows("<row><c t='str'><v>a</v></c></row>"), "no sheet names its columns"));
}

static void the_sheet_with_named_columns_is_read(void **state)
{
    (void)state;
    const char *turns = turns_of_parts("f.xlsx", (const char *const[]){
        "xl/workbook.xml", BOOK("<sheet name='Notes' id='r1'/><sheet name='Talk' id='r2'/>"), "xl/_rels/workbook.xml.rels", RELS,
        "xl/sharedStrings.xml", STRINGS, "xl/styles.xml", STYLES, "xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet2.xml",
        "<worksheet><sheetData>" HEAD "<row><c t='s'><v>3</v></c><c/><c t='s'><v>4</v></c></row></sheetData></worksheet>", NULL});
    assert_string_equal(turns, "I|-1|R\n");
    assert_noted("of 2 sheets only \"Talk\" is read");
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    static const char sheet[] = "<worksheet><sheetData>" HEAD "<row><c t='s'><v>3</v></c><c s='1'><v>0.5</v></c><c t='s'><v>5</v></c></row>"
                                "</sheetData></worksheet>";
    const archive_member members[] = {{"xl/workbook.xml", ONE, strlen(ONE)},
                                      {"xl/_rels/workbook.xml.rels", RELS, strlen(RELS)},
                                      {"xl/sharedStrings.xml", STRINGS, strlen(STRINGS)},
                                      {"xl/styles.xml", STYLES, strlen(STYLES)},
                                      {"xl/worksheets/sheet1.xml", sheet, sizeof sheet - 1}};
    make_archive(&data, members, 5);
    refuse_each_allocation_of("f.xlsx", data.data, data.length);
    qc_buffer_clear(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_cell_is_its_stored_text),
        TEST(days_that_are_shown_as_times_are_times),
        TEST(a_bad_cell_is_refused_by_name),
        TEST(the_sheet_with_named_columns_is_read),
        TEST(each_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
