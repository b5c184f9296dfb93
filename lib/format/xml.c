/* The XML reader on libxml2's push parser: each chunk of bytes becomes a short queue of events. libxml2 takes its memory from
 * malloc (its hook would be one for the whole process); what it holds is bounded by one tag, not by the document. */
#include "format/xml.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"
#include "format/parsers.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { CHUNK = 64 * 1024 };

/* An event before its text has a final address. */
typedef struct queued {
    qc_xml_kind kind;
    const char *name, *space;
    size_t text, length;          /* bytes of the store */
    size_t attributes, attribute_count;
    size_t depth, line, column;
} queued;

typedef struct queued_attribute {
    const char *name, *space;
    size_t value, length; /* bytes of the store */
} queued_attribute;

struct qc_xml {
    const qc_parsers *parsers;
    const qcode_memory *memory;
    xmlParserCtxtPtr parser;
    qc_xml_feed feed;
    const unsigned char *data; /* of qc_xml_new_bytes */
    size_t data_length, data_at;
    const char *source;
    const qcode_limits *limits;
    unsigned char *chunk;
    queued *events;
    size_t event_count, event_capacity, event_at;
    queued_attribute *attributes;
    size_t attribute_count, attribute_capacity;
    qc_xml_attribute *shown; /* the attributes of the event given out last */
    size_t shown_capacity;
    qc_buffer store;
    size_t depth;      /* while parsing */
    size_t open_depth; /* of the event given out last */
    size_t signs, signs_counted; /* = in an unfinished tag, and the bytes of it looked at */
    bool rooted, finished, refuses_type;
    qcode_error error; /* of the document, given out behind the events before it */
};

/* ---- places and refusals */

/* Where the markup that ends at the parser's place begins: `first` is its first character. */
static void place_of_markup(const qc_xml *xml, char first, size_t *line, size_t *column)
{
    xmlParserInputPtr input = xml->parser->input;
    const char *at = (const char *)input->cur, *base = (const char *)input->base;
    *line = (size_t)input->line;
    *column = (size_t)input->col;
    const char *from = at;
    while (from > base && *from != first)
        from--;
    if (*from != first)
        return;
    size_t lines = 0;
    for (const char *c = from; c < at; c++)
        lines += *c == '\n';
    const char *start = from;
    while (lines && start > base && start[-1] != '\n')
        start--;
    size_t points = qc_utf8_count(lines ? start : from, (size_t)(lines ? from - start : at - from));
    *line -= lines;
    *column = lines ? points + 1 : *column > points ? *column - points : 1;
}

static void refuse(qc_xml *xml, qcode_status status, size_t line, size_t column, const char *message)
{
    if (xml->error.status == QCODE_OK) {
        if (status == QCODE_NO_MEMORY)
            qc_no_memory(&xml->error);
        else
            qc_fail(&xml->error, status, xml->source, line, column, "%s", message);
    }
    xmlStopParser(xml->parser);
}

static void refuse_here(qc_xml *xml, qcode_status status, const char *message)
{
    xmlParserInputPtr input = xml->parser->input;
    refuse(xml, status, input ? (size_t)input->line : 0, input ? (size_t)input->col : 0, message);
}

