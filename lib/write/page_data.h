/* What the pages that run a script say of a run in the same way: blocks of JSON, codes with their rules, themes. */
#ifndef QC_WRITE_PAGE_DATA_H
#define QC_WRITE_PAGE_DATA_H

#include "base/buffer.h"
#include <qcode/codebook.h>
#include <qcode/sink.h>

/* A page as it is written; what is in `out` goes to the sink block by block. */
typedef struct qc_page {
    const qcode_memory *memory;
    qcode_sink *sink;
    qc_buffer out;
} qc_page;

qc_page qc_page_init(qcode_sink *sink, const qcode_memory *memory);

/* `before` ('{' or ',') and a key; the same with a stranger's string or a number behind it. */
void qc_page_key(qc_page *page, char before, const char *key);
void qc_page_string(qc_page *page, char before, const char *key, const char *text);
void qc_page_number(qc_page *page, char before, const char *key, size_t number);

/* A block of JSON that the script finds by kind and number; closing it sends the page so far to the sink. */
void qc_page_open(qc_page *page, const char *kind, size_t number);
void qc_page_close(qc_page *page);

/* "codes" and "themes", behind a comma. */
void qc_page_codes(qc_page *page, qcode_codebooks books, bool rules);
void qc_page_themes(qc_page *page, qcode_codebooks books);

/* The title of the first codebook that has one, else "Interviews". */
const char *qc_page_title(qcode_codebooks books);

#endif
