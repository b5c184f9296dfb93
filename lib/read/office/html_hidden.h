/* Elements of a web page that it does not show. */
#ifndef QC_READ_HTML_HIDDEN_H
#define QC_READ_HTML_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the attributes of a tag, text[at, end), hide its element: `hidden`, or a style of its own with `display: none`. Sheets
 * of styles are not read. */
bool qc_html_hides(const char *text, size_t at, size_t end);

#endif
