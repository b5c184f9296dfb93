/* The framework matrix: respondents by codes, in each cell the quotes and what an analyst makes of them (Ritchie and Spencer
 * 1994; Gale et al. 2013). Summaries are a file of their own, one line each, and outlive every run. */
#ifndef QCODE_CHART_H
#define QCODE_CHART_H

#include <qcode/analyse.h>
#include <qcode/sink.h>

/* What an analyst wrote about one respondent and one code. */
typedef struct qcode_summary {
    const char *respondent, *code;
    const char *text;
    const char *by, *on; /* who, and when: a date, or 2026-11-22T18:04:05Z */
    const char *seen;    /* a hash of the segments that they had before them; "" when there were none */
} qcode_summary;

/* Summaries by respondent, then code; one for each. */
typedef struct qcode_summaries qcode_summaries;
QCODE_API qcode_summaries *qcode_summaries_new(const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_summaries_free(qcode_summaries *summaries);

/* Adds the lines of a summaries.jsonl; one that is there already is replaced when the new one is not older. */
QCODE_API bool qcode_summaries_read(qcode_summaries *summaries, const char *path, qcode_error *err);
QCODE_API bool qcode_summaries_parse(qcode_summaries *summaries, const void *data, size_t length, const char *name,
                                     qcode_error *err);
QCODE_API size_t qcode_summaries_count(const qcode_summaries *summaries);
QCODE_API const qcode_summary *qcode_summaries_at(const qcode_summaries *summaries, size_t index);

/* JSON Lines, in their order. The sink is not finished. */
QCODE_API bool qcode_summaries_write(const qcode_summaries *summaries, qcode_sink *sink, qcode_error *err);

typedef struct qcode_chart_job {
    const char *folder; /* of a complete run */
    qcode_view_filter filter;
    const qcode_summaries *summaries; /* NULL: none */
} qcode_chart_job;

/* The matrix as a table: a row for each respondent and code: group, respondent, code, segments, raised (own words, or
 * accepted by a person), cell (what an empty one means), quotes, summary, by, on, stale (the segments have changed since
 * the summary was written), seen. A note tells of summaries whose respondent or code the run does not have. */
QCODE_API bool qcode_chart(const qcode_chart_job *job, const qcode_memory *memory, qcode_analysed *result,
                           qcode_notes *notes, qcode_error *err);

/* The same as a workbook to write summaries in: a row for each respondent, two columns for each code. */
QCODE_API bool qcode_chart_workbook(const qcode_analysed *chart, const qcode_memory *memory, qcode_sink *sink,
                                    qcode_error *err);

/* Takes the summaries out of such a workbook, by `by` on `on` where they are new or changed. An emptied cell takes its
 * summary away, with a note. */
QCODE_API bool qcode_chart_read(qcode_summaries *summaries, const char *path, const char *by, const char *on,
                                const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

#endif
