/* A REFI-QDA project as a stream of elements (REFI-QDA 1.5, Project-mrt2019.xsd and Codebook-mrt2019.xsd). */
#include "read/projects/refi.h"
#include "base/error.h"

#include <stdlib.h>

typedef enum kind {
    OTHER, PROJECT, USER, CODE, DESCRIPTION, CASE, VALUE, TEXT_VALUE, SOURCE, CONTENT, SELECTION, CODING, NOTE, MEDIUM
} kind;

/* An element that is open. */
typedef struct frame {
    kind kind;
    size_t item; /* the code, case, source or note; QC_NO_ITEM: none */
    const char *user; /* of a coding; of a medium its name */
} frame;

/* What can be told only once everything was read: an item, and the guid of what it refers to. */
typedef enum reference_kind { CASE_OF_SOURCE, NOTE_OF_CODING } reference_kind;

typedef struct reference {
    reference_kind kind;
    size_t item;
    const char *guid;
} reference;

typedef struct refi {
    qc_project *project;
    const qc_package *package;
    qcode_notes *notes;
    qcode_error *err;
    qc_xml *xml;
    qc_buffer frames, references, texts, users; /* of frame, reference, char, const char * */
    struct {
        size_t start, end, line, first; /* first: the number of its first coding */
        const char *name, *user, *memo;
    } selection;
    const char *variable; /* the name of the variable whose value is open */
    qc_buffer variables;  /* of const char * */
} refi;

static frame *frame_at(const refi *r, size_t below)
{
    size_t count = r->frames.length / sizeof(frame);
    return below < count ? (frame *)(void *)r->frames.data + (count - 1 - below) : NULL;
}

static frame *nearest(const refi *r, kind wanted)
{
    frame *found;
    for (size_t below = 0; (found = frame_at(r, below)); below++)
        if (found->kind == wanted)
            return found;
    return NULL;
}

/* An attribute's value, copied; "" when there is none, NULL when memory runs out. */
static const char *keep(refi *r, const qc_xml_event *event, const char *name)
{
    const char *value = qc_xml_get(event, name);
    return value ? qc_arena_string(&r->project->arena, value) : "";
}

static bool call(refi *r, char what, const qc_xml_event *event, size_t item)
{
    const char *guid = qc_xml_get(event, "guid");
    return !guid || qc_project_call(r->project, what, guid, item);
}

static size_t called(const refi *r, char what, const qc_xml_event *event, const char *attribute)
{
    const char *guid = qc_xml_get(event, attribute);
    return guid ? qc_project_called(r->project, what, guid) : QC_NO_ITEM;
}

static const char *user_of(const refi *r, const qc_xml_event *event)
{
    size_t user = called(r, 'u', event, "creatingUser");
    return user == QC_NO_ITEM ? "" : ((const char *const *)(const void *)r->users.data)[user];
}

static size_t number_in(const qc_xml_event *event, const char *name)
{
    const char *value = qc_xml_get(event, name);
    size_t number = 0;
    for (; value && *value >= '0' && *value <= '9' && number < SIZE_MAX / 100; value++)
        number = number * 10 + (size_t)(*value - '0');
    return value && !*value && value != qc_xml_get(event, name) ? number : QC_NO_OFFSET;
}

/* -- what opens ---------------------------------------------------------------------------------------------------- */

static bool open_project(refi *r, const qc_xml_event *event, frame *here)
{
    const char *origin = keep(r, event, "origin");
    (void)here;
    if (event->depth > 1) /* the codebook of a project */
        return origin != NULL;
    if (origin && strstr(origin, "NVivo"))
        r->project->preferred = (qc_convention){QC_COUNT_UTF16, true, false};
    r->project->program = origin && *origin ? origin : "REFI-QDA";
    return origin != NULL;
}

