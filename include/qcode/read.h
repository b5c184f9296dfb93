/* Transcripts from files and bytes. */
#ifndef QCODE_READ_H
#define QCODE_READ_H

#include <qcode/error.h>
#include <qcode/guide.h>
#include <qcode/limits.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/study.h>
#include <qcode/transcript.h>

/* What the user knows and a reader would otherwise guess. Zero is the default of each. */
typedef struct qcode_read_options {
    const char *name;                /* the document's name; NULL: the base name of the path */
    const char *format;              /* "text" ...; NULL: by looking */
    const char *encoding;            /* as iconv names it; NULL: UTF-8, UTF-16, UTF-32, else a noted guess */
    /* What columns of a table are for, where their names do not say it: "text=Utterance,speaker=UserName"; also `time`,
     * `end` and `document`. NULL: by their names. */
    const char *columns;
    const char *const *interviewers; /* labels of interviewers, any case; NULL: by label and by who asks */
    size_t interviewer_count;
    const qcode_cases *cases; /* NULL: none. Wins over `interviewers`, which win over guesses */
    const qcode_guide *guide; /* whose questions are looked for in the interviewers' turns; NULL: none */
    const qcode_limits *limits; /* NULL: the defaults */
    bool no_hash;               /* nobody asks for qcode_transcript_hash, which is "" then */
} qcode_read_options;

/* Reads one transcript. "-" is the standard input. `options` may be NULL. What was guessed or skipped is in `notes`. */
QCODE_API qcode_transcript *qcode_read_transcript(const char *path, const qcode_read_options *options,
                                                  const qcode_memory *memory, qcode_notes *notes, qcode_error *err);

/* The same from bytes, which stay the caller's; `path` stands for the file in errors and names. */
QCODE_API qcode_transcript *qcode_read_transcript_bytes(const void *data, size_t length, const char *path,
                                                        const qcode_read_options *options, const qcode_memory *memory,
                                                        qcode_notes *notes, qcode_error *err);

#endif
