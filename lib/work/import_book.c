/* The codes of another program as a codebook of qcode. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/json.h"
#include "text/fold.h"
#include "text/words.h"
#include "work/importing.h"

#include <ctype.h>

enum { LONGEST_ID = 120, LONGEST_TERM = 1000 };

/* Appends the letters and digits of a name; what stands between them is one -. */
static bool put_slug(qc_buffer *out, const char *name, size_t length)
{
    bool gap = false;
    for (size_t at = 0; at < length && out->length < LONGEST_ID;) {
        size_t from = at;
        uint32_t point = qc_utf8_next(name, length, &at);
        if (!qc_is_word(point) || (!out->length && qc_is_mark(point))) {
            gap = out->length > 0;
            continue;
        }
        if (gap)
            qc_buffer_byte(out, '-');
        gap = false;
        if (point < 0x80)
            qc_buffer_byte(out, (char)tolower((int)point));
        else
            qc_buffer_append(out, name + from, at - from);
    }
    return !out->failed && (out->length || qc_buffer_string(out, "code"));
}

static const char *make_id(qc_importing *in, qc_folder *folder, qc_set *taken, qc_buffer *slug, const char *name)
{
    qc_folded folded;
    bool added = false;
    slug->length = 0;
    if (!qc_fold(folder, QC_FORM_NFC, name, strlen(name), &folded) || !put_slug(slug, folded.text, folded.length))
        return NULL;
    size_t length = slug->length;
    size_t place = qc_set_add(taken, slug->data, slug->length, &added);
    for (size_t number = 2; place != SIZE_MAX && !added; number++) {
        slug->length = length;
        place = qc_buffer_print(slug, "-%zu", number) ? qc_set_add(taken, slug->data, slug->length, &added) : SIZE_MAX;
    }
    return place == SIZE_MAX ? NULL : qc_arena_copy(&in->project.arena, slug->data, slug->length);
}

bool qc_import_ids(qc_importing *in)
{
    size_t count = qc_project_code_count(&in->project);
    qc_set taken = qc_set_init(in->memory);
    qc_buffer slug = qc_buffer_init(in->memory);
    qc_folder folder = qc_folder_init(in->memory);
    bool done = (in->ids = qc_arena_take_array(&in->project.arena, count + 1, sizeof *in->ids)) != NULL;
    for (size_t i = 0; done && i < count; i++)
        done = (in->ids[i] = make_id(in, &folder, &taken, &slug, qc_project_code_at(&in->project, i)->name)) != NULL;
    qc_set_clear(&taken);
    qc_buffer_clear(&slug);
    qc_folder_clear(&folder);
    return done;
}

/* Takes codes out from under each other where they go in circles. */
static bool cut_circles(qc_importing *in)
{
    qc_project *project = &in->project;
    size_t count = qc_project_code_count(project);
    size_t *seen = qc_arena_take_array(&project->arena, count + 1, sizeof *seen); /* the walk that came by first, from 1 */
    bool done = seen != NULL;
    for (size_t i = 0; done && i < count; i++)
        for (size_t at = i; done && at != QC_NO_ITEM && !seen[at]; at = qc_project_code_at(project, at)->parent) {
            seen[at] = i + 1;
            qc_project_code *code = qc_project_code_at(project, at);
            if (code->parent != QC_NO_ITEM && seen[code->parent] == i + 1) {
                code->parent = QC_NO_ITEM;
                done = qc_project_lose(project, "place under another code, in a circle", code->name);
            }
        }
    return done;
}

static void put_line(qc_buffer *out, const char *key, const char *text)
{
    if (!*text)
        return;
    qc_buffer_print(out, "%s", key);
    qc_json_put_string(out, text);
    qc_buffer_byte(out, '\n');
}

static bool is_color(const char *color)
{
    size_t digits = 0;
    if (color[0] != '#')
        return false;
    while (isxdigit((unsigned char)color[1 + digits]))
        digits++;
    return digits == 6 && !color[7];
}

static bool put_terms(qc_importing *in, const qc_project_code *code, qc_buffer *out)
{
    bool any = false, done = true;
    for (size_t i = 0; done && i < code->term_count; i++) {
        if (strlen(code->terms[i]) > LONGEST_TERM) {
            done = qc_project_lose(&in->project, "term that is too long", code->name);
            continue;
        }
        qc_buffer_string(out, any ? ", " : "    terms: [");
        qc_json_put_string(out, code->terms[i]);
        any = true;
        in->result->terms++;
    }
    if (any)
        qc_buffer_string(out, "]\n");
    return done;
}

static bool put_code(qc_importing *in, size_t number, qc_buffer *out)
{
    const qc_project_code *code = qc_project_code_at(&in->project, number);
    bool done = true;
    put_line(out, "  - id: ", in->ids[number]);
    put_line(out, "    name: ", code->name);
    if (code->parent != QC_NO_ITEM)
        put_line(out, "    parent: ", in->ids[code->parent]);
    put_line(out, "    definition: ", code->definition);
    if (is_color(code->color))
        put_line(out, "    color: ", code->color);
    else if (*code->color)
        done = qc_project_lose(&in->project, "colour that is not #RRGGBB", code->name);
    if (code->is_category)
        put_line(out, "    note: ", "holds other codes; no passage has it");
    return done && put_terms(in, code, out) && !out->failed;
}

bool qc_import_book(qc_importing *in, qc_buffer *out)
{
    size_t count = qc_project_code_count(&in->project);
    const char *base = qc_base_name(in->job->path);
    if (!cut_circles(in))
        return false;
    put_line(out, "title: ", *base ? base : "imported");
    put_line(out, "language: ", in->project.language);
    qc_buffer_string(out, "codes:\n");
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = put_code(in, i, out);
    in->result->codes = count;
    return done && !out->failed;
}
