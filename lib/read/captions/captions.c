/* A file of captions, from bytes to transcript. */
#include "read/captions/captions.h"
#include "text/decode.h"

static const qc_tally tells[QC_CAPTION_TELLS] = {
    [QC_ODD_TAG] = {QCODE_NOTE_SKIPPED, "a tag that WebVTT does not know is left out", 0, 0},
    [QC_OPEN_TAG] = {QCODE_NOTE_REPLACED, "a tag that is never closed: the words behind its name are kept", 0, 0},
    [QC_RUBY] = {QCODE_NOTE_SKIPPED, "the reading of a ruby is left out", 0, 0},
    [QC_NO_CHARACTER] = {QCODE_NOTE_REPLACED, "a reference to what is no character stands as U+FFFD", 0, 0},
};

static bool read_text(const qc_source *source, const qc_buffer *text, qc_cue_dialect dialect, qc_captions *captions,
                      qcode_error *err)
{
    qc_buffer cues = qc_buffer_init(source->memory);
    bool done = qc_cues_read(text->data, text->length, dialect, source->path, &cues, captions->notes, err);
    const qc_cue *cue = (const qc_cue *)(const void *)cues.data;
    for (size_t i = 0; done && i < cues.length / sizeof *cue; i++)
        done = qc_captions_add(captions, text->data, &cue[i], dialect) || qc_no_memory(err);
    qc_buffer_clear(&cues);
    return done;
}

qcode_transcript *qc_read_captions(const qc_source *source, qc_cue_dialect dialect, const char *format,
                                   qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    qc_captions captions = {
        .source = source->path, .notes = notes, .bytes = qc_buffer_init(memory), .list = qc_buffer_init(memory)};
    memcpy(captions.tally, tells, sizeof tells);
    qc_buffer text = qc_buffer_init(memory);
    qc_rendering rendering = qc_rendering_init(source);
    const char *encoding = NULL, *layout = NULL;
    qcode_transcript *talk = NULL;
    bool done = qc_decode(source->data, source->length, source->options->encoding, source->path, &text, &encoding,
                          notes, err) &&
                read_text(source, &text, dialect, &captions, err);
    qc_buffer_clear(&text);
    if (done) {
        for (size_t i = 0; i < QC_CAPTION_TELLS; i++)
            qc_tally_end(&captions.tally[i], notes, source->path);
        qc_captions_join(&captions);
        layout = qc_captions_say(&captions, &rendering);
        done = layout || qc_no_memory(err);
    }
    qc_buffer_clear(&captions.bytes);
    qc_buffer_clear(&captions.list);
    if (done)
        talk = qc_rendering_finish(&rendering, source, format, layout, encoding, notes, err);
    qc_rendering_clear(&rendering);
    return talk;
}
