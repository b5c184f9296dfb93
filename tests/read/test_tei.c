/* TEI documents as turns. */
#include "base/buffer.h"
#include "read/show.h"

#define TEI(head, body) "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>" head "</teiHeader><text>" body "</text></TEI>"

static void assert_tei(const char *text, const char *wanted)
{
    assert_string_equal(turns_of("f.xml", text), wanted);
}

static void speakers_have_the_names_of_the_header(void **state)
{
    (void)state;
    assert_tei(TEI("<person xml:id='a'><persName><surname>van  der\nBerg</surname><forename>Ann</forename><forename>M.</forename></persName>"
                   "<persName>other</persName></person><person xml:id='b'><persName> Bob </persName></person><person xml:id='c'/>",
                   "<u who='#a'>one</u><u who='#b'>two</u><u who='#c'>three</u><u who='#d'>four</u><u who='#a b'>five</u><u>six</u>"),
               "Ann M. van der Berg|-1|one\nBob|-1|two\nc|-1|three\nd|-1|four\nAnn M. van der Berg, Bob|-1|five\n-|-1|six\n");
    assert_string_equal(layout(), "tei/speeches");
}

static void times_are_added_along_the_timeline(void **state)
{
    (void)state;
    assert_tei(TEI("", "<u who='a' start='#T3'>one</u><u who='b' start='#T4'>two</u><u who='a' start='#no'>three</u><u who='b' start='#R1'>x</u>"
                       "<timeline unit='s' origin='#T0'><when xml:id='T0' absolute='2025-03-04T09:30:00'/>"
                       "<when xml:id='T3' interval='1.5' since='#T2'/><when xml:id='T2' interval='10' since='#T0'/>"
                       "<when xml:id='T4' interval='2'/><when xml:id='R1' interval='1' since='#gone'/></timeline>"),
               "a|11500|one\nb|12000|two\na|-1|three\nb|-1|x\n");
}

/* Each moment since the next one: as long to work out as the timeline, and a ring ends. */
static void long_chains_of_moments_take_no_long_time(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, "<TEI><text><u who='a' start='#m00000'>x</u><u who='b' start='#r1'>y</u><timeline unit='ms'><when xml:id='o'/>");
    for (int i = 0; i < COUNT; i++)
        qc_buffer_print(&text, "<when xml:id='m%05d' interval='1' since='#m%05d'/>", i, i + 1);
    qc_buffer_print(&text, "<when xml:id='m%05d' interval='1' since='#o'/>", COUNT);
    qc_buffer_string(&text, "<when xml:id='r1' interval='1' since='#r2'/><when xml:id='r2' interval='1' since='#r1'/></timeline></text></TEI>");
    const char *turns = turns_of_bytes("f.xml", text.data, text.length);
    assert_non_null(strstr(turns, "a|100001|x\nb|"));
    qc_buffer_clear(&text);
}

static void what_nobody_says_is_left_out(void **state)
{
    (void)state;
    assert_tei(TEI("", "<front><head>Title</head></front><u who='a'><seg>we</seg><pause/><seg>shared</seg><note>editor</note>"
                       "<vocal><desc>coughs</desc></vocal> <del>never</del><choice><sic>alot</sic><corr>a lot</corr></choice>.</u>"
                       "<incident><desc>door</desc></incident><sp><speaker>BOB: </speaker><stage>rising</stage><p>Well.</p><p>Yes.</p></sp>"),
               "a|-1|we shared alot.\nBOB|-1|Well. Yes.\n");
    assert_noted("skipped 0: 6 notes, events");
}

static void tokens_are_joined_as_they_say(void **state)
{
    (void)state;
    assert_tei(TEI("", "<u who='a'><s>\n <w>Dear</w>\n <w join='right'>members</w>\n <pc>,</pc>\n"
                       " <w>it</w><pc join='left'>.</pc></s><s><w>Yes</w></s></u>"),
               "a|-1|Dear members, it. Yes\n");
}

static void a_document_without_speech_is_read_by_paragraphs(void **state)
{
    (void)state;
    assert_tei(TEI("<p>about</p>", "<body><p>One <hi>thing</hi>.</p><p>Two.</p></body>"), "-|-1|One thing.\n-|-1|Two.\n");
    assert_noted("guess 0: nobody speaks in this document");
}

static void nothing_outside_is_read(void **state)
{
    (void)state;
    assert_tei(TEI("", "<u who='a'>\n <xi:include xmlns:xi='x' href='/etc/hostname' parse='text'/>words</u>"), "a|-1|words\n");
    assert_noted("skipped 2: what another file holds (XInclude) is not read");
    assert_tei("<?xml version='1.0'?><!DOCTYPE TEI SYSTEM '/etc/passwd'><TEI><u who='#a'>words</u></TEI>", "a|-1|words\n");
    assert_tei("<?xml version='1.0'?><!DOCTYPE TEI [<!ENTITY b SYSTEM '/etc/passwd'>]><TEI><u>&b;</u></TEI>",
               "refused 6 f.xml:1:22: a document type with declarations (<!DOCTYPE ... [), which is not allowed here");
    assert_tei("<?xml version='1.0'?><note/>",
               "refused 6 f.xml:1:22: an XML document of a kind that is not read: expected TEI, found the element \"note\"");
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    static const char text[] = TEI("<person xml:id='a'><persName><surname>B</surname><forename>A</forename></persName></person>",
                                   "<timeline><when xml:id='o'/><when xml:id='t' interval='1'/></timeline>"
                                   "<u who='#a' start='#t'>o<choice><sic>n</sic>"
                                   "<corr>m</corr></choice>e</u><sp><speaker>C</speaker><p><w>t</w><w>w</w></p></sp>");
    refuse_each_allocation_of("f.xml", text, sizeof text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(speakers_have_the_names_of_the_header),
        TEST(times_are_added_along_the_timeline),
        TEST(long_chains_of_moments_take_no_long_time),
        TEST(what_nobody_says_is_left_out),
        TEST(tokens_are_joined_as_they_say),
        TEST(a_document_without_speech_is_read_by_paragraphs),
        TEST(nothing_outside_is_read),
        TEST(each_refused_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
