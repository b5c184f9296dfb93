/* Who raised a code: respondents and interviews by group, with what they are counted out of. */
#include "analyse/tables.h"
#include "base/set.h"
#include "model/reading.h"
#include "model/table.h"
#include "text/words.h"

#include <string.h>

static const qcode_column columns[] = {
    {"code", QCODE_TYPE_TEXT},          {"group", QCODE_TYPE_TEXT},
    {"raised_by", QCODE_TYPE_INTEGER},  {"of", QCODE_TYPE_INTEGER},
    {"prompted", QCODE_TYPE_INTEGER},   {"interviews", QCODE_TYPE_INTEGER},
    {"of_interviews", QCODE_TYPE_INTEGER}, {"segments", QCODE_TYPE_INTEGER},
    {"words", QCODE_TYPE_INTEGER},      {"share_of_words", QCODE_TYPE_NUMBER},
    {"note", QCODE_TYPE_TEXT},
};

/* What a group has of a code. */
typedef struct counted {
    size_t raised, people, prompted, interviews, all_interviews, segments, words, all_words;
} counted;

typedef struct raising {
    const qc_view *view;
    qcode_table *table;
    qc_arena arena;
    uint8_t *own, *other;      /* of each respondent: has own words of the code; has segments on another basis alone */
    uint8_t *spoke;            /* of each group x document */
    uint8_t *touched;          /* the same: has a segment of the code */
    counted *groups;           /* and behind them all together */
    qc_reading_scratch scratch;
    qc_buffer text;
} raising;

/* The words of a segment. */
static bool count_words(raising *r, const qc_viewed *segment, size_t *words)
{
    size_t length;
    const char *text = qcode_transcript_text(r->view->talks[segment->document], &length);
    qcode_span word;
    r->text.length = 0;
    if (!qc_put_reading(&r->text, text, segment->pieces, segment->piece_count))
        return false;
    for (size_t at = 0; qc_next_word(r->text.data ? r->text.data : "", r->text.length, &at, &word);)
        ++*words;
    return true;
}

/* Who is of which group and speaks where: the same for every code. */
static void count_people(raising *r)
{
    const qc_view *view = r->view;
    for (size_t i = 0; i < view->respondent_count; i++) {
        const qc_respondent *who = &view->respondents[i];
        if (!who->in_view)
            continue;
        size_t group = qc_view_group(view, who);
        r->groups[group].people++;
        r->groups[group].all_words += who->words;
        r->groups[view->group_count].people++;
        r->groups[view->group_count].all_words += who->words;
    }
    for (size_t i = 0; i < view->talk_count; i++)
        for (size_t k = 0; view->talk_in_view[i] && k < qcode_transcript_speaker_count(view->talks[i]); k++) {
            size_t who = qc_view_respondent(view, i, qcode_transcript_speaker(view->talks[i], k));
            if (who != QC_NOBODY && view->respondents[who].in_view) {
                r->spoke[qc_view_group(view, &view->respondents[who]) * view->talk_count + i] = 1;
                r->spoke[view->group_count * view->talk_count + i] = 1;
            }
        }
    for (size_t g = 0; g <= view->group_count; g++)
        for (size_t i = 0; i < view->talk_count; i++)
            r->groups[g].all_interviews += r->spoke[g * view->talk_count + i];
}

/* A passage that a code and one under it both have is counted once: the segments come by place. */
static bool count_segments(raising *r, size_t code)
{
    const qc_view *view = r->view;
    const qc_viewed *last = NULL;
    for (size_t i = 0; i < view->segment_count; i++) {
        const qc_viewed *segment = &view->segments[i];
        if (segment->respondent == QC_NOBODY || !qc_view_is_under(view, segment->code, code))
            continue;
        (segment->basis == QCODE_BASIS_OWN || (segment->state & QCODE_STATES_REVIEWED) ? r->own
                                                                                    : r->other)[segment->respondent] = 1;
        bool again = qc_same_passage(last, segment);
        last = segment;
        if (again)
            continue;
        size_t group = qc_view_group(view, &view->respondents[segment->respondent]), words = 0;
        if (!count_words(r, segment, &words))
            return false;
        r->groups[group].segments++;
        r->groups[view->group_count].segments++;
        r->groups[group].words += words;
        r->groups[view->group_count].words += words;
        r->touched[group * view->talk_count + segment->document] = 1;
        r->touched[view->group_count * view->talk_count + segment->document] = 1;
    }
    return true;
}

