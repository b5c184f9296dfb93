/* What all dictionaries are made of, and the choice among them by a file's ending. */
#include "read/dictionaries/dictionary.h"
#include "base/error.h"

#include <strings.h>

typedef struct term_of {
    size_t category;
    const char *text;
} term_of;

size_t qc_dictionary_category(qc_dictionary *dictionary, qc_text_line name, size_t depth)
{
    qc_project *project = dictionary->project;
    qc_project_code code = {.color = "", .definition = "", .parent = QC_NO_ITEM};
    if (depth >= QC_DICTIONARY_DEPTH) {
        qc_fail(dictionary->err, QCODE_LIMIT, dictionary->source, name.number, 0, "categories deeper than %d",
                QC_DICTIONARY_DEPTH);
        return QC_NO_ITEM;
    }
    for (size_t i = depth; i-- > 0 && code.parent == QC_NO_ITEM;)
        code.parent = dictionary->above[i];
    code.name = qc_arena_copy(&project->arena, name.text, name.length);
    size_t number = code.name ? qc_project_add_code(project, &code) : QC_NO_ITEM;
    if (number == QC_NO_ITEM)
        qc_no_memory(dictionary->err);
    dictionary->above[depth] = number;
    for (size_t i = depth + 1; i < QC_DICTIONARY_DEPTH; i++)
        dictionary->above[i] = QC_NO_ITEM;
    return number;
}

bool qc_dictionary_term(qc_dictionary *dictionary, size_t category, qc_text_line term, bool questions)
{
    qc_buffer *out = &dictionary->scratch;
    bool any = false;
    out->length = 0;
    for (size_t i = 0; i < term.length; i++) {
        char c = term.text[i];
        if (c == '\\' || (c == '?' && !questions) || (c == '$' && !i))
            qc_buffer_byte(out, '\\');
        qc_buffer_byte(out, c);
        any |= c != '*' && c != ' ';
    }
    if (!any || *term.text == '~')
        return qc_dictionary_lose(dictionary, any ? "term that begins with ~" : "term without letters", term);
    const term_of one = {category, out->failed ? NULL : qc_arena_copy(&dictionary->project->arena, out->data, out->length)};
    return (one.text && qc_buffer_append(&dictionary->terms, &one, sizeof one)) || qc_no_memory(dictionary->err);
}

bool qc_dictionary_lose(qc_dictionary *dictionary, const char *what, qc_text_line name)
{
    const char *copy = qc_arena_copy(&dictionary->project->arena, name.text, name.length);
    return (copy && qc_project_lose(dictionary->project, what, copy)) || qc_no_memory(dictionary->err);
}

qc_text_line qc_dictionary_trim(qc_text_line line, size_t *tabs)
{
    size_t count = 0;
    while (line.length && strchr(" \t\r", *line.text) && *line.text) {
        count += *line.text == '\t';
        line.text++;
        line.length--;
    }
    while (line.length && line.text[line.length - 1] && strchr(" \t\r", line.text[line.length - 1]))
        line.length--;
    if (tabs)
        *tabs = count;
    return line;
}

/* Gives each category its terms, in their order. */
static bool keep_terms(qc_dictionary *dictionary)
{
    const term_of *terms = (const void *)dictionary->terms.data;
    qc_project *project = dictionary->project;
    size_t count = dictionary->terms.length / sizeof *terms, codes = qc_project_code_count(project), used = 0;
    const char **texts = qc_arena_take_array(&project->arena, count + 1, sizeof *texts);
    const char ***next = qc_arena_take_array(&project->arena, codes + 1, sizeof *next);
    if (!texts || !next)
        return qc_no_memory(dictionary->err);
    for (size_t i = 0; i < count; i++)
        qc_project_code_at(project, terms[i].category)->term_count++;
    for (size_t i = 0; i < codes; i++) {
        qc_project_code *code = qc_project_code_at(project, i);
        next[i] = texts + used;
        code->terms = texts + used;
        used += code->term_count;
    }
    for (size_t i = 0; i < count; i++)
        *next[terms[i].category]++ = terms[i].text;
    return true;
}

/* -- which it is --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *ending, *program;
    qc_dictionary_reader *read; /* NULL: XML */
} kinds[] = {
    {".dic", "LIWC", qc_read_liwc},         {".cat", "WordStat", qc_read_wordstat},
    {".lc3", "Lexicoder", qc_read_lexicoder3}, {".ykd", "Yoshikoder", NULL},
    {".lcd", "Lexicoder", NULL},            {".yml", "quanteda", qc_read_yaml_dictionary},
    {".yaml", "quanteda", qc_read_yaml_dictionary},
};

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), size = strlen(ending);
    return length > size && strcasecmp(path + length - size, ending) == 0;
}

static bool read_kind(qc_dictionary *dictionary, size_t kind, const qc_project_file *file, qcode_notes *notes)
{
    size_t length = 0;
    if (!kinds[kind].read)
        return qc_read_yoshikoder(dictionary, file);
    const char *text = qc_project_decode(dictionary->project, file->data, file->length, file->path, &length, notes,
                                         dictionary->err);
    return text && kinds[kind].read(dictionary, text, length);
}

bool qc_dictionary_read(qc_project *project, const qc_project_file *file, bool *known, qcode_notes *notes,
                        qcode_error *err)
{
    size_t kind = 0, count = sizeof kinds / sizeof *kinds;
    while (kind < count && !ends_in(file->path, kinds[kind].ending))
        kind++;
    *known = kind < count;
    if (!*known)
        return true;
    qc_dictionary dictionary = {.project = project, .source = file->path, .err = err,
                                .terms = qc_buffer_init(file->memory), .scratch = qc_buffer_init(file->memory)};
    for (size_t i = 0; i < QC_DICTIONARY_DEPTH; i++)
        dictionary.above[i] = QC_NO_ITEM;
    project->program = kinds[kind].program;
    project->is_dictionary = true;
    bool done = read_kind(&dictionary, kind, file, notes) && keep_terms(&dictionary);
    qc_buffer_clear(&dictionary.terms);
    qc_buffer_clear(&dictionary.scratch);
    return done;
}
