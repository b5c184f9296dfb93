/* Words that say who interviews and who answers. */
#include "model/roles.h"

#include <string.h>

/* Labels that mean an interviewer, folded. A digit behind them changes nothing; the long ones also count as a word of a
 * longer label ("Interviewer Jones"). */
static const char *const short_words[] = {
    "i", "int", "intv", "iv", "ivr", "iver", "q", "mod", "fac", "counsel inquiry", "counsel"};
static const char *const long_words[] = {
    "interviewer",   "interviewers",   "interviewerin",   "interviewende", "interviewende:r", "moderator",
    "moderatorin",   "moderador",      "moderadora",      "moderateur",    "modératrice",     "modérateur",
    "moderatore",    "facilitator",    "researcher",      "question",      "pregunta",        "interlocutor",
    "interlocutora", "interviewador",  "interviewadora",  "entrevistador", "entrevistadora",  "entrevistador(a)",
    "intervieweur",  "intervieweuse",  "enquêteur",       "enquêtrice",    "fragesteller",    "fragestellerin",
    "fragende",      "intervistatore", "intervistatrice", "interviewster", "intervjuare",     "intervjuer",
    "haastattelija", "forscher",       "forscherin",      "chercheur",     "chercheuse",      "investigador",
    "investigadora", "pesquisador",    "pesquisadora",    "periodista",    "frage",           "вопрос",
    "интервьюер",    "記者",           "主持人",          "採訪者",        "采访者",          "インタビュアー"};
static const char *const answer_words[] = {
    "r",           "p",         "ip",        "respondent",   "participant",  "interviewee",
    "informant",   "befragte",  "befragter", "entrevistado", "entrevistada", "witness",
    "the witness", "respuesta", "antwort",   "patient",      "interviewé"};

enum { MOST_WORDS = 3 }; /* of a label that a long word decides */

static bool is_one_of(const char *text, size_t length, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(text, length, words) is_one_of(text, length, words, sizeof words / sizeof *words)

/* Without what counts speakers and what stands in brackets: "interviewer 2 (online)" is "interviewer". */
static size_t bare_length(const char *text, size_t length)
{
    const char *bracket = memchr(text, '(', length);
    if (bracket && bracket > text && bracket[-1] == ' ')
        length = (size_t)(bracket - text);
    while (length && (strchr(" .#-_[]", text[length - 1]) || (text[length - 1] >= '0' && text[length - 1] <= '9')))
        length--;
    return length;
}

static bool has_long_word(const char *text, size_t length)
{
    size_t words = 1;
    for (size_t i = 0; i < length; i++)
        words += text[i] == ' ';
    for (size_t from = 0; from < length && words <= MOST_WORDS;) {
        const char *space = memchr(text + from, ' ', length - from);
        size_t end = space ? (size_t)(space - text) : length;
        if (IS_ONE_OF(text + from, end - from, long_words))
            return true;
        from = end + 1;
    }
    return false;
}

qcode_role qc_role_of_label(const char *folded, size_t length)
{
    length = bare_length(folded, length);
    if (IS_ONE_OF(folded, length, short_words) || has_long_word(folded, length))
        return QCODE_ROLE_INTERVIEWER;
    return IS_ONE_OF(folded, length, answer_words) ? QCODE_ROLE_RESPONDENT : QCODE_ROLE_NONE;
}

bool qc_role_of_words(qc_folder *folder, const char *words, bool is_label, qcode_role *role)
{
    qc_folded folded;
    *role = QCODE_ROLE_NONE;
    if (!qc_fold(folder, QC_FORM_TERM, words, strlen(words), &folded))
        return false;
    if (is_label)
        *role = qc_role_of_label(folded.text, folded.length);
    else if (IS_ONE_OF(folded.text, bare_length(folded.text, folded.length), long_words))
        *role = QCODE_ROLE_INTERVIEWER;
    return true;
}
