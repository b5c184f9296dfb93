/* How each source of a project counts its places, and from then on code points. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/projects/project.h"
#include "read/tally.h"
#include "text/words.h"

typedef struct settling {
    qc_project *project;
    const char *path;
    qcode_notes *notes;
    const qcode_memory *memory;
    qc_buffer first;   /* size_t: for each source and behind the last, where its codings begin in `order` */
    qc_buffer order;   /* size_t: codings by source */
    int64_t all[QC_CONVENTIONS];
    int64_t *points;   /* for each source, of each convention */
    qc_tally moved, lost;
} settling;

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The length of a quotation without dots that say it was cut short. */
static size_t whole_length(const char *words)
{
    size_t length = strlen(words);
    while (length && (is_white(words[length - 1]) || words[length - 1] == '.'))
        length--;
    if (length > 2 && memcmp(words + length - 3, "\xE2\x80\xA6", 3) == 0)
        length -= 3;
    return length;
}

/* Whether a text begins with some words, white space apart. */
static bool begins_with(const char *text, size_t length, const char *words)
{
    size_t size = whole_length(words), at = 0, any = 0;
    for (size_t i = 0; i < size; i++) {
        if (is_white(words[i]))
            continue;
        while (at < length && is_white(text[at]))
            at++;
        if (at == length || text[at++] != words[i])
            return false;
        any++;
    }
    return any > 0;
}

static bool is_space_at(const char *text, size_t length, size_t at)
{
    return at < length && qc_is_space(qc_utf8_next(text, length, &at));
}

static bool is_space_before(const char *text, size_t at)
{
    return at && qc_is_space(qc_utf8_previous(text, &at));
}

enum { FOR_WORDS = 8, FOR_EDGE = 1 };

/* How well a span looks like one that a person marked: its words stand there, and no word is cut. */
static int64_t judge(const qc_project_source *source, qcode_span span, const char *words)
{
    if (span.start >= span.end || span.end > source->length)
        return -FOR_WORDS;
    int64_t points = begins_with(source->text + span.start, span.end - span.start, words) ? FOR_WORDS : 0;
    points += qc_word_edge_before(source->text, span.start) && !is_space_at(source->text, source->length, span.start)
                  ? FOR_EDGE : 0;
    points += qc_word_edge_after(source->text, source->length, span.end) && !is_space_before(source->text, span.end)
                  ? FOR_EDGE : 0;
    return points;
}

static qcode_span span_of(const qc_offsets *offsets, qc_convention how, const qc_project_coding *coding)
{
    qcode_span span = {qc_offsets_byte(offsets, how, coding->start), qc_offsets_byte(offsets, how, coding->end)};
    bool none = span.start == SIZE_MAX || span.end == SIZE_MAX || span.start >= span.end;
    return none ? (qcode_span){0, 0} : span;
}

/* Puts the codings in the order of their sources, by counting. */
static bool sort_codings(settling *s)
{
    size_t sources = qc_project_source_count(s->project), codings = qc_project_coding_count(s->project);
    size_t *first = qc_arena_take_array(&s->project->arena, sources + 2, sizeof *first);
    if (!first || !qc_buffer_reserve(&s->order, (codings + 1) * sizeof(size_t)))
        return false;
    for (size_t i = 0; i < codings; i++)
        first[qc_project_coding_at(s->project, i)->source + 2]++;
    for (size_t i = 2; i < sources + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < codings; i++)
        ((size_t *)(void *)s->order.data)[first[qc_project_coding_at(s->project, i)->source + 1]++] = i;
    return qc_buffer_append(&s->first, first, (sources + 1) * sizeof *first);
}

static qc_project_coding *coding_of(const settling *s, size_t source, size_t index)
{
    const size_t *first = (const void *)s->first.data, *order = (const void *)s->order.data;
    return first[source] + index < first[source + 1]
               ? qc_project_coding_at(s->project, order[first[source] + index]) : NULL;
}

static bool is_numbered(const qc_project_coding *coding)
{
    return coding->start != QC_NO_OFFSET && coding->end != QC_NO_OFFSET;
}

/* What each way of counting has for it in a source. */
static bool weigh(settling *s, size_t number)
{
    const qc_project_source *source = qc_project_source_at(s->project, number);
    int64_t *points = s->points + number * QC_CONVENTIONS;
    qc_offsets offsets;
    bool done = !source->text || qc_offsets_init(&offsets, source->text, source->length, s->memory);
    const qc_project_coding *coding;
    for (size_t i = 0; source->text && done && (coding = coding_of(s, number, i)); i++)
        for (size_t k = 0; is_numbered(coding) && k < QC_CONVENTIONS; k++)
            points[k] += judge(source, span_of(&offsets, qc_convention_at(k), coding), coding->words);
    for (size_t k = 0; k < QC_CONVENTIONS; k++)
        s->all[k] += points[k];
    if (source->text)
        qc_offsets_clear(&offsets);
    return done;
}

