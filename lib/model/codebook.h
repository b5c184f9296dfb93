/* A codebook from inside: what the reader fills in and the matcher compiles. */
#ifndef QC_MODEL_CODEBOOK_H
#define QC_MODEL_CODEBOOK_H

#include "base/memory.h"
#include "model/evidence.h"
#include <qcode/codebook.h>
#include <qcode/codings.h>
#include <qcode/transcript.h>

enum { QC_ORIGIN_COUNT = QCODE_INDUCTIVE + 1, QC_CLAIM_COUNT = QCODE_CLAIM_WISHED + 1 };
enum { QC_UNIT_COUNT = QCODE_UNIT_DOCUMENT + 1, QC_SCOPE_COUNT = QCODE_SCOPE_ALL + 1 };

/* A term or a regex as written, with the place where it begins (its quote, if it has one). */
typedef struct qc_pattern {
    const char *text;
    size_t length;
    size_t line, column;
    size_t source_start, source_end; /* bytes of the codebook's file, for qc_pattern_place */
} qc_pattern;

typedef struct qc_patterns {
    const qc_pattern *at;
    size_t count;
} qc_patterns;

/* How far apart things may stand that belong together. */
typedef struct qc_within {
    enum { QC_WITHIN_SENTENCE, QC_WITHIN_TURN, QC_WITHIN_WORDS } reach;
    size_t words; /* QC_WITHIN_WORDS: at most so many between them */
} qc_within;

/* The limits of a rule's condition. */
enum { QC_MOST_NEAR = 5, QC_MOST_CONDITIONS = 1000, QC_MOST_DEPTH = 16 };

/* One node of what a rule asks for; children stand before their parent, the whole is the last. */
typedef struct qc_condition {
    enum {
        QC_WORDS, /* terms or regexes */
        QC_OTHER_CODE,  /* what another code has found */
        QC_NEAR,  /* its children, near each other */
        QC_ALL,
        QC_ANY,
        QC_NOT /* none of its children */
    } kind;
    size_t parent;      /* SIZE_MAX: the whole */
    bool has_window;    /* NEAR, ALL: `within` is its own; otherwise its parent's holds */
    qc_within within;
    bool ordered;       /* NEAR */
    bool ghost;         /* WORDS, CODE: needed, but no part of what is coded */
    qc_patterns terms, regexes;
    const qcode_code *code;
    size_t line, column;
} qc_condition;

/* A hit of another code that has to stand behind a rule's hit, or before it. */
typedef struct qc_beside {
    const qcode_code *code;
    bool behind; /* the other code's hit comes after this one's */
    qc_within within;
} qc_beside;

/* What has to hold of the turn. */
typedef struct qc_where {
    const char *attribute; /* NULL: the role */
    const char *const *values;
    size_t value_count;
} qc_where;

struct qcode_rule {
    const char *id; /* "leadership/1" */
    const qcode_code *code;
    size_t index;        /* in the whole codebook, from 0 */
    size_t line, column; /* of its id, or where it begins */
    qc_patterns terms;   /* with $lists put in their place */
    qc_patterns regexes;
    qc_patterns unless_terms; /* the rule's own and its code's */
    qc_patterns unless_regexes;
    const qc_condition *conditions; /* instead of terms and regexes */
    size_t condition_count;
    qc_patterns ghost_terms, ghost_regexes; /* one of them has to stand where `unless` would look */
    const qc_beside *besides;
    size_t beside_count;
    const qc_where *wheres; /* all have to hold */
    size_t where_count;
    qc_patterns question_terms, question_regexes; /* one of them has to stand in the question */
    bool case_exact;
    int64_t weight; /* in millionths; 1 unless evidence is weighed */
    bool weak;      /* counts in full only where its code is believed in */
    bool echoes;    /* counts as far as own words of its code stood shortly before */
    bool asks;      /* looks at the interviewer's question, as evidence for the answer */
    const char *note;
};

