/* Drawing a round of coding: so many of each stratum, the same for the same seed everywhere. */
#ifndef QC_WORK_SAMPLE_H
#define QC_WORK_SAMPLE_H

#include "base/memory.h"
#include <qcode/sheet.h>

/* Fills `drawn` for `count` things that can be drawn; `strata` is the stratum of each, NULL where it has none. The
 * strata are taken in the order of their names' bytes, each with a stream of its own of xoshiro256** (see agree/random.h),
 * and shuffled from the front (Fisher and Yates) as far as is drawn. False when memory runs out. */
bool qc_draw_sample(const qcode_sample *sample, const char *const *strata, size_t count, const qcode_memory *memory,
                    bool *drawn);

#endif
