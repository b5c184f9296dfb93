/* The turns of a plain text, and what in it is nobody's speech. */
#include "read/text/text.h"
#include "text/remarks.h"

enum { MOST_HEADING = 100 };

static const char *words_of(const qc_page *page, const qc_line *line, size_t *length)
{
    *length = line->end - line->start;
    return page->text + line->start;
}

/* The index behind the paragraph that begins at a line. */
static size_t paragraph_end(const qc_page *page, size_t from)
{
    size_t end = from + 1;
    while (end < page->count && !page->lines[end].after_blank && !page->lines[end].is_label)
        end++;
    return end;
}

/* One pair of marks round a whole paragraph: the marks are taken off. */
static bool unwrap_emphasis(const char **text, size_t *length)
{
    const char *from = *text;
    size_t size = *length;
    if (size < 3 || (*from != '*' && *from != '_') || from[1] == *from || from[size - 1] != *from ||
        memchr(from + 1, *from, size - 2))
        return false;
    ++*text;
    *length -= 2;
    return true;
}

/* "MS JONES (affirmed).", "Ann Williams, sworn.": without what was sworn, a name. */
static bool takes_an_oath(const char *text, size_t length)
{
    static const char *const oaths[] = {" (affirmed)", " (sworn)", ", affirmed", ", sworn", " (recalled)"};
    length -= length && text[length - 1] == '.';
    for (size_t i = 0; i < sizeof oaths / sizeof *oaths; i++) {
        size_t size = strlen(oaths[i]);
        if (length > size && memcmp(text + length - size, oaths[i], size) == 0)
            return qc_label_shape(text, length - size) <= QC_SHAPE_NAME &&
                   qc_label_shape(text, length - size) != QC_SHAPE_SENTENCE;
    }
    return false;
}

static bool is_directive(const char *text, size_t length)
{
    size_t at = 3;
    if (length < 6 || memcmp(text, ".. ", 3) != 0)
        return false;
    while (at < length && ((text[at] >= 'a' && text[at] <= 'z') || text[at] == '-'))
        at++;
    return at > 3 && at + 1 < length && text[at] == ':' && text[at + 1] == ':';
}

static void set_kind(qc_page *page, size_t from, size_t end, qc_line_kind kind)
{
    for (; from < end; from++)
        if (page->lines[from].kind == QC_LINE_SPEECH || page->lines[from].kind == QC_LINE_TIME)
            page->lines[from].kind = (uint8_t)kind;
}

/* A directive of reStructuredText, with the lines below that are indented deeper. */
static size_t skip_directive(qc_page *page, size_t from)
{
    size_t end = from + 1;
    while (end < page->count && page->lines[end].indent > page->lines[from].indent && !page->lines[end].is_label)
        end++;
    for (size_t i = from; i < end; i++)
        page->lines[i].kind = QC_LINE_MARKUP;
    return end;
}

/* Whether paragraphs that go on a turn end like sentences, so that one which does not is no speech. */
static bool paragraphs_end_sentences(const qc_page *page)
{
    size_t paragraphs = 0, ended = 0, length;
    for (size_t i = page->body, end; i < page->count; i = end) {
        end = paragraph_end(page, i);
        const char *text = words_of(page, &page->lines[end - 1], &length);
        if (page->lines[i].kind != QC_LINE_SPEECH || page->lines[end - 1].is_label)
            continue;
        paragraphs++;
        ended += qc_ends_a_sentence(text, length) || strchr(",;:-", text[length - 1]);
    }
    return paragraphs >= 8 && ended * 10 >= paragraphs * 9;
}

/* One line between blank lines that ends like no sentence, right before somebody else's turn: "Opening statement by Ms
 * Grey". */
