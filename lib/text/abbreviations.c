/* Abbreviations by list and by shape. The look back is bounded, so that no text costs more than linear time. */
#include "text/abbreviations.h"

#include <string.h>

enum { LONGEST = 24 }; /* bytes of a word that is looked at */

typedef struct word {
    const char *text;
    size_t length;
} word;

/* Followed by what they belong to, whatever that is: titles, ranks, and words that cannot end a sentence. As
 * written. */
static const char *const always[] = {
    "Mr", "Mrs", "Ms", "Mx", "Dr", "Drs", "Prof", "Rev", "Hon", "St", "Sgt", "Insp", "Supt", "Cllr", "Capt", "Col",
    "Gen", "Lt", "Maj", "Cpl", "Cmdr", "Det", "Sen", "Gov", "Pres", "Fr", "Mgr", "Messrs", "Mme", "Mlle", "MM", "Hr",
    "Frl", "Dipl", "Ing", "Sr", "Sra", "Srta", "Dra", "Dña", "Lic", "Ud", "Uds", "Vd", "Vds", "e.g", "E.g", "eg",
    "i.e", "I.e", "cf", "Cf", "vs", "viz", "approx", "incl", "esp", "z.B", "Z.B", "d.h", "D.h", "u.a", "U.a", "z.T",
    "s.o", "s.u", "bzw", "ca", "vgl", "Vgl", "evtl", "ggf", "inkl", "exkl", "zzgl", "sog", "insb", "bspw", "p.ej",
    "P.ej", "p.ex", "P.ex", "c.-à-d", "av", "env", "Jh", "Abs",
};

/* Followed by a number. "No." is an answer otherwise. */
static const char *const numbered[] = {
    "No", "no", "Nos", "nos", "Nr", "nr", "Art", "art", "Abb", "Tab", "Fig", "fig", "Figs", "Eq", "eq", "Ch", "ch",
    "Vol", "vol", "Sec", "sec", "S", "p", "pp", "P", "pág", "págs", "núm", "Núm", "n", "Kap", "Ziff", "Tel", "tel",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon", "Tue", "Tues", "Wed",
    "Thu", "Thurs", "Fri", "Sat", "Sun", "c",
};

/* A German day or ordinal: "am 3. Mai", "im 20. Jahrhundert". */
static const char *const counted[] = {
    "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember", "Jahrhundert", "Jahrhunderts", "Weltkrieg", "Weltkriegs", "Klasse", "Stock", "Lebensjahr",
    "Semester",
};

