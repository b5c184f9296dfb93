/* Projects of REFI-QDA (.qdpx): one archive with project.qde and the texts. */
#include "write/export/refi.h"
#include "base/error.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "model/books.h"
#include "model/codebook.h"
#include "model/decisions.h"
#include <qcode/version.h>

#include <stdio.h>

static const qc_refi_dialect dialects[] = {
    {.name = "", .origin = "qcode " QCODE_VERSION, .folder = "sources/"},
    {.name = "nvivo", .origin = "qcode " QCODE_VERSION " for NVivo", .folder = "Sources/", .utf16 = true, .crlf = true,
     .bom = true},
    {.name = "atlas", .origin = "qcode " QCODE_VERSION, .folder = "sources/"},
    {.name = "maxqda", .origin = "qcode " QCODE_VERSION, .folder = "sources/"},
    {.name = "qualcoder", .origin = "qcode " QCODE_VERSION, .folder = "sources/"},
};

static const char *const maker = "qcode";

qc_guid qc_refi_user_guid(const char *user)
{
    return qc_guid_of("user", *user ? user : maker);
}

void qc_refi_made(qc_refi *refi, const char *user, const char *on)
{
    qc_refi_attribute(&refi->xml, "creatingUser", qc_refi_user_guid(user).text);
    qc_refi_attribute(&refi->xml, "creationDateTime", *on ? on : QC_REFI_DATE);
}

static qc_guid memo_guid(size_t memo)
{
    char which[32];
    snprintf(which, sizeof which, "%zu", memo);
    return qc_guid_of("note", which);
}

bool qc_refi_takes(const qc_refi *refi, const qcode_decision *decision)
{
    const qc_view *view = refi->from->view;
    bool takes = decision->act == QCODE_ACT_MEMO;
    if (takes && *decision->respondent) {
        takes = false;
        for (size_t i = 0; !takes && i < view->respondent_count; i++)
            takes = view->respondents[i].in_view && strcmp(view->respondents[i].name, decision->respondent) == 0;
    }
    return takes;
}

void qc_refi_note_ref(qc_refi *refi, size_t memo)
{
    qc_refi_put(&refi->xml, "<NoteRef");
    qc_refi_attribute(&refi->xml, "targetGUID", memo_guid(memo).text);
    qc_refi_put(&refi->xml, "/>\n");
    refi->placed[memo] = true;
}

/* The bytes of a text as the dialect has them. */
static char *write_text(qc_refi *refi, const char *text, size_t length, size_t *size)
{
    qc_buffer bytes = qc_buffer_init(refi->from->memory);
    qc_buffer_string(&bytes, refi->as->bom ? "\xEF\xBB\xBF" : "");
    for (size_t from = 0, line; from < length; from += line) {
        const char *end = refi->as->crlf ? memchr(text + from, '\n', length - from) : NULL;
        line = end ? (size_t)(end - (text + from)) + 1 : length - from;
        qc_buffer_append(&bytes, text + from, end ? line - 1 : line);
        qc_buffer_string(&bytes, end ? "\r\n" : "");
    }
    char *copy = bytes.failed ? NULL : qc_arena_copy(&refi->arena, bytes.data ? bytes.data : "", bytes.length);
    *size = bytes.length;
    qc_buffer_clear(&bytes);
    return copy;
}

void qc_refi_put_text(qc_refi *refi, qc_guid guid, const char *text, size_t length)
{
    char name[64], path[64];
    snprintf(name, sizeof name, "%s%s.txt", refi->as->folder, guid.text);
    snprintf(path, sizeof path, "internal://%s.txt", guid.text);
    qc_refi_attribute(&refi->xml, "plainTextPath", path);
    qc_zip_part part = {.name = qc_arena_string(&refi->arena, name)};
    part.data = write_text(refi, text, length, &part.length);
    if (!part.name || !part.data || !qc_buffer_append(&refi->parts, &part, sizeof part))
        refi->xml.out.failed = true;
}

static bool add_user(qc_refi *refi, const char *name)
{
    return !*name || qc_set_add(&refi->users, name, strlen(name), NULL) != SIZE_MAX;
}

static bool list_users(qc_refi *refi)
{
    const qc_view *view = refi->from->view;
    const qcode_decisions *decisions = refi->from->job->decisions;
    bool done = add_user(refi, maker);
    for (size_t i = 0; done && i < view->segment_count; i++)
        done = add_user(refi, view->segments[i].line->coder);
    for (size_t i = 0; done && decisions && i < qcode_decisions_count(decisions); i++)
        done = add_user(refi, qc_refi_takes(refi, qcode_decisions_at(decisions, i))
                                  ? qcode_decisions_at(decisions, i)->by : "");
    return done;
}

static void put_users(qc_refi *refi)
{
    qc_refi_put(&refi->xml, "<Users>\n");
    for (size_t i = 0; i < refi->users.count; i++) {
        qc_refi_put(&refi->xml, "<User");
        qc_refi_attribute(&refi->xml, "guid", qc_refi_user_guid(qc_set_at(&refi->users, i)).text);
        qc_refi_attribute(&refi->xml, "name", qc_set_at(&refi->users, i));
        qc_refi_put(&refi->xml, "/>\n");
    }
    qc_refi_put(&refi->xml, "</Users>\n");
}

/* Memos on a code alone. */
static void put_code_notes(void *user, const qcode_code *code)
{
    qc_refi *refi = user;
    const qcode_decisions *decisions = refi->from->job->decisions;
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        if (qc_refi_takes(refi, memo) && !*memo->document && strcmp(memo->code, code->id) == 0)
            qc_refi_note_ref(refi, i);
    }
}

