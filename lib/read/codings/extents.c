/* Stand-ins for texts that are not to be had: as long as the codings reach, and without words. */
#include "base/error.h"
#include "base/set.h"
#include "model/coders.h"
#include "model/transcript.h"
#include "read/codings/rows.h"

#include <string.h>

typedef struct extent {
    size_t start, end;
} extent;

typedef struct extents {
    const qcode_memory *memory;
    qc_set names;
    qc_buffer list; /* of extent, one for each name */
    qcode_notes *notes;
    qcode_error *err;
} extents;

static bool widen(extents *of, const qc_coding_row *row)
{
    bool added;
    const extent fresh = {row->start, row->end};
    if (!*row->document || row->start == QC_NO_OFFSET || row->end == QC_NO_OFFSET || row->start >= row->end)
        return true;
    size_t number = qc_set_add(&of->names, row->document, strlen(row->document), &added);
    if (number == SIZE_MAX || (added && !qc_buffer_append(&of->list, &fresh, sizeof fresh)))
        return qc_no_memory(of->err);
    extent *known = (extent *)(void *)of->list.data + number;
    known->start = row->start < known->start ? row->start : known->start;
    known->end = row->end > known->end ? row->end : known->end;
    return true;
}

static bool read_file(extents *of, const char *path)
{
    qc_coding_rows rows = qc_coding_rows_init(of->memory);
    bool done = qc_read_codings_at(&rows, path, of->notes, of->err);
    const qc_coding_row *list = (const void *)rows.rows.data;
    for (size_t i = 0; done && i < rows.rows.length / sizeof *list; i++)
        done = widen(of, &list[i]);
    qc_coding_rows_clear(&rows);
    return done;
}

static qcode_transcript *stand_in(const extents *of, const char *name, const extent *reach)
{
    static const char no_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";
    qc_buffer text = qc_buffer_init(of->memory);
    if (reach->end > QCODE_LONGEST_TEXT) {
        qc_fail(of->err, QCODE_INVALID, NULL, 0, 0, "a coding ends at %zu, beyond any text", reach->end);
        return NULL;
    }
    if (!qc_buffer_reserve(&text, reach->end)) {
        qc_no_memory(of->err);
        return NULL;
    }
    memset(text.data, 'x', reach->end);
    text.length = reach->end;
    qcode_transcript *talk =
        qc_transcript_new(name, &text, no_hash, QCODE_FORMAT_OF_PLACES, "none", of->memory, of->err);
    qc_buffer_clear(&text);
    if (!talk)
        return NULL;
    if (qc_transcript_turn(talk, QC_NOBODY, -1) && qc_transcript_range(talk, (qcode_span){reach->start, reach->end})) {
        qc_transcript_settle(talk);
        if (qc_transcript_close(talk))
            return talk;
    }
    qcode_transcript_free(talk);
    qc_no_memory(of->err);
    return NULL;
}

qcode_talks *qcode_talks_of_places(const char *const *paths, size_t count, const qcode_memory *memory,
                                   qcode_notes *notes, qcode_error *err)
{
    extents of = {.memory = memory, .names = qc_set_init(memory), .list = qc_buffer_init(memory), .notes = NULL,
                  .err = err};
    qcode_talks *talks = qc_talks_new(memory, err);
    bool done = talks != NULL;
    for (size_t i = 0; done && i < count; i++)
        done = read_file(&of, paths[i]);
    for (size_t i = 0; done && i < of.names.count; i++) {
        qcode_transcript *talk = stand_in(&of, qc_set_at(&of.names, i), (const extent *)(void *)of.list.data + i);
        done = talk && (qc_talks_add(talks, talk) || qc_no_memory(err));
    }
    if (done && of.names.count)
        qc_note(notes, QCODE_NOTE_GUESS, NULL, 0, 0,
                "there are no transcripts: codings stand by their numbers, and what counts is from the first place "
                "that anybody coded in a document to the last");
    qc_set_clear(&of.names);
    qc_buffer_clear(&of.list);
    if (done)
        return talks;
    qcode_talks_free(talks);
    return NULL;
}
