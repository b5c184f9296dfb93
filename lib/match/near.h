/* Words that stand near each other. */
#ifndef QC_MATCH_NEAR_H
#define QC_MATCH_NEAR_H

#include "match/found.h"

/* What `near` finds. One hit of each part makes a match when none of them overlap, they stand in the order of the parts
 * if that is asked for, and each is within reach of the one before it in the text. The match is the hull of the hits
 * whose parts are no ghosts. Of matches whose hulls, ghosts and all, lie in each other the shortest counts; of those with
 * the same hull the one whose hits, from the first on, begin last (then end first, then are of an earlier part).
 *
 * `parts` belongs to the `count` children, `ghosts` says which are ghosts. False when memory runs out. */
bool qc_near(const qc_scene *scene, const qc_condition *node, const qc_spots *parts, const bool *ghosts, size_t count,
             qc_spots *made);

/* The same, by trying every choice of hits. */
bool qc_near_plainly(const qc_scene *scene, const qc_condition *node, const qc_spots *parts, const bool *ghosts,
                     size_t count, qc_spots *made);

#endif
