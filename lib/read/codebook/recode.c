/* A change of codes in a codebook: which steps it is made of, each on the text that the one before has left. */
#include "format/json.h"
#include "read/codebook/rewrite.h"

bool qc_step_one_theme(qc_rewrite *rewrite, const char *from, const char *to)
{
    const qc_yaml_node *themes = qc_yaml_get(rewrite->root, "themes");
    bool done = true;
    for (const qc_yaml_node *theme = themes ? themes->first : NULL; done && theme; theme = theme->next) {
        const qc_yaml_node *codes = qc_yaml_get(theme, "codes"), *gone = NULL, *kept = NULL;
        for (const qc_yaml_node *item = codes && codes->kind == QC_YAML_LIST ? codes->first : NULL; item;
             item = item->next) {
            gone = strcmp(item->text, from) == 0 ? item : gone;
            kept = strcmp(item->text, to) == 0 ? item : kept;
        }
        if (gone && kept)
            done = qc_remove_item(rewrite, codes, gone);
    }
    return done;
}

bool qc_step_remove(qc_rewrite *rewrite, const char *from, const char *to)
{
    (void)to;
    const qc_yaml_node *code = qc_find_code_node(rewrite->root, from);
    const qc_yaml_node *list = qc_find_code_list(rewrite->root, code);
    if (list->count > 1)
        return qc_remove_item(rewrite, list, code);
    size_t key = qc_key_start(rewrite, list), start = qc_line_start(rewrite, key); /* the only child: its list goes */
    for (size_t at = start; at < key; at++)
        if (rewrite->text[at] != ' ')
            return qc_cannot_rewrite(rewrite, list, "\"codes\" is written");
    return qc_yaml_edit(&rewrite->edits, start, qc_lines_end(rewrite, list), "") || qc_no_memory(rewrite->err);
}

/* The code at the top under which another stands, or itself. */
static const qc_yaml_node *at_top(const qc_yaml_node *root, const qc_yaml_node *code)
{
    const qc_yaml_node *top = qc_yaml_get(root, "codes");
    for (const qc_yaml_node *list; (list = qc_find_code_list(root, code)) != top;)
        for (const qc_yaml_node *up = top->first; up; up = up->next)
            if (up->source_start <= code->source_start)
                code = up;
    return code;
}

/* Where something can stand behind a code at the top, and the column of its dash, from 0. */
static bool place_behind(qc_rewrite *rewrite, const qc_yaml_node *code, size_t *at, size_t *indent)
{
    const qc_yaml_node *list = qc_yaml_get(rewrite->root, "codes"), *top = at_top(rewrite->root, code);
    if (!qc_in_lines(rewrite, list))
        return qc_cannot_rewrite(rewrite, list, "\"codes\" is written");
    *at = qc_lines_end(rewrite, top);
    *indent = list->column - 1;
    return true;
}

bool qc_step_add(qc_rewrite *rewrite, const char *from, const char *to)
{
    size_t at, indent;
    if (!place_behind(rewrite, qc_find_code_node(rewrite->root, from), &at, &indent))
        return false;
    qc_buffer out = qc_buffer_init(rewrite->memory);
    qc_buffer_string(&out, rewrite->text[at - 1] == '\n' ? "" : "\n");
    qc_buffer_print(&out, "%*s- id: %s\n%*sparent: %s\n%*snote: split from %s; wants a definition, and rules or none\n", (int)indent,
                    "", to, (int)indent + 2, "", from, (int)indent + 2, "", from);
    bool done = qc_put_edit(rewrite, at, at, &out);
    qc_buffer_clear(&out);
    return done;
}

bool qc_step_rise(qc_rewrite *rewrite, const char *from, const char *to)
{
    (void)to;
    const qc_yaml_node *code = qc_find_code_node(rewrite->root, from), *list = qc_find_code_list(rewrite->root, code);
    size_t at, indent, start;
    if (list == qc_yaml_get(rewrite->root, "codes"))
        return true;
    if (!place_behind(rewrite, code, &at, &indent))
        return false;
    if (!qc_in_lines(rewrite, list))
        return qc_cannot_rewrite(rewrite, list, "\"codes\" is written");
    qc_buffer out = qc_buffer_init(rewrite->memory);
    bool done = qc_item_start(rewrite, list, code, &start);
    if (done) {
        size_t old = list->column - 1;
        qc_buffer_string(&out, rewrite->text[at - 1] == '\n' ? "" : "\n");
        qc_buffer_print(&out, "%*s", (int)indent, "");
        qc_put_moved(&out, rewrite->text, start + old, qc_lines_end(rewrite, code), (long)indent - (long)old);
        done = qc_step_remove(rewrite, from, NULL) && qc_put_edit(rewrite, at, at, &out);
    }
    qc_buffer_clear(&out);
    return done;
}

