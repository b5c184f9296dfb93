/* Rules made ready to run, and the run over one transcript. */
#ifndef QCODE_MATCH_H
#define QCODE_MATCH_H

#include <qcode/codebook.h>
#include <qcode/codings.h>
#include <qcode/error.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/transcript.h>

/* How rules run. Zero is the default of each. None of these changes a result. */
typedef struct qcode_match_options {
    bool no_jit; /* PCRE2's interpreter alone, for valgrind and the like */
    bool plain;  /* the reference: rule by rule, no shortcut */
} qcode_match_options;

/* Compiled rules of one codebook; they never change, threads may share them. They borrow from the codebook. */
typedef struct qcode_rules qcode_rules;

/* NULL when a pattern does not compile: `notes` names every bad pattern with its place, `err` the first. */
QCODE_API qcode_rules *qcode_rules_new(const qcode_codebook *book, const qcode_match_options *options,
                                       const qcode_memory *memory, qcode_notes *notes, qcode_error *err);
QCODE_API void qcode_rules_free(qcode_rules *rules);

/* What one thread needs to run rules: scratch that is used again from transcript to transcript. */
typedef struct qcode_matcher qcode_matcher;
QCODE_API qcode_matcher *qcode_matcher_new(const qcode_rules *rules, const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_matcher_free(qcode_matcher *matcher);

/* Codes one transcript. NULL when memory ran out or a limit was met (QCODE_LIMIT: the message names the rule, the
 * place is where in the transcript): then nothing of this document is coded, rather than some of it. */
QCODE_API qcode_codings *qcode_match(qcode_matcher *matcher, const qcode_transcript *talk, qcode_error *err);

#endif
