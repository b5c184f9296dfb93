/* Whose words captions are, where the markup does not say: labels, chevrons and dashes at the beginning of lines. */
#include "base/utf8.h"
#include "model/labels.h"
#include "read/captions/captions.h"
#include "read/text/text.h"

enum { LONGEST_LABEL = 64, LONGEST_WORD = 24 };

/* How a line of a caption begins. */
typedef struct line_opening {
    bool chevron, dash, long_dash;
    const char *label; /* NULL: none */
    size_t label_length;
    qc_shape shape;
    size_t words; /* where the words begin behind mark and label, and behind the mark alone */
    size_t unlabelled;
} line_opening;

typedef struct telling {
    qc_captions *captions;
    qc_rendering *rendering;
    qc_labels labels;
    qc_buffer counts;       /* of size_t: cues that begin with each label */
    size_t openers, cues;   /* cues that begin with something like a label, and all without a voice */
    const char *speaker;    /* of the words now; in the captions' bytes */
    size_t speaker_length;
    size_t dashes, first_dash, chosen;
    bool done;
} telling;

static bool is_letter(const char *text, size_t length)
{
    return length &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z') || (unsigned char)text[0] >= 0xC0);
}

/* Words that stand before a colon and name nobody; in any case of ASCII. */
static bool is_no_name(const char *label, size_t length)
{
    char folded[LONGEST_WORD];
    if (length > sizeof folded)
        return false;
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)(label[i] >= 'A' && label[i] <= 'Z' ? label[i] | 0x20 : label[i]);
    return qc_is_no_name(folded, length);
}

static bool has_letter(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_letter(text + i, 1))
            return true;
    return false;
}

/* The colon that could end a label, and how long it is: ":" before white space or the end, or the wide one. */
static const char *find_colon(const char *line, size_t length, size_t *size)
{
    size_t most = length < LONGEST_LABEL + 1 ? length : LONGEST_LABEL + 1;
    for (size_t i = 1; i < most; i++) {
        *size = 1;
        if (line[i] == ':')
            return i + 1 == length || line[i + 1] == ' ' ? line + i : NULL;
        *size = 3;
        if (i + 3 <= length && memcmp(line + i, "\xEF\xBC\x9A", 3) == 0)
            return line + i;
        if (strchr("?!;\"", line[i]) ||
            (line[i] == '.' && i + 1 < length && line[i + 1] == ' ' && i > 4 && line[i - 4] != ' '))
            return NULL;
    }
    return NULL;
}

static void find_label(const char *line, size_t length, line_opening *opening)
{
    size_t size;
    const char *colon = find_colon(line, length, &size);
    if (!colon)
        return;
    const char *label = line;
    size_t label_length = (size_t)(colon - line);
    while (label_length && label[label_length - 1] == ' ')
        label_length--;
    bool square = label_length > 2 && label[0] == '[' && label[label_length - 1] == ']';
    bool round = label_length > 2 && label[0] == '(' && label[label_length - 1] == ')';
    if (square || round) {
        label++;
        label_length -= 2;
    }
    if (!has_letter(label, label_length) || is_no_name(label, label_length))
        return;
    opening->label = label;
    opening->label_length = label_length;
    opening->shape = qc_label_shape(label, label_length);
    if (memchr(label, ',', label_length))
        opening->shape = QC_SHAPE_SENTENCE;
    opening->words += (size_t)(colon - line) + size;
}

static line_opening read_opening(const char *line, size_t length)
{
    line_opening opening = {0};
    size_t at = 0;
    while (at < length && line[at] == '>')
        at++;
    opening.chevron = at >= 2;
    at = opening.chevron ? at : 0;
    while (opening.chevron && at < length && line[at] == ' ')
        at++;
    if (at + 1 < length && line[at] == '-' && (line[at + 1] == ' ' || is_letter(line + at + 1, 1))) {
        opening.dash = true;
        at++;
    } else if (at + 3 < length && memcmp(line + at, "\xE2\x80\x93", 3) == 0) {
        opening.long_dash = true;
        at += 3;
    }
    while (at && at < length && line[at] == ' ')
        at++;
    opening.words = opening.unlabelled = at;
    find_label(line + at, length - at, &opening);
    return opening;
}

/* The next line of [*at, end), as its length; false at the end. */
static bool next_line(const char *text, size_t *at, size_t end, size_t *length)
{
    while (*at < end && (text[*at] == '\n' || text[*at] == ' '))
        ++*at;
    const char *feed = *at < end ? memchr(text + *at, '\n', end - *at) : NULL;
    *length = (feed ? (size_t)(feed - text) : end) - *at;
    return *at < end;
}

static size_t *count_of(telling *teller, const line_opening *opening)
{
    size_t index = qc_labels_add(&teller->labels, opening->label, opening->label_length), none = 0;
    if (index == QC_NO_LABEL)
        return NULL;
    while (teller->counts.length / sizeof(size_t) <= index)
        if (!qc_buffer_append(&teller->counts, &none, sizeof none))
            return NULL;
    return (size_t *)(void *)teller->counts.data + index;
}

