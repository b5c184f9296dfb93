/* Counts of a review's decisions: what went where at each stage, and where reviewers differ. */
#include "model/screening.h"
#include "base/buffer.h"
#include "base/error.h"
#include "model/table.h"

#include <string.h>

/* What became of a study at a stage. */
typedef struct fate {
    size_t judges, includes, excludes; /* without the consensus */
    bool consensus;
    qc_decision settled;        /* by consensus, when there is one that decides */
    const char *reason, *apart; /* of the exclusion; and where reasons differ */
    unsigned level;
    bool levels_differ;
    size_t line; /* the first judgement's */
} fate;

typedef struct counting {
    const qcode_screening *screening;
    const qcode_memory *memory;
    fate *outcomes; /* of each study QC_STAGES */
    size_t consensus;  /* the number of that reviewer; SIZE_MAX: none */
    qcode_table *table;
} counting;

static fate *outcome_of(const counting *count, size_t study, qc_stage stage)
{
    return &count->outcomes[study * QC_STAGES + stage];
}

static qc_decision decision_of(const fate *outcome)
{
    if (outcome->settled != QC_UNDECIDED)
        return outcome->settled;
    if (!outcome->judges || (outcome->includes < outcome->judges && outcome->excludes < outcome->judges))
        return QC_UNDECIDED;
    return outcome->includes ? QC_INCLUDE : QC_EXCLUDE;
}

static bool is_judged(const fate *outcome)
{
    return outcome->judges || outcome->consensus;
}

/* Two reviewers or more decided, and not alike. */
static bool is_disputed(const fate *outcome)
{
    return outcome->includes && outcome->excludes;
}

/* What a consensus says counts instead of what reviewers said; of theirs the first, as long as they agree. */
static void take_reason_and_level(fate *outcome, const qc_judgement *judgement, bool consensus)
{
    if (judgement->decision == QC_EXCLUDE) {
        if (consensus || !outcome->reason)
            outcome->reason = judgement->reason, outcome->apart = NULL;
        else if (!outcome->consensus && strcmp(outcome->reason, judgement->reason) != 0)
            outcome->apart = "reasons differ";
    }
    if (!judgement->level)
        return;
    if (consensus || !outcome->level)
        outcome->level = judgement->level, outcome->levels_differ = false;
    else if (!outcome->consensus)
        outcome->levels_differ |= outcome->level != judgement->level;
}

static void take_judgement(const counting *count, const qc_judgement *judgement)
{
    fate *outcome = outcome_of(count, judgement->study, judgement->stage);
    bool consensus = judgement->reviewer == count->consensus;
    take_reason_and_level(outcome, judgement, consensus);
    outcome->line = outcome->line ? outcome->line : judgement->line;
    outcome->consensus |= consensus;
    if (consensus) {
        outcome->settled = judgement->decision;
        return;
    }
    outcome->judges++;
    outcome->includes += judgement->decision == QC_INCLUDE;
    outcome->excludes += judgement->decision == QC_EXCLUDE;
}

static bool open_count(counting *count, const qcode_screening *screening, const qcode_memory *memory, qcode_error *err)
{
    size_t bytes;
    *count = (counting){.screening = screening, .memory = memory};
    count->consensus = qc_set_find(&screening->reviewers, QC_CONSENSUS, strlen(QC_CONSENSUS));
    if (qc_multiply(screening->studies.count + 1, QC_STAGES * sizeof *count->outcomes, &bytes))
        count->outcomes = qc_resize(memory, NULL, bytes);
    count->table = count->outcomes ? qc_table_new(memory) : NULL;
    if (!count->table)
        return qc_no_memory(err);
    memset(count->outcomes, 0, bytes);
    for (size_t i = 0; i < screening->judgement_count; i++)
        take_judgement(count, &screening->judgements[i]);
    return true;
}

/* The table, when it is complete. */
static qcode_table *close_count(counting *count, bool done, qcode_error *err)
{
    qc_release(count->memory, count->outcomes);
    if (done && !qc_table_complete(count->table))
        done = qc_no_memory(err);
    if (done)
        return count->table;
    qcode_table_free(count->table);
    return NULL;
}

