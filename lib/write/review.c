/* The page to judge a run on and to code by hand: its data, each part as JSON that the script takes up when it needs it. */
#include "write/review.h"
#include "base/error.h"
#include "base/set.h"
#include "base/sink.h"
#include "format/json.h"
#include "model/books.h"
#include "model/codebook.h"
#include "write/page.h"

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

/* Each line of documents.jsonl as it is: the run has masked what may not be shown. */
static void put_documents(review_page *page)
{
    const char *line = page->of->documents, *end = line + page->of->documents_length;
    for (size_t i = 0; line < end; i++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((feed ? feed : end) - line);
        open_block(page, "document", i);
        qc_put_page_json(&page->out, line, length);
        close_block(page);
        line += length + 1;
    }
}

/* A member of an object: where its value stands. */
typedef struct member {
    char key[16]; /* shortened */
    size_t start, end;
    qc_json_token value; /* a string's text is gone with the next token */
} member;

/* The next member of the object that is open; `*is_there` false: it is closed now. A value that is no string is passed over. */
static bool next_member(qc_json *json, const char *text, member *found, bool *is_there, qcode_error *err)
{
    qc_json_token key;
    if (!qc_json_next(json, &key, err))
        return false;
    *is_there = key.kind == QC_JSON_KEY;
    if (!*is_there)
        return true;
    size_t length = key.length < sizeof found->key - 1 ? key.length : sizeof found->key - 1;
    memcpy(found->key, key.text, length);
    found->key[length] = '\0';
    found->start = qc_json_at(json);
    found->start += strspn(text + found->start, " \t\r\n:");
    bool is_text = text[found->start] == '"';
    found->value = (qc_json_token){.kind = QC_JSON_NULL};
    if (!(is_text ? qc_json_next(json, &found->value, err) : qc_json_skip(json, err)))
        return false;
    found->end = qc_json_at(json);
    return true;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words;
}

/* One segment as an object of what the page needs of it, in `page->out`. */
typedef struct segment_line {
    size_t document; /* its number; SIZE_MAX: of none */
    bool judged;
} segment_line;

static bool put_segment(review_page *page, qc_json *json, segment_line *line, qc_buffer *object)
{
    static const char *const kept[] = {"code",  "start",  "end",    "pieces", "matches",    "score",      "shares", "basis",
                                       "status", "coder", "origin", "state",  "decided_by", "decided_on", "reason", NULL};
    const char *text = page->of->segments;
    char before = '{';
    bool is_there = true;
    member found;
    *line = (segment_line){.document = SIZE_MAX};
    object->length = 0;
    while (is_there) {
        if (!next_member(json, text, &found, &is_there, page->err))
            return false;
        if (!is_there)
            break;
        if (strcmp(found.key, "document") == 0 && found.value.kind == QC_JSON_STRING)
            line->document = qc_set_find(&page->names, found.value.text, found.value.length);
        if (strcmp(found.key, "decided_by") == 0 && found.value.kind == QC_JSON_STRING)
            line->judged = found.value.length > 0;
        if (!is_one_of(found.key, kept) || text[found.start] == 'n')
            continue;
        qc_buffer_print(object, "%c\"%s\":", before, found.key);
        qc_buffer_append(object, text + found.start, found.end - found.start);
        before = ',';
    }
    qc_buffer_byte(object, '}');
    return !object->failed || qc_no_memory(page->err);
}

/* Segments in blocks, one for each stretch that is of one document. */
static bool put_segments(review_page *page)
{
    qc_json *json = qc_json_new(page->of->segments, page->of->segments_length, "segments.jsonl", 1, page->memory, page->err);
    qc_buffer object = qc_buffer_init(page->memory);
    size_t open = SIZE_MAX;
    bool done = json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(json, &token, page->err)) && token.kind != QC_JSON_END;) {
        segment_line line;
        done = put_segment(page, json, &line, &object);
        if (!done || line.document == SIZE_MAX)
            continue;
        if (line.document != open) {
            qc_buffer_string(&page->out, open == SIZE_MAX ? "" : "]");
            if (open != SIZE_MAX)
                close_block(page);
            open_block(page, "segments", open = line.document);
            qc_buffer_byte(&page->out, '[');
        } else {
            qc_buffer_byte(&page->out, ',');
        }
        qc_put_page_json(&page->out, object.data, object.length);
        tally *counted = (tally *)(void *)page->tallies.data + line.document;
        counted->segments++;
        counted->judged += line.judged;
    }
    if (open != SIZE_MAX) {
        qc_buffer_byte(&page->out, ']');
        close_block(page);
    }
    qc_buffer_clear(&object);
    qc_json_free(json);
    return done;
}

/* One decision: whose it is. */
static bool read_decision(review_page *page, qc_json *json, bool *own)
{
    bool is_there = true;
    member found;
    *own = !page->of->blind;
    while (is_there) {
        if (!next_member(json, page->of->decisions, &found, &is_there, page->err))
            return false;
        if (is_there && strcmp(found.key, "by") == 0 && found.value.kind == QC_JSON_STRING && page->of->coder)
            *own |= strcmp(found.value.text, page->of->coder) == 0;
    }
    return true;
}

/* The decisions to go on from; in a blind page those of its coder alone. */
static bool put_decisions(review_page *page)
{
    const qc_review *of = page->of;
    if (!of->decisions)
        return true;
    qc_json *json = qc_json_new(of->decisions, of->decisions_length, of->decisions_name, 1, page->memory, page->err);
    bool done = json != NULL, own;
    char before = '[';
    size_t from = 0;
    open_block(page, "decisions", 0);
    for (qc_json_token token; done && (done = qc_json_next(json, &token, page->err)) && token.kind != QC_JSON_END;) {
        if (token.kind != QC_JSON_OPEN_OBJECT)
            done = qc_fail(page->err, QCODE_INVALID, of->decisions_name, token.line, token.column,
                           "a decision was expected here, an object");
        done = done && read_decision(page, json, &own);
        size_t end = done ? qc_json_at(json) : from;
        if (done && own) {
            qc_buffer_byte(&page->out, before);
            qc_put_page_json(&page->out, of->decisions + from, end - from);
            before = ',';
        }
        from = end;
    }
    qc_buffer_string(&page->out, before == '[' ? "[]" : "]");
    close_block(page);
    qc_json_free(json);
    return done;
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

bool qc_write_review(const qc_review *review, qcode_sink *sink, qcode_error *err)
{
    const qcode_memory *memory = review->run->arena.memory;
    review_page page = {.of = review, .memory = memory, .sink = sink, .err = err, .out = qc_buffer_init(memory),
                        .names = qc_set_init(memory), .tallies = qc_buffer_init(memory)};
    qc_put_page_head(&page.out, title_of(review->books), &qc_review_style, &qc_review_script);
    qc_buffer_append(&page.out, qc_review_body.text, qc_review_body.length);
    bool done = number_documents(&page) && (review->blind || put_segments(&page)) && put_decisions(&page);
    if (done) {
        put_about(&page);
        put_documents(&page);
        qc_put_page_foot(&page.out, &qc_review_script);
        done = !page.out.failed || qc_no_memory(err);
    }
    qc_sink_drain(sink, &page.out);
    qc_buffer_clear(&page.out);
    qc_buffer_clear(&page.tallies);
    qc_set_clear(&page.names);
    return done;
}
