/* decisions.jsonl after a change of codes: the lines that name one, in the order the file has. */
#include "base/error.h"
#include "format/json.h"
#include "read/fields.h"
#include "read/restore.h"
#include "work/recoding.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct decision {
    const char *act, *document, *code, *by, *on, *text;
    size_t start, end;
    bool undone;
    size_t from, to; /* bytes of the file, without the line feed */
    size_t number;   /* of its line */
    const char *now; /* its code */
    bool gone;
} decision;

static bool read_yes(qc_input *in, const qc_json_token *value, void *place)
{
    if (value->kind != QC_JSON_TRUE && value->kind != QC_JSON_FALSE)
        return qc_input_wrong(in, value, "true or false");
    *(bool *)place = value->kind == QC_JSON_TRUE;
    return true;
}

#define FIELD(name, read) {#name, read, offsetof(decision, name)}
static const qc_field fields[] = {FIELD(act, qc_field_string),   FIELD(document, qc_field_string),
                                  FIELD(code, qc_field_string),  FIELD(by, qc_field_string),
                                  FIELD(on, qc_field_string),    FIELD(text, qc_field_string),
                                  FIELD(start, qc_field_number), FIELD(end, qc_field_number),
                                  FIELD(undone, read_yes),       {NULL, NULL, 0}};

static bool read_line(qc_recode_map *map, qc_arena *arena, const char *text, decision *one)
{
    qc_json_token token;
    qc_input in = {.arena = arena, .source = map->path, .err = map->err};
    in.json = qc_json_new(text + one->from, one->to - one->from, map->path, one->number, map->memory, map->err);
    bool done = in.json && qc_json_next(in.json, &token, map->err);
    if (done && token.kind == QC_JSON_OPEN_OBJECT)
        done = qc_field_object(&in, &token, fields, one);
    else
        done = done && qc_input_wrong(&in, &token, "a decision");
    qc_json_free(in.json);
    return done && qc_check_fresh(map, one->code, one->number, 0);
}

static bool read_lines(qc_recode_map *map, qc_arena *arena, const char *text, size_t length, qc_buffer *list)
{
    bool done = true;
    for (size_t at = 0, number = 1; done && at < length; number++) {
        const char *feed = memchr(text + at, '\n', length - at);
        decision one = {.act = "", .document = "", .code = "", .by = "", .on = "", .text = "", .from = at,
                        .to = feed ? (size_t)(feed - text) : length, .number = number};
        at = one.to + 1;
        if (one.to > one.from)
            done = read_line(map, arena, text, &one) &&
                   (qc_buffer_append(list, &one, sizeof one) || qc_no_memory(map->err));
    }
    return done;
}

static bool gives(const decision *one)
{
    return strcmp(one->act, "accept") == 0 || strcmp(one->act, "add") == 0 || strcmp(one->act, "edit") == 0;
}

static int compare_strings(const char *a, const char *b, int so_far)
{
    return so_far ? so_far : strcmp(a, b);
}

static int compare_numbers(size_t a, size_t b, int so_far)
{
    return so_far || a == b ? so_far : a < b ? -1 : 1;
}

/* The order of the file: document, start, end, code, on, by, act; then as they came. */
static int compare_decisions(const void *a, const void *b)
{
    const decision *one = a, *two = b;
    int by = compare_strings(one->document, two->document, 0);
    by = compare_numbers(one->start, two->start, by);
    by = compare_numbers(one->end, two->end, by);
    by = compare_strings(one->now, two->now, by);
    by = compare_strings(one->on, two->on, by);
    by = compare_strings(one->by, two->by, by);
    by = compare_strings(one->act, two->act, by);
    return compare_numbers(one->number, two->number, by);
}

/* The same passage, by the same person and of the same code now. */
static bool same_passage(const decision *a, const decision *b)
{
    return a->start == b->start && a->end == b->end && strcmp(a->document, b->document) == 0 &&
           strcmp(a->now, b->now) == 0;
}

/* Who rejected one of the codes that are one now, and gave the passage another of them, has given it what they are now. */
static void drop_rejections(decision *list, size_t count, qcode_recoded *result)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && same_passage(&list[from], &list[to]);)
            to++;
        for (size_t i = from; i < to; i++)
            for (size_t k = from; k < to && strcmp(list[i].act, "reject") == 0 && !list[i].gone; k++)
                list[i].gone = gives(&list[k]) && !list[k].undone && strcmp(list[i].by, list[k].by) == 0 &&
                               strcmp(list[i].code, list[k].code) != 0;
        for (size_t i = from; i < to; i++)
            result->dropped += list[i].gone;
    }
}

static bool put_decision(qc_recode_map *map, qc_arena *arena, const char *text, const decision *one, qc_buffer *out)
{
    const char *line = text + one->from;
    size_t length = one->to - one->from, copied = 0, count;
    const qc_member *members;
    if (!qc_list_members(line, length, map->path, arena, &members, &count, map->err))
        return false;
    for (size_t i = 0; one->now != one->code && i < count; i++)
        if (strcmp(members[i].key, "code") == 0) {
            qc_buffer_append(out, line, members[i].start);
            qc_json_put_string(out, one->now);
            copied = members[i].end;
        }
    qc_buffer_append(out, line + copied, length - copied);
    return qc_buffer_byte(out, '\n') || qc_no_memory(map->err);
}

static bool list_passage(const qc_recode_map *map, const decision *one)
{
    char start[24], end[24];
    if (!gives(one) || one->undone)
        return true;
    snprintf(start, sizeof start, "%zu", one->start);
    snprintf(end, sizeof end, "%zu", one->end);
    const qc_to_judge passage = {one->number, one->document, start, end, one->by, one->text};
    return qc_sheet_add(map, one->code, &passage);
}

bool qc_recode_decisions(qc_recode_map *map, const char *text, size_t length, qc_buffer *out, qcode_recoded *result)
{
    qc_arena arena = qc_arena_init(map->memory);
    qc_buffer all = qc_buffer_init(map->memory);
    bool done = read_lines(map, &arena, text, length, &all);
    decision *list = (void *)all.data;
    size_t count = all.length / sizeof *list;
    for (size_t i = 0; done && i < count; i++) {
        const char *now = qc_recoded_code(map, list[i].code);
        list[i].now = now ? now : list[i].code;
        result->changed += now != NULL;
        done = list_passage(map, &list[i]);
    }
    if (done && result->changed) {
        qsort(list, count, sizeof *list, compare_decisions);
        drop_rejections(list, count, result);
    }
    for (size_t i = 0; done && i < count; i++)
        done = list[i].gone || put_decision(map, &arena, text, &list[i], out);
    qc_buffer_clear(&all);
    qc_arena_clear(&arena);
    return done;
}
