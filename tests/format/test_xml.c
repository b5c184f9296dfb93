/* XML as events: what is read, what is refused and where. */
#include "format/xml.h"
#include "base/buffer.h"
#include "base/error.h"
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A feed of pieces of one size. */
typedef struct pieces {
    const char *data;
    size_t length, at, size;
} pieces;

static bool read_piece(void *user, void *to, size_t room, size_t *got, qcode_error *err)
{
    (void)err;
    pieces *feed = user;
    size_t left = feed->length - feed->at;
    *got = left < feed->size ? left : feed->size;
    assert_true(*got <= room);
    memcpy(to, feed->data + feed->at, *got);
    feed->at += *got;
    return true;
}

static void put_event(qc_buffer *out, const qc_xml_event *event, bool *in_text)
{
    bool text = event->kind == QC_XML_TEXT;
    if (*in_text != text)
        qc_buffer_byte(out, '|');
    *in_text = text;
    if (text)
        qc_buffer_append(out, event->text, event->length);
    if (event->kind == QC_XML_OPEN)
        qc_buffer_print(out, "<%s", event->name);
    for (size_t i = 0; i < event->attribute_count; i++)
        qc_buffer_print(out, " %s=%s", event->attributes[i].name, event->attributes[i].value);
    if (event->kind == QC_XML_CLOSE)
        qc_buffer_print(out, ">%s", event->name);
}

/* A document as "<a x=1|text|>a", or the error; read in pieces. Static until the next call. */
static const char *events_of(const char *text, size_t length, size_t size, const qcode_limits *limits)
{
    static char said[8192];
    qcode_limits all = qcode_limits_resolve(limits);
    qcode_error err = {.status = QCODE_OK};
    pieces feed = {text, length, 0, size};
    qc_xml *xml = qc_xml_new((qc_xml_feed){read_piece, &feed}, "f", &all, NULL, &err);
    qc_buffer out = qc_buffer_init(NULL);
    qc_xml_event event = {.kind = QC_XML_OPEN};
    bool in_text = false;
    while (event.kind != QC_XML_END && qc_xml_next(xml, &event, &err))
        put_event(&out, &event, &in_text);
    if (err.status)
        qcode_error_text(&err, said, sizeof said);
    else
        snprintf(said, sizeof said, "%s", qc_buffer_text(&out));
    qc_xml_free(xml);
    qc_buffer_clear(&out);
    return said;
}

/* The same whatever the pieces are. */
static void assert_events(const char *text, size_t length, const char *wanted)
{
    for (size_t size = 1; size <= length + 1; size++)
        if (strcmp(events_of(text, length, size, NULL), wanted) != 0)
            fail_msg("in pieces of %zu: \"%s\", expected \"%s\"", size, events_of(text, length, size, NULL), wanted);
}

static void assert_read(const char *text, const char *wanted)
{
    assert_events(text, strlen(text), wanted);
}

static void elements_attributes_and_text_come_in_order(void **state)
{
    (void)state;
    assert_read("<a/>", "<a>a");
    assert_read("<?xml version='1.0'?><a x='1' y=\"a > b\"><b>one &amp; &#x74;wo</b> <c/></a>",
                "<a x=1 y=a > b<b|one & two|>b| |<c>c>a");
    assert_read("<w:p xmlns:w='u' w:val='&lt;\"'><!-- > no --><?pi > no?>t<![CDATA[<&>]]>u</w:p>", "<p val=<\"|t<&>u|>p");
    assert_read("\xEF\xBB\xBF<a>caf\xC3\xA9 \xF0\x9F\x99\x82</a>\n", "<a|caf\xC3\xA9 \xF0\x9F\x99\x82|>a");
    assert_read("<a>one\r\ntwo\rthree</a>", "<a|one\ntwo\nthree|>a");
    assert_read("<x:a>no namespace</x:a>", "<a|no namespace|>a");
}

static void other_encodings_come_as_utf_8(void **state)
{
    (void)state;
    assert_read("<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xE9</a>", "<a|caf\xC3\xA9|>a");
    static const char wide[] = "\xFF\xFE<\0a\0>\0\xE9\0=\xD8\x42\xDE<\0/\0a\0>\0";
    assert_events(wide, sizeof wide - 1, "<a|\xC3\xA9\xF0\x9F\x99\x82|>a");
}

