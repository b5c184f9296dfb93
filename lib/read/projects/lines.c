/* A text line by line, and a line part by part. */
#include "read/projects/lines.h"

bool qc_text_lines_next(qc_text_lines *lines, qc_text_line *line)
{
    if (lines->at >= lines->length)
        return false;
    const char *from = lines->text + lines->at, *feed = memchr(from, '\n', lines->length - lines->at);
    *line = (qc_text_line){from, feed ? (size_t)(feed - from) : lines->length - lines->at, ++lines->number};
    lines->at += line->length + 1;
    return true;
}

qc_text_line qc_text_line_part(qc_text_line *line, char mark)
{
    const char *end = line->length ? memchr(line->text, mark, line->length) : NULL;
    qc_text_line part = *line;
    part.length = end ? (size_t)(end - line->text) : line->length;
    size_t passed = part.length + (end != NULL);
    line->text += passed;
    line->length -= passed;
    return part;
}

bool qc_text_line_number(qc_text_line *line, size_t *number)
{
    size_t at = 0, value = 0;
    for (; at < line->length && line->text[at] >= '0' && line->text[at] <= '9' && value < SIZE_MAX / 100; at++)
        value = value * 10 + (size_t)(line->text[at] - '0');
    if (!at)
        return false;
    line->text += at;
    line->length -= at;
    *number = value;
    return true;
}