static bool open_user(refi *r, const qc_xml_event *event, frame *here)
{
    const char *name = keep(r, event, "name");
    size_t number = r->users.length / sizeof name;
    (void)here;
    if (name && !*name)
        name = keep(r, event, "id");
    return name && qc_buffer_append(&r->users, &name, sizeof name) && call(r, 'u', event, number);
}

static bool open_code(refi *r, const qc_xml_event *event, frame *here)
{
    const char *codable = qc_xml_get(event, "isCodable");
    const frame *above = frame_at(r, 1);
    const qc_project_code code = {.name = keep(r, event, "name"),
                                  .color = keep(r, event, "color"),
                                  .definition = "",
                                  .parent = above && above->kind == CODE ? above->item : QC_NO_ITEM,
                                  .is_category = codable && (strcmp(codable, "false") == 0 || strcmp(codable, "0") == 0)};
    here->item = code.name && code.color ? qc_project_add_code(r->project, &code) : QC_NO_ITEM;
    return here->item != QC_NO_ITEM && call(r, 'c', event, here->item);
}

static bool open_variable(refi *r, const qc_xml_event *event, frame *here)
{
    const char *name = keep(r, event, "name");
    size_t number = r->variables.length / sizeof name;
    (void)here;
    return name && qc_buffer_append(&r->variables, &name, sizeof name) && call(r, 'v', event, number);
}

static bool open_variable_ref(refi *r, const qc_xml_event *event, frame *here)
{
    size_t number = called(r, 'v', event, "targetGUID");
    (void)here;
    r->variable = number == QC_NO_ITEM ? NULL : ((const char *const *)(const void *)r->variables.data)[number];
    return true;
}

static bool open_value(refi *r, const qc_xml_event *event, frame *here)
{
    (void)event, (void)here;
    r->variable = NULL;
    return true;
}

static bool open_case(refi *r, const qc_xml_event *event, frame *here)
{
    const qc_project_case one = {.name = keep(r, event, "name"), .memo = "", .source = QC_NO_ITEM};
    here->item = one.name ? qc_project_add_case(r->project, &one) : QC_NO_ITEM;
    return here->item != QC_NO_ITEM;
}

static bool refer(refi *r, const qc_xml_event *event, reference_kind what, size_t item)
{
    const reference one = {what, item, keep(r, event, "targetGUID")};
    return one.guid && qc_buffer_append(&r->references, &one, sizeof one);
}

static bool open_source_ref(refi *r, const qc_xml_event *event, frame *here)
{
    const frame *above = frame_at(r, 1);
    (void)here;
    return !above || above->kind != CASE || refer(r, event, CASE_OF_SOURCE, above->item);
}

static bool open_note_ref(refi *r, const qc_xml_event *event, frame *here)
{
    const frame *above = frame_at(r, 1);
    size_t codings = qc_project_coding_count(r->project);
    (void)here;
    return !above || above->kind != CODING || !codings || refer(r, event, NOTE_OF_CODING, codings - 1);
}

static bool open_source(refi *r, const qc_xml_event *event, frame *here)
{
    const frame *around = frame_at(r, 1);
    qc_project_source source = {.name = keep(r, event, "name"), .memo = ""};
    const char *path = keep(r, event, "plainTextPath");
    if (!source.name || !path)
        return false;
    if (!*source.name)
        source.name = around && around->kind == MEDIUM ? around->user : "source";
    if (!qc_refi_text(r->project, r->package, path, &source.text, &source.length, r->notes, r->err))
        return false;
    here->item = qc_project_add_source(r->project, &source);
    return here->item != QC_NO_ITEM && call(r, 's', event, here->item);
}

/* What stands for a recording or a PDF as text is a source that bears their name; what stands for a part of it is not. */
static bool open_part(refi *r, const qc_xml_event *event, frame *here)
{
    const frame *around = frame_at(r, 1);
    if (around && around->kind == MEDIUM)
        return open_source(r, event, here);
    here->kind = OTHER;
    return true;
}

static bool open_content(refi *r, const qc_xml_event *event, frame *here)
{
    (void)r, (void)event, (void)here;
    return true;
}

