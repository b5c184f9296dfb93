/* The quick way through a turn: one scan for the rarest words of all terms and regexes; what they lead to is looked at where
 * it may be. Terms and regexes that have no such words go ways of their own. */
#ifndef QC_MATCH_HUNT_H
#define QC_MATCH_HUNT_H

#include "match/lexicon.h"
#include "match/scanner.h"

struct qcode_rules;
struct qcode_matcher;

/* What a sought word leads to. */
typedef struct qc_target {
    enum { QC_LEADS_TO_TERM, QC_LEADS_TO_REGEX, QC_LEADS_TO_EXACT } kind; /* the last: to terms with `case: exact` */
    uint32_t index;  /* of the term, or the regex's number */
    uint32_t offset; /* of the word in the term */
} qc_target;

/* A term with those who ask for it. */
typedef struct qc_prey {
    qc_term term;
    uint32_t owner, owner_count;
} qc_prey;

typedef struct qc_hunt {
    qc_scanner scanner;
    qc_target *targets;
    qc_prey *terms;
    uint32_t *owners;
    bool has_exact, exact_always; /* terms with `case: exact`; some of them have no words to look for */
} qc_hunt;

/* Builds the hunt for the rules' regexes and for the folded terms that have words to look for: these are taken out of `wanted`,
 * `*count` of it are left. It only wakes the search for `exact` terms. False when memory runs out. */
bool qc_hunt_build(struct qcode_rules *rules, qc_wanted *wanted, size_t *count, const qc_wanted *exact, size_t exact_count);

/* Looks at the reading: tells `found` the terms and stems there, by their places in `m->view` or `m->folded`. False when memory
 * runs out, or as soon as `found` answers false. */
bool qc_hunt_words(struct qcode_matcher *m, qc_lexicon_found *found);

/* The same, and takes down what regexes find. */
bool qc_hunt_all(struct qcode_matcher *m, qc_lexicon_found *found);

#endif
