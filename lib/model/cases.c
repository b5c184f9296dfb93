/* The lines of a cases.csv, found by document and by speaker. */
#include "model/cases.h"
#include "base/error.h"
#include "base/set.h"

#include <string.h>

/* The lines with one document, chained by qc_case.next: indices + 1. */
typedef struct case_chain {
    size_t first, last;
    size_t sourced; /* the first that says what kind of source it is */
} case_chain;

/* What the lines of one case say of consent, and the lines that said so first. */
typedef struct case_consent {
    qc_consent all;
    size_t refused[3], given[3]; /* use, quote, archive: index + 1 */
    bool told[3];                /* that they contradict each other */
} case_consent;

struct qcode_cases {
    qc_arena arena; /* strings and attributes */
    const qcode_memory *memory;
    const char *source, *hash;
    qc_case *lines;
    size_t count, capacity;
    qc_labels speakers;
    qc_set keys;      /* speaker and document of each line; an index there is an index of `lines` */
    qc_set documents; /* an index there is an index of `chains` */
    case_chain *chains;
    size_t chain_capacity;
    qc_set names; /* of cases; an index there is an index of `consents` */
    case_consent *consents;
    size_t consent_capacity;
    const char **added;
    size_t added_count, added_capacity;
    qc_buffer key; /* scratch */
};

/* Copies a string that may be NULL; false when memory runs out. */
static bool copy_string(qc_arena *arena, const char **to, const char *from)
{
    *to = from ? qc_arena_string(arena, from) : NULL;
    return !from || *to;
}

qcode_cases *qc_cases_new(const char *source, const char *hash, const qcode_memory *memory, qcode_error *err)
{
    qcode_cases *cases = qc_resize(memory, NULL, sizeof *cases);
    if (!cases) {
        qc_no_memory(err);
        return NULL;
    }
    *cases = (qcode_cases){.arena = qc_arena_init(memory),
                           .memory = memory,
                           .speakers = qc_labels_init(memory),
                           .keys = qc_set_init(memory),
                           .documents = qc_set_init(memory),
                           .names = qc_set_init(memory),
                           .key = qc_buffer_init(memory)};
    if (copy_string(&cases->arena, &cases->source, source) && copy_string(&cases->arena, &cases->hash, hash))
        return cases;
    qcode_cases_free(cases);
    qc_no_memory(err);
    return NULL;
}

void qcode_cases_free(qcode_cases *cases)
{
    if (!cases)
        return;
    qc_buffer_clear(&cases->key);
    qc_set_clear(&cases->names);
    qc_set_clear(&cases->documents);
    qc_set_clear(&cases->keys);
    qc_labels_clear(&cases->speakers);
    qc_arena_clear(&cases->arena);
    qc_release(cases->memory, cases->added);
    qc_release(cases->memory, cases->consents);
    qc_release(cases->memory, cases->chains);
    qc_release(cases->memory, cases->lines);
    qc_release(cases->memory, cases);
}

static bool copy_line(qc_arena *arena, qc_case *to, const qc_case *from)
{
    if (!copy_string(arena, &to->document, from->document) || !copy_string(arena, &to->speaker, from->speaker) ||
        !copy_string(arena, &to->case_name, from->case_name) || !copy_string(arena, &to->source, from->source) ||
        !copy_string(arena, &to->file, from->file) ||
        !copy_string(arena, &to->consent.withdrawn, from->consent.withdrawn))
        return false;
    to->attributes = qc_arena_take_array(arena, from->attribute_count, sizeof *to->attributes);
    if (!to->attributes)
        return false;
    for (size_t i = 0; i < from->attribute_count; i++)
        if (!copy_string(arena, &to->attributes[i].name, from->attributes[i].name) ||
            !copy_string(arena, &to->attributes[i].value, from->attributes[i].value))
            return false;
    return true;
}

/* The number of a line's document and speaker; SIZE_MAX when memory runs out. */
static size_t add_key(qcode_cases *cases, const qc_case *line)
{
    cases->key.length = 0;
    qc_buffer_append(&cases->key, &line->label, sizeof line->label);
    if (!qc_buffer_string(&cases->key, line->document ? line->document : ""))
        return SIZE_MAX;
    return qc_set_add(&cases->keys, cases->key.data, cases->key.length, NULL);
}

