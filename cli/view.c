/* What of a run is looked at, by the words of the command line, and pages that are made of it. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    unsigned states;
} names[] = {
    {"proposed", QCODE_STATE_PROPOSED}, {"accepted", QCODE_STATE_ACCEPTED},   {"edited", QCODE_STATE_EDITED},
    {"rejected", QCODE_STATE_REJECTED}, {"reviewed", QCODE_STATES_REVIEWED}, {"standing", QCODE_STATES_STANDING},
};

/* "accepted,edited" as bits; 0 when a word is none of them. */
static unsigned states_of(const char *words)
{
    unsigned states = 0;
    while (*words) {
        size_t length = strcspn(words, ","), at = 0, count = sizeof names / sizeof *names;
        while (at < count && (strlen(names[at].name) != length || memcmp(names[at].name, words, length) != 0))
            at++;
        if (at == count)
            return 0;
        states |= names[at].states;
        words += length + (words[length] == ',');
    }
    return states;
}

bool cli_filter_of(const cli_command *command, const cli_view *view, qcode_view_filter *filter)
{
    char safe[64];
    *filter = (qcode_view_filter){
        .codes = view->codes.at,         .code_count = view->codes.count,
        .groups = view->groups.at,       .group_count = view->groups.count,
        .wheres = view->wheres.at,       .where_count = view->wheres.count,
        .documents = view->documents.at, .document_count = view->documents.count,
        .own_words = view->own_words,
        .experimental = view->experimental,
    };
    if (view->state && !(filter->states = states_of(view->state))) {
        cli_usage(command, "--state is proposed, accepted, edited, rejected, reviewed or standing, joined by commas, not \"%s\"",
                  cli_word(view->state, safe, sizeof safe));
        return false;
    }
    return true;
}

void cli_free_view(cli_view *view)
{
    free(view->codes.at);
    free(view->groups.at);
    free(view->wheres.at);
    free(view->documents.at);
}

int cli_make_page(const char *folder, const char *output, bool quiet, cli_page_maker *make, const void *job)
{
    qcode_error err = {.status = QCODE_NO_MEMORY, .message = "out of memory"};
    if (cli_is_of_run(folder, output, &err))
        return cli_fail(&err);
    qcode_notes *notes = qcode_notes_new(NULL);
    cli_hold_signals();
    qcode_sink *out = notes ? cli_open_output(output, &err) : NULL;
    bool done = out && make(job, out, notes, &err);
    qcode_sink_free(out);
    cli_let_signals_through();
    size_t most = cli_most_notes(false, quiet);
    if (done)
        cli_say_notes(notes, most);
    int status = done ? CLI_DONE : cli_fail_with_notes(notes, most, &err);
    qcode_notes_free(notes);
    return status;
}
