/* The page to judge a run on and to code by hand: its data, each part as JSON that the script takes up when it needs
 * it. */
#include "write/review.h"
#include "base/error.h"
#include "base/sink.h"
#include "model/books.h"
#include "model/codebook.h"
#include "write/decisions.h"
#include "write/page.h"
#include "write/review_data.h"

/* What the list of interviews says of one before it is opened. */
typedef struct tally {
    size_t segments, judged;
} tally;

typedef struct review_page {
    const qc_review *of;
    const qcode_memory *memory;
    qcode_sink *sink;
    qcode_error *err;
    qc_buffer out;
    qc_set names;     /* of the documents, as they are numbered */
    qc_buffer tallies; /* a tally for each */
} review_page;

/* JSON of a value's own, and "," or "{" and the key before it. */
static void put_key(review_page *page, char before, const char *key)
{
    qc_buffer_print(&page->out, "%c\"%s\":", before, key);
}

/* A string of the codebook or the command line, inside a <script>. */
static void put_string(review_page *page, char before, const char *key, const char *text)
{
    qc_buffer json = qc_buffer_init(page->memory);
    put_key(page, before, key);
    if (qc_json_put_string(&json, text))
        qc_put_page_json(&page->out, json.data, json.length);
    page->out.failed |= json.failed;
    qc_buffer_clear(&json);
}

static void put_number(review_page *page, char before, const char *key, size_t number)
{
    put_key(page, before, key);
    qc_buffer_number(&page->out, number);
}

static void open_block(review_page *page, const char *kind, size_t number)
{
    qc_buffer_print(&page->out, "<script type=\"application/json\" data-%s=\"%zu\">", kind, number);
}

static void close_block(review_page *page)
{
    qc_buffer_string(&page->out, "</script>\n");
    qc_sink_drain(page->sink, &page->out);
}

/* Numbers the documents as they stand in the folder. */
static bool number_documents(review_page *page)
{
    const qc_run *run = page->of->run;
    static const tally none = {0, 0};
    bool done = true;
    for (size_t i = 0; done && i < run->document_count; i++) {
        const char *name = run->documents[i].document;
        done = qc_set_add(&page->names, name, strlen(name), NULL) != SIZE_MAX &&
               qc_buffer_append(&page->tallies, &none, sizeof none);
    }
    return done || qc_no_memory(page->err);
}

/* Puts a segment behind the others of its document, in a block of its own where the document changes. */
static void put_segment(review_page *page, const qc_buffer *line, const qc_review_segment *segment, size_t *open)
{
    tally *counted = (tally *)(void *)page->tallies.data + segment->document;
    if (segment->document != *open) {
        if (*open != SIZE_MAX) {
            qc_buffer_byte(&page->out, ']');
            close_block(page);
        }
        open_block(page, "segments", *open = segment->document);
        qc_buffer_byte(&page->out, '[');
    } else {
        qc_buffer_byte(&page->out, ',');
    }
    qc_put_page_json(&page->out, line->data, line->length);
    counted->segments++;
    counted->judged += segment->judged;
}

static bool put_segments(review_page *page)
{
    const qc_review *of = page->of;
    qc_json *json = qc_json_new(of->segments, of->segments_length, "segments.jsonl", 1, page->memory, page->err);
    qc_buffer line = qc_buffer_init(page->memory);
    size_t open = SIZE_MAX;
    bool is_there = true, done = json != NULL;
    while (done && is_there) {
        qc_review_segment segment;
        done = qc_put_review_segment(&line, json, of->segments, &page->names, &segment, &is_there, page->err);
        if (done && is_there && segment.document != SIZE_MAX)
            put_segment(page, &line, &segment, &open);
    }
    if (open != SIZE_MAX) {
        qc_buffer_byte(&page->out, ']');
        close_block(page);
    }
    qc_buffer_clear(&line);
    qc_json_free(json);
    return done;
}

