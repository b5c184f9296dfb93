/* The cells of a framework matrix: each respondent and code, with the quotes and what an analyst wrote of them. */
#include "analyse/tables.h"
#include "base/sha256.h"
#include "model/shown.h"
#include "model/summaries.h"
#include "model/table.h"

#include <string.h>

enum { MOST_QUOTED = 20000 }; /* bytes of quotes in a cell: a spreadsheet's holds 32,767 characters */

static const qcode_column columns[] = {
    {"group", QCODE_TYPE_TEXT},   {"respondent", QCODE_TYPE_TEXT}, {"code", QCODE_TYPE_TEXT},
    {"segments", QCODE_TYPE_INTEGER}, {"raised", QCODE_TYPE_YES_NO},   {"cell", QCODE_TYPE_TEXT},
    {"quotes", QCODE_TYPE_TEXT},  {"summary", QCODE_TYPE_TEXT},    {"by", QCODE_TYPE_TEXT},
    {"on", QCODE_TYPE_TEXT},      {"stale", QCODE_TYPE_YES_NO},    {"seen", QCODE_TYPE_TEXT},
};

typedef struct celling {
    const qc_view *view;
    const qc_asked *asked;
    const bool *read; /* each document: a person has finished it */
    const qcode_summaries *summaries;
    qcode_table *table;
    qc_buffer quotes, words;
    qc_sha256 hash;
    size_t segments, left_out;
    bool raised, is_read;
} celling;

/* One more segment of the cell: in the hash, and quoted while there is room. */
static bool add_segment(celling *c, const qc_viewed *segment)
{
    const qcode_transcript *talk = c->view->talks[segment->document];
    const char *facts[] = {segment->line->id, qc_state_name(segment->state), segment->line->text};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        qc_sha256_add(&c->hash, facts[i], strlen(facts[i]) + 1);
    c->segments++;
    c->raised |= segment->basis == QCODE_BASIS_OWN || (segment->state & QCODE_STATES_REVIEWED);
    c->words.length = 0;
    if (qc_withholds(talk, segment->pieces, segment->piece_count))
        qc_buffer_string(&c->words, "(may not be quoted)");
    else
        qc_put_shown(&c->words, talk, segment->pieces, segment->piece_count);
    if (c->quotes.length + c->words.length > MOST_QUOTED)
        c->left_out++;
    else {
        qc_buffer_print(&c->quotes, "%s%s:%zu ", c->quotes.length ? "\n" : "", qcode_transcript_name(talk),
                        segment->line->line);
        qc_buffer_append(&c->quotes, c->words.data, c->words.length);
        qc_buffer_print(&c->quotes, "%s", segment->basis == QCODE_BASIS_OWN ? "" : " [no words of its own]");
    }
    return !c->quotes.failed && !c->words.failed;
}

/* The segments of a cell; a passage that a code and one under it have stands there once. */
static bool gather(celling *c, size_t who, size_t code)
{
    const qc_viewed *last = NULL;
    c->quotes.length = 0;
    c->segments = c->left_out = 0;
    c->raised = false;
    c->hash = qc_sha256_init();
    for (size_t i = 0; i < c->view->segment_count; i++) {
        const qc_viewed *segment = &c->view->segments[i];
        if (segment->respondent != who || !qc_view_is_under(c->view, segment->code, code))
            continue;
        bool again = qc_same_passage(last, segment);
        last = segment;
        if (!again && !add_segment(c, segment))
            return false;
    }
    if (c->left_out)
        qc_buffer_print(&c->quotes, "\n... and %zu more", c->left_out);
    return !c->quotes.failed;
}

/* What a cell without segments means. */
static const char *meaning_of(const celling *c, size_t who, size_t code)
{
    bool known = c->asked->known[code];
    bool asked = known && c->asked->answers[who * c->view->code_count + code].words;
    if (c->segments)
        return c->raised ? NULL : "nothing in their own words";
    if (!c->is_read)
        return asked ? "asked; nothing found by the rules, not yet read by a person"
                     : known ? "not asked; nothing found by the rules, not yet read by a person"
                             : "nothing found by the rules, not yet read by a person";
    return asked ? "asked, and nothing coded" : known ? "not asked, and nothing coded" : "nothing coded";
}

/* Whether a person has finished every document in which the respondent speaks. */
static bool is_read(const celling *c, size_t who)
{
    const qc_view *view = c->view;
    for (size_t i = 0; i < view->talk_count; i++)
        for (size_t k = 0; k < qcode_transcript_speaker_count(view->talks[i]); k++)
            if (!c->read[i] && qc_view_respondent(view, i, qcode_transcript_speaker(view->talks[i], k)) == who)
                return false;
    return true;
}

static void add_row(celling *c, size_t who, size_t code)
{
    const qc_respondent *of = &c->view->respondents[who];
    const char *id = qcode_code_id(qc_view_code(c->view, code));
    const qcode_summary *summary = c->summaries ? qc_summaries_find(c->summaries, of->name, id) : NULL;
    char hex[65] = "";
    if (c->segments)
        qc_sha256_hex(&c->hash, hex);
    hex[16] = '\0';
    qc_table_add_text(c->table, *of->group ? of->group : NULL);
    qc_table_add_text(c->table, of->name);
    qc_table_add_text(c->table, id);
    qc_table_add_count(c->table, c->segments);
    qc_table_add_yes_no(c->table, c->raised);
    qc_table_add_text(c->table, meaning_of(c, who, code));
    qc_table_add_text(c->table, c->segments ? qc_buffer_text(&c->quotes) : NULL);
    qc_table_add_text(c->table, summary ? summary->text : NULL);
    qc_table_add_text(c->table, summary && *summary->by ? summary->by : NULL);
    qc_table_add_text(c->table, summary && *summary->on ? summary->on : NULL);
    if (summary)
        qc_table_add_yes_no(c->table, strcmp(summary->seen, hex) != 0);
    else
        qc_table_add_missing(c->table);
    qc_table_add_text(c->table, *hex ? hex : NULL);
}

qcode_table *qc_table_cells(const qc_view *view, const qc_asked *asked, const bool *read,
                            const qcode_summaries *summaries, const qcode_memory *memory)
{
    celling c = {.view = view, .asked = asked, .read = read, .summaries = summaries,
                 .quotes = qc_buffer_init(memory), .words = qc_buffer_init(memory)};
    bool done = (c.table = qc_table_new(memory)) != NULL;
    for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(c.table, columns[i].name, columns[i].type);
    for (size_t who = 0; done && who < view->respondent_count; who++) {
        c.is_read = is_read(&c, who);
        for (size_t code = 0; done && view->respondents[who].in_view && code < view->code_count; code++)
            if (view->code_in_view[code] && (done = gather(&c, who, code)))
                add_row(&c, who, code);
    }
    qc_buffer_clear(&c.quotes);
    qc_buffer_clear(&c.words);
    return qc_table_closed(c.table, done);
}
