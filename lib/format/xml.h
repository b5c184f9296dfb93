/* XML 1.0 read as a stream of events: no tree, no declarations of a document type, no entities beyond the five, nothing
 * fetched. */
#ifndef QC_FORMAT_XML_H
#define QC_FORMAT_XML_H

#include "base/memory.h"
#include <qcode/error.h>
#include <qcode/limits.h>

/* Beside the limits of qcode/limits.h: what makes the parser's own work grow faster than its input. */
#define QC_XML_MOST_ATTRIBUTES 256       /* of one element */
#define QC_XML_MOST_NAMESPACES 256       /* declared around one element */
#define QC_XML_MOST_NAMES 16384          /* different ones of elements, attributes and namespaces */
#define QC_XML_MOST_MARKUP ((size_t)4 << 20) /* bytes of one tag or comment */

typedef enum qc_xml_kind {
    QC_XML_END,   /* of the document */
    QC_XML_OPEN,  /* of an element; an empty element is closed next */
    QC_XML_CLOSE,
    QC_XML_TEXT   /* a piece of text: what stands between two tags may come in several, cut between characters */
} qc_xml_kind;

typedef struct qc_xml_attribute {
    const char *name;  /* without prefix */
    const char *space; /* its namespace; "" when it has none */
    const char *value; /* UTF-8, NUL-terminated */
    size_t length;
} qc_xml_attribute;

/* Strings last until the next event; names and namespaces as long as the reader. */
typedef struct qc_xml_event {
    qc_xml_kind kind;
    const char *name;  /* of the element, without prefix */
    const char *space; /* its namespace; "" when it has none */
    const qc_xml_attribute *attributes;
    size_t attribute_count;
    const char *text; /* UTF-8 with LF line ends; not NUL-terminated */
    size_t length;
    size_t depth;        /* of the element, from 1 */
    size_t line, column; /* from 1, in characters: where the tag begins, behind the text, in a closing tag */
} qc_xml_event;

/* Bytes for a parser: up to `room` of those that come next; `*got` is 0 at the end alone. */
typedef struct qc_xml_feed {
    bool (*read)(void *user, void *to, size_t room, size_t *got, qcode_error *err);
    void *user;
} qc_xml_feed;

typedef struct qc_xml qc_xml;

/* Reads what `feed` gives: UTF-8, UTF-16 with a mark, or what the document declares. `source` and `limits` (resolved) stay the
 * caller's. */
qc_xml *qc_xml_new(qc_xml_feed feed, const char *source, const qcode_limits *limits, const qcode_memory *memory,
                   qcode_error *err);

/* The same from bytes, which stay the caller's. */
qc_xml *qc_xml_new_bytes(const void *data, size_t length, const char *source, const qcode_limits *limits,
                         const qcode_memory *memory, qcode_error *err);
void qc_xml_free(qc_xml *xml);

/* A document type that only names itself and a file (`<!DOCTYPE TEI SYSTEM "tei.dtd">`) is passed over, and the file is not
 * read. Before the first event: it is refused, like one with declarations. */
void qc_xml_refuse_type(qc_xml *xml);

/* The next event. False with source:line:column when the document is not well formed, has a document type that is not passed over
 * or meets a limit; the events before that place come first. The end comes once, after the last byte of the feed was read. */
bool qc_xml_next(qc_xml *xml, qc_xml_event *event, qcode_error *err);

/* Passes over everything up to the close of the element that was opened last. */
bool qc_xml_skip(qc_xml *xml, qcode_error *err);

/* The attribute of this name, whatever its namespace; NULL when there is none. */
const char *qc_xml_get(const qc_xml_event *event, const char *name);

const char *qc_xml_source(const qc_xml *xml);

#endif
