/* What a label looks like, and words that are none. */
#include "read/text/text.h"
#include "base/utf8.h"
#include "text/words.h"

/* Small words inside names. The lists are folded, with a bar on either side of each entry. */
static const char particles[] =
    "|de|da|do|di|du|del|della|des|dos|das|der|den|van|von|zu|la|le|el|y|e|i|of|the|and|und|et|al|bin|ibn|kc"
    "|qc|to|for|";

/* Words that stand before a colon and name nobody. */
static const char no_names[] =
    "|note|notes|nb|n.b.|n.b|ps|p.s.|re|fyi|http|https|www|mailto|email|e-mail|tel|phone|url|link|links"
    "|source|sources|see|example|examples|e.g.|e.g|i.e.|i.e|warning|tip|remark|comment|memo|key|legend"
    "|reason|reasons|context|conclusion|outcome|advantage|advantages|disadvantage|disadvantages|meaning"
    "|contents|appendix|total|result|results|summary|first|second|third|firstly|secondly|thirdly|lastly"
    "|finally|one|two|three|look|listen|well|so|but|and|because|also|again|yes|no|yeah|okay|ok|right|honestly"
    "|basically|actually|really|remember|imagine|think|say|said|point|problem|fact|then|now|here|there|this"
    "|that|it|him|me|us|them|anmerkung|hinweis|notiz|beispiel|nota|notas|ejemplo|exemplo|remarque|exemple"
    "|inhalt|anlage|field note|field notes|transcriber's note|transcriber note|editor's note|code|codes"
    "|definition|chapter|section|part|table|figure|box|";

/* Keys of headers. */
static const char header_keys[] =
    "|date|time|id|ref|reference|interview|transcript|document|file|filename|title|subject|concerning|topic"
    "|project|study|initiative|programme|program|site|place|location|venue|setting|city|country|region|area"
    "|group|role|roles|position|occupation|job|job title|organisation|organization|employer|agency|sector"
    "|department|service|school|age|gender|sex|ethnicity|language|duration|length|recorded|recording"
    "|transcribed|transcriber|transcription|version|status|mode|format|consent|present|attendees|participants"
    "|interviewers|interviewees|respondents|speakers|pseudonym|case|wave|round|cohort|code name|codename"
    "|audio|tape|start|end|start time|end time|datum|ort|gruppe|rolle|dauer|thema|fecha|lugar|grupo|cargo"
    "|duración|tema|data|local|lieu|groupe|fonction|durée|sujet|日期|時間|地點|日時|場所|";

/* Words that begin a sentence rather than the name of somebody's work. */
static const char openers[] =
    "|a|about|after|all|also|an|and|another|any|as|at|because|before|both|but|by|do|does|each|either|even|every|for"
    "|from|had|has|have|he|her|here|his|how|i|if|in|is|it|its|just|like|maybe|more|most|my|next|no|not|now|of|on|one"
    "|only|or|our|she|so|some|still|that|the|their|then|there|these|they|this|those|to|was|we|well|were|what|when"
    "|where|which|while|who|why|with|yes|yeah|you|your|der|die|das|ein|eine|und|aber|ich|wir|el|los|las|un|una|y|pero"
    "|les|une|et|mais|je|nous|o|os|as|um|uma|mas|eu|";

enum { MOST_PHRASE_WORDS = 4, MOST_PHRASE = 40 };

typedef struct word_counts {
    size_t words, capitals, titles, small, numbers, uncased, coded; /* coded: a figure in a word with a capital */
} word_counts;

static bool is_cased(uint32_t point)
{
    return point < 0x0590 || (point >= 0x10A0 && point < 0x1100) || (point >= 0x1C80 && point < 0x2000);
}

static bool is_in(const char *list, const char *word, size_t length)
{
    for (const char *at = list + 1, *end; *at; at = end + 1) {
        end = strchr(at, '|');
        if ((size_t)(end - at) == length && memcmp(at, word, length) == 0)
            return true;
    }
    return false;
}