static bool is_plain_heading(const qc_page *page, size_t at)
{
    const qc_line *line = &page->lines[at];
    size_t length;
    const char *text = words_of(page, line, &length);
    bool before_turn = at + 1 < page->count && page->lines[at + 1].is_label;
    bool alone = line->after_blank && line->before_blank && !line->is_label && length <= MOST_HEADING;
    return alone && before_turn && text[0] >= 'A' && text[0] <= 'Z' && memchr(text, ' ', length) &&
           !qc_ends_a_sentence(text, length) && !strchr(",;:-\"'", text[length - 1]) &&
           (unsigned char)text[length - 1] < 0x80;
}

static bool is_title(const qc_page *page, size_t at)
{
    const qc_line *line = &page->lines[at], *below = at + 1 < page->count ? &page->lines[at + 1] : NULL;
    size_t length, under;
    const char *text = words_of(page, line, &length);
    if (page->form != QC_LINE_HEADING && page->form != QC_LINE_BOLD)
        return false;
    if (text[0] == '#' && length > 2)
        return true;
    bool underlined = below && below->kind == QC_LINE_DIVIDER && !below->after_blank && line->after_blank;
    if (!underlined)
        return false;
    words_of(page, below, &under);
    return under + 3 >= length / 2;
}

/* "*Administrative Discussion*": words with capitals. */
static bool is_emphasised_heading(const qc_page *page, const qc_line *line, const char *text, size_t length)
{
    qc_shape shape = qc_label_shape(text, length);
    return (page->form == QC_LINE_HEADING || page->form == QC_LINE_BOLD) && line->after_blank && line->before_blank &&
           length <= MOST_HEADING && memchr(text, ' ', length) && !qc_ends_a_sentence(text, length) &&
           (shape == QC_SHAPE_NAME || shape == QC_SHAPE_CAPITALS);
}

/* "> (laughter)", "> （點頭）https://example.org": the narration of transcripts in Markdown. */
static bool is_narration(const qc_page *page, const char *text, size_t length)
{
    if (*text != '>' || (page->form != QC_LINE_HEADING && page->form != QC_LINE_BOLD))
        return false;
    while (length && (*text == '>' || *text == ' '))
        text++, length--;
    return length >= 3 && (*text == '(' || *text == '[' || memcmp(text, "\xEF\xBC\x88", 3) == 0);
}

/* What a paragraph says in brackets or italics is speech unless it is known to be none. */
static bool is_stage(const qc_page *page, size_t from, size_t end)
{
    const qc_line *line = &page->lines[from];
    const char *text = page->text + line->start;
    size_t length = page->lines[end - 1].end - line->start;
    if (is_narration(page, text, length))
        return true;
    bool emphasised = unwrap_emphasis(&text, &length);
    if (emphasised && end == from + 1 &&
        (is_emphasised_heading(page, line, text, length) || takes_an_oath(text, length)))
        return true;
    if (!line->in_brackets)
        return emphasised && qc_is_direction(text, length);
    while (length && strchr("*_>. ", *text))
        text++, length--;
    while (length && strchr("*_. ", text[length - 1]))
        length--;
    bool bracket = length >= 2 && (*text == '(' || *text == '[');
    return !bracket || qc_is_direction(text + 1, length - 2);
}

/* A stage direction is a paragraph of its own. The first paragraph below a bare label is what its bearer said. */
static size_t skip_stage(qc_page *page, size_t from, bool opens)
{
    if (opens || !page->lines[from].after_blank)
        return from;
    size_t end = paragraph_end(page, from);
    if (!is_stage(page, from, end))
        return from;
    set_kind(page, from, end, QC_LINE_STAGE);
    return end;
}

void qc_page_find_skipped(qc_page *page)
{
    if (page->form == QC_LINE_NONE || page->lone)
        return;
    bool sentences = paragraphs_end_sentences(page), opens = false;
    for (size_t i = page->body, next; i < page->count; i = next) {
        qc_line *line = &page->lines[i];
        next = i + 1;
        size_t length;
        const char *text = words_of(page, line, &length);
        if (line->is_label) {
            opens = line->start + line->speech_at >= line->end;
            continue;
        }
        if (line->kind != QC_LINE_SPEECH)
            continue;
        if (is_directive(text, length))
            next = skip_directive(page, i);
        else if (is_title(page, i) || (sentences && !opens && is_plain_heading(page, i)))
            line->kind = QC_LINE_TITLE;
        else if ((next = skip_stage(page, i, opens)) == i)
            next = i + 1, opens = false;
    }
}

