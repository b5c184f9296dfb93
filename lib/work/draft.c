/* The draft of a report in Markdown. What it says of people are counts of who supports a statement; of a code it says that
 * passages are about it. */
#include "analyse/tables.h"
#include "base/error.h"
#include "base/sink.h"
#include "work/about.h"
#include "work/claims.h"
#include "work/opened.h"
#include <qcode/draft.h>

#include <string.h>

typedef struct drafting {
    const qc_view *view;
    const qc_claims *claims; /* NULL: none */
    qcode_table *about, *statements, *quotes;
    qc_buffer out;
    bool *told; /* each statement: it has been written */
} drafting;

/* Text that Markdown leaves as it is; a line feed goes on behind `begin`. */
static void put_text(qc_buffer *out, const char *text, const char *begin)
{
    for (; *text; text++)
        if (*text == '\n') {
            qc_buffer_byte(out, '\n');
            qc_buffer_string(out, begin);
        } else {
            if (strchr("\\`*_[]<>#", *text))
                qc_buffer_byte(out, '\\');
            qc_buffer_byte(out, *text);
        }
}

static const char *text_of(const qcode_table *table, size_t row, const char *column)
{
    const qcode_cell cell = qcode_table_cell(table, row, qcode_table_find(table, column));
    return cell.missing ? "" : cell.as.text;
}

static size_t count_of(const qcode_table *table, size_t row, const char *column)
{
    return (size_t)qcode_table_cell(table, row, qcode_table_find(table, column)).as.integer;
}

/* "- 2 of 4 Residents (several) [S1]; 1 qualifies it, 1 contradicts it, 1 was asked and did not say". */
static void put_counts(drafting *d, size_t row)
{
    static const struct {
        const char *column, *one, *more;
    } others[] = {
        {"qualifies", "qualifies it", "qualify it"},
        {"contradicts", "contradicts it", "contradict it"},
        {"asked_and_did_not_say", "was asked and did not say", "were asked and did not say"},
        {"not_asked", "was not asked", "were not asked"},
        {"unknown_whether_asked", "may or may not have been asked", "may or may not have been asked"},
    };
    const char *group = text_of(d->statements, row, "group");
    bool all = strcmp(group, "all") == 0;
    qc_buffer_print(&d->out, "- %s ", text_of(d->statements, row, "count"));
    put_text(&d->out, all ? "respondents" : *group ? group : "respondents without a group", "");
    if (!strstr(text_of(d->statements, row, "quantifier"), " of "))
        qc_buffer_print(&d->out, " (%s)", text_of(d->statements, row, "quantifier"));
    qc_buffer_print(&d->out, " [%s]", text_of(d->statements, row, "statement"));
    for (size_t i = 0, told = 0; i < sizeof others / sizeof *others; i++) {
        size_t count = count_of(d->statements, row, others[i].column);
        if (count)
            qc_buffer_print(&d->out, "%s %zu %s", told++ ? "," : ";", count, count == 1 ? others[i].one : others[i].more);
    }
    qc_buffer_byte(&d->out, '\n');
}

static void put_statement(drafting *d, size_t index)
{
    const qc_statement *statement = &d->claims->statements->at[index];
    size_t last = SIZE_MAX;
    qc_buffer_print(&d->out, "\n**%s.** ", statement->id);
    put_text(&d->out, statement->text, "");
    if (d->told[index]) {
        qc_buffer_string(&d->out, " (above)\n");
        return;
    }
    d->told[index] = true;
    qc_buffer_string(&d->out, "\n\nWho supports it:\n\n");
    for (size_t row = 0; row < qcode_table_row_count(d->statements); row++)
        if (strcmp(text_of(d->statements, row, "statement"), statement->id) == 0) {
            put_counts(d, row);
            last = row; /* the row of all */
        }
    if (last == SIZE_MAX)
        return;
    const char *sources = text_of(d->statements, last, "other_sources");
    qc_buffer_string(&d->out, "\nContrary accounts: ");
    put_text(&d->out, text_of(d->statements, last, "contrary"), "");
    qc_buffer_string(&d->out, ".\n\nQualifying accounts: ");
    put_text(&d->out, text_of(d->statements, last, "qualifying"), "");
    qc_buffer_string(&d->out, ".\n");
    if (*sources) {
        qc_buffer_string(&d->out, "\nOther sources that support it: ");
        put_text(&d->out, sources, "");
        qc_buffer_string(&d->out, ".\n");
    }
}

/* What a respondent is called in public: the `public_label`, else the name. */
static const char *label_of(const drafting *d, const char *name)
{
    for (size_t i = 0; i < d->view->respondent_count; i++) {
        const qc_respondent *who = &d->view->respondents[i];
        const char *label = strcmp(who->name, name) == 0
                                ? qcode_transcript_value(d->view->talks[who->document], who->speaker, "public_label")
                                : NULL;
        if (label && *label)
            return label;
    }
    return name;
}

