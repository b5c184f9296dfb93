/* What is known of units that a coder gave no code: judged and not coded, unsure, or never looked at. */
#include "model/coders.h"

#include <stdlib.h>

static int compare_numbers(const size_t *a, const size_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int compare_judgements(const void *a, const void *b)
{
    const qc_judgement *one = a, *two = b;
    const size_t x[] = {one->document, one->coder, one->span.start, one->span.end, one->code};
    const size_t y[] = {two->document, two->coder, two->span.start, two->span.end, two->code};
    return compare_numbers(x, y, sizeof x / sizeof *x);
}

static int compare_asked(const void *a, const void *b)
{
    return compare_numbers(a, b, 3);
}

bool qc_coders_judged(qcode_coders *coders, const qc_judgement *judgement)
{
    return qc_buffer_append(&coders->judged, judgement, sizeof *judgement);
}

bool qc_coders_asked(qcode_coders *coders, size_t coder, size_t document, size_t code)
{
    const size_t asked[] = {coder, document, code};
    return qc_buffer_append(&coders->asked, asked, sizeof asked);
}

void qc_coders_sort_judgements(qcode_coders *coders)
{
    size_t judged = coders->judged.length / sizeof(qc_judgement), asked = coders->asked.length / (3 * sizeof(size_t));
    if (judged)
        qsort(coders->judged.data, judged, sizeof(qc_judgement), compare_judgements);
    if (asked)
        qsort(coders->asked.data, asked, 3 * sizeof(size_t), compare_asked);
}

/* The first one that is not before a coder's in a document. */
static size_t first_of(const qcode_coders *coders, size_t coder, size_t document)
{
    const qc_judgement *judged = (const void *)coders->judged.data, first = {document, coder, 0, {0, 0}};
    size_t low = 0, high = coders->judged.length / sizeof *judged;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_judgements(&judged[middle], &first) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const qc_judgement *qc_coders_judgements(const qcode_coders *coders, size_t coder, size_t document, size_t *count)
{
    size_t first = first_of(coders, coder, document), end = first_of(coders, coder + 1, document);
    *count = end - first;
    return *count ? (const qc_judgement *)(const void *)coders->judged.data + first : NULL;
}

bool qc_coders_was_asked(const qcode_coders *coders, size_t coder, size_t document, size_t code)
{
    const size_t wanted[] = {coder, document, code};
    const size_t *all = (const void *)coders->asked.data;
    size_t low = 0, high = coders->asked.length / sizeof wanted;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_asked(all + 3 * middle, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const size_t *at = low * sizeof wanted < coders->asked.length ? all + 3 * low : NULL;
    const size_t *before = low ? all + 3 * (low - 1) : NULL;
    if (at && compare_asked(at, wanted) == 0)
        return true;
    return !(at && compare_numbers(at, wanted, 2) == 0) && !(before && compare_numbers(before, wanted, 2) == 0);
}
