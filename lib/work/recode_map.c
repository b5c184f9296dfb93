/* Which codes and rules have another id after a change of a codebook. */
#include "base/error.h"
#include "model/table.h"
#include "work/recoding.h"
#include "write/writer.h"

static bool changes_codes(const qcode_recode_job *job)
{
    return job->kind == QCODE_RENAME || job->kind == QCODE_MERGE;
}

static const char *last_code(const qcode_recode_job *job)
{
    return job->codes[job->code_count - 1];
}

/* Whether one of the codes goes; the last may be named among those that go into it. */
static bool goes(const qcode_recode_job *job, size_t i)
{
    return i + 1 < job->code_count && strcmp(job->codes[i], last_code(job)) != 0;
}

/* The rules of one code before, as the `place`th and following of another now. */
static bool map_rules(qc_recode_map *map, const qcode_code *before, const qcode_code *now, size_t *place)
{
    for (size_t i = 0; i < qcode_code_rule_count(before); i++, ++*place) {
        const char *id = qcode_rule_id(qcode_code_rule(before, i));
        bool added;
        size_t number = qc_set_add(&map->rules, id, strlen(id), &added);
        if (number == SIZE_MAX)
            return false;
        map->rules_now[number] = qc_arena_string(&map->arena, qcode_rule_id(qcode_code_rule(now, *place)));
        if (!map->rules_now[number])
            return false;
    }
    return true;
}

static bool map_all_rules(qc_recode_map *map, const qcode_codebook *before, const qcode_codebook *now)
{
    const qcode_recode_job *job = map->job;
    const qcode_code *survivor = qcode_codebook_find(before, last_code(job));
    const qcode_code *all = qcode_codebook_find(now, last_code(job));
    size_t count = 0, place = survivor ? qcode_code_rule_count(survivor) : 0;
    for (size_t i = 0; i + 1 < job->code_count; i++)
        count += goes(job, i) ? qcode_code_rule_count(qcode_codebook_find(before, job->codes[i])) : 0;
    map->rules_now = qc_arena_take_array(&map->arena, count + 1, sizeof *map->rules_now);
    bool done = map->rules_now;
    for (size_t i = 0; done && i + 1 < job->code_count; i++)
        done = !goes(job, i) || map_rules(map, qcode_codebook_find(before, job->codes[i]), all, &place);
    return done;
}

static const char *version_of(qc_recode_map *map, const qcode_codebook *book)
{
    qc_buffer text = qc_buffer_init(map->memory);
    const char *copy = qc_put_codebook_version(&text, book) ? qc_arena_copy(&map->arena, text.data, text.length) : NULL;
    qc_buffer_clear(&text);
    return copy;
}

bool qc_recode_map_init(qc_recode_map *map, const qcode_recode_job *job, const qcode_codebook *before,
                        const qcode_codebook *now, const qcode_memory *memory, qcode_error *err)
{
    *map = (qc_recode_map){.job = job, .memory = memory, .err = err, .arena = qc_arena_init(memory),
                           .rules = qc_set_init(memory)};
    map->fresh = changes_codes(job) && !qcode_codebook_find(before, last_code(job)) ? last_code(job) : NULL;
    return ((map->before = version_of(map, before)) && (map->now = version_of(map, now)) &&
            (!changes_codes(job) || map_all_rules(map, before, now))) ||
           qc_no_memory(err);
}

void qc_recode_map_clear(qc_recode_map *map)
{
    qc_set_clear(&map->rules);
    qc_arena_clear(&map->arena);
}

const char *qc_recoded_code(const qc_recode_map *map, const char *code)
{
    const qcode_recode_job *job = map->job;
    for (size_t i = 0; changes_codes(job) && i + 1 < job->code_count; i++)
        if (goes(job, i) && strcmp(code, job->codes[i]) == 0)
            return last_code(job);
    return NULL;
}

const char *qc_recoded_rule(const qc_recode_map *map, const char *rule)
{
    size_t number = qc_set_find(&map->rules, rule, strlen(rule));
    return number == SIZE_MAX ? rule : map->rules_now[number];
}

bool qc_check_fresh(const qc_recode_map *map, const char *code, size_t line, size_t column)
{
    return !map->fresh || strcmp(code, map->fresh) != 0 ||
           qc_fail(map->err, QCODE_INVALID, map->path, line, column,
                   "the code \"%s\" is in this file already: the change would mix the two", code);
}

bool qc_sheet_add(const qc_recode_map *map, const char *code, const qc_to_judge *passage)
{
    qcode_table *sheet = map->sheet;
    if (!sheet || strcmp(code, map->job->codes[0]) != 0)
        return true;
    qc_table_add_text(sheet, map->path);
    qc_table_add_count(sheet, passage->line);
    qc_table_add_text(sheet, passage->document);
    qc_table_add_text(sheet, passage->start);
    qc_table_add_text(sheet, passage->end);
    qc_table_add_text(sheet, passage->coder);
    qc_table_add_text(sheet, passage->text);
    qc_table_add_text(sheet, code);
    qc_table_add_missing(sheet);
    return qc_table_complete(sheet) || qc_no_memory(map->err);
}
