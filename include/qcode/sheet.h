/* Coding by hand in a spreadsheet: sheets with a row for each unit and a column for each code, and rounds of several coders. */
#ifndef QCODE_SHEET_H
#define QCODE_SHEET_H

#include <qcode/job.h>

/* What is drawn for a round. */
typedef struct qcode_sample {
    double share;     /* of each stratum, above 0 and up to 1, rounded up; 0: `count` */
    size_t count;     /* of each stratum at most; 0 (and no share): all */
    bool units;       /* units are drawn; else interviews, with all their units */
    const char *by;   /* an attribute whose values are the strata ("group"); NULL: one stratum */
    uint64_t seed;
} qcode_sample;

typedef struct qcode_sheet_job {
    qcode_inputs inputs;
    const qcode_codebook *book;
    const char *unit;   /* "sentence", "turn", "answer", "document"; NULL: sentence */
    bool everybody;     /* interviewers' words too */
    bool blind;         /* does not show what the rules propose */
    qcode_sample sample;
    const char *path;   /* of the one sheet; ends in .xlsx or .csv */
    /* Or a round: a folder, with a sheet for each coder named after them, and assignments.csv (coder, document, codes, round). */
    const char *folder;
    const char *const *coders;
    size_t coder_count;
    size_t round;
    bool csv; /* sheets of a round are CSV; else workbooks */
} qcode_sheet_job;

typedef struct qcode_sheet_totals {
    size_t documents, units; /* in each sheet */
    size_t all_documents, all_units;
    size_t refused;
} qcode_sheet_totals;

/* Writes the sheets. One that is there already may hold somebody's work: it is never written over. */
QCODE_API bool qcode_sheet(const qcode_sheet_job *job, const qcode_memory *memory, qcode_sheet_totals *totals,
                           qcode_notes *notes, qcode_error *err);

/* A codebook as a table (code, name, definition, include, exclude, examples, counterexamples, parent, color, terms), in any
 * format of tables: of its rules those that are terms and nothing else, with a note on the others. The sinks are not finished. */
QCODE_API bool qcode_codebook_to_table(const qcode_codebook *book, qcode_format format, const qcode_memory *memory,
                                       qcode_sink *sink, qcode_notes *notes, qcode_error *err);

/* The codebook that a table (CSV, or a sheet of a workbook) says, as YAML. What is wrong with it is told by its cell. */
QCODE_API bool qcode_codebook_from_table(const char *path, const qcode_memory *memory, qcode_sink *sink, qcode_notes *notes,
                                         qcode_error *err);

#endif
