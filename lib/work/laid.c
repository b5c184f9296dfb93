/* Documents end to end, and the passages of coders on them. */
#include "work/laid.h"
#include "base/error.h"
#include "base/place.h"

#include <stdlib.h>

/* Code points of the documents before, and of this one up to a byte. */
typedef struct ruler {
    const qc_comparing *c;
    size_t document, before, length;
    qc_walker walker;
} ruler;

static bool enter(ruler *at, size_t document)
{
    size_t length;
    if (document == at->document)
        return at->c->in_scope[document];
    at->before += at->document == SIZE_MAX ? 0 : at->length;
    const char *text = qcode_transcript_text(qcode_coders_document(at->c->coders, document), &length);
    at->walker = qc_walker_init(text, length);
    at->length = qc_walker_at(&at->walker, length).character;
    at->document = document;
    return at->c->in_scope[document];
}

static size_t measure(ruler *at, size_t byte)
{
    return at->before + qc_walker_at(&at->walker, byte).character;
}

bool qc_laid_init(qc_laid *laid, qc_comparing *c)
{
    const qc_judged_piece *pieces = (const void *)c->units.pieces.data;
    size_t count = c->units.pieces.length / sizeof *pieces, documents = qcode_coders_document_count(c->coders);
    ruler at = {.c = c, .document = SIZE_MAX};
    *laid = (qc_laid){qc_buffer_init(c->memory), qc_buffer_init(c->memory), qc_buffer_init(c->memory)};
    for (size_t document = 0, i = 0; document < documents; document++) {
        bool in_scope = enter(&at, document);
        qc_buffer_append(&laid->starts, &at.before, sizeof at.before);
        for (; i < count && pieces[i].document == document; i++) {
            const qcode_stretch stretch = {measure(&at, pieces[i].span.start), measure(&at, pieces[i].span.end),
                                           c->cluster[document]};
            if (in_scope)
                qc_buffer_append(&laid->stretches, &stretch, sizeof stretch);
        }
    }
    size_t end = at.document == SIZE_MAX ? 0 : at.before + at.length;
    qc_buffer_append(&laid->starts, &end, sizeof end);
    return (!laid->starts.failed && !laid->stretches.failed) || qc_no_memory(c->err);
}

void qc_laid_clear(qc_laid *laid)
{
    qc_buffer_clear(&laid->stretches);
    qc_buffer_clear(&laid->starts);
    qc_buffer_clear(&laid->spans);
}

static size_t place_of(const qc_comparing *c, size_t coder, size_t a, size_t b)
{
    if (a != QC_ALL_CODERS)
        return c->coder[a] == coder ? 0 : c->coder[b] == coder ? 1 : SIZE_MAX;
    size_t at = 0;
    while (c->coder[at] != coder)
        at++;
    return at;
}

static size_t code_place(const qc_comparing *c, size_t code)
{
    size_t at = 0;
    while (c->code[at] != code)
        at++;
    return at;
}

/* Whether anything in scope is said between two places. */
static bool is_said(const qc_laid *laid, size_t start, size_t end)
{
    const qcode_stretch *stretches = (const void *)laid->stretches.data;
    size_t low = 0, count = laid->stretches.length / sizeof *stretches, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stretches[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && stretches[low].start < end;
}

static int by_owner(const void *one, const void *other)
{
    const qcode_coded *x = one, *y = other;
    if (x->coder != y->coder)
        return x->coder < y->coder ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Passages of one coder and code that overlap, or touch, become one. */
static void join_spans(qc_buffer *spans, bool touching)
{
    qcode_coded *list = (void *)spans->data;
    size_t count = spans->length / sizeof *list, kept = 0;
    if (count)
        qsort(list, count, sizeof *list, by_owner);
    for (size_t i = 0; i < count; i++) {
        qcode_coded *last = kept ? &list[kept - 1] : NULL;
        bool same = last && last->coder == list[i].coder && last->code == list[i].code;
        if (same && (list[i].start < last->end || (touching && list[i].start == last->end)))
            last->end = list[i].end > last->end ? list[i].end : last->end;
        else
            list[kept++] = list[i];
    }
    spans->length = kept * sizeof *list;
}

bool qc_laid_passages(qc_laid *laid, qc_comparing *c, size_t code, size_t a, size_t b, bool join)
{
    size_t count;
    const qcode_passage *passages = qcode_coders_passages(c->coders, &count), *last = NULL;
    const size_t *starts = (const void *)laid->starts.data;
    ruler at = {.c = c, .document = SIZE_MAX};
    laid->spans.length = 0;
    for (size_t i = 0; i < count; i++) {
        const qcode_passage *passage = &passages[i];
        size_t coder = place_of(c, passage->coder, a, b);
        if ((code != QC_ALL_CODERS && passage->code != c->code[code]) || coder == SIZE_MAX ||
            !c->in_scope[passage->document])
            continue;
        enter(&at, passage->document);
        at.before = starts[passage->document];
        qcode_coded span = {.coder = coder, .code = code == QC_ALL_CODERS ? code_place(c, passage->code) : 0,
                            .start = measure(&at, passage->span.start), .end = measure(&at, passage->span.end)};
        qcode_coded *before = laid->spans.length ? (qcode_coded *)(void *)(laid->spans.data + laid->spans.length) - 1
                                                 : NULL;
        bool piece = !join && last && last->coder == passage->coder && last->code == passage->code &&
                     last->document == passage->document && last->source == passage->source &&
                     last->line == passage->line;
        if (!is_said(laid, span.start, span.end))
            continue;
        last = passage;
        if (piece)
            before->end = span.end > before->end ? span.end : before->end;
        else if (!qc_buffer_append(&laid->spans, &span, sizeof span))
            return qc_no_memory(c->err);
    }
    join_spans(&laid->spans, join);
    return true;
}

qcode_continuum qc_laid_continuum(const qc_laid *laid, const qc_comparing *c, size_t code, size_t a)
{
    const size_t *starts = (const void *)laid->starts.data;
    return (qcode_continuum){.length = starts[qcode_coders_document_count(c->coders)],
                             .coders = a == QC_ALL_CODERS ? c->coder_count : 2,
                             .codes = code == QC_ALL_CODERS ? c->code_count : 1,
                             .spans = (const void *)laid->spans.data,
                             .count = laid->spans.length / sizeof(qcode_coded)};
}
