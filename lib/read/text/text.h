/* Plain text, in steps: lines, what may be a label in each, which of these are speakers, the header, the turns. A text of more
 * than QC_PAGE_BYTES takes these steps in pages, each cut where a turn begins and recognised by itself, so that what is
 * known of lines never outgrows the text. */
#ifndef QC_READ_TEXT_H
#define QC_READ_TEXT_H

#include "model/labels.h"
#include "model/transcript.h"
#include "read/reader.h"

/* How a line shows who speaks. */
typedef enum qc_line_form {
    QC_LINE_NONE,
    QC_LINE_HEADING, /* "### Name:" */
    QC_LINE_BOLD,    /* "**Name**: words", "**Name:** words" */
    QC_LINE_COLON,   /* "Name: words", "[00:01:10] Name: words", "Name (00:04): words" */
    QC_LINE_DOT,     /* "Q. words" */
    QC_LINE_STAMP,   /* "Name (00:04)", "00:04 Name" */
    QC_LINE_BRACKET, /* "[Name] words", "(Name) words", "<Name> words", "**Name** words" */
    QC_LINE_DASH,    /* "Name - words" */
    QC_LINE_TAB,     /* "Name<tab>words" */
    QC_LINE_PAD,     /* "Name     words" */
    QC_LINE_RULE,    /* a line "---", then "NAME" */
    QC_LINE_ALONE,   /* "NAME" on a line of its own */
    QC_LINE_FORMS
} qc_line_form;

/* What a line is when it is no speech. */
typedef enum qc_line_kind {
    QC_LINE_SPEECH,
    QC_LINE_DIVIDER, /* "-----": no words */
    QC_LINE_PAGE,    /* a page's header, footer or number */
    QC_LINE_TITLE,   /* a heading */
    QC_LINE_MARKUP,  /* a directive and what belongs to it */
    QC_LINE_STAGE,   /* a stage direction in a paragraph of its own */
    QC_LINE_TIME,    /* a time stamp in a line of its own */
    QC_LINE_FRONT,   /* before the first speaker, and no header */
    QC_LINE_HEADER,  /* "Date: 14 March 2023" */
    QC_LINE_KINDS
} qc_line_kind;

/* A line that is not blank. Its words are bytes [start, end) of the text: without indentation, line number, and blanks
 * behind. */
typedef struct qc_line {
    size_t start, end, number;                  /* lines count from 1 */
    int64_t time_ms;                            /* -1: no stamp */
    int64_t end_ms;                             /* of a stamp that was taken off its end; -1: none */
    uint32_t indent;                            /* columns before its words */
    uint32_t label;                             /* an index of the labels; UINT32_MAX: none */
    uint16_t label_at, label_length, speech_at; /* from `start` */
    uint16_t stamp_end;                         /* behind the stamp in brackets that opens the line, or 0 */
    uint8_t form, kind;                         /* qc_line_form, qc_line_kind */
    bool after_blank, before_blank, after_feed, before_feed;
    bool in_brackets; /* of a paragraph that is one remark in brackets: no label stands in it */
    bool is_label;    /* decided: it begins a turn */
} qc_line;

#define QC_LINE_NO_LABEL UINT32_MAX

/* What is known of a label. */
typedef struct qc_label_facts {
    uint32_t count[QC_LINE_FORMS]; /* lines that bear it, by form */
    uint32_t followed, parted;     /* of those alone on their line: with words right below, behind a blank line */
    uint8_t shape, role;           /* qc_shape, and the qcode_role that the label alone tells */
    bool no_name, header_key;      /* the words below */
    bool chosen;                   /* it is a speaker */
} qc_label_facts;

#define QC_PAGE_BYTES ((size_t)16 << 20)

