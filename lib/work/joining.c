/* Segments that are one after codes were put together. */
#include "work/joining.h"
#include "base/error.h"

#include <stdlib.h>

static bool put_key(qc_buffer *key, const qc_joined_segment *segment)
{
    const char *const parts[] = {segment->document, segment->start, segment->end, segment->coder};
    key->length = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        qc_buffer_append(key, parts[i], strlen(parts[i]) + 1);
    return !key->failed;
}

/* Whether the codes that are one now have it among them. */
static bool is_concerned(const qc_recode_map *map, const char *code)
{
    return qc_recoded_code(map, code) || strcmp(code, map->job->codes[map->job->code_count - 1]) == 0;
}

/* Whether one has the better right to stand for both. */
static int rank(const qc_joined_segment *segment)
{
    return 2 * segment->own + (strcmp(segment->origin, "person") != 0);
}

static bool is_rejected(const qc_joined_segment *segment)
{
    return strcmp(segment->state, "rejected") == 0;
}

/* Whether what a person said of `b` holds, rather than what somebody or nobody said of `a`. */
static bool outweighs(const qc_joined_segment *b, const qc_joined_segment *a)
{
    if (!*a->decided_by || !*b->decided_by)
        return *b->decided_by;
    if (strcmp(a->decided_by, b->decided_by) == 0 && is_rejected(a) != is_rejected(b))
        return is_rejected(a);
    return strcmp(b->decided_on, a->decided_on) > 0;
}

/* Two that are one: `first` is the one met first, or what stands for it. Answers what stands for both. */
static size_t join(qc_joined_segment *segments, size_t first, size_t second)
{
    bool later = rank(&segments[second]) > rank(&segments[first]);
    size_t kept = later ? second : first, gone = later ? first : second, end = kept;
    while (segments[end].next != SIZE_MAX)
        end = segments[end].next;
    size_t of_first = segments[first].judged, of_second = segments[second].judged;
    segments[kept].judged = outweighs(&segments[of_second], &segments[of_first]) ? of_second : of_first;
    segments[end].next = gone;
    segments[gone].gone = true;
    segments[kept].changed = true;
    return kept;
}

bool qc_join_segments(const qc_recode_map *map, qc_joined_segment *segments, size_t count, qcode_recoded *result)
{
    bool merges = map->job->kind == QCODE_MERGE, done = true;
    qc_set seen = qc_set_init(map->memory);
    qc_buffer key = qc_buffer_init(map->memory), places = qc_buffer_init(map->memory);
    for (size_t i = 0; done && i < count; i++) {
        segments[i].next = SIZE_MAX;
        segments[i].judged = i;
        segments[i].changed = qc_recoded_code(map, segments[i].code);
        result->changed += segments[i].changed;
        if (!merges || !is_concerned(map, segments[i].code))
            continue;
        bool added;
        size_t number = put_key(&key, &segments[i]) ? qc_set_add(&seen, key.data, key.length, &added) : SIZE_MAX;
        done = number != SIZE_MAX && (!added || qc_buffer_append(&places, &i, sizeof i));
        if (!done || added)
            continue;
        size_t *place = (size_t *)(void *)places.data + number;
        *place = join(segments, *place, i);
        result->joined++;
    }
    qc_set_clear(&seen);
    qc_buffer_clear(&key);
    qc_buffer_clear(&places);
    return done || qc_no_memory(map->err);
}

bool qc_is_judgement_column(const char *name)
{
    static const char *const names[] = {"state", "decided_by", "decided_on", "reason"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static int compare_matches(const void *a, const void *b)
{
    const qc_joined_match *one = a, *two = b;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    if (one->end != two->end)
        return one->end < two->end ? -1 : 1;
    return one->from < two->from ? -1 : one->from > two->from;
}

bool qc_join_matches(const qc_joined_segment *segments, size_t index, qc_buffer *list)
{
    list->length = 0;
    for (size_t at = index; at != SIZE_MAX; at = segments[at].next)
        if (segments[at].match_count)
            qc_buffer_append(list, segments[at].matches, segments[at].match_count * sizeof *segments->matches);
    size_t count = list->length / sizeof(qc_joined_match);
    if (count > 1)
        qsort(list->data, count, sizeof(qc_joined_match), compare_matches);
    return !list->failed;
}
