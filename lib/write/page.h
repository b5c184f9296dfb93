/* What the pages that run a script share: their styles and scripts, embedded when qcode is built, and their head. */
#ifndef QC_WRITE_PAGE_H
#define QC_WRITE_PAGE_H

#include "base/buffer.h"

/* A file of lib/write/page, or several as one; the hash is what a Content-Security-Policy calls it by. */
typedef struct qc_asset {
    const char *text;
    size_t length;
    const char *hash; /* "sha256-..." */
} qc_asset;

extern const qc_asset qc_review_style, qc_review_script, qc_review_body;
extern const qc_asset qc_working_style, qc_working_script, qc_working_body;

/* Appends all up to the open <body>: nothing may be loaded, this style alone holds and this script alone may run. */
bool qc_put_page_head(qc_buffer *out, const char *title, const qc_asset *style, const qc_asset *script);

/* Appends the script, and the end of the page. */
bool qc_put_page_script(qc_buffer *out, const qc_asset *script);
bool qc_put_page_end(qc_buffer *out);

/* Appends JSON, which has to be well-formed, as the inside of a <script>: no character of it can end that. */
bool qc_put_page_json(qc_buffer *out, const char *json, size_t length);

#endif
