/* One thing to say about many places. */
#include "read/tally.h"

enum { NAMED = 20 };

void qc_tally_at(qc_tally *tally, qcode_notes *notes, const char *source, size_t line)
{
    tally->last_line = line;
    if (++tally->count <= NAMED)
        qc_note(notes, tally->kind, source, line, 0, "%s", tally->text);
}

void qc_tally_end(const qc_tally *tally, qcode_notes *notes, const char *source)
{
    if (tally->count > NAMED)
        qc_note(notes, tally->kind, source, tally->last_line, 0, "%s (and %zu times more between)", tally->text,
                tally->count - NAMED - 1);
}
