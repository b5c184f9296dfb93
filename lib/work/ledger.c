/* What is left to do in a run's folder, and how it came to be. */
#include "work/ledger.h"
#include "base/error.h"
#include "model/decisions.h"
#include "model/table.h"

#include <stdlib.h>
#include <string.h>

typedef struct ledger {
    const char *folder;
    const qcode_memory *memory;
    qcode_error *err;
    const qc_run *run;
    const qc_run_books *books;
    qcode_decisions *decisions, *unplaced;
    qcode_table *table;
} ledger;

/* The decisions of a file of the folder; none when it has no such file. */
static qcode_decisions *read_decisions(const ledger *l, const char *name)
{
    qc_bytes bytes = {.memory = l->memory};
    qcode_decisions *decisions = qcode_decisions_new(l->memory, l->err);
    bool done = decisions && (!qc_run_names(l->run, name) ||
                              (qc_read_run_file(l->folder, name, l->memory, &bytes, l->err) &&
                               qcode_decisions_parse(decisions, bytes.data, bytes.length, name, NULL, l->err)));
    qc_bytes_clear(&bytes);
    if (done)
        return decisions;
    qcode_decisions_free(decisions);
    return NULL;
}

/* What is left of the folder to be read; `run` and `books` are there. */
static bool open_ledger(ledger *l)
{
    return (l->decisions = read_decisions(l, "decisions.jsonl")) &&
           (l->unplaced = read_decisions(l, "decisions-unplaced.jsonl")) &&
           ((l->table = qc_table_new(l->memory)) || qc_no_memory(l->err));
}

/* The table, when all was done. */
static qcode_table *close_ledger(ledger *l, bool done)
{
    qcode_table *table = qc_table_closed(l->table, done);
    if (done && !table)
        qc_no_memory(l->err);
    qcode_decisions_free(l->decisions);
    qcode_decisions_free(l->unplaced);
    return table;
}

static void add_span(qcode_table *table, size_t start, size_t end)
{
    if (start < end) {
        qc_table_add_count(table, start);
        qc_table_add_count(table, end);
    } else {
        qc_table_add_missing(table);
        qc_table_add_missing(table);
    }
}

static const char *or_nothing(const char *text)
{
    return *text ? text : NULL;
}

static void put_task(ledger *l, const char *what, const qcode_decision *about, size_t line, const char *why)
{
    qc_table_add_text(l->table, what);
    qc_table_add_text(l->table, or_nothing(about->document));
    if (line)
        qc_table_add_count(l->table, line);
    else
        qc_table_add_missing(l->table);
    add_span(l->table, about->span.start, about->span.end);
    qc_table_add_text(l->table, or_nothing(about->code));
    qc_table_add_text(l->table, or_nothing(about->by));
    qc_table_add_text(l->table, why);
}

static void list_unjudged(ledger *l)
{
    for (size_t i = 0; i < l->run->segment_count; i++) {
        const qc_run_segment *segment = &l->run->segments[i];
        const qcode_decision about = {.document = segment->document, .code = segment->code,
                                      .span = {segment->start, segment->end}, .by = ""};
        if (strcmp(segment->state, "proposed") == 0)
            put_task(l, "judge", &about, segment->line, "no person has judged it");
    }
}

/* Two people who judged the same passage, one of them against it. */
static bool is_conflict(const qcode_decision *a, const qcode_decision *b)
{
    qcode_points one = qc_decision_subject(a), two = qc_decision_subject(b);
    bool same = one.start == two.start && one.end == two.end && strcmp(a->document, b->document) == 0 &&
                strcmp(a->code, b->code) == 0 && strcmp(a->by, b->by) != 0;
    bool differ = (a->act == QCODE_ACT_REJECT) != (b->act == QCODE_ACT_REJECT) ||
                  (a->act == QCODE_ACT_EDIT && b->act == QCODE_ACT_EDIT &&
                   (a->span.start != b->span.start || a->span.end != b->span.end));
    return same && differ && !a->undone && !b->undone && qc_is_judgement(a) && qc_is_judgement(b);
}

static int compare_subjects(const void *a, const void *b)
{
    const qcode_decision *one = *(const qcode_decision *const *)a, *two = *(const qcode_decision *const *)b;
    qcode_points first = qc_decision_subject(one), second = qc_decision_subject(two);
    int order = strcmp(one->document, two->document);
    order = order ? order : strcmp(one->code, two->code);
    order = order ? order : (first.start > second.start) - (first.start < second.start);
    order = order ? order : (first.end > second.end) - (first.end < second.end);
    return order ? order : qc_decision_compare(one, two);
}

static bool list_conflicts(ledger *l)
{
    size_t count = qcode_decisions_count(l->decisions);
    qc_arena arena = qc_arena_init(l->memory);
    const qcode_decision **order = qc_arena_take_array(&arena, count + 1, sizeof *order);
    for (size_t i = 0; order && i < count; i++)
        order[i] = qcode_decisions_at(l->decisions, i);
    if (order && count)
        qsort(order, count, sizeof *order, compare_subjects);
    for (size_t i = 1; order && i < count; i++)
        if (is_conflict(order[i - 1], order[i]))
            put_task(l, "conflict", order[i], 0, "two people judged it differently");
    qc_arena_clear(&arena);
    return order != NULL;
}

