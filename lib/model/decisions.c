/* Decisions: what one has to say, which takes the place of which, and their
 * order. */
#include "model/decisions.h"
#include "base/date.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static const char *const act_names[QC_ACTS] = {"accept", "reject", "edit", "add", "memo", "finished", "code"};
static const char *const kind_names[QC_MEMO_KINDS] = {"", "analytic", "method", "reflexive"};

const char *qcode_act_name(qcode_act act)
{
    return act_names[act];
}

const char *qcode_memo_kind_name(qcode_memo_kind kind)
{
    return kind_names[kind];
}

static size_t find_name(const char *name, const char *const *names, size_t count)
{
    size_t at = 0;
    while (at < count && strcmp(names[at], name) != 0)
        at++;
    return at;
}

size_t qc_find_act(const char *name)
{
    return find_name(name, act_names, QC_ACTS);
}

size_t qc_find_memo_kind(const char *name)
{
    return find_name(name, kind_names, QC_MEMO_KINDS);
}

bool qc_is_moment(const char *text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    char day[11];
    if (strlen(text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    memcpy(day, text, 10);
    day[10] = '\0';
    return qc_is_date(day) && memcmp(text + 11, "24", 2) < 0 && text[14] < '6' && text[17] < '7';
}

bool qc_is_judgement(const qcode_decision *decision)
{
    return decision->act <= QCODE_ACT_ADD;
}

static bool has_span(const qcode_points *span)
{
    return span->start < span->end;
}

/* What an act needs, and what it must not have. */
static const struct need {
    bool document, code, span, was;
} needs[QC_ACTS] = {
    [QCODE_ACT_ACCEPT] = {true, true, true, false},  [QCODE_ACT_REJECT] = {true, true, true, false},
    [QCODE_ACT_EDIT] = {true, true, true, true},     [QCODE_ACT_ADD] = {true, true, true, false},
    [QCODE_ACT_MEMO] = {false, false, false, false}, [QCODE_ACT_FINISHED] = {true, false, false, false},
    [QCODE_ACT_CODE] = {false, true, false, false},
};

static const char *memo_fault(const qcode_decision *memo)
{
    bool anything = *memo->document || *memo->code || *memo->respondent || memo->on_study;
    return !anything                                   ? "a memo is about a document, a code, a respondent or the study"
           : !memo->kind                               ? "a memo has a kind: analytic, method or reflexive"
           : !*memo->reason                            ? "a memo has words, in \"reason\""
           : has_span(&memo->span) && !*memo->document ? "a memo on a passage names its document"
                                                       : NULL;
}

const char *qc_decision_fault(const qcode_decision *decision)
{
    const struct need *need = &needs[decision->act];
    if (!*decision->by)
        return "\"by\" is wanted: who decided it";
    if (!qc_is_moment(decision->on))
        return "\"on\" is wanted as 2026-11-22T18:04:05Z";
    if (need->document && !*decision->document)
        return "\"document\" is wanted";
    if (need->code && !*decision->code)
        return "\"code\" is wanted";
    if (need->span && !has_span(&decision->span))
        return "\"start\" is wanted, and an \"end\" behind it";
    if (need->was && !has_span(&decision->was))
        return "\"was_start\" is wanted, and a \"was_end\" behind it";
    if (!need->was && has_span(&decision->was))
        return "only an edit has \"was_start\" and \"was_end\"";
    return decision->act == QCODE_ACT_MEMO ? memo_fault(decision) : NULL;
}

qcode_points qc_decision_subject(const qcode_decision *decision)
{
    return decision->act == QCODE_ACT_EDIT ? decision->was : decision->span;
}

/* The words that a judgement is about. */
static const char *words_of(const qcode_decision *decision)
{
    return decision->act == QCODE_ACT_EDIT ? decision->was_text : decision->text;
}

static int order_of(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* What a person may have said before about the same: what decides that the
 * later takes the place of the earlier. */
static int compare_subjects(const qcode_decision *a, const qcode_decision *b)
{
    bool judged = qc_is_judgement(a), memo = a->act == QCODE_ACT_MEMO;
    int order = order_of(judged ? 0 : a->act, qc_is_judgement(b) ? 0 : b->act);
    if (!order)
        order = strcmp(a->by, b->by);
    if (!order && a->act != QCODE_ACT_CODE)
        order = strcmp(a->document, b->document);
    if (!order && a->act != QCODE_ACT_FINISHED)
        order = strcmp(a->code, b->code);
    qcode_points one = qc_decision_subject(a), two = qc_decision_subject(b);
    if (!order && (judged || memo))
        order = order_of(one.start, two.start) ? order_of(one.start, two.start) : order_of(one.end, two.end);
    if (!order && judged) /* other words at the same place are another passage: the transcript was corrected in between */
        order = strcmp(words_of(a), words_of(b));
    if (order || !memo)
        return order;
    order = strcmp(a->respondent, b->respondent);
    order = order ? order : order_of(a->on_study, b->on_study);
    order = order ? order : order_of(a->kind, b->kind);
    return order ? order : strcmp(a->on, b->on);
}

bool qc_same_subject(const qcode_decision *a, const qcode_decision *b)
{
    return compare_subjects(a, b) == 0;
}

/* All that is left, so that no order depends on how files were read. */
static int compare_rest(const qcode_decision *a, const qcode_decision *b)
{
    const char *const pairs[][2] = {
        {a->text, b->text},     {a->before, b->before},         {a->after, b->after}, {a->was_text, b->was_text},
        {a->reason, b->reason}, {a->respondent, b->respondent}, {a->name, b->name},   {a->definition, b->definition},
        {a->origin, b->origin}, {a->codebook, b->codebook},
    };
    const size_t numbers[][2] = {
        {a->span.start, b->span.start}, {a->span.end, b->span.end}, {a->was.start, b->was.start},
        {a->was.end, b->was.end},       {a->act, b->act},           {a->kind, b->kind},
        {a->on_study, b->on_study}};
    int order = 0;
    for (size_t i = 0; !order && i < sizeof numbers / sizeof *numbers; i++)
        order = order_of(numbers[i][0], numbers[i][1]);
    for (size_t i = 0; !order && i < sizeof pairs / sizeof *pairs; i++)
        order = strcmp(pairs[i][0], pairs[i][1]);
    return order;
}

/* Subjects together, and in each the one that holds last. */
static int compare_turns(const void *first, const void *second)
{
    const qcode_decision *a = first, *b = second;
    int order = compare_subjects(a, b);
    order = order ? order : strcmp(a->on, b->on);
    order = order ? order : order_of(a->undone, b->undone);
    return order ? order : compare_rest(a, b);
}

int qc_decision_compare(const void *first, const void *second)
{
    const qcode_decision *a = first, *b = second;
    int order = strcmp(a->document, b->document);
    order = order ? order : order_of(a->span.start, b->span.start);
    order = order ? order : order_of(a->span.end, b->span.end);
    order = order ? order : strcmp(a->code, b->code);
    order = order ? order : strcmp(a->on, b->on);
    order = order ? order : strcmp(a->by, b->by);
    order = order ? order : order_of(a->act, b->act);
    return order ? order : compare_rest(a, b);
}

qcode_decisions *qcode_decisions_new(const qcode_memory *memory, qcode_error *err)
{
    qcode_decisions *decisions = qc_resize(memory, NULL, sizeof *decisions);
    if (decisions)
        *decisions = (qcode_decisions){memory, qc_arena_init(memory), qc_buffer_init(memory)};
    else
        qc_no_memory(err);
    return decisions;
}

void qcode_decisions_free(qcode_decisions *decisions)
{
    if (!decisions)
        return;
    qc_arena_clear(&decisions->arena);
    qc_buffer_clear(&decisions->items);
    qc_release(decisions->memory, decisions);
}

size_t qcode_decisions_count(const qcode_decisions *decisions)
{
    return decisions->items.length / sizeof(qcode_decision);
}

const qcode_decision *qcode_decisions_at(const qcode_decisions *decisions, size_t index)
{
    return (const qcode_decision *)(const void *)decisions->items.data + index;
}

bool qc_decisions_append(qcode_decisions *decisions, const qcode_decision *decision)
{
    return qc_buffer_append(&decisions->items, decision, sizeof *decision);
}

void qc_decisions_settle(qcode_decisions *decisions)
{
    size_t count = qcode_decisions_count(decisions), kept = 0;
    qcode_decision *all = (void *)decisions->items.data;
    if (!count)
        return;
    qsort(all, count, sizeof *all, compare_turns);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || !qc_same_subject(&all[i], &all[i + 1]))
            all[kept++] = all[i];
    decisions->items.length = kept * sizeof *all;
    qsort(all, kept, sizeof *all, qc_decision_compare);
}

bool qcode_decisions_add(qcode_decisions *decisions, const qcode_decision *decision, qcode_error *err)
{
    qcode_decision copy = *decision;
    const char **const strings[] = {&copy.document, &copy.code,       &copy.text,   &copy.before,  &copy.after,
                                    &copy.was_text, &copy.by,         &copy.on,     &copy.reason,  &copy.respondent,
                                    &copy.name,     &copy.definition, &copy.origin, &copy.codebook};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (!(*strings[i] = qc_arena_string(&decisions->arena, *strings[i] ? *strings[i] : "")))
            return qc_no_memory(err);
    const char *fault = qc_decision_fault(&copy);
    if (fault)
        return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "%s", fault);
    if (!qc_decisions_append(decisions, &copy))
        return qc_no_memory(err);
    qc_decisions_settle(decisions);
    return true;
}
