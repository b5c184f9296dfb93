/* The segments of a run's folder once more, without what somebody said who has withdrawn. */
#ifndef QC_WORK_REDO_H
#define QC_WORK_REDO_H

#include "base/set.h"
#include "read/restore.h"
#include "work/totals.h"
#include "write/writer.h"

/* A record of segments.csv, as its bytes: a field for each column. */
typedef struct qc_csv_record {
    qcode_span *fields;
    size_t count;
} qc_csv_record;

typedef struct qc_redo {
    qc_arena arena;
    qcode_error *err;
    qcode_codebooks books;
    qc_counter counter; /* of what is left */
    qc_set rule_ids;    /* an index there is an index of `rules` */
    const qcode_rule **rules;
    const char *json, *csv; /* segments.jsonl and segments.csv */
    const qc_restored_segment *segments;
    size_t segment_count, next; /* the first segment of the next document */
    qc_csv_record header, *records;
    size_t contract; /* columns that are no attributes */
    qc_set names;    /* of the attributes that are left */
    qc_rows rows;
    qc_buffer json_out, kept; /* the new segments.jsonl; and for segments.csv what is kept */
    size_t dropped, edited;
} qc_redo;

/* `json` and `csv` stay the caller's. False with the reason in `err`. The redo is cleared in any case. */
bool qc_redo_init(qc_redo *redo, qcode_codebooks books, const char *json, size_t json_length, const char *csv,
                  size_t csv_length, const qcode_memory *memory, qcode_code_totals *totals, qcode_error *err);
void qc_redo_clear(qc_redo *redo);

/* The next document, in the folder's order; segments lose what it says may not be used. */
bool qc_redo_document(qc_redo *redo, const qcode_transcript *talk);

/* The new segments.csv, when all documents are through. */
bool qc_redo_csv(qc_redo *redo, qc_buffer *out);

#endif
