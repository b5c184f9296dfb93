/* Coding sheets: units as rows, what is drawn of them, and a file for each coder. */
#include <qcode/sheet.h>
#include "base/bytes.h"
#include "base/error.h"
#include "base/place.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "format/workbook.h"
#include "model/codebook.h"
#include "model/reading.h"
#include "model/shown.h"
#include "model/table.h"
#include "model/units.h"
#include "work/coded_set.h"
#include "work/sample.h"
#include "write/sheet.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_CONTEXT = 400, MOST_TEXT = 32000 }; /* characters; a cell of a workbook holds 32767 units of UTF-16 */

typedef struct sheet_run {
    const qcode_sheet_job *job;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_arena arena;
    qc_coded_set set;
    const qcode_transcript *const *talks;
    size_t talk_count;
    qcode_coders *coders; /* the rules alone */
    qc_units units;
    bool *drawn;        /* each unit */
    int32_t **proposed; /* for each code, of each unit; NULL when nothing is shown */
    qc_buffer text, spans;
    qcode_table *table;
} sheet_run;

static const qc_judged *unit_at(const sheet_run *run, size_t index)
{
    return qc_units_at(&run->units, index);
}

/* ---- what is in it */

static bool find_unit(const char *word, qc_by *by)
{
    for (size_t i = 0; i <= QC_BY_DOCUMENT; i++)
        if (strcmp(qc_by_names[i], word) == 0) {
            *by = (qc_by)i;
            return true;
        }
    return false;
}

static bool propose(sheet_run *run)
{
    size_t codes = qcode_codebook_count(run->job->book), units = qc_units_count(&run->units);
    if (run->job->blind)
        return true;
    size_t rules = qcode_coders_find(run->coders, "qcode");
    if (!(run->proposed = qc_arena_take_array(&run->arena, codes + 1, sizeof *run->proposed)))
        return false;
    for (size_t i = 0; i < codes; i++) {
        const char *id = qcode_code_id(qcode_codebook_at(run->job->book, i));
        size_t code = qcode_coders_find_code(run->coders, id);
        if (!(run->proposed[i] = qc_arena_take_array(&run->arena, units + 1, sizeof **run->proposed)))
            return false;
        if (code != SIZE_MAX &&
            !qc_units_rate(&run->units, run->coders, rules, code, QC_TOUCH_ANY, NULL, NULL, run->proposed[i]))
            return false;
    }
    return true;
}

static bool read_all(sheet_run *run)
{
    const qcode_sheet_job *job = run->job;
    qc_by by = QC_BY_SENTENCE;
    if (job->unit && !find_unit(job->unit, &by))
        return qc_fail(run->err, QCODE_USAGE, NULL, 0, 0, "a unit is sentence, turn, answer or document");
    const qcode_match_options options = {.no_jit = false};
    if (!qc_coded_set_make(&run->set, &job->inputs, &job->book, 1, &options, run->memory, run->notes, run->err))
        return false;
    run->talks = qcode_talks_all(run->set.talks, &run->talk_count);
    if (!(run->coders = qcode_coders_new(run->talks, run->talk_count, run->memory, run->err)))
        return false;
    for (size_t i = 0; !job->blind && i < run->talk_count; i++)
        if (!qcode_coders_add(run->coders, "qcode", qc_coded_set_at(&run->set, i)->codings[0], run->err))
            return false;
    return (qc_units_init(&run->units, run->coders, by, job->everybody, run->memory) && propose(run)) ||
           qc_no_memory(run->err);
}

/* The value of the attribute that parts strata: of who speaks in the unit. */
static const char *stratum_of(const sheet_run *run, const qc_judged *unit)
{
    const qcode_transcript *talk = run->talks[unit->document];
    const qcode_turn turn = qcode_transcript_turn(talk, unit->turn);
    return run->job->sample.by ? qcode_transcript_value(talk, turn.speaker, run->job->sample.by) : NULL;
}