static bool open_selection(refi *r, const qc_xml_event *event, frame *here)
{
    (void)here;
    r->selection.start = number_in(event, "startPosition");
    r->selection.end = number_in(event, "endPosition");
    r->selection.line = event->line;
    r->selection.first = qc_project_coding_count(r->project);
    r->selection.user = user_of(r, event);
    r->selection.memo = "";
    return (r->selection.name = keep(r, event, "name")) != NULL;
}

/* A place of a transcript, and a passage from one to another. */
static bool open_sync_point(refi *r, const qc_xml_event *event, frame *here)
{
    (void)here;
    return call(r, 'y', event, number_in(event, "position"));
}

static bool open_transcript_selection(refi *r, const qc_xml_event *event, frame *here)
{
    bool done = open_selection(r, event, here);
    r->selection.start = called(r, 'y', event, "fromSyncPoint");
    r->selection.end = called(r, 'y', event, "toSyncPoint");
    return done;
}

static bool open_coding(refi *r, const qc_xml_event *event, frame *here)
{
    const char *user = user_of(r, event);
    here->user = *user ? user : nearest(r, SELECTION) ? r->selection.user : "";
    return true;
}

static bool open_code_ref(refi *r, const qc_xml_event *event, frame *here)
{
    const frame *coding = frame_at(r, 1), *source = nearest(r, SOURCE);
    bool whole = !nearest(r, SELECTION);
    (void)here;
    if (!coding || coding->kind != CODING || !source || source->item == QC_NO_ITEM)
        return true;
    qc_project_coding one = {.source = source->item,
                             .code = called(r, 'c', event, "targetGUID"),
                             .coder = coding->user,
                             .words = whole ? "" : r->selection.name,
                             .memo = whole ? "" : r->selection.memo,
                             .start = whole ? QC_NO_OFFSET : r->selection.start,
                             .end = whole ? QC_NO_OFFSET : r->selection.end,
                             .line = event->line};
    const char *text = qc_project_source_at(r->project, one.source)->text;
    if (whole && text)
        one.words = text;
    return one.code == QC_NO_ITEM ? qc_project_lose(r->project, "coding of a code that is not there", "")
                                  : qc_project_add_coding(r->project, &one);
}

static bool open_note(refi *r, const qc_xml_event *event, frame *here)
{
    qc_project_memo memo = {.title = keep(r, event, "name"), .text = "", .about = "", .coder = user_of(r, event)};
    const char *path = keep(r, event, "plainTextPath"), *text = NULL;
    size_t length;
    if (!memo.title || !path || !qc_refi_text(r->project, r->package, path, &text, &length, r->notes, r->err))
        return false;
    memo.text = text ? text : "";
    here->item = r->project->memos.length / sizeof memo;
    return qc_project_add_memo(r->project, &memo) && call(r, 'm', event, here->item);
}

/* Recordings, pictures and PDFs are kept by name alone, for the text inside. */
static bool open_medium(refi *r, const qc_xml_event *event, frame *here)
{
    const char *name = keep(r, event, "name");
    here->user = name;
    return name && qc_project_lose(r->project, strcmp(event->name, "PDFSource") == 0 ? "PDF" : "picture or recording", name);
}

static bool open_lost(refi *r, const qc_xml_event *event, frame *here)
{
    static const char *const what[][2] = {{"Link", "link"}, {"Graph", "graph"}, {"Set", "set"}};
    const char *name = keep(r, event, "name"), *kind_of = "coding of a picture, a recording or a page";
    (void)here;
    for (size_t i = 0; i < sizeof what / sizeof *what; i++)
        if (strcmp(event->name, what[i][0]) == 0)
            kind_of = what[i][1];
    return name && qc_project_lose(r->project, kind_of, name);
}

