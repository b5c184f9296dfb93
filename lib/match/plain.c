/* Terms the plain way: all the places that each byte of the term can reach, from every place where a term may begin. */
#include "match/plain.h"
#include "base/utf8.h"
#include "text/words.h"

qc_plain qc_plain_init(const qcode_memory *memory)
{
    return (qc_plain){.reached = qc_buffer_init(memory), .next = qc_buffer_init(memory)};
}

void qc_plain_clear(qc_plain *plain)
{
    qc_buffer_clear(&plain->reached);
    qc_buffer_clear(&plain->next);
}

/* Places are kept in rising order, each once. */
static void reach(qc_buffer *places, size_t place)
{
    const size_t *at = (const size_t *)(const void *)places->data;
    size_t count = places->length / sizeof place;
    if (!count || at[count - 1] < place)
        qc_buffer_append(places, &place, sizeof place);
}

/* Where one byte of the term leads from one place. */
static void follow(qc_buffer *places, unsigned char byte, const char *text, size_t length, size_t at)
{
    if (byte == QC_TERM_ANY) {
        do
            reach(places, at);
        while (qc_step_word(text, length, &at));
    } else if (byte == QC_TERM_ONE) {
        if (qc_step_letter(text, length, &at))
            reach(places, at);
    } else if (at < length && (unsigned char)text[at] == byte) {
        at++;
        while (byte == ' ' && at < length && text[at] == ' ')
            at++;
        reach(places, at);
    }
}

/* The furthest edge that the whole term reaches from `start`, or `start`. */
static size_t furthest(qc_plain *plain, const qc_term *term, const char *text, size_t length, size_t start)
{
    plain->reached.length = 0;
    reach(&plain->reached, start);
    for (size_t i = 0; i < term->length && plain->reached.length; i++) {
        const size_t *at = (const size_t *)(const void *)plain->reached.data;
        size_t count = plain->reached.length / sizeof *at;
        plain->next.length = 0;
        for (size_t k = 0; k < count; k++)
            follow(&plain->next, term->text[i], text, length, at[k]);
        qc_buffer swapped = plain->reached;
        plain->reached = plain->next;
        plain->next = swapped;
    }
    const size_t *at = (const size_t *)(const void *)plain->reached.data;
    for (size_t k = plain->reached.length / sizeof *at; k-- > 0;)
        if (qc_word_edge_after(text, length, at[k]))
            return at[k];
    return start;
}

bool qc_plain_next(qc_plain *plain, const qc_term *term, const char *text, size_t length, size_t *start, size_t *end)
{
    for (size_t at = *start; at < length; qc_utf8_next(text, length, &at)) {
        if (text[at] == ' ' || !qc_word_edge_before(text, at))
            continue;
        *end = furthest(plain, term, text, length, at);
        plain->reached.failed |= plain->next.failed;
        if (plain->reached.failed)
            return false;
        if (*end > at) {
            *start = at;
            return true;
        }
    }
    return false;
}
