/* What an export is made of, and the contract of those who make one: a file for each target, listed in targets.c. */
#ifndef QC_WRITE_EXPORT_TARGET_H
#define QC_WRITE_EXPORT_TARGET_H

#include "model/view.h"
#include "write/table.h"
#include <qcode/exports.h>
#include <qcode/sink.h>

/* A kind of thing that a file has no place for. */
typedef struct qc_loss {
    const char *what; /* a static string: "scores" */
    size_t count;
    const char *first; /* which it was, in the arena; "" where there is nothing to name */
} qc_loss;

typedef struct qc_losses {
    qc_arena arena;
    qc_buffer kinds; /* of qc_loss */
} qc_losses;

qc_losses qc_losses_init(const qcode_memory *memory);
void qc_losses_clear(qc_losses *losses);

/* Counts `count` more of a kind; 0 is none. A failure is kept in `kinds`. */
void qc_lose(qc_losses *losses, const char *what, size_t count, const char *first);

/* `what`, `count`, `for_example`; NULL when memory ran out. */
qcode_table *qc_losses_table(const qc_losses *losses, const qcode_memory *memory);

/* Who raised each code, respondents by codes, documents by codes. */
enum { QC_EXPORT_TABLES = 3 };

typedef struct qc_exporting {
    const qc_view *view;
    const qcode_export_job *job;
    const char *lines; /* segments.jsonl, whole */
    size_t lines_length;
    qc_named_table tables[QC_EXPORT_TABLES]; /* for targets that ask for them */
    const qcode_memory *memory;
    qc_losses *losses;
} qc_exporting;

typedef struct qc_target {
    qcode_export_target about;
    bool (*write)(const qc_exporting *from, qcode_sink *sink, qcode_error *err);
    bool tables; /* it asks for them */
} qc_target;

extern const qc_target qc_export_refi, qc_export_codebook, qc_export_xlsx, qc_export_csv, qc_export_jsonl,
    qc_export_sqlite, qc_export_markdown, qc_export_docx, qc_export_codebook_docx, qc_export_codebook_html,
    qc_export_w3c, qc_export_brat;

/* NULL when no target has this name. */
const qc_target *qc_find_target(const char *name);

#endif
