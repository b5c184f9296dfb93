/* SubViewer as YouTube and Google Meet write it (.sbv): a line `0:00:01.000,0:00:04.000`, then the words. */
#include "read/captions/captions.h"
#include "read/peek.h"

static int sniff(const qc_source *source)
{
    const char *start = source->start;
    const char *line = qc_peek_space(start);
    return qc_is_time_line(line, strcspn(line, "\n"), QC_CUES_SBV) ? 90 : 0;
}

static qcode_transcript *read_sbv(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    return qc_read_captions(source, QC_CUES_SBV, "sbv", notes, err);
}

static const char *const endings[] = {".sbv", NULL};

const qc_reader qc_sbv = {"sbv", endings, sniff, read_sbv};