static bool count_code(raising *r, size_t code)
{
    const qc_view *view = r->view;
    memset(r->own, 0, view->respondent_count + 1);
    memset(r->other, 0, view->respondent_count + 1);
    memset(r->touched, 0, (view->group_count + 1) * view->talk_count + 1);
    for (size_t g = 0; g <= view->group_count; g++) {
        counted *of = &r->groups[g];
        of->raised = of->prompted = of->interviews = of->segments = of->words = 0;
    }
    if (!count_segments(r, code))
        return false;
    for (size_t i = 0; i < view->respondent_count; i++) {
        size_t group = qc_view_group(view, &view->respondents[i]);
        if (!view->respondents[i].in_view)
            continue;
        r->groups[group].raised += r->own[i];
        r->groups[view->group_count].raised += r->own[i];
        r->groups[group].prompted += !r->own[i] && r->other[i];
        r->groups[view->group_count].prompted += !r->own[i] && r->other[i];
    }
    for (size_t g = 0; g <= view->group_count; g++)
        for (size_t i = 0; i < view->talk_count; i++)
            r->groups[g].interviews += r->touched[g * view->talk_count + i];
    return true;
}

static void add_row(raising *r, size_t code, const char *group, const counted *of)
{
    qc_table_add_text(r->table, qcode_code_id(qc_view_code(r->view, code)));
    qc_table_add_text(r->table, group);
    const size_t numbers[] = {of->raised,         of->people,   of->prompted, of->interviews,
                              of->all_interviews, of->segments, of->words};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(r->table, numbers[i]);
    if (of->all_words)
        qc_table_add_number(r->table, (double)of->words / (double)of->all_words);
    else
        qc_table_add_missing(r->table);
    qc_table_add_text(r->table, of->segments ? NULL : "not found by the rules (unread)");
}

static bool make_room(raising *r, const qcode_memory *memory)
{
    const qc_view *view = r->view;
    size_t cells;
    r->table = qc_table_new(memory);
    for (size_t i = 0; r->table && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(r->table, columns[i].name, columns[i].type);
    if (!r->table || !qc_multiply(view->group_count + 1, view->talk_count, &cells))
        return false;
    r->own = qc_arena_take_array(&r->arena, view->respondent_count + 1, 1);
    r->other = qc_arena_take_array(&r->arena, view->respondent_count + 1, 1);
    r->spoke = qc_arena_take_array(&r->arena, cells + 1, 1);
    r->touched = qc_arena_take_array(&r->arena, cells + 1, 1);
    r->groups = qc_arena_take_array(&r->arena, view->group_count + 1, sizeof *r->groups);
    if (!r->own || !r->other || !r->spoke || !r->touched || !r->groups)
        return false;
    memset(r->spoke, 0, cells + 1);
    memset(r->groups, 0, (view->group_count + 1) * sizeof *r->groups);
    return true;
}

qcode_table *qc_table_raised(const qc_view *view, const qcode_memory *memory)
{
    raising r = {.view = view, .arena = qc_arena_init(memory), .text = qc_buffer_init(memory)};
    bool done = make_room(&r, memory);
    if (done)
        count_people(&r);
    for (size_t code = 0; done && code < view->code_count; code++) {
        if (!view->code_in_view[code])
            continue;
        done = count_code(&r, code);
        for (size_t g = 0; done && g < view->group_count; g++)
            add_row(&r, code, *view->groups[g] ? view->groups[g] : NULL, &r.groups[g]);
        if (done && view->group_count != 1)
            add_row(&r, code, "all", &r.groups[view->group_count]);
    }
    qc_arena_clear(&r.arena);
    qc_buffer_clear(&r.text);
    return qc_table_closed(r.table, done);
}