static void add_row(counting *count, const char *stage, const char *what, const char *detail, size_t studies)
{
    qc_table_add_text(count->table, stage);
    qc_table_add_text(count->table, what);
    qc_table_add_text(count->table, detail);
    qc_table_add_count(count->table, studies);
}

/* How many studies have each of some texts, in the order in which they are met. */
typedef struct sort_counts {
    qc_set texts;
    size_t *counts;
    size_t capacity;
} sort_counts;

static bool add_sort(const counting *count, sort_counts *sorts, const char *text)
{
    bool added = false;
    size_t number = qc_set_add(&sorts->texts, text, strlen(text), &added);
    if (number == SIZE_MAX ||
        !qc_grow(count->memory, &sorts->counts, &sorts->capacity, number + 1, sizeof *sorts->counts))
        return false;
    sorts->counts[number] = added ? 1 : sorts->counts[number] + 1;
    return true;
}

static void put_sorts(counting *count, sort_counts *sorts, const char *stage, const char *what)
{
    for (size_t i = 0; i < sorts->texts.count; i++)
        add_row(count, stage, what, qc_set_at(&sorts->texts, i), sorts->counts[i]);
}

static void clear_sorts(const counting *count, sort_counts *sorts)
{
    qc_set_clear(&sorts->texts);
    qc_release(count->memory, sorts->counts);
}

/* Whether anything is said of a study behind a stage. */
static bool goes_on(const counting *count, size_t study, qc_stage stage)
{
    bool judged = false;
    for (size_t next = (size_t)stage + 1; next < QC_STAGES; next++)
        judged |= is_judged(outcome_of(count, study, (qc_stage)next));
    return judged;
}

static bool put_identified(counting *count)
{
    const qcode_screening *screening = count->screening;
    const char *stage = qc_stage_name(QC_STAGE_IDENTIFICATION);
    sort_counts sources = {.texts = qc_set_init(count->memory)};
    size_t duplicates = 0, waiting = 0;
    bool done = true;
    for (size_t i = 0; done && i < screening->studies.count; i++) {
        const qc_study *study = &screening->found[i];
        duplicates += *study->original != '\0';
        waiting += !*study->original && !goes_on(count, i, QC_STAGE_IDENTIFICATION);
        done = add_sort(count, &sources, *study->source ? study->source : "no source given");
    }
    if (done)
        put_sorts(count, &sources, stage, "identified from");
    clear_sorts(count, &sources);
    add_row(count, stage, "identified", NULL, screening->studies.count);
    add_row(count, stage, "duplicates removed", NULL, duplicates);
    add_row(count, stage, "waiting for the next stage", NULL, waiting);
    return done;
}

/* Why studies were excluded at a stage. */
static bool put_reasons(counting *count, qc_stage stage, const char *what)
{
    sort_counts reasons = {.texts = qc_set_init(count->memory)};
    bool done = true;
    for (size_t i = 0; done && i < count->screening->studies.count; i++) {
        const fate *outcome = outcome_of(count, i, stage);
        if (decision_of(outcome) != QC_EXCLUDE)
            continue;
        const char *reason = outcome->apart ? outcome->apart : outcome->reason;
        done = add_sort(count, &reasons, reason && *reason ? reason : "no reason given");
    }
    if (done)
        put_sorts(count, &reasons, qc_stage_name(stage), what);
    clear_sorts(count, &reasons);
    return done;
}

typedef struct stage_counts {
    size_t judged, excluded, included, undecided, waiting, several, disputed, open;
} stage_counts;

static stage_counts count_stage(const counting *count, qc_stage stage)
{
    stage_counts counts = {0};
    for (size_t i = 0; i < count->screening->studies.count; i++) {
        const fate *outcome = outcome_of(count, i, stage);
        qc_decision decision = decision_of(outcome);
        if (!is_judged(outcome))
            continue;
        counts.judged++;
        counts.excluded += decision == QC_EXCLUDE;
        counts.included += decision == QC_INCLUDE;
        counts.undecided += decision == QC_UNDECIDED;
        counts.waiting += decision == QC_INCLUDE && stage < QC_STAGE_ELIGIBILITY && !goes_on(count, i, stage);
        counts.several += outcome->includes + outcome->excludes > 1;
        counts.disputed += is_disputed(outcome);
        counts.open += is_disputed(outcome) && decision == QC_UNDECIDED;
    }
    return counts;
}

