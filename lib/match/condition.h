/* Conditions: words near each other, all of some, any of them, none of them. */
#ifndef QC_MATCH_CONDITION_H
#define QC_MATCH_CONDITION_H

#include "match/found.h"

/* Where the rule's condition holds, tidy. A node with a window of its own is judged in each window: each sentence that
 * one of its words touches, the turn, or so many words before and behind each of its words. In a window a child holds
 * that has a hit touching it; ALL, ANY and NOT follow from their children. Where the whole node holds, the hits of the
 * children that made it so are its matches, those of ghosts excepted. False when memory runs out. */
bool qc_find_condition(const qc_scene *scene, const qcode_rule *rule, qc_spots *made);

/* What a node with a window finds; `spots` belong to the nodes of the rule. The second way looks at every hit in every
 * window. */
bool qc_find_group(const qc_scene *scene, const qcode_rule *rule, size_t node, const qc_spots *spots, qc_spots *made);
bool qc_find_group_plainly(const qc_scene *scene, const qcode_rule *rule, size_t node, const qc_spots *spots,
                           qc_spots *made);

/* Whether one of the spots (tidy) stands before a hit, or behind it, and within reach. */
bool qc_is_beside(const qc_ground *ground, const qc_spots *spots, bool behind, qc_within within, qcode_span hit);
bool qc_is_beside_plainly(const qc_ground *ground, const qc_spots *spots, bool behind, qc_within within,
                          qcode_span hit);

/* The node whose window holds for a node: its nearest ancestor with one, not itself. */
size_t qc_group_of(const qcode_rule *rule, size_t node);

/* Whether a node's hits can be matches of its group: it is no ghost, and under no NOT there. */
bool qc_is_positive(const qcode_rule *rule, size_t node);

/* WORDS, CODE, and what has a window of its own. */
bool qc_is_leaf(const qc_condition *node);

#endif
