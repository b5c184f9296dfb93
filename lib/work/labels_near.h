/* Who a draft says is quoted: what respondents are called, found in a stretch of text. */
#ifndef QC_WORK_LABELS_NEAR_H
#define QC_WORK_LABELS_NEAR_H

#include "model/view.h"

/* A name and somebody it may mean: one name may mean several. */
typedef struct qc_called {
    const char *name;
    size_t length;
    size_t respondent; /* QC_NOBODY: ... */
    size_t document;   /* ... anybody in this document, or its interviewer */
    bool interviewer;
    bool loose; /* a group or a document: means somebody only where nothing but a name is expected */
} qc_called;

typedef struct qc_names {
    qc_arena arena;
    qc_buffer list; /* of qc_called, by length: the longest first */
} qc_names;

/* False when memory runs out; clear it in any case. */
bool qc_list_names(qc_names *names, const qc_view *view, const qcode_memory *memory);
void qc_names_clear(qc_names *names);

/* The next name in text[*at, end), and `*at` moved behind it. NULL: there is none. */
const qc_called *qc_next_called(const qc_names *names, const char *text, size_t *at, size_t end, bool loose);

/* Whether the name at `called`, or the same with another meaning, can mean the speaker of a document. */
bool qc_can_mean(const qc_names *names, const qc_called *called, size_t document, size_t respondent);

#endif
