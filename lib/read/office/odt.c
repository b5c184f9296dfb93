/* OpenDocument text (ODF 1.3, part 3): the text as a reader sees it with every tracked change accepted. */
#include "base/error.h"
#include "format/package.h"
#include "read/containers.h"
#include "read/office/story.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SPACES = 1000, MOST_REPEATED = 64 };

typedef enum meaning {
    PLAIN,
    BOX,
    CELL,
    COMMENT,
    DELETED,
    FOOTNOTE,
    LINE_BREAK,
    MUTE, /* nothing in it is text */
    PARAGRAPH,
    ROW,
    SPACES,
    TAB,
    TABLE
} meaning;

typedef struct element {
    const char *name;
    meaning means;
} element;

/* By name, for bsearch. */
static const element elements[] = {
    {"annotation", COMMENT},
    {"binary-data", MUTE},
    {"covered-table-cell", CELL},
    {"deletion", DELETED},
    {"desc", MUTE},
    {"forms", MUTE},
    {"h", PARAGRAPH},
    {"line-break", LINE_BREAK},
    {"note", FOOTNOTE},
    {"p", PARAGRAPH},
    {"ruby-text", MUTE},
    {"s", SPACES},
    {"script", MUTE},
    {"tab", TAB},
    {"table", TABLE},
    {"table-cell", CELL},
    {"table-row", ROW},
    {"text-box", BOX},
    {"title", MUTE},
    {"tracked-changes", MUTE}, /* what was deleted */
};

typedef struct odf_body {
    qc_story story;
    const qc_source *source;
    const char *part;
    size_t mute_depth; /* of the element whose content is no text; 0: none */
    size_t paragraphs; /* that are open, one in a box of another */
    bool blank;        /* a blank was put last, or nothing yet: others after it do not count (ODF 1.3, part 3, 6.1.2) */
    size_t span;       /* of the cell */
    size_t count[TABLE + 1];
} odf_body;

static int by_name(const void *name, const void *entry)
{
    return strcmp(name, ((const element *)entry)->name);
}

static meaning meaning_of(const char *name)
{
    const element *found = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
    return found ? found->means : PLAIN;
}

/* A number in an attribute; `otherwise` when it is absent. */
static bool read_count(const odf_body *body, const qc_xml_event *event, const char *name, size_t most, size_t *count,
                       qcode_error *err)
{
    const char *value = qc_xml_get(event, name);
    char *end = NULL;
    errno = 0;
    unsigned long long number = value ? strtoull(value, &end, 10) : 1;
    if (value && (*value < '0' || *value > '9' || *end))
        return qc_fail(err, QCODE_SYNTAX, body->part, event->line, event->column, "the attribute \"%s\" is no number", name);
    if (errno || number > most)
        return qc_fail(err, QCODE_LIMIT, body->part, event->line, event->column,
                       "the attribute \"%s\" is above the limit of %zu", name, most);
    *count = (size_t)number;
    return true;
}

static bool put_spaces(odf_body *body, const qc_xml_event *event, qcode_error *err)
{
    size_t count;
    if (!read_count(body, event, "c", MOST_SPACES, &count, err))
        return false;
    while (count--)
        qc_story_string(&body->story, " ");
    return true;
}

static bool open_cell(odf_body *body, const qc_xml_event *event, qcode_error *err)
{
    return read_count(body, event, "number-columns-repeated", SIZE_MAX, &body->span, err);
}

static bool open_element(odf_body *body, const qc_xml_event *event, qcode_error *err)
{
    meaning means = meaning_of(event->name);
    body->count[means]++;
    if (body->mute_depth)
        return true;
    switch (means) {
    case COMMENT:
    case DELETED:
    case FOOTNOTE:
    case MUTE: body->mute_depth = event->depth; break;
    case BOX: qc_story_open_box(&body->story); break;
    case TABLE: qc_story_open_table(&body->story); break;
    case CELL: return open_cell(body, event, err);
    case PARAGRAPH: body->paragraphs++, body->blank = true; break;
    case SPACES: body->blank = false; return put_spaces(body, event, err);
    case TAB: qc_story_string(&body->story, "\t"), body->blank = false; break;
    case LINE_BREAK: qc_story_break(&body->story), body->blank = true; break;
    default: break;
    }
    return true;
}

