/* Word documents (ECMA-376-1, WordprocessingML): the text as a reader sees it with every tracked change accepted. */
#include "base/error.h"
#include "format/package.h"
#include "read/containers.h"
#include "read/office/story.h"

#include <stdlib.h>
#include <string.h>

/* What an element means for the text. */
typedef enum meaning {
    PLAIN, /* its content counts, it does not */
    ALTERNATES,
    BOX,
    CELL,
    CHOICE,
    FALLBACK,
    FOOTNOTE, /* a reference to one */
    COMMENT,
    HEADER,
    HIDDEN, /* a run's property */
    INSERTED,
    LINE_BREAK,
    DELETED,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    MUTE, /* nothing in it is text */
    NO_BREAK_HYPHEN,
    NUMBERED, /* a paragraph's property */
    ROW,
    RUN,
    RUN_PROPERTIES,
    SOFT_HYPHEN,
    SPAN,
    SYMBOL,
    TAB,
    TABLE,
    TEXT
} meaning;

typedef struct element {
    const char *name;
    meaning means;
} element;

/* By name, for bsearch. */
static const element elements[] = {
    {"AlternateContent", ALTERNATES},
    {"Choice", CHOICE},
    {"Fallback", FALLBACK},
    {"br", LINE_BREAK},
    {"commentReference", COMMENT},
    {"cr", LINE_BREAK},
    {"del", DELETED},
    {"endnoteReference", FOOTNOTE},
    {"footerReference", HEADER},
    {"footnoteReference", FOOTNOTE},
    {"gridSpan", SPAN},
    {"headerReference", HEADER},
    {"ins", INSERTED},
    {"moveFrom", DELETED},
    {"moveTo", INSERTED},
    {"noBreakHyphen", NO_BREAK_HYPHEN},
    {"numId", NUMBERED},
    {"p", PARAGRAPH},
    {"pPr", PARAGRAPH_PROPERTIES},
    {"ptab", TAB},
    {"r", RUN},
    {"rPr", RUN_PROPERTIES},
    {"rt", MUTE}, /* how a character is read aloud */
    {"sdtEndPr", MUTE},
    {"sdtPr", MUTE},
    {"sectPr", MUTE},
    {"softHyphen", SOFT_HYPHEN},
    {"sym", SYMBOL},
    {"t", TEXT},
    {"tab", TAB},
    {"tbl", TABLE},
    {"tblGrid", MUTE},
    {"tblPr", MUTE},
    {"tblPrEx", MUTE},
    {"tc", CELL},
    {"tcPr", MUTE},
    {"tr", ROW},
    {"trPr", MUTE},
    {"txbxContent", BOX},
    {"vanish", HIDDEN},
};

typedef struct word_body {
    qc_story story;
    const qc_source *source;
    qc_buffer taken;    /* for each open AlternateContent, whether one of its versions was taken */
    size_t mute_depth;  /* of the element whose content is no text; 0: none */
    meaning muted_by;
    bool in_text, hidden, joins; /* in w:t; the run is hidden; the paragraph's mark was deleted */
    size_t span;        /* of the cell */
    size_t count[TEXT + 1]; /* of some meanings, for notes */
} word_body;

static int by_name(const void *name, const void *entry)
{
    return strcmp(name, ((const element *)entry)->name);
}

static meaning meaning_of(const char *name)
{
    const element *found = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
    return found ? found->means : PLAIN;
}

/* A property without a value is on (ECMA-376-1, 17.17.4). */
static bool is_on(const qc_xml_event *event)
{
    const char *value = qc_xml_get(event, "val");
    return !value || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
}

static void mute(word_body *body, const qc_xml_event *event, meaning means)
{
    body->mute_depth = event->depth;
    body->muted_by = means;
}

/* Properties: most say nothing about the text. */
static void open_muted(word_body *body, const qc_xml_event *event, meaning means)
{
    if (means == HIDDEN && body->muted_by == RUN_PROPERTIES) {
        body->hidden = is_on(event);
        body->count[HIDDEN] += body->hidden;
    } else if (means == COMMENT || means == FOOTNOTE || means == HEADER) {
        body->count[means]++;
    }
    const char *value = qc_xml_get(event, "val");
    if (means == DELETED && body->muted_by == PARAGRAPH_PROPERTIES)
        body->joins = true;
    else if (means == NUMBERED && body->muted_by == PARAGRAPH_PROPERTIES)
        body->count[NUMBERED] += !value || strcmp(value, "0") != 0; /* 0: the style's is taken away */
    else if (means == SPAN)
        body->span = (size_t)strtoul(value ? value : "1", NULL, 10);
}

/* The first version of some content is taken, the others are the same again for older programs. */
static void open_version(word_body *body, const qc_xml_event *event, meaning means)
{
    char *taken = body->taken.length ? &body->taken.data[body->taken.length - 1] : NULL;
    if (!taken)
        return;
    if (*taken)
        mute(body, event, means);
    *taken = 1;
}

