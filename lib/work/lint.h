/* What is probably not meant in a codebook: the parts of the lint, and the terms that they compare. */
#ifndef QC_WORK_LINT_H
#define QC_WORK_LINT_H

#include "base/set.h"
#include "match/term.h"
#include "model/codebook.h"
#include <qcode/notes.h>

/* A term as rules see it. */
typedef struct qc_seen_term {
    const unsigned char *text;
    size_t length;
    const qc_pattern *pattern;
    const qcode_rule *rule;
} qc_seen_term;

/* Terms of one place, or of one code, in the order of their words, rules and places in the file. */
typedef struct qc_term_set {
    qc_buffer text;
    qc_seen_term *at;
    size_t count, room;
} qc_term_set;

typedef struct qc_lint {
    const qcode_codebook *book;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_folder folder;
    qc_buffer key; /* of a term being looked for */
    qc_term_set terms, others;
    struct qc_needless *found; /* in a code */
    qc_set told; /* which of them were told before: a list may stand in many places */
    size_t found_count, found_room;
    size_t warnings;
} qc_lint;

qc_lint qc_lint_init(const qcode_codebook *book, const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
void qc_lint_clear(qc_lint *lint);

/* A warning, of which there is a most. */
void qc_lint_warn(qc_lint *lint, size_t line, size_t column, const char *format, ...) QCODE_PRINTF(4, 5);

/* How much of a codebook's words is shown, cut between characters where they are long. */
int qc_lint_shown(const char *words, size_t length);

/* Empties a set, adds a rule's patterns to it, and puts it in order. False when memory runs out. */
void qc_term_set_empty(qc_term_set *set);
bool qc_term_set_add(qc_lint *lint, qc_term_set *set, const qcode_rule *rule, qc_patterns patterns);
void qc_term_set_sort(qc_term_set *set);

bool qc_same_words(const qc_seen_term *a, const qc_seen_term *b);

/* The shortest term of the set, in the same rule, that is the beginning of this one with a `*` for the rest of the word. */
bool qc_term_set_cover(qc_lint *lint, const qc_term_set *set, const qc_seen_term *term, const qc_seen_term **cover);

/* A term of the set, in the same rule, that stands in this one wherever it is found: some of its words, or, when the
 * `whole` may be it, all of them. */
bool qc_term_set_inside(qc_lint *lint, const qc_term_set *set, const qc_seen_term *term, bool whole,
                        const qc_seen_term **inside);

/* Terms that a code has twice or in vain; rules and parts of rules that can find nothing, or stand there twice; regexes that
 * stand there twice or that take too long. False when memory runs out. */
bool qc_lint_terms(qc_lint *lint, const qcode_code *code);
bool qc_lint_rules(qc_lint *lint, const qcode_code *code);
bool qc_lint_regexes(qc_lint *lint, const qcode_code *code);

#endif
