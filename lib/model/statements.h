/* What analysts claim, with the passages that a person set beside each claim, and which words stand for how many. */
#ifndef QC_MODEL_STATEMENTS_H
#define QC_MODEL_STATEMENTS_H

#include "base/memory.h"
#include <qcode/transcript.h>

/* How a passage stands to a statement. */
typedef enum qc_stance { QC_SUPPORTS, QC_QUALIFIES, QC_CONTRADICTS, QC_CONTEXT, QC_STANCES } qc_stance;

typedef enum qc_hand { QC_HAND_UNSAID, QC_HAND_FIRST, QC_HAND_SECOND } qc_hand;

/* A passage that a person attached. Strings are "" where nothing is said. */
typedef struct qc_attachment {
    const char *document, *words, *by, *note;
    size_t start, end; /* code points; `end` is 0 where none are given */
    qc_stance stance;
    qc_hand hand;
    size_t line, column; /* where it is written */
} qc_attachment;

typedef struct qc_named {
    const char *name;
    size_t line, column;
} qc_named;

typedef struct qc_statement {
    const char *id, *text;
    const char *looked_for; /* how contrary accounts were looked for */
    const qc_named *codes, *groups; /* no groups: it is about all respondents */
    size_t code_count, group_count;
    const qc_attachment *attached;
    size_t attached_count;
    size_t first; /* the place of its first attachment among those of all statements */
    size_t line, column;
} qc_statement;

/* From how many respondents on which word may stand. */
typedef struct qc_quantifiers {
    size_t least_group;  /* smaller groups get no word: the numbers are written out */
    size_t several_from;
    size_t most_over;    /* percent */
} qc_quantifiers;

typedef struct qc_statements {
    qc_arena arena; /* holds the statements themselves and everything below */
    const char *source;
    const qc_statement *at;
    size_t count, attached_count;
    qc_quantifiers quantifiers;
} qc_statements;

/* "supports", "qualifies", "contradicts", "context". */
const char *qc_stance_name(qc_stance stance);

/* The statement with this id; NULL: there is none. */
const qc_statement *qc_statement_find(const qc_statements *statements, const char *id, size_t length);

void qc_statements_free(qc_statements *statements);

#endif
