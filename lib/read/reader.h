/* The contract of an input format: one file each, listed in readers.c. */
#ifndef QC_READ_READER_H
#define QC_READ_READER_H

#include "base/bytes.h"
#include "model/cast.h"
#include <qcode/read.h>

enum { QC_PEEK = 4096 };

typedef struct qc_source {
    const unsigned char *data;
    size_t length;
    qc_bytes *own;   /* the same bytes, when a reader may take them over or give them back; or NULL: the caller's */
    const char *start; /* QC_PEEK bytes: how it begins, as ASCII (read/peek.h) */
    const char *path; /* for errors */
    const char *name; /* the document's */
    const char *hash; /* of the bytes */
    const qcode_read_options *options; /* never NULL here */
    qcode_limits limits;               /* the options', or the defaults */
    const qcode_memory *memory;
} qc_source;

typedef struct qc_reader {
    const char *name;           /* "text" */
    const char *const *endings; /* ".txt" ..., ended by NULL */
    /* How sure the content makes it: 0 certainly not, 100 certainly. */
    int (*sniff)(const qc_source *source);
    qcode_transcript *(*read)(const qc_source *source, qcode_notes *notes, qcode_error *err);
} qc_reader;

extern const qc_reader qc_text;
extern const qc_reader qc_docx, qc_eaf, qc_odt, qc_tei, qc_xlsx_reader;
extern const qc_reader qc_vtt, qc_srt, qc_sbv, qc_whisper, qc_chat, qc_textgrid, qc_csv_reader, qc_html, qc_rtf, qc_pdf;

/* Reads bytes that came from `path` and are given up: `own` is empty afterwards. */
qcode_transcript *qc_read_transcript_own(qc_bytes *own, const char *path, const qcode_read_options *options,
                                         const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* Whether the strings of the options are text, which is what all readers take them for. */
bool qc_check_read_options(const qcode_read_options *options, qcode_error *err);

#endif
