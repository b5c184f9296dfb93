/* W3C Web Annotations: one, a list, a page or a collection. Each names what it is about, and says it of a place there. */
#include "base/error.h"
#include "read/projects/json_files.h"

typedef struct annotation {
    qc_json_study *study;
    const char *coder, *source, *quote, *memo;
    size_t start, end;
    qc_buffer codes; /* of const char * */
    bool has_target;
} annotation;

typedef struct body {
    const char *value, *id, *purpose;
} body;

/* "text", or an object with a name or an id. */
static const qc_field name_fields[] = {{"id", qc_field_string_or_pass, 0},
                                       {"@id", qc_field_string_or_pass, 0},
                                       {"nickname", qc_field_string_or_pass, 0},
                                       {"name", qc_field_string_or_pass, 0},
                                       {NULL, NULL, 0}};


static bool read_one_name(qc_input *in, const qc_json_token *value, void *to)
{
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, name_fields, to)
                                              : qc_field_string_or_pass(in, value, to);
}

static bool read_name(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, read_one_name, place);
}

static const qc_field body_fields[] = {{"value", qc_field_string_or_pass, offsetof(body, value)},
                                       {"chars", qc_field_string_or_pass, offsetof(body, value)},
                                       {"label", qc_field_string_or_pass, offsetof(body, value)},
                                       {"id", qc_field_string_or_pass, offsetof(body, id)},
                                       {"source", qc_field_string_or_pass, offsetof(body, id)},
                                       {"purpose", qc_field_string_or_pass, offsetof(body, purpose)},
                                       {NULL, NULL, 0}};

/* What is said: a code, unless its purpose is to comment. */
static bool read_body(qc_input *in, const qc_json_token *value, void *to)
{
    annotation *of = to;
    body one = {NULL, NULL, ""};
    bool done = value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, body_fields, &one)
                                                   : qc_field_string_or_pass(in, value, &one.value);
    const char *said = one.value ? one.value : one.id;
    if (!done || !said || !*said)
        return done;
    if (strcmp(one.purpose, "commenting") == 0 || strcmp(one.purpose, "describing") == 0 ||
        strcmp(one.purpose, "replying") == 0) {
        of->memo = said;
        return true;
    }
    return qc_buffer_append(&of->codes, &said, sizeof said) || qc_no_memory(in->err);
}

static bool read_bodies(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, read_body, place);
}

/* Places of other kinds (XPath, CSS) may have strings there. */
static bool read_place(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_NUMBER ? qc_field_number(in, value, place) : qc_field_pass(in, value);
}

static const qc_field selector_fields[] = {{"start", read_place, offsetof(annotation, start)},
                                           {"end", read_place, offsetof(annotation, end)},
                                           {"exact", qc_field_string_or_pass, offsetof(annotation, quote)},
                                           {NULL, NULL, 0}};

static bool read_selector(qc_input *in, const qc_json_token *value, void *to)
{
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, selector_fields, to)
                                              : qc_field_pass(in, value);
}

static bool read_selectors(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, read_selector, place);
}

static const qc_field target_fields[] = {{"source", read_name, offsetof(annotation, source)},
                                         {"id", qc_field_string_or_pass, offsetof(annotation, source)},
                                         {"selector", read_selectors, 0},
                                         {NULL, NULL, 0}};

static bool read_target(qc_input *in, const qc_json_token *value, void *to)
{
    annotation *of = to;
    of->has_target = true;
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, target_fields, of)
                                              : qc_field_string_or_pass(in, value, &of->source);
}

static bool read_targets(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, read_target, place);
}

static bool read_items(qc_input *in, const qc_json_token *value, void *place)
{
    return qc_field_one_or_more(in, value, qc_web_annotation_object, ((annotation *)place)->study);
}

static const qc_field page_fields[] = {{"items", read_items, 0}, {NULL, NULL, 0}};

/* The first page of a collection; one that is only named is elsewhere. */
static bool read_page(qc_input *in, const qc_json_token *value, void *place)
{
    return value->kind == QC_JSON_OPEN_OBJECT ? qc_field_object(in, value, page_fields, place)
                                              : qc_field_pass(in, value);
}

static const qc_field annotation_fields[] = {{"creator", read_name, offsetof(annotation, coder)},
                                             {"body", read_bodies, 0},
                                             {"bodyValue", read_bodies, 0},
                                             {"target", read_targets, 0},
                                             {"items", read_items, 0},
                                             {"first", read_page, 0},
                                             {NULL, NULL, 0}};

static bool add_codings(qc_project *project, const annotation *one, size_t line)
{
    const char *const *codes = (const void *)one->codes.data;
    size_t count = one->codes.length / sizeof *codes;
    size_t source = qc_project_source_named(project, qc_base_name(one->source));
    bool done = source != QC_NO_ITEM;
    if (!count || (!*one->quote && one->start == QC_NO_OFFSET))
        return done && qc_project_lose(project, count ? "annotation of no passage" : "annotation without a tag", "");
    for (size_t i = 0; done && i < count; i++) {
        const qc_project_coding coding = {.source = source,
                                          .code = qc_project_code_named(project, codes[i], strlen(codes[i])),
                                          .coder = one->coder, .words = one->quote, .memo = one->memo,
                                          .start = one->start, .end = one->end, .line = line};
        done = coding.code != QC_NO_ITEM && qc_project_add_coding(project, &coding);
    }
    return done;
}

bool qc_web_annotation_object(qc_input *in, const qc_json_token *value, void *to)
{
    annotation one = {.study = to, .coder = "", .source = "", .quote = "", .memo = "",
                      .start = QC_NO_OFFSET, .end = QC_NO_OFFSET, .codes = qc_buffer_init(in->arena->memory)};
    size_t line = value->line;
    if (value->kind != QC_JSON_OPEN_OBJECT)
        return qc_field_pass(in, value);
    bool done = qc_field_object(in, value, annotation_fields, &one);
    if (done && one.has_target)
        done = add_codings(one.study->project, &one, line) || qc_no_memory(in->err);
    qc_buffer_clear(&one.codes);
    return done;
}