static void mistakes_are_refused_at_their_place(void **state)
{
    (void)state;
    assert_read("<a>\n\xC3\xA9\xC3\xA9 <b>x</a>", "f:2:12: a closing tag that does not match the open element");
    assert_read("<a>\n<b>", "f:2:4: the document ends inside an element");
    assert_read("<a>\n caf\xE9!</a>", "f:2:5: bytes that are no text, or a character that XML forbids");
    assert_read("<a>&#0;</a>", "f:1:8: bytes that are no text, or a character that XML forbids");
    assert_read("<a>&copy;</a>", "f:1:10: an entity that XML does not know");
    assert_read("", "f:1:1: is no XML: expected an element");
    assert_read("speech", "f:1:1: is no XML: expected an element");
    assert_read("<a/>\n<b/>", "f:2:1: something stands behind the end of the document");
}

static void a_document_type_is_refused_where_it_begins(void **state)
{
    (void)state;
    const char *says = "f:2:2: a document type with declarations (<!DOCTYPE ... [), which is not allowed here";
    assert_read("<?xml version='1.0'?>\n <!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", says);
    assert_read("<?xml version='1.0'?>\n <!DOCTYPE a PUBLIC 'a' 'a.dtd' [ ]><a/>", says);
}

static void a_document_type_that_declares_nothing_is_passed_over(void **state)
{
    (void)state;
    assert_read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>b</a>", "<a|b|>a");
    assert_read("<?xml version='1.0'?><!DOCTYPE a PUBLIC '-//TEI' \"http://x.invalid/a.dtd\" >\n<a/>", "<a>a");
    assert_read("<!DOCTYPE a><a/>", "<a>a");
    assert_read("<!DOCTYPE a SYSTEM 'a.dtd'><a>&nbsp;</a>", "f:1:37: an entity that XML does not know");
    assert_read("<!DOCTYPE a SYSTEM 'a.dtd'><a b='&nbsp;'/>", "f:1:40: an entity that XML does not know");
    assert_read("<!DOCTYPE a SYSTEM 'a.dtd'>%b;<a/>", "f:1:28: is no XML: expected an element");
}

static void text_and_tags_know_their_place(void **state)
{
    (void)state;
    qcode_limits limits = qcode_limits_resolve(NULL);
    const char *text = "<a>\n  \xC3\xA9 <b\n x='1'>t</b></a>";
    qc_xml *xml = qc_xml_new_bytes(text, strlen(text), "f", &limits, NULL, NULL);
    static const size_t places[][2] = {{1, 1}, {2, 5}, {2, 5}, {3, 9}, {3, 13}, {3, 17}};
    qc_xml_event event;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_true(qc_xml_next(xml, &event, NULL));
        if (event.line != places[i][0] || event.column != places[i][1])
            fail_msg("event %zu stands at %zu:%zu", i, event.line, event.column);
    }
    qc_xml_free(xml);
}

static void depth_meets_its_limit_and_one_past_it(void **state)
{
    (void)state;
    char text[4096] = "", wanted[64];
    for (int i = 0; i < 300; i++)
        strcat(text, "<a>");
    for (int i = 0; i < 300; i++)
        strcat(text, "</a>");
    for (size_t limit = 255; limit <= 301; limit++) {
        const char *said = events_of(text, strlen(text), 7, &(qcode_limits){.xml_depth = limit});
        snprintf(wanted, sizeof wanted, "f:1:%zu: more elements inside one another than the limit", limit * 3 + 1);
        if (limit < 300)
            assert_string_equal(said, wanted);
        else
            assert_int_equal(said[0], '<');
    }
    assert_string_equal(events_of(text, strlen(text), 7, NULL), "f:1:769: more elements inside one another than the limit");
}

static void an_element_is_passed_over_whole(void **state)
{
    (void)state;
    qcode_limits limits = qcode_limits_resolve(NULL);
    const char *text = "<a><b><b>no</b>no</b><c/></a>";
    qc_xml *xml = qc_xml_new_bytes(text, strlen(text), "f", &limits, NULL, NULL);
    qc_xml_event event;
    assert_true(qc_xml_next(xml, &event, NULL) && qc_xml_next(xml, &event, NULL));
    assert_string_equal(event.name, "b");
    assert_true(qc_xml_skip(xml, NULL) && qc_xml_next(xml, &event, NULL));
    assert_string_equal(event.name, "c");
    qc_xml_free(xml);
}

