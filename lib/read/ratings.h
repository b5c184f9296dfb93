/* A plain table of ratings: a unit a row, a coder a column. */
#ifndef QC_READ_RATINGS_H
#define QC_READ_RATINGS_H

#include "base/memory.h"
#include <qcode/agree.h>
#include <qcode/notes.h>

typedef struct qc_ratings {
    qc_arena arena; /* holds the ratings themselves and everything below */
    qcode_ratings data;
    const char *const *coders;      /* by name, as the ratings have them */
    const char *cluster;            /* the name of the column that says the cluster; NULL: none */
    const char *const *categories;  /* in their order; of sets the codes by name, "|" for the empty one */
    const double *numbers;          /* what each category stands for; NULL where they are not numbers */
    const qcode_set_of_codes *sets; /* what each category stands for; NULL unless they are sets */
} qc_ratings;

/* Reads CSV. The first column names the unit; a column called `cluster`, `interview` or `document` behind it names what
 * units belong to; each other column is a coder. An empty cell is a unit not rated. Categories are words by code point;
 * numbers by size, where the level is interval or ratio, or ordinal without `order`; those of `order` ("low,mid,high"),
 * the unused too; or with QCODE_GIVEN_DISTANCE sets of codes joined by "|", where "|" alone is the empty set. The order of
 * the file's rows and columns changes nothing. */
qc_ratings *qc_read_ratings(const char *path, qcode_level level, const char *order, const qcode_memory *memory,
                            qcode_notes *notes, qcode_error *err);
qc_ratings *qc_parse_ratings(const void *data, size_t length, const char *name, qcode_level level, const char *order,
                             const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
void qc_ratings_free(qc_ratings *ratings);

#endif
