/* Terms: made ready, and compared with a text. */
#include "match/term.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/words.h"

bool qc_is_wildcard(unsigned char byte)
{
    return byte >= QC_TERM_ONE;
}

int qc_term_compare(qc_term a, qc_term b)
{
    int by_bytes = memcmp(a.text, b.text, a.length < b.length ? a.length : b.length);
    return by_bytes ? by_bytes : (a.length > b.length) - (a.length < b.length);
}

/* Appends what a piece of plain characters folds to. */
static bool put_plain(qc_folder *folder, qc_form form, qc_buffer *piece, qc_buffer *out)
{
    qc_folded folded;
    if (piece->failed || out->failed || !qc_fold(folder, form, piece->data, piece->length, &folded)) {
        out->failed = true;
        return false;
    }
    piece->length = 0;
    return qc_buffer_append(out, folded.text, folded.length);
}

/* Appends the folded bytes of a term with its wildcards in their places. */
static const char *put_folded(qc_folder *folder, qc_form form, const char *text, size_t length, qc_buffer *out,
                              size_t *offset)
{
    qc_buffer piece = qc_buffer_init(out->memory);
    const char *wrong = NULL;
    for (size_t i = 0; i < length && !wrong; i++) {
        if (text[i] == '*' || text[i] == '?') {
            if (piece.length)
                put_plain(folder, form, &piece, out);
            qc_buffer_byte(out, (char)(text[i] == '*' ? QC_TERM_ANY : QC_TERM_ONE));
        } else if (text[i] == '\\' && (i + 1 == length || !strchr("*?\\$", text[i + 1]) || !text[i + 1])) {
            wrong = "a backslash in a term stands before *, ?, $ or another backslash";
            *offset = i;
        } else {
            i += text[i] == '\\';
            qc_buffer_byte(&piece, text[i]);
        }
    }
    if (piece.length)
        put_plain(folder, form, &piece, out);
    out->failed |= piece.failed;
    qc_buffer_clear(&piece);
    return wrong;
}

/* Writes a run of wildcards in one order: the single ones, then one for any run. Alone as a word, `*` asks for one. */
static size_t put_wildcards(unsigned char *to, size_t ones, bool any, bool alone)
{
    size_t count = ones || !any || !alone ? ones : 1;
    memset(to, QC_TERM_ONE, count);
    if (any)
        to[count++] = QC_TERM_ANY;
    return count;
}

/* One space for each run, none at the ends, wildcards in order. Never longer than it was, but for a lone `*`. */
static size_t tidy(const unsigned char *from, size_t length, unsigned char *to)
{
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        if (qc_is_wildcard(from[i])) {
            size_t ones = 0;
            bool any = false, begins = !used || to[used - 1] == ' ';
            for (; i < length && qc_is_wildcard(from[i]); i++) {
                ones += from[i] == QC_TERM_ONE;
                any |= from[i] == QC_TERM_ANY;
            }
            used += put_wildcards(to + used, ones, any, begins && (i == length || from[i] == ' '));
        } else {
            if (from[i] != ' ' || (used && to[used - 1] != ' '))
                to[used++] = from[i];
            i++;
        }
    }
    return used && to[used - 1] == ' ' ? used - 1 : used;
}

/* Nearly every term is short and plain ASCII without a backslash: its folding is known. */
static bool fold_ascii(qc_form form, const char *text, size_t length, unsigned char *to)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' || byte >= 0x7F || byte == '\\')
            return false;
        bool capital = form == QC_FORM_TERM && byte >= 'A' && byte <= 'Z';
        to[i] = byte == '*' ? QC_TERM_ANY : byte == '?' ? QC_TERM_ONE : capital ? (unsigned char)(byte | 0x20) : byte;
    }
    return true;
}

static const char *check_empty(size_t used, size_t *offset)
{
    if (used)
        return NULL;
    *offset = 0;
    return "the term is empty";
}

const char *qc_term_ready(qc_folder *folder, qc_form form, const char *text, size_t length, qc_buffer *out,
                          size_t *offset)
{
    unsigned char ascii[64];
    if (length <= sizeof ascii && fold_ascii(form, text, length, ascii) && qc_buffer_reserve(out, length * 2 + 1)) {
        size_t used = tidy(ascii, length, (unsigned char *)out->data + out->length);
        out->length += used;
        return check_empty(used, offset);
    }
    qc_buffer raw = qc_buffer_init(out->memory);
    const char *wrong = put_folded(folder, form, text, length, &raw, offset);
    if (raw.failed || !qc_buffer_reserve(out, raw.length * 2 + 1)) {
        out->failed = true;
        wrong = NULL;
    } else if (!wrong) {
        size_t used = tidy((unsigned char *)raw.data, raw.length, (unsigned char *)out->data + out->length);
        out->length += used;
        wrong = check_empty(used, offset);
    }
    qc_buffer_clear(&raw);
    return wrong;
}

bool qc_step_word(const char *text, size_t length, size_t *at)
{
    size_t next = *at;
    if (next >= length || !qc_is_word(qc_utf8_next(text, length, &next)))
        return false;
    *at = next;
    return true;
}

bool qc_step_letter(const char *text, size_t length, size_t *at)
{
    size_t next = *at;
    if (next >= length)
        return false;
    uint32_t point = qc_utf8_next(text, length, &next);
    if (!qc_is_word(point) || qc_is_mark(point))
        return false;
    for (*at = next; next < length && (unsigned char)text[next] >= 0x80; *at = next)
        if (!qc_is_mark(qc_utf8_next(text, length, &next)))
            break;
    return true;
}

/* One byte of the term against the text: `*at` moved over what it takes. */
static bool step(unsigned char byte, const char *text, size_t length, size_t *at)
{
    if (byte == QC_TERM_ONE)
        return qc_step_letter(text, length, at);
    if (*at >= length || (unsigned char)text[*at] != byte)
        return false;
    ++*at;
    if (byte == ' ')
        while (*at < length && text[*at] == ' ')
            ++*at;
    return true;
}

/* Only the last `*` met ever has to take more: within a word the earliest place for what stands between two of them leaves
 * the most for the second, and beyond a word's end the first has no choice. */
bool qc_term_at(const qc_term *term, const char *text, size_t length, size_t at, size_t *end)
{
    size_t i = 0, any = SIZE_MAX, any_end = 0;
    for (;;) {
        while (i < term->length && term->text[i] != QC_TERM_ANY && step(term->text[i], text, length, &at))
            i++;
        if (i == term->length && qc_word_edge_after(text, length, at)) {
            *end = at;
            return true;
        }
        if (i < term->length && term->text[i] == QC_TERM_ANY) {
            any = ++i;
            any_end = at;
            if (i < term->length)
                continue;
            while (qc_step_word(text, length, &at))
                ;
            *end = at;
            return true;
        }
        if (any == SIZE_MAX || !qc_step_word(text, length, &any_end))
            return false;
        at = any_end;
        i = any;
    }
}
