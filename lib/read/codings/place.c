/* Placing codings: by position where the quoted words stand there, else by another way of counting, else by words. */
#include "read/codings/place.h"
#include "base/error.h"
#include "model/shown.h"
#include "read/codings/anchor.h"
#include "read/codings/code_names.h"
#include "read/tally.h"

#include <string.h>

typedef struct placing {
    qcode_coders *coders;
    qc_coding_rows *rows;
    const char *source, *coder, *nameless;
    qcode_notes *notes;
    size_t number;      /* of the source */
    qc_anchor *anchors; /* for each document; made when it is needed */
    bool *made;
    size_t *documents; /* for each row; SIZE_MAX: none */
    qc_code_names codes;
    qc_convention convention;
    qc_tally moved, unproved, reworded;
    size_t asked_coder, asked_document; /* of the judgement before */
    qc_arena arena;
} placing;

static qc_coding_row *row_at(const placing *p, size_t index)
{
    return (qc_coding_row *)(void *)p->rows->rows.data + index;
}

static size_t row_count(const placing *p)
{
    return p->rows->rows.length / sizeof(qc_coding_row);
}

static qc_anchor *anchor_of(placing *p, size_t document)
{
    qc_anchor *anchor = &p->anchors[document];
    if (!p->made[document]) {
        p->made[document] = true;
        if (!qc_anchor_init(anchor, p->coders->documents[document], p->coders->memory))
            return NULL;
    }
    return anchor;
}

/* Finds each row's document. A name that fits none is told once, with how many rows name it. */
static bool find_documents(placing *p)
{
    bool done = true;
    qc_set lost = qc_set_init(p->coders->memory);
    qc_buffer tallies = qc_buffer_init(p->coders->memory); /* of pairs: first line, rows */
    for (size_t i = 0; done && i < row_count(p); i++) {
        const qc_coding_row *row = row_at(p, i);
        bool alone = (!*row->document || row->may_be_other) && p->coders->document_count == 1, is_new;
        p->documents[i] = qc_coders_match_document(p->coders, row->document);
        if (p->documents[i] == SIZE_MAX && alone)
            p->documents[i] = 0;
        if (p->documents[i] != SIZE_MAX)
            continue;
        const size_t pair[] = {row->line, 0};
        size_t at = qc_set_add(&lost, row->document, strlen(row->document), &is_new);
        done = at != SIZE_MAX && (!is_new || qc_buffer_append(&tallies, pair, sizeof pair));
        if (done)
            ((size_t *)(void *)tallies.data)[2 * at + 1]++;
    }
    const size_t *pairs = (const void *)tallies.data;
    for (size_t i = 0; done && i < lost.count; i++)
        qc_note(p->notes, QCODE_NOTE_SKIPPED, p->source, pairs[2 * i], 0,
                "no transcript, or more than one, goes by the name \"%s\": left out %zu row%s of it",
                qc_set_at(&lost, i), pairs[2 * i + 1], pairs[2 * i + 1] == 1 ? "" : "s");
    qc_buffer_clear(&tallies);
    qc_set_clear(&lost);
    return done;
}

static qcode_span span_at(const qc_anchor *anchor, qc_convention convention, size_t start, size_t end)
{
    qcode_span span = {qc_offsets_byte(&anchor->offsets, convention, start), qc_offsets_byte(&anchor->offsets, convention, end)};
    return span.start == SIZE_MAX || span.end == SIZE_MAX || span.start >= span.end ? (qcode_span){0, 0} : span;
}

static bool is_placed_by_number(const qc_coding_row *row)
{
    return row->start != QC_NO_OFFSET && row->end != QC_NO_OFFSET;
}

static bool tell_convention(placing *p)
{
    qc_buffer words = qc_buffer_init(p->coders->memory);
    bool done = qc_convention_tell(p->convention, &words) && qc_buffer_text(&words);
    if (done)
        qc_note(p->notes, QCODE_NOTE_GUESS, p->source, 0, 0, "places are counted in %s, as the quoted words show",
                words.data);
    qc_buffer_clear(&words);
    return done;
}

