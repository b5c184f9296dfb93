/* From hits to segments: what a hit codes, what takes it back, what belongs together.
 *
 * A hit codes the unit it stands in: the sentence, paragraph or turn, from the first it touches to the last; under `unit: match`
 * itself; under `unit: answer` all speech in scope while the topic is the same, under `unit: document` all of it. Units of one code that overlap are one segment. A hit that touches no
 * sentence (white space alone) is dropped, and so is a hit inside another one of its rule. An `unless` of its rule anywhere in
 * the hit's unit takes it back; under `unit: match`, `answer` and `document` anywhere in the hit's sentences. */
#ifndef QC_MATCH_RESOLVE_H
#define QC_MATCH_RESOLVE_H

#include "match/rules.h"
#include "model/codings.h"
#include "model/reading.h"

/* What a rule matched in a turn. */
typedef struct qc_found {
    size_t rule; /* index */
    bool veto;
    size_t start, end; /* in the reading */
    qcode_span span;   /* in the transcript's text */
} qc_found;

/* A sentence of the turn's reading. */
typedef struct qc_sentence {
    qcode_span span;
    size_t first, last; /* the sentences of its paragraph */
} qc_sentence;

/* What a hit codes. */
typedef struct qc_unit {
    const qcode_code *code; /* or cue */
    size_t start, end;      /* in the reading */
    const qc_found *hit;
} qc_unit;

/* Scratch for one thread. */
typedef struct qc_resolver {
    const qcode_memory *memory;
    qc_sentence *sentences; /* of the turn */
    size_t sentence_count, sentence_room;
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
 * `found` is sorted in place. False when memory runs out. */
bool qc_resolve_hits(qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading, qc_found *found,
                     size_t count, bool always, qcode_codings *codings);

/* The first sentence of the turn that ends behind `byte`. */
size_t qc_sentence_behind(const qc_resolver *resolver, size_t byte);

/* Adds what the units that were found last code. False when memory runs out. */
bool qc_resolve_turn(qc_resolver *resolver, const qcode_rules *rules, const qc_reading *reading, qcode_codings *codings);

/* Adds what hits code answers and the document as a whole, after its last turn, and forgets them. `answers` has for each
 * turn the number of the turn with which its topic opened. */
bool qc_resolve_document(qc_resolver *resolver, const qcode_transcript *talk, const size_t *answers,
                         qcode_codings *codings);

#endif
