/* Whole jobs: what the qcode command does, for programs. */
#ifndef QCODE_JOB_H
#define QCODE_JOB_H

#include <qcode/codebook.h>
#include <qcode/decisions.h>
#include <qcode/error.h>
#include <qcode/match.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/read.h>
#include <qcode/sink.h>
#include <qcode/table.h>

/* What a job reads, and how. */
typedef struct qcode_inputs {
    const char *const *paths; /* transcripts, in the order of the results; "-" once is the standard input */
    size_t path_count;
    qcode_read_options read; /* its `name` is not used */
    size_t threads;          /* 0: as many as there are processors */
    bool keep_going;         /* a document that is refused does not stop the others */
    /* Told before the outputs are opened, with 0 done and all pipes read, and after each file, from the calling thread;
     * false stops the job (QCODE_STOPPED). May be NULL. */
    bool (*progress)(void *user, size_t done, size_t total);
    void *progress_user;
} qcode_inputs;

/* Coding a set of documents with codebooks. Exactly one of `folder` and `out` is given. */
typedef struct qcode_code_job {
    qcode_codebooks codebooks;
    const qcode_study *study; /* goes into the folder; NULL: none */
    const char *const *codebook_paths; /* of each; these and the next two: never written over; NULL: none */
    const char *cases_path;
    const char *study_path;
    const qcode_decisions *decisions; /* of people: applied to what the rules find, and copied to the folder; NULL: none */
    const char *const *decisions_paths; /* never written over either */
    size_t decisions_path_count;
    qcode_inputs inputs;
    const char *folder;  /* a run's folder, made if absent */
    qcode_sink *out;     /* or: the segments alone */
    qcode_format format; /* not QCODE_FORMAT_JSON or _XLSX */
    qcode_match_options match;
    const char *coder;  /* NULL: "qcode" */
    bool no_report;     /* leave report.html out of the folder */
    size_t context;     /* QCODE_FORMAT_TEXT alone: a line for each match, with so many code points on either side of it;
                           0: a paragraph for each segment */
    bool color;         /* QCODE_FORMAT_TEXT alone: mark the matched words for a terminal */
    bool screen;        /* QCODE_FORMAT_CSV alone: `out` is a terminal, so control characters are spelt out */
} qcode_code_job;

/* What a code and those under it have; a passage that several of them have is counted once. */
typedef struct qcode_code_count {
    const qcode_code *code;
    size_t segments;
    size_t interviews;  /* documents with a segment of this code */
    size_t respondents; /* distinct respondents with a segment of this code that rests on their own words */
    size_t own_words;   /* segments that rest on the speaker's own words */
} qcode_code_count;

/* Of all codes of a theme together; a passage that several of them have is counted once. */
typedef struct qcode_theme_count {
    const qcode_theme *theme;
    size_t segments, interviews, respondents;
} qcode_theme_count;

/* Who is in none of the numbers, and whose words are in no output: distinct, as respondents are. */
typedef struct qcode_kept_back {
    size_t withdrawn;
    size_t unused;    /* respondents without consent to use who have not withdrawn */
    size_t unquoted;  /* respondents who are counted and not quoted */
    size_t documents; /* in which nobody answers but who is left out */
} qcode_kept_back;

typedef struct qcode_code_totals {
    size_t documents;   /* coded; without those in which everybody who answers is left out */
    size_t refused;     /* only under keep_going */
    size_t respondents; /* distinct, in the coded documents: a case, else a speaker of a document */
    size_t turns, segments, vetoed; /* segments that nobody rejected */
    size_t accepted, edited, rejected; /* by a person; the first two are among the segments */
    size_t unplaced; /* decisions that could not be put anywhere */
    qcode_kept_back kept_back;
    qcode_code_count *codes; /* one for each code, in the codebooks' order; ended by qcode_code_totals_clear */
    size_t code_count;
    qcode_theme_count *themes;
    size_t theme_count;
    qcode_memory memory; /* where `codes` and `themes` came from */
} qcode_code_totals;

/* Does the job. False when it was not done: a refused document without keep_going (the first in order), an output
 * that failed. `notes` gets everything the readers had to say, document by document in order, and under keep_going
 * an error note for each refused document; it may be NULL. */
