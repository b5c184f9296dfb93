/* Maps with known keys, simple values, and the mistakes in them. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void keep(qc_book_reader *reader, qcode_status status, size_t line, size_t column, const char *format,
                 va_list list)
{
    if (reader->stopped || ++reader->mistake_count > QC_BOOK_MOST_MISTAKES)
        return;
    char text[1024];
    vsnprintf(text, sizeof text, format, list);
    if (qc_grow(reader->memory, &reader->mistakes, &reader->mistake_capacity, reader->told + 1, sizeof *reader->mistakes))
        qc_fail(&reader->mistakes[reader->told++], status, reader->source, line, column, "%s", text);
    else
        qc_book_no_memory(reader);
}

bool qc_book_mistake(qc_book_reader *reader, size_t line, size_t column, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    keep(reader, QCODE_INVALID, line, column, format, list);
    va_end(list);
    return false;
}

bool qc_book_limit(qc_book_reader *reader, const qc_yaml_node *node, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    keep(reader, QCODE_LIMIT, node->line, node->column, format, list);
    va_end(list);
    reader->stopped = true;
    return false;
}

bool qc_book_no_memory(qc_book_reader *reader)
{
    reader->stopped = reader->no_memory = true;
    return false;
}

static int compare_places(const void *a, const void *b)
{
    const qcode_error *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

bool qc_book_tell(qc_book_reader *reader, qcode_error *err)
{
    if (reader->no_memory)
        return qc_no_memory(err);
    if (!reader->told)
        return true;
    qsort(reader->mistakes, reader->told, sizeof *reader->mistakes, compare_places);
    for (size_t i = 0; i < reader->told; i++)
        qc_note_error(reader->notes, &reader->mistakes[i]);
    if (reader->mistake_count > reader->told)
        qc_note(reader->notes, QCODE_NOTE_INFO, reader->source, 0, 0, "%zu further mistakes are not shown",
                reader->mistake_count - reader->told);
    if (err)
        *err = reader->mistakes[0];
    return false;
}

void qc_book_warn(qc_book_reader *reader, size_t line, size_t column, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    qc_note(reader->notes, QCODE_NOTE_WARNING, reader->source, line, column, "%s", text);
}

enum { MOST_WORD = 48, MOST_NAMED = 10 };

/* Damerau-Levenshtein distance (optimal string alignment) of two short words, without regard to ASCII case. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][MOST_WORD + 1], *before = rows[0], *last = rows[1], *here = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        here[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
            size_t best = last[j - 1] + (x != y);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = here[j - 1] + 1 < best ? here[j - 1] + 1 : best;
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) && y == tolower((unsigned char)a[i - 2]) &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            here[j] = best;
        }
        size_t *spare = before;
        before = last, last = here, here = spare;
    }
    return last[b_length];
}

void qc_nearest_look(qc_nearest *nearest, const char *known)
{
    size_t a = strlen(nearest->word), b = strlen(known), longer = a > b ? a : b;
    if (longer > MOST_WORD)
        return;
    size_t apart = distance(nearest->word, a, known, b);
    if (apart <= longer / 4 + 1 && apart < longer && (!nearest->best || apart < nearest->distance)) {
        nearest->best = known;
        nearest->distance = apart;
    }
}

/* "a, b or c" of names at `step` bytes from each other. */
static const char *enumerate(char *text, size_t size, const char *const *names, size_t step, size_t count)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++) {
        const char *name;
        memcpy(&name, (const char *)names + i * step, sizeof name);
        used += (size_t)snprintf(text + used, size - used, "%s%s", !i ? "" : i + 1 == count ? " or " : ", ", name);
    }
    return text;
}

static const char *kind_of(const qc_yaml_node *node)
{
    if (node->kind == QC_YAML_SCALAR)
        return node->length ? "text" : "nothing";
    return node->kind == QC_YAML_LIST ? "a list" : "a map";
}

static void refuse_key(qc_book_reader *reader, const qc_yaml_node *node, const qc_book_field *fields, size_t count,
                       const char *what)
{
    char names[512];
    qc_nearest nearest = {.word = node->key};
    for (size_t i = 0; i < count; i++)
        qc_nearest_look(&nearest, fields[i].name);
    if (nearest.best)
        qc_book_mistake(reader, node->key_line, node->key_column, "\"%.*s\" is no key of %s; did you mean \"%s\"?",
                        qc_utf8_cut(node->key, 100), node->key, what, nearest.best);
    else
        qc_book_mistake(reader, node->key_line, node->key_column, "\"%.*s\" is no key of %s; %s%s",
                        qc_utf8_cut(node->key, 60), node->key, what,
                        count <= MOST_NAMED ? "expected " : "qcode-codebook(5) has the keys there are",
                        count <= MOST_NAMED ? enumerate(names, sizeof names, &fields->name, sizeof *fields, count) : "");
}

bool qc_book_map(qc_book_reader *reader, const qc_yaml_node *node, const qc_book_field *fields, size_t count,
                 const char *what, void *target)
{
    if (node->kind != QC_YAML_MAP)
        return qc_book_mistake(reader, node->line, node->column, "found %s where %s is expected (a map with keys such as %s)",
                               kind_of(node), what, fields->name);
    for (const qc_yaml_node *child = node->first; child && !reader->stopped; child = child->next) {
        size_t i = 0;
        while (i < count && strcmp(fields[i].name, child->key) != 0)
            i++;
        if (i == count)
            refuse_key(reader, child, fields, count, what);
        else
            fields[i].read(reader, child, (char *)target + fields[i].offset);
    }
    return true;
}

