/* Codings, cases and memos of another program as tables of qcode. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "model/roles.h"
#include "read/projects/lines.h"
#include "work/importing.h"

#include <stdlib.h>
#include <strings.h>

/* -- transcripts --------------------------------------------------------------------------------------------------- */

/* A name for a file in one folder: no slash, no control character, no dot in front; it ends in .txt. */
static const char *file_name(qc_importing *in, qc_set *taken, qc_buffer *name, const char *source)
{
    size_t length = strlen(source), added_number = 1;
    size_t place = 0;
    bool added = false;
    if (length > 4 && strcasecmp(source + length - 4, ".txt") == 0)
        length -= 4;
    length = length > 150 ? (size_t)qc_utf8_cut(source, 150) : length;
    for (; !added && place != SIZE_MAX; added_number++) {
        name->length = 0;
        for (size_t i = 0; i < length; i++) {
            unsigned char c = (unsigned char)source[i];
            qc_buffer_byte(name, c < 32 || c == 127 || strchr("/\\:*?\"<>|", c) || (!i && c == '.') ? '_' : (char)c);
        }
        if (!length)
            qc_buffer_string(name, "source");
        if (added_number > 1)
            qc_buffer_print(name, " (%zu)", added_number);
        qc_buffer_string(name, ".txt");
        place = name->failed ? SIZE_MAX : qc_set_add(taken, name->data, name->length, &added);
    }
    return place != SIZE_MAX ? qc_arena_copy(&in->project.arena, name->data, name->length) : NULL;
}

bool qc_import_names(qc_importing *in)
{
    qc_project *project = &in->project;
    size_t count = qc_project_source_count(project);
    qc_set taken = qc_set_init(in->memory);
    qc_buffer name = qc_buffer_init(in->memory);
    bool done = (in->files = qc_arena_take_array(&project->arena, count + 1, sizeof *in->files)) != NULL;
    for (size_t i = 0; done && i < count; i++) {
        const qc_project_source *source = qc_project_source_at(project, i);
        if (source->text && source->length)
            done = (in->files[i] = file_name(in, &taken, &name, source->name)) != NULL;
        else if (!project->is_dictionary)
            done = qc_project_lose(project, "source without text", source->name);
    }
    qc_set_clear(&taken);
    qc_buffer_clear(&name);
    return done;
}

/* -- codings ------------------------------------------------------------------------------------------------------- */

static void put_field(qc_buffer *out, const char *text, char behind)
{
    qc_csv_put(out, text, strlen(text));
    qc_buffer_byte(out, behind);
}

bool qc_import_codings(qc_importing *in, qc_buffer *out, size_t *rows)
{
    const qc_project *project = &in->project;
    qc_buffer_string(out, "document,start,end,code,coder,text,memo\n");
    *rows = qc_project_coding_count(project);
    for (size_t i = 0; i < *rows; i++) {
        const qc_project_coding *coding = qc_project_coding_at(project, i);
        const char *file = in->files[coding->source];
        put_field(out, file ? file : qc_project_source_at(project, coding->source)->name, ',');
        if (coding->start != QC_NO_OFFSET && coding->end != QC_NO_OFFSET)
            qc_buffer_print(out, "%zu,%zu,", coding->start, coding->end);
        else
            qc_buffer_string(out, ",,");
        put_field(out, in->ids[coding->code], ',');
        put_field(out, coding->coder, ',');
        put_field(out, coding->words, ',');
        put_field(out, coding->memo, '\n');
    }
    in->result->codings = *rows;
    return !out->failed;
}

/* -- cases --------------------------------------------------------------------------------------------------------- */

