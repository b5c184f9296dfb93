/* Changing a code in a codebook and in the codings that people made with it, together. */
#ifndef QCODE_RECODE_H
#define QCODE_RECODE_H

#include <qcode/codebook.h>

typedef struct qcode_rename {
    const char *from, *to;        /* ids */
    const char *by, *on, *reason; /* who, the date (2023-03-14), and why: written to `changes` in the codebook */
} qcode_rename;

/* Gives a code another id: in the codebook, whose text stays as it was written in all else, and in the column `code` of
 * CSV tables of codings. No file changes before all new texts are known to be right; then each is replaced whole, the
 * codebook last. Refused: an
 * id that is there already, or is in one of the tables; segments that a run wrote, which are made again by coding with
 * the changed codebook. `counts` gets how many codings of each table changed. */
QCODE_API bool qcode_recode_rename(const qcode_rename *rename, const char *book, const char *const *tables,
                                   size_t table_count, const qcode_memory *memory, size_t *counts, qcode_error *err);

#endif