bool qc_book_text(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    if (node->kind != QC_YAML_SCALAR)
        return qc_book_mistake(reader, node->line, node->column, "found %s where text is expected", kind_of(node));
    const char *copy = qc_arena_copy(&reader->book->arena, node->text, node->length);
    if (!copy)
        return qc_book_no_memory(reader);
    memcpy(member, &copy, sizeof copy);
    return true;
}

bool qc_book_node(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    (void)reader;
    memcpy(member, &node, sizeof node);
    return true;
}

bool qc_book_is_text(qc_book_reader *reader, const qc_yaml_node *node, const char *expected)
{
    if (node->kind == QC_YAML_SCALAR && node->length)
        return true;
    return qc_book_mistake(reader, node->line, node->column, "found %s where %s is expected%s",
                           node->quoted ? "empty text" : kind_of(node), expected,
                           node->kind == QC_YAML_MAP ? "; text that holds \": \" must stand in quotes" : "");
}

const qc_yaml_node *qc_book_items(qc_book_reader *reader, const qc_yaml_node *node, const char *expected, bool *list)
{
    *list = node->kind == QC_YAML_LIST;
    if (*list && !node->count)
        qc_book_mistake(reader, node->line, node->column, "found an empty list where %s is expected", expected);
    return *list ? node->first : node;
}

size_t qc_book_choose(qc_book_reader *reader, const qc_yaml_node *node, const char *const *names, size_t count)
{
    char expected[200];
    enumerate(expected, sizeof expected, names, sizeof *names, count);
    if (!qc_book_is_text(reader, node, expected))
        return count;
    qc_nearest nearest = {.word = node->text};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], node->text) == 0)
            return i;
        qc_nearest_look(&nearest, names[i]);
    }
    qc_book_mistake(reader, node->line, node->column, "found \"%.*s\" where %s is expected%s%s%s",
                    qc_utf8_cut(node->text, 100), node->text, expected,
                    nearest.best ? "; did you mean \"" : "", nearest.best ? nearest.best : "", nearest.best ? "\"?" : "");
    return count;
}

bool qc_book_unit(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *names[QC_UNIT_COUNT];
    for (size_t i = 0; i < QC_UNIT_COUNT; i++)
        names[i] = qc_unit_name((qcode_unit)i);
    size_t chosen = qc_book_choose(reader, node, names, QC_UNIT_COUNT);
    if (chosen < QC_UNIT_COUNT)
        *(qcode_unit *)member = (qcode_unit)chosen;
    return chosen < QC_UNIT_COUNT;
}

bool qc_book_scope(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *names[QC_SCOPE_COUNT];
    for (size_t i = 0; i < QC_SCOPE_COUNT; i++)
        names[i] = qc_scope_name((qcode_scope)i);
    size_t chosen = qc_book_choose(reader, node, names, QC_SCOPE_COUNT);
    if (chosen < QC_SCOPE_COUNT)
        *(qcode_scope *)member = (qcode_scope)chosen;
    return chosen < QC_SCOPE_COUNT;
}

bool qc_book_origin(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *const names[] = {qc_origin_name(QCODE_DEDUCTIVE), qc_origin_name(QCODE_INDUCTIVE)};
    size_t chosen = qc_book_choose(reader, node, names, 2);
    if (chosen < 2)
        *(qcode_code_origin *)member = (qcode_code_origin)(QCODE_DEDUCTIVE + chosen);
    return chosen < 2;
}

bool qc_book_case(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    static const char *const names[] = {"any", "exact"};
    size_t chosen = qc_book_choose(reader, node, names, 2);
    *(bool *)member = chosen == 1;
    return chosen < 2;
}

bool qc_book_yes(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    static const char *const names[] = {"no", "yes"};
    size_t chosen = qc_book_choose(reader, node, names, 2);
    *(bool *)member = chosen == 1;
    return chosen < 2;
}

/* #rgb is stored as #rrggbb, all in small letters: outputs need one form. */
bool qc_book_color(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *expected = "a colour such as \"#b58900\"";
    if (node->kind == QC_YAML_SCALAR && !node->length && !node->quoted)
        return qc_book_mistake(reader, node->line, node->column,
                               "found nothing where %s is expected (without its quotes # begins a comment)", expected);
    if (!qc_book_is_text(reader, node, expected))
        return false;
    size_t digits = node->length - 1;
    if (node->text[0] != '#' || (digits != 3 && digits != 6) || strspn(node->text + 1, "0123456789abcdefABCDEF") != digits)
        return qc_book_mistake(reader, node->line, node->column, "found \"%.*s\" where %s is expected",
                               qc_utf8_cut(node->text, 60), node->text, expected);
    char *color = qc_arena_copy(&reader->book->arena, "#rrggbb", 7);
    if (!color)
        return qc_book_no_memory(reader);
    for (size_t i = 0; i < 6; i++)
        color[i + 1] = (char)tolower((unsigned char)node->text[1 + i * digits / 6]);
    memcpy(member, &color, sizeof color);
    return true;
}

const char *const *qc_book_texts(qc_book_reader *reader, const qc_yaml_node *node, const char *expected, size_t *count)
{
    bool list;
    const qc_yaml_node *item = qc_book_items(reader, node, expected, &list);
    const char **texts = qc_arena_take_array(&reader->book->arena, list ? node->count : 1, sizeof *texts);
    if (!texts)
        qc_book_no_memory(reader);
    for (; texts && item && !reader->stopped; item = list ? item->next : NULL)
        if (qc_book_is_text(reader, item, expected) && qc_book_text(reader, item, &texts[*count]))
            ++*count;
    return texts;
}
