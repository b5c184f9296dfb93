/* Quotes: every segment with all that is known of it, and a choice of them to read first. */
#include "analyse/tables.h"
#include "base/set.h"
#include "model/shown.h"
#include "model/table.h"
#include "text/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const qcode_column fixed[] = {
    {"code", QCODE_TYPE_TEXT},   {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER}, {"respondent", QCODE_TYPE_TEXT},
    {"group", QCODE_TYPE_TEXT},  {"words", QCODE_TYPE_INTEGER}, {"text", QCODE_TYPE_TEXT},    {"question", QCODE_TYPE_TEXT},
    {"basis", QCODE_TYPE_TEXT},  {"status", QCODE_TYPE_TEXT},   {"state", QCODE_TYPE_TEXT},   {"coder", QCODE_TYPE_TEXT},
    {"id", QCODE_TYPE_TEXT},
};

static const qcode_column chosen_columns[] = {
    {"code", QCODE_TYPE_TEXT},  {"rank", QCODE_TYPE_INTEGER}, {"why", QCODE_TYPE_TEXT},      {"respondent", QCODE_TYPE_TEXT},
    {"group", QCODE_TYPE_TEXT}, {"text", QCODE_TYPE_TEXT},    {"document", QCODE_TYPE_TEXT}, {"line", QCODE_TYPE_INTEGER},
    {"state", QCODE_TYPE_TEXT}, {"id", QCODE_TYPE_TEXT},
};

static const char *or_none(const char *text)
{
    return text && *text ? text : NULL;
}

/* A segment's words as outputs may show them; NULL where they may not be shown, or (`failed` of `out`) no memory is left. */
static const char *show(const qc_view *view, const qc_viewed *segment, qc_buffer *out)
{
    const qcode_transcript *talk = view->talks[segment->document];
    out->length = 0;
    if (qc_withholds(talk, segment->pieces, segment->piece_count) ||
        !qc_put_shown(out, talk, segment->pieces, segment->piece_count))
        return NULL;
    return qc_buffer_text(out);
}

static size_t count_words(const char *text, size_t length)
{
    size_t words = 0;
    qcode_span word;
    for (size_t at = 0; qc_next_word(text, length, &at, &word);)
        words++;
    return words;
}

/* The names of what is known of documents and their speakers, `group` apart. */
static bool list_attributes(const qc_view *view, qc_set *names)
{
    for (size_t i = 0; i < view->talk_count; i++) {
        const qcode_transcript *talk = view->talks[i];
        for (size_t k = 0; k < qcode_transcript_attribute_count(talk); k++) {
            const char *name = qcode_transcript_attribute(talk, k)->name;
            if (strcmp(name, "group") != 0 && qc_set_add(names, name, strlen(name), NULL) == SIZE_MAX)
                return false;
        }
        for (size_t k = 0; k < qcode_transcript_speaker_count(talk); k++) {
            const qcode_speaker *speaker = qcode_transcript_speaker(talk, k);
            for (size_t n = 0; n < speaker->attribute_count; n++) {
                const char *name = speaker->attributes[n].name;
                if (strcmp(name, "group") != 0 && qc_set_add(names, name, strlen(name), NULL) == SIZE_MAX)
                    return false;
            }
        }
    }
    return true;
}

static const qc_respondent *who_said(const qc_view *view, const qc_viewed *segment)
{
    return segment->respondent == QC_NOBODY ? NULL : &view->respondents[segment->respondent];
}

static bool add_quote(const qc_view *view, const qc_viewed *segment, const qc_set *names, qcode_table *table,
                      qc_buffer *words)
{
    const qcode_transcript *talk = view->talks[segment->document];
    const qc_run_segment *line = segment->line;
    const qc_respondent *who = who_said(view, segment);
    const char *text = show(view, segment, words);
    if (words->failed)
        return false;
    qc_table_add_text(table, qcode_code_id(qc_view_code(view, segment->code)));
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, line->line);
    qc_table_add_text(table, who ? who->name : or_none(line->speaker));
    qc_table_add_text(table, who ? or_none(who->group) : NULL);
    if (text)
        qc_table_add_count(table, count_words(text, words->length));
    else
        qc_table_add_missing(table);
    qc_table_add_text(table, text);
    const char *const rest[] = {line->question,         qcode_basis_name(segment->basis), line->status,
                                qc_state_name(segment->state), line->coder,               line->id};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        qc_table_add_text(table, or_none(rest[i]));
    const qcode_speaker *speaker = qcode_transcript_turn_count(talk)
                                       ? qcode_transcript_turn(talk, segment->turn).speaker
                                       : NULL;
    for (size_t i = 0; i < names->count; i++)
        qc_table_add_text(table, qcode_transcript_value(talk, speaker, qc_set_at(names, i)));
    return true;
}