static void put_notes(qc_refi *refi)
{
    const qcode_decisions *decisions = refi->from->job->decisions;
    size_t notes = 0;
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        if (!qc_refi_takes(refi, memo))
            continue;
        qc_refi_put(&refi->xml, notes++ ? "<Note" : "<Notes>\n<Note");
        qc_refi_attribute(&refi->xml, "guid", memo_guid(i).text);
        const char *kind = qcode_memo_kind_name(memo->kind);
        qc_refi_attribute(&refi->xml, "name", *memo->respondent ? memo->respondent : *kind ? kind : "memo");
        qc_refi_put_text(refi, qc_guid_of("memo", memo_guid(i).text), memo->reason, strlen(memo->reason));
        qc_refi_made(refi, memo->by, memo->on);
        qc_refi_put(&refi->xml, "/>\n");
        if (!refi->placed[i] && !memo->on_study)
            qc_lose(refi->from->losses, "memos: what they are about", 1,
                    *memo->respondent ? memo->respondent : *memo->document ? memo->document : memo->code);
    }
    qc_refi_put(&refi->xml, notes ? "</Notes>\n" : "");
}

static void put_study_notes(qc_refi *refi)
{
    const qcode_decisions *decisions = refi->from->job->decisions;
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++)
        if (qc_refi_takes(refi, qcode_decisions_at(decisions, i)) && qcode_decisions_at(decisions, i)->on_study)
            qc_refi_note_ref(refi, i);
}

static const char *project_name(const qc_view *view)
{
    const char *title = view->books.count ? qcode_codebook_title(view->books.at[0]) : "";
    return *title ? title : maker;
}

static bool put_project(qc_refi *refi)
{
    qc_refi_xml *xml = &refi->xml;
    qc_refi_put(xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\"");
    qc_refi_attribute(xml, "name", project_name(refi->from->view));
    qc_refi_attribute(xml, "origin", refi->as->origin);
    qc_refi_attribute(&refi->xml, "creatingUserGUID", qc_refi_user_guid(maker).text);
    qc_refi_put(xml, " creationDateTime=\"" QC_REFI_DATE "\">\n");
    put_users(refi);
    if (refi->tree.count) {
        qc_refi_put(xml, "<CodeBook>\n");
        qc_refi_codes(xml, refi->from, &refi->tree, put_code_notes, refi);
        qc_refi_put(xml, "</CodeBook>\n");
    }
    qc_refi_variables(refi);
    if (!qc_refi_cases(refi) || !qc_refi_sources(refi))
        return false;
    put_notes(refi);
    qc_refi_sets(xml, refi->from, &refi->tree, "targetGUID");
    put_study_notes(refi);
    qc_refi_put(xml, "</Project>\n");
    qc_refi_lose_rules(refi->from, &refi->tree);
    qc_lose(refi->from->losses, "characters that XML cannot hold, written as U+FFFD", xml->replaced, "");
    return !xml->out.failed && !refi->parts.failed;
}

/* project.qde comes first, the texts behind it. */
static bool pack(qc_refi *refi, qcode_sink *sink, qcode_error *err)
{
    size_t count = refi->parts.length / sizeof(qc_zip_part);
    qc_zip_part *parts = qc_arena_take_array(&refi->arena, count + 1, sizeof *parts);
    if (!parts)
        return qc_no_memory(err);
    parts[0] = (qc_zip_part){.name = "project.qde", .data = refi->xml.out.data, .length = refi->xml.out.length};
    if (count)
        memcpy(parts + 1, refi->parts.data, count * sizeof *parts);
    return qc_zip_pack(parts, count + 1, sink, err);
}

static const qc_refi_dialect *find_dialect(const char *name)
{
    size_t at = 0, count = sizeof dialects / sizeof *dialects;
    while (at < count && strcmp(dialects[at].name, name ? name : "") != 0)
        at++;
    return at < count ? &dialects[at] : NULL;
}

static bool write_refi(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    const qcode_memory *memory = from->memory;
    const qc_buffer empty = qc_buffer_init(memory);
    qc_refi refi = {.from = from, .as = find_dialect(from->job->dialect), .xml = {.out = empty},
                    .arena = qc_arena_init(memory), .users = qc_set_init(memory), .variables = qc_set_init(memory),
                    .parts = empty, .units = empty};
    if (!refi.as)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a dialect is nvivo, atlas, maxqda or qualcoder, not \"%s\"",
                       from->job->dialect);
    size_t memos = from->job->decisions ? qcode_decisions_count(from->job->decisions) : 0;
    refi.placed = qc_arena_take_array(&refi.arena, memos + 1, sizeof *refi.placed);
    bool done = (refi.placed && qc_code_tree_make(from, &refi.arena, &refi.tree) && list_users(&refi) &&
                 qc_refi_list_variables(&refi) && put_project(&refi)) || qc_no_memory(err);
    done = done && pack(&refi, sink, err);
    qc_buffer *const buffers[] = {&refi.xml.out, &refi.parts, &refi.units};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        qc_buffer_clear(buffers[i]);
    qc_set_clear(&refi.users);
    qc_set_clear(&refi.variables);
    qc_arena_clear(&refi.arena);
    return done;
}

const qc_target qc_export_refi = {
    {"refi", ".qdpx", "a REFI-QDA project: NVivo, ATLAS.ti, MAXQDA, QualCoder and others"}, .write = write_refi};