/* Columns of cases.csv that mean something there, and words that it takes for one of consent. */
static bool is_taken(const char *name)
{
    static const char *const names[] = {"document", "speaker", "role", "case", "source"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    for (; *name; name++)
        if (strncasecmp(name, "consent", 7) == 0 || strncasecmp(name, "withdr", 6) == 0)
            return true;
    return false;
}

enum { LONGEST_LABEL = 100 };

/* What stands before a colon at the beginning of a line, in any transcript. */
static bool list_labels(const qc_importing *in, qc_set *labels)
{
    bool done = true;
    for (size_t i = 0; done && i < qc_project_source_count(&in->project); i++) {
        const qc_project_source *source = qc_project_source_at(&in->project, i);
        qc_text_lines lines = {source->text, source->text ? source->length : 0, 0, 0};
        qc_text_line line;
        while (done && qc_text_lines_next(&lines, &line)) {
            line.length = line.length > LONGEST_LABEL ? LONGEST_LABEL : line.length;
            const char *colon = line.length ? memchr(line.text, ':', line.length) : NULL;
            done = !colon || qc_set_add(labels, line.text, (size_t)(colon - line.text), NULL) != SIZE_MAX;
        }
    }
    return done;
}

static int by_case(const void *a, const void *b)
{
    const qc_project_value *one = *(const qc_project_value *const *)a, *two = *(const qc_project_value *const *)b;
    return one->of != two->of ? (one->of < two->of ? -1 : 1) : (one > two) - (one < two);
}

/* What is known of cases, by case; a NULL behind the last. */
static const qc_project_value **sort_values(qc_importing *in)
{
    const qc_project_value *values = (const void *)in->project.values.data;
    size_t count = in->project.values.length / sizeof *values;
    const qc_project_value **list = qc_arena_take_array(&in->project.arena, count + 1, sizeof *list);
    for (size_t i = 0; list && i < count; i++)
        list[i] = &values[i];
    if (list && count)
        qsort(list, count, sizeof *list, by_case);
    return list;
}

/* The columns for attributes, in the order they are met. */
static bool list_attributes(qc_importing *in, qc_set *names)
{
    const qc_project_value *values = (const void *)in->project.values.data;
    bool done = true;
    for (size_t i = 0; done && i < in->project.values.length / sizeof *values; i++)
        done = qc_set_add(names, values[i].name, strlen(values[i].name), NULL) != SIZE_MAX;
    return done;
}

static void put_names(qc_buffer *out, const qc_set *names)
{
    qc_buffer_string(out, "document,speaker,role,case");
    for (size_t i = 0; i < names->count; i++) {
        const char *name = qc_set_at(names, i);
        bool taken = is_taken(name) || !*name;
        qc_buffer_byte(out, ',');
        if (!taken)
            qc_csv_put(out, name, strlen(name));
        else
            qc_buffer_print(out, "attribute_%zu", i + 1);
    }
    qc_buffer_byte(out, '\n');
}

typedef struct case_table {
    qc_importing *in;
    qc_set names, labels;
    const qc_project_value **next; /* the values that are left, by case */
    const char **cells;
    qc_folder folder;
    qc_buffer *out;
    size_t rows;
} case_table;

/* A line for a case: where a text has its name as a speaker, it is that speaker's; else it is its document's. */
static bool put_case(case_table *t, size_t number)
{
    qc_project *project = &t->in->project;
    const qc_project_case *one = (const qc_project_case *)(const void *)project->cases.data + number;
    const char *file = one->source == QC_NO_ITEM ? NULL : t->in->files[one->source];
    qcode_role role;
    bool speaks = *one->name && qc_set_find(&t->labels, one->name, strlen(one->name)) != SIZE_MAX;
    memset(t->cells, 0, (t->names.count + 1) * sizeof *t->cells);
    for (; *t->next && (*t->next)->of == number; t->next++)
        t->cells[qc_set_find(&t->names, (*t->next)->name, strlen((*t->next)->name))] = (*t->next)->value;
    if (!speaks && !file)
        return qc_project_lose(project, "case that no transcript is about", one->name);
    if (!qc_role_of_words(&t->folder, one->name, true, &role))
        return false;
    bool asks = speaks && role == QCODE_ROLE_INTERVIEWER;
    put_field(t->out, speaks ? "" : file, ',');
    put_field(t->out, speaks ? one->name : "", ',');
    put_field(t->out, asks ? qcode_role_name(role) : "", ',');
    qc_csv_put(t->out, one->name, asks ? 0 : strlen(one->name));
    for (size_t i = 0; i < t->names.count; i++) {
        qc_buffer_byte(t->out, ',');
        if (t->cells[i])
            qc_csv_put(t->out, t->cells[i], strlen(t->cells[i]));
    }
    qc_buffer_byte(t->out, '\n');
    t->rows++;
    return !*one->memo || qc_project_lose(project, "memo of a case", one->name);
}

bool qc_import_cases(qc_importing *in, qc_buffer *out, size_t *rows)
{
    case_table t = {.in = in, .names = qc_set_init(in->memory), .labels = qc_set_init(in->memory), .out = out,
                    .folder = qc_folder_init(in->memory)};
    size_t count = in->project.cases.length / sizeof(qc_project_case);
    bool done = list_attributes(in, &t.names) && list_labels(in, &t.labels) && (t.next = sort_values(in)) &&
                (t.cells = qc_arena_take_array(&in->project.arena, t.names.count + 1, sizeof *t.cells));
    put_names(out, &t.names);
    for (size_t i = 0; done && i < count; i++)
        done = put_case(&t, i);
    qc_set_clear(&t.names);
    qc_set_clear(&t.labels);
    qc_folder_clear(&t.folder);
    in->result->cases = *rows = t.rows;
    return done && !out->failed;
}

/* -- memos --------------------------------------------------------------------------------------------------------- */

bool qc_import_memos(qc_importing *in, qc_buffer *out, size_t *rows)
{
    const qc_project_memo *memos = (const void *)in->project.memos.data;
    size_t count = in->project.memos.length / sizeof *memos;
    qc_buffer_string(out, "about,title,text,coder\n");
    for (size_t i = 0; i < count; i++) {
        put_field(out, memos[i].about, ',');
        put_field(out, memos[i].title, ',');
        put_field(out, memos[i].text, ',');
        put_field(out, memos[i].coder, '\n');
    }
    *rows = count;
    for (size_t i = 0; i < qc_project_source_count(&in->project); i++) {
        const qc_project_source *source = qc_project_source_at(&in->project, i);
        if (!*source->memo)
            continue;
        put_field(out, in->files[i] ? in->files[i] : source->name, ',');
        qc_buffer_string(out, "document,");
        put_field(out, source->memo, ',');
        qc_buffer_byte(out, '\n');
        ++*rows;
    }
    in->result->memos = *rows;
    return !out->failed;
}
