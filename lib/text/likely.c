/* What in a text probably names somebody or something, in English for the most part. */
#include "text/likely.h"
#include "base/utf8.h"
#include "text/sentences.h"
#include "text/words.h"

#include <string.h>

enum { MOST_WORD = 24, LEAST_PHONE = 7, MOST_PHONE = 15 };

static const char *const titles[] = {
    "mr",      "mrs",     "ms",     "miss",       "mx",        "dr",         "prof",    "professor", "sir",
    "dame",    "lord",    "lady",   "rev",        "reverend",  "father",     "sister",  "imam",      "rabbi",
    "pc",      "pcso",    "dc",     "ds",         "di",        "dci",        "wpc",     "sgt",       "sergeant",
    "insp",    "inspector", "supt", "superintendent", "constable", "detective", "officer", "captain", "major",
    "colonel", "general", "cllr",   "councillor", "mayor",     "judge",      "auntie",  "aunt",      "uncle",
    "herr",    "frau",    "señor",  "señora",     "monsieur",  "madame",     NULL};
static const char *const places[] = {
    "street", "st",     "road",   "rd",       "avenue", "lane",   "close",    "drive",  "estate", "square",
    "court",  "house",  "park",   "gardens",  "green",  "hill",   "terrace",  "way",    "row",    "crescent",
    "place",  "tower",  "towers", "flats",    "bridge", "market", "centre",   "center", "station", "wood",
    "woods",  "common", "river",  "hospital", "school", "church", "mosque",   "temple", "parade", "wharf",
    "docks",  "harbour", "town",  "village",  "ward",   "farm",   "hall",     "hotel",  "pub",    "cemetery", NULL};
static const char *const organisations[] = {
    "council",  "police",    "constabulary", "trust",       "ltd",     "limited",   "plc",        "inc",
    "association", "university", "college",  "academy",     "committee", "service", "services",   "partnership",
    "agency",   "department", "ministry",    "foundation",  "charity", "society",   "union",      "club",
    "company",  "group",     "homes",        "housing",     "federation", "board",  "commission", "forum",
    "project",  "operation", "force",        "brigade",     "authority", "bank",    "nhs",        "gmbh", NULL};
static const char *const months[] = {"january", "february", "march", "april", "may", "june", "july", "august",
                                     "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun",
                                     "jul", "aug", "sept", "sep", "oct", "nov", "dec", NULL};
static const char *const particles[] = {"of", "the", "de", "van", "von", "der", "den", "la", "le", "du", "del", "al",
                                        "el", "bin", "ibn", "and", NULL};
