/* Where things stand in a turn: its sentences, its words, and how far apart two places are. */
#ifndef QC_MATCH_GROUND_H
#define QC_MATCH_GROUND_H

#include "base/memory.h"
#include "model/codebook.h"
#include "model/reading.h"

typedef struct qc_sentence {
    qcode_span span;    /* in the reading */
    size_t first, last; /* the sentences of its paragraph */
} qc_sentence;

/* Scratch for one thread. */
typedef struct qc_ground {
    const qcode_memory *memory;
    const qc_reading *reading;
    qc_sentence *sentences;
    size_t sentence_count, sentence_room;
    size_t *words; /* where each begins; found when first asked for */
    size_t word_count, word_room;
    bool has_words;
} qc_ground;

qc_ground qc_ground_init(const qcode_memory *memory);
void qc_ground_clear(qc_ground *ground);

/* Finds the sentences of a turn, up to the one that ends at `until` or behind it. False when memory runs out, as below. */
bool qc_ground_enter(qc_ground *ground, const qc_reading *reading, size_t until);
bool qc_ground_count_words(qc_ground *ground);

/* The first sentence that ends behind `byte`. */
size_t qc_ground_behind(const qc_ground *ground, size_t byte);

/* The sentences that a span touches, from the first to the last. False when it touches none. */
bool qc_ground_touch(const qc_ground *ground, qcode_span span, size_t *first, size_t *last);

/* How many words begin in [from, to); the words must have been counted. */
size_t qc_ground_words(const qc_ground *ground, size_t from, size_t to);

#endif
