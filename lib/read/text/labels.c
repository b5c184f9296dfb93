/* Which labels are speakers: decided once, from what the whole file shows. */
#include "read/text/text.h"
#include "base/utf8.h"
#include "text/remarks.h"
#include "text/words.h"

enum { MOST_HEADER_VALUE = 100, FEW_LINES = 4, MANY = 3, MOST_PRESENTED = 30 };

/* How the certain labels of a file stand. */
typedef struct habit {
    size_t lines, after_blank, bare, indent; /* bare: no words behind the label; indent: the columns of the first */
    size_t same_indent;
    bool shapes[QC_SHAPE_SYMBOL + 1];
    bool every_line; /* nearly every paragraph begins with what could be a label */
} habit;

static bool has_role(const qc_page *page, size_t label, qcode_role role)
{
    return page->facts[label].role == role;
}

static bool names_nobody(const qc_page *page, size_t label)
{
    const qc_label_facts *facts = &page->facts[label];
    const uint32_t *count = facts->count;
    uint32_t most = 0;
    for (int form = 1; form < QC_LINE_FORMS; form++)
        most = count[form] > most ? count[form] : most;
    return facts->no_name || (most < 3 && facts->header_key);
}

/* It comes about as often as the interviewer's label does in this form. */
static bool answers(const qc_page *page, size_t label, qc_line_form form)
{
    size_t count = page->facts[label].count[form];
    return page->asked[form] >= MANY && count >= MANY && count * 4 >= page->asked[form];
}

/* A label on a line of its own: in capitals, or a word for an interviewer, or with words right below it; and behind a
 * blank line, unless nothing else is written so. */
static bool stands_alone(const qc_page *page, size_t label)
{
    const qc_label_facts *facts = &page->facts[label];
    uint32_t count = facts->count[QC_LINE_ALONE];
    bool plain = has_role(page, label, QCODE_ROLE_NONE);
    bool capitals = facts->shape == QC_SHAPE_CODE || facts->shape == QC_SHAPE_CAPITALS;
    bool named = facts->shape == QC_SHAPE_NAME || facts->shape == QC_SHAPE_UNCASED;
    if (facts->shape != QC_SHAPE_SENTENCE && facts->shape != QC_SHAPE_SYMBOL && answers(page, label, QC_LINE_ALONE))
        return true;
    if (!capitals && !named)
        return false;
    if (facts->parted * 2 > count)
        return capitals || !plain || facts->followed * 2 > count;
    return facts->followed * 2 > count && !plain;
}

/* It could be any few words. */
static bool is_plain_shape(unsigned shape)
{
    return shape == QC_SHAPE_SMALL || shape == QC_SHAPE_PHRASE;
}

static bool begins_large(const qc_page *page, size_t label)
{
    const qc_label *is = &page->labels.at[label];
    size_t at = 0;
    return qc_is_upper(qc_utf8_next(is->text, is->length, &at));
}

/* Certain by itself: a likely shape that comes again; or, with `once`, a word for an interviewer
 * or a name beside a time. */
static bool is_certain(const qc_page *page, size_t label, qc_line_form form, bool once)
{
    const qc_label_facts *facts = &page->facts[label];
    uint32_t count = facts->count[form];
    if (!count || facts->shape == QC_SHAPE_SYMBOL || names_nobody(page, label))
        return false;
    bool asks = has_role(page, label, QCODE_ROLE_INTERVIEWER);
    switch (form) {
    case QC_LINE_RULE:
    case QC_LINE_HEADING: return true;
    case QC_LINE_COLON:
        if (facts->shape == QC_SHAPE_PHRASE)
            return answers(page, label, form) || (count >= MANY && begins_large(page, label));
        return facts->shape != QC_SHAPE_SENTENCE &&
               ((once && asks) || count >= (facts->shape == QC_SHAPE_SMALL && !asks ? MANY : 2));
    case QC_LINE_ALONE: return count >= 2 && stands_alone(page, label);
    case QC_LINE_BRACKET:
    case QC_LINE_DASH:
        return !qc_is_direction(page->labels.at[label].text, page->labels.at[label].length) &&
               (answers(page, label, form) || (count >= 2 && facts->shape != QC_SHAPE_SENTENCE &&
                                               (asks || !is_plain_shape(facts->shape))));
    case QC_LINE_STAMP:
        return facts->shape != QC_SHAPE_SENTENCE && (count >= 2 || (once && !is_plain_shape(facts->shape)));
    default: return count >= 2 && (facts->shape != QC_SHAPE_SENTENCE || count >= 4);
    }
}

