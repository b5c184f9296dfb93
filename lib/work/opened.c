/* Opening a run's folder: its files checked, its transcripts and codebooks read, its segments seen through a filter. */
#include "work/opened.h"

bool qc_open_run(qc_opened *opened, const char *folder, const qcode_view_filter *filter, const qcode_memory *memory,
                 qcode_notes *notes, qcode_error *err)
{
    *opened = (qc_opened){.view = {.arena = qc_arena_init(memory)}};
    if (!(opened->run = qc_read_whole_run(folder, memory, err)) ||
        !qc_read_run_books(opened->run, folder, memory, &opened->books, notes, err) ||
        !(opened->talks = qcode_talks_of_run(folder, memory, err)))
        return false;
    qc_view_parts parts = {.run = opened->run, .books = {opened->books.at, opened->books.count}};
    parts.talks = qcode_talks_all(opened->talks, &parts.talk_count);
    return qc_view_make(&opened->view, &parts, filter, memory, err);
}

void qc_opened_clear(qc_opened *opened)
{
    qc_view_clear(&opened->view);
    qc_run_books_clear(&opened->books);
    qcode_talks_free(opened->talks);
    qc_run_free(opened->run);
}