/* Capitalised, and nobody's name: inside a sentence, and at its start before a name. */
static const char *const nobody[] = {
    "i", "i'm", "i've", "i'd", "i'll", "ok", "okay", "yeah", "yes", "no", "oh", "ah", "well", "right", "so", "and",
    "but", "the", "a", "an", "in", "on", "at", "if", "when", "then", "that", "this", "these", "those", "it", "it's",
    "he", "he's", "she", "she's", "we", "we've", "we're", "they", "they're", "you", "you're", "my", "our", "your",
    "his", "her", "their", "what", "who", "why", "how", "where", "which", "because", "as", "for", "from", "with",
    "to", "of", "or", "not", "now", "there", "there's", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", NULL};

const char *qc_likely_name(qc_likely kind)
{
    static const char *const names[QC_LIKELY_KINDS] = {
        [QC_LIKELY_NAME] = "name",     [QC_LIKELY_PERSON] = "person", [QC_LIKELY_PLACE] = "place",
        [QC_LIKELY_EMAIL] = "e-mail",  [QC_LIKELY_PHONE] = "number",  [QC_LIKELY_DATE] = "date",
        [QC_LIKELY_PLATE] = "plate",   [QC_LIKELY_POSTCODE] = "postcode",
        [QC_LIKELY_ORGANISATION] = "organisation"};
    return names[kind];
}

static bool is_in(const char *const *list, const char *text, qcode_span word)
{
    char small[MOST_WORD + 1];
    size_t used = 0;
    for (size_t at = word.start; at < word.end; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (used == MOST_WORD)
            return false;
        if (byte == 0xE2 && at + 2 < word.end && memcmp(text + at, "\xE2\x80\x99", 3) == 0) {
            small[used++] = '\'';
            at += 2;
        } else {
            small[used++] = (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
        }
    }
    small[used] = '\0';
    for (; *list; list++)
        if (strcmp(*list, small) == 0)
            return true;
    return false;
}

static bool is_capitalised(const char *text, qcode_span word)
{
    size_t at = word.start;
    return qc_is_upper(qc_utf8_next(text, word.end, &at));
}

/* Two capitals or more, and no small letter. */
static bool is_capitals(const char *text, qcode_span word)
{
    size_t capitals = 0;
    for (size_t at = word.start; at < word.end;) {
        uint32_t point = qc_utf8_next(text, word.end, &at);
        if (!qc_is_upper(point) && !qc_is_digit(point))
            return false;
        capitals += qc_is_upper(point);
    }
    return capitals >= 2;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A pattern at `at`: A a capital, 9 a figure, # one or two of them, _ perhaps a space, s a sign that parts dates. Its
 * end, where no word goes on; 0 when it is not there. */
static size_t pattern_at(const char *pattern, const char *text, size_t length, size_t at)
{
    for (; *pattern; pattern++) {
        char c = at < length ? text[at] : '\0';
        bool fits = *pattern == 'A'   ? c >= 'A' && c <= 'Z'
                    : *pattern == 's' ? c && strchr("/.-", c)
                    : *pattern == '_' ? true
                                      : is_digit(c);
        if (!fits)
            return 0;
        at += *pattern != '_' || c == ' ';
        if (*pattern == '#' && at < length && is_digit(text[at]))
            at++;
    }
    return qc_word_edge_after(text, length, at) ? at : 0;
}

static const struct {
    const char *pattern;
    qc_likely kind;
} patterns[] = {
    {"AA99_AAA", QC_LIKELY_PLATE},    {"A9_AAA", QC_LIKELY_PLATE},      {"A99_AAA", QC_LIKELY_PLATE},
    {"A999_AAA", QC_LIKELY_PLATE},    {"A9_9AA", QC_LIKELY_POSTCODE},   {"A99_9AA", QC_LIKELY_POSTCODE},
    {"AA9_9AA", QC_LIKELY_POSTCODE},  {"AA99_9AA", QC_LIKELY_POSTCODE}, {"A9A_9AA", QC_LIKELY_POSTCODE},
    {"AA9A_9AA", QC_LIKELY_POSTCODE}, {"#s#s9999", QC_LIKELY_DATE},     {"#s#s99", QC_LIKELY_DATE},
    {"9999s#s#", QC_LIKELY_DATE},
};

static bool is_of(char c, const char *others)
{
    unsigned letter = (unsigned char)c | 0x20u;
    return is_digit(c) || (letter >= 'a' && letter <= 'z') || (c && strchr(others, c));
}

/* The end of an address that begins with this word; 0 when none does. Its parts are as long as RFC 5321 allows. */
static size_t email_at(const char *text, size_t length, size_t at)
{
    enum { MOST_LOCAL = 64, MOST_DOMAIN = 255 };
    size_t start = at, dot = 0;
    while (at < length && at - start <= MOST_LOCAL && is_of(text[at], "._%+-'"))
        at++;
    if (at == start || at >= length || text[at] != '@')
        return 0;
    for (start = ++at; at < length && at - start <= MOST_DOMAIN && is_of(text[at], ".-"); at++)
        if (text[at] == '.' && at > start && at + 1 < length && is_of(text[at + 1], ""))
            dot = at;
    while (at > start && strchr(".-", text[at - 1]))
        at--;
    return dot ? at : 0;
}

/* The end of a long number in groups; 0 when none begins here. */
static size_t phone_at(const char *text, size_t length, size_t at)
{
    size_t digits = 0, end = 0, gap = 0;
    for (; at < length && gap < 3 && digits <= MOST_PHONE; at++) {
        if (is_digit(text[at])) {
            digits++;
            gap = 0;
            end = at + 1;
        } else if (text[at] && strchr(" ()-/+.", text[at])) {
            gap++;
        } else {
            break;
        }
    }
    return digits >= LEAST_PHONE && digits <= MOST_PHONE && qc_word_edge_after(text, length, end) ? end : 0;
}

/* The next word, when nothing but a space stands before it (or a full stop and a space: "Dr. Brown", "J. Brown"). */
static bool word_behind(const char *text, size_t end, qcode_span before, bool stop, qcode_span *word)
{
    size_t at = before.end;
    if (stop && at < end && text[at] == '.')
        at++;
    size_t gap = at;
    while (at < end && text[at] == ' ')
        at++;
    if (at == gap && !(at < end && text[at] == '-')) /* "Smith-Jones" */
        return false;
    at += at == gap;
    size_t start = at;
    return at < end && qc_next_word(text, end, &at, word) && word->start == start;
}

/* "12th", "2019", "3". */
static bool is_numeral(const char *text, qcode_span word)
{
    return is_digit(text[word.start]) && word.end - word.start <= 4;
}

/* The end of a date written with a month's name; 0 when none begins with this word. */
static size_t date_at(const char *text, size_t end, qcode_span word)
{
    static const char *const of[] = {"of", NULL};
    qcode_span next = word, month = word;
    bool day = is_numeral(text, word);
    if (day) {
        if (!word_behind(text, end, word, false, &month))
            return 0;
        if (is_in(of, text, month) && !word_behind(text, end, month, false, &month))
            return 0;
    }
    if (!is_capitalised(text, month) || !is_in(months, text, month))
        return 0;
    size_t last = month.end;
    for (int i = 0; i < 2 && word_behind(text, end, month, false, &next) && is_numeral(text, next); i++) {
        last = next.end;
        month = next;
    }
    return day || last > word.end ? last : 0;
}

/* Words with capitals that follow each other, parted by single spaces; particles may stand between them. */
static qcode_span run_of(const char *text, size_t end, qcode_span first, bool *titled, qc_likely *kind)
{
    qcode_span run = first, word = first, next;
    size_t count = 1;
    *titled = is_in(titles, text, first);
    *kind = *titled ? QC_LIKELY_PERSON : QC_LIKELY_NAME;
    while (word_behind(text, end, word, is_in(titles, text, word) || word.end - word.start == 1, &next)) {
        bool number = *titled && count == 1 && is_digit(text[next.start]);
        if (is_in(particles, text, next) && !is_capitalised(text, next)) {
            qcode_span further;
            if (!word_behind(text, end, next, false, &further) || !is_capitalised(text, further) ||
                is_in(nobody, text, further) || is_in(titles, text, further))
                break;
            next = further;
        } else if (!number && (!is_capitalised(text, next) || is_in(nobody, text, next))) {
            break;
        }
        count++;
        *kind = is_in(places, text, next)          ? QC_LIKELY_PLACE
                : is_in(organisations, text, next) ? QC_LIKELY_ORGANISATION
                                                   : *kind;
        word = next;
        run.end = next.end;
    }
    *titled &= count > 1;
    if (*kind == QC_LIKELY_PERSON && !*titled)
        *kind = QC_LIKELY_NAME;
    if (count == 1 && (is_capitals(text, first) || is_in(organisations, text, first)))
        *kind = QC_LIKELY_ORGANISATION;
    return run;
}

/* The word begins its sentence, or a quotation in it. */
static bool begins(const char *text, size_t start, size_t at)
{
    size_t before = at;
    uint32_t point = before > start ? qc_utf8_previous(text, &before) : 0;
    if (point == '"' || point == 0x201C || point == 0x2018 || point == 0x201E || point == 0xAB)
        return true;
    for (before = at; before > start;)
        if (qc_is_word(qc_utf8_previous(text, &before)))
            return false;
    return true;
}

/* What begins with a word of a sentence; its end, 0 for nothing. */
static size_t named_at(const char *text, qcode_span sentence, qcode_span word, qc_likely *kind)
{
    if (!is_capitalised(text, word) || is_in(nobody, text, word))
        return 0;
    bool titled;
    qcode_span run = run_of(text, sentence.end, word, &titled, kind);
    bool alone = run.end == word.end;
    if (alone && is_capitals(text, word))
        return run.end;
    return alone && begins(text, sentence.start, word.start) ? 0 : run.end;
}

static size_t likely_at(const char *text, qcode_span sentence, qcode_span word, qc_likely *kind)
{
    size_t end = email_at(text, sentence.end, word.start);
    *kind = QC_LIKELY_EMAIL;
    for (size_t i = 0; !end && i < sizeof patterns / sizeof *patterns; i++) {
        end = pattern_at(patterns[i].pattern, text, sentence.end, word.start);
        *kind = patterns[i].kind;
    }
    if (!end) {
        end = date_at(text, sentence.end, word);
        *kind = QC_LIKELY_DATE;
    }
    if (!end && is_digit(text[word.start])) {
        end = phone_at(text, sentence.end, word.start);
        *kind = QC_LIKELY_PHONE;
    }
    return end ? end : named_at(text, sentence, word, kind);
}

bool qc_next_likely(const char *text, size_t length, size_t *at, qcode_span *sentence, qcode_span *span,
                    qc_likely *kind)
{
    qcode_span word;
    for (;;) {
        while (*at < sentence->end && qc_next_word(text, sentence->end, at, &word)) {
            size_t end = likely_at(text, *sentence, word, kind);
            if (!end)
                continue;
            *span = (qcode_span){word.start, end};
            *at = end;
            return true;
        }
        *at = sentence->end;
        if (!qc_next_sentence(text, length, at, sentence))
            return false;
        *at = sentence->start;
    }
}