/* The stamp of a line of its own belongs to the turn that begins right below, and so does one that ends the line above. */
static int64_t time_of(const qc_page *page, size_t at)
{
    const qc_line *line = &page->lines[at];
    if (line->time_ms >= 0 || !at)
        return line->time_ms;
    return line[-1].kind == QC_LINE_TIME ? line[-1].time_ms : line[-1].end_ms;
}

static bool begin_turn(qc_page *page, qcode_transcript *talk, size_t at, bool *begun)
{
    const qc_line *line = &page->lines[at];
    size_t length = line->end - line->start - line->speech_at, speaker = QC_NOBODY;
    size_t next = at + 1;
    while (next < page->count && page->lines[next].kind != QC_LINE_SPEECH)
        next++;
    bool silent = !length && (next == page->count || page->lines[next].is_label);
    if (silent) { /* who never speaks is no speaker */
        page->first_silent = page->silent++ ? page->first_silent : line->number;
        *begun = false;
        return true;
    }
    const char *label = page->text + line->start + line->label_at;
    if ((speaker = qc_transcript_speaker(talk, label, line->label_length)) == QC_NOBODY)
        return false;
    *begun = page->has_turns = true;
    return qc_transcript_turn(talk, speaker, time_of(page, at)) &&
           qc_transcript_range(talk, (qcode_span){line->start + line->speech_at, line->end});
}

enum { WIDEST_WRAPPED = 160 };

/* Where a text has no blank lines and its lines are not filled to a width, each line is a paragraph. */
static bool lines_are_paragraphs(const qc_page *page)
{
    size_t parted = 0, filled = 0, widest = 0;
    for (size_t i = page->body; i < page->count; i++) {
        size_t width = page->lines[i].end - page->lines[i].start;
        parted += i > page->body && page->lines[i].after_blank;
        widest = width > widest ? width : widest;
    }
    for (size_t i = page->body; i < page->count; i++)
        filled += (page->lines[i].end - page->lines[i].start) * 10 >= widest * 7;
    size_t lines = page->count - page->body;
    return parted * 20 <= lines && (widest > WIDEST_WRAPPED || filled * 10 < lines * 6);
}

/* Turns without speaker: one a paragraph. Where only questions are labelled, a question is its paragraph alone. */
static bool put_paragraphs(qc_page *page, qcode_transcript *talk)
{
    bool each_line = lines_are_paragraphs(page), apart = true, begun = false, labelled = false;
    for (size_t i = page->body; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        if (line->kind != QC_LINE_SPEECH && line->kind != QC_LINE_FRONT)
            continue;
        if (line->is_label) {
            if (!begin_turn(page, talk, i, &begun))
                return false;
            labelled = true;
            continue;
        }
        apart = !begun || line->after_blank || line->time_ms >= 0 || each_line ||
                (labelled && !line[-1].before_blank && page->lone);
        if (apart && !qc_transcript_turn(talk, QC_NOBODY, line->time_ms))
            return false;
        begun = page->has_turns = true;
        labelled = false;
        if (!qc_transcript_range(talk, (qcode_span){line->start + line->stamp_end, line->end}))
            return false;
    }
    return true;
}

static bool put_labelled(qc_page *page, qcode_transcript *talk)
{
    bool begun = page->has_turns;
    for (size_t i = page->body; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        if (line->kind != QC_LINE_SPEECH)
            continue;
        if (line->is_label) {
            if (!begin_turn(page, talk, i, &begun))
                return false;
            continue;
        }
        if (begun && !qc_transcript_range(talk, (qcode_span){line->start + line->stamp_end, line->end}))
            return false;
    }
    return true;
}

