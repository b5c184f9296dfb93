/* Roll-up captions: cues that repeat the end of the cue before and add to it. */
#include "read/captions/captions.h"

enum { MOST_LINES = 8, FEWEST_WORDS = 4 };

static size_t count_words(const char *text, size_t length)
{
    size_t words = 0;
    for (size_t i = 0; i < length; i++)
        words += text[i] != ' ' && text[i] != '\n' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\n');
    return words;
}

/* Whether `text` begins with `start`, and a word ends there; line ends and spaces are the same. */
static bool begins_with(const char *text, size_t length, const char *start, size_t start_length)
{
    if (length < start_length)
        return false;
    for (size_t i = 0; i < start_length; i++) {
        bool spaces = (text[i] == ' ' || text[i] == '\n') && (start[i] == ' ' || start[i] == '\n');
        if (text[i] != start[i] && !spaces)
            return false;
    }
    return length == start_length || text[start_length] == ' ' || text[start_length] == '\n';
}

/* How many bytes at the start of `here` repeat the end of `before`, from one of its last lines on. */
static size_t repeated(const qc_captions *captions, const qc_caption *before, const qc_caption *here)
{
    const char *bytes = captions->bytes.data, *text = bytes + before->text, *cue = bytes + here->text;
    size_t starts[MOST_LINES], count = 1;
    starts[0] = 0;
    for (size_t i = 0; i < before->length; i++)
        if (text[i] == '\n') {
            if (count == MOST_LINES)
                memmove(starts, starts + 1, (--count) * sizeof *starts);
            starts[count++] = i + 1;
        }
    for (size_t i = 0; i < count; i++)
        if (begins_with(cue, here->length, text + starts[i], before->length - starts[i]))
            return before->length - starts[i];
    return 0;
}

static bool follows(const qc_captions *captions, const qc_caption *before, const qc_caption *here)
{
    const char *bytes = captions->bytes.data;
    return before->line != here->line && before->label_length == here->label_length &&
           memcmp(bytes + before->label, bytes + here->label, here->label_length) == 0;
}

/* In a file that does not roll: lines of some words, with new ones behind them. */
static bool is_sure(const qc_captions *captions, const qc_caption *here, size_t length)
{
    const char *text = captions->bytes.data + here->text;
    return length < here->length && text[length] == '\n' && count_words(text, length) >= FEWEST_WORDS;
}

void qc_captions_join(qc_captions *captions)
{
    qc_caption *list = (qc_caption *)(void *)captions->list.data;
    size_t count = captions->list.length / sizeof *list, pairs = 0, rolling = 0, growing = 0, taken = 0,
           first = 0;
    for (size_t i = 1; i < count; i++)
        if (follows(captions, &list[i - 1], &list[i])) {
            size_t length = repeated(captions, &list[i - 1], &list[i]);
            pairs++;
            rolling += length > 0;
            growing += length > 0 && length < list[i].length;
        }
    bool rolls =
        rolling >= 2 && rolling * 2 >= pairs && growing * 4 >= rolling; /* who only repeats himself adds nothing */
    for (size_t i = count; rolling && i-- > 1;) { /* backwards: each cue is compared with the whole of the one before */
        if (!follows(captions, &list[i - 1], &list[i]))
            continue;
        size_t length = repeated(captions, &list[i - 1], &list[i]);
        if (!length || !(rolls || is_sure(captions, &list[i], length)))
            continue;
        list[i].text += length;
        list[i].length -= length;
        taken++;
        first = list[i].line;
    }
    if (taken)
        qc_note(captions->notes, QCODE_NOTE_REPLACED, captions->source, first, 0,
                "%zu cues repeat the end of the cue before, as roll-up captions do: the repetition is left out, from "
                "here on",
                taken);
}