QCODE_API bool qcode_code_set(const qcode_code_job *job, const qcode_memory *memory, qcode_code_totals *totals,
                              qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_code_totals_clear(qcode_code_totals *totals);

/* What somebody looks for: a term as in a codebook, a regular expression, or the fields of a rule as YAML has them
 * between braces: "near: [[boss*], [visible]], within: 8 words". */
typedef enum qcode_pattern_kind { QCODE_PATTERN_TERM, QCODE_PATTERN_REGEX, QCODE_PATTERN_RULE } qcode_pattern_kind;

/* A codebook of one code, "found", which marks what matches the pattern, whoever says it. Errors call it "pattern" and
 * tell the column in it. `language` is for stems, as a codebook has it; NULL: none. */
QCODE_API qcode_codebook *qcode_pattern_codebook(const char *pattern, qcode_pattern_kind kind, const char *language,
                                                 const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* What was recognised in a set of documents, before anything is coded. */
typedef struct qcode_recognised {
    /* A row for each speaker, or one for a document without any: document, format, layout, encoding, speaker, role,
     * role_by (how the role was found), turns, words, case, group, and each other attribute
     * that any document has. */
    qcode_table *speakers;
    qcode_table *cases; /* the same as a cases.csv to begin from: document, speaker, role, case, group ... */
    qcode_table *notes; /* document, kind, line, column, text */
    size_t documents, refused;
} qcode_recognised;

/* False when it was not done, as with qcode_code_set. The tables are the caller's, to be ended with
 * qcode_recognised_clear. */
QCODE_API bool qcode_recognise(const qcode_inputs *inputs, const qcode_memory *memory, qcode_recognised *found,
                               qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_recognised_clear(qcode_recognised *found);

/* All of it for people: document by document, with its notes and with what to say where a guess is wrong. */
QCODE_API bool qcode_recognised_write(const qcode_recognised *found, const qcode_memory *memory, qcode_sink *sink,
                                      qcode_error *err);

/* The turns of a set of documents as tidy data: a row for each, with document, turn, speaker, role, time, question (its
 * words), text, case, group, and the speaker's further attributes. */
typedef struct qcode_turns_job {
    qcode_inputs inputs;
    qcode_format format; /* QCODE_FORMAT_JSONL or QCODE_FORMAT_CSV */
    bool raw;            /* CSV: no ' in front of what a spreadsheet would take for a formula */
    bool screen;         /* CSV: `out` is a terminal, so control characters are spelt out */
    qcode_sink *out;
} qcode_turns_job;

/* What was written. */
typedef struct qcode_turns_totals {
    size_t documents, refused, turns;
} qcode_turns_totals;

/* False when it was not done, as with qcode_code_set. The sink is finished. */
QCODE_API bool qcode_turns(const qcode_turns_job *job, const qcode_memory *memory, qcode_turns_totals *totals,
                           qcode_notes *notes, qcode_error *err);

/* Writes the report of a complete run's folder to report.html in it (or to `out` when given). */
QCODE_API bool qcode_report(const char *folder, qcode_sink *out, const qcode_memory *memory, qcode_notes *notes,
                            qcode_error *err);

/* Looks a codebook over: warnings go to `notes`; each example that fails is an error note with its place.
 * False when an error stopped the check; `*failed` and `*run` count examples. */
QCODE_API bool qcode_check(const qcode_codebook *book, const qcode_match_options *options, const qcode_memory *memory,
                           qcode_notes *notes, size_t *run, size_t *failed, qcode_error *err);

/* Why a line of a transcript got its codes, and why not others, for people to read: the rules that matched or were taken back,
 * and where evidence is weighed each part of each score, what was compared and what followed. */
typedef struct qcode_explain_job {
    qcode_codebooks codebooks; /* with a path: each says what it makes of the line */
    const char *path;
    size_t line; /* of the transcript's text, from 1 */
    const char *folder;  /* instead of these: a complete run's folder, with its own codebooks and documents ... */
    const char *segment; /* ... and the id of a segment in it, or a beginning that no other has */
    bool all;    /* where evidence is weighed: codes far below their thresholds too */
    qcode_read_options read;
    qcode_match_options match;
    qcode_sink *out;
} qcode_explain_job;

/* `*found`: there was anything to say. The sink is finished. */
QCODE_API bool qcode_explain(const qcode_explain_job *job, const qcode_memory *memory, bool *found, qcode_notes *notes,
                             qcode_error *err);

#endif