static const struct {
    const char *name;
    kind kind;
    bool (*open)(refi *r, const qc_xml_event *event, frame *here);
} elements[] = {
    {"Project", PROJECT, open_project},
    {"CodeBook", OTHER, open_project},
    {"User", USER, open_user},
    {"Code", CODE, open_code},
    {"Description", DESCRIPTION, open_content},
    {"Variable", OTHER, open_variable},
    {"VariableValue", VALUE, open_value},
    {"VariableRef", OTHER, open_variable_ref},
    {"TextValue", TEXT_VALUE, open_content},
    {"BooleanValue", TEXT_VALUE, open_content},
    {"IntegerValue", TEXT_VALUE, open_content},
    {"FloatValue", TEXT_VALUE, open_content},
    {"DateValue", TEXT_VALUE, open_content},
    {"DateTimeValue", TEXT_VALUE, open_content},
    {"Case", CASE, open_case},
    {"SourceRef", OTHER, open_source_ref},
    {"NoteRef", OTHER, open_note_ref},
    {"TextSource", SOURCE, open_source},
    {"Representation", SOURCE, open_part},
    {"Transcript", SOURCE, open_part},
    {"PlainTextContent", CONTENT, open_content},
    {"PlainTextSelection", SELECTION, open_selection},
    {"SyncPoint", OTHER, open_sync_point},
    {"TranscriptSelection", SELECTION, open_transcript_selection},
    {"Coding", CODING, open_coding},
    {"CodeRef", OTHER, open_code_ref},
    {"Note", NOTE, open_note},
    {"PictureSource", MEDIUM, open_medium},
    {"AudioSource", MEDIUM, open_medium},
    {"VideoSource", MEDIUM, open_medium},
    {"PDFSource", MEDIUM, open_medium},
    {"PictureSelection", OTHER, open_lost},
    {"AudioSelection", OTHER, open_lost},
    {"VideoSelection", OTHER, open_lost},
    {"PDFSelection", OTHER, open_lost},
    {"Link", OTHER, open_lost},
    {"Graph", OTHER, open_lost},
    {"Set", OTHER, open_lost},
};

static bool open_element(refi *r, const qc_xml_event *event)
{
    frame here = {OTHER, QC_NO_ITEM, NULL};
    size_t at = 0, count = sizeof elements / sizeof *elements;
    while (at < count && strcmp(elements[at].name, event->name) != 0)
        at++;
    if (at < count)
        here.kind = elements[at].kind;
    r->texts.length = 0;
    return qc_buffer_append(&r->frames, &here, sizeof here) &&
           (at == count || elements[at].open(r, event, frame_at(r, 0)));
}

/* -- what closes --------------------------------------------------------------------------------------------------- */

static bool describe(refi *r, const frame *above, const char *text)
{
    qc_project *project = r->project;
    switch (above->kind) {
    case CODE: qc_project_code_at(project, above->item)->definition = text; break;
    case CASE: ((qc_project_case *)(void *)project->cases.data)[above->item].memo = text; break;
    case SOURCE: qc_project_source_at(project, above->item)->memo = text; break;
    case SELECTION: r->selection.memo = text; break;
    case NOTE: ((qc_project_memo *)(void *)project->memos.data)[above->item].text = text; break;
    case PROJECT: {
        const qc_project_memo memo = {.title = "project", .text = text, .about = "", .coder = ""};
        return !*text || qc_project_add_memo(project, &memo);
    }
    default: break;
    }
    return true;
}

static bool close_value(refi *r, const char *text)
{
    const frame *of = nearest(r, CASE), *source = nearest(r, SOURCE);
    size_t item = of ? of->item : QC_NO_ITEM;
    if (!r->variable || !*text || (!of && !source))
        return true;
    if (!of)
        item = qc_project_source_case(r->project, source->item);
    return item != QC_NO_ITEM && qc_project_add_value(r->project, item, r->variable, text);
}

static bool close_content(refi *r, const frame *above, const char *text, size_t length)
{
    qc_project_source *source = above->kind == SOURCE ? qc_project_source_at(r->project, above->item) : NULL;
    if (above->kind == NOTE)
        ((qc_project_memo *)(void *)r->project->memos.data)[above->item].text = text;
    if (source && !source->text) {
        source->text = text;
        source->length = length;
    }
    return true;
}

