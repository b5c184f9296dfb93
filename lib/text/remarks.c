/* Remarks and stage directions, by the words that they begin with. */
#include "text/remarks.h"

#include <string.h>

/* Who, or how, before what is done. */
static const char *const before[] = {
    "all ", "both ", "brief ", "everyone ", "group ", "he ", "interviewer ", "long ", "loud ", "participant ",
    "respondent ", "she ", "short ", "slight ", "they ", NULL,
};

/* What is done or heard. */
static const char *const stems[] = {
    "applau", "audio", "background", "beep", "breath", "cheer", "chuckl", "clap", "clears", "clearing", "cough",
    "cries", "cross talk", "cross-talk", "crosstalk", "crying", "exhal", "gasp", "gestur", "giggl", "grin",
    "groan", "hums", "humming", "inaudible", "indistinct", "inhal", "interject", "interrupt", "laugh", "music",
    "nods", "nodding", "noise", "overlap", "paus", "phone", "recording", "shakes", "shrug", "sigh", "silen",
    "smil", "sneez", "sniff", "sobs", "sobbing", "tearful", "telephone", "unclear", "unintelligible", "weep",
    "whisper", "whistl", "beifall", "heiterkeit", "husten", "hustet", "lachen", "lacht", "nickt", "räusper",
    "seufz", "unverständlich", "zuruf", "applaudiss", "rire", "soupir", "toux", "aplauso", "ininteligible",
    "pausa", "risa", "risos", "ríe", "suspir", "tose", "?", "...", "…", NULL,
};

static char small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static bool begins_with(const char *text, size_t length, const char *word)
{
    size_t i = 0;
    while (word[i] && i < length && small(text[i]) == word[i])
        i++;
    return !word[i];
}

static bool begins_with_any(const char *text, size_t length, const char *const *words, size_t *size)
{
    for (; *words; words++)
        if (begins_with(text, length, *words)) {
            *size = strlen(*words);
            return true;
        }
    return false;
}

static bool has_stem(const char *inside, size_t length)
{
    size_t size = 0;
    return begins_with_any(inside, length, stems, &size) ||
           (begins_with_any(inside, length, before, &size) &&
            begins_with_any(inside + size, length - size, stems, &size));
}

bool qc_is_remark(const char *inside, size_t length)
{
    bool time = length && *inside >= '0' && *inside <= '9' && memchr(inside, ':', length) != NULL;
    return time || has_stem(inside, length);
}

/* --- paragraphs --- */

enum { MOST_CLEAR = 6, MOST_OTHER = 4, MOST_SENTENCE = 3 }; /* words */

/* Whatever follows, a reporter wrote it: parliaments in German, Galician and Spanish. */
static const char *const reported[] = {
    "anhaltender beifall", "beifall", "heiterkeit", "zuruf", "gegenruf", "lachen bei", "lachen im", "widerspruch bei",
    "unruhe bei", "schluss: ", "beginn: ", "unterbrechung von", "pronúncianse palabras", "prodúcese unha pausa", NULL,
};

/* Seldom the first word of anything else. */
static const char *const clear[] = {
    "applause", "cross talk", "cross-talk", "crosstalk", "inaudible", "indistinct", "laughter", "laughs", "overlapping",
    "pause ", "unintelligible", NULL,
};

/* What begins, is broken off and ends ... */
static const char *const events[] = {
    "audio", "call", "committee", "court", "hearing", "inquiry", "interview", "meeting", "panel", "proceedings",
    "recorder", "recording", "session", "sitting", "tape", "tribunal", "video", "witness", "witnesses", NULL,
};

/* ... in these words. */
static const char *const happenings[] = {
    "adjourn", "affirmed", "began", "begins", "break", "broke", "call", "commenc", "conclud", "continu", "cuts",
    "delay", "end", "finish", "interrupt", "left", "paus", "plays", "resum", "retire", "rose", "skip", "start",
    "stood down", "stop", "suspend", "sworn", "withdr", NULL,
};

static const char *const breaks[] = {"adjournment", "break", "interval", "recess", NULL};

static const char *const articles[] = {"a", "brief", "coffee", "lunch", "luncheon", "short", "tea", "the", NULL};

static const char *const helpers[] = {"again", "is", "then", "was", "were", NULL};

static const char *const ends_of[] = {"beginning of ", "end of ", "start of ", NULL};

