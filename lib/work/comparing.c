/* Opening a comparison: the transcripts, the codings, who was asked to code what, and the units. */
#include "work/comparing.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "model/shown.h"
#include "work/versions.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* What stands behind the = of NAME=PATH; a file that is there is taken as it is. */
static const char *path_of(const char *operand, size_t *name_length)
{
    const char *equals = strchr(operand, '=');
    struct stat about;
    *name_length = 0;
    if (!equals || equals == operand || stat(operand, &about) == 0)
        return operand;
    *name_length = (size_t)(equals - operand);
    return equals + 1;
}

static bool keep_talks(qc_comparing *c, qcode_talks *talks)
{
    if (talks)
        c->talks[c->talks_count++] = talks;
    return talks != NULL;
}

static bool read_text(qc_comparing *c, qcode_talks *talks, const char *path)
{
    qcode_transcript *talk = qcode_read_transcript(path, &c->job->read, c->memory, c->notes, c->err);
    return talk && (qc_talks_add(talks, talk) || qc_no_memory(c->err));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of a folder, by name; those that begin with a dot are passed over, and so is a cases.csv or study.yaml. */
static bool read_folder(qc_comparing *c, qcode_talks *talks, const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return qc_fail_errno(c->err, QCODE_READ, path, "cannot open");
    qc_buffer names = qc_buffer_init(c->memory);
    bool done = true;
    for (struct dirent *entry; done && (entry = readdir(folder));) {
        if (*entry->d_name == '.' || strcmp(entry->d_name, "cases.csv") == 0 || strcmp(entry->d_name, "study.yaml") == 0)
            continue;
        c->scratch.length = 0;
        const char *whole = qc_path_in(&c->scratch, path, entry->d_name);
        const char *copy = whole && !is_folder(whole) ? qc_arena_string(&c->arena, whole) : NULL;
        done = whole && (copy ? qc_buffer_append(&names, &copy, sizeof copy) : is_folder(whole));
    }
    closedir(folder);
    done = done || qc_no_memory(c->err);
    const char **list = (void *)names.data;
    size_t count = names.length / sizeof *list;
    if (count)
        qsort(list, count, sizeof *list, by_text);
    for (size_t i = 0; done && i < count; i++)
        done = read_text(c, talks, list[i]);
    qc_buffer_clear(&names);
    return done;
}

/* The texts that are named, and those of runs behind them, which say whose words may not be quoted. */
static bool read_texts(qc_comparing *c)
{
    const qcode_compare_job *job = c->job;
    qcode_talks *talks = qc_talks_new(c->memory, c->err);
    bool done = keep_talks(c, talks);
    size_t unused;
    for (size_t i = 0; done && i < job->text_count; i++)
        done = (is_folder(job->texts[i]) ? read_folder : read_text)(c, talks, job->texts[i]);
    for (size_t i = 0; done && i < job->path_count; i++) {
        const char *path = path_of(job->paths[i], &unused);
        done = !is_folder(path) ||
               keep_talks(c, qcode_talks_of_codings(path, &job->read, c->memory, NULL, c->err));
    }
    return done;
}

static const char *unit_of(const qcode_compare_job *job)
{
    return job->unit ? job->unit : job->declared && *job->declared->unit ? job->declared->unit : "";
}

/* Numbers alone tell nothing of sentences, turns and who speaks. */
static bool open_stand_ins(qc_comparing *c)
{
    const qcode_compare_job *job = c->job;
    const char *unit = unit_of(job);
    size_t unused;
    if (strcmp(unit, "character") != 0 && strcmp(unit, "listed") != 0 && strcmp(unit, "span") != 0)
        return qc_fail(c->err, QCODE_INVALID, path_of(job->paths[0], &unused), 0, 0,
                       "the transcripts that were coded are needed too, with --texts; without them units are character or "
                       "listed");
    const char **paths = qc_arena_take_array(&c->arena, job->path_count + 1, sizeof *paths);
    for (size_t i = 0; paths && i < job->path_count; i++)
        paths[i] = path_of(job->paths[i], &unused);
    if (!paths)
        return qc_no_memory(c->err);
    qcode_talks_free(c->talks[--c->talks_count]);
    return keep_talks(c, qcode_talks_of_places(paths, job->path_count, c->memory, c->notes, c->err));
}

static bool open_talks(qc_comparing *c)
{
    const qcode_compare_job *job = c->job;
    size_t unused;
    if (!(c->talks = qc_arena_take_array(&c->arena, job->path_count + 1, sizeof *c->talks)))
        return qc_no_memory(c->err);
    if (job->text_count)
        return read_texts(c);
    size_t count = 0, held;
    for (size_t i = 0; i < job->path_count; i++) {
        const char *path = path_of(job->paths[i], &unused);
        if (!keep_talks(c, qcode_talks_of_codings(path, &c->job->read, c->memory, c->notes, c->err)))
            return false;
        qcode_talks_all(c->talks[i], &held);
        count += held;
    }
    return count || open_stand_ins(c);
}

/* The transcripts of all sets, while they are put together. */
typedef struct gathering {
    qc_set names, stems, texts; /* stems and hashes of texts: of the sets before */
    qc_buffer text_of;          /* size_t: for each of `texts`, its document */
    qc_buffer list;             /* of const qcode_transcript * */
    qc_buffer renamed;          /* of other_name */
} gathering;

typedef struct other_name {
    const char *name;
    size_t document;
} other_name;

static size_t text_place(const gathering *g, const qcode_transcript *talk)
{
    char hash[65];
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_sha256_of(text, length, hash);
    return qc_set_find(&g->texts, hash, 64);
}

/* Whether a set before holds it: what two programs keep of one interview is one document, and whoever comes first says its
 * text. They may call it alike but for the ending, or differently where the text is the same. */
static bool is_known(gathering *g, const qcode_transcript *talk, bool *done)
{
    const char *name = qcode_transcript_name(talk);
    if (qc_set_find(&g->names, name, strlen(name)) != SIZE_MAX ||
        qc_set_find(&g->stems, name, qc_stem_length(name)) != SIZE_MAX)
        return true;
    size_t place = g->texts.count ? text_place(g, talk) : SIZE_MAX;
    if (place == SIZE_MAX)
        return false;
    const other_name other = {name, ((const size_t *)(const void *)g->text_of.data)[place]};
    *done = qc_buffer_append(&g->renamed, &other, sizeof other);
    return true;
}

/* What the sets behind this one are compared with. */
static bool remember(gathering *g, const qcode_transcript *talk, size_t document)
{
    char hash[65];
    size_t length;
    bool added;
    const char *name = qcode_transcript_name(talk), *text = qcode_transcript_text(talk, &length);
    qc_sha256_of(text, length, hash);
    return qc_set_add(&g->stems, name, qc_stem_length(name), NULL) != SIZE_MAX &&
           qc_set_add(&g->texts, hash, 64, &added) != SIZE_MAX &&
           (!added || qc_buffer_append(&g->text_of, &document, sizeof document));
}

static bool withholds_turn(const qcode_transcript *talk, size_t turn)
{
    return turn < qcode_transcript_turn_count(talk) &&
           !qcode_may_quote(talk, qcode_transcript_turn(talk, turn).speaker);
}

/* Whether one text of a document keeps words back that the other shows. */
static bool hides_more(const qcode_transcript *one, const qcode_transcript *other)
{
    bool more = qcode_may_quote(other, NULL) && !qcode_may_quote(one, NULL);
    for (size_t i = 0; !more && !qcode_may_quote(one, NULL) && i < qcode_transcript_turn_count(one); i++)
        more = withholds_turn(one, i) && !withholds_turn(other, i);
    return more;
}

/* The document of this name, or of its stem; NULL when there is none. */
static const qcode_transcript *kept_as(gathering *g, const char *name)
{
    const qcode_transcript *const *list = (const void *)g->list.data;
    size_t place = qc_set_find(&g->names, name, strlen(name)), stem = qc_stem_length(name);
    for (size_t i = 0; place == SIZE_MAX && i < g->names.count; i++) {
        const char *kept = qcode_transcript_name(list[i]);
        if (qc_stem_length(kept) == stem && memcmp(kept, name, stem) == 0)
            place = i;
    }
    return place == SIZE_MAX ? NULL : list[place];
}

/* A run that keeps words back says so of the document, whoever's text of it is taken: those words are not to be shown. */
static bool keep_one_consent(gathering *g, const qcode_transcript *talk, qcode_error *err)
{
    const char *name = qcode_transcript_name(talk);
    const qcode_transcript *kept = kept_as(g, name);
    return !kept || !hides_more(talk, kept) ||
           qc_fail(err, QCODE_INVALID, name, 0, 0,
                   "a run keeps back words of this document, and other texts of it show them: give all the same consent, "
                   "as with --cases");
}

static bool gather(gathering *g, const qcode_talks *set, bool is_last)
{
    size_t count, before = g->list.length / sizeof(qcode_transcript *);
    const qcode_transcript *const *all = qcode_talks_all(set, &count);
    bool done = true;
    for (size_t k = 0; done && k < count; k++) {
        const char *name = qcode_transcript_name(all[k]);
        if (!is_known(g, all[k], &done))
            done = qc_set_add(&g->names, name, strlen(name), NULL) != SIZE_MAX &&
                   qc_buffer_append(&g->list, &all[k], sizeof all[k]);
    }
    const qcode_transcript *const *list = (const void *)g->list.data;
    for (size_t i = before; done && !is_last && i < g->list.length / sizeof *list; i++)
        done = remember(g, list[i], i);
    return done;
}

static bool keep_consent(gathering *g, const qcode_talks *set, qcode_error *err)
{
    size_t count;
    const qcode_transcript *const *all = qcode_talks_all(set, &count);
    bool done = true;
    for (size_t k = 0; done && k < count; k++)
        done = keep_one_consent(g, all[k], err);
    return done;
}

/* Where words are kept back in the text itself, as in a run's folder, nobody knows where their sentences end. */
static void tell_masked(const qc_comparing *c, const qcode_transcript *talk)
{
    size_t length, masked = 0;
    const char *text = qcode_transcript_text(talk, &length);
    for (size_t i = 0; !qcode_may_quote(talk, NULL) && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        masked += withholds_turn(talk, i) && qcode_may_use(talk, turn.speaker) && turn.range_count &&
                  strncmp(text + turn.ranges[0].start, QC_MASK, sizeof QC_MASK - 1) == 0;
    }
    if (masked)
        qc_note(c->notes, QCODE_NOTE_WARNING, qcode_transcript_name(talk), 0, 0,
                "the run keeps back words of %zu turn%s: what was coded there is not compared, unless the transcripts are "
                "given with --texts and --cases", masked, masked == 1 ? "" : "s");
}

/* All transcripts, each once; where texts are named, those alone. */
static bool make_coders(qc_comparing *c)
{
    gathering g = {.names = qc_set_init(c->memory), .stems = qc_set_init(c->memory), .texts = qc_set_init(c->memory),
                   .text_of = qc_buffer_init(c->memory), .list = qc_buffer_init(c->memory),
                   .renamed = qc_buffer_init(c->memory)};
    bool done = true;
    size_t sets = c->job->text_count ? 1 : c->talks_count;
    for (size_t i = 0; done && i < sets; i++)
        done = gather(&g, c->talks[i], i + 1 == sets);
    done = done || qc_no_memory(c->err);
    for (size_t i = 1; done && i < c->talks_count; i++)
        done = keep_consent(&g, c->talks[i], c->err);
    const qcode_transcript *const *talks = (const void *)g.list.data;
    for (size_t i = 0; done && i < g.list.length / sizeof *talks; i++)
        tell_masked(c, talks[i]);
    if (done)
        c->coders = qcode_coders_new(talks, g.list.length / sizeof *talks, c->memory, c->err);
    const other_name *others = (const void *)g.renamed.data;
    for (size_t i = 0; c->coders && done && i < g.renamed.length / sizeof *others; i++)
        done = qc_coders_rename(c->coders, others[i].name, others[i].document) || qc_no_memory(c->err);
    qc_set_clear(&g.names);
    qc_set_clear(&g.stems);
    qc_set_clear(&g.texts);
    qc_buffer_clear(&g.text_of);
    qc_buffer_clear(&g.list);
    qc_buffer_clear(&g.renamed);
    return c->coders && done;
}

/* Who a source is by: as the operand says; of several runs' folders their names, as all call their coder alike. */
static const char *coder_of(qc_comparing *c, const char *operand, size_t name_length, const char *path, size_t runs)
{
    if (name_length)
        return qc_arena_copy(&c->arena, operand, name_length);
    if (runs < 2 || !is_folder(path))
        return "";
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    char *copy = qc_arena_copy(&c->arena, path, length);
    const char *base = copy ? qc_base_name(copy) : NULL;
    return !base || qcode_coders_find(c->coders, base) == SIZE_MAX ? base : copy;
}

static bool read_codings(qc_comparing *c)
{
    const qcode_compare_job *job = c->job;
    size_t runs = 0, length;
    for (size_t i = 0; i < job->path_count; i++)
        runs += is_folder(path_of(job->paths[i], &length));
    for (size_t i = 0; i < job->path_count; i++) {
        const char *path = path_of(job->paths[i], &length);
        const char *coder = coder_of(c, job->paths[i], length, path, runs);
        if (!coder)
            return qc_no_memory(c->err);
        if (!qcode_coders_read(c->coders, path, *coder ? coder : NULL, c->notes, c->err))
            return false;
        if (length && qc_coders_coder(c->coders, coder, length) == SIZE_MAX) /* one who coded nothing is one too */
            return qc_no_memory(c->err);
    }
    if (!qc_check_versions(c->coders, NULL, job->mixed, c->notes, c->err))
        return false;
    if (c->coders->unversioned && c->coders->versions.count)
        qc_note(c->notes, QCODE_NOTE_INFO, NULL, 0, 0,
                "some codings do not say under which version of a codebook they were made: taken to mean the same");
    return qcode_coders_count(c->coders) >= 2 ||
           qc_fail(c->err, QCODE_INVALID, NULL, 0, 0,
                   "all codings are by the same coder: say who they are by, as in NAME=FILE");
}

typedef struct named {
    const char *name;
    size_t index;
} named;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

/* The indexes of `count` names in the order of the names. */
static size_t *in_order(qc_comparing *c, const char *(*name)(const qcode_coders *, size_t), size_t count)
{
    named *list = qc_arena_take_array(&c->arena, count + 1, sizeof *list);
    size_t *order = qc_arena_take_array(&c->arena, count + 1, sizeof *order);
    if (!list || !order)
        return NULL;
    for (size_t i = 0; i < count; i++)
        list[i] = (named){name(c->coders, i), i};
    if (count)
        qsort(list, count, sizeof *list, by_name);
    for (size_t i = 0; i < count; i++)
        order[i] = list[i].index;
    return order;
}

static const char *document_name(const qcode_coders *coders, size_t index)
{
    return qcode_transcript_name(qcode_coders_document(coders, index));
}

/* Documents that all coders looked at, or at least two of them; in the order of their names they are clusters. */
static bool set_scope(qc_comparing *c)
{
    size_t documents = qcode_coders_document_count(c->coders);
    c->coder_count = qcode_coders_count(c->coders);
    c->code_count = qcode_coders_code_count(c->coders);
    c->coder = in_order(c, qcode_coders_name, c->coder_count);
    c->code = in_order(c, qcode_coders_code, c->code_count);
    size_t *order = in_order(c, document_name, documents);
    c->in_scope = qc_arena_take_array(&c->arena, documents + 1, sizeof *c->in_scope);
    c->cluster = qc_arena_take_array(&c->arena, documents + 1, sizeof *c->cluster);
    if (!c->coder || !c->code || !order || !c->in_scope || !c->cluster)
        return qc_no_memory(c->err);
    for (size_t i = 0; i < documents; i++) {
        size_t document = order[i], saw = 0;
        for (size_t k = 0; k < c->coder_count; k++)
            saw += qcode_coders_saw(c->coders, k, document);
        c->in_scope[document] = c->job->any_scope ? saw >= 2 : saw == c->coder_count;
        c->cluster[document] = (uint32_t)c->cluster_count;
        c->cluster_count += c->in_scope[document];
    }
    return c->cluster_count || qc_fail(c->err, QCODE_INVALID, NULL, 0, 0,
                                       "no document was looked at by all coders: give their assignments, or --scope any");
}

static bool find_word(const char *word, const char *const *words, size_t *place)
{
    for (size_t i = 0; words[i]; i++)
        if (strcmp(words[i], word) == 0) {
            *place = i;
            return true;
        }
    return false;
}

static bool choose_rules(qc_comparing *c)
{
    const qcode_study_comparison *declared = c->job->declared;
    size_t by = QC_BY_SENTENCE, touch = QC_TOUCH_ANY, listed;
    qcode_coders_listed(c->coders, &listed);
    const char *unit = *unit_of(c->job) ? unit_of(c->job) : NULL;
    const char *rule = c->job->touch ? c->job->touch : declared && *declared->touch ? declared->touch : NULL;
    if (unit && strcmp(unit, "span") == 0) /* as studies call spans that are given */
        unit = qc_by_names[QC_BY_LISTED];
    c->by_character = unit && strcmp(unit, "character") == 0;
    if (!unit)
        by = listed ? QC_BY_LISTED : QC_BY_SENTENCE;
    else if (c->by_character)
        by = QC_BY_TURN;
    else if (!find_word(unit, qc_by_names, &by))
        return qc_fail(c->err, QCODE_USAGE, NULL, 0, 0, "there is no such unit");
    if (by == QC_BY_LISTED && !listed)
        return qc_fail(c->err, QCODE_INVALID, NULL, 0, 0, "none of the codings lists units");
    if (rule && !find_word(rule, qc_touch_names, &touch))
        return qc_fail(c->err, QCODE_USAGE, NULL, 0, 0, "there is no such rule of touching");
    c->by = (qc_by)by;
    c->touch = (qc_touch)touch;
    return true;
}

static bool make_units(qc_comparing *c)
{
    if (!qc_units_init(&c->units, c->coders, c->by, c->job->everybody, c->memory))
        return qc_no_memory(c->err);
    size_t count = qc_units_count(&c->units), cells;
    if (!qc_multiply(count + 1, c->coder_count, &cells) ||
        !(c->values = qc_arena_take_array(&c->arena, cells, sizeof *c->values)) ||
        !(c->clusters = qc_arena_take_array(&c->arena, count + 1, sizeof *c->clusters)))
        return qc_no_memory(c->err);
    for (size_t i = 0; i < count; i++) {
        size_t document = qc_units_at(&c->units, i)->document;
        c->clusters[i] = c->in_scope[document] ? c->cluster[document] : 0;
    }
    return true;
}

bool qc_comparing_open(qc_comparing *c, const qcode_compare_job *job, const qcode_memory *memory, qcode_notes *notes,
                       qcode_error *err)
{
    *c = (qc_comparing){.job = job,
                        .memory = memory,
                        .notes = notes,
                        .err = err,
                        .arena = qc_arena_init(memory),
                        .units = {.units = qc_buffer_init(memory), .pieces = qc_buffer_init(memory)},
                        .intervals = qc_intervals_resolved(&job->intervals),
                        .respondents = qc_set_init(memory),
                        .scratch = qc_buffer_init(memory)};
    if (!open_talks(c) || !make_coders(c) || !read_codings(c) || !qc_read_assignments(c) || !set_scope(c) ||
        !choose_rules(c) || !make_units(c))
        return false;
    c->frame = (qc_figure_frame){.unit = qc_comparing_unit(c),
                                 .touch = c->by_character ? NULL : qc_touch_names[c->touch],
                                 .level = "nominal",
                                 .intervals = &c->intervals,
                                 .clusters = c->cluster_count};
    return true;
}

void qc_comparing_clear(qc_comparing *c)
{
    qc_units_clear(&c->units);
    qcode_coders_free(c->coders);
    for (size_t i = 0; i < c->talks_count; i++)
        qcode_talks_free(c->talks[i]);
    qc_set_clear(&c->respondents);
    qc_buffer_clear(&c->scratch);
    qc_arena_clear(&c->arena);
}

const char *qc_comparing_coder(const qc_comparing *c, size_t index)
{
    return qcode_coders_name(c->coders, c->coder[index]);
}

const char *qc_comparing_code(const qc_comparing *c, size_t index)
{
    return qcode_coders_code(c->coders, c->code[index]);
}

const char *qc_comparing_unit(const qc_comparing *c)
{
    return c->by_character ? "character" : qc_by_names[c->by];
}