/* Whether the text is a stand-in, which has no words to prove a place by. */
static bool has_no_words(const qcode_transcript *talk)
{
    return strcmp(qcode_transcript_format(talk), QCODE_FORMAT_OF_PLACES) == 0;
}

/* The way of counting under which most quoted words stand where they are said to. */
static bool choose_convention(placing *p)
{
    size_t points[QC_CONVENTIONS] = {0}, best = 0;
    for (size_t i = 0; i < row_count(p); i++) {
        const qc_coding_row *row = row_at(p, i);
        if (p->documents[i] == SIZE_MAX || !is_placed_by_number(row) || !*row->text)
            continue;
        qc_anchor *anchor = anchor_of(p, p->documents[i]);
        for (size_t k = 0; anchor && !has_no_words(anchor->talk) && k < QC_CONVENTIONS; k++) {
            qc_fit fit;
            if (!qc_anchor_fits(anchor, span_at(anchor, qc_convention_at(k), row->start, row->end), row->text, &fit))
                return false;
            points[k] += (size_t)fit;
        }
        if (!anchor)
            return false;
    }
    for (size_t k = 1; k < QC_CONVENTIONS; k++)
        if (points[k] > points[best])
            best = k;
    p->convention = qc_convention_at(best);
    return best == 0 || tell_convention(p);
}

/* That a coder judged a stretch, or is unsure of a code there. Who judged was asked for certain codes of the document. */
static bool add_judgement(placing *p, const qcode_passage *place, qc_mark_kind kind)
{
    qcode_coders *coders = p->coders;
    const qc_judgement judgement = {place->document, place->coder, kind == QC_MARK_BLANK ? QC_NOT_JUDGED : place->code,
                                    place->span};
    bool done = qc_coders_judged(coders, &judgement) &&
                (kind == QC_MARK_BLANK || qc_coders_saw(coders, place->coder, place->document));
    if (kind != QC_MARK_JUDGED || (p->asked_coder == place->coder && p->asked_document == place->document))
        return done;
    p->asked_coder = place->coder;
    p->asked_document = place->document;
    for (size_t i = 0; done && i < p->rows->asked_count; i++)
        done = qc_coders_asked(coders, place->coder, place->document, qc_code_names_at(&p->codes, p->rows->asked[i]));
    return done;
}

static bool add_span(placing *p, size_t index, qcode_span span)
{
    const qc_coding_row *row = row_at(p, index);
    const qc_coding_mark *marks = (const void *)p->rows->marks.data;
    qcode_coders *coders = p->coders;
    const qcode_listed listed = {p->documents[index], p->number, span, row->line};
    bool done = !row->is_unit || qc_coders_listed(coders, &listed);
    for (size_t i = row->first_mark; done && i < row->first_mark + row->mark_count; i++) {
        const char *coder = p->coder ? p->coder : marks[i].coder ? marks[i].coder : p->nameless;
        size_t code = marks[i].code ? qc_code_names_at(&p->codes, marks[i].code) : SIZE_MAX;
        const qcode_passage passage = {p->documents[index], qc_coders_coder(coders, coder, strlen(coder)), code,
                                       p->number, span, row->line, row->basis};
        done = passage.coder != SIZE_MAX && (code != SIZE_MAX || !marks[i].code) &&
               (marks[i].kind == QC_MARK_CODED ? qc_coders_passage(coders, &passage)
                                               : add_judgement(p, &passage, marks[i].kind));
    }
    return done;
}

static void tell_lost(const placing *p, const qc_coding_row *row, const char *why)
{
    qc_note(p->notes, QCODE_NOTE_SKIPPED, p->source, row->line, 0, "%s: not placed in \"%s\"", why, row->document);
}