/* What PRISMA calls what enters a stage, and what leaves it there. */
static const struct stage_words {
    const char *judged, *excluded_for, *excluded;
} stage_words[QC_STAGES] = {
    [QC_STAGE_SCREENING] = {"screened", "excluded for", "excluded"},
    [QC_STAGE_RETRIEVAL] = {"sought", "not retrieved for", "not retrieved"},
    [QC_STAGE_ELIGIBILITY] = {"assessed", "excluded for", "excluded"},
};

static bool put_stage(counting *count, qc_stage stage)
{
    const char *name = qc_stage_name(stage);
    const stage_counts counts = count_stage(count, stage);
    if (!counts.judged)
        return true;
    add_row(count, name, stage_words[stage].judged, NULL, counts.judged);
    bool done = put_reasons(count, stage, stage_words[stage].excluded_for);
    add_row(count, name, stage_words[stage].excluded, NULL, counts.excluded);
    add_row(count, name, "undecided", NULL, counts.undecided);
    if (stage < QC_STAGE_ELIGIBILITY)
        add_row(count, name, "waiting for the next stage", NULL, counts.waiting);
    add_row(count, name, "decided by several reviewers", NULL, counts.several);
    add_row(count, name, "of these with different decisions", NULL, counts.disputed);
    add_row(count, name, "of these not settled", NULL, counts.open);
    return done;
}

static void put_included(counting *count)
{
    size_t levels[7] = {0}, included = 0; /* levels[0]: none; levels[6]: reviewers differ */
    for (size_t i = 0; i < count->screening->studies.count; i++) {
        const fate *outcome = outcome_of(count, i, QC_STAGE_ELIGIBILITY);
        if (decision_of(outcome) != QC_INCLUDE)
            continue;
        included++;
        levels[outcome->levels_differ ? 6 : outcome->level]++;
    }
    add_row(count, "included", "included", NULL, included);
    for (size_t level = 1; level < 6; level++) {
        const char digit[] = {(char)('0' + level), '\0'};
        if (levels[level])
            add_row(count, "included", "of level", digit, levels[level]);
    }
    if (levels[6])
        add_row(count, "included", "of level", "reviewers differ", levels[6]);
    if (levels[0] && levels[0] < included)
        add_row(count, "included", "of level", "none given", levels[0]);
}

/* Studies that were decided on although they had gone. */
static void warn_of_returns(const counting *count, qcode_notes *notes)
{
    for (size_t i = 0; i < count->screening->studies.count; i++) {
        const fate *gone = NULL;
        for (size_t stage = QC_STAGE_SCREENING; stage < QC_STAGES; stage++) {
            const fate *outcome = outcome_of(count, i, (qc_stage)stage);
            if (gone && is_judged(outcome))
                qc_note(notes, QCODE_NOTE_WARNING, count->screening->source, outcome->line, 0,
                        "a decision on a study that was excluded at an earlier stage, on line %zu", gone->line);
            gone = decision_of(outcome) == QC_EXCLUDE ? outcome : gone;
        }
    }
}

qcode_table *qcode_screening_flow(const qcode_screening *screening, const qcode_memory *memory, qcode_notes *notes,
                                  qcode_error *err)
{
    counting count;
    bool done = open_count(&count, screening, memory, err);
    if (done) {
        qc_table_add_column(count.table, "stage", QCODE_TYPE_TEXT);
        qc_table_add_column(count.table, "what", QCODE_TYPE_TEXT);
        qc_table_add_column(count.table, "detail", QCODE_TYPE_TEXT);
        qc_table_add_column(count.table, "studies", QCODE_TYPE_INTEGER);
        done = (qc_table_complete(count.table) && put_identified(&count) && put_stage(&count, QC_STAGE_SCREENING) &&
                put_stage(&count, QC_STAGE_RETRIEVAL) && put_stage(&count, QC_STAGE_ELIGIBILITY)) ||
               qc_no_memory(err);
    }
    if (done) {
        put_included(&count);
        warn_of_returns(&count, notes);
        done = !notes || qcode_notes_complete(notes) || qc_no_memory(err);
    }
    return close_count(&count, done, err);
}

