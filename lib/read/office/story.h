/* The body of a word processor's document as plain lines, for the layout recogniser.
 *
 * A paragraph is a line, or several where it has line breaks. An empty line parts it from the next, unless it is short and
 * ends no sentence, as a label or a heading does. A table whose columns are labels and words (and times) becomes lines
 * `[time] Label: words`, a row each, without its row of column names; the cells of another table stand in one line with
 * tabs between them. A 65th cell of a row and those behind it count as lines of the 64th. What stands in a text box comes
 * behind the paragraph that holds it. Where paragraphs are whole turns (label and time, a line break, words), one line
 * behind them is the recorder's ("... stopped transcription") and is left out with a note. */
#ifndef QC_READ_STORY_H
#define QC_READ_STORY_H

#include "base/buffer.h"
#include "read/columns.h"
#include "read/reader.h"

typedef struct qc_story {
    const qc_source *source;
    qc_buffer text;
    qc_buffer aside; /* lines of text boxes */
    size_t boxes;    /* text boxes that are open */
    size_t box_start; /* `start` of the paragraph that holds them */
    size_t start;    /* of the paragraph, in the buffer it is written to */
    size_t tables;   /* tables that are open, one inside another */
    qc_buffer cells; /* the bytes of the rows that are not written yet */
    qc_buffer ends;  /* of each cell, as size_t */
    size_t row_cells, width, rows; /* of the row being read; the widest; finished rows in `cells` */
    bool decided, named; /* what the table's columns hold is known; its rows are turns */
    bool skip_row;       /* the next row to be written is the one of column names */
    size_t unused;       /* cells with words in columns that are no part of turns */
    qc_cast_columns columns;
    bool turns_packed;   /* a paragraph was a whole turn: a label and a time, a line break, words */
    size_t after_packed; /* paragraphs since the last such one */
    size_t last;         /* where the last paragraph begins */
    bool too_long;
} qc_story;

qc_story qc_story_init(const qc_source *source);
void qc_story_clear(qc_story *story);

/* Words of the paragraph. Line feeds and tabs count as blanks; breaks are put with qc_story_break. */
void qc_story_text(qc_story *story, const char *text, size_t length);
void qc_story_string(qc_story *story, const char *text); /* as it is */
void qc_story_break(qc_story *story);                    /* a line break inside the paragraph */
void qc_story_end_paragraph(qc_story *story);

void qc_story_open_box(qc_story *story);
void qc_story_close_box(qc_story *story);

void qc_story_open_table(qc_story *story);
void qc_story_close_table(qc_story *story);
void qc_story_end_row(qc_story *story);
void qc_story_end_cell(qc_story *story, size_t span); /* `span` columns wide */

/* Whether all could be kept so far: memory did not run out and the text is within its limit. */
bool qc_story_holds(const qc_story *story, qcode_error *err);

/* Finds the turns. The story is empty afterwards. */
qcode_transcript *qc_story_finish(qc_story *story, const char *format, const char *encoding, qcode_notes *notes,
                                  qcode_error *err);

#endif
