/* How far coders agree, as tables to read and to publish. The coefficients themselves are in qcode/agree.h. */
#ifndef QCODE_COMPARE_H
#define QCODE_COMPARE_H

#include <qcode/agree.h>
#include <qcode/notes.h>
#include <qcode/read.h>
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
    qcode_table *about; /* `what`, `value`: what was compared, on which units, how intervals were made */
    qcode_table *codes; /* a row for each code and pair of coders: who coded how many units, and how far they agree */
    qcode_table *interviews; /* the same for each interview, where there are too few for intervals */
    qcode_table *figures; /* a row for each coefficient, with its interval; undefined ones give their reason */
    qcode_table *pooled;  /* over all codes: to be read below those of each code */
    /* With `spans`: for each code (and `all`), pair and way of matching, precision, recall and F1 of the second coder's
     * passages against the first's; and coefficients of passages, in characters or units. */
    qcode_table *retrieval, *spans;
    /* A row for each unit and code that any of the coders gave it: document, line, start, end (code points), speaker, text
     * (missing where it may not be quoted), code, a column for each coder (yes, no or nothing where they did not look), and
     * `decision`: yes where they agree, and missing where some gave it and some did not. Filled in, the table is a coder of
     * its own. */
    qcode_table *decisions;
    /* With `talks`: a row for each turn of the documents that were compared: document, turn, line, start (code points),
     * speaker, text (masked where it may not be quoted). */
    qcode_table *talks;
} qcode_comparison;

QCODE_API void qcode_comparison_clear(qcode_comparison *comparison);

/* The comparison in a format: as CSV and JSON Lines a row for each code, or for each figure of a table of ratings; as
 * JSON one object of all tables; as text what people need of them. The sink is not finished. */
QCODE_API bool qcode_comparison_write(const qcode_comparison *comparison, const qcode_table_style *style,
                                      const qcode_memory *memory, qcode_sink *sink, qcode_error *err);

/* The same as one page without scripts and without anything from elsewhere. */
QCODE_API bool qcode_comparison_page(const qcode_comparison *comparison, const qcode_memory *memory, qcode_sink *sink,
                                     qcode_error *err);

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

/* What coders are compared on. */
typedef struct qcode_compare_job {
    /* Codings, as qcode_coders_read takes them: a run's folder, segments, a table. NAME=PATH says who all of it is by. */
    const char *const *paths;
    size_t path_count;
    /* The transcripts, files or folders of them; none: those of the runs' folders among `paths`. */
    const char *const *texts;
    size_t text_count;
    qcode_read_options read; /* how the transcripts are read; its `name` is not used */
    const char *assignments; /* CSV: document and coder of who was asked to code what; NULL: as the codings show */
    bool any_scope;          /* units of documents that not all coders looked at count too, as not rated by the others */
    bool everybody;          /* units are what anybody says, not respondents alone */
    const char *unit;        /* "sentence", "turn", "answer", "document", "respondent", "listed" or "character"; NULL: as
                                declared, else listed units where the codings list them, else sentences */
    const char *touch;       /* "any", "half" or "whole"; NULL: as declared, else any */
    const qcode_study_comparison *declared; /* NULL: nothing is */
    bool all;                /* every coefficient that applies, beyond those that are usual or declared */
    bool spans;              /* passages themselves too, not units alone; `all` has them as well */
    bool mixed;              /* codings under versions of a codebook in which a code means another thing are taken together */
    bool talks;              /* the turns of the documents too, for a page that links to them */
    qcode_intervals intervals;
} qcode_compare_job;

/* Compares coders code by code. The result is the caller's, to be cleared. */
QCODE_API bool qcode_compare(const qcode_compare_job *job, const qcode_memory *memory, qcode_comparison *result,
                             qcode_notes *notes, qcode_error *err);

#endif
