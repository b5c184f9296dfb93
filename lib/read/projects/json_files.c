/* Files of JSON, told apart by the members of their first object; and doccano's. */
#include "read/projects/json_files.h"
#include "base/error.h"

#include <stdio.h>

bool qc_field_string_or_pass(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_STRING ? qc_field_string(in, value, place) : qc_field_pass(in, value);
}

/* -- which kind it is ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *program;
    qc_count count;
    qc_item_reader *read;
    const char *members[4]; /* one of them is in an object ... */
    const char *also, *never; /* ... and this is, and this is not */
} kinds[] = {
    {"Web Annotation", QC_COUNT_POINTS, qc_web_annotation_object, {"target", "items", "first"}, "type", "document"},
    {"Label Studio", QC_COUNT_UTF16, qc_label_studio_task, {"annotations", "completions"}, "data", "document"},
    {"doccano", QC_COUNT_POINTS, qc_doccano_object, {"label", "labels", "entities"}, "text", "document"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

typedef struct members {
    bool any[KINDS], also[KINDS], never[KINDS];
} members;

static bool is_key(const char *key, size_t length, const char *name)
{
    return name && strlen(name) == length && memcmp(key, name, length) == 0;
}

static void meet(members *met, const char *key, size_t length)
{
    for (size_t i = 0; i < KINDS; i++) {
        for (size_t k = 0; k < sizeof kinds[i].members / sizeof *kinds[i].members; k++)
            met->any[i] |= is_key(key, length, kinds[i].members[k]);
        met->also[i] |= is_key(key, length, kinds[i].also);
        met->never[i] |= is_key(key, length, kinds[i].never);
    }
}

static size_t pass_white(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] && strchr(" \n\r\t", text[at]))
        at++;
    return at;
}

