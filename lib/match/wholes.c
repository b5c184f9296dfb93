/* Hits that code answers and the document become segments, behind the last turn. */
#include "match/wholes.h"

#include <stdlib.h>
#include <string.h>

/* A hit that codes more than its turn. */
typedef struct qc_whole {
    qcode_hit hit;
    size_t answer;  /* the turn with which its topic opened; 0 under `unit: document` */
    size_t speaker; /* behind the first, from 1; 0 under `unit: document` and for nobody */
} whole;

/* By code and answer, then as hits are. */
static int compare_whole(const void *a, const void *b)
{
    const whole *one = a, *two = b;
    int by = qc_order(one->hit.rule->code->index, two->hit.rule->code->index);
    by = by ? by : qc_order(one->answer, two->answer);
    by = by ? by : qc_order(one->speaker, two->speaker);
    return by ? by : qc_hit_compare(&one->hit, &two->hit);
}

bool qc_keep_whole(qc_resolver *r, const qcode_hit *hit)
{
    if (!qc_grow(r->memory, &r->whole, &r->whole_room, r->whole_count + 1, sizeof *r->whole))
        return false;
    r->whole[r->whole_count++] = (whole){.hit = *hit};
    return true;
}

/* The speaker of a turn as a number from 1; 0 is nobody. */
static size_t speaker_number(const qcode_transcript *talk, size_t turn)
{
    const qcode_speaker *speaker = qcode_transcript_turn(talk, turn).speaker;
    return speaker ? (size_t)(speaker - qcode_transcript_speaker(talk, 0)) + 1 : 0;
}

/* How the turns of one speaker in one answer follow each other. */
typedef struct thread {
    size_t first; /* the first turn of its thread, by its place */
    size_t next;  /* 0 at the end of a thread */
} thread;

/* For each turn its place in a thread, in the resolver's arena. */
static thread *find_threads(qc_resolver *r, const qcode_transcript *talk, const uint32_t *answers)
{
    size_t count = qcode_transcript_turn_count(talk), speakers = qcode_transcript_speaker_count(talk) + 1;
    qc_arena_clear(&r->arena);
    thread *threads = qc_arena_take_array(&r->arena, count + 1, sizeof *threads);
    size_t *last = qc_arena_take_array(&r->arena, speakers, sizeof *last); /* from 1; 0: none yet */
    if (!threads || !last)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t *before = &last[speaker_number(talk, i)];
        bool goes_on = *before && answers[*before - 1] == answers[i];
        threads[i].first = goes_on ? threads[*before - 1].first : i;
        if (goes_on)
            threads[*before - 1].next = i;
        *before = i + 1;
    }
    return threads;
}

static void add_speech(qc_resolver *r, const qcode_transcript *talk, size_t index, qcode_scope scope, size_t *turn)
{
    const qcode_turn t = qcode_transcript_turn(talk, index);
    if (!qcode_may_use(talk, t.speaker) || !qc_in_scope(scope, t.speaker ? t.speaker->role : QCODE_ROLE_NONE))
        return;
    *turn = *turn ? *turn : t.number;
    qc_list_ranges(&r->pieces, &t);
}

/* All speech in scope as pieces, or that of the hit's thread. */
static bool list_speech(qc_resolver *r, const qcode_transcript *talk, const whole *of, const thread *threads, size_t *turn)
{
    qcode_scope scope = of->hit.rule->code->scope;
    r->pieces.length = 0;
    *turn = 0;
    if (!of->answer) {
        for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++)
            add_speech(r, talk, i, scope, turn);
        return !r->pieces.failed;
    }
    size_t i = threads[of->hit.turn - 1].first;
    do
        add_speech(r, talk, i, scope, turn);
    while ((i = threads[i].next));
    return !r->pieces.failed;
}

/* The hits [first, last) make one segment. */
static bool add_whole_segment(qc_resolver *r, const qcode_transcript *talk, const thread *threads, size_t first, size_t last,
                              qcode_codings *codings)
{
    size_t turn;
    if (!list_speech(r, talk, &r->whole[first], threads, &turn) ||
        !qc_grow(r->memory, &r->hits, &r->hit_room, last - first, sizeof *r->hits))
        return false;
    for (size_t i = first; i < last; i++)
        r->hits[i - first] = r->whole[i].hit;
    const qcode_span *pieces = (const qcode_span *)(const void *)r->pieces.data;
    size_t count = r->pieces.length / sizeof *pieces;
    const qcode_segment segment = {.code = r->whole[first].hit.rule->code,
                                   .span = {pieces[0].start, pieces[count - 1].end},
                                   .pieces = pieces,
                                   .piece_count = count,
                                   .turn = turn,
                                   .hits = r->hits,
                                   .hit_count = last - first,
                                   .basis = QCODE_BASIS_OWN};
    return qc_codings_add(codings, &segment);
}

bool qc_resolve_document(qc_resolver *r, const qcode_transcript *talk, const uint32_t *answers, qcode_codings *codings)
{
    const thread *threads = r->whole_count ? find_threads(r, talk, answers) : NULL;
    if (r->whole_count && !threads)
        return false;
    for (size_t i = 0; i < r->whole_count; i++) {
        whole *w = &r->whole[i];
        if (w->hit.rule->code->unit != QCODE_UNIT_ANSWER)
            continue;
        w->answer = answers[w->hit.turn - 1];
        w->speaker = speaker_number(talk, w->hit.turn - 1);
    }
    if (r->whole_count > 1)
        qsort(r->whole, r->whole_count, sizeof *r->whole, compare_whole);
    for (size_t first = 0, last; first < r->whole_count; first = last) {
        const whole *w = &r->whole[first];
        for (last = first + 1; last < r->whole_count && r->whole[last].hit.rule->code == w->hit.rule->code &&
                               r->whole[last].answer == w->answer && r->whole[last].speaker == w->speaker;)
            last++;
        if (!add_whole_segment(r, talk, threads, first, last, codings))
            return false;
    }
    r->whole_count = 0;
    return true;
}