typedef struct qc_page { /* a file being read, or a part of it */
    const qc_source *source;
    qcode_notes *notes;
    const char *text;
    size_t length;
    size_t from, until;          /* the bytes of this page; a line begins at both */
    size_t line;                 /* lines before it */
    bool follows, has_turns;     /* it is not the first; turns were begun before it */
    bool after_blank;            /* its first line */
    qc_line *lines;
    size_t count, capacity;
    qc_labels labels;
    qc_label_facts *facts; /* for each label */
    size_t fact_capacity;
    qc_line_form form;           /* the one this file uses; QC_LINE_NONE: no speakers */
    size_t body;                 /* the first line of the first turn */
    size_t asked[QC_LINE_FORMS]; /* lines that bear a word for an interviewer, by form */
    bool one_asks;               /* the one label is the interviewer's */
    bool lone;                   /* so it is, and other paragraphs are somebody else's */
    bool numbered;               /* the lines have numbers, which are taken off */
    size_t once, first_once;     /* labels taken for speakers that stand once, and the line of the first */
    size_t silent, first_silent; /* labels with no words behind them, and the line of the first */
    size_t stamped, first_stamped; /* lines with a stamp at their end, and the first of them */
    size_t left, first_left;     /* lines that could bear a label and do not, and the first of them */
    size_t kinds[QC_LINE_KINDS], first_of[QC_LINE_KINDS]; /* lines of each kind, and the first */
    qc_line_form told;           /* the form of the page before */
} qc_page;

/* text_lines.c: splits the text into lines; finds dividers. How many columns bytes [from, to) of a line fill. */
bool qc_page_split(qc_page *page);
void qc_page_find_dividers(qc_page *page);
uint32_t qc_columns(const char *text, size_t from, size_t to);

/* text_numbers.c: takes line numbers off, where lines have them. */
void qc_page_take_numbers_off(qc_page *page);

/* stamp.c: takes a stamp as "#00:01:05-5#" off the end of a line that has words: there the next turn begins. */
void qc_page_take_end_stamps_off(qc_page *page);

/* text_pages.c: finds page headers, footers and numbers. */
bool qc_page_find_furniture(qc_page *page);

/* text_remarks.c: paragraphs in brackets, "(Applause)", "> (laughter)", "*(10.00 am)*"; they may run over several
 * lines. */
void qc_page_find_remarks(qc_page *page);

/* text_marks.c: what may be a label in each line. */
bool qc_page_mark(qc_page *page);

/* text_stamp.c: a time at `*at`: "00:04", "[01:02:03.5]", "(0:04)", "\[04:05\]", "#00:01:05-5#". Moves `*at` behind it. */
bool qc_read_stamp(const char *text, size_t length, size_t *at, int64_t *time_ms, bool *bracketed);

/* text_labels.c: which labels are speakers, and which lines begin turns. */
void qc_page_choose(qc_page *page);

/* text_shape.c: what a label looks like. */
typedef enum qc_shape {
    QC_SHAPE_SENTENCE, /* nothing like a label */
    QC_SHAPE_CODE,     /* INT, P07, R1 */
    QC_SHAPE_CAPITALS, /* HEAD TEACHER */
    QC_SHAPE_NAME,     /* Dr. Katarina Barley (SPD) */
    QC_SHAPE_MIXED,    /* O señor PRESIDENTE */
    QC_SHAPE_PHRASE,   /* Head teacher, youth worker */
    QC_SHAPE_SMALL,    /* speaker 1 */
    QC_SHAPE_UNCASED,  /* 唐鳳 */
    QC_SHAPE_SYMBOL    /* begins with no letter */
} qc_shape;
qc_shape qc_label_shape(const char *label, size_t length);

/* Words that stand before a colon and name nobody ("note", "well"), and keys of headers ("date"). Folded. */
bool qc_is_no_name(const char *folded, size_t length);
bool qc_is_header_key(const char *folded, size_t length);

/* A sentence ends here: the last character is . ? ! or its kin, perhaps in quotes or brackets. */
bool qc_ends_a_sentence(const char *text, size_t length);

/* text_header.c: finds the header and puts it into the transcript. */
void qc_page_find_header(qc_page *page);
bool qc_page_put_header(qc_page *page, qcode_transcript *talk);

/* text_turns.c: what is skipped, and the turns. */
void qc_page_find_skipped(qc_page *page);
bool qc_page_put_turns(qc_page *page, qcode_transcript *talk);
void qc_page_tell(const qc_page *page); /* what was left out or guessed, once all is read */

#endif
