/* Compiled rules from inside. */
#ifndef QC_MATCH_RULES_H
#define QC_MATCH_RULES_H

#include "match/lexicon.h"
#include "match/regex.h"
#include <qcode/match.h>

/* The two forms in which terms run: `case: exact` or not. */
enum { QC_TERM_FORMS = 2 };

typedef struct qc_terms {
    const qc_term *at;
    size_t count;
} qc_terms;

typedef struct qc_regexes {
    qc_regex *at;
    size_t count;
} qc_regexes;

/* What a rule looks for, or what takes its hits back. */
typedef struct qc_wants {
    qc_terms terms;
    qc_regexes regexes;
} qc_wants;

typedef struct qc_ready_rule {
    const qcode_rule *rule;
    size_t form; /* of its terms: 0 folded, 1 exact */
    qc_wants hits, vetoes;
} qc_ready_rule;

struct qcode_rules {
    qc_arena arena; /* holds the rules and all below */
    const qcode_memory *memory;
    const qcode_codebook *book;
    qcode_match_options options;
    qc_ready_rule *rules; /* in the codebook's order: at a rule's index */
    size_t count;
    size_t regex_count;
    qc_compiler compiler;
    bool compiler_made;
    /* An owner is twice a rule's index, and one more for a veto; behind those of all rules, in the folded lexicon, the
     * number of a regex that needs the term. */
    qc_lexicon lexicons[QC_TERM_FORMS];
};

qc_form qc_term_form(size_t form);

/* Whether a code looks at what this role says. */
bool qc_in_scope(qcode_scope scope, qcode_role role);

#endif
