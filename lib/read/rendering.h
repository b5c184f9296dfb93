/* The text of a container other than plain text: `Speaker: words`, one turn a line.
 *
 * What one speaker says in consecutive pieces is one turn; one of more than 32 KiB (half an hour of talk) goes on in a
 * new turn at a sentence's end. Where all pauses of one speaker stand behind a sentence, and at least as many sentences
 * follow each other without one, pauses part paragraphs: each begins a new turn. Where nobody is named, a line is a
 * passage: a new one begins after a pause of two seconds, and where a sentence has ended after a pause of 0.3 seconds or
 * once the passage is half a minute long. */
#ifndef QC_READ_RENDERING_H
#define QC_READ_RENDERING_H

#include "base/buffer.h"
#include "read/reader.h"

/* A piece of speech as a reader finds it. */
typedef struct qc_said {
    const char *label; /* who speaks; cut behind 256 bytes, which is no name any more */
    size_t label_length; /* 0: nobody is named */
    const char *words; /* well-formed UTF-8; runs of white space become one space, none stands around them */
    size_t length;
    int64_t start_ms, end_ms; /* -1: not known */
    bool new_turn;            /* a turn of its own, even if the same speaker goes on */
    bool goes_on;             /* whoever spoke before speaks on; there is no label then */
} qc_said;

typedef struct qc_rendering {
    size_t most;              /* the limit of the text */
    qc_buffer text;
    qc_buffer turns;          /* of what rendering.c knows, in order */
    int64_t last_ms;          /* when the last piece ended */
    bool passages;            /* pieces of nobody in particular were put together */
    size_t paused;            /* turns that only a pause behind a sentence parts from the one before */
    bool torn;                /* a speaker paused inside a sentence, too */
} qc_rendering;

qc_rendering qc_rendering_init(const qc_source *source);
void qc_rendering_clear(qc_rendering *rendering);

/* Adds a piece; one without words is passed over. False when memory ran out. What comes behind the limit of the text is
 * passed over too, and making the transcript fails. */
bool qc_rendering_say(qc_rendering *rendering, const qc_said *said);
size_t qc_rendering_count(const qc_rendering *rendering); /* turns so far */

/* The transcript, still open: a reader may add attributes and then ends it with qc_transcript_finish. `format`,
 * `layout` and `encoding` are static strings. The rendering is empty afterwards. */
qcode_transcript *qc_rendering_transcript(qc_rendering *rendering, const qc_source *source, const char *format,
                                          const char *layout, const char *encoding, qcode_notes *notes,
                                          qcode_error *err);

/* The same, finished. */
qcode_transcript *qc_rendering_finish(qc_rendering *rendering, const qc_source *source, const char *format,
                                      const char *layout, const char *encoding, qcode_notes *notes, qcode_error *err);

#endif
