/* What an analysis of a run rests on: what was counted, in which states, through which filter, and how much a person has
 * reviewed. */
#include "work/about.h"
#include "base/error.h"
#include "model/books.h"
#include "model/table.h"

static void add_fact(qcode_table *about, const char *what, qc_buffer *value)
{
    const char *text = qc_buffer_text(value);
    if (value->length) {
        qc_table_add_text(about, what);
        qc_table_add_text(about, text ? text : "");
    }
    value->length = 0;
}

static void put_states(qc_buffer *out, unsigned states)
{
    states = states ? states : QCODE_STATES_STANDING;
    for (unsigned state = QCODE_STATE_PROPOSED; state <= QCODE_STATE_REJECTED; state *= 2)
        if (states & state)
            qc_buffer_print(out, "%s%s", out->length ? ", " : "", qc_state_name((qcode_state_set)state));
}

/* Experimental codebooks, whose codes are not counted. */
static void put_left_out(qc_buffer *out, const qc_view *view, const qcode_view_filter *filter)
{
    for (size_t i = 0; i < view->books.count && !filter->experimental && !filter->code_count; i++)
        if (qcode_codebook_is_experimental(view->books.at[i]))
            qc_buffer_print(out, "%s%s%s", out->length ? ", " : "the codes of an experimental codebook: ",
                            qc_books_file(i), out->failed ? "" : " (--experimental counts them)");
}

/* What the table rests on, so that nobody reads it without. */
qcode_table *qc_tell_about(const qc_view *view, const qcode_view_filter *filter, const char *unit, const qcode_memory *memory)
{
    qcode_table *about = qc_table_new(memory);
    qc_buffer value = qc_buffer_init(memory);
    size_t talks = 0, people = 0;
    for (size_t i = 0; i < view->talk_count; i++)
        talks += view->talk_in_view[i];
    for (size_t i = 0; i < view->respondent_count; i++)
        people += view->respondents[i].in_view;
    if (about) {
        qc_table_add_column(about, "what", QCODE_TYPE_TEXT);
        qc_table_add_column(about, "value", QCODE_TYPE_TEXT);
        qc_buffer_print(&value, "%zu document%s, %zu respondent%s, %zu segment%s", talks, talks == 1 ? "" : "s", people,
                        people == 1 ? "" : "s", view->segment_count, view->segment_count == 1 ? "" : "s");
        add_fact(about, "counted", &value);
        put_states(&value, filter->states);
        add_fact(about, "states", &value);
        value.failed |= !qc_put_filter(&value, filter);
        add_fact(about, "filter", &value);
        put_left_out(&value, view, filter);
        add_fact(about, "left out", &value);
        qc_buffer_string(&value, unit ? unit : "");
        add_fact(about, "unit", &value);
        qc_buffer_print(&value, "%zu of %zu segments reviewed by a person", view->reviewed, view->judged_of);
        add_fact(about, "reviewed", &value);
    }
    bool done = !value.failed;
    qc_buffer_clear(&value);
    return qc_table_closed(about, done);
}