/* `count` attributes, or as many declared namespaces, in one element. */
static char *crowd(size_t count, bool namespaces)
{
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, "<a");
    for (size_t i = 0; i < count; i++)
        qc_buffer_print(&text, namespaces ? " xmlns:n%zu='u'" : " n%zu='u'", i);
    qc_buffer_append(&text, "/>", 3);
    return text.data;
}

/* libxml2 compares each attribute of an element with each; a tag of many megabytes would take hours. */
static void crowded_elements_are_refused(void **state)
{
    (void)state;
    const char *says = "f:1:1: an element with more attributes or namespaces than the limit";
    for (int namespaces = 0; namespaces < 2; namespaces++) {
        char *most = crowd(256, namespaces), *more = crowd(257, namespaces), *crowded = crowd(300000, namespaces);
        assert_int_equal(events_of(most, strlen(most), 1000, NULL)[0], '<');
        assert_string_equal(events_of(more, strlen(more), 1000, NULL), says);
        assert_non_null(strstr(events_of(crowded, strlen(crowded), 60000, NULL), says + 6));
        free(most);
        free(more);
        free(crowded);
    }
}

/* libxml2 looks names up in a table that stops growing. */
static void countless_names_are_refused(void **state)
{
    (void)state;
    qc_buffer text = qc_buffer_init(NULL);
    qc_buffer_string(&text, "<a>");
    for (int i = 0; i < 100000; i++)
        qc_buffer_print(&text, "<a%d/>", i);
    qc_buffer_string(&text, "</a>");
    assert_non_null(strstr(events_of(text.data, text.length, 65536, NULL), "more different names"));
    qc_buffer_clear(&text);
}

static void a_tag_without_end_is_refused_and_long_text_is_not(void **state)
{
    (void)state;
    size_t length = 12 << 20;
    char *text = malloc(length);
    memset(text, 'x', length);
    memcpy(text, "<a b='", 6);
    qcode_limits limits = qcode_limits_resolve(NULL);
    assert_non_null(strstr(events_of(text, length, 65536, &limits), "a tag or comment longer than the limit"));
    memcpy(text, "<aa>xx", 6);
    memcpy(text + length - 5, "</aa>", 5);
    qc_xml *xml = qc_xml_new_bytes(text, length, "f", &limits, NULL, NULL);
    qc_xml_event event = {.kind = QC_XML_OPEN};
    size_t total = 0;
    while (event.kind != QC_XML_END) {
        assert_true(qc_xml_next(xml, &event, NULL));
        total += event.length;
        assert_true(event.length <= 128 * 1024);
    }
    assert_int_equal(total, length - 9);
    qc_xml_free(xml);
    free(text);
}

static bool read_all(const qcode_memory *memory, void *user, qcode_error *err)
{
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_xml *xml = qc_xml_new_bytes(user, strlen(user), "f", &limits, memory, err);
    qc_xml_event event = {.kind = QC_XML_OPEN};
    bool done = xml != NULL;
    while (done && event.kind != QC_XML_END)
        done = qc_xml_next(xml, &event, err);
    qc_xml_free(xml);
    return done;
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    refuse_each_allocation(read_all, "<a b='c' d='e'>text<f/><f/><f/><f/><f/><f/> more</a>");
}

static bool refuse_to_feed(void *user, void *to, size_t room, size_t *got, qcode_error *err)
{
    (void)user, (void)to, (void)room, (void)got;
    return qc_fail(err, QCODE_READ, "m", 0, 0, "broken");
}

static void a_feeds_failure_is_the_readers(void **state)
{
    (void)state;
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_xml *xml = qc_xml_new((qc_xml_feed){refuse_to_feed, NULL}, "f", &limits, NULL, NULL);
    qc_xml_event event;
    qcode_error err;
    assert_false(qc_xml_next(xml, &event, &err));
    assert_string_equal(err.message, "broken");
    qc_xml_free(xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(elements_attributes_and_text_come_in_order),
        TEST(other_encodings_come_as_utf_8),
        TEST(mistakes_are_refused_at_their_place),
        TEST(a_document_type_is_refused_where_it_begins),
        TEST(a_document_type_that_declares_nothing_is_passed_over),
        TEST(text_and_tags_know_their_place),
        TEST(depth_meets_its_limit_and_one_past_it),
        TEST(an_element_is_passed_over_whole),
        TEST(crowded_elements_are_refused),
        TEST(countless_names_are_refused),
        TEST(a_tag_without_end_is_refused_and_long_text_is_not),
        TEST(each_refused_allocation_is_clean),
        TEST(a_feeds_failure_is_the_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