typedef struct qc_example {
    const char *text;
    size_t length;
    size_t line, column;
    bool match; /* must match, or must not */
    const char *question; /* that it answers; NULL: nobody in particular speaks */
    const qcode_attribute *attributes; /* of who says it; with them it is a respondent who speaks */
    size_t attribute_count;
} qc_example;

struct qcode_code {
    const char *id, *name, *definition, *include, *exclude, *color, *note;
    size_t index, line, column; /* the place is its id's */
    qcode_unit unit;
    qcode_scope scope;
    qcode_code_origin origin;
    const qcode_code *parent; /* NULL: none */
    bool has_children;
    bool retired; /* in the book for what was coded with it; no rule gives it any more */
    bool aspect; /* of its parent, where evidence is weighed: given with it where a rule of its own matches, and never weighed */
    int64_t threshold; /* in millionths, where evidence is weighed */
    const qcode_rule *rules;
    size_t rule_count;
    const qc_example *examples;
    size_t example_count;
    const qcode_codebook *book;
};

struct qcode_theme {
    const char *id, *name, *definition, *note;
    const qcode_code **codes;
    size_t code_count;
    size_t line, column;
};

/* Whether the code belongs to the theme: it is named there, or one that it stands under is. */
bool qc_theme_has(const qcode_theme *theme, const qcode_code *code);

/* Words that tell, where they stand before a hit and in its sentence, how what is said is meant. */
typedef struct qc_status_cue {
    qcode_claim claim;
    qc_within within; /* the sentence, or so many words of it */
    qc_patterns terms, regexes;
    size_t line, column;
} qc_status_cue;

/* A named lexicon, kept for the lint. */
typedef struct qc_list {
    const char *name;
    qc_patterns terms;
    size_t line, column;
    bool used;
} qc_list;

struct qcode_codebook {
    qc_arena arena; /* holds the book itself and everything below */
    const char *source; /* the file, for errors */
    const char *title, *version, *language, *description;
    const char *const *sources; /* where it comes from: papers, manuals */
    size_t source_count;
    bool experimental; /* not to be counted in tables and reports unless somebody asks */
    const char *const *guide; /* the questions of the interview guide */
    size_t guide_count;
    char hash[65];
    const char *bytes; /* verbatim, with a NUL behind */
    size_t length;
    const qcode_code *codes;
    size_t count;
    const qcode_code *const *by_id; /* the codes in the order of their ids' bytes */
    const qcode_code_change *changes; /* in the order of the file */
    size_t change_count;
    const qc_status_cue *status_cues; /* in the order of the file */
    size_t status_cue_count;
    const qcode_theme *themes;
    size_t theme_count;
    const qc_list *lists;
    size_t list_count;
    size_t rule_count; /* of all codes and cues */
    bool weighed;      /* evidence is weighed; else a hit codes its unit */
    int64_t numbers[QC_NUMBERS];
    const qcode_code *cues; /* QC_CUES of them, as codes that are never given: their indices follow those of the codes;
                             * NULL when the book has neither topics nor evidence */
    /* Whoever read the file knows how text is written in it: see qc_pattern_place. */
    void (*place)(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line, size_t *column);
};

/* Where byte `offset` of the pattern's text was written; `offset` may be its length. For errors inside a pattern. */
void qc_pattern_place(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line,
                      size_t *column);

/* The order of `by_id`, for qsort over pointers to codes; the same ids by their place in the book. */
int qc_code_compare(const void *a, const void *b);

/* The code that an id stands for: one of that id, else what the codebook's changes ("rename a to b", "merge a into b") made
 * of it. NULL when it is none. */
const qcode_code *qc_follow_changes(const qcode_codebook *book, const char *id);

/* "sentence" ...; the reader and the outputs use the same names. */
const char *qc_unit_name(qcode_unit unit);
const char *qc_scope_name(qcode_scope scope);
const char *qc_claim_name(qcode_claim claim);         /* "" for none */
const char *qc_origin_name(qcode_code_origin origin); /* "" for none */

#endif
