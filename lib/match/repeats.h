/* Regexes that repeat what repeats already, so that a turn can be parted in more ways than can be tried. */
#ifndef QC_MATCH_REPEATS_H
#define QC_MATCH_REPEATS_H

#include "base/memory.h"

/* Whether a part of the pattern can run over the same words in ever so many ways, and something behind it may fail and have
 * them all tried: (?:\w+\s?)*x, (a|a)*b. `*offset` is where that part begins. Patterns with what this reader does not know
 * (references, options, \Q ...) are passed over. False when memory runs out. */
bool qc_repeats_explode(const char *pattern, size_t length, bool caseless, const qcode_memory *memory, bool *explodes,
                        size_t *offset);

#endif