/* Counts what cues begin with. */
static bool count_labels(telling *teller)
{
    const qc_captions *captions = teller->captions;
    const qc_caption *list = (const qc_caption *)(const void *)captions->list.data;
    for (size_t i = 0; i < captions->list.length / sizeof *list; i++) {
        size_t at = list[i].text, end = at + list[i].length, length;
        bool first = true;
        if (list[i].voiced || list[i].goes_on)
            continue;
        teller->cues++;
        for (; next_line(captions->bytes.data, &at, end, &length); at += length, first = false) {
            line_opening opening = read_opening(captions->bytes.data + at, length);
            if (!opening.label || !(first || opening.dash || opening.chevron || opening.long_dash))
                continue;
            size_t *count = count_of(teller, &opening);
            if (!count)
                return false;
            ++*count;
            teller->openers += first;
        }
    }
    return true;
}

/* Whether what looks like a label is one. Where seven cues of ten begin with something like one, all are. */
static bool is_label(telling *teller, const line_opening *opening, bool first)
{
    if (!opening->label)
        return false;
    size_t index = qc_labels_find(&teller->labels, opening->label, opening->label_length);
    size_t count = index == QC_NO_LABEL ? 0 : ((const size_t *)(const void *)teller->counts.data)[index];
    if (first && count >= 2 && teller->openers * 10 >= teller->cues * 7)
        return true;
    switch (opening->shape) {
    case QC_SHAPE_SENTENCE: case QC_SHAPE_SYMBOL:
        return false;
    case QC_SHAPE_SMALL: case QC_SHAPE_PHRASE:
        return count >= 3 && (first || opening->dash || opening->chevron);
    default:
        return count >= (first || opening->dash || opening->chevron ? 1 : 2);
    }
}

static bool say(telling *teller, const qc_caption *caption, const char *words, size_t length, bool new_turn)
{
    const qc_said said = {teller->speaker,   teller->speaker_length, words,    length,
                          caption->start_ms, caption->end_ms,        new_turn, false};
    return qc_rendering_say(teller->rendering, &said);
}

/* How many lines begin with a dash, of either kind. */
static size_t count_dashes(const char *text, const qc_caption *caption)
{
    size_t at = caption->text, end = at + caption->length, length, dashes = 0;
    for (; next_line(text, &at, end, &length); at += length) {
        line_opening opening = read_opening(text + at, length);
        dashes += opening.dash || opening.long_dash;
    }
    return dashes;
}

static bool say_lines(telling *teller, const qc_caption *caption)
{
    const char *text = teller->captions->bytes.data;
    size_t at = caption->text, end = at + caption->length, length, dashes = count_dashes(text, caption);
    bool first = true, done = true;
    for (; done && next_line(text, &at, end, &length); at += length, first = false) {
        line_opening opening = read_opening(text + at, length);
        bool changes = opening.chevron || ((opening.dash || opening.long_dash) && dashes > 1);
        bool lone_long = opening.long_dash && dashes == 1;
        size_t words = lone_long ? 0 : opening.unlabelled;
        if (!caption->goes_on && is_label(teller, &opening, first)) {
            teller->speaker = opening.label;
            teller->speaker_length = opening.label_length;
            teller->chosen++;
            words = opening.words;
            changes = false;
        } else if (changes) {
            teller->speaker_length = 0;
        } else if (opening.dash) {
            teller->first_dash = teller->dashes++ ? teller->first_dash : caption->line;
        }
        done = say(teller, caption, text + at + words, length - words, changes);
    }
    return done && !teller->labels.failed;
}

/* A voice names who speaks, or nobody. */
static bool say_voice(telling *teller, const qc_caption *caption)
{
    const char *bytes = teller->captions->bytes.data;
    teller->speaker = bytes + caption->label;
    teller->speaker_length = caption->label_length;
    return say(teller, caption, bytes + caption->text, caption->length, false);
}

static void tell(const telling *teller, size_t voices)
{
    const qc_captions *captions = teller->captions;
    if (teller->chosen && !voices)
        qc_note(captions->notes, QCODE_NOTE_GUESS, captions->source, 0, 0,
                "speakers are named by the labels before their words (%zu times)", teller->chosen);
    if (teller->dashes)
        qc_note(captions->notes, QCODE_NOTE_REPLACED, captions->source, teller->first_dash, 0,
                "dashes before the words are left out, from here on (%zu times); they part speakers only where two "
                "stand in one cue", teller->dashes);
}

const char *qc_captions_say(qc_captions *captions, qc_rendering *rendering)
{
    const qcode_memory *memory = captions->bytes.memory;
    telling teller = {.captions = captions, .rendering = rendering, .labels = qc_labels_init(memory),
                     .counts = qc_buffer_init(memory)};
    const qc_caption *list = (const qc_caption *)(const void *)captions->list.data;
    size_t voices = 0, count = captions->list.length / sizeof *list;
    bool done = count_labels(&teller);
    for (size_t i = 0; done && i < count; i++) {
        const qc_caption *caption = &list[i];
        voices += caption->voiced && caption->label_length;
        if (!caption->voiced && !caption->goes_on && voices)
            teller.speaker_length = 0; /* where voices are marked, a cue without one is nobody's */
        done = caption->voiced ? say_voice(&teller, caption) : say_lines(&teller, caption);
    }
    tell(&teller, voices);
    const char *layout = voices ? "voice" : teller.chosen ? "label" : "none";
    qc_labels_clear(&teller.labels);
    qc_buffer_clear(&teller.counts);
    return done ? layout : NULL;
}