static void close_element(odf_body *body, const qc_xml_event *event)
{
    if (body->mute_depth) {
        if (event->depth == body->mute_depth)
            body->mute_depth = 0;
        return;
    }
    switch (meaning_of(event->name)) {
    case BOX: qc_story_close_box(&body->story); break;
    case TABLE: qc_story_close_table(&body->story); break;
    case ROW: qc_story_end_row(&body->story); break;
    case CELL: qc_story_end_cell(&body->story, body->span < MOST_REPEATED ? body->span : MOST_REPEATED); break;
    case PARAGRAPH: qc_story_end_paragraph(&body->story), body->paragraphs--; break;
    default: break;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Runs of blanks count as one. */
static void put_text(odf_body *body, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t from = at;
        while (at < length && !is_blank(text[at]))
            at++;
        if (at > from) {
            qc_story_text(&body->story, text + from, at - from);
            body->blank = false;
        } else {
            if (!body->blank)
                qc_story_string(&body->story, " ");
            body->blank = true;
            at++;
        }
    }
}

static bool read_body(odf_body *body, qc_xml *xml, qcode_error *err)
{
    qc_xml_event event;
    while (qc_xml_next(xml, &event, err)) {
        if (event.kind == QC_XML_END)
            return true;
        if (event.kind == QC_XML_OPEN && event.depth == 1 && strcmp(event.name, "document-content") != 0)
            return qc_fail(err, QCODE_INVALID, body->part, event.line, event.column,
                           "the element \"%s\" where an OpenDocument text has \"document-content\"", event.name);
        if (event.kind == QC_XML_OPEN && !open_element(body, &event, err))
            return false;
        if (event.kind == QC_XML_CLOSE)
            close_element(body, &event);
        if (event.kind == QC_XML_TEXT && body->paragraphs && !body->mute_depth)
            put_text(body, event.text, event.length);
        if (!qc_story_holds(&body->story, err))
            return false;
    }
    return false;
}

/* A password encrypts the members, not the archive; the manifest tells (ODF 1.3, part 2, 4.8). */
static bool refuse_encrypted(const qc_package *package, qcode_error *err)
{
    static const char name[] = "META-INF/manifest.xml";
    if (!qc_package_has(package, name))
        return true;
    qc_part part;
    if (!qc_part_open(&part, package, name, err))
        return false;
    qc_xml_event event;
    bool done;
    while ((done = qc_xml_next(part.xml, &event, err)) && event.kind != QC_XML_END)
        if (event.kind == QC_XML_OPEN && strcmp(event.name, "encryption-data") == 0) {
            done = qc_fail(err, QCODE_INVALID, package->source, 0, 0,
                           "the document is encrypted; save it without a password");
            break;
        }
    qc_part_close(&part);
    return done;
}

static void note_left_out(const odf_body *body, qcode_notes *notes)
{
    static const struct {
        meaning means;
        const char *text;
    } tells[] = {
        {COMMENT, "comments of the document, left out"},
        {FOOTNOTE, "footnotes or endnotes of the document, left out"},
        {DELETED, "tracked deletions, left out as deleted"},
    };
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
        if (body->count[tells[i].means])
            qc_note(notes, QCODE_NOTE_SKIPPED, body->source->path, 0, 0, "%zu %s", body->count[tells[i].means],
                    tells[i].text);
}

static qcode_transcript *read_odt(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    qc_package package;
    qc_part part = {.member = NULL};
    odf_body body = {.story = qc_story_init(source), .source = source};
    bool done = qc_package_open(&package, source->data, source->length, source->path, &source->limits, source->memory,
                                err) &&
                refuse_encrypted(&package, err) && qc_part_open_last(&part, &package, "content.xml", source->own, err);
    if (done) {
        body.part = qc_zip_member_name(part.member);
        done = read_body(&body, part.xml, err);
    }
    qc_part_close(&part);
    qc_package_close(&package);
    qcode_transcript *talk = NULL;
    if (done) {
        note_left_out(&body, notes);
        talk = qc_story_finish(&body.story, "odt", "UTF-8", notes, err);
    }
    qc_story_clear(&body.story);
    return talk;
}

const qc_reader qc_odt = {"odt", qc_odt_endings, qc_sniff_odt, read_odt};
