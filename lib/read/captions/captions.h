/* What captions say: cues without their markup, joined where they repeat each other, as turns of speakers. */
#ifndef QC_READ_CAPTIONS_H
#define QC_READ_CAPTIONS_H

#include "read/captions/cues.h"
#include "read/rendering.h"
#include "read/tally.h"

/* What one voice says in one cue. Places are bytes of the captions' `bytes`. */
typedef struct qc_caption {
    size_t label, label_length; /* who speaks; of length 0: the markup does not say */
    size_t text, length;        /* lines, each without white space around it, with a line feed between two */
    size_t line;                /* of the cue, for notes */
    int64_t start_ms, end_ms;
    bool voiced;  /* the markup gives a voice, if only a nameless one */
    bool goes_on; /* of whoever spoke before */
} qc_caption;

/* Things that may have to be said of many places. */
enum { QC_ODD_TAG, QC_OPEN_TAG, QC_RUBY, QC_NO_CHARACTER, QC_CAPTION_TELLS };

typedef struct qc_captions {
    const char *source; /* for notes */
    qcode_notes *notes;
    qc_buffer bytes;
    qc_buffer list; /* of qc_caption */
    qc_tally tally[QC_CAPTION_TELLS];
} qc_captions;

/* cue_text.c: adds a cue's words. Decoded once are character references; gone are
 * - in WebVTT: tags; `<v Name>` begins a voice, which ends with `</v>`, the next or the cue; the readings of ruby;
 * - in SubRip: the tags of its tools (b, i, u, s, font, span, c ...), `{\an8}` and its kin, `{i}`; other tags are kept.
 * A tag that is never closed ends with its name (with its line, if it is a voice), so that no words go with it. */
bool qc_captions_add(qc_captions *captions, const char *text, const qc_cue *cue, qc_cue_dialect dialect);

/* rollup.c: takes off what a cue repeats of the end of the one before: everywhere in a file of roll-up captions (at
 * least half of its cues do that, and some add to it), else only whole lines of four words and more. */
void qc_captions_join(qc_captions *captions);

/* caption_turns.c: the turns. In a caption without a voice each line may begin with a label ("Name: words",
 * "[Name]: words"), a chevron (">> words") or a dash. A label names who speaks until the next one; a chevron, and
 * a dash when two lines of one cue begin with one, is somebody else whom nobody names; another dash means nothing.
 * Answers which way speakers were found: "voice", "label", "none". */
const char *qc_captions_say(qc_captions *captions, qc_rendering *rendering);

/* captions.c: a file of captions, from bytes to transcript. */
qcode_transcript *qc_read_captions(const qc_source *source, qc_cue_dialect dialect, const char *format,
                                   qcode_notes *notes, qcode_error *err);

#endif
