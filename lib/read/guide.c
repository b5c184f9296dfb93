/* Reading an interview guide from a file. */
#include "read/guide.h"
#include "base/bytes.h"
#include "base/error.h"
#include "text/decode.h"
#include <qcode/guide.h>

#define MOST_BYTES ((size_t)16 << 20)

/* What stands in front of a question in a guide: "3.", "3)", "-", "*". */
static size_t mark_length(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && line[at] >= '0' && line[at] <= '9')
        at++;
    bool numbered = at && at < length && (line[at] == '.' || line[at] == ')');
    at = numbered ? at + 1 : length && (line[0] == '-' || line[0] == '*') ? 1 : 0;
    return at && at < length && (line[at] == ' ' || line[at] == '\t') ? at : 0;
}

const char *const *qc_guide_lines(qc_arena *arena, const char *text, size_t length, size_t *count)
{
    size_t lines = 1;
    *count = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    const char **guide = qc_arena_take_array(arena, lines, sizeof *guide);
    const char *end = text + length;
    for (const char *next; guide && text < end; text = next) {
        const char *feed = memchr(text, '\n', (size_t)(end - text)), *last = feed ? feed : end;
        next = feed ? feed + 1 : end;
        while (text < last && (*text == ' ' || *text == '\t'))
            text++;
        text += mark_length(text, (size_t)(last - text));
        while (text < last && (*text == ' ' || *text == '\t'))
            text++;
        while (last > text && (last[-1] == ' ' || last[-1] == '\t' || last[-1] == '\r'))
            last--;
        if (text == last || *text == '#')
            continue;
        guide[*count] = qc_arena_copy(arena, text, (size_t)(last - text));
        if (!guide[(*count)++])
            return NULL;
    }
    return guide;
}

qcode_guide *qcode_guide_read(const char *path, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qc_bytes bytes;
    size_t count = 0;
    const char *encoding;
    qcode_guide *guide = NULL;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return NULL;
    qc_arena arena = qc_arena_init(memory);
    qc_buffer text = qc_buffer_init(memory);
    const char *const *lines = NULL;
    bool decoded = qc_decode(bytes.data, bytes.length, NULL, path, &text, &encoding, notes, err);
    if (decoded && !(lines = qc_guide_lines(&arena, text.data ? text.data : "", text.length, &count)))
        qc_no_memory(err);
    else if (decoded && !count)
        qc_fail(err, QCODE_INVALID, path, 0, 0, "expected the questions of the guide, one a line");
    else if (decoded)
        guide = qcode_guide_new(lines, count, memory, err);
    qc_buffer_clear(&text);
    qc_arena_clear(&arena);
    qc_bytes_clear(&bytes);
    return guide;
}
