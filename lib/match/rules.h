/* Compiled rules from inside. */
#ifndef QC_MATCH_RULES_H
#define QC_MATCH_RULES_H

#include "match/hunt.h"
#include "match/lexicon.h"
#include "match/regex.h"
#include "match/stems.h"
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
    qc_terms stems; /* of terms that begin with ~ */
    qc_regexes regexes;
} qc_wants;

/* The parts of a rule that are looked for; from QC_PART_NODES on those of the nodes of its condition. */
enum { QC_PART_HITS, QC_PART_VETOES, QC_PART_GHOSTS, QC_PART_QUESTION, QC_PART_NODES };

typedef struct qc_ready_rule {
    const qcode_rule *rule;
    size_t form; /* of its terms: 0 folded, 1 exact */
    size_t rank; /* its place in `order` of the rules */
    bool has_regexes;
    bool refers; /* it looks at what other codes found */
    bool needs_sentences;     /* to judge a hit */
    bool needs_all_sentences; /* of the turn */
    qc_wants *parts;
    size_t part_count;
    size_t first_owner; /* the owner of its first part; those of the others follow */
} qc_ready_rule;

/* A regex with whoever asks for it. */
typedef struct qc_listed_regex {
    qc_regex *regex;
    size_t owner;
    size_t rule;   /* QC_NO_RULE for a cue */
    bool evidence; /* it makes hits; the others only say what becomes of them */
} qc_listed_regex;

/* Which part of which rule. */
typedef struct qc_owner {
    size_t rule, part;
    size_t rank;   /* of the rule */
    uint8_t roles; /* whose words it looks at: a bit for each role */
} qc_owner;

/* A cue for the status of what is said. */
typedef struct qc_ready_cue {
    const qc_status_cue *cue;
    qc_wants wants;
} qc_ready_cue;

/* In place of a rule: the part is the number of a cue. */
#define QC_NO_RULE SIZE_MAX

struct qcode_rules {
    qc_arena arena; /* holds the rules and all below */
    const qcode_memory *memory;
    const qcode_codebook *book;
    qcode_match_options options;
    qc_ready_rule *rules; /* in the codebook's order: at a rule's index */
    size_t count;
    qc_ready_cue *statuses;
    size_t status_count;
    qcode_rule *status_rule; /* stands for them in errors */
    size_t *order;   /* the rules' indexes, each behind those that it refers to */
    bool asks; /* a rule looks at the question */
    size_t code_count;
    bool *is_referred; /* for each code: whether a rule refers to it */
    qc_owner *owners; /* of all parts of all rules, then of the cues */
    size_t owner_count;
    size_t regex_count;
    qc_listed_regex *regexes; /* by their numbers; those of questions have no regex here */
    size_t *unanchored;       /* those that make hits and have no words to look for */
    size_t unanchored_count;
    size_t *late;             /* those that make no hits */
    size_t late_count;
    qc_compiler compiler;
    qc_frequencies frequencies; /* of the words of the codebook's language */
    bool compiler_made;
    qc_hunt hunt;
    bool refers; /* a rule looks at what other codes found */
    bool hears_topics; /* what opens a topic matters */
    bool bars; /* a rule has conditions on the turn */
    /* The terms that are not hunted, with their owners; behind these, in the folded lexicon, the number of a regex that needs the term. */
    qc_lexicon lexicons[QC_TERM_FORMS];
    qc_stems stems;
    const char *stem_language; /* of all stems; NULL when there are none */
};

qc_form qc_term_form(size_t form);

/* Whether a part of a rule can make a hit; the others only say what becomes of it. */
bool qc_is_evidence(size_t part);

/* Whether the rule looks at what this role says. */
bool qc_runs_for(const qcode_rules *rules, const qc_ready_rule *rule, qcode_role role);

/* Whether a code looks at what this role says. */
bool qc_in_scope(qcode_scope scope, qcode_role role);

#endif