/* So many lines with labels begin most of the paragraphs. */
static bool begins_most(const qc_page *page, size_t lines)
{
    size_t paragraphs = 0;
    for (size_t i = 0; i < page->count; i++)
        paragraphs += page->lines[i].kind == QC_LINE_SPEECH && page->lines[i].after_blank;
    return lines * 4 >= paragraphs * 3;
}

/* How many lines the certain labels of a form begin; 0 when that form cannot be the file's. */
static size_t strength(const qc_page *page, qc_line_form form, bool once)
{
    size_t lines = 0, labels = 0, again = 0;
    bool asks = false, has_q = false;
    for (size_t i = 0; i < page->labels.count; i++) {
        if (!is_certain(page, i, form, once))
            continue;
        lines += page->facts[i].count[form];
        labels++;
        again += page->facts[i].count[form] >= 2;
        asks |= has_role(page, i, QCODE_ROLE_INTERVIEWER);
        has_q |= strcmp(page->labels.at[i].key, "q") == 0;
    }
    switch (form) {
    case QC_LINE_COLON: return lines >= 2 || asks ? lines : 0;
    case QC_LINE_DOT: return labels >= 2 && has_q ? lines : 0;
    case QC_LINE_BRACKET:
    case QC_LINE_DASH:
        return labels >= 2 && lines >= FEW_LINES && (asks || has_q || begins_most(page, lines)) ? lines : 0;
    case QC_LINE_TAB: return labels >= 2 ? lines : 0;
    case QC_LINE_PAD: return labels >= 2 && lines >= FEW_LINES && lines * 4 >= page->count ? lines : 0;
    case QC_LINE_RULE: return again && lines >= 3 ? lines : 0;
    case QC_LINE_ALONE: return (labels >= 2 && lines >= FEW_LINES) || (asks && lines >= 2) ? lines : 0;
    default: return lines >= 2 ? lines : 0;
    }
}

static const char *speech_of(const qc_page *page, const qc_line *line, size_t *length)
{
    *length = line->end - line->start - line->speech_at;
    return page->text + line->start + line->speech_at;
}

/* Nearly each paragraph (or each line, where nothing is wrapped) begins with what could be a label before a colon. */
static bool every_line_could(const qc_page *page, size_t from)
{
    size_t could = 0, lines = 0, paragraphs = 0, paragraphs_could = 0;
    for (size_t i = from; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        if (line->kind != QC_LINE_SPEECH)
            continue;
        bool colon = line->form == QC_LINE_COLON;
        lines++, could += colon;
        paragraphs += line->after_blank, paragraphs_could += colon && line->after_blank;
    }
    return (lines >= 2 && could * 5 >= lines * 4) ||
           (paragraphs >= FEW_LINES && paragraphs_could * 10 >= paragraphs * 9);
}

static void choose_form(qc_page *page)
{
    size_t best = 0;
    bool once = false;
    for (int round = 0; round < 2 && !best; round++) {
        once = round > 0;
        for (int form = 1; form < QC_LINE_FORMS; form++) {
            size_t lines = strength(page, (qc_line_form)form, once);
            if (lines > best)
                best = lines, page->form = (qc_line_form)form;
        }
    }
    if (!best && every_line_could(page, 0) && page->labels.count >= 2)
        page->form = QC_LINE_COLON;
    for (size_t i = 0; best && i < page->labels.count; i++)
        page->facts[i].chosen = is_certain(page, i, page->form, once);
}

/* A line of the file's form with a chosen label; or, in another plain form, a label that the file's form knows. */
static bool bears_label(const qc_page *page, const qc_line *line)
{
    if (line->label == QC_LINE_NO_LABEL || !page->facts[line->label].chosen)
        return false;
    return line->form == page->form || line->form == QC_LINE_HEADING || line->form == QC_LINE_BOLD ||
           line->form == QC_LINE_COLON || line->form == QC_LINE_STAMP;
}

static bool is_header_pair(const qc_page *page, const qc_line *line)
{
    return line->form == QC_LINE_COLON && line->kind == QC_LINE_SPEECH && page->facts[line->label].header_key;
}

