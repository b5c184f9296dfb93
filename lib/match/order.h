/* In which order rules are looked at: a code that others refer to goes before them. */
#ifndef QC_MATCH_ORDER_H
#define QC_MATCH_ORDER_H

#include "match/rules.h"

/* Fills in `order`, `is_referred` and each rule's `rank`; codes do not refer to each other in circles. False when memory
 * runs out. */
bool qc_order_rules(qcode_rules *rules);

#endif