/* What libxml2 calls an error, in our words. */
static const char *message_of(int code, const qc_xml *xml)
{
    static const struct {
        int code;
        const char *message;
    } messages[] = {
        {XML_ERR_DOCUMENT_EMPTY, "is no XML: expected an element"},
        {XML_ERR_DOCUMENT_END, "something stands behind the end of the document"},
        {XML_ERR_INTERNAL_ERROR, "bytes that are no text, or a character that XML forbids"},
        {XML_ERR_INVALID_CHAR, "bytes that are no text, or a character that XML forbids"},
        {XML_ERR_INVALID_CHARREF, "a reference to a character that XML forbids"},
        {XML_I18N_CONV_FAILED, "bytes that are no text, or a character that XML forbids"},
        {XML_IO_ENCODER, "bytes that are no text, or a character that XML forbids"},
        {XML_ERR_INVALID_ENCODING, "bytes that are no text, or a character that XML forbids"},
        {XML_ERR_UNSUPPORTED_ENCODING, "the document declares an encoding that is not known"},
        {XML_ERR_UNKNOWN_ENCODING, "the document declares an encoding that is not known"},
        {XML_ERR_UNDECLARED_ENTITY, "an entity that XML does not know"},
        {XML_ERR_ENTITYREF_NO_NAME, "an & that begins no reference; expected &amp;"},
        {XML_ERR_ENTITYREF_SEMICOL_MISSING, "a reference without its ;"},
        {XML_ERR_TAG_NAME_MISMATCH, "a closing tag that does not match the open element"},
        {XML_ERR_TAG_NOT_FINISHED, "an element that is never closed"},
        {XML_ERR_GT_REQUIRED, "a tag without its >"},
        {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute that stands twice in its tag"},
        {XML_ERR_LT_IN_ATTRIBUTE, "a < in an attribute"},
        {XML_ERR_HYPHEN_IN_COMMENT, "two hyphens inside a comment"},
        {XML_ERR_MISPLACED_CDATA_END, "a ]]> in the text"},
    };
    if (code == XML_ERR_DOCUMENT_END && xml->depth)
        return "the document ends inside an element";
    if (code == XML_ERR_DOCUMENT_END && !xml->rooted)
        code = XML_ERR_DOCUMENT_EMPTY;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (messages[i].code == code)
            return messages[i].message;
    return "is not well-formed XML";
}

static void on_error(void *user, xmlErrorPtr error)
{
    qc_xml *xml = user;
    if (xml->error.status != QCODE_OK || (error->level != XML_ERR_FATAL && error->code != XML_ERR_NO_MEMORY))
        return; /* namespace mistakes and warnings stop nobody */
    xmlParserInputPtr input = xml->parser->input;
    int line = error->line > 0 ? error->line : input ? input->line : 0;
    int column = error->line > 0 ? error->int2 : input ? input->col : 0;
    if (error->code == XML_ERR_NO_MEMORY)
        qc_no_memory(&xml->error);
    else
        qc_fail(&xml->error, QCODE_SYNTAX, xml->source, line > 0 ? (size_t)line : 1, column > 0 ? (size_t)column : 1, "%s",
                message_of(error->code, xml));
}

/* ---- events */

static queued *add_event(qc_xml *xml, qc_xml_kind kind)
{
    if (!qc_grow(xml->memory, &xml->events, &xml->event_capacity, xml->event_count + 1, sizeof *xml->events)) {
        refuse(xml, QCODE_NO_MEMORY, 0, 0, "");
        return NULL;
    }
    queued *event = &xml->events[xml->event_count++];
    *event = (queued){.kind = kind, .name = "", .space = "", .text = xml->store.length, .depth = xml->depth};
    return event;
}

/* libxml2 leaves an ampersand in an attribute as &#38;, and no other reference. The bytes that were kept. */
static size_t keep_value(qc_buffer *store, const char *value, size_t length)
{
    static const char left[] = "&#38;";
    const size_t size = sizeof left - 1;
    size_t kept = 0;
    for (size_t at = 0; at < length; kept++) {
        qc_buffer_byte(store, value[at]);
        at += length - at >= size && memcmp(value + at, left, size) == 0 ? size : 1;
    }
    return kept;
}

static void *add_attribute(qc_xml *xml, const xmlChar *name, const xmlChar *space, const xmlChar *value,
                           const xmlChar *end)
{
    if (!qc_grow(xml->memory, &xml->attributes, &xml->attribute_capacity, xml->attribute_count + 1,
                 sizeof *xml->attributes))
        return NULL;
    queued_attribute *attribute = &xml->attributes[xml->attribute_count++];
    *attribute = (queued_attribute){.name = (const char *)name, .space = space ? (const char *)space : "",
                                    .value = xml->store.length, .length = (size_t)(end - value)};
    attribute->length = keep_value(&xml->store, (const char *)value, attribute->length);
    return qc_buffer_byte(&xml->store, '\0') ? attribute : NULL;
}

static void on_open(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int namespaces,
                    const xmlChar **declared, int attributes, int defaulted, const xmlChar **list)
{
    (void)prefix, (void)namespaces, (void)declared, (void)defaulted;
    qc_xml *xml = user;
    size_t line, column;
    place_of_markup(xml, '<', &line, &column);
    xml->rooted = true;
    if (++xml->depth > xml->limits->xml_depth) {
        refuse(xml, QCODE_LIMIT, line, column, "more elements inside one another than the limit");
        return;
    }
    if (attributes > QC_XML_MOST_ATTRIBUTES || xml->parser->nsNr / 2 > QC_XML_MOST_NAMESPACES) {
        refuse(xml, QCODE_LIMIT, line, column, "an element with more attributes or namespaces than the limit");
        return;
    }
    size_t first = xml->attribute_count;
    queued *event = add_event(xml, QC_XML_OPEN);
    if (!event)
        return;
    event->name = (const char *)name;
    event->space = space ? (const char *)space : "";
    event->line = line;
    event->column = column;
    event->attributes = first;
    event->attribute_count = (size_t)attributes;
    for (int i = 0; i < attributes; i++, list += 5)
        if (!add_attribute(xml, list[0], list[2], list[3], list[4])) {
            refuse(xml, QCODE_NO_MEMORY, 0, 0, "");
            return;
        }
}

static void on_close(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    (void)prefix;
    qc_xml *xml = user;
    queued *event = add_event(xml, QC_XML_CLOSE);
    xml->depth--;
    if (!event)
        return;
    event->name = (const char *)name;
    event->space = space ? (const char *)space : "";
    event->line = (size_t)xml->parser->input->line;
    event->column = (size_t)xml->parser->input->col;
}

static void on_text(void *user, const xmlChar *text, int length)
{
    qc_xml *xml = user;
    queued *event = xml->event_count ? &xml->events[xml->event_count - 1] : NULL;
    if (!event || event->kind != QC_XML_TEXT)
        event = add_event(xml, QC_XML_TEXT);
    if (!event)
        return;
    event->line = (size_t)xml->parser->input->line;
    event->column = (size_t)xml->parser->input->col;
    event->length += (size_t)length;
    if (!qc_buffer_append(&xml->store, text, (size_t)length))
        refuse(xml, QCODE_NO_MEMORY, 0, 0, "");
}

/* A document type could define entities and name files to read. It is refused where it begins, or passed over where it
 * declares nothing and may be there; then references to what its file might define are unknown, as everywhere. */
static void on_document_type(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    qc_xml *xml = user;
    bool declares = *xml->parser->input->cur == '[';
    size_t line, column;
    if (!xml->refuses_type && !declares) {
        xml->parser->hasExternalSubset = 0;
        return;
    }
    place_of_markup(xml, '<', &line, &column);
    refuse(xml, QCODE_INVALID, line, column,
           declares ? "a document type with declarations (<!DOCTYPE ... [), which is not allowed here"
                    : "a document type (<!DOCTYPE), which is not allowed here");
}

/* ---- feeding */

/* libxml2 keeps each name once, in a table that grows slow. */
static void check_names(qc_xml *xml)
{
    if (xmlDictSize(xml->parser->dict) > QC_XML_MOST_NAMES)
        refuse_here(xml, QCODE_LIMIT, "more different names of elements and attributes than the limit");
}

/* An unfinished tag or comment is kept until it ends: it must not grow without end, nor gather attributes, whose names
 * libxml2 compares each with each. */
static void check_unfinished(qc_xml *xml)
{
    xmlParserInputPtr input = xml->parser->input;
    size_t waiting = input ? (size_t)(input->end - input->cur) : 0;
    if (waiting < CHUNK / 4 || waiting < xml->signs_counted)
        xml->signs = xml->signs_counted = 0;
    if (waiting < CHUNK / 4)
        return;
    if (waiting > QC_XML_MOST_MARKUP)
        refuse_here(xml, QCODE_LIMIT, "a tag or comment longer than the limit");
    bool is_tag = input->cur[0] == '<' && input->cur[1] != '!' && input->cur[1] != '?';
    for (; is_tag && xml->signs_counted < waiting; xml->signs_counted++)
        xml->signs += input->cur[xml->signs_counted] == '=';
    if (is_tag && xml->signs > 16 * QC_XML_MOST_ATTRIBUTES)
        refuse_here(xml, QCODE_LIMIT, "an element with more attributes or namespaces than the limit");
}

/* Errors of a conversion between encodings do not go to the parser's handler but to this thread's, which would print them. */
static void parse_chunk(qc_xml *xml, size_t length)
{
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(xml, on_error);
    xmlParseChunk(xml->parser, (const char *)xml->chunk, (int)length, xml->finished);
    xmlSetStructuredErrorFunc(context, handler);
}

/* Reads one chunk into the queue, which is empty. */
static bool refill(qc_xml *xml, qcode_error *err)
{
    xml->event_count = xml->event_at = xml->attribute_count = 0;
    xml->store.length = 0;
    size_t got;
    if (!xml->feed.read(xml->feed.user, xml->chunk, CHUNK, &got, err))
        return false;
    xml->finished = !got;
    parse_chunk(xml, got);
    if (xml->error.status == QCODE_OK && !xml->finished)
        check_unfinished(xml), check_names(xml);
    if (xml->error.status == QCODE_OK && xml->finished &&
        (!xml->parser->wellFormed || !xml->rooted || xml->depth))
        qc_fail(&xml->error, QCODE_SYNTAX, xml->source, 0, 0, "is not well-formed XML");
    if (xml->error.status == QCODE_OK && xml->parser->errNo == XML_ERR_NO_MEMORY)
        qc_no_memory(&xml->error);
    return true;
}

static bool read_bytes(void *user, void *to, size_t room, size_t *got, qcode_error *err)
{
    (void)err;
    qc_xml *xml = user;
    size_t left = xml->data_length - xml->data_at;
    *got = left < room ? left : room;
    if (*got)
        memcpy(to, xml->data + xml->data_at, *got);
    xml->data_at += *got;
    return true;
}

static bool start_parser(qc_xml *xml)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .internalSubset = on_document_type,
                             .startElementNs = on_open, .endElementNs = on_close, .characters = on_text,
                             .cdataBlock = on_text, .ignorableWhitespace = on_text, .serror = on_error};
    xmlInitParser();
    xml->parser = xmlCreatePushParserCtxt(&handler, xml, NULL, 0, NULL);
    xml->chunk = qc_resize(xml->memory, NULL, CHUNK);
    if (!xml->parser || !xml->chunk)
        return false;
    /* XML_PARSE_HUGE takes libxml2's own limits away, which cannot be raised; ours, above, stand in their place. */
    xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_HUGE);
    return true;
}

