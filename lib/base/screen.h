/* Making strangers' text safe to show: control and bidi characters as \x1b or \u{202e}. */
#ifndef QC_BASE_SCREEN_H
#define QC_BASE_SCREEN_H

#include "base/buffer.h"

/* C0 and C1 controls, DEL, bidi controls (Unicode 15, table 23-3; CVE-2021-42574), U+2028 and U+2029. */
bool qc_is_hidden(uint32_t point);

/* Appends UTF-8 text with every hidden character and broken byte spelt out.
 * `lines` keeps LF and tab as they are. */
bool qc_screen(qc_buffer *buffer, const char *text, size_t length, bool lines);

#endif
