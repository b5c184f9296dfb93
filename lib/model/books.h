/* Codebooks that are used together: their codes and themes in one row, the first book's first. */
#ifndef QC_MODEL_BOOKS_H
#define QC_MODEL_BOOKS_H

#include <qcode/codebook.h>
#include <qcode/error.h>

size_t qc_books_code_count(qcode_codebooks books);
size_t qc_books_theme_count(qcode_codebooks books);

/* By their place in the row. */
const qcode_code *qc_books_code(qcode_codebooks books, size_t index);
const qcode_theme *qc_books_theme(qcode_codebooks books, size_t index);

/* The place of a code among the codes of all. */
size_t qc_books_index(qcode_codebooks books, const qcode_code *code);

/* NULL when no book has such a code. */
const qcode_code *qc_books_find(qcode_codebooks books, const char *id);

/* The same by what the books' changes made of the id, too. */
const qcode_code *qc_books_follow(qcode_codebooks books, const char *id);

/* Whether they can be used together: not too many, and no id twice. */
bool qc_books_check(qcode_codebooks books, qcode_error *err);

/* "codebook.yaml", "codebook-2.yaml" ...: what a run's folder calls them. */
const char *qc_books_file(size_t place);

#endif
