/* SubRip (.srt). */
#include "read/captions/captions.h"
#include "read/peek.h"

/* A time line stands in the first or second line that is not blank. */
static int sniff(const qc_source *source)
{
    const char *start = source->start;
    const char *line = qc_peek_space(start);
    for (int i = 0; i < 2; i++) {
        size_t length = strcspn(line, "\n");
        if (qc_is_time_line(line, length, QC_CUES_SRT))
            return memchr(line, ',', length) ? 95 : 80;
        line = qc_peek_space(line + length);
    }
    return 0;
}

static qcode_transcript *read_srt(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    return qc_read_captions(source, QC_CUES_SRT, "srt", notes, err);
}

static const char *const endings[] = {".srt", NULL};

const qc_reader qc_srt = {"srt", endings, sniff, read_srt};