static void open_element(word_body *body, const qc_xml_event *event)
{
    meaning means = meaning_of(event->name);
    if (body->mute_depth) {
        open_muted(body, event, means);
        return;
    }
    body->count[means]++;
    switch (means) {
    case ALTERNATES: qc_buffer_byte(&body->taken, 0); break;
    case CHOICE:
    case FALLBACK: open_version(body, event, means); break;
    case DELETED:
    case MUTE:
    case PARAGRAPH_PROPERTIES:
    case RUN_PROPERTIES: mute(body, event, means); break;
    case RUN: body->hidden = false; break;
    case BOX: qc_story_open_box(&body->story); break;
    case TABLE: qc_story_open_table(&body->story); break;
    case CELL: body->span = 1; break;
    case TEXT: body->in_text = !body->hidden; break;
    case TAB: qc_story_string(&body->story, body->hidden ? "" : "\t"); break;
    case LINE_BREAK: qc_story_string(&body->story, body->hidden ? "" : "\n"); break;
    case NO_BREAK_HYPHEN: qc_story_string(&body->story, body->hidden ? "" : "\xE2\x80\x91"); break;
    case SOFT_HYPHEN: qc_story_string(&body->story, body->hidden ? "" : "\xC2\xAD"); break;
    default: break;
    }
}

static void close_element(word_body *body, const qc_xml_event *event)
{
    if (body->mute_depth) {
        if (event->depth == body->mute_depth)
            body->mute_depth = 0;
        return;
    }
    switch (meaning_of(event->name)) {
    case ALTERNATES: body->taken.length -= body->taken.length > 0; break;
    case BOX: qc_story_close_box(&body->story); break;
    case TABLE: qc_story_close_table(&body->story); break;
    case ROW: qc_story_end_row(&body->story); break;
    case CELL: qc_story_end_cell(&body->story, body->span); break;
    case TEXT: body->in_text = false; break;
    case RUN: body->hidden = false; break;
    case PARAGRAPH:
        if (!body->joins)
            qc_story_end_paragraph(&body->story);
        body->joins = false;
        break;
    default: break;
    }
}

static bool read_body(word_body *body, qc_xml *xml, qcode_error *err)
{
    qc_xml_event event;
    bool first = true;
    while (qc_xml_next(xml, &event, err)) {
        if (event.kind == QC_XML_END)
            return true;
        if (first && (strcmp(event.name, "document") != 0 || !strstr(event.space, "wordprocessingml")))
            return qc_fail(err, QCODE_INVALID, qc_xml_source(xml), event.line, event.column,
                           "the element \"%s\" where a Word document has \"document\"", event.name);
        first = false;
        if (event.kind == QC_XML_OPEN)
            open_element(body, &event);
        else if (event.kind == QC_XML_CLOSE)
            close_element(body, &event);
        else if (body->in_text && !body->mute_depth)
            qc_story_text(&body->story, event.text, event.length);
        if (body->taken.failed)
            return qc_no_memory(err);
        if (!qc_story_holds(&body->story, err))
            return false;
    }
    return false;
}

/* Tells what of the document is not in the transcript. */
static void note_left_out(const word_body *body, qcode_notes *notes)
{
    static const struct {
        meaning means;
        qcode_note_kind kind;
        const char *text;
    } tells[] = {
        {COMMENT, QCODE_NOTE_SKIPPED, "comments of the document, left out"},
        {FOOTNOTE, QCODE_NOTE_SKIPPED, "footnotes or endnotes of the document, left out"},
        {HEADER, QCODE_NOTE_SKIPPED, "page headers and footers of the document, left out"},
        {DELETED, QCODE_NOTE_SKIPPED, "tracked deletions, left out as deleted"},
        {INSERTED, QCODE_NOTE_INFO, "tracked insertions, kept as inserted"},
        {HIDDEN, QCODE_NOTE_SKIPPED, "hidden runs of text, left out"},
        {NUMBERED, QCODE_NOTE_SKIPPED, "paragraphs of a list, whose numbers or bullets are left out: nobody says them"},
        {SYMBOL, QCODE_NOTE_SKIPPED, "symbols of a font of pictures, left out"},
    };
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
        if (body->count[tells[i].means])
            qc_note(notes, tells[i].kind, body->source->path, 0, 0, "%zu %s", body->count[tells[i].means], tells[i].text);
}

/* The main part, which the package's relationships name; "word/document.xml" when they are absent. */
static bool open_main_part(qc_part *part, const qc_package *package, qc_bytes *own, qcode_error *err)
{
    qc_buffer name = qc_buffer_init(package->memory);
    bool done = qc_package_relation(package, "_rels/.rels", "/officeDocument", NULL, &name, err);
    if (done && !name.length && !qc_package_has(package, "word/document.xml"))
        done = qc_fail(err, QCODE_INVALID, package->source, 0, 0,
                       "an archive without a document inside: it has neither _rels/.rels nor word/document.xml");
    if (done)
        done = qc_part_open_last(part, package, name.length ? name.data : "word/document.xml", own, err);
    qc_buffer_clear(&name);
    return done;
}

static qcode_transcript *read_docx(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    if (qc_container_of(source) == QC_CONTAINER_OLD_OFFICE) {
        qc_refuse_old_office(source, err);
        return NULL;
    }
    qc_package package;
    qc_part part = {.member = NULL};
    word_body body = {.story = qc_story_init(source), .source = source, .taken = qc_buffer_init(source->memory)};
    bool done = qc_package_open(&package, source->data, source->length, source->path, &source->limits, source->memory,
                                err) &&
                open_main_part(&part, &package, source->own, err) && read_body(&body, part.xml, err);
    qc_part_close(&part);
    qc_package_close(&package);
    qc_buffer_clear(&body.taken);
    qcode_transcript *talk = NULL;
    if (done) {
        note_left_out(&body, notes);
        talk = qc_story_finish(&body.story, "docx", "UTF-8", notes, err);
    }
    qc_story_clear(&body.story);
    return talk;
}

const qc_reader qc_docx = {"docx", qc_docx_endings, qc_sniff_docx, read_docx};