/* The decisions to go on from; in a blind page those of its coder alone. */
static void put_decisions(review_page *page)
{
    const qc_review *of = page->of;
    qc_buffer line = qc_buffer_init(page->memory);
    char before = '[';
    open_block(page, "decisions", 0);
    for (size_t i = 0; of->decisions && i < qcode_decisions_count(of->decisions); i++) {
        const qcode_decision *decision = qcode_decisions_at(of->decisions, i);
        if (of->blind && !(of->coder && strcmp(decision->by, of->coder) == 0))
            continue;
        line.length = 0;
        qc_put_decision(&line, decision, NULL);
        qc_buffer_byte(&page->out, before);
        qc_put_page_json(&page->out, line.data, line.length);
        before = ',';
    }
    qc_buffer_string(&page->out, before == '[' ? "[]" : "]");
    page->out.failed |= line.failed;
    close_block(page);
    qc_buffer_clear(&line);
}

/* Where the line ends that begins at `at`. */
static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *feed = memchr(text + at, '\n', length - at);
    return feed ? (size_t)(feed - text) + 1 : length;
}

enum { MOST_RULE_LINES = 12 };

/* A line of a codebook; rules are looked for in their order. */
typedef struct book_line {
    const qcode_codebook *book;
    size_t line, at;
} book_line;

/* The lines of the codebook in which a rule is written: from its first to the next that is indented no deeper. */
static void put_rule_lines(book_line *place, const qcode_rule *rule, qc_buffer *lines)
{
    const qcode_codebook *book = rule->code->book;
    size_t indent = 0, count = 0;
    if (place->book != book || place->line > rule->line)
        *place = (book_line){book, 1, 0};
    for (; place->line < rule->line && place->at < book->length; place->line++)
        place->at = line_end(book->bytes, book->length, place->at);
    size_t at = place->at;
    lines->length = 0;
    for (; at < book->length && count < MOST_RULE_LINES; count++) {
        size_t end = line_end(book->bytes, book->length, at);
        size_t deep = strspn(book->bytes + at, " ");
        if (count && deep <= indent)
            break;
        indent = count ? indent : deep;
        size_t skip = deep < indent ? deep : indent;
        qc_buffer_append(lines, book->bytes + at + skip, end - at - skip);
        at = end;
    }
    if (count == MOST_RULE_LINES)
        qc_buffer_string(lines, "...\n");
}

static void put_rules(review_page *page, const qcode_code *code, book_line *place)
{
    qc_buffer lines = qc_buffer_init(page->memory);
    put_key(page, ',', "rules");
    for (size_t i = 0; i < qcode_code_rule_count(code); i++) {
        const qcode_rule *rule = qcode_code_rule(code, i);
        put_rule_lines(place, rule, &lines);
        qc_buffer_byte(&page->out, i ? ',' : '[');
        put_string(page, '{', "id", qcode_rule_id(rule));
        const char *text = qc_buffer_text(&lines);
        put_string(page, ',', "text", text ? text : "");
        page->out.failed |= lines.failed;
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_string(&page->out, qcode_code_rule_count(code) ? "]" : "[]");
    qc_buffer_clear(&lines);
}

static void put_codes(review_page *page)
{
    book_line place = {NULL, 1, 0};
    put_key(page, ',', "codes");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < qc_books_code_count(page->of->books); i++) {
        const qcode_code *code = qc_books_code(page->of->books, i);
        qc_buffer_string(&page->out, i ? ",\n" : "");
        put_string(page, '{', "id", code->id);
        put_string(page, ',', "name", qcode_code_name(code));
        put_string(page, ',', "definition", code->definition);
        put_string(page, ',', "include", code->include);
        put_string(page, ',', "exclude", code->exclude);
        put_string(page, ',', "color", code->color);
        put_string(page, ',', "parent", code->parent ? code->parent->id : "");
        if (!page->of->blind)
            put_rules(page, code, &place);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_byte(&page->out, ']');
}

static void put_themes(review_page *page)
{
    put_key(page, ',', "themes");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < qc_books_theme_count(page->of->books); i++) {
        const qcode_theme *theme = qc_books_theme(page->of->books, i);
        qc_buffer_string(&page->out, i ? ",\n" : "");
        put_string(page, '{', "name", qcode_theme_name(theme));
        put_key(page, ',', "codes");
        for (size_t j = 0; j < qcode_theme_code_count(theme); j++) {
            qc_buffer_byte(&page->out, j ? ',' : '[');
            qc_buffer_number(&page->out, qc_books_index(page->of->books, qcode_theme_code(theme, j)));
        }
        qc_buffer_string(&page->out, qcode_theme_code_count(theme) ? "]}" : "[]}");
    }
    qc_buffer_byte(&page->out, ']');
}

