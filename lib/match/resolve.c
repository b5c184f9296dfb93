/* Hits become segments. */
#include "match/resolve.h"
#include "base/utf8.h"
#include "match/condition.h"
#include "match/wholes.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

typedef qc_unit unit;

qc_resolver qc_resolver_init(const qcode_memory *memory)
{
    return (qc_resolver){.memory = memory,
                         .ground = qc_ground_init(memory),
                         .arena = qc_arena_init(memory),
                         .pieces = qc_buffer_init(memory)};
}

void qc_resolver_clear(qc_resolver *resolver)
{
    for (size_t i = 0; i < resolver->code_count; i++)
        qc_release(resolver->memory, resolver->codes[i].at);
    qc_release(resolver->memory, resolver->codes);
    qc_release(resolver->memory, resolver->code_rooms);
    qc_ground_clear(&resolver->ground);
    qc_arena_clear(&resolver->arena);
    qc_release(resolver->memory, resolver->units);
    qc_release(resolver->memory, resolver->hits);
    qc_release(resolver->memory, resolver->whole);
    qc_buffer_clear(&resolver->pieces);
    *resolver = qc_resolver_init(resolver->memory);
}

/* Rule by rule in their order, part by part, by start; the longest first of those that start together. */
static int compare_found(const void *a, const void *b)
{
    const qc_found *one = a, *two = b;
    int by = qc_order(one->rank, two->rank);
    by = by ? by : qc_order(one->part, two->part);
    by = by ? by : qc_order(one->start, two->start);
    return by ? by : qc_order(two->end, one->end);
}

static int compare_units(const void *a, const void *b)
{
    const unit *one = a, *two = b;
    int by = qc_order(one->code->index, two->code->index);
    by = by ? by : qc_order(one->start, two->start);
    by = by ? by : qc_order(one->end, two->end);
    return by ? by : compare_found(one->hit, two->hit);
}

/* Whether a hit touches a sentence: all but white space is in one. */
static bool says_something(const qc_reading *reading, const qc_found *hit)
{
    for (size_t at = hit->start; at < hit->end;)
        if (!qc_is_space(qc_utf8_next(reading->text, reading->length, &at)))
            return true;
    return false;
}

/* The unit a hit codes, and in `*veto` where an `unless` is looked for. */
static bool find_unit(const qc_resolver *r, const qc_ready_rule *rule, const qc_found *hit, unit *u, qcode_span *veto)
{
    size_t first, last;
    const qcode_code *code = rule->rule->code;
    const qc_sentence *sentences = r->ground.sentences;
    if (!rule->needs_sentences) {
        *veto = (qcode_span){hit->start, hit->end};
        *u = (unit){code, hit->start, hit->end, hit};
        return says_something(r->ground.reading, hit);
    }
    if (!qc_ground_touch(&r->ground, (qcode_span){hit->start, hit->end}, &first, &last))
        return false;
    if (code->unit == QCODE_UNIT_PARAGRAPH) {
        first = sentences[first].first;
        last = sentences[last].last;
    } else if (code->unit == QCODE_UNIT_TURN) {
        first = 0;
        last = r->ground.sentence_count - 1;
    }
    *veto = (qcode_span){sentences[first].span.start, sentences[last].span.end};
    *u = (unit){code, veto->start, veto->end, hit};
    if (code->unit == QCODE_UNIT_MATCH) {
        u->start = hit->start;
        u->end = hit->end;
    }
    return true;
}

/* Some of the hits of a rule. */
typedef struct slice {
    qc_found *at;
    size_t count;
} slice;

/* Whether one of them overlaps the span. They are sorted by start, and the end of each is the furthest so far. */
static bool is_touched(slice found, qcode_span span)
{
    size_t low = 0, high = found.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found.at[middle].start < span.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low && found.at[low - 1].end > span.start;
}

/* The hits of a part, each made to end where the furthest before it does. */
static slice stretch(slice all, size_t part)
{
    slice found = {all.at, 0};
    while (found.at < all.at + all.count && found.at->part < part)
        found.at++;
    while (found.at + found.count < all.at + all.count && found.at[found.count].part == part)
        found.count++;
    for (size_t i = 1; i < found.count; i++)
        if (found.at[i].end < found.at[i - 1].end)
            found.at[i].end = found.at[i - 1].end;
    return found;
}