/* A piece of what stands at a place that was proved. */
static bool add_pieces(placing *p, size_t index, const qc_anchor *anchor)
{
    const qc_coding_row *row = row_at(p, index);
    bool done = true;
    for (size_t i = 0; done && i < row->pieces.count; i++) {
        qcode_span span = span_at(anchor, p->convention, row->pieces.at[i].start, row->pieces.at[i].end);
        if (!span.end)
            tell_lost(p, row, "one of its pieces lies beyond the text");
        done = !span.end || add_span(p, index, span);
    }
    return done;
}

static bool fits_pieces(placing *p, const qc_coding_row *row, qc_anchor *anchor, qc_fit *fit)
{
    qc_buffer words = qc_buffer_init(p->coders->memory);
    bool done = true;
    *fit = QC_FIT_NOT;
    for (size_t i = 0; i < row->pieces.count; i++) {
        qcode_span span = span_at(anchor, p->convention, row->pieces.at[i].start, row->pieces.at[i].end);
        qc_buffer_append(&words, anchor->text + span.start, span.end - span.start);
        qc_buffer_byte(&words, ' ');
    }
    const char *joined = qc_buffer_text(&words);
    done = joined && qc_same_letters(anchor, joined, row->text, fit);
    qc_buffer_clear(&words);
    return done;
}

/* Whether words are kept back at a place, so that those of a coder cannot be held against them. */
static bool is_masked(const qc_anchor *anchor, qcode_span span)
{
    const char *at = anchor->text + span.start, *end = anchor->text + span.end;
    while (at < end && (at = memchr(at, *QC_MASK, (size_t)(end - at))) && strncmp(at, QC_MASK, sizeof QC_MASK - 1) != 0)
        at++;
    return at && at < end;
}

static bool place_numbered(placing *p, size_t index, qc_anchor *anchor)
{
    const qc_coding_row *row = row_at(p, index);
    if (has_no_words(anchor->talk)) {
        qcode_span place = span_at(anchor, qc_convention_at(0), row->start, row->end);
        if (!place.end)
            tell_lost(p, row, "its end does not lie behind its start");
        return !place.end || (row->pieces.count > 1 ? add_pieces(p, index, anchor) : add_span(p, index, place));
    }
    qcode_span span = span_at(anchor, p->convention, row->start, row->end), found;
    qc_fit fit;
    if (!qc_anchor_fits(anchor, span, row->text, &fit) ||
        (fit == QC_FIT_NOT && row->pieces.count > 1 && !fits_pieces(p, row, anchor, &fit)))
        return false;
    bool quoted = qc_has_letters(row->text) && (fit != QC_FIT_NOT || !is_masked(anchor, span));
    if (span.end && row->hash && strcmp(row->hash, qcode_transcript_hash(anchor->talk)) == 0) {
        if (!fit && quoted)
            qc_tally_at(&p->reworded, p->notes, p->source, row->line);
        return row->pieces.count > 1 ? add_pieces(p, index, anchor) : add_span(p, index, span);
    }
    if (span.end && (fit || !quoted)) {
        if (!quoted)
            qc_tally_at(&p->unproved, p->notes, p->source, row->line);
        return row->pieces.count > 1 ? add_pieces(p, index, anchor) : add_span(p, index, span);
    }
    if (!quoted) {
        tell_lost(p, row, "the place lies beyond the text");
        return true;
    }
    if (!qc_anchor_find(anchor, row->text, span.end ? span.start : row->start, &found))
        return false;
    if (!found.end) {
        tell_lost(p, row, "the quoted words stand neither at the place nor anywhere else");
        return true;
    }
    qc_tally_at(&p->moved, p->notes, p->source, row->line);
    return add_span(p, index, found);
}

