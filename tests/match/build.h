/* Codebooks and transcripts made by hand, and codings as text to compare. */
#ifndef TESTS_MATCH_BUILD_H
#define TESTS_MATCH_BUILD_H

#include "model/codebook.h"
#include "model/transcript.h"
#include "support/test.h"

#include <qcode/match.h>

/* A codebook being made. Rules belong to the code begun last, patterns to the rule begun last; all texts must outlive it. */
typedef struct book book;
book *book_new(void);
void book_code(book *made, const char *id, qcode_unit unit, qcode_scope scope);
void book_rule(book *made, bool case_exact);
void book_term(book *made, const char *text);
void book_regex(book *made, const char *text);
void book_unless_term(book *made, const char *text);
void book_unless_regex(book *made, const char *text);
const qcode_codebook *book_done(book *made); /* nothing can be added afterwards */
void book_free(book *made);

/* One code "c" for everybody with one rule. */
book *book_of(qcode_unit unit, const char *term, const char *regex);

/* A transcript being made: turns of "Interviewer", of others, or of nobody (NULL). A blank line in what is said parts
 * paragraphs, a line end is soft. */
typedef struct talk talk;
talk *talk_new(void);
void talk_say(talk *made, const char *speaker, const char *words, size_t length);
const qcode_transcript *talk_done(talk *made);
const qcode_transcript *talk_transcript(const talk *made); /* once it is done */
void talk_free(talk *made);

/* One turn of nobody. */
talk *talk_of(const char *words);

/* The codings as text, one line a segment: `code words | match, match`, then `vetoed match`; a line end in a match is /.
 * Static until the next call but one. NULL when the run failed; then `err` says why. */
const char *coded(const book *made, const talk *with, qcode_match_options options, qcode_error *err);

/* Whether two codings of one transcript by one codebook are the same, vetoed hits and all. */
bool same_codings(const qcode_codings *a, const qcode_codings *b);

#endif