/* "Interviewer: Anna Kowalska" among the pairs of a header: the name, not her first words. */
static bool is_named_in_header(const qc_page *page, const qc_line *line)
{
    size_t length;
    const char *value = speech_of(page, line, &length);
    return line->form == QC_LINE_COLON && page->facts[line->label].count[QC_LINE_COLON] >= 2 && length &&
           length <= MOST_HEADER_VALUE && !qc_ends_a_sentence(value, length);
}

/* Lines between blank lines or dividers. */
typedef struct block {
    size_t end;
    bool has_pair; /* one of them is a header's pair with a usual key */
    bool presents; /* below a line without label, all that bear one bear a different one and name, rather than speak */
} block;

static block block_from(const qc_page *page, size_t from)
{
    bool names = false;
    block here = {.end = from, .presents = !bears_label(page, &page->lines[from])};
    do {
        const qc_line *line = &page->lines[here.end];
        bool labelled = bears_label(page, line);
        here.presents &= here.end - from < MOST_PRESENTED && (labelled || !names);
        names |= labelled;
        here.has_pair |= is_header_pair(page, line) && !labelled;
        for (size_t i = from; labelled && here.presents && i <= here.end; i++)
            here.presents = i == here.end ? is_named_in_header(page, line) : page->lines[i].label != line->label;
    } while (++here.end < page->count && !page->lines[here.end].after_blank &&
           page->lines[here.end].kind != QC_LINE_DIVIDER);
    return here;
}

/* The first line of speech: block by block from the top, where a block with a header's pair may name speakers too. */
static size_t first_turn(const qc_page *page)
{
    for (size_t from = 0; from < page->count;) {
        block here = block_from(page, from);
        for (; from < here.end; from++)
            if (bears_label(page, &page->lines[from]) &&
                !((here.has_pair || here.presents) && here.end < page->count &&
                  is_named_in_header(page, &page->lines[from])))
                return from;
    }
    return page->count;
}

static void learn(const qc_page *page, size_t from, habit *known)
{
    for (size_t i = from; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        if (!bears_label(page, line) || line->form != page->form)
            continue;
        size_t length;
        speech_of(page, line, &length);
        known->indent = known->lines ? known->indent : line->indent;
        known->lines++;
        known->after_blank += line->after_blank;
        known->bare += length == 0;
        known->same_indent += line->indent <= known->indent + 2 && known->indent <= line->indent + 2;
        known->shapes[page->facts[line->label].shape] = true;
    }
    known->every_line = page->form == QC_LINE_COLON && every_line_could(page, from < page->count ? from : 0);
}

static bool nearly_all(size_t part, size_t all)
{
    return all && part * 10 >= all * 9;
}

/* It stands where the certain ones stand: behind a blank line, at their column, with or without words behind it. Where
 * turns are not parted by blank lines, a sentence must have ended above it, and what looks like a name may be a word
 * that a wrapped line begins with: "Reason: ...". */
static bool stands_like_them(const qc_page *page, const habit *known, size_t index)
{
    const qc_line *line = &page->lines[index];
    size_t length;
    speech_of(page, line, &length);
    if (!known->lines)
        return true;
    if (length ? nearly_all(known->bare, known->lines) : known->bare * 10 <= known->lines)
        return false;
    if (nearly_all(known->same_indent, known->lines) &&
        (line->indent > known->indent + 2 || known->indent > line->indent + 2))
        return false;
    if (line->after_blank || !index || known->every_line)
        return true;
    const qc_line *above = &page->lines[index - 1];
    uint8_t shape = page->facts[line->label].shape;
    bool plain = shape == QC_SHAPE_NAME || shape == QC_SHAPE_MIXED;
    return !nearly_all(known->after_blank, known->lines) &&
           (above->kind != QC_LINE_SPEECH ||
            (!plain && qc_ends_a_sentence(page->text + above->start, above->end - above->start)));
}

static bool shaped_like_them(const habit *known, qc_shape shape)
{
    if (shape == QC_SHAPE_SENTENCE || shape == QC_SHAPE_SYMBOL || is_plain_shape((uint8_t)shape))
        return known->every_line && shape != QC_SHAPE_SENTENCE;
    bool capitals = known->shapes[QC_SHAPE_CODE] || known->shapes[QC_SHAPE_CAPITALS];
    return known->every_line || known->shapes[shape] || (shape == QC_SHAPE_CODE) ||
           (shape == QC_SHAPE_CAPITALS && capitals);
}

