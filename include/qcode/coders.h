/* What coders gave to passages of a set of transcripts, people as well as rules, read back from where it is kept. */
#ifndef QCODE_CODERS_H
#define QCODE_CODERS_H

#include <qcode/codings.h>
#include <qcode/notes.h>
#include <qcode/read.h>

/* A stretch of a document that a coder gave a code. Passages that share coder, code, document, source and line are the
 * pieces of one segment. All but the span are indexes. */
typedef struct qcode_passage {
    size_t document, coder, code, source;
    qcode_span span; /* bytes of the document's text; never empty */
    size_t line;     /* of the source, from 1; of codings that were not read, the segment's place, from 1 */
    qcode_basis basis;
} qcode_passage;

/* A stretch that a source lists as a unit, coded or not. */
typedef struct qcode_listed {
    size_t document, source;
    qcode_span span;
    size_t line;
} qcode_listed;

/* Codings of any number of coders of the same transcripts, which have to outlive them. Coders and codes go by their
 * names, in the order they were met. Passages are by document, coder, code, start and end; listed units by document,
 * start and end. */
typedef struct qcode_coders qcode_coders;

QCODE_API qcode_coders *qcode_coders_new(const qcode_transcript *const *documents, size_t count,
                                         const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_coders_free(qcode_coders *coders);

/* Adds what a file holds: a run's folder, segments.jsonl or segments.csv of qcode, CSV or TSV with a row for each coding
 * (document, start, end, code, coder, text: by any of their usual names), or with a row for each unit (document, text,
 * turn, and a column of codes joined by ; for each coder: coder_a, coder_b ...), any of these as the first sheet of a
 * workbook, or a coding sheet (qcode/sheet.h), of which only what was filled in says anything. `coder` is who all of it is by; NULL:
 * whom it names, else the file's name without its ending.
 *
 * A coding stands where its quoted words stand. When they are not at the place it names, other ways of counting are tried
 * (code points, UTF-16, bytes; CRLF as two; a byte order mark counted) and the one that fits most of the source is taken,
 * with a note; what still does not fit is looked for by its words, near that place. What cannot be placed is a note with
 * its line. Nothing is added when it fails. */
QCODE_API bool qcode_coders_read(qcode_coders *coders, const char *path, const char *coder, qcode_notes *notes,
                                 qcode_error *err);

/* Adds what rules, or anyone, found in one of the documents. */
QCODE_API bool qcode_coders_add(qcode_coders *coders, const char *coder, const qcode_codings *codings,
                                qcode_error *err);

/* The number of a document, coder or code; SIZE_MAX when there is none of this name. */
QCODE_API size_t qcode_coders_find_document(const qcode_coders *coders, const char *name);
QCODE_API size_t qcode_coders_find(const qcode_coders *coders, const char *coder);
QCODE_API size_t qcode_coders_find_code(const qcode_coders *coders, const char *code);

QCODE_API size_t qcode_coders_document_count(const qcode_coders *coders);
QCODE_API const qcode_transcript *qcode_coders_document(const qcode_coders *coders, size_t index);
QCODE_API size_t qcode_coders_count(const qcode_coders *coders);
QCODE_API const char *qcode_coders_name(const qcode_coders *coders, size_t coder);
QCODE_API size_t qcode_coders_code_count(const qcode_coders *coders);
QCODE_API const char *qcode_coders_code(const qcode_coders *coders, size_t code);
QCODE_API size_t qcode_coders_source_count(const qcode_coders *coders);
QCODE_API const char *qcode_coders_source(const qcode_coders *coders, size_t source);

QCODE_API const qcode_passage *qcode_coders_passages(const qcode_coders *coders, size_t *count);
QCODE_API const qcode_listed *qcode_coders_listed(const qcode_coders *coders, size_t *count);

/* Whether what was read shows that the coder looked at the document: a passage of theirs, or a listed unit. */
QCODE_API bool qcode_coders_saw(const qcode_coders *coders, size_t coder, size_t document);

/* Transcripts that end together. */
typedef struct qcode_talks qcode_talks;
QCODE_API const qcode_transcript *const *qcode_talks_all(const qcode_talks *talks, size_t *count);
QCODE_API void qcode_talks_free(qcode_talks *talks);

/* The transcripts of a complete run's folder, as they were when they were coded. */
QCODE_API qcode_talks *qcode_talks_of_run(const char *folder, const qcode_memory *memory, qcode_error *err);

/* The same of what qcode_coders_read takes: the texts inside a project of another program; none where a file holds codings
 * alone. `options` may be NULL. */
QCODE_API qcode_talks *qcode_talks_of_codings(const char *path, const qcode_read_options *options,
                                              const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* Where no text is to be had: for each document that tables of codings name, a stand-in as long as they reach, with one
 * turn of nobody's from the first place that is coded to the last. Codings stand there by their numbers alone. */
#define QCODE_FORMAT_OF_PLACES "places"
QCODE_API qcode_talks *qcode_talks_of_places(const char *const *paths, size_t count, const qcode_memory *memory,
                                             qcode_notes *notes, qcode_error *err);

#endif
