/* From a run's folder to tables: who raised what, and what goes with what. A code says what a passage is about; that
 * somebody has passages of it does not say that they agree with anything. */
#ifndef QCODE_ANALYSE_H
#define QCODE_ANALYSE_H

#include <qcode/codings.h>
#include <qcode/error.h>
#include <qcode/notes.h>
#include <qcode/table.h>

/* What stands between a proposal of the rules and a finding: bits. */
typedef enum qcode_state_set {
    QCODE_STATE_PROPOSED = 1 << QCODE_PROPOSED,
    QCODE_STATE_ACCEPTED = 1 << QCODE_ACCEPTED,
    QCODE_STATE_EDITED = 1 << QCODE_EDITED,
    QCODE_STATE_REJECTED = 1 << QCODE_REJECTED,
    QCODE_STATES_REVIEWED = QCODE_STATE_ACCEPTED | QCODE_STATE_EDITED, /* what a person has accepted */
    QCODE_STATES_STANDING = QCODE_STATE_PROPOSED | QCODE_STATES_REVIEWED /* all but what a person rejected */
} qcode_state_set;

/* Which segments and respondents of a run count. Lists that are empty leave nothing out. */
typedef struct qcode_view_filter {
    unsigned states;               /* of qcode_state_set; 0: QCODE_STATES_STANDING */
    const char *const *codes;      /* ids; those under them count too */
    size_t code_count;
    const char *const *groups;
    size_t group_count;
    const char *const *wheres;     /* "organisation=council": attributes of respondents; all have to hold */
    size_t where_count;
    const char *const *documents;
    size_t document_count;
    bool own_words;                /* only segments that rest on the speaker's own words */
    bool experimental;             /* codes of experimental codebooks too; without it only those that `codes` has */
} qcode_view_filter;

/* What to make of a run. */
typedef enum qcode_analysis {
    QCODE_ANALYSIS_CODES,       /* who raised each code: a row for each code and group */
    QCODE_ANALYSIS_RESPONDENTS, /* a row for each respondent, a column for each code: segments */
    QCODE_ANALYSIS_DOCUMENTS,   /* the same for each document */
    QCODE_ANALYSIS_TOGETHER,    /* pairs of codes: units that have both, and how many chance would give */
    QCODE_ANALYSIS_RESIDUAL,    /* speech that no code touches, the longest first */
    QCODE_ANALYSIS_ACCUMULATION, /* codes met for the first time, interview by interview */
    QCODE_ANALYSIS_ABSENT,      /* who did not raise a code, and their longest answer when they were asked about it */
    QCODE_ANALYSIS_QUOTES,      /* every segment with all that is known of it */
    QCODE_ANALYSIS_CANDIDATES,  /* of each code some quotes to read first, with the rule of choice */
    QCODE_ANALYSIS_STATEMENTS,  /* what each statement rests on: a row for each statement and group */
    QCODE_ANALYSIS_ACCOUNTS     /* every passage that a person attached to a statement */
} qcode_analysis;

typedef struct qcode_analysis_job {
    const char *folder; /* of a complete run */
    qcode_analysis kind;
    qcode_view_filter filter;
    bool binary; /* matrices: 1 for any number of segments */
    size_t most; /* candidates of each code; 0: 5 */
    const char *unit; /* together: "sentence", "turn", "answer", "document" or "respondent"; NULL: sentence */
    const char *statements; /* statements, accounts: the path of a statements.yaml */
} qcode_analysis_job;

/* What was found, and what it rests on. */
typedef struct qcode_analysed {
    qcode_table *about; /* `what`, `value`: run, filter, states, how much of it a person has reviewed */
    qcode_table *table;
} qcode_analysed;

QCODE_API bool qcode_analyse(const qcode_analysis_job *job, const qcode_memory *memory, qcode_analysed *result,
                             qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_analysed_clear(qcode_analysed *result);

/* Writes it: as text, JSON or a workbook with what it rests on, as CSV and JSON Lines the rows alone. The sink is not
 * finished. */
QCODE_API bool qcode_analysed_write(const qcode_analysed *analysed, const qcode_table_style *style,
                                    const qcode_memory *memory, qcode_sink *sink, qcode_error *err);

/* The same as one page without scripts. */
QCODE_API bool qcode_analysed_page(const qcode_analysed *analysed, const char *title, const qcode_memory *memory,
                                   qcode_sink *sink, qcode_error *err);

#endif