bool qc_step_under(qc_rewrite *rewrite, const char *from, const char *to)
{
    const qc_yaml_node *code = qc_find_code_node(rewrite->root, from), *parent = qc_yaml_get(code, "parent");
    if (parent && to)
        return qc_yaml_replace(&rewrite->edits, parent, to) || qc_no_memory(rewrite->err);
    if (parent)
        return qc_remove_key(rewrite, code, parent);
    return !to || qc_yaml_add_key(&rewrite->edits, code, "parent", to) || qc_no_memory(rewrite->err);
}

bool qc_step_theme(qc_rewrite *rewrite, const char *from, const char *to)
{
    const qc_yaml_node *themes = qc_yaml_get(rewrite->root, "themes");
    bool done = true, found = false;
    for (const qc_yaml_node *theme = themes ? themes->first : NULL; done && theme; theme = theme->next) {
        const qc_yaml_node *codes = qc_yaml_get(theme, "codes"), *id = qc_yaml_get(theme, "id"), *in = NULL;
        if (!codes || codes->kind != QC_YAML_LIST)
            return qc_cannot_rewrite(rewrite, codes ? codes : theme, "the theme is written");
        for (const qc_yaml_node *item = codes->first; item && !in; item = item->next)
            in = strcmp(item->text, from) == 0 ? item : NULL;
        bool wanted = id && strcmp(id->text, to) == 0;
        found |= wanted;
        if (wanted && !in)
            done = qc_add_item(rewrite, codes, from);
        else if (!wanted && in && codes->count == 1)
            done = qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, codes->line, codes->column,
                           "\"%s\" is all that this theme has: take the theme out, or give it another code", from);
        else if (!wanted && in)
            done = qc_remove_item(rewrite, codes, in);
    }
    return done && (found || qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, 0, 0, "no theme has the id \"%s\"", to));
}

bool qc_step_retire(qc_rewrite *rewrite, const char *from, const char *to)
{
    (void)to;
    const qc_yaml_node *code = qc_find_code_node(rewrite->root, from), *retired = qc_yaml_get(code, "retired");
    if (retired && strcmp(retired->text, "yes") == 0)
        return qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, retired->line, retired->column,
                       "the code \"%s\" is retired already", from);
    return (retired ? qc_yaml_replace(&rewrite->edits, retired, "yes")
                    : qc_yaml_add_key(&rewrite->edits, code, "retired", "yes")) ||
           qc_no_memory(rewrite->err);
}

void qc_put_recoding(qc_buffer *out, const qcode_recode_job *job)
{
    static const char *const words[][2] = {[QCODE_RENAME] = {"rename", " to "},
                                           [QCODE_MERGE] = {"merge", " into "},
                                           [QCODE_SPLIT] = {"split", " into "},
                                           [QCODE_MOVE] = {"move", ""},
                                           [QCODE_RETIRE] = {"retire", ""}};
    size_t target = job->kind == QCODE_RENAME || job->kind == QCODE_MERGE ? job->code_count - 1
                    : job->kind == QCODE_SPLIT                            ? 1
                                                                          : SIZE_MAX;
    qc_buffer_string(out, words[job->kind][0]);
    for (size_t i = 0; i < job->code_count; i++) {
        qc_buffer_string(out, !i ? " " : i == target ? words[job->kind][1] : ", ");
        qc_buffer_string(out, job->codes[i]);
    }
    if (job->kind == QCODE_MOVE)
        qc_buffer_print(out, "%s%s", job->under ? " under " : job->theme ? " to theme " : " to the top",
                        job->under ? job->under : job->theme ? job->theme : "");
}

static void put_change(const qcode_recode_job *job, size_t indent, qc_buffer *out)
{
    qc_buffer_print(out, "%*s- what: \"", (int)indent, "");
    qc_put_recoding(out, job);
    qc_buffer_print(out, "\"\n%*sby: ", (int)indent + 2, "");
    qc_json_put_string(out, job->by);
    qc_buffer_print(out, "\n%*son: %s\n%*sreason: ", (int)indent + 2, "", job->on, (int)indent + 2, "");
    qc_json_put_string(out, job->reason);
    qc_buffer_byte(out, '\n');
}