static qcode_table *list_todo(const qc_run *run, const qc_run_books *books, const char *folder,
                              const qcode_memory *memory, qcode_error *err)
{
    static const char *const names[] = {"what", "document", "line", "start", "end", "code", "by", "why"};
    ledger l = {.folder = folder, .memory = memory, .err = err, .run = run, .books = books};
    bool done = open_ledger(&l);
    for (size_t i = 0; done && i < sizeof names / sizeof *names; i++)
        qc_table_add_column(l.table, names[i], i >= 2 && i <= 4 ? QCODE_TYPE_INTEGER : QCODE_TYPE_TEXT);
    for (size_t i = 0; done && i < qcode_decisions_count(l.unplaced); i++)
        put_task(&l, "unplaced", qcode_decisions_at(l.unplaced, i), 0, "it fits nowhere: decisions-unplaced.jsonl says why");
    if (done)
        done = list_conflicts(&l) || qc_no_memory(err);
    if (done)
        list_unjudged(&l);
    return close_ledger(&l, done);
}

static void put_event(ledger *l, const char *what, const qcode_decision *event)
{
    qc_table_add_text(l->table, or_nothing(event->on));
    qc_table_add_text(l->table, what);
    qc_table_add_text(l->table, or_nothing(event->by));
    qc_table_add_text(l->table, or_nothing(event->document));
    add_span(l->table, event->span.start, event->span.end);
    qc_table_add_text(l->table, or_nothing(event->code));
    qc_table_add_text(l->table, or_nothing(event->reason));
}

/* Something that happened: a decision, or a change of a codebook in the shape of one. */
typedef struct event {
    const char *what;
    qcode_decision said;
    size_t place; /* among those of one moment */
} event;

static int compare_events(const void *a, const void *b)
{
    const event *one = a, *two = b;
    int order = strcmp(one->said.on, two->said.on);
    return order ? order : (one->place > two->place) - (one->place < two->place);
}

static bool gather(const ledger *l, qc_buffer *events)
{
    for (size_t i = 0; i < l->books->count; i++) {
        size_t count;
        const qcode_code_change *changes = qcode_codebook_changes(l->books->at[i], &count);
        for (size_t k = 0; k < count; k++) {
            const event one = {changes[k].what,
                               {.document = "", .code = "", .by = changes[k].by, .on = changes[k].on,
                                .reason = changes[k].reason},
                               events->length};
            qc_buffer_append(events, &one, sizeof one);
        }
    }
    const qcode_decisions *const lists[] = {l->decisions, l->unplaced};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < qcode_decisions_count(lists[i]); k++) {
            const qcode_decision *decision = qcode_decisions_at(lists[i], k);
            const event one = {decision->undone ? "undone" : qcode_act_name(decision->act), *decision, events->length};
            qc_buffer_append(events, &one, sizeof one);
        }
    return !events->failed || qc_no_memory(l->err);
}

qcode_table *qc_trail_of(const qc_run *run, const qc_run_books *books, const char *folder, const qcode_memory *memory,
                         qcode_error *err)
{
    static const char *const names[] = {"on", "what", "by", "document", "start", "end", "code", "reason"};
    ledger l = {.folder = folder, .memory = memory, .err = err, .run = run, .books = books};
    qc_buffer events = qc_buffer_init(memory);
    bool done = open_ledger(&l) && gather(&l, &events);
    for (size_t i = 0; done && i < sizeof names / sizeof *names; i++)
        qc_table_add_column(l.table, names[i], i == 4 || i == 5 ? QCODE_TYPE_INTEGER : QCODE_TYPE_TEXT);
    const event *all = (const void *)events.data;
    size_t count = events.length / sizeof *all;
    if (done && count)
        qsort(events.data, count, sizeof *all, compare_events);
    for (size_t i = 0; done && i < count; i++)
        put_event(&l, all[i].what, &all[i].said);
    if (done)
        put_event(&l, "run", &(qcode_decision){.on = "", .by = "", .document = "", .code = "", .reason = l.run->qcode});
    qc_buffer_clear(&events);
    return close_ledger(&l, done);
}

/* Opens the folder for a list of it. */
static qcode_table *list_folder(const char *folder, const qcode_memory *memory, qcode_error *err,
                                qcode_table *(*list)(const qc_run *run, const qc_run_books *books, const char *folder,
                                                     const qcode_memory *memory, qcode_error *err))
{
    qc_run_books books = {.count = 0};
    qc_run *run = qc_read_whole_run(folder, memory, err);
    bool done = run && qc_read_run_books(run, folder, memory, &books, NULL, err);
    qcode_table *table = done ? list(run, &books, folder, memory, err) : NULL;
    qc_run_books_clear(&books);
    qc_run_free(run);
    return table;
}

qcode_table *qcode_todo(const char *folder, const qcode_memory *memory, qcode_error *err)
{
    return list_folder(folder, memory, err, list_todo);
}

qcode_table *qcode_trail(const char *folder, const qcode_memory *memory, qcode_error *err)
{
    return list_folder(folder, memory, err, qc_trail_of);
}
