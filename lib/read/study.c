/* Reading a study.yaml: what a study says of itself. It is read as codebooks are: strictly, every mistake at its place. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "read/measured.h"
#include "read/guide.h"
#include "read/codebook/codebook.h"
#include "text/decode.h"
#include <qcode/study.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_BYTES ((size_t)1 << 20)
#define RUN_GUIDE "guide.txt"

/* The study and what holds it; the study comes first, so that one pointer is both. */
typedef struct held_study {
    qcode_study study;
    qcode_codebook holder; /* its arena is where fields of the reader put their strings */
} held_study;

typedef struct study_draft {
    const char *title, *question, *commissioned_by, *cases;
    const qc_yaml_node *sampling, *groups, *coders, *guide, *comparison, *limits;
} study_draft;

static const qc_book_field study_fields[] = {
    {"title", qc_book_text, offsetof(study_draft, title)},
    {"question", qc_book_text, offsetof(study_draft, question)},
    {"commissioned_by", qc_book_text, offsetof(study_draft, commissioned_by)},
    {"sampling", qc_book_node, offsetof(study_draft, sampling)},
    {"took_part", qc_book_node, offsetof(study_draft, groups)},
    {"coders", qc_book_node, offsetof(study_draft, coders)},
    {"guide", qc_book_node, offsetof(study_draft, guide)},
    {"comparison", qc_book_node, offsetof(study_draft, comparison)},
    {"limits", qc_book_node, offsetof(study_draft, limits)},
    {"cases", qc_book_text, offsetof(study_draft, cases)},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A whole number that people counted. */
static bool read_count(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    size_t digits = node->kind == QC_YAML_SCALAR ? strspn(node->text, "0123456789") : 0;
    if (!digits || digits != node->length || digits > 9)
        return qc_book_mistake(reader, node->line, node->column, "expected a whole number, such as 12");
    *(size_t *)member = (size_t)strtoul(node->text, NULL, 10);
    return true;
}

/* 0.8: digits, and perhaps a point and more of them; read without regard to the locale. */
static bool read_target(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    const char *at = node->text;
    double value = 0, step = 1;
    bool point = false, good = node->kind == QC_YAML_SCALAR && node->length && node->length < 12;
    for (; good && *at; at++) {
        good = (*at == '.' && !point) || (*at >= '0' && *at <= '9');
        if (*at == '.')
            point = true;
        else
            value = value * 10 + (*at - '0'), step *= point ? 10 : 1;
    }
    if (!good || value / step > 1)
        return qc_book_mistake(reader, node->line, node->column, "expected a target from 0 to 1, such as 0.8");
    *(double *)member = value / step;
    return true;
}

static bool read_probability(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    static const char *const names[] = {"yes", "no"};
    size_t chosen = qc_book_choose(reader, node, names, COUNT(names));
    if (chosen < COUNT(names))
        *(qcode_sampling *)member = chosen ? QCODE_SAMPLING_OTHER : QCODE_SAMPLING_PROBABILITY;
    return chosen < COUNT(names);
}

static bool read_name_of(qc_book_reader *reader, const qc_yaml_node *node, const char *const *names, size_t count,
                         void *member)
{
    size_t chosen = qc_book_choose(reader, node, names, count);
    if (chosen < count)
        memcpy(member, &names[chosen], sizeof *names);
    return chosen < count;
}

static bool read_unit(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    static const char *const names[] = {"character", "sentence", "turn", "answer", "document", "span"};
    return read_name_of(reader, node, names, COUNT(names), member);
}

static bool read_touch(qc_book_reader *reader, const qc_yaml_node *node, void *member)
{
    static const char *const names[] = {"any", "half", "whole"};
    return read_name_of(reader, node, names, COUNT(names), member);
}

static void read_comparison(qc_book_reader *reader, const qc_yaml_node *node, qcode_study *study)
{
    static const qc_book_field fields[] = {
        {"coefficient", qc_book_text, offsetof(qcode_study_comparison, coefficient)},
        {"unit", read_unit, offsetof(qcode_study_comparison, unit)},
        {"touch", read_touch, offsetof(qcode_study_comparison, touch)},
        {"target", read_target, offsetof(qcode_study_comparison, target)},
    };
    qc_book_map(reader, node, fields, COUNT(fields), "a comparison", &study->comparison);
}

static void read_sampling(qc_book_reader *reader, const qc_yaml_node *node, qcode_study *study)
{
    static const qc_book_field fields[] = {
        {"method", qc_book_text, offsetof(qcode_study, method)},
        {"probability", read_probability, offsetof(qcode_study, sampling)},
    };
    qc_book_map(reader, node, fields, COUNT(fields), "the sampling", study);
}

/* A list of maps: `blank` is an item of which nothing is said, `name` the string each must have. */
static void *read_items(qc_book_reader *reader, const qc_yaml_node *node, const qc_book_field *fields, size_t count,
                        const char *what, const void *blank, size_t size, size_t *made)
{
    char *items = qc_arena_take_array(&reader->book->arena, node->count + 1, size);
    if (!items)
        qc_book_no_memory(reader);
    if (items && node->kind != QC_YAML_LIST)
        qc_book_mistake(reader, node->line, node->column, "expected a list, each with \"- %s: ...\"", fields->name);
    for (const qc_yaml_node *item = node->kind == QC_YAML_LIST ? node->first : NULL; items && item; item = item->next) {
        char *here = items + *made * size;
        const char *name;
        memcpy(here, blank, size);
        qc_book_map(reader, item, fields, count, what, here);
        memcpy(&name, here + fields->offset, sizeof name);
        if (!*name && item->kind == QC_YAML_MAP)
            qc_book_mistake(reader, item->line, item->column, "%s without \"%s\"", what, fields->name);
        ++*made;
    }
    return items;
}

static void read_groups(qc_book_reader *reader, const qc_yaml_node *node, qcode_study *study)
{
    static const qc_book_field fields[] = {
        {"group", qc_book_text, offsetof(qcode_study_group, name)},
        {"invited", read_count, offsetof(qcode_study_group, invited)},
        {"took_part", read_count, offsetof(qcode_study_group, took_part)},
        {"note", qc_book_text, offsetof(qcode_study_group, note)},
    };
    static const qcode_study_group blank = {"", SIZE_MAX, SIZE_MAX, ""};
    study->groups = read_items(reader, node, fields, COUNT(fields), "a group", &blank, sizeof blank,
                               &study->group_count);
}

static void read_coders(qc_book_reader *reader, const qc_yaml_node *node, qcode_study *study)
{
    static const qc_book_field fields[] = {
        {"name", qc_book_text, offsetof(qcode_study_coder, name)},
        {"role", qc_book_text, offsetof(qcode_study_coder, role)},
    };
    static const qcode_study_coder blank = {"", ""};
    study->coders = read_items(reader, node, fields, COUNT(fields), "a coder", &blank, sizeof blank,
                               &study->coder_count);
}

/* A path that is meant from the folder of another. */
static const char *path_beside(qc_arena *arena, const char *beside, const char *path)
{
    const char *slash = strrchr(beside, '/');
    size_t folder = slash && path[0] != '/' ? (size_t)(slash - beside) + 1 : 0, length = strlen(path);
    char *whole = qc_arena_take(arena, folder + length + 1);
    if (whole) {
        memcpy(whole, beside, folder);
        memcpy(whole + folder, path, length);
    }
    return whole;
}

static bool read_guide_file(qc_arena *arena, const char *path, qcode_study *study, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = arena->memory;
    qc_bytes bytes;
    const char *encoding;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return false;
    qc_buffer text = qc_buffer_init(memory);
    bool done = qc_decode(bytes.data, bytes.length, NULL, path, &text, &encoding, notes, err);
    if (done) {
        study->guide_text = qc_arena_copy(arena, bytes.data ? (const char *)bytes.data : "", bytes.length);
        study->guide_length = bytes.length;
        study->guide = qc_guide_lines(arena, text.data ? text.data : "", text.length, &study->guide_count);
        done = (study->guide_text && study->guide) || qc_no_memory(err);
    }
    if (done && !study->guide_count)
        done = qc_fail(err, QCODE_INVALID, path, 0, 0, "expected the questions of the guide, one a line");
    qc_buffer_clear(&text);
    qc_bytes_clear(&bytes);
    return done;
}

/* Everything but a guide that is a file: its name is answered. */
static const char *read_study(qc_book_reader *reader, const qc_yaml_node *root, qcode_study *study)
{
    study_draft draft = {.title = "", .question = "", .commissioned_by = "", .cases = ""};
    const char *guide = NULL;
    if (!qc_book_map(reader, root, study_fields, COUNT(study_fields), "a study", &draft))
        return NULL;
    study->title = draft.title;
    study->question = draft.question;
    study->commissioned_by = draft.commissioned_by;
    study->cases = draft.cases;
    if (draft.sampling)
        read_sampling(reader, draft.sampling, study);
    if (draft.groups)
        read_groups(reader, draft.groups, study);
    if (draft.coders)
        read_coders(reader, draft.coders, study);
    if (draft.guide && draft.guide->kind == QC_YAML_LIST)
        study->guide = qc_book_texts(reader, draft.guide, "a question", &study->guide_count);
    else if (draft.guide && qc_book_is_text(reader, draft.guide, "a list of questions or the name of a file"))
        qc_book_text(reader, draft.guide, &guide);
    if (draft.comparison)
        read_comparison(reader, draft.comparison, study);
    if (draft.limits)
        study->limits = qc_book_texts(reader, draft.limits, "a text", &study->limit_count);
    return guide;
}

static bool keep_error(qcode_notes *notes, const qcode_error *why, qcode_error *err)
{
    qc_note_error(notes, why);
    if (err)
        *err = *why;
    return false;
}

/* Fills in the study from its bytes. `guide_path` is where a guide in a file lies; NULL: beside the study. */
static bool fill_study(held_study *held, const char *path, const char *guide_path, qcode_notes *notes, qcode_error *err)
{
    qc_arena *arena = &held->holder.arena;
    qcode_study *study = &held->study;
    qcode_error why = {.status = QCODE_OK};
    qc_book_reader reader = {.memory = arena->memory, .source = path, .notes = notes, .book = &held->holder};
    qc_arena tree = qc_arena_init(arena->memory);
    const qc_yaml_node *root = qc_yaml_parse(&tree, study->bytes, study->length, path, &why);
    const char *guide = root ? read_study(&reader, root, study) : NULL;
    qc_arena_clear(&tree);
    bool done = root ? qc_book_tell(&reader, err) : keep_error(notes, &why, err);
    qc_release(arena->memory, reader.mistakes);
    if (done && *study->cases)
        done = (study->cases = path_beside(arena, path, study->cases)) || qc_no_memory(err);
    if (done && guide) {
        const char *file = guide_path ? guide_path : path_beside(arena, path, guide);
        done = file ? read_guide_file(arena, file, study, notes, &why) || keep_error(notes, &why, err)
                    : qc_no_memory(err);
    }
    return done;
}

/* What was measured of a codebook, if anybody has recorded it. */
static bool read_agreement(held_study *held, const char *path, qcode_notes *notes, qcode_error *err)
{
    qc_arena *arena = &held->holder.arena;
    qcode_error why = {.status = QCODE_OK};
    qc_bytes bytes;
    const char *file = path_beside(arena, path, "agreement.json");
    if (!file)
        return qc_no_memory(err);
    if (strcmp(path, "-") == 0 || access(file, F_OK) != 0)
        return true;
    if (!qc_bytes_read(file, MOST_BYTES, arena->memory, &bytes, &why))
        return keep_error(notes, &why, err);
    bool done = qc_parse_measured(bytes.data, bytes.length, file, arena, &held->study.agreement, &why);
    qc_bytes_clear(&bytes);
    return done || keep_error(notes, &why, err);
}

static qcode_study *new_study(const char *path, const char *guide_path, const qc_bytes *bytes,
                              const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    held_study *held = qc_arena_take(&arena, sizeof *held);
    char *hash = qc_arena_take(&arena, 65);
    const char *copy = qc_arena_copy(&arena, bytes->data ? (const char *)bytes->data : "", bytes->length);
    if (!held || !hash || !copy) {
        qc_arena_clear(&arena);
        qc_no_memory(err);
        return NULL;
    }
    qc_sha256 sum = qc_sha256_init();
    qc_sha256_add(&sum, copy, bytes->length);
    qc_sha256_hex(&sum, hash);
    held->holder.arena = arena;
    held->study = (qcode_study){.title = "", .question = "", .commissioned_by = "", .method = "", .cases = "",
                                .comparison = {"", "", "", -1}, .hash = hash, .bytes = copy,
                                .length = bytes->length};
    if (fill_study(held, path, guide_path, notes, err) && (guide_path || read_agreement(held, path, notes, err)))
        return &held->study;
    qcode_study_free(&held->study);
    return NULL;
}

void qcode_study_free(qcode_study *study)
{
    if (!study)
        return;
    qc_arena arena = ((held_study *)(void *)study)->holder.arena; /* the study lives in the arena that ends here */
    qc_arena_clear(&arena);
}

qcode_study *qcode_study_read(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    qcode_error why = {.status = QCODE_OK};
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, &why)) {
        keep_error(notes, &why, err);
        return NULL;
    }
    qcode_study *study = new_study(path, NULL, &bytes, memory, notes, err);
    qc_bytes_clear(&bytes);
    return study;
}

qcode_study *qcode_study_of_run(const char *folder, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_buffer path = qc_buffer_init(memory), guide = qc_buffer_init(memory);
    qcode_error why = {.status = QCODE_OK};
    qc_bytes bytes = {.memory = memory};
    qcode_study *study = NULL;
    const char *study_path = qc_path_in(&path, folder, "study.yaml");
    const char *guide_path = qc_path_in(&guide, folder, RUN_GUIDE);
    if (!study_path || !guide_path)
        qc_no_memory(err);
    else if (qc_bytes_read(study_path, MOST_BYTES, memory, &bytes, &why))
        study = new_study(study_path, guide_path, &bytes, memory, notes, err);
    else if (why.status != QCODE_READ || access(study_path, F_OK) == 0) /* otherwise the run had none */
        keep_error(notes, &why, err);
    qc_bytes_clear(&bytes);
    qc_buffer_clear(&path);
    qc_buffer_clear(&guide);
    return study;
}
