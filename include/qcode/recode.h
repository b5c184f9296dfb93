/* Changing codes in a codebook and in what was coded with it, together. */
#ifndef QCODE_RECODE_H
#define QCODE_RECODE_H

#include <qcode/codebook.h>
#include <qcode/table.h>

typedef enum qcode_recode_kind {
    QCODE_RENAME, /* codes: the id, and the new one */
    QCODE_MERGE,  /* codes: those that go, and behind them the one that has all: one of the book, or a new id */
    QCODE_SPLIT,  /* codes: the one that is split, and the new ones that come under it */
    QCODE_MOVE,   /* codes: those that are moved: `under` another, to the top, or into a `theme` */
    QCODE_RETIRE  /* codes: those that no rule gives any more */
} qcode_recode_kind;

typedef struct qcode_recode_job {
    qcode_recode_kind kind;
    const char *const *codes; /* ids */
    size_t code_count;
    const char *under; /* QCODE_MOVE: a code's id; NULL: see the next two */
    const char *theme; /* QCODE_MOVE: a theme's id: the codes are in it and in no other */
    bool top;          /* QCODE_MOVE: under no code */
    const char *by, *on, *reason; /* who, the date (2023-03-14), and why: written to `changes` in the codebook */
    const char *book;             /* the path of the codebook */
    /* What was coded: runs' folders, segments.jsonl or .csv, tables of codings (CSV, TSV), decisions.jsonl. */
    const char *const *codings;
    size_t coding_count;
    bool dry_run; /* everything is done but the writing */
} qcode_recode_job;

/* What became of a file of codings. */
typedef struct qcode_recoded {
    size_t changed; /* codings that have another code */
    size_t joined;  /* that were there twice then, and are one */
    size_t dropped; /* rejections of one code whose span the same person gave another of those that are one now */
} qcode_recoded;

/* Does it in all files or in none: no file changes before all new texts are known to be right, and when one cannot be put
 * in its place, those before it get back what they held. `counts` gets a line for each of `codings`. `*sheet`, which the
 * caller frees, gets the passages that a person has to look at again (of a split), a row each: file, line, document,
 * start, end, coder, text, was (the code), and an empty `code`; NULL for all other kinds. `notes` says what is worth a look. */
QCODE_API bool qcode_recode(const qcode_recode_job *job, const qcode_memory *memory, qcode_recoded *counts,
                            qcode_table **sheet, qcode_notes *notes, qcode_error *err);

#endif