qcode_table *qc_table_quotes(const qc_view *view, const qcode_memory *memory)
{
    qc_set names = qc_set_init(memory);
    qc_buffer words = qc_buffer_init(memory);
    qcode_table *table = qc_table_new(memory);
    bool done = table && list_attributes(view, &names);
    for (size_t i = 0; done && i < sizeof fixed / sizeof *fixed; i++)
        qc_table_add_column(table, fixed[i].name, fixed[i].type);
    for (size_t i = 0; done && i < names.count; i++)
        qc_table_add_column(table, qc_set_at(&names, i), QCODE_TYPE_TEXT);
    for (size_t code = 0; done && code < view->code_count; code++)
        for (size_t i = 0; done && i < view->segment_count; i++)
            done = view->segments[i].code != code || add_quote(view, &view->segments[i], &names, table, &words);
    qc_set_clear(&names);
    qc_buffer_clear(&words);
    return qc_table_closed(table, done);
}

/* A quote that might be chosen. */
typedef struct candidate {
    const qc_viewed *segment;
    size_t words, round; /* `round`: how many of the respondent's stand before it */
    bool contrary;
} candidate;

enum { SHORTEST = 8, LONGEST = 60, BEST_LENGTH = 25 };

static size_t distance(size_t words)
{
    return words > BEST_LENGTH ? words - BEST_LENGTH : BEST_LENGTH - words;
}

static bool is_reviewed(const candidate *of)
{
    return (of->segment->state & QCODE_STATES_REVIEWED) != 0;
}

static int by_worth(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (is_reviewed(x) != is_reviewed(y))
        return is_reviewed(x) ? -1 : 1;
    if (distance(x->words) != distance(y->words))
        return distance(x->words) < distance(y->words) ? -1 : 1;
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* Every respondent's best before anybody's second; contrary ones lead their round. */
static int by_round(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->round != y->round)
        return x->round < y->round ? -1 : 1;
    if (x->contrary != y->contrary)
        return x->contrary ? -1 : 1;
    return by_worth(a, b);
}

static bool gather(const qc_view *view, size_t code, qc_buffer *list, qc_buffer *words)
{
    list->length = 0;
    for (size_t i = 0; i < view->segment_count; i++) {
        const qc_viewed *segment = &view->segments[i];
        if (segment->code != code || segment->basis != QCODE_BASIS_OWN || segment->respondent == QC_NOBODY)
            continue;
        const char *text = show(view, segment, words);
        if (words->failed)
            return false;
        candidate fresh = {.segment = segment, .words = text ? count_words(text, words->length) : 0,
                           .contrary = strcmp(segment->line->status, "negated") == 0};
        if (fresh.words >= SHORTEST && fresh.words <= LONGEST && !qc_buffer_append(list, &fresh, sizeof fresh))
            return false;
    }
    return true;
}

static void add_chosen(const qc_view *view, const candidate *of, size_t rank, qcode_table *table, qc_buffer *words)
{
    const qc_respondent *who = who_said(view, of->segment);
    const qcode_transcript *talk = view->talks[of->segment->document];
    char why[160];
    snprintf(why, sizeof why, "own words; %zu words; %s; the respondent's number %zu%s", of->words,
             is_reviewed(of) ? "reviewed" : "proposed", of->round + 1, of->contrary ? "; contrary: negated" : "");
    qc_table_add_text(table, qcode_code_id(qc_view_code(view, of->segment->code)));
    qc_table_add_count(table, rank);
    qc_table_add_text(table, why);
    qc_table_add_text(table, who->name);
    qc_table_add_text(table, or_none(who->group));
    qc_table_add_text(table, show(view, of->segment, words));
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, of->segment->line->line);
    qc_table_add_text(table, qc_state_name(of->segment->state));
    qc_table_add_text(table, or_none(of->segment->line->id));
}

/* Ranks what was gathered: the worthiest of each respondent first. */
static bool rank(const qc_view *view, qc_buffer *list, qc_arena *arena)
{
    candidate *all = (void *)list->data;
    size_t count = list->length / sizeof *all;
    size_t *had = qc_arena_take_array(arena, view->respondent_count + 1, sizeof *had);
    if (!had)
        return false;
    memset(had, 0, (view->respondent_count + 1) * sizeof *had);
    if (count)
        qsort(all, count, sizeof *all, by_worth);
    for (size_t i = 0; i < count; i++)
        all[i].round = had[all[i].segment->respondent]++;
    if (count)
        qsort(all, count, sizeof *all, by_round);
    return true;
}

qcode_table *qc_table_candidates(const qc_view *view, size_t most, const qcode_memory *memory)
{
    qc_arena arena = qc_arena_init(memory);
    qc_buffer list = qc_buffer_init(memory), words = qc_buffer_init(memory);
    qcode_table *table = qc_table_new(memory);
    bool done = table != NULL;
    for (size_t i = 0; done && i < sizeof chosen_columns / sizeof *chosen_columns; i++)
        qc_table_add_column(table, chosen_columns[i].name, chosen_columns[i].type);
    for (size_t code = 0; done && code < view->code_count; code++) {
        done = gather(view, code, &list, &words) && rank(view, &list, &arena);
        const candidate *all = (const void *)list.data;
        for (size_t i = 0; done && i < most && i < list.length / sizeof *all; i++)
            add_chosen(view, &all[i], i + 1, table, &words);
    }
    done = done && !words.failed;
    qc_buffer_clear(&list);
    qc_buffer_clear(&words);
    qc_arena_clear(&arena);
    return qc_table_closed(table, done);
}