qc_xml *qc_xml_new(qc_xml_feed feed, const char *source, const qcode_limits *limits, const qcode_memory *memory,
                   qcode_error *err)
{
    qc_xml *xml = qc_resize(memory, NULL, sizeof *xml);
    if (xml)
        *xml = (qc_xml){.parsers = &qcode_parsers, .memory = memory, .feed = feed, .source = source,
                        .limits = limits, .store = qc_buffer_init(memory)};
    if (xml && start_parser(xml))
        return xml;
    qc_xml_free(xml);
    qc_no_memory(err);
    return NULL;
}

qc_xml *qc_xml_new_bytes(const void *data, size_t length, const char *source, const qcode_limits *limits,
                         const qcode_memory *memory, qcode_error *err)
{
    qc_xml *xml = qc_xml_new((qc_xml_feed){read_bytes, NULL}, source, limits, memory, err);
    if (xml) {
        xml->feed.user = xml;
        xml->data = data;
        xml->data_length = length;
    }
    return xml;
}

void qc_xml_free(qc_xml *xml)
{
    if (!xml)
        return;
    xmlFreeParserCtxt(xml->parser);
    qc_release(xml->memory, xml->chunk);
    qc_release(xml->memory, xml->events);
    qc_release(xml->memory, xml->attributes);
    qc_release(xml->memory, xml->shown);
    qc_buffer_clear(&xml->store);
    qc_release(xml->memory, xml);
}