/* Each interview by what its first unit's speaker has, or each unit by its own. */
static bool draw(sheet_run *run)
{
    const qcode_sample *sample = &run->job->sample;
    size_t units = qc_units_count(&run->units), things = sample->units ? units : run->talk_count, found = 0;
    const char **strata = qc_arena_take_array(&run->arena, things + 1, sizeof *strata);
    bool *drawn = qc_arena_take_array(&run->arena, things + 1, sizeof *drawn);
    size_t *number = qc_arena_take_array(&run->arena, run->talk_count + 1, sizeof *number); /* from 1; 0: no unit in it */
    run->drawn = qc_arena_take_array(&run->arena, units + 1, sizeof *run->drawn);
    if (!strata || !drawn || !number || !run->drawn)
        return qc_no_memory(run->err);
    for (size_t i = 0; i < units; i++) {
        const qc_judged *unit = unit_at(run, i);
        if (sample->units)
            strata[found++] = stratum_of(run, unit);
        else if (!number[unit->document]) {
            strata[found] = stratum_of(run, unit);
            number[unit->document] = ++found;
        }
    }
    bool any = !sample->by;
    for (size_t i = 0; i < found; i++)
        any = any || strata[i];
    if (!any)
        return qc_fail(run->err, QCODE_INVALID, NULL, 0, 0, "nobody in these transcripts has a \"%.*s\" to sample by",
                       qc_utf8_cut(sample->by, 60), sample->by);
    if (!qc_draw_sample(sample, strata, found, run->memory, drawn))
        return qc_no_memory(run->err);
    for (size_t i = 0; i < units; i++)
        run->drawn[i] = drawn[sample->units ? i : number[unit_at(run, i)->document] - 1];
    return true;
}

/* ---- rows */

static void add_cut(sheet_run *run, size_t most)
{
    const char *whole = qc_buffer_text(&run->text);
    size_t length = run->text.length, at = 0;
    for (size_t points = 0; whole && at < length && points < most; points++)
        qc_utf8_next(whole, length, &at);
    if (whole && at < length) {
        run->text.length = at;
        qc_buffer_string(&run->text, "\xE2\x80\xA6");
        whole = qc_buffer_text(&run->text);
    }
    qc_table_add_text(run->table, run->text.length ? whole : NULL);
}

/* The words of a unit, when it is in this document; else an empty cell. */
static bool add_unit(sheet_run *run, size_t index, size_t document, size_t most)
{
    run->text.length = 0;
    if (index < qc_units_count(&run->units) && unit_at(run, index)->document == document &&
        !qc_put_unit_shown(&run->units, run->talks[document], index, &run->text))
        return false;
    add_cut(run, most);
    return true;
}

static bool add_question(sheet_run *run, const qcode_transcript *talk, size_t number)
{
    run->text.length = run->spans.length = 0;
    if (number) {
        const qcode_turn turn = qcode_transcript_turn(talk, number - 1);
        if (!qc_list_ranges(&run->spans, &turn) ||
            !qc_put_shown(&run->text, talk, (const void *)run->spans.data, turn.range_count))
            return false;
    }
    add_cut(run, MOST_CONTEXT);
    return true;
}

/* The codes of a unit that rules propose; an empty cell when there are none. */
static void add_proposed(sheet_run *run, size_t unit)
{
    run->text.length = 0;
    for (size_t i = 0; i < qcode_codebook_count(run->job->book); i++)
        if (run->proposed[i][unit] == 1) {
            qc_buffer_string(&run->text, run->text.length ? "; " : "");
            qc_buffer_string(&run->text, qcode_code_id(qcode_codebook_at(run->job->book, i)));
        }
    const char *list = qc_buffer_text(&run->text);
    qc_table_add_text(run->table, run->text.length ? list : NULL);
}

/* "12-40;51-60", where there is more than one piece. */
static bool add_pieces(sheet_run *run, size_t unit, qc_walker *walker)
{
    run->text.length = run->spans.length = 0;
    if (!qc_unit_pieces(&run->units, unit, &run->spans))
        return false;
    const qcode_span *pieces = (const void *)run->spans.data;
    size_t count = run->spans.length / sizeof *pieces;
    for (size_t i = 0; count > 1 && i < count; i++) {
        size_t start = qc_walker_at(walker, pieces[i].start).character;
        qc_buffer_print(&run->text, "%s%zu-%zu", i ? ";" : "", start, qc_walker_at(walker, pieces[i].end).character);
    }
    const char *list = qc_buffer_text(&run->text);
    qc_table_add_text(run->table, run->text.length ? list : NULL);
    return true;
}

