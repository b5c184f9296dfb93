/* Attributes that hide an element of a page. */
#include "read/office/html_hidden.h"

#include <string.h>
#include <strings.h>

typedef struct slice {
    const char *text;
    size_t length;
} slice;

static bool is_space(char c)
{
    return c && strchr(" \t\n\f\r", c);
}

/* The next attribute of [*at, end): false at the end. Its value is empty when it has none. */
static bool next_attribute(const char *text, size_t *at, size_t end, slice *name, slice *value)
{
    while (*at < end && (is_space(text[*at]) || text[*at] == '/'))
        ++*at;
    size_t start = *at;
    while (*at < end && !is_space(text[*at]) && text[*at] != '/' && (text[*at] != '=' || *at == start))
        ++*at;
    *name = (slice){text + start, *at - start};
    *value = (slice){text + *at, 0};
    size_t sign = *at;
    while (sign < end && is_space(text[sign]))
        sign++;
    if (sign == end || text[sign] != '=')
        return name->length > 0;
    for (sign++; sign < end && is_space(text[sign]);)
        sign++;
    char quote = sign < end && (text[sign] == '"' || text[sign] == '\'') ? text[sign++] : '\0';
    for (*at = sign; *at < end && (quote ? text[*at] != quote : !is_space(text[*at]));)
        ++*at;
    *value = (slice){text + sign, *at - sign};
    *at += *at < end;
    return true;
}

/* Whether a style says `display: none`. */
static bool displays_nothing(slice style)
{
    static const char words[] = "display:none";
    size_t met = 0;
    for (size_t i = 0; i < style.length && words[met]; i++) {
        char c = (char)(style.text[i] >= 'A' && style.text[i] <= 'Z' ? style.text[i] | 0x20 : style.text[i]);
        if (!is_space(c))
            met = c == words[met] ? met + 1 : c == words[0];
    }
    return !words[met];
}

bool qc_html_hides(const char *text, size_t at, size_t end)
{
    slice name, value;
    while (next_attribute(text, &at, end, &name, &value)) {
        if (name.length == 6 && strncasecmp(name.text, "hidden", 6) == 0)
            return true;
        if (name.length == 5 && strncasecmp(name.text, "style", 5) == 0 && displays_nothing(value))
            return true;
    }
    return false;
}