void qc_xml_refuse_type(qc_xml *xml)
{
    xml->refuses_type = true;
}

/* ---- giving out */

static bool give(qc_xml *xml, const queued *next, qc_xml_event *event, qcode_error *err)
{
    if (!qc_grow(xml->memory, &xml->shown, &xml->shown_capacity, next->attribute_count, sizeof *xml->shown))
        return qc_no_memory(err);
    for (size_t i = 0; i < next->attribute_count; i++) {
        const queued_attribute *from = &xml->attributes[next->attributes + i];
        xml->shown[i] = (qc_xml_attribute){from->name, from->space, xml->store.data + from->value, from->length};
    }
    *event = (qc_xml_event){.kind = next->kind, .name = next->name, .space = next->space, .attributes = xml->shown,
                            .attribute_count = next->attribute_count, .text = next->length ? xml->store.data + next->text : "",
                            .length = next->length, .depth = next->depth, .line = next->line,
                            .column = next->column};
    xml->open_depth = next->depth;
    return true;
}

bool qc_xml_next(qc_xml *xml, qc_xml_event *event, qcode_error *err)
{
    while (xml->event_at == xml->event_count || xml->error.status == QCODE_NO_MEMORY) { /* its queue may be cut */
        if (xml->error.status != QCODE_OK) {
            if (err)
                *err = xml->error;
            return false;
        }
        if (xml->finished) {
            *event = (qc_xml_event){.kind = QC_XML_END, .name = "", .space = "", .text = ""};
            return true;
        }
        if (!refill(xml, err))
            return false;
    }
    return give(xml, &xml->events[xml->event_at++], event, err);
}

bool qc_xml_skip(qc_xml *xml, qcode_error *err)
{
    size_t depth = xml->open_depth;
    qc_xml_event event;
    do
        if (!qc_xml_next(xml, &event, err))
            return false;
    while (event.kind != QC_XML_END && !(event.kind == QC_XML_CLOSE && event.depth == depth));
    return true;
}

const char *qc_xml_source(const qc_xml *xml)
{
    return xml->source;
}
