/* Writing down what is weighed, and weighing it again. */
#include "match/record.h"

typedef struct event {
    qc_recorded kind;
    qc_question question;
    size_t turn, text; /* where its reading begins */
    size_t first_word, word_count, first_sentence, sentence_count;
} event;

qc_record qc_record_init(const qcode_memory *memory)
{
    qc_buffer none = qc_buffer_init(memory);
    return (qc_record){none, none, none, none};
}

void qc_record_clear(qc_record *record)
{
    qc_buffer_clear(&record->events);
    qc_buffer_clear(&record->words);
    qc_buffer_clear(&record->sentences);
    qc_buffer_clear(&record->text);
}

bool qc_record_turn(qc_record *record, qc_recorded kind, const qc_heard *heard, size_t length)
{
    const event next = {.kind = kind,
                        .turn = heard->turn,
                        .text = record->text.length,
                        .first_word = record->words.length / sizeof(qc_word),
                        .word_count = heard->word_count,
                        .first_sentence = record->sentences.length / sizeof(qc_uttered),
                        .sentence_count = heard->sentence_count};
    qc_buffer *const all[] = {&record->text, &record->words, &record->sentences};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!qc_buffer_reserve(all[i], 1)) /* there to be pointed into */
            return false;
    return qc_buffer_append(&record->text, heard->text, length) &&
           qc_buffer_append(&record->words, heard->words, heard->word_count * sizeof(qc_word)) &&
           qc_buffer_append(&record->sentences, heard->sentences, heard->sentence_count * sizeof(qc_uttered)) &&
           qc_buffer_append(&record->events, &next, sizeof next);
}

bool qc_record_end_answer(qc_record *record)
{
    const event next = {.kind = QC_RECORDED_END_ANSWER};
    return qc_buffer_append(&record->events, &next, sizeof next);
}

bool qc_record_end_question(qc_record *record, const qc_question *question)
{
    const event next = {.kind = QC_RECORDED_END_QUESTION, .question = *question};
    return qc_buffer_append(&record->events, &next, sizeof next);
}

const qc_uttered *qc_record_sentences(const qc_record *record, size_t *count)
{
    *count = record->sentences.length / sizeof(qc_uttered);
    return (const void *)record->sentences.data;
}

void qc_record_move(qc_record *record, const qcode_rule *const *rules)
{
    qc_word *words = (void *)record->words.data;
    for (size_t i = 0; i < record->words.length / sizeof *words; i++)
        words[i].rule = rules[words[i].rule->index];
}

bool qc_record_copy(qc_record *record, const qc_record *from)
{
    qc_buffer *const to[] = {&record->events, &record->words, &record->sentences, &record->text};
    const qc_buffer *const all[] = {&from->events, &from->words, &from->sentences, &from->text};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!qc_buffer_reserve(to[i], all[i]->length + 1) || !qc_buffer_append(to[i], all[i]->data, all[i]->length))
            return false;
    return true;
}

static bool weigh_turn(const qc_record *record, const event *at, qc_evidence *evidence)
{
    const qc_heard heard = {.turn = at->turn,
                            .text = record->text.data + at->text,
                            .words = (const qc_word *)(const void *)record->words.data + at->first_word,
                            .word_count = at->word_count,
                            .sentences = (const qc_uttered *)(const void *)record->sentences.data + at->first_sentence,
                            .sentence_count = at->sentence_count};
    return at->kind == QC_RECORDED_ASK ? qc_evidence_ask_again(evidence, &heard) : qc_evidence_hear_again(evidence, &heard);
}

/* The question is judged again: numbers say what opens a topic. */
static bool weigh_question(const event *at, qc_evidence *evidence)
{
    qc_question question = at->question;
    question.best = qc_weigh_best(&evidence->weigher);
    return qc_evidence_end_question(evidence, &question, qc_topics_judge(evidence->book, &question));
}

bool qc_record_weigh(const qc_record *record, qc_evidence *evidence)
{
    const event *events = (const void *)record->events.data;
    bool done = true;
    qc_evidence_begin(evidence, NULL);
    for (size_t i = 0; done && i < record->events.length / sizeof *events; i++)
        done = events[i].kind == QC_RECORDED_END_ANSWER     ? qc_evidence_end_answer(evidence)
               : events[i].kind == QC_RECORDED_END_QUESTION ? weigh_question(&events[i], evidence)
                                                            : weigh_turn(record, &events[i], evidence);
    return done;
}
