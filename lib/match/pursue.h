/* Regexes where a sought word stands: a search of the places around it that a match can begin at. What is found is what a search
 * of the whole turn finds: each match holds a word that leads to it. */
#ifndef QC_MATCH_PURSUE_H
#define QC_MATCH_PURSUE_H

#include "match/search.h"

struct qcode_matcher;

/* Where a regex stands in a turn. */
typedef struct qc_pursuit {
    uint64_t turn; /* the turn it is about, by `m->turn` */
    bool apart;    /* its search of the whole turn comes later, or it does not run here */
    qc_search search;
} qc_pursuit;

/* A word at `at` of the view leads to a regex. False when memory runs out, or a limit is met. */
bool qc_pursue(struct qcode_matcher *m, size_t number, size_t at);

/* Behind the scan: the regexes that need a search of the whole turn, and those that make no hits, where there are any. */
bool qc_pursue_rest(struct qcode_matcher *m);

#endif