static void count_word(word_counts *all, const char *word, size_t length)
{
    size_t upper = 0, lower = 0, digits = 0, uncased = 0;
    bool first_upper = false, seen = false;
    for (size_t at = 0; at < length;) {
        uint32_t point = qc_utf8_next(word, length, &at);
        if (!qc_is_word(point) || qc_is_mark(point) || point == '_')
            continue;
        bool is_upper = qc_is_upper(point), is_digit = qc_is_digit(point);
        first_upper |= !seen && is_upper;
        seen = true;
        upper += is_upper;
        digits += is_digit;
        uncased += !is_digit && !is_cased(point);
        lower += !is_upper && !is_digit && is_cased(point);
    }
    if (!seen)
        return;
    all->words++;
    if (uncased)
        all->uncased++;
    else if (upper && digits)
        all->coded++;
    else if (digits && !lower)
        all->numbers++;
    else if (upper && !lower)
        all->capitals++;
    else if (first_upper)
        all->titles++;
    else if (!is_in(particles, word, length))
        all->small++;
}

/* Few words, which may begin with a capital: "Head teacher", "community safety officer". */
static bool is_phrase(const word_counts *all, const char *label, size_t length)
{
    const char *space = memchr(label, ' ', length);
    size_t first = space ? (size_t)(space - label) : length;
    char word[MOST_PHRASE];
    if (all->words > MOST_PHRASE_WORDS || length > MOST_PHRASE || all->titles + all->capitals > 2 || !space)
        return false;
    for (size_t i = 0; i < first; i++)
        word[i] = label[i] >= 'A' && label[i] <= 'Z' ? (char)(label[i] - 'A' + 'a') : label[i];
    return !is_in(openers, word, first);
}

qc_shape qc_label_shape(const char *label, size_t length)
{
    if (length > 2 && label[0] == '[' && memchr(label, ']', length) == label + length - 1) { /* "[Inspector A]" */
        label++;
        length -= 2;
    }
    size_t at = 0;
    uint32_t first = qc_utf8_next(label, length, &at);
    if (!qc_is_word(first) || qc_is_mark(first))
        return QC_SHAPE_SYMBOL;
    word_counts all = {0};
    for (size_t from = 0; from < length;) {
        const char *space = memchr(label + from, ' ', length - from);
        size_t end = space ? (size_t)(space - label) : length;
        count_word(&all, label + from, end - from);
        from = end + 1;
    }
    if (all.numbers == all.words) /* 10:30 */
        return QC_SHAPE_SYMBOL;
    if (all.uncased)
        return all.words <= 6 && qc_utf8_count(label, length) <= 24 ? QC_SHAPE_UNCASED : QC_SHAPE_SENTENCE;
    if (all.small == 0 && all.titles == 0)
        return all.words == 1 && (all.coded || length <= 4) ? QC_SHAPE_CODE : QC_SHAPE_CAPITALS;
    if (all.small == 0)
        return all.words <= 8 ? QC_SHAPE_NAME : QC_SHAPE_SENTENCE;
    if (all.capitals && all.capitals >= all.small && qc_is_upper(first))
        return QC_SHAPE_MIXED;
    if (is_phrase(&all, label, length))
        return QC_SHAPE_PHRASE;
    return all.small == 1 && all.words - all.numbers - all.coded == 1 ? QC_SHAPE_SMALL : QC_SHAPE_SENTENCE;
}

bool qc_is_no_name(const char *folded, size_t length)
{
    return is_in(no_names, folded, length);
}

bool qc_is_header_key(const char *folded, size_t length)
{
    static const char *const endings[] = {" id",   " date",   " time",     " group",        " role",
                                          " by",   " number", " no",       " code",         " name",
                                          " type", " title",  " location", " of interview", " of recording"};
    if (is_in(header_keys, folded, length))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (length > size && memcmp(folded + length - size, endings[i], size) == 0)
            return true;
    }
    return false;
}

bool qc_ends_a_sentence(const char *text, size_t length)
{
    static const uint32_t closers[] = {'"', '\'', ')', ']', '*', '_', 0x201D, 0x2019, 0xBB, 0x300D, 0xFF09};
    static const uint32_t enders[] = {'.', '?', '!', 0x2026, 0x3002, 0xFF1F, 0xFF01, 0x0964, 0x061F, 0x06D4};
    while (length) {
        uint32_t point = qc_utf8_previous(text, &length);
        for (size_t i = 0; i < sizeof enders / sizeof *enders; i++)
            if (point == enders[i])
                return true;
        bool closes = false;
        for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
            closes |= point == closers[i];
        if (!closes)
            return false;
    }
    return false;
}