static bool place_words(placing *p, size_t index, qc_anchor *anchor)
{
    const qc_coding_row *row = row_at(p, index);
    qcode_span found;
    if (!qc_has_letters(row->text)) {
        if (row->mark_count)
            tell_lost(p, row, "neither a place nor words to find it by");
        return true;
    }
    bool done = row->is_unit || row->turn ? qc_anchor_next(anchor, row->text, row->turn, &found)
                                          : qc_anchor_find(anchor, row->text, 0, &found);
    if (done && !found.end)
        tell_lost(p, row, "its words stand nowhere");
    return done && (!found.end || add_span(p, index, found));
}

static bool place_row(placing *p, size_t index)
{
    if (p->documents[index] == SIZE_MAX)
        return true;
    qc_anchor *anchor = anchor_of(p, p->documents[index]);
    return anchor && (is_placed_by_number(row_at(p, index)) ? place_numbered(p, index, anchor)
                                                            : place_words(p, index, anchor));
}

/* Those with a column of their own have looked at every unit that is listed; of others it is said. */
static bool tell_who_saw(placing *p)
{
    bool done = true;
    for (size_t k = 0; done && k < p->rows->column_count; k++) {
        const char *name = p->coder ? p->coder : p->rows->columns[k];
        size_t coder = qc_coders_coder(p->coders, name, strlen(name));
        done = coder != SIZE_MAX;
        for (size_t i = 0; done && i < row_count(p); i++)
            done = p->documents[i] == SIZE_MAX || qc_coders_saw(p->coders, coder, p->documents[i]);
    }
    const qc_coding_saw *saw = (const void *)p->rows->saw.data;
    for (size_t i = 0; done && i < p->rows->saw.length / sizeof *saw; i++) {
        const char *name = p->coder ? p->coder : saw[i].coder ? saw[i].coder : p->nameless;
        size_t coder = qc_coders_coder(p->coders, name, strlen(name));
        size_t document = qc_coders_match_document(p->coders, saw[i].document);
        done = coder != SIZE_MAX && (document == SIZE_MAX || qc_coders_saw(p->coders, coder, document));
    }
    return done;
}

bool qc_place_rows(qcode_coders *coders, qc_coding_rows *rows, const char *source, const char *coder,
                   const char *nameless, qcode_notes *notes)
{
    placing p = {.coders = coders,
                 .rows = rows,
                 .source = source,
                 .coder = coder,
                 .nameless = nameless,
                 .notes = notes,
                 .number = qc_coders_source(coders, source),
                 .moved = {QCODE_NOTE_REPLACED, "the quoted words stand elsewhere than it says: placed by its words", 0, 0},
                 .unproved = {QCODE_NOTE_GUESS, "there are no words to prove the place by: taken as it is", 0, 0},
                 .codes = qc_code_names_init(coders->memory),
                 .reworded = {QCODE_NOTE_REPLACED, "the words are not those of the transcript, which has not changed: placed by its numbers", 0, 0},
                 .asked_coder = SIZE_MAX,
                 .arena = qc_arena_init(coders->memory)};
    p.anchors = qc_arena_take_array(&p.arena, coders->document_count, sizeof *p.anchors);
    p.made = qc_arena_take_array(&p.arena, coders->document_count, sizeof *p.made);
    p.documents = qc_arena_take_array(&p.arena, row_count(&p), sizeof *p.documents);
    bool done = p.number != SIZE_MAX && p.anchors && p.made && p.documents && find_documents(&p) &&
                tell_who_saw(&p) && qc_code_names_find(&p.codes, coders, rows, source, notes) && choose_convention(&p);
    for (size_t i = 0; done && i < row_count(&p); i++)
        done = place_row(&p, i);
    qc_tally_end(&p.moved, notes, source);
    qc_tally_end(&p.unproved, notes, source);
    qc_tally_end(&p.reworded, notes, source);
    for (size_t i = 0; p.made && i < coders->document_count; i++)
        if (p.made[i])
            qc_anchor_clear(&p.anchors[i]);
    qc_code_names_clear(&p.codes);
    qc_arena_clear(&p.arena);
    return done;
}
