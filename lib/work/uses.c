/* Lines of a study's cases that are not used are probably mistaken: they are told. */
#include "work/uses.h"
#include "base/error.h"
#include "model/cases.h"
#include "model/transcript.h"

struct qc_case_use {
    size_t documents; /* that the line names */
    bool partly;      /* ... one of them by the last part of a longer name */
    bool used;
};

bool qc_case_uses_init(qc_case_uses *uses, const qcode_cases *cases, qc_arena *arena)
{
    *uses = (qc_case_uses){.cases = cases};
    if (cases)
        uses->of = qc_arena_take_array(arena, qc_cases_count(cases), sizeof *uses->of);
    return !cases || uses->of;
}

void qc_case_uses_add(qc_case_uses *uses, const char *document, const qcode_transcript *talk)
{
    qc_case_walk walk = qc_cases_walk(uses->cases, document);
    for (const qc_case *line; (line = qc_case_walk_next(&walk));) {
        struct qc_case_use *use = &uses->of[line->index];
        use->documents++;
        use->partly |= walk.partly;
        use->used |= !talk;
    }
    size_t count = 0;
    const size_t *used = talk ? qc_transcript_used_cases(talk, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        uses->of[used[i]].used = true;
}

static void tell_unused(const char *source, const qc_case *line, bool has_document, qcode_notes *notes)
{
    if (!line->document)
        qc_note(notes, QCODE_NOTE_WARNING, source, line->line, 0, "no transcript has this speaker");
    else
        qc_note(notes, QCODE_NOTE_WARNING, source, line->line, 0, "%s \"%s\"",
                !has_document   ? "no transcript is called"
                : line->speaker ? "this speaker is not in the transcript"
                                : "nobody answers in the transcript",
                line->document);
}

void qc_case_uses_tell(const qc_case_uses *uses, qcode_notes *notes)
{
    for (size_t i = 0; uses->cases && i < qc_cases_count(uses->cases); i++) {
        const qc_case *line = qc_cases_at(uses->cases, i);
        const struct qc_case_use *use = &uses->of[i];
        const char *source = qc_case_file(uses->cases, line);
        if (use->partly && use->documents > 1)
            qc_note(notes, QCODE_NOTE_WARNING, source, line->line, 0,
                    "this line holds for %zu transcripts called \"%s\"", use->documents, line->document);
        if (!use->used)
            tell_unused(source, line, use->documents > 0, notes);
    }
}
