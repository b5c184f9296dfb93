/* From hits to segments: what a hit codes, what takes it back, what belongs together.
 *
 * A hit codes the unit it stands in: the sentence, paragraph or turn, from the first it touches to the last; under `unit: match`
 * itself; under `unit: answer` all that its speaker says while the topic is the same, under `unit: document` all speech in
 * scope. Units of one code that overlap are one segment. A hit that touches no
 * sentence (white space alone) is dropped, and so is a hit inside another one of its rule. An `unless` of its rule anywhere in
 * the hit's unit takes it back; under `unit: match`, `answer` and `document` anywhere in the hit's sentences. There too a ghost
 * of its rule has to stand, if it has any. Rules go in their order, so that what others refer to is known. */
#ifndef QC_MATCH_RESOLVE_H
#define QC_MATCH_RESOLVE_H

#include "match/found.h"
#include "model/codings.h"
#include "model/reading.h"

/* What a hit codes. */
typedef struct qc_unit {
    const qcode_code *code; /* or cue */
    size_t start, end;      /* in the reading */
    const qc_found *hit;    /* until the next turn */
} qc_unit;

/* Scratch for one thread. */
typedef struct qc_resolver {
    const qcode_memory *memory;
    qc_ground ground;   /* the turn */
    qc_arena arena;     /* what lasts as long as the turn is looked at */
    qc_spots *codes;    /* for each code that others refer to what it found in the turn */
    qc_spots *statuses; /* where each cue stands in the turn */
    size_t *code_rooms;
    size_t code_count;
    qc_unit *units;
    size_t unit_count, unit_room;
    qcode_hit *hits; /* of one segment */
    size_t hit_count, hit_room;
    struct qc_whole *whole; /* hits of codes with `unit: answer` or `document`, from all turns */
    size_t whole_count, whole_room;
    qc_buffer pieces;
} qc_resolver;

qc_resolver qc_resolver_init(const qcode_memory *memory);
void qc_resolver_clear(qc_resolver *resolver);

/* The sentences of a turn, if there are any hits or `always`, and the units of its hits by code, start and end; of cues too.
 * `found` is sorted in place, rules that are `barred` (one for each) are left out. False when memory runs out. */
bool qc_resolve_hits(qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading, const bool *barred,
                     qc_found *found, size_t count, bool always, qcode_codings *codings);

/* Adds what the units that were found last code. False when memory runs out. */
bool qc_resolve_turn(qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading, qcode_codings *codings);

#endif
