/* Lists that hold nothing but short plain texts, as most of a codebook does: [a, b c, "d"]. They are cut out before libyaml sees
 * the file, since it takes long over every text, and are put in where it meets their empty brackets. What is odd in any way stays. */
#include "format/yaml_lists.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <string.h>

enum { LETTER = 1, PLAIN = 2 }; /* may begin plain text, may stand in it */

/* What YAML gives no meaning to, wherever it stands in plain text. */
static int kind_of(unsigned char byte)
{
    if (byte >= 0x80 || (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '$' || byte == '~')
        return LETTER | PLAIN;
    return byte && strchr(" '-*./()!+_", byte) ? PLAIN : 0;
}

static size_t skip_white(const char *data, size_t length, size_t at)
{
    while (at < length && (data[at] == ' ' || data[at] == '\n'))
        at++;
    return at;
}

/* Quoted text in one line and without escapes. False when it is more than that. */
static bool take_quoted(const char *data, size_t length, size_t at, qc_yaml_item *item)
{
    char quote = data[at];
    size_t end = at + 1;
    while (end < length && data[end] != quote && data[end] != '\n' && data[end] != '\t' && data[end] != '\\')
        end++;
    if (end == length || data[end] != quote || (end + 1 < length && data[end + 1] == quote))
        return false;
    *item = (qc_yaml_item){.start = at, .end = end + 1, .text = at + 1, .length = end - at - 1, .quoted = true};
    return true;
}

static bool take_plain(const char *data, size_t length, size_t at, qc_yaml_item *item)
{
    size_t end = at;
    while (end < length && kind_of((unsigned char)data[end]) & PLAIN)
        end++;
    while (data[end - 1] == ' ')
        end--;
    *item = (qc_yaml_item){.start = at, .end = end, .text = at, .length = end - at};
    return true;
}

qc_yaml_found qc_yaml_next_item(const char *data, size_t length, size_t *at, qc_yaml_item *item)
{
    size_t from = skip_white(data, length, *at);
    if (from == length)
        return QC_YAML_ODD;
    bool quoted = data[from] == '"' || data[from] == '\'';
    if (!quoted && !(kind_of((unsigned char)data[from]) & LETTER))
        return QC_YAML_ODD;
    if (!(quoted ? take_quoted : take_plain)(data, length, from, item))
        return QC_YAML_ODD;
    size_t behind = skip_white(data, length, item->end);
    if (behind == length || (data[behind] != ',' && data[behind] != ']'))
        return QC_YAML_ODD;
    *at = behind + 1;
    return data[behind] == ',' ? QC_YAML_ITEM : QC_YAML_LAST;
}

/* Whether the bracket at `at` begins the value of a key or of a list's item in its line. */
static bool is_value(const char *data, size_t first, size_t at)
{
    size_t before = at;
    while (before > first && data[before - 1] == ' ')
        before--;
    return before < at && before > first && (data[before - 1] == ':' || data[before - 1] == '-');
}

/* The place of the bracket that closes the list opened at `at`, behind which nothing else stands in its line; 0: none. */
static size_t end_of_list(const char *data, size_t length, size_t at)
{
    qc_yaml_item item;
    qc_yaml_found found;
    at++;
    do
        found = qc_yaml_next_item(data, length, &at, &item);
    while (found == QC_YAML_ITEM);
    if (found == QC_YAML_ODD)
        return 0;
    size_t behind = at;
    while (behind < length && data[behind] == ' ')
        behind++;
    return behind == length || data[behind] == '\n' ? at - 1 : 0;
}

static bool keep(qc_yaml_cuts *cuts, const char *data, size_t from, size_t to, size_t *points)
{
    *points += qc_utf8_count(data + from, to - from);
    return qc_buffer_append(&cuts->left, data + from, to - from);
}

bool qc_yaml_cut_lists(qc_yaml_cuts *cuts, const char *data, size_t first, size_t length)
{
    size_t from = first, points = 0; /* of what is left */
    if (length == first || memchr(data + first, '\r', length - first))
        return true;
    for (const char *open = data + first; (open = memchr(open, '[', length - (size_t)(open - data)));) {
        size_t at = (size_t)(open - data), end = is_value(data, first, at) ? end_of_list(data, length, at) : 0;
        open++;
        if (!end)
            continue;
        if (!keep(cuts, data, from, at + 1, &points))
            return false;
        const qc_yaml_cut cut = {.byte = at + 1, .end = end, .index = points - 1,
                                 .points = qc_utf8_count(data + at + 1, end - at - 1)};
        if (!qc_buffer_append(&cuts->list, &cut, sizeof cut))
            return false;
        from = end;
        open = data + end;
    }
    return !cuts->list.length || keep(cuts, data, from, length, &points);
}

void qc_yaml_cuts_clear(qc_yaml_cuts *cuts)
{
    qc_buffer_clear(&cuts->left);
    qc_buffer_clear(&cuts->list);
}
