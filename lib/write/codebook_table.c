/* What a codebook says of its codes, a row for each. */
#include "base/buffer.h"
#include "model/codebook.h"
#include "model/table.h"
#include "write/sheet.h"

static const char *const columns[] = {"code", "name", "definition", "include", "exclude", "examples", "counterexamples", "parent",
                                      "color"};

/* Texts a line each. */
static void put_examples(qc_buffer *text, const qcode_code *code, bool match)
{
    text->length = 0;
    for (size_t i = 0; i < code->example_count; i++) {
        if (code->examples[i].match != match)
            continue;
        qc_buffer_string(text, text->length ? "\n" : "");
        qc_buffer_append(text, code->examples[i].text, code->examples[i].length);
    }
}

static void add_buffer(qcode_table *table, qc_buffer *text)
{
    const char *whole = qc_buffer_text(text);
    qc_table_add_text(table, text->length ? whole : NULL);
}

static void add_string(qcode_table *table, const char *text)
{
    qc_table_add_text(table, *text ? text : NULL);
}

/* A term a line: one may hold a comma or a semicolon. */
static void put_terms(qc_buffer *text, const qcode_code *code, qc_rule_filter *plain)
{
    text->length = 0;
    for (size_t i = 0; i < code->rule_count; i++)
        for (size_t k = 0; plain(&code->rules[i]) && k < code->rules[i].terms.count; k++) {
            const qc_pattern *term = &code->rules[i].terms.at[k];
            qc_buffer_string(text, text->length ? "\n" : "");
            qc_buffer_append(text, term->text, term->length);
        }
}

qcode_table *qc_codebook_table(const qcode_codebook *book, qc_rule_filter *plain, const qcode_memory *memory)
{
    qc_buffer text = qc_buffer_init(memory);
    qcode_table *table = qc_table_new(memory);
    for (size_t i = 0; table && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(table, columns[i], QCODE_TYPE_TEXT);
    if (table && plain)
        qc_table_add_column(table, "terms", QCODE_TYPE_TEXT);
    for (size_t i = 0; table && i < book->count; i++) {
        const qcode_code *code = &book->codes[i];
        const char *const facts[] = {code->id, code->name, code->definition, code->include, code->exclude};
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++)
            add_string(table, facts[k]);
        put_examples(&text, code, true);
        add_buffer(table, &text);
        put_examples(&text, code, false);
        add_buffer(table, &text);
        add_string(table, code->parent ? code->parent->id : "");
        add_string(table, code->color);
        if (plain) {
            put_terms(&text, code, plain);
            add_buffer(table, &text);
        }
    }
    bool done = table && !text.failed && qc_table_complete(table);
    qc_buffer_clear(&text);
    if (done)
        return table;
    qcode_table_free(table);
    return NULL;
}