/* The place of the quote that ends a string, from behind the one that begins it. */
static size_t string_end(const char *text, size_t length, size_t at)
{
    while (at < length && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at < length ? at : length;
}

/* The members of the first object, which may be the first item of a list. Nothing is checked: reading does that. */
static void meet_first(const char *text, size_t length, size_t at, members *met)
{
    for (size_t depth = 0; at < length; at++) {
        if (text[at] == '{' || text[at] == '[') {
            depth++;
        } else if ((text[at] == '}' || text[at] == ']') && --depth == 0) {
            return;
        } else if (text[at] == '"') {
            size_t from = at + 1, end = string_end(text, length, from), colon = pass_white(text, length, end + 1);
            if (depth == 1 && colon < length && text[colon] == ':')
                meet(met, text + from, end - from);
            at = end;
        }
    }
}

static const char *text_of(const qc_project_file *file, size_t *length)
{
    size_t mark = file->length > 2 && memcmp(file->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *length = file->length - mark;
    return (const char *)file->data + mark;
}

static size_t kind_of(const qc_project_file *file)
{
    size_t length;
    const char *text = text_of(file, &length);
    members met = {.any = {false}};
    size_t at = pass_white(text, length, 0);
    if (at < length && text[at] == '[')
        at = pass_white(text, length, at + 1);
    if (at == length || text[at] != '{')
        return KINDS;
    meet_first(text, length, at, &met);
    for (size_t i = 0; i < KINDS; i++)
        if (met.any[i] && met.also[i] && !met.never[i])
            return i;
    return KINDS;
}

static bool sniff(const qc_project_file *file)
{
    return kind_of(file) < KINDS;
}

/* -- doccano ------------------------------------------------------------------------------------------------------- */

typedef struct label {
    size_t start, end;
    const char *name;
} label;

typedef struct example {
    const char *text, *name, *file;
    qc_buffer labels; /* of label */
} example;

static const qc_field label_fields[] = {{"start_offset", qc_field_number, offsetof(label, start)},
                                        {"end_offset", qc_field_number, offsetof(label, end)},
                                        {"label", qc_field_string_or_pass, offsetof(label, name)},
                                        {NULL, NULL, 0}};

typedef struct label_item {
    label *label;
    size_t count;
} label_item;

/* [start, end, "label"] */
static bool read_member(qc_input *in, const qc_json_token *value, void *to)
{
    label_item *item = to;
    switch (item->count++) {
    case 0: return qc_field_number(in, value, &item->label->start);
    case 1: return qc_field_number(in, value, &item->label->end);
    case 2: return qc_field_string(in, value, &item->label->name);
    default: return qc_field_pass(in, value);
    }
}

static bool read_label(qc_input *in, const qc_json_token *value, void *to)
{
    label one = {QC_NO_OFFSET, QC_NO_OFFSET, NULL};
    label_item item = {&one, 0};
    bool done = value->kind == QC_JSON_OPEN_ARRAY    ? qc_field_items(in, value, read_member, &item)
                : value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, label_fields, &one)
                                                     : qc_field_pass(in, value);
    return done && (!one.name || qc_buffer_append(to, &one, sizeof one) || qc_no_memory(in->err));
}

static bool read_labels(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_ARRAY ? qc_field_items(in, value, read_label, place) : qc_field_pass(in, value);
}

static const qc_field example_fields[] = {{"text", qc_field_string_or_pass, offsetof(example, text)},
                                          {"filename", qc_field_string_or_pass, offsetof(example, file)},
                                          {"upload_name", qc_field_string_or_pass, offsetof(example, name)},
                                          {"label", read_labels, offsetof(example, labels)},
                                          {"labels", read_labels, offsetof(example, labels)},
                                          {"entities", read_labels, offsetof(example, labels)},
                                          {NULL, NULL, 0}};

static bool add_labels(qc_input *in, qc_project *project, size_t source, const example *one, size_t line)
{
    const label *labels = (const void *)one->labels.data;
    bool done = source != QC_NO_ITEM;
    for (size_t i = 0; done && i < one->labels.length / sizeof *labels; i++) {
        const qc_project_coding coding = {.source = source,
                                          .code = qc_project_code_named(project, labels[i].name, strlen(labels[i].name)),
                                          .coder = "", .words = "", .memo = "",
                                          .start = labels[i].start, .end = labels[i].end, .line = line};
        done = coding.code != QC_NO_ITEM && qc_project_add_coding(project, &coding);
    }
    return done || qc_no_memory(in->err);
}

/* A text; without a name it has that of the file, and from the second on a number. */
bool qc_doccano_object(qc_input *in, const qc_json_token *value, void *to)
{
    qc_json_study *study = to;
    example one = {.labels = qc_buffer_init(in->arena->memory)};
    size_t line = value->line;
    bool done = qc_field_object(in, value, example_fields, &one);
    if (done && !one.text)
        done = qc_project_lose(study->project, "example without text", "") || qc_no_memory(in->err);
    else if (done) {
        const qc_project_source source = {.name = one.name ? one.name : one.file ? one.file : study->name,
                                          .text = one.text, .length = strlen(one.text), .memo = "",
                                          .is_file_name = !one.name && !one.file};
        done = add_labels(in, study->project, qc_project_add_source(study->project, &source), &one, line);
    }
    qc_buffer_clear(&one.labels);
    study->count++;
    return done;
}

/* -- the file ------------------------------------------------------------------------------------------------------ */

static bool read(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qcode_error own = {.status = QCODE_OK};
    size_t kind = kind_of(file), length = 0, size = 0;
    const char *raw = text_of(file, &size);
    const char *text = qc_project_decode(project, raw, size, file->path, &length, notes, &own);
    const char *base = qc_base_name(file->path), *dot = strrchr(base, '.');
    qc_json_study study = {.project = project};
    study.name = text ? qc_arena_copy(&project->arena, base, dot ? (size_t)(dot - base) : strlen(base)) : NULL;
    qc_input in = {.arena = &project->arena, .source = file->path, .err = &own};
    in.json = study.name ? qc_json_new(text, length, file->path, 1, file->memory, &own) : NULL;
    project->program = kinds[kind].program;
    project->preferred.count = kinds[kind].count;
    bool done = in.json != NULL;
    for (qc_json_token token; done && (done = qc_json_next(in.json, &token, &own)) && token.kind != QC_JSON_END;)
        done = qc_field_one_or_more(&in, &token, kinds[kind].read, &study);
    qc_json_free(in.json);
    if (!done && own.status == QCODE_OK)
        qc_no_memory(&own);
    if (!done && err)
        *err = own;
    return done;
}

const qc_project_reader qc_read_json = {"JSON", sniff, read};