/* What one rule found in a turn, on its way to units. */
typedef struct turn_rule {
    const qcode_rules *rules;
    const qc_ready_rule *ready;
    const qc_reading *reading;
    qc_scene scene;
    slice hits, vetoes, ghosts;
} turn_rule;

/* Takes down a hit for the codes that refer to this one. */
static bool keep_spot(qc_resolver *r, const turn_rule *t, const qc_found *hit)
{
    size_t code = t->ready->rule->code->index;
    qc_spots *spots = &r->codes[code];
    if (!t->rules->is_referred[code])
        return true;
    if (!qc_grow(r->memory, &spots->at, &r->code_rooms[code], spots->count + 1, sizeof *spots->at))
        return false;
    spots->at[spots->count++] = (qcode_span){hit->start, hit->end};
    return true;
}

/* Whether the hits of other codes stand beside this one as its rule wants. */
static bool stands_well(const turn_rule *t, const qc_found *hit)
{
    const qcode_rule *rule = t->ready->rule;
    for (size_t i = 0; i < rule->beside_count; i++)
        if (!(t->rules->options.plain ? qc_is_beside_plainly : qc_is_beside)(
                t->scene.ground, &t->scene.codes[rule->besides[i].code->index], rule->besides[i].behind,
                rule->besides[i].within, (qcode_span){hit->start, hit->end}))
            return false;
    return true;
}

/* A hit becomes a unit, or is taken back. */
static bool add_hit(qc_resolver *r, const turn_rule *t, const qc_found *found, const unit *u, qcode_span veto,
                    qcode_codings *codings)
{
    const qcode_rule *rule = t->ready->rule;
    qcode_hit hit = {rule, found->span, t->reading->turn.number, found->claim};
    if (is_touched(t->vetoes, veto))
        return qc_codings_add_vetoed(codings, &hit);
    if (!keep_spot(r, t, found))
        return false;
    if (rule->code->unit == QCODE_UNIT_DOCUMENT || rule->code->unit == QCODE_UNIT_ANSWER)
        return qc_keep_whole(r, &hit);
    if (!qc_grow(r->memory, &r->units, &r->unit_room, r->unit_count + 1, sizeof *u))
        return false;
    r->units[r->unit_count++] = *u;
    return true;
}

/* How what is said is meant, by the cues that stand before a hit in its sentence: asserted when there are none. */
static qcode_claim find_claim(const qc_resolver *r, const qcode_rules *rules, const qc_found *hit)
{
    bool (*const beside)(const qc_ground *, const qc_spots *, bool, qc_within, qcode_span) =
        rules->options.plain ? qc_is_beside_plainly : qc_is_beside;
    const qc_within sentence = {.reach = QC_WITHIN_SENTENCE};
    const qcode_span here = {hit->start, hit->end};
    qcode_claim claim = QCODE_CLAIM_NONE;
    for (size_t i = 0; i < rules->status_count; i++) {
        const qc_status_cue *cue = rules->statuses[i].cue;
        if ((!claim || cue->claim < claim) && beside(&r->ground, &r->statuses[i], false, sentence, here) &&
            beside(&r->ground, &r->statuses[i], false, cue->within, here))
            claim = cue->claim;
    }
    return claim || !rules->status_count ? claim : QCODE_CLAIM_ASSERTED;
}

/* The hits of one rule become units. */
static bool add_units(qc_resolver *r, turn_rule *t, qcode_codings *codings)
{
    const qc_wants *ghosts = &t->ready->parts[QC_PART_GHOSTS];
    bool wants_ghost = ghosts->terms.count || ghosts->regexes.count;
    size_t furthest = 0;
    for (size_t i = 0; i < t->hits.count; i++) {
        qc_found *found = &t->hits.at[i];
        unit u;
        qcode_span veto;
        if (found->end <= furthest || !find_unit(r, t->ready, found, &u, &veto) ||
            (wants_ghost && !is_touched(t->ghosts, veto)) || !stands_well(t, found))
            continue;
        furthest = found->end;
        found->claim = find_claim(r, t->rules, found);
        if (!add_hit(r, t, found, &u, veto, codings))
            return false;
    }
    return true;
}

