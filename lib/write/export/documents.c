/* Documents for reading: quotes by code, and codebooks to print. */
#include "base/error.h"
#include "model/books.h"
#include "model/codebook.h"
#include "model/shown.h"
#include "write/export/codes.h"
#include "write/export/prose.h"
#include "write/writer.h"

typedef struct reader {
    const qc_exporting *from;
    qc_prose *prose;
    qc_buffer text, source;
    size_t *first, *next; /* of each code its first segment, and of each segment the next of its code */
} reader;

static const char *title_of(const qc_view *view, const char *none)
{
    const char *title = view->books.count ? qcode_codebook_title(view->books.at[0]) : "";
    return *title ? title : none;
}

static size_t level_of(const qc_code_row *row)
{
    return row->depth < 2 ? row->depth + 2 : 4;
}

static bool list_segments(reader *r, qc_arena *arena)
{
    const qc_view *view = r->from->view;
    r->first = qc_arena_take_array(arena, view->code_count + 1, sizeof *r->first);
    r->next = qc_arena_take_array(arena, view->segment_count + 1, sizeof *r->next);
    if (!r->first || !r->next)
        return false;
    for (size_t i = 0; i < view->code_count; i++)
        r->first[i] = SIZE_MAX;
    for (size_t i = view->segment_count; i-- > 0;) {
        r->next[i] = r->first[view->segments[i].code];
        r->first[view->segments[i].code] = i;
    }
    return true;
}

/* "Ann, Police (one.txt, line 12; proposed)" */
static void put_quote(reader *r, const qc_viewed *seen)
{
    const qc_view *view = r->from->view;
    const qcode_transcript *talk = view->talks[seen->document];
    const qc_respondent *who = seen->respondent == QC_NOBODY ? NULL : &view->respondents[seen->respondent];
    const char *name = who && who->speaker->case_name ? who->name : seen->line->speaker;
    r->text.length = r->source.length = 0;
    if (qc_withholds(talk, seen->pieces, seen->piece_count))
        qc_buffer_string(&r->text, QC_WITHHELD);
    else
        qc_put_shown(&r->text, talk, seen->pieces, seen->piece_count);
    qc_buffer_string(&r->source, name);
    if (who && *who->group)
        qc_buffer_print(&r->source, ", %s", who->group);
    qc_buffer_print(&r->source, "%s%s, line %zu; %s", r->source.length ? " \xE2\x80\x93 " : "",
                    qcode_transcript_name(talk), seen->line->line, qc_state_name(seen->state));
    if (*seen->line->status && strcmp(seen->line->status, "asserted") != 0)
        qc_buffer_print(&r->source, "; %s", seen->line->status);
    const char *text = qc_buffer_text(&r->text), *source = qc_buffer_text(&r->source);
    r->prose->out.failed |= !text || !source;
    if (text && source)
        qc_prose_quote(r->prose, text, source);
}

static void put_quotes(reader *r, const qc_code_tree *tree)
{
    qc_prose_paragraph(r->prose, "", "A code says what a passage is about. Rules only ever propose: "
                                     "\xE2\x80\x9Cproposed\xE2\x80\x9D means that nobody has judged the passage.");
    for (size_t i = 0; i < tree->count; i++) {
        const qcode_code *code = qc_view_code(r->from->view, tree->rows[i].code);
        qc_prose_heading(r->prose, level_of(&tree->rows[i]), code->name, code->color);
        qc_prose_paragraph(r->prose, "", code->definition);
        if (r->first[tree->rows[i].code] == SIZE_MAX && !tree->rows[i].gathers)
            qc_prose_paragraph(r->prose, "", "No passages.");
        for (size_t at = r->first[tree->rows[i].code]; at != SIZE_MAX; at = r->next[at])
            put_quote(r, &r->from->view->segments[at]);
    }
}

static void put_examples(reader *r, const qcode_code *code)
{
    for (size_t i = 0; i < code->example_count; i++)
        qc_prose_quote(r->prose, code->examples[i].text, code->examples[i].match ? "an example" : "no example");
}