static void tell_skipped(const qc_page *page)
{
    static const char *const names[QC_LINE_KINDS] = {
        [QC_LINE_PAGE] = "page headers, footers or numbers",
        [QC_LINE_TITLE] = "headings",
        [QC_LINE_MARKUP] = "markup",
        [QC_LINE_STAGE] = "stage directions",
        [QC_LINE_TIME] = "time stamps alone",
        [QC_LINE_FRONT] = "text before the first turn",
    };
    const size_t *count = page->kinds, *first = page->first_of;
    for (int kind = 0; kind < QC_LINE_KINDS; kind++)
        if (names[kind] && count[kind])
            qc_note(page->notes, QCODE_NOTE_SKIPPED, page->source->path, first[kind], 0,
                    "%zu line%s that %s no speech: %s", count[kind], count[kind] == 1 ? "" : "s",
                    count[kind] == 1 ? "is" : "are", names[kind]);
}

static void tell_silent(const qc_page *page)
{
    if (page->silent)
        qc_note(page->notes, QCODE_NOTE_SKIPPED, page->source->path, page->first_silent, 0,
                "%zu label%s with no words behind", page->silent, page->silent == 1 ? "" : "s");
}

static void count_kinds(qc_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        uint8_t kind = page->lines[i].kind;
        page->first_of[kind] = page->kinds[kind]++ ? page->first_of[kind] : page->lines[i].number;
    }
}

/* Where it is not as on the page before. */
static void tell_form(qc_page *page)
{
    const char *path = page->source->path;
    size_t line = page->count && page->body < page->count ? page->lines[page->body].number : 0;
    if (page->follows && page->told == page->form)
        return;
    page->told = page->form;
    if (!page->count)
        qc_note(page->notes, QCODE_NOTE_WARNING, path, 0, 0, "there is no text in it");
    else if (page->form == QC_LINE_NONE)
        qc_note(page->notes, QCODE_NOTE_GUESS, path, page->follows ? line : 0, 0,
                "no speakers are found%s: each paragraph is a turn of nobody", page->follows ? " from here on" : "");
    if (page->lone)
        qc_note(page->notes, QCODE_NOTE_GUESS, path, line, 0,
                "only the interviewer is labelled: what stands between is a turn of nobody");
    else if (page->one_asks)
        qc_note(page->notes, QCODE_NOTE_WARNING, path, line, 0,
                "no label but the interviewer's is found, so all words are taken for the interviewer's");
}

static void tell_labels(const qc_page *page)
{
    const char *path = page->source->path;
    if (page->once)
        qc_note(page->notes, QCODE_NOTE_GUESS, path, page->first_once, 0,
                "%zu label%s that stand%s once taken for a speaker's, after the others", page->once,
                page->once == 1 ? "" : "s", page->once == 1 ? "s" : "");
    if (page->left)
        qc_note(page->notes, QCODE_NOTE_GUESS, path, page->first_left, 0,
                "%zu line%s with words before a colon that are not taken for a speaker's label", page->left,
                page->left == 1 ? "" : "s");
    if (page->stamped)
        qc_note(page->notes, QCODE_NOTE_SKIPPED, path, page->first_stamped, 0,
                "%zu time stamp%s behind words, taken for the time when the next turn begins", page->stamped,
                page->stamped == 1 ? "" : "s");
    if (page->numbered)
        qc_note(page->notes, QCODE_NOTE_INFO, path, 0, 0, "the lines are numbered: the numbers are no speech");
}

bool qc_page_put_turns(qc_page *page, qcode_transcript *talk)
{
    tell_form(page);
    count_kinds(page);
    return page->form == QC_LINE_NONE || page->lone ? put_paragraphs(page, talk) : put_labelled(page, talk);
}

void qc_page_tell(const qc_page *page)
{
    tell_skipped(page);
    tell_silent(page);
    tell_labels(page);
}