/* The best of a source; where it cannot tell, the best of all sources; and then what the format's own way is. */
static size_t best_of(const settling *s, size_t source)
{
    const int64_t *points = s->points + source * QC_CONVENTIONS;
    size_t best = qc_convention_index(s->project->preferred);
    for (size_t k = 0; k < QC_CONVENTIONS; k++)
        if (points[k] > points[best] || (points[k] == points[best] && s->all[k] > s->all[best]))
            best = k;
    return best;
}

/* Where quoted words stand, as near to a byte as they do; an empty span when nowhere. Words are found to the letter, white
 * space included: what is not so is found later, by its letters, in the transcript. */
static qcode_span find_words(const qc_project_source *source, const char *words, size_t near)
{
    size_t length = strlen(words), best = SIZE_MAX;
    if (!length)
        return (qcode_span){0, 0};
    for (const char *at = source->text; (at = strstr(at, words)); at += length) {
        size_t here = (size_t)(at - source->text);
        if (best != SIZE_MAX && (here > near ? here - near : near - here) >= (best > near ? best - near : near - best))
            break;
        best = here;
    }
    return best == SIZE_MAX ? (qcode_span){0, 0} : (qcode_span){best, best + length};
}

static bool keep_words(settling *s, const qc_offsets *offsets, qcode_span span, qc_project_coding *coding)
{
    coding->start = qc_offsets_points(offsets, span.start);
    coding->end = qc_offsets_points(offsets, span.end);
    coding->words = qc_arena_copy(&s->project->arena, offsets->text + span.start, span.end - span.start);
    return coding->words != NULL;
}

static bool settle_coding(settling *s, const qc_project_source *source, const qc_offsets *offsets, qc_convention how,
                          qc_project_coding *coding)
{
    qcode_span span = is_numbered(coding) ? span_of(offsets, how, coding) : (qcode_span){0, 0};
    bool quoted = whole_length(coding->words) > 0;
    if (!span.end || (quoted && !begins_with(source->text + span.start, span.end - span.start, coding->words))) {
        qcode_span found = find_words(source, coding->words, span.start);
        if (found.end && is_numbered(coding))
            qc_tally_at(&s->moved, s->notes, s->path, coding->line);
        if (!found.end && !quoted)
            qc_tally_at(&s->lost, s->notes, s->path, coding->line);
        if (!found.end) {
            coding->start = coding->end = QC_NO_OFFSET;
            return true;
        }
        span = found;
    }
    return keep_words(s, offsets, span, coding);
}

static bool settle_source(settling *s, size_t number)
{
    const qc_project_source *source = qc_project_source_at(s->project, number);
    qc_project_coding *coding;
    if (!source->text)
        return true;
    size_t best = best_of(s, number);
    qc_offsets offsets;
    bool done = qc_offsets_init(&offsets, source->text, source->length, s->memory);
    for (size_t i = 0; done && (coding = coding_of(s, number, i)); i++)
        done = settle_coding(s, source, &offsets, qc_convention_at(best), coding);
    qc_offsets_clear(&offsets);
    qc_buffer words = qc_buffer_init(s->memory);
    if (done && best && coding_of(s, number, 0)) {
        done = qc_convention_tell(qc_convention_at(best), &words) && qc_buffer_text(&words);
        if (done)
            qc_note(s->notes, QCODE_NOTE_GUESS, s->path, 0, 0, "places in \"%s\" are counted in %s", source->name,
                    words.data);
    }
    qc_buffer_clear(&words);
    return done;
}

bool qc_project_settle(qc_project *project, const char *path, qcode_notes *notes, qcode_error *err)
{
    const qcode_memory *memory = project->arena.memory;
    settling s = {.project = project,
                  .path = path,
                  .notes = notes,
                  .memory = memory,
                  .first = qc_buffer_init(memory),
                  .order = qc_buffer_init(memory),
                  .moved = {QCODE_NOTE_REPLACED, "the quoted words stand elsewhere than it says: placed by its words", 0, 0},
                  .lost = {QCODE_NOTE_SKIPPED, "a passage lies beyond its text, and no words are quoted: not placed", 0, 0}};
    size_t sources = qc_project_source_count(project);
    s.points = qc_arena_take_array(&project->arena, sources * QC_CONVENTIONS + 1, sizeof *s.points);
    bool done = s.points && sort_codings(&s);
    for (size_t i = 0; done && i < sources; i++)
        done = weigh(&s, i);
    for (size_t i = 0; done && i < sources; i++)
        done = settle_source(&s, i);
    qc_tally_end(&s.moved, notes, path);
    qc_tally_end(&s.lost, notes, path);
    qc_buffer_clear(&s.first);
    qc_buffer_clear(&s.order);
    return done || qc_no_memory(err);
}