static void put_interviews(review_page *page)
{
    const qc_run *run = page->of->run;
    const tally *counts = (const void *)page->tallies.data;
    put_key(page, ',', "documents");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < run->document_count; i++) {
        qc_buffer_string(&page->out, i ? ",\n" : "");
        put_string(page, '{', "document", run->documents[i].document);
        put_number(page, ',', "turns", run->documents[i].turns);
        put_number(page, ',', "segments", counts[i].segments);
        put_number(page, ',', "judged", counts[i].judged);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_byte(&page->out, ']');
}

/* The title of the first codebook that has one. */
static const char *title_of(qcode_codebooks books)
{
    for (size_t i = 0; i < books.count; i++)
        if (*qcode_codebook_title(books.at[i]))
            return qcode_codebook_title(books.at[i]);
    return "Interviews";
}

/* What the page is about; it comes behind the segments, which it counts. */
static void put_about(review_page *page)
{
    const qc_review *of = page->of;
    open_block(page, "run", 0);
    put_string(page, '{', "qcode", of->run->qcode);
    put_string(page, ',', "run", of->hash);
    put_string(page, ',', "title", title_of(of->books));
    put_string(page, ',', "codebook", of->books.count ? qcode_codebook_version(of->books.at[0]) : "");
    put_string(page, ',', "coder", of->coder ? of->coder : "");
    put_key(page, ',', "blind");
    qc_buffer_string(&page->out, of->blind ? "true" : "false");
    put_codes(page);
    put_themes(page);
    put_interviews(page);
    qc_buffer_byte(&page->out, '}');
    close_block(page);
}

/* What the run has masked is masked here. The script stands behind the first interview, so that it is open while the
 * browser reads the others. */
static bool put_documents(review_page *page)
{
    const qc_review *of = page->of;
    qc_json *json = qc_json_new(of->documents, of->documents_length, "documents.jsonl", 1, page->memory, page->err);
    qc_buffer line = qc_buffer_init(page->memory);
    bool is_there = true, done = json != NULL;
    for (size_t i = 0; done && is_there; i++) {
        line.length = 0;
        done = qc_put_review_document(&line, json, of->documents, &is_there, page->err);
        if (!done || !is_there)
            break;
        open_block(page, "document", i);
        qc_put_page_json(&page->out, line.data, line.length);
        close_block(page);
        if (!i)
            qc_put_page_script(&page->out, &qc_review_script);
    }
    if (done && !of->run->document_count)
        qc_put_page_script(&page->out, &qc_review_script);
    qc_buffer_clear(&line);
    qc_json_free(json);
    return done;
}

bool qc_write_review(const qc_review *review, qcode_sink *sink, qcode_error *err)
{
    const qcode_memory *memory = review->run->arena.memory;
    review_page page = {.of = review, .memory = memory, .sink = sink, .err = err, .out = qc_buffer_init(memory),
                        .names = qc_set_init(memory), .tallies = qc_buffer_init(memory)};
    qc_put_page_head(&page.out, title_of(review->books), &qc_review_style, &qc_review_script);
    qc_buffer_append(&page.out, qc_review_body.text, qc_review_body.length);
    bool done = number_documents(&page) && (review->blind || put_segments(&page));
    if (done) {
        put_decisions(&page);
        put_about(&page);
        done = put_documents(&page) && (qc_put_page_end(&page.out) || qc_no_memory(err));
    }
    qc_sink_drain(sink, &page.out);
    qc_buffer_clear(&page.out);
    qc_buffer_clear(&page.tallies);
    qc_set_clear(&page.names);
    return done;
}
