/* Strangers' text in a page. */
#ifndef QC_WRITE_HTML_H
#define QC_WRITE_HTML_H

#include "base/buffer.h"

/* Appends text for an element or a quoted attribute: nothing of it can be markup, and characters that hide or turn
 * words round are spelt out. Marks of direction that belong to a script (U+061C, U+200E, U+200F) stay. */
bool qc_put_html(qc_buffer *out, const char *text, size_t length);
bool qc_put_html_string(qc_buffer *out, const char *text);

#endif
