/* Taking a respondent out of a run's folder who has withdrawn. */
#include "base/error.h"
#include "base/sha256.h"
#include "model/consent.h"
#include "read/run.h"
#include "work/folder.h"
#include "work/redo.h"
#include "work/run_json.h"
#include "write/decisions.h"
#include <qcode/study.h>

#include <dirent.h>
#include <stdio.h>

/* The files that change, in the order in which they are put; run.json comes behind them. */
enum { SEGMENTS_JSON, SEGMENTS_CSV, DOCUMENTS, DECISIONS, UNPLACED, FILES };
static const char *const file_names[FILES] = {"segments.jsonl", "segments.csv", "documents.jsonl", "decisions.jsonl",
                                              "decisions-unplaced.jsonl"};

typedef struct withdrawing {
    const char *folder, *who;
    const qcode_memory *memory;
    qcode_error *err;
    qc_arena arena;  /* of the work */
    qc_arena *kept;  /* of what is answered */
    qc_run *run;     /* the folder before */
    qc_run_books books;
    qc_bytes run_json, before[FILES];
    qc_buffer after[FILES], json;
    qc_redo redo;
    qcode_code_totals totals;
    size_t found, gone_already; /* speakers */
    bool has_report, has[FILES]; /* decisions are not in every folder */
    qc_set changed;              /* documents in which they speak */
    qc_buffer changes, others;
} withdrawing;

/* Whether a speaker is the one who is named: by their case, or by document and label where no case is known. */
static bool is_meant(const withdrawing *w, const qcode_transcript *talk, const qcode_speaker *speaker)
{
    if (speaker->role != QCODE_ROLE_RESPONDENT)
        return false;
    if (speaker->case_name)
        return strcmp(speaker->case_name, w->who) == 0;
    const char *document = qcode_transcript_name(talk);
    size_t length = strlen(document);
    return strncmp(w->who, document, length) == 0 && w->who[length] == ':' &&
           strcmp(w->who + length + 1, speaker->name) == 0;
}

/* Leaves out who is meant, if they speak here. */
static bool leave_out(withdrawing *w, qcode_transcript *talk, bool *changed)
{
    bool done = true;
    *changed = false;
    for (size_t i = 0; done && i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        if (!is_meant(w, talk, speaker))
            continue;
        w->found++;
        const char *withdrawn = qcode_transcript_value(talk, speaker, "withdrawn");
        if (withdrawn && strcmp(withdrawn, "no") != 0) {
            w->gone_already++;
            continue;
        }
        *changed = true;
        done = qc_withdraw_speaker(talk, i, "yes");
    }
    if (!done)
        return qc_no_memory(w->err);
    const char *name = qcode_transcript_name(talk);
    if (*changed && qc_set_add(&w->changed, name, strlen(name), NULL) == SIZE_MAX)
        return qc_no_memory(w->err);
    return !*changed || qc_transcript_mask(talk, w->err);
}

/* The line of a document that changed: its speakers and its text are new, all else is as it was. */
static bool put_changed_document(withdrawing *w, const char *line, size_t length, const qcode_transcript *talk)
{
    static const char *const fresh[] = {"speakers", "text"};
    const qc_member *old, *new;
    size_t old_count, new_count, from = 0;
    qc_buffer made = qc_buffer_init(w->memory), *out = &w->after[DOCUMENTS];
    qcode_notes *none = qcode_notes_new(w->memory);
    bool done = (none && qc_put_document(&made, talk, none)) || qc_no_memory(w->err);
    done = done && qc_list_members(line, length, file_names[DOCUMENTS], &w->arena, &old, &old_count, w->err) &&
           qc_list_members(made.data, made.length, file_names[DOCUMENTS], &w->arena, &new, &new_count, w->err);
    for (size_t i = 0; done && i < old_count; i++)
        for (size_t k = 0; k < new_count; k++)
            if (strcmp(old[i].key, new[k].key) == 0 &&
                (strcmp(old[i].key, fresh[0]) == 0 || strcmp(old[i].key, fresh[1]) == 0)) {
                qc_buffer_append(out, line + from, old[i].start - from);
                qc_buffer_append(out, made.data + new[k].start, new[k].end - new[k].start);
                from = old[i].end;
            }
    if (done)
        qc_buffer_append(out, line + from, length - from);
    qcode_notes_free(none);
    qc_buffer_clear(&made);
    return done;
}

static bool take_document(withdrawing *w, const char *line, size_t length, size_t number)
{
    qc_arena arena = qc_arena_init(w->memory);
    bool changed = false;
    qcode_transcript *talk = qc_restore_transcript(line, length, number, &arena, w->err);
    bool done = talk && leave_out(w, talk, &changed) && qc_redo_document(&w->redo, talk);
    if (done && changed)
        done = put_changed_document(w, line, length, talk);
    else if (done)
        qc_buffer_append(&w->after[DOCUMENTS], line, length);
    qcode_transcript_free(talk);
    qc_arena_clear(&arena);
    return done;
}