static void put_code(reader *r, const qc_code_row *row)
{
    const qcode_code *code = qc_view_code(r->from->view, row->code);
    qc_prose_heading(r->prose, level_of(row), code->name, code->color);
    const char *const facts[][2] = {{"Id:", code->id}, {"Definition:", code->definition}, {"Include:", code->include},
                                    {"Exclude:", code->exclude}, {"Note:", code->note},
                                    {"Under:", code->parent ? code->parent->name : ""},
                                    {"Retired:", code->retired ? "no rule gives it any more" : ""}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        qc_prose_paragraph(r->prose, facts[i][0], facts[i][1] ? facts[i][1] : "");
    put_examples(r, code);
}

static void put_codebook(reader *r, const qc_code_tree *tree)
{
    qcode_codebooks books = r->from->view->books;
    for (size_t i = 0; i < books.count; i++) {
        qc_prose_paragraph(r->prose, "Version:", qcode_codebook_version(books.at[i]));
        qc_prose_paragraph(r->prose, "", books.at[i]->description ? books.at[i]->description : "");
    }
    for (size_t i = 0; i < tree->count; i++)
        put_code(r, &tree->rows[i]);
    for (size_t i = 0; i < qc_books_theme_count(books); i++) {
        const qcode_theme *theme = qc_books_theme(books, i);
        qc_prose_heading(r->prose, 2, qcode_theme_name(theme), "");
        qc_prose_paragraph(r->prose, "Theme:", theme->definition ? theme->definition : theme->id);
        for (size_t k = 0; k < theme->code_count; k++)
            qc_prose_paragraph(r->prose, "Code:", theme->codes[k]->name);
    }
}

typedef void fill(reader *r, const qc_code_tree *tree);

static bool write_prose(const qc_exporting *from, qc_prose_form form, const char *none, fill *put, qcode_sink *sink,
                        qcode_error *err)
{
    qc_arena arena = qc_arena_init(from->memory);
    qc_code_tree tree;
    qc_prose prose = qc_prose_init(form, title_of(from->view, none), from->memory);
    reader r = {.from = from, .prose = &prose, .text = qc_buffer_init(from->memory),
                .source = qc_buffer_init(from->memory)};
    bool done = (qc_code_tree_make(from, &arena, &tree) && list_segments(&r, &arena)) || qc_no_memory(err);
    if (done)
        put(&r, &tree);
    done = done && qc_prose_write(&prose, sink, err);
    qc_lose(from->losses, "characters that XML cannot hold, written as U+FFFD", prose.replaced, "");
    for (size_t i = 0; done && put == put_codebook && i < tree.count; i++)
        qc_lose(from->losses, "rules of codes", qc_view_code(from->view, tree.rows[i].code)->rule_count,
                qc_view_code(from->view, tree.rows[i].code)->id);
    qc_buffer_clear(&r.text);
    qc_buffer_clear(&r.source);
    qc_prose_clear(&prose);
    qc_arena_clear(&arena);
    return done;
}

static bool write_markdown(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    return write_prose(from, QC_PROSE_MARKDOWN, "Quotes by code", put_quotes, sink, err);
}

static bool write_docx(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    return write_prose(from, QC_PROSE_DOCX, "Quotes by code", put_quotes, sink, err);
}

static bool write_codebook_docx(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    return write_prose(from, QC_PROSE_DOCX, "Codebook", put_codebook, sink, err);
}

static bool write_codebook_html(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    return write_prose(from, QC_PROSE_HTML, "Codebook", put_codebook, sink, err);
}

const qc_target qc_export_markdown = {{"markdown", ".md", "quotes by code, as Markdown"}, .write = write_markdown};
const qc_target qc_export_docx = {{"docx", ".docx", "quotes by code, for a word processor"}, .write = write_docx};
const qc_target qc_export_codebook_docx = {
    {"codebook-docx", ".docx", "the codebook to read, for a word processor"}, .write = write_codebook_docx};
const qc_target qc_export_codebook_html = {
    {"codebook-html", ".html", "the codebook to read, as a page to print"}, .write = write_codebook_html};
