/* Files that are no study of another program, and can be imported all the same; and what is said of losses. */
#include "base/error.h"
#include "read/projects/project.h"

/* A coding for each mark of a row, and for each of its pieces. */
static bool add_row(qc_project *project, const qc_coding_row *row, const qc_coding_mark *marks)
{
    size_t pieces = row->pieces.count > 1 ? row->pieces.count : 1, source = qc_project_source_named(project, row->document);
    bool done = source != QC_NO_ITEM;
    for (size_t i = row->first_mark; done && i < row->first_mark + row->mark_count; i++)
        for (size_t k = 0; done && k < pieces; k++) {
            bool whole = pieces == 1;
            const qc_project_coding coding = {.source = source,
                                              .code = qc_project_code_named(project, marks[i].code, strlen(marks[i].code)),
                                              .coder = marks[i].coder ? marks[i].coder : "",
                                              .words = whole ? row->text : "", .memo = "", .line = row->line,
                                              .start = whole ? row->start : row->pieces.at[k].start,
                                              .end = whole ? row->end : row->pieces.at[k].end};
            done = coding.code != QC_NO_ITEM && qc_project_add_coding(project, &coding);
        }
    return done;
}

static const char *keep(qc_project *project, const char *text)
{
    return qc_arena_string(&project->arena, text);
}

/* The strings of the rows end with them. */
static bool take_rows(qc_project *project, const qc_coding_rows *rows)
{
    qc_coding_mark *marks = (void *)rows->marks.data;
    const qc_coding_row *list = (const void *)rows->rows.data;
    bool done = true;
    for (size_t i = 0; done && i < rows->marks.length / sizeof *marks; i++)
        done = !marks[i].coder || (marks[i].coder = keep(project, marks[i].coder));
    for (size_t i = 0; done && i < rows->rows.length / sizeof *list; i++) {
        qc_coding_row row = list[i];
        row.document = keep(project, row.document);
        row.text = keep(project, row.text);
        done = row.document && row.text && add_row(project, &row, marks);
    }
    return done;
}

static bool read_table(qc_project *project, const qc_bytes *bytes, const char *path, qcode_notes *notes, qcode_error *err)
{
    qc_coding_rows rows = qc_coding_rows_init(project->arena.memory);
    project->program = "a table of codings";
    bool done = qc_read_coding_rows(&rows, bytes, path, notes, err) && (take_rows(project, &rows) || qc_no_memory(err));
    qc_coding_rows_clear(&rows);
    return done;
}

bool qc_project_read_other(qc_project *project, const char *path, const qcode_limits *limits, qcode_notes *notes,
                           qcode_error *err)
{
    const qcode_limits most = qcode_limits_resolve(limits);
    qc_bytes bytes;
    bool known = false;
    if (!qc_bytes_read(path, most.input, project->arena.memory, &bytes, err))
        return false;
    const qc_project_file file = {path, bytes.data ? bytes.data : (const unsigned char *)"", bytes.length, &most,
                                  project->arena.memory};
    bool done = qc_dictionary_read(project, &file, &known, notes, err) &&
                (known || read_table(project, &bytes, path, notes, err));
    qc_bytes_clear(&bytes);
    return done;
}

enum { MOST_KINDS = 64 };

void qc_project_tell_losses(const qc_project *project, const char *path, qcode_notes *notes)
{
    const qc_project_loss *losses = (const void *)project->losses.data;
    struct {
        const char *what;
        size_t count;
    } kinds[MOST_KINDS];
    size_t used = 0;
    for (size_t i = 0; i < project->losses.length / sizeof *losses; i++) {
        size_t at = 0;
        while (at < used && strcmp(kinds[at].what, losses[i].what) != 0)
            at++;
        if (at == used && used < MOST_KINDS)
            kinds[used++].what = losses[i].what, kinds[at].count = 0;
        if (at < used)
            kinds[at].count++;
    }
    for (size_t i = 0; i < used; i++)
        qc_note(notes, QCODE_NOTE_SKIPPED, path, 0, 0, "left out %zu of these: %s", kinds[i].count, kinds[i].what);
}
