/* Taguette's database: documents are HTML, and places are bytes of their text. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/entity.h"
#include "read/projects/databases.h"

#include <strings.h>

/* From bytes of the HTML's text to bytes of the source, which has a line feed more between blocks. */
typedef struct rendering {
    const char *html;
    size_t length;
    qc_buffer text;
    qc_buffer steps; /* pairs of size_t: place in the HTML's text, place in the source, where they come apart */
    size_t counted;  /* of the HTML's text so far */
} rendering;

static const char *const blocks[] = {"p",  "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr",
                                     "br", "ul",  "ol", "table", "blockquote", "pre", NULL};

static bool is_block(const char *tag, size_t length)
{
    for (size_t i = 0; blocks[i]; i++)
        if (strlen(blocks[i]) == length && strncasecmp(blocks[i], tag, length) == 0)
            return true;
    return false;
}

/* Ends the line if the HTML has not done so. */
static void break_line(rendering *r)
{
    if (!r->text.length || r->text.data[r->text.length - 1] == '\n')
        return;
    qc_buffer_byte(&r->text, '\n');
    const size_t step[] = {r->counted, r->text.length};
    qc_buffer_append(&r->steps, step, sizeof step);
}

/* A tag or a comment at `at`; answers the place behind it. */
static size_t pass_tag(rendering *r, size_t at)
{
    if (r->length - at > 3 && memcmp(r->html + at, "<!--", 4) == 0) {
        const char *end = strstr(r->html + at + 4, "-->");
        return end ? (size_t)(end - r->html) + 3 : r->length;
    }
    const char *end = memchr(r->html + at, '>', r->length - at);
    size_t name = at + 1 + (at + 1 < r->length && r->html[at + 1] == '/');
    if (is_block(r->html + name, strcspn(r->html + name, " \t\n/>")))
        break_line(r);
    return end ? (size_t)(end - r->html) + 1 : r->length;
}

static size_t put_entity(rendering *r, size_t at)
{
    size_t end = at;
    uint32_t point = qc_entity(r->html, r->length, at, &end);
    char bytes[4] = "&";
    size_t size = point ? qc_utf8_put(point, bytes) : 1;
    qc_buffer_append(&r->text, bytes, size);
    r->counted += size;
    return point ? end : at + 1;
}

static bool render(rendering *r)
{
    for (size_t at = 0; at < r->length && !r->text.failed && !r->steps.failed;) {
        if (r->html[at] == '<') {
            at = pass_tag(r, at);
        } else if (r->html[at] == '&') {
            at = put_entity(r, at);
        } else {
            size_t size = strcspn(r->html + at, "<&");
            qc_buffer_append(&r->text, r->html + at, size);
            r->counted += size;
            at += size;
        }
    }
    return !r->text.failed && !r->steps.failed;
}

static size_t map(const rendering *r, size_t place)
{
    const size_t *steps = (const void *)r->steps.data;
    size_t low = 0, high = r->steps.length / (2 * sizeof *steps);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (steps[2 * middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? place - steps[2 * low - 2] + steps[2 * low - 1] : place;
}

static bool take_tag(qc_project *project, qc_database *db, qcode_error *err)
{
    qc_arena *arena = &project->arena;
    qc_project_code code = {.name = qc_database_text(db, 1, arena, err), .color = "", .parent = QC_NO_ITEM};
    if (!code.name || !(code.definition = qc_database_text(db, 2, arena, err)))
        return false;
    size_t number = qc_project_add_code(project, &code);
    return (number != QC_NO_ITEM && qc_project_number(project, 'c', qc_database_number(db, 0), number)) ||
           qc_no_memory(err);
}

/* The highlights of one document, by its number there. */
static bool take_highlights(qc_project *project, qc_database *db, size_t source, size_t id, const rendering *r,
                            qcode_error *err)
{
    static const char question[] = "SELECT h.id, h.start_offset, h.end_offset, t.tag_id FROM highlights AS h, highlight_tags "
                                   "AS t WHERE t.highlight_id = h.id AND h.document_id = ?1 ORDER BY h.id, t.tag_id";
    bool found = true, done = qc_database_ask(db, question, (int64_t)id, err);
    while (done && (done = qc_database_next(db, &found, err)) && found) {
        qc_project_coding coding = {.source = source,
                                    .code = qc_project_numbered(project, 'c', qc_database_number(db, 3)),
                                    .coder = "", .words = "", .memo = "",
                                    .start = qc_database_number(db, 1),
                                    .end = qc_database_number(db, 2),
                                    .line = qc_database_number(db, 0)};
        bool known = coding.code != QC_NO_ITEM && coding.start != SIZE_MAX && coding.end != SIZE_MAX;
        if (known) {
            size_t last = coding.end ? map(r, coding.end - 1) + 1 : 0; /* not into the next block */
            coding.start = map(r, coding.start);
            coding.end = last;
        }
        done = (known ? qc_project_add_coding(project, &coding)
                      : qc_project_lose(project, "highlight without a tag or place", "")) ||
               qc_no_memory(err);
    }
    return done;
}

static bool take_document(qc_project *project, qc_database *db, size_t id, const char *name, const char *memo,
                          const char *html, qcode_error *err)
{
    rendering r = {.html = html, .length = strlen(html), .text = qc_buffer_init(project->arena.memory),
                   .steps = qc_buffer_init(project->arena.memory)};
    bool done = render(&r) || qc_no_memory(err);
    qc_project_source source = {.name = name, .memo = memo, .length = r.text.length};
    if (done && !(source.text = qc_arena_copy(&project->arena, r.text.data ? r.text.data : "", r.text.length)))
        done = qc_no_memory(err);
    size_t number = done ? qc_project_add_source(project, &source) : 0;
    if (done && number == QC_NO_ITEM)
        done = qc_no_memory(err);
    done = done && take_highlights(project, db, number, id, &r, err);
    qc_buffer_clear(&r.text);
    qc_buffer_clear(&r.steps);
    return done;
}

/* Documents are taken one after another, as a database answers one question at a time. */
static bool read_documents(qc_project *project, qc_database *db, qcode_error *err)
{
    static const char question[] =
        "SELECT id, name, description, contents FROM documents WHERE id > ?1 ORDER BY id LIMIT 1";
    for (int64_t last = -1;;) {
        bool found = false;
        if (!qc_database_ask(db, question, last, err) || !qc_database_next(db, &found, err))
            return false;
        if (!found)
            return true;
        size_t id = qc_database_number(db, 0);
        const char *name = qc_database_text(db, 1, &project->arena, err);
        const char *memo = name ? qc_database_text(db, 2, &project->arena, err) : NULL;
        const char *html = memo ? qc_database_text(db, 3, &project->arena, err) : NULL;
        if (id == SIZE_MAX)
            return true; /* as ids are numbers above the last, there is none */
        if (!html || !take_document(project, db, id, name, memo, html, err))
            return false;
        last = (int64_t)id;
    }
}

static bool read_taguette(qc_project *project, qc_database *db, qcode_notes *notes, qcode_error *err)
{
    (void)notes;
    project->preferred = (qc_convention){QC_COUNT_BYTES, false, false};
    return qc_database_each(project, db, "SELECT id, path, description FROM tags ORDER BY id", take_tag, err) &&
           read_documents(project, db, err);
}

const qc_database_reader qc_taguette = {"Taguette",
                                        {{"documents", "id name description contents"},
                                         {"tags", "id path description"},
                                         {"highlights", "id document_id start_offset end_offset"},
                                         {"highlight_tags", "highlight_id tag_id"},
                                         {NULL, NULL}},
                                        read_taguette};