static bool add_row(sheet_run *run, size_t index, qc_walker *walker, const char *coder)
{
    const qc_judged *unit = unit_at(run, index);
    const qcode_transcript *talk = run->talks[unit->document];
    const qcode_turn turn = qcode_transcript_turn(talk, unit->turn);
    qcode_table *table = run->table;
    qcode_place start = qc_walker_at(walker, unit->hull.start);
    qc_table_add_text(table, qcode_transcript_name(talk));
    qc_table_add_count(table, start.line);
    qc_table_add_text(table, turn.speaker ? turn.speaker->name : NULL);
    if (!add_question(run, talk, turn.question) || !add_unit(run, index - 1, unit->document, MOST_CONTEXT) ||
        !add_unit(run, index, unit->document, MOST_TEXT) || !add_unit(run, index + 1, unit->document, MOST_CONTEXT))
        return false;
    if (run->proposed)
        add_proposed(run, index);
    if (run->text.failed)
        return false;
    for (size_t i = 0; i < qcode_codebook_count(run->job->book) + 2; i++) /* and done, and notes */
        qc_table_add_missing(table);
    qc_table_add_count(table, turn.number);
    qc_table_add_count(table, start.character);
    qc_table_add_count(table, qc_walker_at(walker, unit->hull.end).character);
    if (!add_pieces(run, index, walker))
        return false;
    qc_table_add_text(table, qcode_transcript_hash(talk));
    qc_table_add_text(table, coder);
    return qc_table_complete(table);
}

static bool make_table(sheet_run *run, const char *coder)
{
    static const char *const first[] = {"document", "line", "speaker", "question", "before", "text", "after"};
    static const char *const last[] = {"done", "notes", "turn", "start", "end", "pieces", "transcript", "coder"};
    qcode_table_free(run->table);
    if (!(run->table = qc_table_new(run->memory)))
        return false;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        qc_table_add_column(run->table, first[i], i == 1 ? QCODE_TYPE_INTEGER : QCODE_TYPE_TEXT);
    if (run->proposed)
        qc_table_add_column(run->table, "proposed", QCODE_TYPE_TEXT);
    for (size_t i = 0; i < qcode_codebook_count(run->job->book); i++) {
        run->text.length = 0;
        qc_buffer_print(&run->text, QC_SHEET_CODE "%s", qcode_code_id(qcode_codebook_at(run->job->book, i)));
        const char *name = qc_buffer_text(&run->text);
        if (!name)
            return false;
        qc_table_add_column(run->table, name, QCODE_TYPE_TEXT);
    }
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        qc_table_add_column(run->table, last[i], i > 1 && i < 5 ? QCODE_TYPE_INTEGER : QCODE_TYPE_TEXT);
    bool done = true;
    qc_walker walker = qc_walker_init("", 0);
    for (size_t i = 0; done && i < qc_units_count(&run->units); i++) {
        size_t length, document = unit_at(run, i)->document;
        const char *text = qcode_transcript_text(run->talks[document], &length);
        if (walker.text != text)
            walker = qc_walker_init(text, length);
        done = !run->drawn[i] || add_row(run, i, &walker, coder);
    }
    return done && qc_table_complete(run->table);
}

/* ---- files */

static qcode_sink *open_new(sheet_run *run, const char *path)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
        qc_fail(run->err, QCODE_WRITE, path, 0, 0, "is there already, and a sheet may hold somebody's work: take another name");
        return NULL;
    }
    return qcode_sink_file(path, run->memory, run->err);
}

static bool write_sheet(sheet_run *run, const char *path, bool csv, const char *coder)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_CSV};
    if (!make_table(run, coder))
        return qc_no_memory(run->err);
    qcode_sink *sink = open_new(run, path);
    bool done = sink &&
                (csv ? qcode_table_write(run->table, &style, sink, run->err)
                     : qc_write_sheet(run->table, run->job->book, run->memory, sink, run->err)) &&
                qcode_sink_finish(sink, run->err);
    qcode_sink_free(sink);
    return done;
}

static void put_assignment(sheet_run *run, qc_buffer *out, const char *coder, const char *document)
{
    const qcode_codebook *book = run->job->book;
    qc_csv_put(out, coder, strlen(coder));
    qc_buffer_byte(out, ',');
    qc_csv_put(out, document, strlen(document));
    qc_buffer_byte(out, ',');
    for (size_t i = 0; i < qcode_codebook_count(book); i++)
        qc_buffer_print(out, "%s%s", i ? ";" : "", qcode_code_id(qcode_codebook_at(book, i)));
    qc_buffer_print(out, ",%zu\n", run->job->round);
}

