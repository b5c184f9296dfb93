/* Where topics begin: a question is judged by its words, not by what is answered. */
#include "match/topics.h"
#include "base/utf8.h"
#include "text/words.h"

qc_topics qc_topics_init(const qcode_memory *memory)
{
    return (qc_topics){.memory = memory};
}

void qc_topics_clear(qc_topics *topics)
{
    qc_release(topics->memory, topics->answers);
    *topics = qc_topics_init(topics->memory);
}

void qc_topics_begin(qc_topics *topics)
{
    topics->count = 0;
    topics->asking = false;
    topics->question = (qc_question){0};
    topics->opening = QC_OPENING_UNKNOWN;
}

/* Moves `*at` over what is no word. */
static void skip_gap(const char *text, size_t length, size_t *at)
{
    while (*at < length) {
        size_t behind = *at;
        if (qc_is_word(qc_utf8_next(text, length, &behind)))
            return;
        *at = behind;
    }
}

size_t qc_count_words(const char *text, size_t length)
{
    size_t count = 0;
    bool inside = false;
    for (size_t at = 0; at < length;) {
        uint32_t point = qc_utf8_next(text, length, &at);
        bool word = point == '\'' || point == 0x2019 ? inside
                    : point < 0x80                   ? (point | 0x20) - 'a' < 26 || point - '0' < 10
                                                     : qc_is_word(point);
        count += word && !inside;
        inside = word;
    }
    return count;
}

/* The units of one cue, which are in the order of their sentences and, in each, of their hits; NULL for none. */
static const qc_unit *units_of(const qc_resolver *resolver, const qcode_codebook *book, qc_cue cue, size_t *count)
{
    size_t low = 0, high = resolver->unit_count, index = book->count + (size_t)cue;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (resolver->units[middle].code->index < index)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < resolver->unit_count && resolver->units[low + *count].code->index == index)
        ++*count;
    return *count ? resolver->units + low : NULL;
}

/* Moves `*at` over fillers and what is no word; `*next` is the first filler that was not looked at yet. */
static void skip_fillers(const qc_unit *fillers, size_t count, size_t *next, const qc_reading *reading, size_t end, size_t *at)
{
    skip_gap(reading->text, end, at);
    for (; *next < count && fillers[*next].hit->start <= *at; ++*next)
        if (fillers[*next].hit->end > *at) {
            *at = fillers[*next].hit->end;
            skip_gap(reading->text, end, at);
        }
}

bool qc_is_filler(const qc_resolver *resolver, const qcode_codebook *book, const qc_reading *reading, qcode_span sentence)
{
    size_t count, next = 0, at = sentence.start;
    const qc_unit *fillers = units_of(resolver, book, QC_CUE_FILLER, &count);
    size_t high = count;
    while (next < high) { /* the first unit that ends behind the sentence's start */
        size_t middle = next + (high - next) / 2;
        if (fillers[middle].end <= sentence.start)
            next = middle + 1;
        else
            high = middle;
    }
    skip_fillers(fillers, count, &next, reading, sentence.end, &at);
    return at >= sentence.end;
}

/* Whether a follow-up cue stands at the turn's beginning, or behind fillers there. */
static bool begins_as_follow_up(const qc_resolver *resolver, const qcode_codebook *book, const qc_reading *reading)
{
    size_t filler_count, count, next = 0, at = 0;
    const qc_unit *fillers = units_of(resolver, book, QC_CUE_FILLER, &filler_count);
    const qc_unit *cues = units_of(resolver, book, QC_CUE_FOLLOW_UP, &count);
    skip_gap(reading->text, reading->length, &at);
    for (size_t i = 0; i < count; i++) {
        while (at < cues[i].hit->start) {
            size_t before = at;
            for (; next < filler_count && fillers[next].hit->end <= at; next++)
                ;
            if (next == filler_count || fillers[next].hit->start > at)
                return false;
            at = fillers[next].hit->end;
            skip_gap(reading->text, reading->length, &at);
            if (at == before)
                return false;
        }
        if (at == cues[i].hit->start)
            return true;
    }
    return false;
}

/* How long a question is matters where evidence is weighed or answers are coded whole. */
static bool counts_words(const qcode_codebook *book)
{
    bool counts = book->weighed;
    for (size_t i = 0; i < book->count && !counts; i++)
        counts = book->codes[i].unit == QCODE_UNIT_ANSWER;
    return counts;
}

void qc_topics_ask(qc_topics *topics, const qc_resolver *resolver, const qcode_codebook *book, const qc_reading *reading)
{
    qc_question *q = &topics->question;
    bool first = !topics->asking;
    if (first)
        *q = (qc_question){.turn = reading->turn.number};
    topics->asking = true;
    if (counts_words(book))
        q->words += qc_count_words(reading->text, reading->length);
    for (size_t cue = 0; book->cues && cue < QC_CUES; cue++) {
        size_t count;
        if (cue != QC_CUE_FOLLOW_UP) {
            units_of(resolver, book, (qc_cue)cue, &count);
            q->cues[cue] = q->cues[cue] || count;
        } else if (first) {
            q->cues[cue] = begins_as_follow_up(resolver, book, reading);
        }
    }
}

static bool has_question_rules(const qcode_codebook *book)
{
    for (size_t i = 0; i < book->count && book->weighed; i++)
        for (size_t k = 0; k < book->codes[i].rule_count; k++)
            if (book->codes[i].rules[k].asks)
                return true;
    return false;
}

qc_opening qc_topics_judge(const qcode_codebook *book, const qc_question *question)
{
    const int64_t *numbers = book->numbers;
    bool is_short = (int64_t)question->words * QC_ONE < numbers[QC_N_SHORT_QUESTION];
    bool sure = question->best >= numbers[QC_N_SURE], enough = question->best >= numbers[QC_N_ENOUGH];
    if (question->cues[QC_CUE_RESET] && !sure)
        return QC_OPENING_RESET;
    if (question->cues[QC_CUE_FOLLOW_UP])
        return QC_OPENING_FOLLOW_UP;
    if (sure || (enough && !is_short))
        return QC_OPENING_NEW;
    if (question->cues[QC_CUE_NEW] || (!is_short && !has_question_rules(book)))
        return QC_OPENING_UNKNOWN;
    return QC_OPENING_FOLLOW_UP;
}

bool qc_topics_answer(qc_topics *topics, const qcode_codebook *book)
{
    if (!topics->asking)
        return false;
    topics->asking = false;
    topics->opening = qc_topics_judge(book, &topics->question);
    size_t from = topics->question.turn - 1; /* the question stands with its answer */
    for (size_t i = from; i < topics->count; i++)
        topics->answers[i] = topics->opening == QC_OPENING_FOLLOW_UP && from ? topics->answers[from - 1] : (uint32_t)(from + 1);
    return true;
}

bool qc_topics_note(qc_topics *topics, const qcode_turn *turn)
{
    if (!qc_grow(topics->memory, &topics->answers, &topics->room, topics->count + 1, sizeof *topics->answers))
        return false;
    topics->answers[topics->count] = topics->count ? topics->answers[topics->count - 1] : (uint32_t)turn->number;
    topics->count++;
    return true;
}