static bool take_documents(withdrawing *w)
{
    const char *text = (const char *)w->before[DOCUMENTS].data;
    size_t left = w->before[DOCUMENTS].length, number = 1;
    bool done = true;
    for (; done && left; number++) {
        const char *feed = memchr(text, '\n', left);
        size_t length = feed ? (size_t)(feed - text) + 1 : left;
        done = take_document(w, text, length, number);
        text += length;
        left -= length;
    }
    if (done && w->redo.next != w->redo.segment_count)
        return qc_fail(w->err, QCODE_INVALID, w->folder, 0, 0, "segments.jsonl has segments of no document");
    return done;
}

static bool check_found(const withdrawing *w)
{
    if (!w->found)
        return qc_fail(w->err, QCODE_USAGE, w->folder, 0, 0,
                       "no respondent is the case \"%s\", and none without a case is called so (DOCUMENT:SPEAKER)", w->who);
    return w->gone_already < w->found ||
           qc_fail(w->err, QCODE_USAGE, w->folder, 0, 0, "\"%s\" has withdrawn from it already", w->who);
}

static bool open_folder(withdrawing *w)
{
    w->run = qc_read_whole_run(w->folder, w->memory, w->err);
    bool done = w->run && qc_read_run_file(w->folder, "run.json", w->memory, &w->run_json, w->err);
    for (size_t i = 0; done && i < FILES; i++) {
        w->has[i] = i < DECISIONS || qc_run_names(w->run, file_names[i]);
        done = !w->has[i] || qc_read_run_file(w->folder, file_names[i], w->memory, &w->before[i], w->err);
    }
    return done && qc_read_run_books(w->run, w->folder, w->memory, &w->books, NULL, w->err);
}

static qcode_codebooks books_of(const withdrawing *w)
{
    return (qcode_codebooks){w->books.at, w->books.count};
}

/* Decisions lose the words that they quote from interviews in which the respondent speaks; their places stay. Memos about
 * the respondent go. */
static bool redo_decisions(withdrawing *w, size_t file)
{
    const qc_bytes *before = &w->before[file];
    qcode_decisions *decisions = w->has[file] ? qcode_decisions_new(w->memory, w->err) : NULL;
    bool done = decisions && qcode_decisions_parse(decisions, before->data, before->length, file_names[file], NULL, w->err);
    for (size_t i = 0; done && i < qcode_decisions_count(decisions); i++) {
        qcode_decision decision = *qcode_decisions_at(decisions, i);
        if (qc_set_find(&w->changed, decision.document, strlen(decision.document)) != SIZE_MAX)
            decision.text = decision.before = decision.after = decision.was_text = "";
        if (!*decision.respondent || strcmp(decision.respondent, w->who) != 0)
            qc_put_decision(&w->after[file], &decision, NULL);
    }
    qcode_decisions_free(decisions);
    return done ? !w->after[file].failed || qc_no_memory(w->err) : !w->has[file];
}

static bool redo_all(withdrawing *w)
{
    const qc_bytes *json = &w->before[SEGMENTS_JSON], *csv = &w->before[SEGMENTS_CSV];
    if (!qc_redo_init(&w->redo, books_of(w), json->data ? (const char *)json->data : "", json->length,
                      csv->data ? (const char *)csv->data : "", csv->length, w->memory, &w->totals, w->err) ||
        !take_documents(w) || !check_found(w) || !qc_redo_csv(&w->redo, &w->after[SEGMENTS_CSV]))
        return false;
    qc_buffer empty = w->after[SEGMENTS_JSON];
    w->after[SEGMENTS_JSON] = w->redo.json_out;
    w->redo.json_out = empty;
    if (!redo_decisions(w, DECISIONS) || !redo_decisions(w, UNPLACED))
        return false;
    w->totals.unplaced = w->run->counts.unplaced;
    w->totals.refused = w->run->counts.refused;
    w->totals.vetoed = w->run->counts.vetoed ? SIZE_MAX : 0; /* whose they were is not known */
    return !w->after[DOCUMENTS].failed || qc_no_memory(w->err);
}

static bool keep_change(withdrawing *w, const char *file, const char *code, const char *what, size_t before, size_t after)
{
    if (before == after)
        return true;
    qc_buffer text = qc_buffer_init(w->memory);
    bool done = qc_buffer_print(&text, "%s%s%s", code, *code ? ": " : "", what);
    const qcode_change change = {file, done ? qc_arena_copy(w->kept, text.data, text.length) : NULL, before, after};
    qc_buffer_clear(&text);
    return (change.what && qc_buffer_append(&w->changes, &change, sizeof change)) || qc_no_memory(w->err);
}