static bool write_assignments(sheet_run *run, const char *path)
{
    qcode_sink *sink = open_new(run, path);
    if (!sink)
        return false;
    qc_buffer *out = &run->text;
    out->length = 0;
    qc_buffer_string(out, "coder,document,codes,round\n");
    for (size_t k = 0; k < run->job->coder_count; k++) {
        size_t last = SIZE_MAX;
        for (size_t i = 0; i < qc_units_count(&run->units); i++) {
            size_t document = unit_at(run, i)->document;
            if (run->drawn[i] && document != last)
                put_assignment(run, out, run->job->coders[k], qcode_transcript_name(run->talks[last = document]));
        }
    }
    qc_sink_drain(sink, out);
    bool done = qcode_sink_finish(sink, run->err);
    qcode_sink_free(sink);
    return done;
}

/* "round1/anna.xlsx" */
static bool write_round(sheet_run *run)
{
    const qcode_sheet_job *job = run->job;
    qc_buffer path = qc_buffer_init(run->memory), name = qc_buffer_init(run->memory);
    bool done = mkdir(job->folder, 0777) == 0 || errno == EEXIST ||
                qc_fail_errno(run->err, QCODE_WRITE, job->folder, "cannot make the folder");
    const char *whole = done ? qc_path_in(&path, job->folder, "assignments.csv") : NULL;
    done = done && (whole ? write_assignments(run, whole) : qc_no_memory(run->err));
    for (size_t k = 0; done && k < job->coder_count; k++) {
        name.length = 0;
        qc_buffer_print(&name, "%s%s", job->coders[k], job->csv ? ".csv" : ".xlsx");
        const char *file = qc_buffer_text(&name);
        whole = file ? qc_path_in(&path, job->folder, file) : NULL;
        done = whole ? write_sheet(run, whole, job->csv, job->coders[k]) : qc_no_memory(run->err);
    }
    qc_buffer_clear(&path);
    qc_buffer_clear(&name);
    return done;
}

static bool ends_in_csv(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".csv") == 0;
}

static void count(sheet_run *run, qcode_sheet_totals *totals)
{
    size_t last = SIZE_MAX;
    totals->all_documents = run->talk_count;
    totals->all_units = qc_units_count(&run->units);
    totals->refused = run->set.refused;
    for (size_t i = 0; i < totals->all_units; i++) {
        if (!run->drawn[i])
            continue;
        totals->units++;
        totals->documents += unit_at(run, i)->document != last;
        last = unit_at(run, i)->document;
    }
}

static bool check_job(const qcode_sheet_job *job, qcode_error *err)
{
    for (size_t i = 0; i < job->coder_count; i++) {
        const char *name = job->coders[i];
        if (!*name || *name == '.' || strchr(name, '/') || qc_utf8_valid(name, strlen(name)) < strlen(name))
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "a coder's name is that of a file too: no slash, no dot in front");
        for (size_t k = 0; k < i; k++)
            if (strcmp(name, job->coders[k]) == 0)
                return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "the coder \"%.60s\" is named twice", name);
    }
    return true;
}

bool qcode_sheet(const qcode_sheet_job *job, const qcode_memory *memory, qcode_sheet_totals *totals, qcode_notes *notes,
                 qcode_error *err)
{
    *totals = (qcode_sheet_totals){.units = 0};
    sheet_run run = {.job = job, .memory = memory, .notes = notes, .err = err, .arena = qc_arena_init(memory),
                     .text = qc_buffer_init(memory), .spans = qc_buffer_init(memory)};
    run.set.documents = run.units.units = run.units.pieces = qc_buffer_init(memory);
    bool done = check_job(job, err) && read_all(&run) && draw(&run);
    if (done)
        count(&run, totals);
    done = done && (job->folder ? write_round(&run) : write_sheet(&run, job->path, ends_in_csv(job->path), NULL));
    qcode_table_free(run.table);
    qc_units_clear(&run.units);
    qcode_coders_free(run.coders);
    qc_coded_set_clear(&run.set);
    qc_buffer_clear(&run.text);
    qc_buffer_clear(&run.spans);
    qc_arena_clear(&run.arena);
    return done;
}
