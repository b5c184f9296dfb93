/* The formulas of weighed evidence, as the manual has them. */
#include "match/weigh.h"

#include <stdlib.h>

bool qc_weighing_init(qc_weighing *w, const qcode_codebook *book, const qcode_memory *memory)
{
    size_t count = book->count + 1;
    *w = (qc_weighing){.memory = memory, .book = book};
    w->start = qc_resize(memory, NULL, count * sizeof *w->start);
    w->now = qc_resize(memory, NULL, count * sizeof *w->now);
    w->recent = qc_resize(memory, NULL, count * sizeof *w->recent);
    w->mean = qc_resize(memory, NULL, count * sizeof *w->mean);
    w->raw = qc_resize(memory, NULL, count * sizeof *w->raw);
    w->scores = qc_resize(memory, NULL, count * sizeof *w->scores);
    w->order = qc_resize(memory, NULL, count * sizeof *w->order);
    return w->start && w->now && w->recent && w->mean && w->raw && w->scores && w->order;
}

void qc_weighing_clear(qc_weighing *w)
{
    void *const blocks[] = {w->start, w->now, w->recent, w->mean, w->raw, w->scores, w->order, w->after, w->near};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(w->memory, blocks[i]);
    *w = (qc_weighing){.memory = w->memory, .book = w->book};
}

