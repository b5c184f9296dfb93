/* Label Studio's export: tasks with a text, and in each what annotators marked there. */
#include "base/error.h"
#include "read/projects/json_files.h"

#include <ctype.h>
#include <stdio.h>

/* What one annotator marked, with one of its labels. */
typedef struct mark {
    const char *coder, *label, *text;
    size_t start, end, line;
} mark;

typedef struct result {
    const char *text;
    size_t start, end;
    qc_buffer labels; /* of const char * */
} result;

typedef struct task {
    const char *text, *name, *coder; /* coder: of the annotation at hand */
    qc_buffer marks;
    size_t lost; /* results that mark no text */
} task;

static bool read_label(qc_input *in, const qc_json_token *value, void *to)
{
    const char *name = NULL;
    if (value->kind != QC_JSON_STRING)
        return qc_field_pass(in, value);
    return qc_field_string(in, value, &name) && (qc_buffer_append(to, &name, sizeof name) || qc_no_memory(in->err));
}

static bool read_labels(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, read_label, place);
}

/* Paragraphs and regions have places of other kinds. */
static bool read_place(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_NUMBER ? qc_field_number(in, value, place) : qc_field_pass(in, value);
}

static const qc_field value_fields[] = {{"start", read_place, offsetof(result, start)},
                                        {"end", read_place, offsetof(result, end)},
                                        {"text", qc_field_string_or_pass, offsetof(result, text)},
                                        {"labels", read_labels, offsetof(result, labels)},
                                        {"hypertextlabels", read_labels, offsetof(result, labels)},
                                        {NULL, NULL, 0}};

static bool read_value(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, value_fields, place)
                                              : qc_field_pass(in, value);
}

static const qc_field result_fields[] = {{"value", read_value, 0}, {NULL, NULL, 0}};

static bool read_result(qc_input *in, const qc_json_token *value, void *to)
{
    task *of = to;
    size_t line = value->line;
    result one = {.text = "", .start = QC_NO_OFFSET, .end = QC_NO_OFFSET, .labels = qc_buffer_init(in->arena->memory)};
    bool done = qc_field_object(in, value, result_fields, &one);
    const char *const *labels = (const void *)one.labels.data;
    size_t count = one.labels.length / sizeof *labels;
    if (one.start == QC_NO_OFFSET || one.end == QC_NO_OFFSET)
        count = 0;
    of->lost += done && !count;
    for (size_t i = 0; done && i < count; i++) {
        const mark copy = {of->coder, labels[i], one.text, one.start, one.end, line};
        done = qc_buffer_append(&of->marks, &copy, sizeof copy) || qc_no_memory(in->err);
    }
    qc_buffer_clear(&one.labels);
    return done;
}

static bool read_results(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_ARRAY ? qc_field_items(in, value, read_result, place) : qc_field_pass(in, value);
}

/* Who it is: {"email": ...}, a number or a name. */
static const qc_field person_fields[] = {{"email", qc_field_string_or_pass, 0},
                                         {"username", qc_field_string_or_pass, 0},
                                         {NULL, NULL, 0}};

static bool read_person(qc_input *in, const qc_json_token *value, void *place)
{
    const char **coder = &((task *)place)->coder;
    if (value->kind == QC_JSON_OPEN_OBJECT)
        return qc_field_object(in, value, person_fields, coder);
    if (value->kind != QC_JSON_NUMBER || value->number < 0 || value->number > 1e15)
        return qc_field_string_or_pass(in, value, coder);
    char number[32];
    snprintf(number, sizeof number, "%.0f", value->number);
    return (*coder = qc_arena_string(in->arena, number)) || qc_no_memory(in->err);
}

static const qc_field annotation_fields[] = {{"completed_by", read_person, 0},
                                             {"result", read_results, 0},
                                             {NULL, NULL, 0}};

/* The person may stand behind what they marked. */
static bool read_annotation(qc_input *in, const qc_json_token *value, void *to)
{
    task *of = to;
    size_t first = of->marks.length / sizeof(mark);
    of->coder = "";
    if (!qc_field_object(in, value, annotation_fields, of))
        return false;
    mark *marks = (void *)of->marks.data;
    for (size_t i = first; i < of->marks.length / sizeof *marks; i++)
        marks[i].coder = of->coder;
    return true;
}

static bool read_annotations(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_ARRAY ? qc_field_items(in, value, read_annotation, place)
                                             : qc_field_pass(in, value);
}

static const qc_field data_fields[] = {{"text", qc_field_string_or_pass, offsetof(task, text)},
                                       {"name", qc_field_string_or_pass, offsetof(task, name)},
                                       {"filename", qc_field_string_or_pass, offsetof(task, name)},
                                       {"document", qc_field_string_or_pass, offsetof(task, name)},
                                       {NULL, NULL, 0}};

static bool read_data(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, data_fields, place)
                                              : qc_field_pass(in, value);
}

static const qc_field task_fields[] = {{"data", read_data, 0},
                                       {"file_upload", qc_field_string_or_pass, offsetof(task, name)},
                                       {"annotations", read_annotations, 0},
                                       {"completions", read_annotations, 0},
                                       {NULL, NULL, 0}};

/* The name of a file that was sent in, without the eight digits that Label Studio puts before it. */
static const char *sent_name(const char *name)
{
    size_t digits = 0;
    while (digits < 8 && isxdigit((unsigned char)name[digits]))
        digits++;
    return digits == 8 && name[8] == '-' && name[9] ? name + 9 : name;
}

static bool add_marks(qc_project *project, size_t source, const task *of)
{
    const mark *marks = (const void *)of->marks.data;
    bool done = source != QC_NO_ITEM;
    for (size_t i = 0; done && i < of->marks.length / sizeof *marks; i++) {
        const mark *one = &marks[i];
        const qc_project_coding coding = {.source = source,
                                          .code = qc_project_code_named(project, one->label, strlen(one->label)),
                                          .coder = one->coder, .words = one->text, .memo = "",
                                          .start = one->start, .end = one->end, .line = one->line};
        done = coding.code != QC_NO_ITEM && qc_project_add_coding(project, &coding);
    }
    for (size_t i = 0; done && i < of->lost; i++)
        done = qc_project_lose(project, "result that marks no text", "");
    return done;
}

bool qc_label_studio_task(qc_input *in, const qc_json_token *value, void *to)
{
    qc_json_study *study = to;
    task one = {.coder = "", .marks = qc_buffer_init(in->arena->memory)};
    bool done = qc_field_object(in, value, task_fields, &one);
    if (done && !one.text) {
        done = qc_project_lose(study->project, "task without text", one.name ? one.name : "") || qc_no_memory(in->err);
    } else if (done) {
        const qc_project_source source = {.name = one.name ? sent_name(qc_base_name(one.name)) : study->name,
                                          .text = one.text, .length = strlen(one.text), .memo = "",
                                          .is_file_name = !one.name};
        done = add_marks(study->project, qc_project_add_source(study->project, &source), &one) || qc_no_memory(in->err);
    }
    qc_buffer_clear(&one.marks);
    study->count++;
    return done;
}
