/* Consent: who is left out, and who is not quoted. */
#include "model/consent.h"
#include "base/error.h"
#include "text/words.h"

#include <string.h>

static bool says(const qcode_transcript *talk, const qcode_speaker *speaker, const char *name, const char *what)
{
    const char *value = qcode_transcript_value(talk, speaker, name);
    return value && strcmp(value, what) == 0;
}

/* A name and value that a respondent has, when the case as a whole has it and no line of this document said so. */
static bool set_where(qcode_transcript *talk, size_t speaker, bool is_so, const char *name, const char *value)
{
    return !is_so || qc_speaker_attribute(talk, speaker, name, value);
}

/* Of who is left out nothing is kept but that, and why. */
static bool leave_out(qcode_transcript *talk, size_t speaker, bool no_use, const char *withdrawn)
{
    qc_speaker_forget_attributes(talk, speaker);
    return set_where(talk, speaker, no_use, "consent_use", "no") &&
           set_where(talk, speaker, withdrawn, "withdrawn", withdrawn);
}

static bool apply_consent(qcode_transcript *talk, size_t index, const qc_consent *all)
{
    const qcode_speaker *speaker = qcode_transcript_speaker(talk, index);
    bool no_use = all->no_use || says(talk, speaker, "consent_use", "no");
    bool no_quote = all->no_quote || says(talk, speaker, "consent_quote", "no");
    const char *withdrawn = qcode_transcript_value(talk, speaker, "withdrawn");
    if (!withdrawn || strcmp(withdrawn, "no") == 0)
        withdrawn = all->withdrawn;
    qc_speaker_set_consent(talk, index, no_use || withdrawn, no_quote);
    if (no_use || withdrawn)
        return leave_out(talk, index, no_use, withdrawn);
    return set_where(talk, index, no_quote, "consent_quote", "no") &&
           set_where(talk, index, all->no_archive, "consent_archive", "no");
}

bool qc_withdraw_speaker(qcode_transcript *talk, size_t index, const char *withdrawn)
{
    bool no_use = says(talk, qcode_transcript_speaker(talk, index), "consent_use", "no");
    qc_speaker_set_consent(talk, index, true, false);
    return leave_out(talk, index, no_use, withdrawn);
}

bool qc_apply_consents(qcode_transcript *talk, const qcode_cases *cases)
{
    static const qc_consent unrestricted = {.no_use = false};
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++) {
        const qc_consent *all = qc_cases_consent(cases, qcode_transcript_speaker(talk, i)->case_name);
        if (!apply_consent(talk, i, all ? all : &unrestricted))
            return false;
    }
    return true;
}

static bool someone_answers(const qcode_transcript *talk)
{
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++)
        if (qcode_transcript_speaker(talk, i)->role == QCODE_ROLE_RESPONDENT)
            return true;
    return false;
}

/* What a line says itself, or another one of its case. */
static bool keeps_back(const qcode_cases *cases, const qc_case *line)
{
    const qc_consent *all = qc_cases_consent(cases, line->case_name);
    return qc_consent_restricts(&line->consent) || (all && qc_consent_restricts(all));
}

static bool is_named(const qcode_transcript *talk, const qcode_cases *cases, size_t speaker)
{
    const qc_label *label = qc_speaker_label(talk, speaker);
    qc_case_walk walk = qc_cases_walk(cases, qcode_transcript_name(talk));
    bool named = qc_cases_everywhere(cases, label);
    for (const qc_case *line; !named && (line = qc_case_walk_next(&walk));)
        named = line->speaker && strcmp(qc_cases_label(cases, line)->key, label->key) == 0;
    return named;
}

/* "p7 [laughing]" and "p6 & p7" hold "p7" as a word; "p70" does not. */
static bool holds_word(const char *key, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = key; (at = strstr(at, word)); at++)
        if (qc_word_edge_before(key, (size_t)(at - key)) &&
            qc_word_edge_after(key, strlen(key), (size_t)(at - key) + length))
            return strlen(key) > length;
    return false;
}

/* An interviewer by mere guess may be a respondent. */
static bool may_answer(const qcode_speaker *speaker)
{
    return speaker->role != QCODE_ROLE_INTERVIEWER || speaker->role_basis == QCODE_ROLE_GUESS;
}

/* Whether no other label holds the name of who is kept back, unless a line says whose label that is. */
static bool check_like(const qcode_transcript *talk, const qcode_cases *cases, const qc_case *line, qcode_error *err)
{
    const char *word = qc_cases_label(cases, line)->key;
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++)
        if (may_answer(qcode_transcript_speaker(talk, i)) && holds_word(qc_speaker_label(talk, i)->key, word) &&
            !is_named(talk, cases, i))
            return qc_fail(err, QCODE_INVALID, qc_case_file(cases, line), line->line, 0,
                           "another speaker's label in \"%s\" holds this one: say in a line for that label whose words "
                           "those are",
                           qcode_transcript_name(talk));
    return true;
}

/* Lines that name no document hold for this one too. */
static bool check_everywhere(const qcode_transcript *talk, const qcode_cases *cases, qcode_error *err)
{
    for (size_t i = 0; cases && i < qc_cases_count(cases); i++) {
        const qc_case *line = qc_cases_at(cases, i);
        if (!line->document && line->speaker && keeps_back(cases, line) && !check_like(talk, cases, line, err))
            return false;
    }
    return true;
}

bool qc_check_consents(const qcode_transcript *talk, const qcode_cases *cases, qcode_error *err)
{
    qc_case_walk walk = qc_cases_walk(cases, qcode_transcript_name(talk));
    bool answered = someone_answers(talk);
    for (const qc_case *line; (line = qc_case_walk_next(&walk));) {
        bool found = line->speaker ? qc_speaker_find_label(talk, qc_cases_label(cases, line)) != QC_NOBODY : answered;
        if (!keeps_back(cases, line))
            continue;
        if (found && line->speaker && !check_like(talk, cases, line, err))
            return false;
        if (!found)
            return qc_fail(err, QCODE_INVALID, qc_case_file(cases, line), line->line, 0,
                           "%s in \"%s\": whose words must be kept back is not known",
                           line->speaker ? "this speaker is not found" : "nobody answers",
                           qcode_transcript_name(talk));
    }
    return check_everywhere(talk, cases, err);
}
