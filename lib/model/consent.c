/* Consent: who is left out, and who is not quoted. */
#include "model/consent.h"
#include "base/error.h"

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

bool qc_check_consents(const qcode_transcript *talk, const qcode_cases *cases, qcode_error *err)
{
    qc_case_walk walk = qc_cases_walk(cases, qcode_transcript_name(talk));
    bool answered = someone_answers(talk);
    for (const qc_case *line; (line = qc_case_walk_next(&walk));) {
        bool found = line->speaker ? qc_speaker_find_label(talk, qc_cases_label(cases, line)) != QC_NOBODY : answered;
        if (qc_consent_restricts(&line->consent) && !found)
            return qc_fail(err, QCODE_INVALID, qc_case_file(cases, line), line->line, 0,
                           "%s in \"%s\": whose words must be kept back is not known",
                           line->speaker ? "this speaker is not found" : "nobody answers",
                           qcode_transcript_name(talk));
    }
    return true;
}
