/* The codes an analyst looks for. Their rules are compiled in qcode/match.h. */
#ifndef QCODE_CODEBOOK_H
#define QCODE_CODEBOOK_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>
#include <qcode/notes.h>

/* What a hit codes. */
typedef enum qcode_unit {
    QCODE_UNIT_SENTENCE,
    QCODE_UNIT_MATCH, /* the matched words alone */
    QCODE_UNIT_PARAGRAPH,
    QCODE_UNIT_TURN,
    QCODE_UNIT_ANSWER, /* all speech in scope up to the next new topic, as pieces */
    QCODE_UNIT_DOCUMENT /* all speech in scope, as pieces */
} qcode_unit;

/* Whose words are looked at. A text without speakers is always looked at. */
typedef enum qcode_scope { QCODE_SCOPE_RESPONDENT, QCODE_SCOPE_INTERVIEWER, QCODE_SCOPE_ALL } qcode_scope;

/* Where a code comes from: a theory brought along, or the interviews themselves. */
typedef enum qcode_code_origin { QCODE_ORIGIN_NONE, QCODE_DEDUCTIVE, QCODE_INDUCTIVE } qcode_code_origin;

typedef struct qcode_codebook qcode_codebook;
typedef struct qcode_code qcode_code; /* lives and dies with its codebook */
typedef struct qcode_rule qcode_rule; /* lives and dies with its code */
typedef struct qcode_theme qcode_theme; /* groups codes; lives and dies with its codebook */

/* Reads a codebook (the grammar is in the manual, qcode-codebook). NULL when it cannot be used: then `err` has the
 * first reason and `notes` all of them. "-" is the standard input. A read codebook never changes; threads may share it. */
QCODE_API qcode_codebook *qcode_codebook_read(const char *path, const qcode_memory *memory, qcode_notes *notes,
                                              qcode_error *err);

/* The same from `length` bytes; `name` stands for the file in errors. The bytes are copied. */
QCODE_API qcode_codebook *qcode_codebook_parse(const void *data, size_t length, const char *name,
                                               const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_codebook_free(qcode_codebook *book);

QCODE_API const char *qcode_codebook_title(const qcode_codebook *book);   /* "" when it has none */
QCODE_API const char *qcode_codebook_version(const qcode_codebook *book); /* "" when it has none */
QCODE_API const char *qcode_codebook_hash(const qcode_codebook *book);    /* SHA-256 of its bytes, hexadecimal */
QCODE_API const void *qcode_codebook_bytes(const qcode_codebook *book, size_t *length); /* verbatim */

/* The questions of the interview guide that it holds, and how many; see qcode/guide.h. */
QCODE_API const char *const *qcode_codebook_guide(const qcode_codebook *book, size_t *count);

/* What was changed in it, by whom, when (2023-03-14) and why; "" where that is not said. In the order of the file. */
typedef struct qcode_code_change {
    const char *what, *by, *on, *reason;
} qcode_code_change;

QCODE_API const qcode_code_change *qcode_codebook_changes(const qcode_codebook *book, size_t *count);

/* Whether evidence is weighed; else a match codes its unit. */
QCODE_API bool qcode_codebook_weighs(const qcode_codebook *book);

/* Whether it says of itself that it is experimental: tables and reports leave its codes out unless they are asked for. */
QCODE_API bool qcode_codebook_is_experimental(const qcode_codebook *book);

QCODE_API size_t qcode_codebook_count(const qcode_codebook *book);
QCODE_API const qcode_code *qcode_codebook_at(const qcode_codebook *book, size_t index);

/* NULL when no code has this id. */
QCODE_API const qcode_code *qcode_codebook_find(const qcode_codebook *book, const char *id);

QCODE_API size_t qcode_codebook_theme_count(const qcode_codebook *book);
QCODE_API const qcode_theme *qcode_codebook_theme(const qcode_codebook *book, size_t index);
QCODE_API const char *qcode_theme_id(const qcode_theme *theme);
QCODE_API const char *qcode_theme_name(const qcode_theme *theme); /* the id when it has no name */
QCODE_API size_t qcode_theme_code_count(const qcode_theme *theme);
QCODE_API const qcode_code *qcode_theme_code(const qcode_theme *theme, size_t index); /* its children belong too */

QCODE_API const char *qcode_code_id(const qcode_code *code);
QCODE_API const char *qcode_code_name(const qcode_code *code);       /* the id when it has no name */
QCODE_API const char *qcode_code_definition(const qcode_code *code); /* "" when it has none */
QCODE_API const char *qcode_code_color(const qcode_code *code);      /* "#rrggbb", or "" */
QCODE_API qcode_unit qcode_code_unit(const qcode_code *code);
QCODE_API qcode_scope qcode_code_scope(const qcode_code *code);
QCODE_API const qcode_code *qcode_code_parent(const qcode_code *code); /* NULL when it stands under no other */
QCODE_API qcode_code_origin qcode_code_from(const qcode_code *code);
QCODE_API bool qcode_code_retired(const qcode_code *code); /* no rule gives it any more */
QCODE_API size_t qcode_code_index(const qcode_code *code); /* its place in the codebook, from 0 */
QCODE_API size_t qcode_code_rule_count(const qcode_code *code);
QCODE_API const qcode_rule *qcode_code_rule(const qcode_code *code, size_t index);
QCODE_API const char *qcode_rule_id(const qcode_rule *rule); /* "leadership/1" */

/* Codebooks that are used together, each with its own rules; nobody changes them. No two have a code or theme of one id. */
typedef struct qcode_codebooks {
    qcode_codebook *const *at;
    size_t count;
} qcode_codebooks;

/* How many may be used together. */
enum { QCODE_MOST_CODEBOOKS = 9 };

#endif
