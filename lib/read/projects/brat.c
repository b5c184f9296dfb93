/* brat's standoff: a file .ann of marks, beside a file .txt that they are about. */
#include "base/error.h"
#include "read/projects/lines.h"
#include "read/projects/project.h"

#include <strings.h>
#include <sys/stat.h>

/* T1, a tab, a type, a space and a number. */
static bool is_mark(qc_text_line line)
{
    size_t number;
    qc_text_line name = qc_text_line_part(&line, '\t');
    qc_text_line type = qc_text_line_part(&line, ' ');
    return name.length > 1 && name.text[0] == 'T' && type.length && qc_text_line_number(&line, &number);
}

static bool sniff(const qc_project_file *file)
{
    size_t length = strlen(file->path);
    qc_text_lines lines = {(const char *)file->data, file->length < 4096 ? file->length : 4096, 0, 0};
    qc_text_line line;
    if (length < 5 || strcasecmp(file->path + length - 4, ".ann") != 0)
        return false;
    while (qc_text_lines_next(&lines, &line))
        if (is_mark(line))
            return true;
    return !file->length;
}

/* The text beside the file, if there is one. */
static bool read_text(qc_project *project, const qc_project_file *file, qc_project_source *source, qcode_notes *notes,
                      qcode_error *err)
{
    struct stat about;
    size_t length = strlen(file->path);
    char *path = qc_arena_copy(&project->arena, file->path, length);
    qc_bytes bytes;
    if (!path)
        return qc_no_memory(err);
    memcpy(path + length - 4, ".txt", 4);
    source->name = qc_base_name(path);
    if (stat(path, &about) != 0)
        return true;
    if (!qc_bytes_read(path, file->limits->input, file->memory, &bytes, err))
        return false;
    source->text = qc_project_decode(project, bytes.data, bytes.length, path, &source->length, notes, err);
    qc_bytes_clear(&bytes);
    return source->text != NULL;
}

/* brat's names hold no spaces, so that _ is written for one. */
static char *spaced(qc_arena *arena, qc_text_line type)
{
    char *name = qc_arena_copy(arena, type.text, type.length);
    for (size_t i = 0; name && i < type.length; i++)
        if (name[i] == '_')
            name[i] = ' ';
    return name;
}

/* "227 297;300 310", a tab and the words: a coding for each piece; pieces of one mark share a line. */
static bool read_pieces(qc_project *project, qc_project_coding *coding, qc_text_line places, const char *words)
{
    bool several = memchr(places.text, ';', places.length) != NULL, done = true;
    coding->words = several ? "" : words;
    while (done && places.length) {
        qc_text_line piece = qc_text_line_part(&places, ';');
        if (!qc_text_line_number(&piece, &coding->start) || !piece.length || *piece.text != ' ')
            break;
        qc_text_line_part(&piece, ' ');
        done = !qc_text_line_number(&piece, &coding->end) || qc_project_add_coding(project, coding);
    }
    return done;
}

static bool read_mark(qc_project *project, qc_text_line line)
{
    qc_text_line id = qc_text_line_part(&line, '\t'), type = qc_text_line_part(&line, ' ');
    qc_text_line places = qc_text_line_part(&line, '\t');
    const char *words = qc_arena_copy(&project->arena, line.text, line.length);
    const char *name = spaced(&project->arena, type), *key = qc_arena_copy(&project->arena, id.text, id.length);
    if (!words || !name || !key || !qc_project_call(project, 't', key, qc_project_coding_count(project)))
        return false;
    qc_project_coding coding = {.coder = "", .memo = "", .line = line.number,
                                .code = qc_project_code_named(project, name, strlen(name))};
    return coding.code != QC_NO_ITEM && read_pieces(project, &coding, places, words);
}

/* "#1", a tab, "AnnotatorNotes T2", a tab and the note. */
static bool read_note(qc_project *project, qc_text_line line)
{
    qc_text_line_part(&line, '\t');
    qc_text_line_part(&line, ' ');
    qc_text_line of = qc_text_line_part(&line, '\t');
    const char *key = qc_arena_copy(&project->arena, of.text, of.length);
    const char *memo = qc_arena_copy(&project->arena, line.text, line.length);
    if (!key || !memo)
        return false;
    size_t coding = qc_project_called(project, 't', key);
    if (coding == QC_NO_ITEM || coding >= qc_project_coding_count(project))
        return qc_project_lose(project, "note on something that is no mark", memo);
    qc_project_coding_at(project, coding)->memo = memo;
    return true;
}

static bool read_line(qc_project *project, qc_text_line line)
{
    static const struct {
        char mark;
        const char *what;
    } others[] = {{'R', "relation"}, {'E', "event"}, {'A', "attribute"}, {'M', "attribute"}, {'*', "relation"},
                  {'N', "reference"}};
    if (!line.length)
        return true;
    if (is_mark(line))
        return read_mark(project, line);
    if (line.text[0] == '#')
        return read_note(project, line);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (line.text[0] == others[i].mark)
            return qc_project_lose(project, others[i].what, "");
    return qc_project_lose(project, "line that is not understood", "");
}

static bool read(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qc_project_source source = {.name = "", .memo = "", .is_file_name = true};
    qc_text_lines lines = {NULL, 0, 0, 0};
    qc_text_line line;
    project->program = "brat";
    if (!read_text(project, file, &source, notes, err) ||
        !(lines.text = qc_project_decode(project, file->data, file->length, file->path, &lines.length, notes, err)))
        return false;
    bool done = qc_project_add_source(project, &source) != QC_NO_ITEM;
    while (done && qc_text_lines_next(&lines, &line))
        done = read_line(project, line);
    return done || qc_no_memory(err);
}

const qc_project_reader qc_read_brat = {"brat", sniff, read};
