/* Searching a stranger's text with a stranger's regex, in bounded time and memory. A limit is told, never taken for an answer. */
#ifndef QC_MATCH_SEARCH_H
#define QC_MATCH_SEARCH_H

#include "match/regex.h"

#include <time.h>

/* Bytes that a regex may have to look at; a longer text is refused. */
#define QC_LONGEST_SEARCH ((size_t)4 << 20)

/* What one thread needs to search. It must stay where it is. */
typedef struct qc_searcher {
    qc_pcre_memory memory;
    qc_compiler *compiler;
    bool plain; /* every place is tried by PCRE2 */
    pcre2_general_context *general;
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack; /* made with the first search */
} qc_searcher;

bool qc_searcher_init(qc_searcher *searcher, qc_compiler *compiler, bool plain, const qcode_memory *memory);
void qc_searcher_clear(qc_searcher *searcher);

typedef enum qc_answer { QC_FOUND, QC_NO_MORE, QC_LIMIT, QC_NO_ROOM } qc_answer;

/* One search through one text. */
typedef struct qc_search {
    qc_searcher *searcher;
    qc_regex *regex;
    const char *text; /* well-formed UTF-8 */
    size_t length;
    size_t at;             /* where it goes on */
    const char *limit;     /* after QC_LIMIT: what was met, for people */
    unsigned calls;        /* within windows */
    uint64_t began, spent; /* by the wall's clock; by the thread's own, from when it got slow */
} qc_search;

qc_search qc_search_begin(qc_searcher *searcher, qc_regex *regex, const char *text, size_t length);

/* The next match, leftmost first, none overlapping the one before; matches of no characters are passed over. */
qc_answer qc_search_next(qc_search *search, size_t *start, size_t *end);

/* The next match that begins at `last` at the latest; where there is none, the search has moved on behind that. */
qc_answer qc_search_within(qc_search *search, size_t last, size_t *start, size_t *end);

#endif