/* What a rule's condition finds, as hits. */
static bool make_hits(qc_resolver *r, turn_rule *t)
{
    qc_spots spots;
    if (!qc_find_condition(&t->scene, t->ready->rule, &spots))
        return false;
    t->hits.at = qc_arena_take_array(&r->arena, spots.count + 1, sizeof *t->hits.at);
    t->hits.count = spots.count;
    for (size_t i = 0; t->hits.at && i < spots.count; i++) {
        qcode_span here = spots.at[i];
        t->hits.at[i] = (qc_found){t->ready->rule->index, t->ready->rank, QC_PART_HITS, here.start, here.end,
                                   qc_reading_span(t->reading, here.start, here.end), QCODE_CLAIM_NONE};
    }
    return t->hits.at;
}

static bool resolve_rule(qc_resolver *r, turn_rule *t, slice found, qcode_codings *codings)
{
    const qcode_rule *rule = t->ready->rule;
    t->scene = (qc_scene){&r->ground, found.at, found.count, r->codes, &r->arena, t->rules->options.plain};
    t->hits = (slice){found.at, 0};
    while (t->hits.count < found.count && found.at[t->hits.count].part == QC_PART_HITS)
        t->hits.count++;
    if (rule->condition_count && !make_hits(r, t))
        return false;
    if (!t->hits.count)
        return true;
    for (size_t i = 0; i < rule->beside_count; i++)
        if (rule->besides[i].within.reach == QC_WITHIN_WORDS && !qc_ground_count_words(&r->ground))
            return false;
    t->vetoes = stretch(found, QC_PART_VETOES);
    t->ghosts = stretch(found, QC_PART_GHOSTS);
    return add_units(r, t, codings);
}

/* Units [first, last) overlap: one segment. */
static bool add_segment(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, size_t first, size_t last,
                        size_t end, qcode_codings *codings)
{
    r->hit_count = r->pieces.length = 0;
    if (!qc_grow(r->memory, &r->hits, &r->hit_room, last - first, sizeof *r->hits))
        return false;
    for (size_t i = first; i < last; i++) {
        const qc_found *hit = r->units[i].hit;
        r->hits[r->hit_count++] = (qcode_hit){rules->rules[hit->rule].rule, hit->span, reading->turn.number, hit->claim};
    }
    size_t start = r->units[first].start;
    if (!qc_reading_pieces(reading, start, end, &r->pieces))
        return false;
    const qcode_segment segment = {
        .code = r->units[first].code,
        .span = qc_reading_span(reading, start, end),
        .pieces = (const qcode_span *)(const void *)r->pieces.data,
        .piece_count = r->pieces.length / sizeof(qcode_span),
        .turn = reading->turn.number,
        .hits = r->hits,
        .hit_count = r->hit_count,
        .basis = QCODE_BASIS_OWN,
    };
    return qc_codings_add(codings, &segment);
}

/* Room for what codes find that others refer to. */
static bool make_codes(qc_resolver *r, const qcode_rules *rules)
{
    size_t count = rules->code_count, size;
    if (!r->code_count && qc_multiply(count + 1, sizeof *r->codes, &size)) {
        r->codes = qc_resize(r->memory, NULL, size);
        r->code_rooms = qc_resize(r->memory, NULL, (count + 1) * sizeof *r->code_rooms);
        if (!r->codes || !r->code_rooms)
            return false;
        memset(r->codes, 0, size);
        memset(r->code_rooms, 0, (count + 1) * sizeof *r->code_rooms);
        r->code_count = count;
    }
    for (size_t i = 0; rules->refers && i < r->code_count; i++)
        r->codes[i].count = 0;
    return true;
}

