/* Summaries, kept by respondent and code. */
#include "model/summaries.h"
#include "base/error.h"

#include <string.h>

qcode_summaries *qcode_summaries_new(const qcode_memory *memory, qcode_error *err)
{
    qcode_summaries *summaries = qc_resize(memory, NULL, sizeof *summaries);
    if (summaries)
        *summaries = (qcode_summaries){memory, qc_arena_init(memory), qc_buffer_init(memory)};
    else
        qc_no_memory(err);
    return summaries;
}

void qcode_summaries_free(qcode_summaries *summaries)
{
    if (!summaries)
        return;
    qc_arena_clear(&summaries->arena);
    qc_buffer_clear(&summaries->list);
    qc_release(summaries->memory, summaries);
}

size_t qcode_summaries_count(const qcode_summaries *summaries)
{
    return summaries->list.length / sizeof(qcode_summary);
}

const qcode_summary *qcode_summaries_at(const qcode_summaries *summaries, size_t index)
{
    return (const qcode_summary *)(const void *)summaries->list.data + index;
}

static int compare(const qcode_summary *summary, const char *respondent, const char *code)
{
    int order = strcmp(summary->respondent, respondent);
    return order ? order : strcmp(summary->code, code);
}

/* Where it stands, or would stand. */
static size_t place_of(const qcode_summaries *summaries, const char *respondent, const char *code)
{
    size_t low = 0, high = qcode_summaries_count(summaries);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(qcode_summaries_at(summaries, middle), respondent, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const qcode_summary *qc_summaries_find(const qcode_summaries *summaries, const char *respondent, const char *code)
{
    size_t at = place_of(summaries, respondent, code);
    const qcode_summary *found = at < qcode_summaries_count(summaries) ? qcode_summaries_at(summaries, at) : NULL;
    return found && compare(found, respondent, code) == 0 ? found : NULL;
}

static bool copy_strings(qc_arena *arena, const qcode_summary *from, qcode_summary *to)
{
    *to = (qcode_summary){qc_arena_string(arena, from->respondent), qc_arena_string(arena, from->code),
                          qc_arena_string(arena, from->text),       qc_arena_string(arena, from->by),
                          qc_arena_string(arena, from->on),         qc_arena_string(arena, from->seen)};
    return to->respondent && to->code && to->text && to->by && to->on && to->seen;
}

bool qc_summaries_put(qcode_summaries *summaries, const qcode_summary *summary)
{
    size_t at = place_of(summaries, summary->respondent, summary->code), count = qcode_summaries_count(summaries);
    bool there = qc_summaries_find(summaries, summary->respondent, summary->code) != NULL;
    qcode_summary copy;
    if (!*summary->text && !there)
        return true;
    if (!copy_strings(&summaries->arena, summary, &copy) ||
        (!there && !qc_buffer_append(&summaries->list, &copy, sizeof copy)))
        return false;
    qcode_summary *list = (void *)summaries->list.data;
    if (!there)
        memmove(list + at + 1, list + at, (count - at) * sizeof *list);
    if (*summary->text)
        list[at] = copy;
    else {
        memmove(list + at, list + at + 1, (count - at - 1) * sizeof *list);
        summaries->list.length -= sizeof *list;
    }
    return true;
}
