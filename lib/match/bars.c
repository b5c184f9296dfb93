/* What a rule asks of a turn beyond its words: who speaks, and what was asked. */
#include "match/matcher.h"

static bool question_found(void *user, uint32_t owner, size_t start, size_t end)
{
    qcode_matcher *m = user;
    (void)start;
    (void)end;
    if (owner < m->rules->owner_count && m->rules->owners[owner].rule != QC_NO_RULE &&
        m->rules->owners[owner].part == QC_PART_QUESTION)
        m->barred[m->rules->owners[owner].rule] = false;
    return true;
}

static bool ask_terms(qcode_matcher *m)
{
    if (!m->rules->options.plain)
        return qc_hunt_words(m, question_found);
    for (size_t i = 0; i < m->rules->count; i++)
        if (!qc_match_terms_plainly(m, m->rules->rules[i].form, &m->rules->rules[i].parts[QC_PART_QUESTION],
                               m->rules->rules[i].first_owner + QC_PART_QUESTION, question_found))
            return false;
    return true;
}

static bool ask_regexes(qcode_matcher *m, const qc_ready_rule *rule)
{
    const qc_regexes *regexes = &rule->parts[QC_PART_QUESTION].regexes;
    for (size_t i = 0; i < regexes->count; i++) {
        qc_search search = qc_search_begin(&m->searcher, &regexes->at[i], m->folded.text, m->folded.length);
        size_t start, end;
        qc_answer answer = qc_search_next(&search, &start, &end);
        if (answer == QC_FOUND)
            m->barred[rule->rule->index] = false;
        if (answer == QC_NO_ROOM)
            return qc_no_memory(m->err);
        if (answer == QC_LIMIT)
            return qc_match_refuse(m, rule->rule, &search);
    }
    return true;
}

static bool asks_question(const qc_ready_rule *rule)
{
    const qc_wants *wants = &rule->parts[QC_PART_QUESTION];
    return wants->terms.count || wants->regexes.count;
}

/* Bars the rules whose question is another one than the one that this turn answers. */
static bool look_at_question(qcode_matcher *m)
{
    bool any = false;
    for (size_t i = 0; i < m->rules->count; i++) {
        m->barred[i] = asks_question(&m->rules->rules[i]);
        any |= m->barred[i] && (m->hit[i] || m->rules->rules[i].refers);
    }
    size_t question = m->reading.turn.question;
    if (!any || !question)
        return true;
    qc_reading own = m->reading;
    const qcode_turn asked = qcode_transcript_turn(m->talk, question - 1);
    bool done = qc_read_turn(&m->question_scratch, m->talk, &asked, &m->reading) || qc_no_memory(m->err);
    done = done && ask_terms(m) && qc_match_fold(m, QC_FORM_NFC);
    for (size_t i = 0; done && i < m->rules->count; i++)
        if (m->barred[i] && (m->hit[i] || m->rules->rules[i].refers))
            done = ask_regexes(m, &m->rules->rules[i]);
    m->reading = own;
    return done;
}

static bool is_value(qcode_matcher *m, const char *wanted)
{
    qc_folded folded;
    if (!qc_fold(&m->folder, QC_FORM_TERM, wanted, strlen(wanted), &folded)) {
        m->value.failed = true;
        return false;
    }
    return folded.length == m->value.length && memcmp(folded.text, m->value.data, folded.length) == 0;
}

/* Whether the speaker is as wanted, in their role or an attribute; capitals do not matter. Answers false for want of
 * memory too: then `m->value.failed`. */
static bool holds(qcode_matcher *m, const qc_where *where)
{
    const qcode_speaker *speaker = m->reading.turn.speaker;
    const char *value = where->attribute ? qcode_transcript_value(m->talk, speaker, where->attribute)
                                         : qcode_role_name(m->role);
    qc_folded folded;
    if (!where->attribute && m->role == QCODE_ROLE_NONE)
        return true;
    m->value.length = 0;
    if (!value)
        return false;
    if (!qc_fold(&m->folder, QC_FORM_TERM, value, strlen(value), &folded)) {
        m->value.failed = true;
        return false;
    }
    qc_buffer_append(&m->value, folded.text, folded.length);
    for (size_t i = 0; !m->value.failed && i < where->value_count; i++)
        if (is_value(m, where->values[i]))
            return true;
    return false;
}

bool qc_match_bar_rules(qcode_matcher *m)
{
    if (!m->rules->bars)
        return true;
    memset(m->barred, 0, m->rules->count);
    if (m->rules->asks && !look_at_question(m))
        return false;
    for (size_t i = 0; i < m->rules->count; i++) {
        const qcode_rule *rule = m->rules->rules[i].rule;
        for (size_t k = 0; k < rule->where_count && !m->barred[i] && (m->hit[i] || m->rules->rules[i].refers); k++)
            m->barred[i] = !holds(m, &rule->wheres[k]);
        m->barred[i] |= m->rules->rules[i].refers && !qc_match_runs_here(m, &m->rules->rules[i]);
    }
    return !m->value.failed || qc_no_memory(m->err);
}