/* All rules in their order; what a code found is tidied before the next code's rules may ask for it. */
static bool resolve_rules(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, const bool *barred,
                          slice all, qcode_codings *codings)
{
    const qcode_code *code = NULL;
    size_t first = 0, last;
    for (size_t rank = 0; rank < rules->count; rank++, first = last) {
        if (!rules->refers && first < all.count)
            rank = all.at[first].rank;
        if (rank == rules->count || (!rules->refers && first == all.count))
            break;
        turn_rule t = {.rules = rules, .ready = &rules->rules[rules->order[rank]], .reading = reading};
        for (last = first; last < all.count && all.at[last].rank == rank;)
            last++;
        if ((first == last && !t.ready->refers) || barred[rules->order[rank]])
            continue;
        if (code && code != t.ready->rule->code)
            qc_tidy(&r->codes[code->index]);
        code = t.ready->rule->code;
        if (!resolve_rule(r, &t, (slice){all.at + first, last - first}, codings))
            return false;
    }
    return true;
}

/* Where the cues stand, and the words where one asks for them. They are behind all rules in what was found. */
static bool find_cues(qc_resolver *r, const qcode_rules *rules, slice all)
{
    r->statuses = NULL;
    if (!rules->status_count)
        return true;
    r->statuses = qc_arena_take_array(&r->arena, rules->status_count, sizeof *r->statuses);
    size_t first = 0;
    while (first < all.count && all.at[first].rule != QC_NO_RULE)
        first++;
    const qc_scene scene = {.found = all.at + first, .count = all.count - first, .arena = &r->arena};
    for (size_t i = 0; r->statuses && i < rules->status_count; i++) {
        if (!qc_spots_of_part(&scene, i, &r->statuses[i]))
            return false;
        qc_tidy(&r->statuses[i]);
        if (r->statuses[i].count && rules->statuses[i].cue->within.reach == QC_WITHIN_WORDS &&
            !qc_ground_count_words(&r->ground))
            return false;
    }
    return r->statuses;
}

/* How far the turn's sentences are needed: SIZE_MAX for all. */
static size_t find_reach(const qcode_rules *rules, const qc_found *found, size_t count)
{
    size_t until = 0;
    for (size_t i = 0; i < count; i++) {
        const qc_ready_rule *rule = found[i].rule == QC_NO_RULE ? NULL : &rules->rules[found[i].rule];
        if (!rule || rule->needs_all_sentences)
            return SIZE_MAX;
        if (rule->needs_sentences && found[i].end > until)
            until = found[i].end;
    }
    return until;
}

/* Few at a time, mostly in order. */
static void sort_found(qc_found *found, size_t count)
{
    enum { FEW = 12 };
    if (count > FEW) {
        qsort(found, count, sizeof *found, compare_found);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        qc_found moved = found[i];
        size_t to = i;
        for (; to && compare_found(&found[to - 1], &moved) > 0; to--)
            found[to] = found[to - 1];
        found[to] = moved;
    }
}

bool qc_resolve_hits(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, const bool *barred, qc_found *found,
                     size_t count, bool always, qcode_codings *codings)
{
    qc_arena_clear(&r->arena); /* the last turn's */
    r->unit_count = 0;
    if (!count && !always)
        return true;
    sort_found(found, count);
    size_t until = always || rules->refers || rules->status_count ? SIZE_MAX : find_reach(rules, found, count);
    if (!qc_ground_enter(&r->ground, reading, until) || !make_codes(r, rules) ||
        (count && !(find_cues(r, rules, (slice){found, count}) &&
                    resolve_rules(r, rules, reading, barred, (slice){found, count}, codings))))
        return false;
    if (r->unit_count > 1)
        qsort(r->units, r->unit_count, sizeof *r->units, compare_units);
    return true;
}

bool qc_resolve_turn(qc_resolver *r, const qcode_rules *rules, const qc_reading *reading, qcode_codings *codings)
{
    for (size_t first = 0, last; first < r->unit_count; first = last) {
        size_t end = r->units[first].end;
        for (last = first + 1; last < r->unit_count; last++) {
            if (r->units[last].code != r->units[first].code || r->units[last].start >= end)
                break;
            end = r->units[last].end > end ? r->units[last].end : end;
        }
        bool is_cue = r->units[first].code->index >= rules->book->count;
        if (!is_cue && !add_segment(r, rules, reading, first, last, end, codings))
            return false;
    }
    return true;
}
