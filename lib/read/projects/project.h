/* What other programs keep of a coded study: their sources, codes, codings, cases and notes, as they are found. */
#ifndef QC_READ_PROJECTS_PROJECT_H
#define QC_READ_PROJECTS_PROJECT_H

#include "base/bytes.h"
#include "base/memory.h"
#include "base/set.h"
#include "read/codings/offsets.h"
#include "read/codings/rows.h"
#include <qcode/limits.h>
#include <qcode/notes.h>

#define QC_NO_ITEM SIZE_MAX

/* Strings are never NULL ("" where nothing is said) but where it says so, are well-formed UTF-8, and live in the
 * project's arena. Items go by their place in the project. */
typedef struct qc_project_source {
    const char *name; /* unique */
    const char *text; /* NULL: the project does not hold it */
    size_t length;
    const char *memo;
    bool is_file_name; /* the file does not say what it is about: the name is its own */
} qc_project_source;

typedef struct qc_project_code {
    const char *name, *color, *definition;
    size_t parent;    /* a code before or behind it, or QC_NO_ITEM */
    bool is_category; /* no passage can have it */
    const char *const *terms; /* of a dictionary, as qcode writes terms */
    size_t term_count;
} qc_project_code;

typedef struct qc_project_coding {
    size_t source, code;
    const char *coder; /* "": nobody is named */
    const char *words; /* the quoted words, maybe cut short; whole once it is settled */
    const char *memo;
    size_t start, end; /* as the project counts, or QC_NO_OFFSET; code points once it is settled */
    size_t line;       /* of the file, or the coding's number; from 1 */
} qc_project_coding;

/* Something known of a case or of a source. */
typedef struct qc_project_value {
    size_t of; /* a case */
    const char *name, *value;
} qc_project_value;

typedef struct qc_project_case {
    const char *name, *memo;
    size_t source; /* where it is met first, or QC_NO_ITEM: not known */
} qc_project_case;

typedef struct qc_project_memo {
    const char *title, *text, *about, *coder;
} qc_project_memo;

/* What qcode has no place for: "drawing", and which. */
typedef struct qc_project_loss {
    const char *what, *name; /* `what` is a static string in the singular */
} qc_project_loss;

typedef struct qc_project {
    qc_arena arena;
    const char *program;     /* who wrote it, as far as it says */
    qc_convention preferred; /* how its format counts, where the words do not tell */
    bool is_dictionary;      /* codes with terms, nothing else */
    const char *language;    /* of terms, or "" */
    const char *encoding;    /* of its texts, as the user says; NULL: as found */
    qc_set source_names, guids; /* guids: see qc_project_guid */
    qc_buffer guid_items;       /* of size_t, one for each of `guids` */
    qc_buffer sources, codes, codings, cases, values, memos, losses; /* of the structures above */
} qc_project;

qc_project qc_project_init(const qcode_memory *memory);
void qc_project_clear(qc_project *project);

/* The number of a new item, or QC_NO_ITEM when memory runs out. A source's name that is taken gets " (2)". */
size_t qc_project_add_source(qc_project *project, const qc_project_source *source);
size_t qc_project_add_code(qc_project *project, const qc_project_code *code);
size_t qc_project_add_case(qc_project *project, const qc_project_case *new_case);
bool qc_project_add_coding(qc_project *project, const qc_project_coding *coding);
bool qc_project_add_value(qc_project *project, size_t of, const char *name, const char *value);
bool qc_project_add_memo(qc_project *project, const qc_project_memo *memo);
bool qc_project_lose(qc_project *project, const char *what, const char *name);

size_t qc_project_source_count(const qc_project *project);
size_t qc_project_code_count(const qc_project *project);
size_t qc_project_coding_count(const qc_project *project);
qc_project_source *qc_project_source_at(const qc_project *project, size_t index);
qc_project_code *qc_project_code_at(const qc_project *project, size_t index);
qc_project_coding *qc_project_coding_at(const qc_project *project, size_t index);

/* The code of this name, added if new; the source of this name, added without text if new. */
size_t qc_project_code_named(qc_project *project, const char *name, size_t length);
size_t qc_project_source_named(qc_project *project, const char *name);

/* The nameless case that stands for what is known of a source as a whole; QC_NO_ITEM when memory runs out. */
size_t qc_project_source_case(qc_project *project, size_t source);

/* Keeps what a project calls an item, and asks for it: QC_NO_ITEM when nothing is called so. `kind` (not 'n' or 'f') keeps apart
 * what is numbered by itself. The case of hexadecimal digits does not count, nor do braces. */
bool qc_project_call(qc_project *project, char kind, const char *id, size_t item);
size_t qc_project_called(const qc_project *project, char kind, const char *id);

/* Finds how each source counts, by its quoted words and by where words begin and end; from then on places are code points,
 * and the words of a coding are those at its place. What cannot be placed keeps its words alone. */
bool qc_project_settle(qc_project *project, const char *path, qcode_notes *notes, qcode_error *err);

/* The codings as rows. */
bool qc_project_rows(const qc_project *project, qc_coding_rows *rows);

/* A file of another program. */
typedef struct qc_project_file {
    const char *path;
    const unsigned char *data;
    size_t length;
    const qcode_limits *limits; /* resolved */
    const qcode_memory *memory;
} qc_project_file;

/* One file for each kind, listed in projects.c. */
typedef struct qc_project_reader {
    const char *name;
    bool (*sniff)(const qc_project_file *file);
    bool (*read)(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err);
} qc_project_reader;

extern const qc_project_reader qc_read_refi, qc_read_refi_xml, qc_read_database, qc_read_brat, qc_read_webanno,
    qc_read_json;

/* The reader for some bytes, or NULL when no other program's file is known by them. */
const qc_project_reader *qc_project_reader_of(const qc_project_file *file);

/* Whether a folder is another program's project. */
bool qc_project_in(const char *folder);

/* Reads a file's bytes, or the file, or the folder of a project, and settles it. `*known` is false, and nothing is read, when
 * it is no project; that is no failure. `project` is to be cleared in any case. */
bool qc_project_parse(qc_project *project, const qc_bytes *bytes, const char *path, const qcode_limits *limits,
                      bool *known, qcode_notes *notes, qcode_error *err);
bool qc_project_read(qc_project *project, const char *path, const qcode_limits *limits, bool *known,
                     qcode_notes *notes, qcode_error *err);

/* A file that no program keeps a study in, for an import: a dictionary, or a table of codings. */
bool qc_project_read_other(qc_project *project, const char *path, const qcode_limits *limits, qcode_notes *notes,
                           qcode_error *err);

/* A dictionary, known by the ending of its name. */
bool qc_dictionary_read(qc_project *project, const qc_project_file *file, bool *known, qcode_notes *notes,
                        qcode_error *err);

/* One note for each kind of thing that is lost, with its number. */
void qc_project_tell_losses(const qc_project *project, const char *path, qcode_notes *notes);

/* A decoded copy of a file's text in the project's arena, with its length. NULL with `err` when it cannot be. */
const char *qc_project_decode(qc_project *project, const void *data, size_t length, const char *source, size_t *size,
                              qcode_notes *notes, qcode_error *err);

#endif
