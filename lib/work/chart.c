/* The framework matrix of a run: its cells, with the summaries that were written of them. */
#include "analyse/tables.h"
#include "base/bytes.h"
#include "base/error.h"
#include "model/books.h"
#include "model/summaries.h"
#include "model/table.h"
#include "work/about.h"
#include "work/asked.h"
#include "work/opened.h"
#include <qcode/decisions.h>

#include <string.h>

static bool has_file(const qc_run *run, const char *name)
{
    for (size_t i = 0; i < run->file_count; i++)
        if (strcmp(run->files[i].name, name) == 0)
            return true;
    return false;
}

/* Which documents a person has finished, by the decisions of the folder. */
static bool find_read(bool *read, const qc_view *view, const char *folder, const qcode_memory *memory, qcode_error *err)
{
    memset(read, 0, (view->talk_count + 1) * sizeof *read);
    if (!has_file(view->run, "decisions.jsonl"))
        return true;
    qc_bytes bytes = {.memory = memory};
    qcode_decisions *decisions = qcode_decisions_new(memory, err);
    bool done = decisions && qc_read_run_file(folder, "decisions.jsonl", memory, &bytes, err) &&
                qcode_decisions_parse(decisions, bytes.data ? (const void *)bytes.data : "", bytes.length, "decisions.jsonl", NULL,
                                      err);
    for (size_t i = 0; done && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *of = qcode_decisions_at(decisions, i);
        for (size_t k = 0; of->act == QCODE_ACT_FINISHED && !of->undone && k < view->talk_count; k++)
            read[k] |= strcmp(qcode_transcript_name(view->talks[k]), of->document) == 0;
    }
    qcode_decisions_free(decisions);
    qc_bytes_clear(&bytes);
    return done;
}

static bool is_respondent(const qc_view *view, const char *name)
{
    for (size_t i = 0; i < view->respondent_count; i++)
        if (strcmp(view->respondents[i].name, name) == 0)
            return true;
    return false;
}

/* Summaries that no cell of the run can show. */
static void tell_homeless(const qc_view *view, const qcode_summaries *summaries, qcode_notes *notes)
{
    for (size_t i = 0; summaries && i < qcode_summaries_count(summaries); i++) {
        const qcode_summary *of = qcode_summaries_at(summaries, i);
        bool known = qc_books_find(view->books, of->code) != NULL;
        if (!known || !is_respondent(view, of->respondent))
            qc_note(notes, QCODE_NOTE_WARNING, NULL, 0, 0,
                    "the summary of \"%s\" on \"%s\" has no cell: the run has no such %s; it is kept in its file",
                    of->respondent, of->code, known ? "respondent" : "code");
    }
}

bool qcode_chart(const qcode_chart_job *job, const qcode_memory *memory, qcode_analysed *result, qcode_notes *notes,
                 qcode_error *err)
{
    qc_opened opened;
    qc_asked asked;
    qc_arena arena = qc_arena_init(memory);
    *result = (qcode_analysed){.about = NULL};
    bool *read = NULL;
    bool done = qc_open_run(&opened, job->folder, &job->filter, memory, notes, err) &&
                ((read = qc_arena_take_array(&arena, opened.view.talk_count + 1, sizeof *read)) || qc_no_memory(err)) &&
                find_read(read, &opened.view, job->folder, memory, err) &&
                qc_find_asked(&asked, &opened.view, &arena, memory, err) &&
                ((result->about = qc_tell_about(&opened.view, &job->filter, NULL, memory)) || qc_no_memory(err)) &&
                ((result->table = qc_table_cells(&opened.view, &asked, read, job->summaries, memory)) ||
                 qc_no_memory(err));
    if (done)
        tell_homeless(&opened.view, job->summaries, notes);
    qc_opened_clear(&opened);
    qc_arena_clear(&arena);
    if (!done)
        qcode_analysed_clear(result);
    return done;
}