bool qc_step_note(qc_rewrite *rewrite, const char *from, const char *to)
{
    (void)from;
    (void)to;
    const qc_yaml_node *changes = qc_yaml_get(rewrite->root, "changes");
    if (changes && (changes->kind != QC_YAML_LIST || !changes->count || !qc_in_lines(rewrite, changes)))
        return qc_fail(rewrite->err, QCODE_INVALID, rewrite->path, changes->line, changes->column,
                       "expected \"changes\" as a list with a line for each dash");
    size_t at = changes ? qc_lines_end(rewrite, changes) : rewrite->length;
    qc_buffer out = qc_buffer_init(rewrite->memory);
    qc_buffer_string(&out, at && rewrite->text[at - 1] == '\n' ? "" : "\n");
    qc_buffer_string(&out, changes ? "" : "\nchanges:\n");
    put_change(rewrite->job, changes ? changes->column - 1 : 2, &out);
    bool done = qc_put_edit(rewrite, at, at, &out);
    qc_buffer_clear(&out);
    return done;
}

/* One step on the text in `text`, which gets what comes of it. */
static bool take_step(const qc_rewrite *task, qc_rewriter *step, const char *from, const char *to, qc_buffer *text)
{
    qc_rewrite rewrite = *task;
    qc_buffer out = qc_buffer_init(task->memory);
    rewrite.text = text->data ? text->data : "";
    rewrite.length = text->length;
    rewrite.arena = qc_arena_init(task->memory);
    rewrite.edits = qc_yaml_edits_init(rewrite.text, rewrite.length, task->memory);
    rewrite.root = qc_yaml_parse(&rewrite.arena, rewrite.text, rewrite.length, task->path, task->err);
    bool done = rewrite.root && step(&rewrite, from, to) &&
                (qc_yaml_edits_apply(&rewrite.edits, &out) || qc_no_memory(task->err));
    qc_yaml_edits_clear(&rewrite.edits);
    qc_arena_clear(&rewrite.arena);
    if (done) {
        qc_buffer_clear(text);
        *text = out;
    } else {
        qc_buffer_clear(&out);
    }
    return done;
}

static bool has_code(const qc_rewrite *task, const char *id, const qc_buffer *text, bool *has)
{
    qc_arena arena = qc_arena_init(task->memory);
    const qc_yaml_node *root = qc_yaml_parse(&arena, text->data, text->length, task->path, task->err);
    *has = root && qc_find_code_node(root, id);
    qc_arena_clear(&arena);
    return root;
}

/* One code goes into another; into an id that is none yet, the first goes by getting it. */
static bool merge(const qc_rewrite *task, const char *from, const char *to, qc_buffer *text)
{
    bool has;
    return strcmp(from, to) == 0 ||
           (has_code(task, to, text, &has) &&
            (has ? take_step(task, qc_step_one_theme, from, to, text) && take_step(task, qc_step_rules, from, to, text) &&
                       take_step(task, qc_step_refer, from, to, text) && take_step(task, qc_step_remove, from, to, text)
                 : take_step(task, qc_step_rename, from, to, text)));
}

static bool move(const qc_rewrite *task, const char *code, qc_buffer *text)
{
    const qcode_recode_job *job = task->job;
    return job->theme ? take_step(task, qc_step_theme, code, job->theme, text)
                      : take_step(task, qc_step_rise, code, NULL, text) &&
                            take_step(task, qc_step_under, code, job->under, text);
}

static bool take_steps(const qc_rewrite *task, qc_buffer *text)
{
    const qcode_recode_job *job = task->job;
    const char *const *codes = job->codes, *last = codes[job->code_count - 1];
    bool done = true;
    switch (job->kind) {
    case QCODE_RENAME: done = take_step(task, qc_step_rename, codes[0], last, text); break;
    case QCODE_MERGE:
        for (size_t i = 0; done && i + 1 < job->code_count; i++)
            done = merge(task, codes[i], last, text);
        break;
    case QCODE_SPLIT:
        for (size_t i = job->code_count; done && i-- > 1;)
            done = take_step(task, qc_step_add, codes[0], codes[i], text);
        break;
    case QCODE_MOVE:
        for (size_t i = 0; done && i < job->code_count; i++)
            done = move(task, codes[i], text);
        break;
    case QCODE_RETIRE:
        for (size_t i = 0; done && i < job->code_count; i++)
            done = take_step(task, qc_step_retire, codes[i], NULL, text);
        break;
    }
    return done && take_step(task, qc_step_note, NULL, NULL, text);
}

bool qc_book_recode(const qcode_recode_job *job, const char *path, const char *text, size_t length,
                    const qcode_memory *memory, qc_buffer *out, qcode_error *err)
{
    const qc_rewrite task = {.job = job, .path = path, .memory = memory, .err = err};
    qc_buffer made = qc_buffer_init(memory);
    bool done = (qc_buffer_append(&made, text, length) || qc_no_memory(err)) && take_steps(&task, &made);
    done = done && (qc_buffer_append(out, made.data, made.length) || qc_no_memory(err));
    qc_buffer_clear(&made);
    return done;
}