/* Before the first certain turn a pair is a header's, unless it speaks: it ends a sentence, or goes on right into that
 * turn. */
static bool speaks_first(const qc_page *page, size_t index, const block *here, size_t body)
{
    size_t length;
    const char *words = speech_of(page, &page->lines[index], &length);
    return length && (qc_ends_a_sentence(words, length) || (body < here->end && !here->has_pair));
}

/* A label that stands once (or is no certain one for another reason) and is like the certain ones. */
static bool is_like_them(const qc_page *page, const habit *known, size_t index, const block *here, size_t body)
{
    const qc_line *line = &page->lines[index];
    const qc_label_facts *facts = &page->facts[line->label];
    if (names_nobody(page, line->label))
        return false;
    switch (page->form) {
    case QC_LINE_BOLD: return facts->shape != QC_SHAPE_SENTENCE && facts->shape != QC_SHAPE_SYMBOL;
    case QC_LINE_STAMP:
    case QC_LINE_TAB: return facts->shape != QC_SHAPE_SENTENCE && shaped_like_them(known, (qc_shape)facts->shape);
    case QC_LINE_ALONE:
        if (facts->role != QCODE_ROLE_NONE && facts->shape == QC_SHAPE_NAME) /* "Participant 3" */
            return index > body && (line->after_blank || !nearly_all(known->after_blank, known->lines));
        return (facts->shape == QC_SHAPE_CAPITALS || facts->shape == QC_SHAPE_CODE) && !known->shapes[QC_SHAPE_NAME] &&
               !line->before_blank && index > body;
    case QC_LINE_COLON:
        return shaped_like_them(known, (qc_shape)facts->shape) && stands_like_them(page, known, index) &&
               (index > body || body == page->count || speaks_first(page, index, here, body));
    default: return false;
    }
}

/* Only the interviewer is labelled. */
static bool only_questions_are_labelled(const qc_page *page)
{
    size_t labels = 0;
    for (size_t i = 0; i < page->labels.count; i++) {
        if (!page->facts[i].chosen)
            continue;
        if (!has_role(page, i, QCODE_ROLE_INTERVIEWER))
            return false;
        labels++;
    }
    return labels == 1;
}

/* Words that stand in no line with a label. */
static bool has_other_words(const qc_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->lines[i].kind == QC_LINE_SPEECH && !page->lines[i].is_label)
            return true;
    return false;
}

static void choose_the_rare(qc_page *page)
{
    habit known = {0};
    size_t body = first_turn(page);
    block here = {.end = 0};
    learn(page, body, &known);
    for (size_t i = 0; i < page->count; i++) {
        const qc_line *line = &page->lines[i];
        if (i == here.end)
            here = block_from(page, i);
        if (line->form != page->form || line->kind != QC_LINE_SPEECH || page->facts[line->label].chosen)
            continue;
        qc_label_facts *facts = &page->facts[line->label];
        if (is_like_them(page, &known, i, &here, body)) {
            facts->chosen = true;
            page->first_once = page->once++ ? page->first_once : line->number;
        } else if (i > body && facts->shape != QC_SHAPE_SENTENCE && page->form == QC_LINE_COLON) {
            page->first_left = page->left++ ? page->first_left : line->number;
        }
    }
}

void qc_page_choose(qc_page *page)
{
    for (size_t i = 0; i < page->labels.count; i++)
        for (int form = 1; has_role(page, i, QCODE_ROLE_INTERVIEWER) && form < QC_LINE_FORMS; form++)
            page->asked[form] += page->facts[i].count[form];
    choose_form(page);
    page->body = page->count;
    if (page->form == QC_LINE_NONE)
        return;
    choose_the_rare(page);
    page->body = first_turn(page);
    for (size_t i = page->body; i < page->count; i++)
        page->lines[i].is_label = page->lines[i].kind == QC_LINE_SPEECH && bears_label(page, &page->lines[i]);
    if (page->body == page->count)
        page->form = QC_LINE_NONE;
    page->one_asks = page->form != QC_LINE_NONE && only_questions_are_labelled(page);
    page->lone = page->one_asks && page->form == QC_LINE_COLON && has_other_words(page);
}