static bool put_quotes(drafting *d, const char *code)
{
    bool any = false;
    for (size_t row = 0; row < qcode_table_row_count(d->quotes); row++) {
        if (strcmp(text_of(d->quotes, row, "code"), code) != 0)
            continue;
        qc_buffer_string(&d->out, any ? "\n> " : "\nQuotes to choose from:\n\n> ");
        put_text(&d->out, text_of(d->quotes, row, "text"), "> ");
        qc_buffer_string(&d->out, "\n>\n> \xE2\x80\x94 ");
        put_text(&d->out, label_of(d, text_of(d->quotes, row, "respondent")), "");
        if (strcmp(text_of(d->quotes, row, "state"), "proposed") == 0)
            qc_buffer_string(&d->out, " (proposed by the rules, not reviewed)");
        qc_buffer_byte(&d->out, '\n');
        any = true;
        if (row + 1 < qcode_table_row_count(d->quotes) && strcmp(text_of(d->quotes, row + 1, "code"), code) == 0)
            qc_buffer_string(&d->out, "\n<!-- -->\n"); /* so that two quotations do not become one */
    }
    return any;
}

static bool is_of_code(const drafting *d, size_t statement, size_t code)
{
    for (size_t i = 0; i < d->claims->statements->at[statement].code_count; i++)
        if (d->claims->accounts.codes[statement][i] == code)
            return true;
    return false;
}

static void put_code(drafting *d, size_t index)
{
    const qcode_code *code = qc_view_code(d->view, index);
    size_t before;
    qc_buffer_string(&d->out, "\n## ");
    put_text(&d->out, qcode_code_name(code), "");
    qc_buffer_byte(&d->out, '\n');
    if (*qcode_code_definition(code)) {
        qc_buffer_string(&d->out, "\nPassages about this: ");
        put_text(&d->out, qcode_code_definition(code), "");
        qc_buffer_byte(&d->out, '\n');
    }
    before = d->out.length;
    for (size_t i = 0; d->claims && i < d->claims->statements->count; i++)
        if (d->claims->accounts.in_view[i] && is_of_code(d, i, index))
            put_statement(d, i);
    put_quotes(d, qcode_code_id(code));
    if (d->out.length == before)
        qc_buffer_string(&d->out, "\nNo statement, and no quote in the states that count here.\n");
}

static void put_draft(drafting *d, qcode_sink *sink)
{
    qc_buffer_string(&d->out, "# Findings: a draft\n\n");
    for (size_t i = 0; i < qcode_table_row_count(d->about); i++) {
        qc_buffer_string(&d->out, "- ");
        put_text(&d->out, text_of(d->about, i, "what"), "");
        qc_buffer_string(&d->out, ": ");
        put_text(&d->out, text_of(d->about, i, "value"), "");
        qc_buffer_byte(&d->out, '\n');
    }
    qc_buffer_string(&d->out, "\nA code says what passages are about, and no more. Counts stand with statements alone. Who does "
                              "not say something is not against it.\n");
    for (size_t i = 0; i < d->view->code_count; i++)
        if (d->view->code_in_view[i]) {
            put_code(d, i);
            qc_sink_drain(sink, &d->out);
        }
    for (size_t i = 0, any = 0; d->claims && i < d->claims->statements->count; i++)
        if (d->claims->accounts.in_view[i] && !d->claims->statements->at[i].code_count) {
            if (!any++)
                qc_buffer_string(&d->out, "\n## Statements beside the codes\n");
            put_statement(d, i);
        }
    qc_sink_drain(sink, &d->out);
}

static bool make_draft(drafting *d, const qcode_draft_job *job, const qcode_view_filter *filter,
                       const qcode_memory *memory, qcode_sink *sink)
{
    qc_arena arena = qc_arena_init(memory);
    size_t count = d->claims ? d->claims->statements->count : 0;
    d->told = qc_arena_take_array(&arena, count + 1, sizeof *d->told);
    d->about = qc_tell_about(d->view, filter, NULL, memory);
    d->quotes = qc_table_candidates(d->view, job->most ? job->most : 3, memory);
    if (d->claims)
        d->statements = qc_table_statements(d->view, &d->claims->accounts, &d->claims->asked, memory);
    bool done = d->told && d->about && d->quotes && (!d->claims || d->statements) &&
                (!d->claims || qc_tell_quantifiers(d->about, &d->claims->statements->quantifiers, memory));
    if (done) {
        put_draft(d, sink);
        done = !d->out.failed;
    }
    qcode_table_free(d->about);
    qcode_table_free(d->quotes);
    qcode_table_free(d->statements);
    qc_arena_clear(&arena);
    return done;
}

bool qcode_write_draft(const qcode_draft_job *job, const qcode_memory *memory, qcode_sink *sink, qcode_notes *notes,
                       qcode_error *err)
{
    qc_opened opened;
    qc_claims claims = {.statements = NULL};
    qcode_view_filter filter = job->filter;
    filter.states = filter.states ? filter.states : QCODE_STATES_REVIEWED;
    bool done = qc_open_run(&opened, job->folder, &filter, memory, notes, err) &&
                (!job->statements || qc_open_claims(&claims, job->statements, &opened.view, &filter, memory, notes, err));
    if (done) {
        drafting d = {.view = &opened.view, .claims = job->statements ? &claims : NULL, .out = qc_buffer_init(memory)};
        done = make_draft(&d, job, &filter, memory, sink) || qc_no_memory(err);
        qc_buffer_clear(&d.out);
    }
    qc_claims_clear(&claims);
    qc_opened_clear(&opened);
    return done;
}