/* Puts the line added last at the end of its document's chain. */
static bool add_to_chain(qcode_cases *cases)
{
    const char *document = cases->lines[cases->count - 1].document;
    bool added;
    size_t index = qc_set_add(&cases->documents, document, strlen(document), &added);
    if (index == SIZE_MAX || !qc_grow(cases->memory, &cases->chains, &cases->chain_capacity, cases->documents.count,
                                      sizeof *cases->chains))
        return false;
    case_chain *chain = &cases->chains[index];
    if (added)
        *chain = (case_chain){.first = cases->count};
    else
        cases->lines[chain->last - 1].next = cases->count;
    chain->last = cases->count;
    if (!chain->sourced && cases->lines[cases->count - 1].source)
        chain->sourced = cases->count;
    return true;
}

size_t qc_cases_add(qcode_cases *cases, const qc_case *line)
{
    qc_case copy = *line;
    copy.next = 0;
    copy.label = line->speaker ? qc_labels_add(&cases->speakers, line->speaker, strlen(line->speaker)) : QC_NO_LABEL;
    if (line->speaker && copy.label == QC_NO_LABEL)
        return SIZE_MAX;
    copy.index = add_key(cases, &copy);
    if (copy.index < cases->count || copy.index == SIZE_MAX)
        return copy.index;
    if (!copy_line(&cases->arena, &copy, line) ||
        !qc_grow(cases->memory, &cases->lines, &cases->capacity, cases->count + 1, sizeof *cases->lines))
        return SIZE_MAX;
    cases->lines[cases->count++] = copy;
    return copy.document && !add_to_chain(cases) ? SIZE_MAX : copy.index;
}

bool qc_consent_restricts(const qc_consent *consent)
{
    return consent->no_use || consent->no_quote || consent->withdrawn;
}

/* What a line says of a case is said of all that the case is. */
static void fold_consent(case_consent *of, const qc_case *line)
{
    const qc_consent *said = &line->consent;
    const bool refused[] = {said->no_use, said->no_quote, said->no_archive};
    for (size_t i = 0; i < 3; i++) {
        of->refused[i] = refused[i] && !of->refused[i] ? line->index + 1 : of->refused[i];
        of->given[i] = line->given[i] && !of->given[i] ? line->index + 1 : of->given[i];
    }
    of->all.no_use |= said->no_use;
    of->all.no_quote |= said->no_quote;
    of->all.no_archive |= said->no_archive;
    of->all.withdrawn = of->all.withdrawn ? of->all.withdrawn : said->withdrawn;
}

static void tell_contradictions(const qcode_cases *cases, case_consent *of, qcode_notes *notes)
{
    static const char *const names[] = {"consent_use", "consent_quote", "consent_archive"};
    for (size_t i = 0; i < 3; i++)
        if (of->refused[i] && of->given[i] && !of->told[i]) {
            of->told[i] = true;
            const qc_case *no = &cases->lines[of->refused[i] - 1], *yes = &cases->lines[of->given[i] - 1];
            qc_note(notes, QCODE_NOTE_WARNING, qc_case_file(cases, yes), yes->line, 0,
                    "%s is yes here and no on line %zu, of the same case: no holds for all its interviews", names[i],
                    no->line);
        }
}

bool qc_cases_settle(qcode_cases *cases, qcode_notes *notes)
{
    for (size_t i = 0; i < cases->count; i++) {
        const qc_case *line = &cases->lines[i];
        bool added;
        if (!line->case_name)
            continue;
        size_t index = qc_set_add(&cases->names, line->case_name, strlen(line->case_name), &added);
        if (index == SIZE_MAX || !qc_grow(cases->memory, &cases->consents, &cases->consent_capacity,
                                          cases->names.count, sizeof *cases->consents))
            return false;
        if (added)
            cases->consents[index] = (case_consent){.all = {.no_use = false}};
        fold_consent(&cases->consents[index], line);
        const qc_case *everywhere = line->speaker ? qc_cases_everywhere(cases, qc_cases_label(cases, line)) : NULL;
        if (everywhere && !everywhere->case_name)
            fold_consent(&cases->consents[index], everywhere);
    }
    for (size_t i = 0; i < cases->names.count; i++)
        tell_contradictions(cases, &cases->consents[i], notes);
    return true;
}