/* The judgement of each reviewer on each study and stage, as cells. */
typedef struct side_by_side {
    const qc_judgement **cells; /* of the studies and stages that several reviewers decided on */
    size_t *rows;               /* of each study and stage; SIZE_MAX: none */
    size_t row_count;
} side_by_side;

static bool place_judgements(const counting *count, side_by_side *sides)
{
    const qcode_screening *screening = count->screening;
    size_t places = screening->studies.count * QC_STAGES, width = screening->reviewers.count, bytes, cells;
    if (!qc_multiply(places + 1, sizeof *sides->rows, &bytes) || !(sides->rows = qc_resize(count->memory, NULL, bytes)))
        return false;
    for (size_t i = 0; i < places; i++)
        sides->rows[i] = count->outcomes[i].includes + count->outcomes[i].excludes > 1 ? sides->row_count++ : SIZE_MAX;
    if (!qc_multiply(sides->row_count + 1, width + 1, &cells) || !qc_multiply(cells, sizeof *sides->cells, &bytes) ||
        !(sides->cells = qc_resize(count->memory, NULL, bytes)))
        return false;
    for (size_t i = 0; i < cells; i++)
        sides->cells[i] = NULL;
    for (size_t i = 0; i < screening->judgement_count; i++) {
        const qc_judgement *judgement = &screening->judgements[i];
        size_t row = sides->rows[judgement->study * QC_STAGES + judgement->stage];
        if (row != SIZE_MAX)
            sides->cells[row * width + judgement->reviewer] = judgement;
    }
    return true;
}

static void add_judgement(qcode_table *table, const qc_judgement *judgement, qc_buffer *text)
{
    static const char *const words[] = {"undecided", "include", "exclude"};
    if (!judgement) {
        qc_table_add_missing(table);
        return;
    }
    text->length = 0;
    qc_buffer_print(text, "%s%s%s", words[judgement->decision], *judgement->reason ? ": " : "", judgement->reason);
    if (judgement->level)
        qc_buffer_print(text, " (level %u)", judgement->level);
    qc_table_add_text(table, qc_buffer_text(text));
}

static bool put_sides(counting *count, const side_by_side *sides)
{
    const qcode_screening *screening = count->screening;
    size_t width = screening->reviewers.count;
    qc_buffer text = qc_buffer_init(count->memory);
    for (size_t i = 0; i < screening->studies.count * QC_STAGES; i++) {
        size_t row = sides->rows[i];
        if (row == SIZE_MAX)
            continue;
        qc_table_add_text(count->table, qc_set_at(&screening->studies, i / QC_STAGES));
        qc_table_add_text(count->table, qc_stage_name((qc_stage)(i % QC_STAGES)));
        qc_table_add_yes_no(count->table, is_disputed(&count->outcomes[i]));
        for (size_t k = 0; k < width; k++)
            add_judgement(count->table, sides->cells[row * width + k], &text);
    }
    bool done = !text.failed;
    qc_buffer_clear(&text);
    return done;
}

qcode_table *qcode_screening_reviewers(const qcode_screening *screening, const qcode_memory *memory, qcode_error *err)
{
    counting count;
    side_by_side sides = {.cells = NULL};
    bool done = open_count(&count, screening, memory, err);
    if (done) {
        qc_table_add_column(count.table, "study", QCODE_TYPE_TEXT);
        qc_table_add_column(count.table, "stage", QCODE_TYPE_TEXT);
        qc_table_add_column(count.table, "differ", QCODE_TYPE_YES_NO);
        for (size_t i = 0; i < screening->reviewers.count; i++)
            qc_table_add_column(count.table, qc_set_at(&screening->reviewers, i), QCODE_TYPE_TEXT);
        done = (qc_table_complete(count.table) && place_judgements(&count, &sides) && put_sides(&count, &sides)) ||
               qc_no_memory(err);
    }
    qc_release(memory, sides.cells);
    qc_release(memory, sides.rows);
    return close_count(&count, done, err);
}