/* Behind a word that often begins a remark, these make it a sentence: "Music is what helped us". */
static const char *const verbs[] = {"am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "helped",
                                    "helps", "is", "may", "means", "might", "must", "should", "was", "were", "will",
                                    "would", NULL};

typedef struct word {
    const char *text;
    size_t length;
} word;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

/* The next word at or after `*at`, without the marks behind it. */
static bool next_word(const char *text, size_t length, size_t *at, word *found)
{
    while (*at < length && is_blank(text[*at]))
        ++*at;
    size_t from = *at;
    while (*at < length && !is_blank(text[*at]))
        ++*at;
    size_t end = *at;
    while (end > from + 1 && strchr(".,;:!?", text[end - 1]))
        end--;
    *found = (word){text + from, end - from};
    return *at > from;
}

static bool is_any(word one, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == one.length && begins_with(one.text, one.length, *words))
            return true;
    return false;
}

static size_t count_words(const char *text, size_t length)
{
    size_t count = 0;
    word found;
    for (size_t at = 0; next_word(text, length, &at, &found);)
        count++;
    return count;
}

/* "10.00 am", "2 pm", "3:15 p.m.", "00:12:31" */
static bool is_clock(const char *inside, size_t length)
{
    static const char *const halves[] = {"am", "pm", "a.m", "p.m", "uhr", "noon", NULL};
    size_t at = 0;
    while (at < length && ((inside[at] >= '0' && inside[at] <= '9') || strchr(".: ", inside[at])))
        at++;
    word half;
    if (!at || *inside < '0' || *inside > '9')
        return false;
    if (!next_word(inside, length, &at, &half))
        return memchr(inside, ':', length) != NULL;
    return at == length && is_any(half, halves);
}

/* "The hearing adjourned until 10 am", "Proceedings delayed", "The witness withdrew", "Luncheon adjournment", "End of
 * recording" */
static bool is_event(const char *inside, size_t length)
{
    size_t at = 0;
    word found;
    bool edge = begins_with_any(inside, length, ends_of, &at);
    while (next_word(inside, length, &at, &found) && is_any(found, articles))
        ;
    if (is_any(found, breaks))
        return count_words(inside, length) <= MOST_OTHER;
    if (!is_any(found, events))
        return false;
    if (edge)
        return count_words(inside, length) <= MOST_CLEAR;
    while (next_word(inside, length, &at, &found) && is_any(found, helpers))
        ;
    size_t size;
    return begins_with_any(found.text, found.length, happenings, &size);
}

/* "Otto Kau [DEF]: Hear, hear!" */
static bool is_heckle(const char *inside, size_t length)
{
    for (size_t i = 1; i + 2 < length && inside[i] != ':'; i++)
        if (inside[i] == ']' && inside[i + 1] == ':' && *inside >= 'A')
            return true;
    return false;
}

/* "Ann Lee stopped transcription", as meeting services write. */
static bool is_of_service(const char *inside, size_t length)
{
    static const char *const endings[] = {" started recording",     " stopped recording",  " started transcription",
                                          " stopped transcription", " joined the meeting", " left the meeting"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (length > size && begins_with(inside + length - size, size, endings[i]))
            return count_words(inside, length - size) <= MOST_OTHER;
    }
    return false;
}

/* A remark of few words, and no sentence. */
static bool is_short_remark(const char *inside, size_t length)
{
    size_t words = count_words(inside, length), at = 0, size;
    word second;
    size_t most = begins_with_any(inside, length, clear, &size) ? MOST_CLEAR : MOST_OTHER;
    if (!has_stem(inside, length) || words > most || (inside[length - 1] == '.' && words > MOST_SENTENCE))
        return false;
    next_word(inside, length, &at, &second);
    return !next_word(inside, length, &at, &second) || !is_any(second, verbs);
}

bool qc_is_direction(const char *inside, size_t length)
{
    static const char unheard[] = "palabras que non se perciben";
    size_t size;
    while (length && is_blank(*inside))
        inside++, length--;
    while (length && is_blank(inside[length - 1]))
        length--;
    if (!length)
        return false;
    for (size_t i = 0; i + strlen(unheard) <= length; i++)
        if (memcmp(inside + i, unheard, strlen(unheard)) == 0)
            return true;
    return begins_with_any(inside, length, reported, &size) || is_clock(inside, length) || is_event(inside, length) ||
           is_heckle(inside, length) || is_of_service(inside, length) || is_short_remark(inside, length);
}
