/* What was found in a turn, on the way from the text to segments. */
#ifndef QC_MATCH_FOUND_H
#define QC_MATCH_FOUND_H

#include "base/memory.h"
#include "match/ground.h"
#include "match/rules.h"

/* What a part of a rule matched. */
typedef struct qc_found {
    size_t rule; /* index */
    size_t rank; /* of the rule */
    size_t part;
    size_t start, end; /* in the reading */
    qcode_span span;   /* in the transcript's text */
    qcode_claim claim; /* of a hit, once it counts */
} qc_found;

/* Places in a reading. */
typedef struct qc_spots {
    qcode_span *at;
    size_t count;
} qc_spots;

/* What a condition is judged by. */
typedef struct qc_scene {
    qc_ground *ground;
    const qc_found *found; /* of the rule: by part, start, and the longest first */
    size_t count;
    const qc_spots *codes; /* for each code what its rules found here, tidy */
    qc_arena *arena;       /* for what is made */
    bool plain;
} qc_scene;

/* Sorts by start and leaves out those inside another. */
void qc_tidy(qc_spots *spots);

/* Those of a part of the rule, in their order; they may lie inside each other. False when memory runs out. */
bool qc_spots_of_part(const qc_scene *scene, size_t part, qc_spots *spots);

#endif
