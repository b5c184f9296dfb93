/* How far coders agree, as tables to read and to publish. The coefficients themselves are in qcode/agree.h. */
#ifndef QCODE_COMPARE_H
#define QCODE_COMPARE_H

#include <qcode/agree.h>
#include <qcode/notes.h>
#include <qcode/sink.h>
#include <qcode/table.h>

/* What is drawn for an interval. */
typedef enum qcode_drawing {
    QCODE_DRAW_USUAL, /* clusters (interviews) where there are any, else units */
    QCODE_DRAW_UNITS,
    QCODE_DRAW_CLUSTERS
} qcode_drawing;

/* Percentile intervals from resampled units or clusters. Fewer than QCODE_LEAST_CLUSTERS clusters say too little. */
#define QCODE_LEAST_CLUSTERS 10

typedef struct qcode_intervals {
    qcode_drawing draw;
    uint64_t seed;
    size_t resamples; /* 0: 1,000 */
    double level;     /* 0: 0.95 */
    size_t threads;   /* 0: as many as there are processors; they change nothing but the time */
} qcode_intervals;

/* What was found. A table that does not apply is NULL. */
typedef struct qcode_comparison {
    qcode_table *about;   /* `what`, `value`: what was compared, on which units, how intervals were made */
    qcode_table *figures; /* a row for each coefficient, with its interval; undefined ones give their reason */
} qcode_comparison;

QCODE_API void qcode_comparison_clear(qcode_comparison *comparison);

/* The comparison in a format: as CSV and JSON Lines the figures alone, as JSON one object of all tables, as text all of
 * them for people. The sink is not finished. */
QCODE_API bool qcode_comparison_write(const qcode_comparison *comparison, const qcode_table_style *style,
                                      const qcode_memory *memory, qcode_sink *sink, qcode_error *err);

/* A plain table of ratings: the first column names the unit, a column `cluster`, `interview` or `document` what it
 * belongs to, and each other column is a coder; an empty cell is a unit not rated. */
typedef struct qcode_ratings_job {
    const char *path;  /* CSV; "-" is the standard input */
    qcode_level level; /* QCODE_GIVEN_DISTANCE: sets of codes joined by "|" */
    const char *order; /* the categories of an ordinal level, "low,mid,high"; NULL: they are numbers */
    qcode_intervals intervals;
} qcode_ratings_job;

/* All coefficients that the level allows. The result is the caller's, to be cleared. */
QCODE_API bool qcode_compare_ratings(const qcode_ratings_job *job, const qcode_memory *memory,
                                     qcode_comparison *result, qcode_notes *notes, qcode_error *err);

#endif
