/* Hits that code more than their turn: an answer, or the document. */
#ifndef QC_MATCH_WHOLES_H
#define QC_MATCH_WHOLES_H

#include "match/resolve.h"

/* Keeps a hit until the document is over. False when memory runs out, as below. */
bool qc_keep_whole(qc_resolver *resolver, const qcode_hit *hit);

/* Adds what hits code answers and the document as a whole, after its last turn, and forgets them. `answers` has for each
 * turn the number of the turn with which its topic opened. */
bool qc_resolve_document(qc_resolver *resolver, const qcode_transcript *talk, const uint32_t *answers,
                         qcode_codings *codings);

#endif
