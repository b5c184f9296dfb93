/* Codes and themes as REFI-QDA's XML. */
#include "write/export/refi_parts.h"
#include "format/xml_put.h"
#include "model/books.h"
#include "model/codebook.h"

void qc_refi_put(qc_refi_xml *xml, const char *markup)
{
    qc_buffer_string(&xml->out, markup);
}

void qc_refi_attribute(qc_refi_xml *xml, const char *name, const char *value)
{
    qc_buffer_print(&xml->out, " %s=\"", name);
    qc_xml_put_string(&xml->out, value, &xml->replaced);
    qc_buffer_byte(&xml->out, '"');
}

void qc_refi_element(qc_refi_xml *xml, const char *name, const char *text)
{
    if (!*text)
        return;
    qc_buffer_print(&xml->out, "<%s>", name);
    qc_xml_put_string(&xml->out, text, &xml->replaced);
    qc_buffer_print(&xml->out, "</%s>\n", name);
}

qc_guid qc_refi_code_guid(const qcode_code *code)
{
    return qc_guid_of("code", code->id);
}

static void open_code(qc_refi_xml *xml, const qc_code_row *row, const qcode_code *code)
{
    qc_buffer words = qc_buffer_init(xml->out.memory);
    qc_refi_put(xml, "<Code");
    qc_refi_attribute(xml, "guid", qc_refi_code_guid(code).text);
    qc_refi_attribute(xml, "name", row->name);
    qc_refi_attribute(xml, "isCodable", row->gathers ? "false" : "true");
    if (*code->color)
        qc_refi_attribute(xml, "color", code->color);
    qc_refi_put(xml, ">\n");
    qc_put_code_words(&words, code);
    const char *text = qc_buffer_text(&words);
    qc_refi_element(xml, "Description", text ? text : "");
    xml->out.failed |= !text;
    qc_buffer_clear(&words);
}

void qc_refi_codes(qc_refi_xml *xml, const qc_exporting *from, const qc_code_tree *tree, qc_refi_more *more,
                   void *user)
{
    size_t open = 0;
    qc_refi_put(xml, "<Codes>\n");
    for (size_t i = 0; i < tree->count; i++) {
        const qcode_code *code = qc_view_code(from->view, tree->rows[i].code);
        for (; open > tree->rows[i].depth; open--)
            qc_refi_put(xml, "</Code>\n");
        open_code(xml, &tree->rows[i], code);
        if (more)
            more(user, code);
        open++;
    }
    for (; open; open--)
        qc_refi_put(xml, "</Code>\n");
    qc_refi_put(xml, "</Codes>\n");
}

static void put_members(qc_refi_xml *xml, const qc_exporting *from, const qc_code_tree *tree, const qcode_theme *theme,
                        const char *member)
{
    for (size_t i = 0; i < theme->code_count; i++) {
        if (tree->place[qc_books_index(from->view->books, theme->codes[i])] == SIZE_MAX)
            continue;
        qc_refi_put(xml, "<MemberCode");
        qc_refi_attribute(xml, member, qc_refi_code_guid(theme->codes[i]).text);
        qc_refi_put(xml, "/>\n");
    }
}

void qc_refi_sets(qc_refi_xml *xml, const qc_exporting *from, const qc_code_tree *tree, const char *member)
{
    size_t count = qc_books_theme_count(from->view->books);
    qc_refi_put(xml, count ? "<Sets>\n" : "");
    for (size_t i = 0; i < count; i++) {
        const qcode_theme *theme = qc_books_theme(from->view->books, i);
        qc_refi_put(xml, "<Set");
        qc_refi_attribute(xml, "guid", qc_guid_of("theme", theme->id).text);
        qc_refi_attribute(xml, "name", qcode_theme_name(theme));
        qc_refi_put(xml, ">\n");
        qc_refi_element(xml, "Description", theme->definition ? theme->definition : "");
        put_members(xml, from, tree, theme, member);
        qc_refi_put(xml, "</Set>\n");
    }
    qc_refi_put(xml, count ? "</Sets>\n" : "");
}

void qc_refi_lose_rules(const qc_exporting *from, const qc_code_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const qcode_code *code = qc_view_code(from->view, tree->rows[i].code);
        qc_lose(from->losses, "rules of codes", code->rule_count, code->id);
        qc_lose(from->losses, "examples of codes", code->example_count, code->id);
        qc_lose(from->losses, "retired codes, which look like others", code->retired, code->id);
        qc_lose(from->losses, "codes by another name, for theirs is another's",
                strcmp(tree->rows[i].name, code->name) != 0, code->id);
    }
}
