/* What people decided about codings, and their memos: files of their own, one
 * line each, that outlive every change of rules, codes and transcripts and that
 * git can merge. */
#ifndef QCODE_DECISIONS_H
#define QCODE_DECISIONS_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/sink.h>
#include <qcode/table.h>

/* What a line of decisions.jsonl says. */
typedef enum qcode_act {
    QCODE_ACT_ACCEPT,
    QCODE_ACT_REJECT,
    QCODE_ACT_EDIT, /* other boundaries */
    QCODE_ACT_ADD,  /* a passage that no rule proposed */
    QCODE_ACT_MEMO,
    QCODE_ACT_FINISHED, /* the coder is done with the document */
    QCODE_ACT_CODE      /* a code made by hand */
} qcode_act;

typedef enum qcode_memo_kind {
    QCODE_MEMO_NONE,
    QCODE_MEMO_ANALYTIC,
    QCODE_MEMO_METHOD,
    QCODE_MEMO_REFLEXIVE
} qcode_memo_kind;

/* "accept" ..., "analytic" ...; "" for QCODE_MEMO_NONE. */
QCODE_API const char *qcode_act_name(qcode_act act);
QCODE_API const char *qcode_memo_kind_name(qcode_memo_kind kind);

/* Code points [start, end) of a transcript's text. */
typedef struct qcode_points {
    size_t start, end;
} qcode_points;

/* Strings are "" where nothing is said, spans empty. */
typedef struct qcode_decision {
    qcode_act act;
    const char *document, *code; /* the document's name, the code's id */
    qcode_points span;
    const char *text, *before, *after; /* the quoted words, and what stands around them */
    qcode_points was;                  /* of an edit: as it was proposed */
    const char *was_text;
    const char *by, *on; /* who, and when: 2026-11-22T18:04:05Z */
    const char *reason;  /* why; of a memo its words */
    qcode_memo_kind kind;
    const char *respondent;                 /* whom a memo is about */
    bool on_study;                          /* a memo is about the study */
    const char *name, *definition, *origin; /* of a code made by hand */
    const char *codebook;                   /* the version the person had before them */
    bool undone;                            /* the person took it back */
} qcode_decision;

/* Decisions of any number of people, in the order of the file: document, start,
 * end, code, on, by, act. What somebody said later about the same subject
 * stands in the place of what they said before; memos stand side by side. */
typedef struct qcode_decisions qcode_decisions;

QCODE_API qcode_decisions *qcode_decisions_new(const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_decisions_free(qcode_decisions *decisions);

/* Adds the lines of a decisions.jsonl ("-": the standard input). Nothing is
 * added when it fails. */
QCODE_API bool qcode_decisions_read(qcode_decisions *decisions, const char *path, qcode_notes *notes, qcode_error *err);
QCODE_API bool qcode_decisions_parse(qcode_decisions *decisions, const void *data, size_t length, const char *name,
                                     qcode_notes *notes, qcode_error *err);

/* Adds one; its strings are copied, and NULL is "". Refused when it does not
 * say what its act needs. */
QCODE_API bool qcode_decisions_add(qcode_decisions *decisions, const qcode_decision *decision, qcode_error *err);

QCODE_API size_t qcode_decisions_count(const qcode_decisions *decisions);

/* By their order; lasts until something is added. */
QCODE_API const qcode_decision *qcode_decisions_at(const qcode_decisions *decisions, size_t index);

/* All as JSON Lines, in their order: the same decisions give the same bytes.
 * The sink is not finished. */
QCODE_API bool qcode_decisions_write(const qcode_decisions *decisions, qcode_sink *sink, qcode_error *err);

/* Adds a memo to a decisions.jsonl, which is made if absent and replaced whole. `memo` says all but its act. */
QCODE_API bool qcode_memo_add(const char *path, const qcode_decision *memo, const qcode_memory *memory,
                              qcode_notes *notes, qcode_error *err);

/* The memos in which all of the words stand ("": all memos), in any case: kind, document, start, end, code, respondent,
 * on_study, by, on, memo. */
QCODE_API qcode_table *qcode_memos(const qcode_decisions *decisions, const char *words, const qcode_memory *memory,
                                   qcode_error *err);

/* What is left to people in a complete run's folder, a row for each: what (judge, conflict, unplaced), document, line,
 * start, end, code, by, why. No words of the interviews are in it. */
QCODE_API qcode_table *qcode_todo(const char *folder, const qcode_memory *memory, qcode_error *err);

/* How a complete run's folder came to be, by date: on, what, by, document, start, end, code, reason. Changes of the
 * codebooks, then decisions and memos; the run itself has no date and is the last. */
QCODE_API qcode_table *qcode_trail(const char *folder, const qcode_memory *memory, qcode_error *err);

#endif
