/* WebVTT (W3C), as Zoom, Teams, Webex, YouTube and podcasts write it. */
#include "read/captions/captions.h"
#include "read/peek.h"

/* The first lines, up to the first that could be a time line, hold one of the dialect. */
static int sniff(const qc_source *source)
{
    const char *start = source->start;
    const char *behind = qc_peek_word(start, "WEBVTT");
    if (behind && (!*behind || strchr(" \t\n", *behind)))
        return 100;
    for (const char *line = start; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        if (qc_is_time_line(line, length, QC_CUES_VTT))
            return memchr(line, ',', length) ? 0 : 85;
    }
    return 0;
}

static qcode_transcript *read_vtt(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    return qc_read_captions(source, QC_CUES_VTT, "vtt", notes, err);
}

static const char *const endings[] = {".vtt", ".webvtt", NULL};

const qc_reader qc_vtt = {"vtt", endings, sniff, read_vtt};