/* A passage that has no code but a memo is a memo; one that has neither is lost. */
static bool close_selection(refi *r)
{
    const frame *source = nearest(r, SOURCE);
    const qc_project_memo memo = {.title = r->selection.name, .text = r->selection.memo, .coder = r->selection.user,
                                  .about = source ? qc_project_source_at(r->project, source->item)->name : ""};
    if (qc_project_coding_count(r->project) > r->selection.first)
        return true;
    return *memo.text ? qc_project_add_memo(r->project, &memo)
                      : qc_project_lose(r->project, "passage without a code", "");
}

static bool close_element(refi *r)
{
    const frame here = *frame_at(r, 0), *above = frame_at(r, 1);
    const char *text = "";
    bool bears = here.kind == DESCRIPTION || here.kind == CONTENT || here.kind == TEXT_VALUE;
    if (bears && !(text = qc_arena_copy(&r->project->arena, r->texts.data ? r->texts.data : "", r->texts.length)))
        return false;
    size_t length = r->texts.length;
    r->texts.length = 0;
    bool done = true;
    if (above && here.kind == DESCRIPTION)
        done = describe(r, above, text);
    else if (above && here.kind == CONTENT)
        done = close_content(r, above, text, length);
    else if (here.kind == TEXT_VALUE)
        done = close_value(r, text);
    else if (here.kind == SELECTION)
        done = close_selection(r);
    r->frames.length -= sizeof(frame);
    return done;
}

static bool resolve(refi *r)
{
    const reference *list = (const void *)r->references.data;
    for (size_t i = 0; i < r->references.length / sizeof *list; i++) {
        size_t item = qc_project_called(r->project, list[i].kind == NOTE_OF_CODING ? 'm' : 's', list[i].guid);
        if (item == QC_NO_ITEM)
            continue;
        if (list[i].kind == NOTE_OF_CODING) {
            qc_project_coding *coding = qc_project_coding_at(r->project, list[i].item);
            qc_project_memo *memo = (qc_project_memo *)(void *)r->project->memos.data + item;
            memo->about = qc_project_code_at(r->project, coding->code)->name;
            coding->memo = *coding->memo ? coding->memo : memo->text;
        } else {
            qc_project_case *one = (qc_project_case *)(void *)r->project->cases.data + list[i].item;
            one->source = one->source == QC_NO_ITEM ? item : one->source;
        }
    }
    return true;
}

static bool read_events(refi *r)
{
    qc_xml_event event;
    while (qc_xml_next(r->xml, &event, r->err)) {
        bool done = true;
        if (event.kind == QC_XML_END)
            return resolve(r);
        if (event.kind == QC_XML_OPEN)
            done = open_element(r, &event);
        else if (event.kind == QC_XML_TEXT)
            done = qc_buffer_append(&r->texts, event.text, event.length);
        else
            done = close_element(r);
        if (!done)
            return r->err->status != QCODE_OK ? false : qc_no_memory(r->err);
    }
    return false;
}

bool qc_refi_read(qc_project *project, qc_xml *xml, const qc_package *package, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = project->arena.memory;
    qcode_error own = {.status = QCODE_OK};
    refi r = {.project = project,
              .package = package,
              .notes = notes,
              .err = &own,
              .xml = xml,
              .frames = qc_buffer_init(memory),
              .references = qc_buffer_init(memory),
              .texts = qc_buffer_init(memory),
              .users = qc_buffer_init(memory),
              .variables = qc_buffer_init(memory),
              .selection = {.name = "", .user = "", .memo = ""}};
    bool done = read_events(&r);
    if (!done && err)
        *err = own;
    qc_buffer *const lists[] = {&r.frames, &r.references, &r.texts, &r.users, &r.variables};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        qc_buffer_clear(lists[i]);
    return done;
}
