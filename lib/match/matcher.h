/* The run over one transcript, from inside: what its files share. */
#ifndef QC_MATCH_MATCHER_H
#define QC_MATCH_MATCHER_H

#include "match/evidence.h"
#include "match/plain.h"
#include "match/pursue.h"
#include "match/resolve.h"
#include "match/search.h"
#include "match/wholes.h"

/* One thread's scratch. */
struct qcode_matcher {
    const qcode_rules *rules;
    const qcode_memory *memory;
    qc_reading_scratch reading_scratch, question_scratch;
    qc_buffer value; /* of an attribute */
    qc_folder folder;
    qc_lexicon_scratch lexicons[QC_TERM_FORMS];
    qc_plain plain;
    qc_glancer viewer;
    bool viewer_made;
    uint32_t *places; /* of the scan */
    size_t place_room;
    qc_pursuit *pursuits; /* for each regex */
    uint64_t turn;        /* counts all turns */
    size_t *apart;        /* numbers of regexes that are to search the whole turn */
    size_t apart_count;
    qc_stem_scratch stems;
    qc_searcher searcher;
    bool searcher_made;
    qc_resolver resolver;
    qc_topics topics;
    qc_evidence evidence; /* used where evidence is weighed */
    qc_found *found; /* in this turn */
    size_t found_count, found_room;
    bool *hit;    /* for each rule: whether it may have a hit in this turn */
    bool *barred; /* for each rule: whether its conditions on the turn bar it */
    bool *needed; /* for each regex: whether this turn holds something it needs */

    /* the turn being matched */
    const qcode_transcript *talk;
    qcode_role role;
    qc_reading reading;
    qc_folded folded; /* one form of the reading at a time, for what has no use for the view */
    qc_glance view;
    bool in_view;     /* places of terms are those of the view; else of `folded` */
    bool exact_awake; /* a word of a term with `case: exact` stands there */
    qcode_error *err;
    size_t left_out; /* the index + 1 of a rule that runs as if it were not there; 0: none */
};

/* Makes a form of the reading. False when memory runs out, as below. */
bool qc_match_fold(qcode_matcher *m, qc_form form);

/* Takes down what an owner found at a place of the reading. */
bool qc_match_take(qcode_matcher *m, size_t owner, qcode_span here);

/* All regexes of the rules in scope, by a search of the whole turn for each; those that make no hits only where there is something
 * that they can say something of. */
bool qc_match_regexes(qcode_matcher *m);

/* Tells where some terms and stems stand in the reading, the plain way. */
bool qc_match_terms_plainly(qcode_matcher *m, size_t form, const qc_wants *wants, size_t owner,
                            qc_lexicon_found *found);

/* The error of a limit: which rule, and where in the transcript the search stood. Answers false. */
bool qc_match_refuse(qcode_matcher *m, const qcode_rule *rule, const qc_search *search);

/* Whether the rule looks at what this role says. */
bool qc_match_runs_here(const qcode_matcher *m, const qc_ready_rule *rule);

/* Bars the rules that the turn is not for, by its speaker or its question. */
bool qc_match_bar_rules(qcode_matcher *m);

#endif
