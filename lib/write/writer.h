/* The contract of every output of codings and of turns: columns in one order and with one meaning, and one row to
 * print them from. */
#ifndef QC_WRITE_WRITER_H
#define QC_WRITE_WRITER_H

#include "base/buffer.h"
#include "base/place.h"
#include <qcode/codings.h>
#include <qcode/notes.h>

/* Code points of a question that each segment repeats. */
#define QC_LONGEST_QUESTION 1000

/* What people read where words may not be quoted. */
#define QC_WITHHELD "[words withheld: no consent to quote]"

typedef enum qc_column {
    QC_DOCUMENT,
    QC_CODE,
    QC_START, /* code points of the transcript's text */
    QC_END,
    QC_LINE,
    QC_TURN,
    QC_TIME, /* "HH:MM:SS.mmm" */
    QC_SPEAKER,
    QC_ROLE,
    QC_GROUP, /* in JSON, the speaker's further attributes follow; in CSV they are the last columns */
    QC_TEXT,
    QC_QUESTION, /* the words of the question that is answered, up to QC_LONGEST_QUESTION */
    QC_GUIDE, /* the number of the guide's question that it is, from 1 */
    QC_ID,
    QC_MATCHES,
    QC_PIECES, /* when the hull holds anything that is not the segment's speech */
    QC_SCORE,
    QC_SHARES, /* what the score is the sum of */
    QC_BASIS,
    QC_STATUS,
    QC_CODER,
    QC_ORIGIN,
    QC_STATE,
    QC_DECIDED_BY,
    QC_DECIDED_ON,
    QC_REASON,
    QC_CODEBOOK,
    QC_SEGMENT_COLUMNS,
    QC_CASE = QC_SEGMENT_COLUMNS, /* the respondent in the study */
    QC_COLUMNS
} qc_column;

/* Which columns are written, in which order. */
typedef struct qc_layout {
    const qc_column *columns; /* NULL: the first `count` as they stand above */
    size_t count;
    bool raw; /* CSV: no ' in front of what a spreadsheet would take for a formula */
} qc_layout;

extern const qc_layout qc_segment_layout, qc_turn_layout;

extern const char *const qc_column_names[QC_COLUMNS];

/* ,"document": */
typedef struct qc_column_key {
    const char *text;
    size_t length;
} qc_column_key;

extern const qc_column_key qc_column_keys[QC_COLUMNS];

typedef enum qc_cell_kind {
    QC_CELL_NONE,
    QC_CELL_TEXT,
    QC_CELL_NUMBER,
    QC_CELL_MATCHES,
    QC_CELL_PIECES,
    QC_CELL_SCORE, /* of the row's segment, as the next */
    QC_CELL_SHARES
} qc_cell_kind;

typedef struct qc_cell {
    qc_cell_kind kind;
    const char *text;
    size_t length; /* of the text */
    size_t number;
} qc_cell;

typedef struct qc_match {
    const char *rule;
    size_t start, end;   /* code points of the transcript's text */
    size_t text, length; /* its words, in the row's `words` */
} qc_match;

typedef struct qc_row {
    qc_cell cells[QC_COLUMNS];
    const qcode_attribute *attributes; /* of the speaker, `group` apart */
    size_t attribute_count;
    const qc_match *matches;
    size_t match_count;
    const char *words;        /* what the matches say */
    const qcode_span *pieces; /* in code points */
    size_t piece_count;
    const qcode_transcript *talk;
    const qcode_speaker *speaker; /* NULL: nobody */
    const qcode_segment *segment; /* NULL in the row of a turn */
    bool withheld; /* some of the words: masks stand for them in the text and the matches */
} qc_row;

/* Makes rows of codings or of turns, one document after another, in one thread. What a row points to lasts until the next one. */
typedef struct qc_rows {
    const char *coder;
    const qcode_transcript *talk;
    const qcode_codings *codings; /* NULL: all turns */
    size_t at;
    qc_walker walker;             /* at the start of the segment made last */
    const qcode_speaker *speaker; /* whose attributes `attributes` holds */
    bool has_speaker;
    size_t question; /* whose words `question_text` holds; 0: none */
    const qcode_codebook *book; /* which `codebook` names; NULL: none */
    qc_buffer codebook, text, words, question_text, matches, pieces, clipped, attributes, id_bytes;
    char id[65], time[32];
    bool failed; /* memory ran out */
    qc_row row, of_turn; /* of_turn: what the turn made last says of each segment in it */
} qc_rows;

/* `coder` stays the caller's; turns have none. */
void qc_rows_init(qc_rows *rows, const char *coder, const qcode_memory *memory);
void qc_rows_clear(qc_rows *rows);
void qc_rows_begin(qc_rows *rows, const qcode_codings *codings);
void qc_rows_begin_turns(qc_rows *rows, const qcode_transcript *talk);

/* The row of the next segment or turn; NULL at the end or when memory ran out (`failed`). */
const qc_row *qc_rows_next(qc_rows *rows);

/* A speaker's attributes, their own and those of the document that hold for them, `group` apart: appended to `list`
 * as qcode_attribute. */
bool qc_list_attributes(qc_buffer *list, const qcode_transcript *talk, const qcode_speaker *speaker);

/* What a segment is called, stable from run to run: 16 hexadecimal digits. Places are code points. */
void qc_segment_id(const char *document, const char *code, size_t start, size_t end, const char *coder, char id[65]);

/* Appends "1.0.0 sha256:ab12cd34ef56": under which codebook a segment was made. */
bool qc_put_codebook_version(qc_buffer *out, const qcode_codebook *book);

/* Appends "0.842": thousandths. */
bool qc_put_score(qc_buffer *out, int32_t score);

/* Appends "00:04:12.500". */
bool qc_put_time(qc_buffer *out, int64_t milliseconds);

/* A row as a line of JSON; as a record of CSV without the attributes and without a line end (see csv.h); a segment as
 * lines for people, the matched words marked with colour or with « ». */
bool qc_put_row_json(qc_buffer *out, const qc_row *row, const qc_layout *layout);
bool qc_put_row_csv(qc_buffer *out, const qc_row *row, const qc_layout *layout);
bool qc_put_segment_text(qc_buffer *out, const qc_row *row, bool color);

/* Each match of a segment in a line of its own, with `context` code points of what the turn says on either side. */
bool qc_put_segment_context(qc_buffer *out, const qc_row *row, size_t context, bool color);

/* One document as a line of JSON, with its turns and with its notes. */
bool qc_put_document(qc_buffer *out, const qcode_transcript *talk, const qcode_notes *notes);

/* {"kind":"guess","document":"T01.txt",...}: `key` and `name` say what the note is about; both may be NULL. */
bool qc_put_note(qc_buffer *out, const char *key, const char *name, const qcode_note *note);

/* The parts of `pieces` that lie in `window`: appended to `list` as qcode_span. */
bool qc_clip_pieces(qc_buffer *list, const qcode_span *pieces, size_t count, qcode_span window);

/* Where the words under `hits` (in order of their starts) stand in the reading of `pieces`, in the unit of both:
 * appended to `marks` as qcode_span, in order, overlapping ones joined. */
bool qc_find_marks(qc_buffer *marks, const qcode_span *pieces, size_t count, const qcode_span *hits,
                   size_t hit_count);

#endif