void qc_weighing_begin(qc_weighing *w)
{
    for (size_t c = 0; c < w->book->count; c++) {
        w->start[c] = w->now[c] = (qc_belief){0, 0, 0};
        w->raw[c] = w->recent[c] = 0;
    }
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t total(const qc_belief *belief)
{
    return belief->asked + belief->carried + belief->built;
}

/* cap x / (x + half): more of the same adds less and less. */
static int64_t saturate(const int64_t *n, int64_t sum)
{
    return qc_times(n[QC_N_CAP], qc_over(sum, sum + n[QC_N_HALF]));
}

/* --- the question --- */

int64_t qc_weigh_best(const qc_weighing *w)
{
    int64_t best = 0;
    for (size_t c = 0; c < w->book->count; c++)
        best = w->raw[c] > best ? w->raw[c] : best;
    return best;
}

static qc_belief follow_up(const int64_t *n, const qc_belief *start, const qc_belief *now, int64_t sharp)
{
    int64_t mixed = qc_times(QC_ONE - n[QC_N_TAIL], total(start)) + qc_times(n[QC_N_TAIL], total(now));
    int64_t carried = least(qc_times(n[QC_N_CARRY], mixed), QC_ONE);
    return (qc_belief){least(qc_times(n[QC_N_FOLLOW], sharp), QC_ONE - carried), carried, 0};
}

void qc_weigh_question(qc_weighing *w, qc_opening opening)
{
    const int64_t *n = w->book->numbers;
    int64_t best = qc_weigh_best(w);
    for (size_t c = 0; c < w->book->count; c++) {
        int64_t part = qc_over(w->raw[c], best), sharp = qc_times(qc_times(part, part), least(best, QC_ONE));
        qc_belief *start = &w->start[c];
        int64_t left = least(qc_times(n[QC_N_UNKNOWN], total(start)), QC_ONE - sharp);
        switch (opening) {
        case QC_OPENING_NEW: *start = (qc_belief){sharp, 0, 0}; break;
        case QC_OPENING_UNKNOWN: *start = (qc_belief){sharp, left, 0}; break;
        case QC_OPENING_RESET: *start = (qc_belief){0, 0, 0}; break;
        case QC_OPENING_FOLLOW_UP: *start = follow_up(n, start, &w->now[c], sharp); break;
        }
        w->now[c] = *start;
        int64_t kept = opening == QC_OPENING_FOLLOW_UP ? qc_times(n[QC_N_ECHO_LOST], w->recent[c]) : 0;
        w->recent[c] = sharp > kept ? sharp : kept;
        w->raw[c] = 0;
    }
}

/* --- the answer --- */

/* From the last sentence to the first: what own words stand in each and behind it, and how far off topic the talk goes there. */
static bool look_behind(qc_weighing *w, const qc_said *said, size_t count, const qc_own *own)
{
    const int64_t *n = w->book->numbers;
    size_t codes = w->book->count, cells;
    if (!qc_multiply(count + 1, codes, &cells) ||
        !qc_grow(w->memory, &w->after, &w->after_room, cells, sizeof *w->after) ||
        !qc_grow(w->memory, &w->near, &w->near_room, count + 1, sizeof *w->near))
        return false;
    memset(w->after + count * codes, 0, codes * sizeof *w->after);
    memset(w->mean, 0, codes * sizeof *w->mean);
    w->near[count] = 0;
    for (size_t i = count; i-- > 0;) {
        int64_t *row = w->after + i * codes, *next = row + codes;
        for (size_t c = 0; c < codes; c++)
            row[c] = qc_times(n[QC_N_DECAY], next[c]);
        for (size_t k = said[i].first; k < said[i].first + said[i].count; k++) {
            int64_t sum = own[k].strong + qc_times(n[QC_N_GATE], own[k].weak);
            row[own[k].code] += qc_times(QC_ONE - n[QC_N_DECAY], saturate(n, sum));
            w->mean[own[k].code] += own[k].strong;
        }
        w->near[i] = (w->near[i + 1] + least(said[i].off_topic, QC_ONE)) / 2;
    }
    for (size_t c = 0; c < codes; c++) /* 2 S / (n + 2), which may be too much for qc_over */
        w->mean[c] = least(QC_ONE, (2 * w->mean[c] + (int64_t)(count + 2) / 2) / (int64_t)(count + 2));
    return true;
}

static void put_share(qc_score *score, qcode_share share, int64_t value)
{
    score->shares[share] = (int32_t)qc_to_thousandths(value);
    score->score += score->shares[share];
}

/* All codes' scores for sentence `i`; `near` is how far off topic the talk was before it. */
static void score_sentence(qc_weighing *w, const qc_said *said, size_t i, const qc_own *own, int64_t near)
{
    const int64_t *n = w->book->numbers;
    size_t codes = w->book->count;
    const int64_t *after = w->after + (i + 1) * codes;
    memset(w->scores, 0, codes * sizeof *w->scores);
    for (size_t k = said[i].first; k < said[i].first + said[i].count; k++) {
        int64_t gate = n[QC_N_GATE] + qc_times(QC_ONE - n[QC_N_GATE], total(&w->now[own[k].code]));
        qc_score *score = &w->scores[own[k].code];
        int64_t sum = saturate(n, own[k].strong + qc_times(gate, own[k].weak));
        int64_t echo = qc_times(own[k].echo, w->recent[own[k].code]);
        score->found = true;
        score->own = sum + echo;
        score->own_words = own[k].strong > 0;
        score->echoed = own[k].echo > 0;
        put_share(score, QCODE_SHARE_OWN, qc_times(n[QC_N_OWN], sum));
        put_share(score, QCODE_SHARE_ECHO, qc_times(n[QC_N_OWN], echo));
    }
    for (size_t c = 0; c < codes; c++) {
        qc_score *score = &w->scores[c];
        put_share(score, QCODE_SHARE_QUESTION, qc_times(n[QC_N_QUESTION], w->now[c].asked));
        put_share(score, QCODE_SHARE_CARRIED, qc_times(n[QC_N_QUESTION], w->now[c].carried));
        put_share(score, QCODE_SHARE_BEFORE, qc_times(n[QC_N_QUESTION], w->now[c].built));
        put_share(score, QCODE_SHARE_AFTER, qc_times(n[QC_N_BACKWARD], after[c]));
        put_share(score, QCODE_SHARE_TURN, qc_times(n[QC_N_TURN_MEAN], w->mean[c]));
        put_share(score, QCODE_SHARE_OFF_TOPIC, -qc_times(n[QC_N_OFF_TOPIC], least(said[i].off_topic, QC_ONE)));
        put_share(score, QCODE_SHARE_OFF_TOPIC_NEAR, -qc_times(n[QC_N_OFF_TOPIC_NEAR], near + w->near[i + 1]));
        score->threshold = (int32_t)qc_to_thousandths(w->book->codes[c].threshold);
        score->excess = score->score - score->threshold;
    }
}

/* What the sentence makes of the belief: its own words raise their codes and lower all others. */
static void move_belief(qc_weighing *w)
{
    const int64_t *n = w->book->numbers;
    int64_t first = 0, second = 0; /* the two largest */
    for (size_t c = 0; c < w->book->count; c++) {
        int64_t own = w->scores[c].own;
        second = own > first ? first : own > second ? own : second;
        first = own > first ? own : first;
    }
    for (size_t c = 0; c < w->book->count; c++) {
        const qc_score *s = &w->scores[c];
        w->recent[c] = s->own_words ? QC_ONE : qc_times(n[s->echoed ? QC_N_ECHO_KEPT : QC_N_ECHO_LOST], w->recent[c]);
    }
    for (size_t c = 0; first && c < w->book->count; c++) {
        qc_belief *b = &w->now[c];
        int64_t own = w->scores[c].own, other = (own == first ? second : first) - own;
        int64_t kept = QC_ONE - qc_times(n[QC_N_INHIBITION], other < 0 ? 0 : least(other, QC_ONE));
        b->asked = qc_times(b->asked, kept);
        b->carried = qc_times(b->carried, kept);
        b->built = qc_times(b->built, kept);
        int64_t room = QC_ONE - total(b);
        b->built += qc_times(qc_times(n[QC_N_GAIN], least(own, QC_ONE)), room < 0 ? 0 : room);
    }
}

/* --- the decision --- */

/* Keeps the code among the best `most` of those that may be given, the best first; ties go by the codebook. */
static size_t keep_best(qc_weighing *w, size_t code, size_t count, size_t most)
{
    size_t at = count;
    while (at && w->scores[w->order[at - 1]].excess < w->scores[code].excess)
        at--;
    if (at == most)
        return count;
    count += count < most;
    memmove(w->order + at + 1, w->order + at, (count - at - 1) * sizeof *w->order);
    w->order[at] = code;
    return count;
}

/* An aspect has the score of what it is an aspect of, and is given with it where it has words. */
static void decide_aspects(qc_weighing *w)
{
    for (size_t c = 0; c < w->book->count; c++) {
        const qcode_code *code = &w->book->codes[c];
        if (!code->aspect)
            continue;
        bool found = w->scores[c].found;
        int64_t own = w->scores[c].own;
        w->scores[c] = w->scores[code->parent->index];
        w->scores[c].found = found;
        w->scores[c].own = own; /* nothing: the belief in it never moves */
        if (!found && w->scores[c].verdict == QC_VERDICT_CODED)
            w->scores[c].verdict = QC_VERDICT_ABSENT;
    }
}

static void decide(qc_weighing *w, bool filler)
{
    const int64_t *n = w->book->numbers;
    size_t codes = w->book->count, count = 0, most = (size_t)(n[QC_N_MOST_CODES] / QC_ONE);
    int32_t best = -1;
    for (size_t c = 0; c < codes; c++)
        if (!w->book->codes[c].aspect)
            best = w->scores[c].excess > best ? w->scores[c].excess : best;
    for (size_t c = 0; c < codes; c++) {
        qc_score *s = &w->scores[c];
        if (w->book->codes[c].aspect)
            continue;
        s->behind = best - s->excess;
        s->margin = (int32_t)qc_to_thousandths(n[s->own >= n[QC_N_SECOND_OWN] ? QC_N_MARGIN : QC_N_SECOND_MARGIN]);
        s->verdict = filler                  ? QC_VERDICT_FILLER
                     : s->excess < 0         ? QC_VERDICT_BELOW
                     : s->behind > s->margin ? QC_VERDICT_BEHIND
                                             : QC_VERDICT_TOO_MANY;
        if (s->verdict == QC_VERDICT_TOO_MANY)
            count = keep_best(w, c, count, most);
    }
    for (size_t i = 0; i < count; i++)
        w->scores[w->order[i]].verdict = QC_VERDICT_CODED;
    decide_aspects(w);
}

bool qc_weigh_answer(qc_weighing *w, const qc_said *said, size_t count, const qc_own *own, qc_decided *decided, void *user)
{
    int64_t near = 0;
    if (!look_behind(w, said, count, own))
        return false;
    for (size_t i = 0; i < count; i++) {
        score_sentence(w, said, i, own, near);
        decide(w, said[i].filler);
        if (!decided(user, i, w->scores))
            return false;
        move_belief(w);
        near = (near + least(said[i].off_topic, QC_ONE)) / 2;
    }
    return true;
}

qcode_basis qc_score_basis(const qc_score *score)
{
    const int32_t *s = score->shares;
    int32_t question = s[QCODE_SHARE_QUESTION], carried = s[QCODE_SHARE_CARRIED];
    int32_t around = s[QCODE_SHARE_BEFORE] + s[QCODE_SHARE_AFTER] + s[QCODE_SHARE_TURN];
    if (score->own_words)
        return QCODE_BASIS_OWN;
    if (question >= carried && question >= around)
        return QCODE_BASIS_QUESTION;
    return carried >= around ? QCODE_BASIS_CARRIED : QCODE_BASIS_NEIGHBOUR;
}
