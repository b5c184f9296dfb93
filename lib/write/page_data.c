/* What the pages that run a script say of a run in the same way. */
#include "write/page_data.h"
#include "base/sink.h"
#include "format/json.h"
#include "model/books.h"
#include "model/codebook.h"
#include "write/left_out.h"
#include "write/page.h"

qc_page qc_page_init(qcode_sink *sink, const qcode_memory *memory)
{
    return (qc_page){.memory = memory, .sink = sink, .out = qc_buffer_init(memory)};
}

void qc_page_key(qc_page *page, char before, const char *key)
{
    qc_buffer_print(&page->out, "%c\"%s\":", before, key);
}

void qc_page_string(qc_page *page, char before, const char *key, const char *text)
{
    qc_buffer json = qc_buffer_init(page->memory);
    qc_page_key(page, before, key);
    if (qc_json_put_string(&json, text))
        qc_put_page_json(&page->out, json.data, json.length);
    page->out.failed |= json.failed;
    qc_buffer_clear(&json);
}

void qc_page_number(qc_page *page, char before, const char *key, size_t number)
{
    qc_page_key(page, before, key);
    qc_buffer_number(&page->out, number);
}

void qc_page_open(qc_page *page, const char *kind, size_t number)
{
    qc_buffer_print(&page->out, "<script type=\"application/json\" data-%s=\"%zu\">", kind, number);
}

void qc_page_close(qc_page *page)
{
    qc_buffer_string(&page->out, "</script>\n");
    qc_sink_drain(page->sink, &page->out);
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

static void put_rules(qc_page *page, const qcode_code *code, book_line *place)
{
    qc_buffer lines = qc_buffer_init(page->memory);
    qc_page_key(page, ',', "rules");
    for (size_t i = 0; i < qcode_code_rule_count(code); i++) {
        const qcode_rule *rule = qcode_code_rule(code, i);
        put_rule_lines(place, rule, &lines);
        qc_buffer_byte(&page->out, i ? ',' : '[');
        qc_page_string(page, '{', "id", qcode_rule_id(rule));
        const char *text = qc_buffer_text(&lines);
        qc_page_string(page, ',', "text", text ? text : "");
        page->out.failed |= lines.failed;
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_string(&page->out, qcode_code_rule_count(code) ? "]" : "[]");
    qc_buffer_clear(&lines);
}

void qc_page_codes(qc_page *page, qcode_codebooks books, bool rules)
{
    book_line place = {NULL, 1, 0};
    qc_page_key(page, ',', "codes");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < qc_books_code_count(books); i++) {
        const qcode_code *code = qc_books_code(books, i);
        qc_buffer_string(&page->out, i ? ",\n" : "");
        qc_page_string(page, '{', "id", code->id);
        qc_page_string(page, ',', "name", qcode_code_name(code));
        qc_page_string(page, ',', "definition", code->definition);
        qc_page_string(page, ',', "include", code->include);
        qc_page_string(page, ',', "exclude", code->exclude);
        qc_page_string(page, ',', "color", code->color);
        qc_page_string(page, ',', "parent", code->parent ? code->parent->id : "");
        if (qc_is_left_out(code))
            qc_buffer_string(&page->out, ",\"left_out\":true");
        if (rules)
            put_rules(page, code, &place);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_byte(&page->out, ']');
}

void qc_page_themes(qc_page *page, qcode_codebooks books)
{
    qc_page_key(page, ',', "themes");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < qc_books_theme_count(books); i++) {
        const qcode_theme *theme = qc_books_theme(books, i);
        qc_buffer_string(&page->out, i ? ",\n" : "");
        qc_page_string(page, '{', "name", qcode_theme_name(theme));
        qc_page_key(page, ',', "codes");
        for (size_t j = 0; j < qcode_theme_code_count(theme); j++) {
            qc_buffer_byte(&page->out, j ? ',' : '[');
            qc_buffer_number(&page->out, qc_books_index(books, qcode_theme_code(theme, j)));
        }
        qc_buffer_string(&page->out, qcode_theme_code_count(theme) ? "]}" : "[]}");
    }
    qc_buffer_byte(&page->out, ']');
}

const char *qc_page_title(qcode_codebooks books)
{
    for (size_t i = 0; i < books.count; i++)
        if (*qcode_codebook_title(books.at[i]))
            return qcode_codebook_title(books.at[i]);
    return "Interviews";
}
