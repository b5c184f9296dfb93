/* Each character of what is said as a unit: all documents in scope as one continuum. */
#include "base/error.h"
#include "base/place.h"
#include "work/comparing.h"

#include <stdlib.h>

/* Code points of the documents before, and of this one up to a byte. */
typedef struct ruler {
    qc_comparing *c;
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

/* What is said in the documents in scope; those without units have no stretch. */
static bool lay_stretches(qc_comparing *c, qc_buffer *stretches, qc_buffer *starts)
{
    const qc_judged_piece *pieces = (const void *)c->units.pieces.data;
    size_t count = c->units.pieces.length / sizeof *pieces, documents = qcode_coders_document_count(c->coders);
    ruler at = {.c = c, .document = SIZE_MAX};
    for (size_t document = 0, i = 0; document < documents; document++) {
        bool in_scope = enter(&at, document);
        qc_buffer_append(starts, &at.before, sizeof at.before);
        for (; i < count && pieces[i].document == document; i++) {
            const qcode_stretch stretch = {measure(&at, pieces[i].span.start), measure(&at, pieces[i].span.end),
                                           c->cluster[document]};
            if (in_scope)
                qc_buffer_append(stretches, &stretch, sizeof stretch);
        }
    }
    size_t end = at.document == SIZE_MAX ? 0 : at.before + at.length;
    return qc_buffer_append(starts, &end, sizeof end) && !stretches->failed;
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

/* The passages of one code; those of one coder that touch are one. */
static bool lay_spans(qc_comparing *c, size_t code, size_t a, size_t b, const size_t *starts, qc_buffer *spans)
{
    size_t count;
    const qcode_passage *passages = qcode_coders_passages(c->coders, &count);
    ruler at = {.c = c, .document = SIZE_MAX};
    for (size_t i = 0; i < count; i++) {
        const qcode_passage *passage = &passages[i];
        size_t coder = place_of(c, passage->coder, a, b);
        if (passage->code != c->code[code] || coder == SIZE_MAX || !c->in_scope[passage->document])
            continue;
        enter(&at, passage->document);
        at.before = starts[passage->document];
        qcode_coded span = {.coder = coder, .start = measure(&at, passage->span.start),
                            .end = measure(&at, passage->span.end)};
        qcode_coded *last = spans->length ? (qcode_coded *)(void *)(spans->data + spans->length) - 1 : NULL;
        if (last && last->coder == coder && last->start <= span.start && span.start <= last->end)
            last->end = span.end > last->end ? span.end : last->end;
        else if (!qc_buffer_append(spans, &span, sizeof span))
            return false;
    }
    return true;
}

qcode_tally *qc_tally_by_character(qc_comparing *c, size_t code, size_t a, size_t b)
{
    qc_buffer stretches = qc_buffer_init(c->memory), starts = qc_buffer_init(c->memory);
    qc_buffer spans = qc_buffer_init(c->memory);
    qcode_tally *tally = NULL;
    if (lay_stretches(c, &stretches, &starts) &&
        lay_spans(c, code, a, b, (const void *)starts.data, &spans)) {
        const size_t *ends = (const void *)starts.data;
        const qcode_continuum continuum = {.length = ends[qcode_coders_document_count(c->coders)],
                                           .coders = a == QC_ALL_CODERS ? c->coder_count : 2,
                                           .codes = 1,
                                           .spans = (const void *)spans.data,
                                           .count = spans.length / sizeof(qcode_coded)};
        tally = qcode_tally_characters(&continuum, 0, (const void *)stretches.data,
                                       stretches.length / sizeof(qcode_stretch), c->cluster_count, c->memory, c->err);
    } else {
        qc_no_memory(c->err);
    }
    qc_buffer_clear(&stretches);
    qc_buffer_clear(&starts);
    qc_buffer_clear(&spans);
    return tally;
}