/* The changes of a code or a theme. */
static bool keep_counts(withdrawing *w, const char *id, const qc_run_code *was, const qc_run_code *now)
{
    static const qc_run_code none = {.code = ""};
    const char *name = qc_arena_string(w->kept, id);
    was = was ? was : &none;
    return (name || qc_no_memory(w->err)) && keep_change(w, "run.json", name, "segments", was->segments, now->segments) &&
           keep_change(w, "run.json", name, "interviews", was->interviews, now->interviews) &&
           keep_change(w, "run.json", name, "respondents", was->respondents, now->respondents);
}

static bool list_code_changes(withdrawing *w)
{
    bool done = true;
    for (size_t i = 0; done && i < w->totals.code_count; i++) {
        const qcode_code_count *code = &w->totals.codes[i];
        const qc_run_code now = {NULL, code->segments, code->interviews, code->respondents};
        done = keep_counts(w, qcode_code_id(code->code), i < w->run->code_count ? &w->run->codes[i] : NULL, &now);
    }
    for (size_t i = 0; done && i < w->totals.theme_count; i++) {
        const qcode_theme_count *theme = &w->totals.themes[i];
        const qc_run_code now = {NULL, theme->segments, theme->interviews, theme->respondents};
        done = keep_counts(w, qcode_theme_id(theme->theme), i < w->run->theme_count ? &w->run->themes[i] : NULL, &now);
    }
    return done;
}

static bool list_changes(withdrawing *w)
{
    const qcode_code_totals *now = &w->totals;
    const struct qc_run_counts *was = &w->run->counts;
    const struct qc_run_kept_back *kept = &w->run->kept_back;
    const struct {
        const char *file, *what;
        size_t before, after;
    } changes[] = {
        {file_names[0], "segments", was->segments, now->segments},
        {file_names[0], "segments that lose a part", 0, w->redo.edited},
        {file_names[1], "segments", was->segments, now->segments},
        {file_names[2], "turns that are not masked", was->turns, now->turns},
        {"report.html", "segments", w->has_report ? was->segments : 0, w->has_report ? now->segments : 0},
        {"run.json", "interviews", was->documents, now->documents},
        {"run.json", "respondents", was->respondents, now->respondents},
        {"run.json", "turns", was->turns, now->turns},
        {"run.json", "segments", was->segments, now->segments},
        {"run.json", "respondents withdrawn", kept->withdrawn, now->kept_back.withdrawn},
        {"run.json", "respondents without consent to use", kept->without_consent_to_use, now->kept_back.unused},
        {"run.json", "respondents without consent to quote", kept->without_consent_to_quote, now->kept_back.unquoted},
        {"run.json", "interviews left out", kept->documents, now->kept_back.documents},
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof changes / sizeof *changes; i++)
        done = keep_change(w, changes[i].file, "", changes[i].what, changes[i].before, changes[i].after);
    return done && list_code_changes(w);
}

/* What else lies in the folder: it may hold copies. */
static bool list_others(withdrawing *w)
{
    static const char *const known[] = {".", "..", "run.json", "report.html"};
    DIR *folder = opendir(w->folder);
    if (!folder)
        return qc_fail_errno(w->err, QCODE_READ, w->folder, "cannot open");
    bool done = true;
    for (const struct dirent *entry; done && (entry = readdir(folder));) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known |= strcmp(entry->d_name, known[i]) == 0;
        for (size_t i = 0; i < w->run->file_count; i++)
            is_known |= strcmp(entry->d_name, w->run->files[i].name) == 0;
        w->has_report |= strcmp(entry->d_name, "report.html") == 0;
        const char *name = is_known ? NULL : qc_arena_string(w->kept, entry->d_name);
        if (!is_known && !(name && qc_buffer_append(&w->others, &name, sizeof name)))
            done = qc_no_memory(w->err);
    }
    closedir(folder);
    return done;
}

