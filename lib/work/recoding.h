/* What a change of codes does to files of codings: each kind of file has its function, from text to text. */
#ifndef QC_WORK_RECODING_H
#define QC_WORK_RECODING_H

#include "base/buffer.h"
#include "base/set.h"
#include <qcode/recode.h>

/* Which ids are others now, between a codebook before and after. */
typedef struct qc_recode_map {
    const qcode_recode_job *job;
    const qcode_memory *memory;
    qcode_error *err;
    qc_arena arena;
    qc_set rules;            /* ids of rules before ... */
    const char **rules_now;  /* ... and now */
    const char *before, *now; /* the codebook's version, as segments have it */
    const char *fresh;       /* an id that no coding can have yet; NULL: none */
    qcode_table *sheet;      /* gets passages of the code that is split; NULL: none is */
    const char *path;        /* the file at hand */
} qc_recode_map;

/* False when memory runs out; clear it in any case. */
bool qc_recode_map_init(qc_recode_map *map, const qcode_recode_job *job, const qcode_codebook *before,
                        const qcode_codebook *now, const qcode_memory *memory, qcode_error *err);
void qc_recode_map_clear(qc_recode_map *map);

/* What a code is called now; NULL when it stays. Likewise a rule: itself when it stays. */
const char *qc_recoded_code(const qc_recode_map *map, const char *code);
const char *qc_recoded_rule(const qc_recode_map *map, const char *rule);

/* Refuses a code that no coding can have yet. */
bool qc_check_fresh(const qc_recode_map *map, const char *code, size_t line, size_t column);

/* A passage of the code that is split. Strings may be NULL. */
typedef struct qc_to_judge {
    size_t line;
    const char *document, *start, *end, *coder, *text;
} qc_to_judge;

/* Adds it to the sheet if it has the code that is split. */
bool qc_sheet_add(const qc_recode_map *map, const char *code, const qc_to_judge *passage);

/* What stands in the text's place; nothing is appended but a whole text. */
typedef bool qc_recoder(qc_recode_map *map, const char *text, size_t length, qc_buffer *out, qcode_recoded *count);

qc_recoder qc_recode_table;      /* CSV and TSV: of people, or segments.csv */
qc_recoder qc_recode_segments;   /* segments.jsonl */
qc_recoder qc_recode_decisions;  /* decisions.jsonl */

/* A file whose new text is known. */
typedef struct qc_new_file {
    const char *path;
    const void *before; /* what it holds, `length` bytes */
    size_t length;
    qc_buffer text;
} qc_new_file;

/* The files of a run's folder, appended to `files`; what they point to is in the arena. `books` gets nothing. */
bool qc_recode_folder(const qcode_recode_job *job, const char *folder, qcode_table *sheet, qc_arena *arena,
                      qc_buffer *files, qcode_recoded *count, const qcode_memory *memory, qcode_error *err);

/* A codebook's text and what it is read as, changed. False with the reason. Both books are the caller's. */
bool qc_recode_book(const qcode_recode_job *job, const qcode_codebook *book, const char *path,
                    const qcode_memory *memory, qc_buffer *text, qcode_codebook **now, qcode_error *err);

#endif