const qc_consent *qc_cases_consent(const qcode_cases *cases, const char *case_name)
{
    size_t index = cases && case_name ? qc_set_find(&cases->names, case_name, strlen(case_name)) : SIZE_MAX;
    return index == SIZE_MAX ? NULL : &cases->consents[index].all;
}

const qc_case *qc_cases_sourced(const qcode_cases *cases, const char *document)
{
    size_t index = qc_set_find(&cases->documents, document, strlen(document));
    size_t line = index == SIZE_MAX ? 0 : cases->chains[index].sourced;
    return line ? &cases->lines[line - 1] : NULL;
}

bool qc_cases_keep_added(qcode_cases *cases, const char *written)
{
    const char *copy = qc_arena_string(&cases->arena, written);
    if (!copy || !qc_grow(cases->memory, &cases->added, &cases->added_capacity, cases->added_count + 1,
                          sizeof *cases->added))
        return false;
    cases->added[cases->added_count++] = copy;
    return true;
}

size_t qc_cases_added_count(const qcode_cases *cases)
{
    return cases->added_count;
}

const char *qc_cases_added(const qcode_cases *cases, size_t index)
{
    return cases->added[index];
}

const char *qc_case_file(const qcode_cases *cases, const qc_case *line)
{
    return line->file ? line->file : cases->source;
}

size_t qc_cases_count(const qcode_cases *cases)
{
    return cases->count;
}

const qc_case *qc_cases_at(const qcode_cases *cases, size_t index)
{
    return &cases->lines[index];
}

const char *qc_cases_source(const qcode_cases *cases)
{
    return cases->source;
}

const char *qc_cases_hash(const qcode_cases *cases)
{
    return cases->hash;
}

const qc_label *qc_cases_label(const qcode_cases *cases, const qc_case *line)
{
    return &cases->speakers.at[line->label];
}

const qc_case *qc_cases_everywhere(const qcode_cases *cases, const qc_label *speaker)
{
    size_t label = cases ? qc_labels_find_same(&cases->speakers, speaker) : QC_NO_LABEL;
    size_t index = label == QC_NO_LABEL ? SIZE_MAX : qc_set_find(&cases->keys, &label, sizeof label);
    return index == SIZE_MAX ? NULL : &cases->lines[index];
}

qc_case_walk qc_cases_walk(const qcode_cases *cases, const char *document)
{
    return (qc_case_walk){.cases = cases, .document = document};
}

/* What a line may call a document: step 0 and 1 its last part without and with the ending, 2 and 3 the whole name. */
static bool name_at(const char *document, int step, const char **name, size_t *length)
{
    const char *slash = strrchr(document, '/'), *last = slash ? slash + 1 : document;
    const char *ending = strrchr(last, '.');
    bool whole = step >= 2, has_ending = step % 2;
    *name = whole ? document : last;
    if ((!whole && !slash) || (!has_ending && (!ending || ending == last)))
        return false;
    *length = has_ending ? strlen(*name) : (size_t)(ending - *name);
    return true;
}

const qc_case *qc_case_walk_next(qc_case_walk *walk)
{
    const char *name;
    size_t length;
    for (; walk->cases && !walk->next && walk->step < 4; walk->step++) {
        size_t found = name_at(walk->document, walk->step, &name, &length)
                           ? qc_set_find(&walk->cases->documents, name, length)
                           : SIZE_MAX;
        if (found != SIZE_MAX)
            walk->next = walk->cases->chains[found].first;
        walk->partly = walk->step < 2;
    }
    if (!walk->next)
        return NULL;
    const qc_case *line = &walk->cases->lines[walk->next - 1];
    walk->next = line->next;
    return line;
}
