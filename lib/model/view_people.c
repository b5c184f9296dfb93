/* Who answered in a run: cases, and speakers that no case names. */
#include "model/view_people.h"
#include "base/set.h"
#include "model/reading.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

typedef struct people {
    qc_view *view;
    const qcode_view_filter *filter;
    qc_set keys;
    qc_buffer list; /* of qc_respondent, as they are met */
    qc_buffer key;
    qc_reading_scratch scratch;
} people;

/* What tells respondents apart: a case in the study, a speaker in the document. */
static bool make_key(people *p, size_t document, const qcode_speaker *speaker)
{
    p->key.length = 0;
    qc_buffer_string(&p->key, speaker->case_name ? "c" : "s");
    if (!speaker->case_name)
        qc_buffer_append(&p->key, &document, sizeof document);
    return qc_buffer_string(&p->key, speaker->case_name ? speaker->case_name : speaker->name);
}

static const char *name_of(people *p, size_t document, const qcode_speaker *speaker)
{
    const qcode_transcript *talk = p->view->talks[document];
    if (speaker->case_name)
        return speaker->case_name;
    p->key.length = 0;
    qc_buffer_print(&p->key, "%s (%s)", speaker->name, qcode_transcript_name(talk));
    const char *name = qc_buffer_text(&p->key);
    return name ? qc_arena_string(&p->view->arena, name) : NULL;
}

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return !count;
}

/* Whether each "name=value" holds. */
static bool fits_wheres(const qcode_view_filter *filter, const qcode_transcript *talk, const qcode_speaker *speaker,
                        qc_buffer *name)
{
    for (size_t i = 0; i < filter->where_count; i++) {
        const char *equals = strchr(filter->wheres[i], '=');
        name->length = 0;
        qc_buffer_append(name, filter->wheres[i], equals ? (size_t)(equals - filter->wheres[i]) : 0);
        const char *key = qc_buffer_text(name), *value = key ? qcode_transcript_value(talk, speaker, key) : NULL;
        if (!equals || !value || strcmp(value, equals + 1) != 0)
            return false;
    }
    return true;
}

/* The number of the respondent that a speaker is, met for the first time or again. */
static size_t meet(people *p, size_t document, const qcode_speaker *speaker)
{
    bool added;
    const qcode_transcript *talk = p->view->talks[document];
    size_t number = make_key(p, document, speaker) ? qc_set_add(&p->keys, p->key.data, p->key.length, &added) : SIZE_MAX;
    if (number == SIZE_MAX || !added)
        return number;
    const char *group = qcode_transcript_value(talk, speaker, "group");
    qc_respondent fresh = {.name = name_of(p, document, speaker), .group = group ? group : "", .speaker = speaker,
                           .document = document};
    fresh.in_view = is_among(fresh.group, p->filter->groups, p->filter->group_count) &&
                    fits_wheres(p->filter, talk, speaker, &p->key);
    return fresh.name && !p->key.failed && qc_buffer_append(&p->list, &fresh, sizeof fresh) ? number : SIZE_MAX;
}

static qc_respondent *at(people *p, size_t number)
{
    return (qc_respondent *)(void *)p->list.data + number;
}

/* Turns and words of the respondents of a document in view, and in how many documents they speak. */
static bool count_talk(people *p, size_t document)
{
    const qcode_transcript *talk = p->view->talks[document];
    const size_t *who = p->view->speakers + p->view->first_speaker[document];
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        size_t number = turn.speaker ? who[turn.speaker - qcode_transcript_speaker(talk, 0)] : QC_NOBODY;
        qc_reading reading;
        qcode_span word;
        if (number == QC_NOBODY)
            continue;
        if (!qc_read_turn(&p->scratch, talk, &turn, &reading))
            return false;
        at(p, number)->turns++;
        for (size_t byte = 0; qc_next_word(reading.text, reading.length, &byte, &word);)
            at(p, number)->words++;
    }
    return true;
}

