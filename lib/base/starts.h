/* One look at the bytes of a turn: a copy in small letters, where words begin, where other bytes than ASCII stand. */
#ifndef QC_BASE_STARTS_H
#define QC_BASE_STARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So many bytes are looked at together. */
enum { QC_BLOCK = 64 };

/* Copies `length` bytes to `to`, A to Z as small letters and ASCII white space as spaces, with zeros behind them to the end of
 * the last block and for one more. For each block `starts` says where an ASCII letter, digit or _ stands behind something else,
 * and `others` where bytes from 0x80 on stand. `to` may be `from`. Answers whether there are any of those. */
typedef bool qc_look(char *to, const char *from, size_t length, uint64_t *starts, uint64_t *others);

/* The quickest way that this machine has, and the ways that it has by number, for tests: NULL behind the last. All do the same. */
qc_look *qc_look_quickly(void);
qc_look *qc_look_way(size_t number);

/* The ways of single machines; NULL where they cannot be built or run. */
qc_look *qc_look_avx2(void);
qc_look *qc_look_sse2(void);
qc_look *qc_look_neon(void);

#endif