/* run.json with other counts and files; all else as it was. `report` is NULL while it is not made again. */
static bool make_run_json(withdrawing *w, const qc_out_file *report)
{
    size_t files = 0;
    qc_out_file *named = qc_arena_take_array(&w->arena, w->run->file_count + 1, sizeof *named);
    if (!named)
        return qc_no_memory(w->err);
    for (size_t i = 0; i < w->run->file_count; i++) {
        const qc_run_file *file = &w->run->files[i];
        bool is_report = strcmp(file->name, "report.html") == 0;
        named[files] = (qc_out_file){.name = file->name, .bytes = file->bytes};
        snprintf(named[files].hash, sizeof named[files].hash, "%s", file->hash);
        for (size_t k = 0; k < FILES; k++)
            if (strcmp(file->name, file_names[k]) == 0) {
                qc_sha256 sum = qc_sha256_init();
                qc_sha256_add(&sum, w->after[k].data, w->after[k].length);
                qc_sha256_hex(&sum, named[files].hash);
                named[files].bytes = w->after[k].length;
            }
        if (is_report && report)
            named[files] = *report;
        files += !is_report || report;
    }
    w->json.length = 0;
    const qc_run_changes changes = {.totals = &w->totals, .files = named, .file_count = files};
    return qc_change_run_json((const char *)w->run_json.data, w->run_json.length, &changes, &w->arena, &w->json, w->err);
}

static bool put_all(withdrawing *w)
{
    qc_run_folder folder = {.memory = w->memory, .path = w->folder};
    bool done = make_run_json(w, NULL) && qc_run_folder_begin(&folder, w->err);
    for (size_t i = 0; done && i < FILES; i++)
        done = !w->has[i] || qc_run_folder_put(&folder, file_names[i], w->after[i].data ? w->after[i].data : "", w->after[i].length,
                                 w->err);
    if (done && w->has_report)
        done = qc_run_folder_report(&folder, &w->json, books_of(w), w->err) && make_run_json(w, &folder.files[folder.file_count - 1]);
    return done && qc_run_folder_end(&folder, &w->json, w->err);
}

static void close_all(withdrawing *w)
{
    qc_redo_clear(&w->redo);
    qcode_code_totals_clear(&w->totals);
    qc_run_books_clear(&w->books);
    qc_run_free(w->run);
    qc_bytes_clear(&w->run_json);
    for (size_t i = 0; i < FILES; i++) {
        qc_bytes_clear(&w->before[i]);
        qc_buffer_clear(&w->after[i]);
    }
    qc_buffer_clear(&w->json);
    qc_set_clear(&w->changed);
    qc_buffer_clear(&w->changes);
    qc_buffer_clear(&w->others);
    qc_arena_clear(&w->arena);
}

/* The answer and the arena it lives in. */
typedef struct held_withdrawal {
    qcode_withdrawal answer;
    qc_arena arena;
} held_withdrawal;

static bool fill_answer(const withdrawing *w, qcode_withdrawal *answer)
{
    qcode_change *changes = qc_arena_take(w->kept, w->changes.length);
    const char **others = qc_arena_take(w->kept, w->others.length);
    if (!changes || !others)
        return qc_no_memory(w->err);
    if (w->changes.length)
        memcpy(changes, w->changes.data, w->changes.length);
    if (w->others.length)
        memcpy(others, w->others.data, w->others.length);
    *answer = (qcode_withdrawal){changes, w->changes.length / sizeof *changes, others, w->others.length / sizeof *others};
    return true;
}

static withdrawing begin(const char *folder, const char *who, const qcode_memory *memory, qc_arena *kept,
                         qcode_error *err)
{
    withdrawing w = {.folder = folder, .who = who, .memory = memory, .err = err, .arena = qc_arena_init(memory),
                     .kept = kept, .run_json = {.memory = memory},
                     .json = qc_buffer_init(memory), .changed = qc_set_init(memory), .changes = qc_buffer_init(memory),
                     .others = qc_buffer_init(memory)};
    for (size_t i = 0; i < FILES; i++) {
        w.before[i] = (qc_bytes){.memory = memory};
        w.after[i] = qc_buffer_init(memory);
    }
    w.redo.arena = qc_arena_init(memory);
    qc_rows_init(&w.redo.rows, "", memory);
    return w;
}

qcode_withdrawal *qcode_withdraw(const char *folder, const char *who, bool dry_run, const qcode_memory *memory,
                                 qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    held_withdrawal *held = qc_arena_take(&arena, sizeof *held);
    if (!held) {
        qc_no_memory(err);
        return NULL;
    }
    held->arena = arena;
    withdrawing w = begin(folder, who, memory, &held->arena, err);
    bool done = open_folder(&w) && redo_all(&w) && list_others(&w) && list_changes(&w) && (dry_run || put_all(&w)) &&
                fill_answer(&w, &held->answer);
    close_all(&w);
    if (done)
        return &held->answer;
    qcode_withdrawal_free(&held->answer);
    return NULL;
}

void qcode_withdrawal_free(qcode_withdrawal *withdrawal)
{
    if (!withdrawal)
        return;
    qc_arena arena = ((held_withdrawal *)(void *)withdrawal)->arena; /* the answer lives in the arena that ends here */
    qc_arena_clear(&arena);
}