static bool meet_all(people *p)
{
    qc_view *view = p->view;
    size_t speakers = 0;
    for (size_t i = 0; i < view->talk_count; i++) {
        view->first_speaker[i] = speakers;
        speakers += qcode_transcript_speaker_count(view->talks[i]);
    }
    if (!(view->speakers = qc_arena_take_array(&view->arena, speakers + 1, sizeof *view->speakers)))
        return false;
    for (size_t i = 0; i < view->talk_count; i++) {
        size_t last = SIZE_MAX;
        for (size_t k = 0; k < qcode_transcript_speaker_count(view->talks[i]); k++) {
            const qcode_speaker *speaker = qcode_transcript_speaker(view->talks[i], k);
            bool counts = speaker->role == QCODE_ROLE_RESPONDENT && !speaker->left_out && view->talk_in_view[i];
            size_t number = counts ? meet(p, i, speaker) : QC_NOBODY;
            if (counts && number == SIZE_MAX)
                return false;
            view->speakers[view->first_speaker[i] + k] = number;
            if (counts && number != last)
                at(p, number)->documents++;
            last = counts ? number : last;
        }
        if (view->talk_in_view[i] && !count_talk(p, i))
            return false;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those without a group stand behind all others. */
static int by_group(const void *a, const void *b)
{
    const qc_respondent *x = a, *y = b;
    if (!*x->group != !*y->group)
        return *x->group ? -1 : 1;
    int groups = strcmp(x->group, y->group), names = strcmp(x->name, y->name);
    return groups ? groups : names ? names : (x->met > y->met) - (x->met < y->met);
}

/* Groups of respondents in view, each once. */
static bool list_groups(qc_view *view)
{
    bool nameless = false;
    if (!(view->groups = qc_arena_take_array(&view->arena, view->respondent_count + 1, sizeof *view->groups)))
        return false;
    for (size_t i = 0; i < view->respondent_count; i++) {
        const qc_respondent *who = &view->respondents[i];
        nameless |= who->in_view && !*who->group;
        if (who->in_view && *who->group)
            view->groups[view->group_count++] = who->group;
    }
    if (view->group_count)
        qsort(view->groups, view->group_count, sizeof *view->groups, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < view->group_count; i++)
        if (!kept || strcmp(view->groups[kept - 1], view->groups[i]) != 0)
            view->groups[kept++] = view->groups[i];
    view->group_count = kept;
    if (nameless)
        view->groups[view->group_count++] = "";
    return true;
}

/* Puts respondents in order and tells the speakers their new numbers. */
static bool order(people *p)
{
    qc_view *view = p->view;
    size_t count = view->respondent_count = p->list.length / sizeof(qc_respondent);
    qc_respondent *sorted = qc_arena_take_array(&view->arena, count + 1, sizeof *sorted);
    size_t *numbers = qc_arena_take_array(&view->arena, count + 1, sizeof *numbers);
    if (!sorted || !numbers)
        return false;
    for (size_t i = 0; i < count; i++) {
        at(p, i)->met = i;
        sorted[i] = *at(p, i);
    }
    if (count)
        qsort(sorted, count, sizeof *sorted, by_group);
    for (size_t i = 0; i < count; i++)
        numbers[sorted[i].met] = i;
    size_t speakers = 0;
    for (size_t i = 0; i < view->talk_count; i++)
        speakers += qcode_transcript_speaker_count(view->talks[i]);
    for (size_t i = 0; i < speakers; i++)
        if (view->speakers[i] != QC_NOBODY)
            view->speakers[i] = numbers[view->speakers[i]];
    view->respondents = sorted;
    return list_groups(view);
}

bool qc_view_list_people(qc_view *view, const qcode_view_filter *filter, const qcode_memory *memory)
{
    people p = {.view = view, .filter = filter, .keys = qc_set_init(memory), .list = qc_buffer_init(memory),
                .key = qc_buffer_init(memory), .scratch = qc_reading_scratch_init(memory)};
    bool done = (view->first_speaker = qc_arena_take_array(&view->arena, view->talk_count + 1,
                                                           sizeof *view->first_speaker)) &&
                meet_all(&p) && order(&p);
    qc_set_clear(&p.keys);
    qc_buffer_clear(&p.list);
    qc_buffer_clear(&p.key);
    qc_reading_scratch_clear(&p.scratch);
    return done;
}
