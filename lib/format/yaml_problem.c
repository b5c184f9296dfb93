/* What libyaml stops at, said in our words and at the place that is to blame. */
#include "base/error.h"
#include "format/yaml_parts.h"

#include <string.h>

#define QUOTE_IT "must stand in single quotes"

/* Problems that need no more than a sentence. */
static const struct saying {
    const char *problem, *context; /* parts of libyaml's words; NULL: any */
    bool at_context;               /* where its context begins is to blame, not where it stopped */
    const char *message;
} sayings[] = {
    {NULL, "while scanning a quoted scalar", true, "a quote that is never closed"},
    {NULL, "while scanning an alias", true, "aliases are not supported; text that begins with * " QUOTE_IT},
    {NULL, "while scanning an anchor", true, "anchors are not supported; text that begins with & " QUOTE_IT},
    {NULL, "while scanning a tag", true, "tags are not supported; text that begins with ! " QUOTE_IT},
    {NULL, "while parsing a tag", true, "tags are not supported; text that begins with ! " QUOTE_IT},
    {"undefined tag handle", NULL, false, "tags are not supported; text that begins with ! " QUOTE_IT},
    {NULL, "directive", true, "a wrong directive; text that begins with % " QUOTE_IT},
    {"directive", NULL, false, "a wrong directive; text that begins with % " QUOTE_IT},
    {"YAML document", NULL, false, "a wrong directive; text that begins with % " QUOTE_IT},
    {"cannot start any token", NULL, false, "text that begins with this character " QUOTE_IT},
    {"mapping values are not allowed", NULL, false,
     "a key cannot stand here: it is further in than its neighbours, or text that holds \": \" is not in quotes"},
    {"block sequence entries are not allowed", NULL, false, "a list item cannot stand here; begin the list on a line of its own"},
    {"could not find expected ':'", NULL, true, "a key without its \":\""},
    {"unexpected ':'", NULL, false, "text that holds \":\" " QUOTE_IT},
    {NULL, "while scanning a block scalar", false,
     "only the end of the line may follow | or >; text that begins with one of them " QUOTE_IT},
    {"expected node content", NULL, false, "expected text, a list or a map"},
    {"expected '-' indicator", NULL, false, "expected one more \"- \" of the list, or a line that is less far in"},
    {"expected key", NULL, false, "expected a key that stands as far in as its neighbours"},
    {"expected ',' or '}'", NULL, false, "expected \",\" or \"}\""},
    {"expected ',' or ']'", NULL, false, "expected \",\" or \"]\""},
    {"expected <document start>", NULL, false, "text behind the end of the document, or less far in than what stands above it"},
};

static bool holds(const char *text, const char *part)
{
    return !part || (text && strstr(text, part));
}

/* How far in the line of `byte` begins; `*tab` is where a tab stands in that white space, or SIZE_MAX. */
static size_t indentation(const qc_yaml_cursor *cursor, size_t byte, size_t *tab)
{
    size_t start = byte < cursor->length ? byte : cursor->length;
    while (start > cursor->first && cursor->data[start - 1] != '\n' && cursor->data[start - 1] != '\r')
        start--;
    size_t at = start;
    *tab = SIZE_MAX;
    for (; at < cursor->length && (cursor->data[at] == ' ' || cursor->data[at] == '\t'); at++)
        if (cursor->data[at] == '\t' && *tab == SIZE_MAX)
            *tab = at;
    return at - start;
}

static bool say(qc_yaml_cursor *cursor, size_t index, const char *source, qcode_error *err, const char *message)
{
    qc_yaml_to_index(cursor, index);
    return qc_fail(err, QCODE_SYNTAX, source, cursor->line, cursor->column, "%s", message);
}

/* A backslash that begins no escape; libyaml stops at it or a little behind. */
static bool say_escape(qc_yaml_cursor *cursor, size_t index, const char *source, qcode_error *err)
{
    qc_yaml_to_index(cursor, index);
    size_t byte = cursor->byte;
    while (byte > cursor->first && (byte >= cursor->length || cursor->data[byte] != '\\'))
        byte--;
    qc_yaml_to_byte(cursor, byte);
    return say(cursor, cursor->index, source, err,
               "a wrong escape in \"...\"; use single quotes, where a backslash stands for itself");
}

/* A bracket whose end is missing: the problem is met at the end of the file, or on a line that is not further in. */
static bool is_left_open(const yaml_parser_t *parser, qc_yaml_cursor *cursor)
{
    if (!holds(parser->problem, "expected ',' or ") || !parser->context)
        return false;
    size_t tab;
    qc_yaml_to_index(cursor, parser->context_mark.index);
    size_t opening_line = cursor->line, opening = indentation(cursor, cursor->byte, &tab);
    qc_yaml_to_index(cursor, parser->problem_mark.index);
    return cursor->byte >= cursor->length ||
           (cursor->line > opening_line && indentation(cursor, cursor->byte, &tab) <= opening);
}

bool qc_yaml_problem(const yaml_parser_t *parser, const qc_yaml_quote *quote, qc_yaml_cursor *cursor,
                     const char *source, qcode_error *err)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return qc_no_memory(err);
    const char *context = parser->context ? parser->context : "";
    size_t problem = parser->problem_mark.index, tab;
    qc_yaml_to_index(cursor, problem);
    indentation(cursor, cursor->byte, &tab);
    if (tab != SIZE_MAX && !strstr(context, "quoted scalar")) {
        qc_yaml_to_byte(cursor, tab);
        return say(cursor, cursor->index, source, err, "a tab; indentation is made of spaces");
    }
    bool behind_quote = quote->end > quote->start && quote->end == problem;
    if (behind_quote && quote->end_line > quote->start_line) {
        qc_yaml_to_index(cursor, quote->start);
        return qc_fail(err, QCODE_SYNTAX, source, cursor->line, cursor->column,
                       "a quote that is closed only on line %zu, where text follows; is its own end missing?", quote->end_line);
    }
    if (behind_quote && parser->error == YAML_PARSER_ERROR)
        return say(cursor, problem, source, err, "text behind a closing quote; inside '...' a quote is written twice");
    if (strstr(context, "while parsing a quoted scalar"))
        return say_escape(cursor, problem, source, err);
    if (is_left_open(parser, cursor))
        return say(cursor, parser->context_mark.index, source, err, "a bracket that is never closed");
    for (const struct saying *row = sayings; row < sayings + sizeof sayings / sizeof *sayings; row++)
        if (holds(parser->problem, row->problem) && holds(context, row->context))
            return say(cursor, row->at_context && *context ? parser->context_mark.index : problem, source, err, row->message);
    qc_yaml_to_index(cursor, problem);
    return qc_fail(err, QCODE_SYNTAX, source, cursor->line, cursor->column, "no YAML: %s",
                   parser->problem ? parser->problem : "unknown reason");
}