/* After an initial ("plan B. We") or an acronym ("in the U.K. The") these begin a sentence rather than a name. */
static const char *const starters[] = {
    "The", "A", "An", "I", "I'm", "I've", "I'd", "I'll", "You", "He", "She", "It", "It's", "We", "We've", "We're",
    "They", "This", "That", "That's", "These", "Those", "There", "There's", "And", "But", "So", "Or", "Then", "If",
    "In", "On", "At", "As", "For", "From", "To", "With", "When", "Where", "What", "Who", "Why", "How", "Which",
    "Because", "No", "Not", "Yes", "Yeah", "Well", "Now", "My", "Our", "His", "Her", "Their", "Your", "Ich", "Wir",
    "Er", "Sie", "Es", "Das", "Und", "Aber", "Dann", "Da", "Also", "Nein", "Je", "J'ai", "Il", "Elle", "On", "Nous",
    "Vous", "Ils", "Elles", "C'est", "Mais", "Et", "Donc", "Alors", "Yo", "Ella", "Nosotros", "Ellos", "Pero",
    "Entonces", "Sí",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_in(const char *const *list, size_t count, word w)
{
    for (size_t i = 0; i < count; i++)
        if (*list[i] == *w.text && strncmp(list[i], w.text, w.length) == 0 && list[i][w.length] == '\0')
            return true;
    return false;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_small(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* Part of a word that may be short for another: "c.-à-d", "p.m", "Dña". */
static bool is_inside(char byte)
{
    return (unsigned char)byte >= 0x80 || is_capital(byte) || is_small(byte) || is_digit(byte) || byte == '.' ||
           byte == '-' || byte == '\'';
}

/* The word that ends at `end`; empty when there is none, or when it is longer than any abbreviation. No-break spaces
 * (C2 A0, E2 80 AF) end it as spaces do. */
static word word_before(const char *text, size_t start, size_t end)
{
    size_t at = end;
    while (at > start && end - at <= LONGEST && is_inside(text[at - 1])) {
        if (at - start >= 2 && memcmp(text + at - 2, "\xC2\xA0", 2) == 0)
            break;
        if (at - start >= 3 && memcmp(text + at - 3, "\xE2\x80", 2) == 0) /* quotes, dashes, narrow spaces */
            break;
        at--;
    }
    return end - at > LONGEST ? (word){text + end, 0} : (word){text + at, end - at};
}

/* The word at `at`, with apostrophes, cut at the bound. */
static word word_at(const char *text, size_t at, size_t length)
{
    size_t end = at;
    while (end < length && end - at <= LONGEST && is_inside(text[end]) && text[end] != '.' && text[end] != '-' &&
           (unsigned char)text[end] != 0xE2)
        end++;
    return (word){text + at, end - at};
}

static bool begins_sentence(const char *text, size_t next, size_t length)
{
    word w = word_at(text, next, length);
    if (w.length < LONGEST && next + w.length + 3 <= length && memcmp(w.text + w.length, "\xE2\x80\x99", 3) == 0 &&
        w.length == 1 && *w.text == 'I')
        return true; /* I’m, I’ve */
    return is_in(starters, COUNT(starters), w);
}

/* The dot before a word, over one white space at most, ends a single letter: the "z." of "z. B.". */
static bool follows_letter(const char *text, size_t start, word w)
{
    size_t at = (size_t)(w.text - text);
    if (at - start >= 2 && memcmp(text + at - 2, "\xC2\xA0", 2) == 0)
        at -= 2;
    else if (at - start >= 3 && memcmp(text + at - 3, "\xE2\x80\xAF", 3) == 0)
        at -= 3;
    else if (at > start && text[at - 1] == ' ')
        at--;
    if (at - start < 2 || text[at - 1] != '.')
        return false;
    return (is_capital(text[at - 2]) || is_small(text[at - 2])) && (at - start == 2 || !is_inside(text[at - 3]));
}

/* Letters with a full stop behind each but the last: "U.K", "p.m", "J.R". */
static bool is_acronym(word w)
{
    if (w.length < 3 || w.length % 2 == 0)
        return false;
    for (size_t i = 0; i < w.length; i++)
        if (i % 2 ? w.text[i] != '.' : !is_capital(w.text[i]) && !is_small(w.text[i]))
            return false;
    return true;
}

static bool is_initial(const char *text, size_t start, size_t next, size_t length, word w)
{
    if (w.length != 1 || !(is_capital(*w.text) || is_small(*w.text)))
        return false;
    if (follows_letter(text, start, w))
        return *w.text != 'm'; /* "a. m.", "p. m." may end a sentence */
    if (*w.text == 'I' || is_small(*w.text))
        return is_small(*w.text) && next + 1 < length && text[next + 1] == '.'; /* "z. B." seen from its first stop */
    return !begins_sentence(text, next, length);
}

bool qc_is_abbreviation(const char *text, size_t start, size_t dot, size_t next, size_t length)
{
    word w = word_before(text, start, dot);
    if (!w.length)
        return false;
    if (is_in(always, COUNT(always), w))
        return true;
    if (is_digit(text[next]) && is_in(numbered, COUNT(numbered), w))
        return true;
    if (w.length <= 2 && is_digit(w.text[0]) && is_digit(w.text[w.length - 1]))
        return is_in(counted, COUNT(counted), word_at(text, next, length));
    if (is_acronym(w))
        return is_capital(*w.text) && !begins_sentence(text, next, length);
    return is_initial(text, start, next, length, w);
}
