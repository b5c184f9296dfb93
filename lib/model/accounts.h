/* Statements in a run: where each attached passage stands there, and who says it. */
#ifndef QC_MODEL_ACCOUNTS_H
#define QC_MODEL_ACCOUNTS_H

#include "model/statements.h"
#include "model/view.h"

/* An attachment in the run. */
typedef struct qc_account {
    const qc_statement *statement;
    const qc_attachment *attachment;
    const char *unplaced; /* why it counts nowhere; NULL: it does, and all below is known */
    size_t document;      /* SIZE_MAX: the run has none such */
    size_t respondent;    /* QC_NOBODY: no respondent says it; then ... */
    bool interviewer;     /* ... an interviewer does; otherwise it is a document without speakers */
    bool in_view;         /* it counts, and the filter lets document and respondent through */
    size_t line;
    const qcode_span *pieces; /* its speech; at least one */
    size_t piece_count;
} qc_account;

typedef struct qc_accounts {
    const qc_statements *statements;
    const qc_account *at; /* statement by statement, as they are attached */
    size_t count;
    const bool *in_view;         /* each statement: the filter's codes let it through */
    const size_t *const *codes;  /* each statement's, by their place in the books */
} qc_accounts;

/* Whether the statement is about this group: it names none, or this one. */
bool qc_statement_is_about(const qc_statement *statement, const char *group);

/* What kind of source a document is: "interview", where cases.csv says nothing else. */
const char *qc_source_of(const qcode_transcript *talk);

#endif
