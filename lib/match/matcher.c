/* The run over one transcript: turn by turn, what the rules of its scope find in the reading. */
#include "match/matcher.h"
#include "base/utf8.h"

/* After a failure nothing half made is left in the scratch. */
static void empty_scratch(qcode_matcher *m)
{
    qc_reading_scratch_clear(&m->reading_scratch);
    qc_reading_scratch_clear(&m->question_scratch);
    qc_buffer_clear(&m->value);
    qc_folder_clear(&m->folder);
    qc_plain_clear(&m->plain);
    qc_resolver_clear(&m->resolver);
    qc_topics_clear(&m->topics);
}

qcode_matcher *qcode_matcher_new(const qcode_rules *rules, const qcode_memory *memory, qcode_error *err)
{
    qcode_matcher *m = qc_resize(memory, NULL, sizeof *m);
    if (!m) {
        qc_no_memory(err);
        return NULL;
    }
    *m = (qcode_matcher){.rules = rules,
                         .memory = memory,
                         .reading_scratch = qc_reading_scratch_init(memory),
                         .question_scratch = qc_reading_scratch_init(memory),
                         .value = qc_buffer_init(memory),
                         .folder = qc_folder_init(memory),
                         .plain = qc_plain_init(memory),
                         .resolver = qc_resolver_init(memory),
                         .topics = qc_topics_init(memory)};
    bool done = qc_evidence_init(&m->evidence, rules->book, memory);
    for (size_t form = 0; form < QC_TERM_FORMS; form++)
        done = qc_lexicon_scratch_init(&m->lexicons[form], &rules->lexicons[form], memory) && done;
    if (rules->stems.count)
        done = qc_stem_scratch_init(&m->stems, rules->stem_language, memory) && done;
    m->hit = qc_resize(memory, NULL, rules->count + 1);
    m->barred = qc_resize(memory, NULL, rules->count + 1);
    m->needed = qc_resize(memory, NULL, rules->regex_count + 1);
    m->pursuits = qc_resize(memory, NULL, (rules->regex_count + 1) * sizeof *m->pursuits);
    m->apart = qc_resize(memory, NULL, (rules->regex_count + 1) * sizeof *m->apart);
    m->viewer_made = qc_glancer_init(&m->viewer, &m->folder, memory);
    /* the compiler's lock lets threads share what is compiled late; nothing else of the rules changes */
    m->searcher_made = qc_searcher_init(&m->searcher, (qc_compiler *)&rules->compiler, rules->options.plain, memory);
    if (done && m->hit && m->barred && m->needed && m->pursuits && m->apart && m->viewer_made && m->searcher_made) {
        memset(m->hit, 0, rules->count);
        memset(m->barred, 0, rules->count);
        memset(m->pursuits, 0, rules->regex_count * sizeof *m->pursuits);
        return m;
    }
    qcode_matcher_free(m);
    qc_no_memory(err);
    return NULL;
}

void qcode_matcher_free(qcode_matcher *m)
{
    if (!m)
        return;
    empty_scratch(m);
    qc_evidence_clear(&m->evidence);
    for (size_t form = 0; form < QC_TERM_FORMS; form++)
        qc_lexicon_scratch_clear(&m->lexicons[form]);
    qc_stem_scratch_clear(&m->stems);
    if (m->searcher_made)
        qc_searcher_clear(&m->searcher);
    qc_release(m->memory, m->found);
    qc_release(m->memory, m->hit);
    qc_release(m->memory, m->barred);
    qc_release(m->memory, m->needed);
    qc_release(m->memory, m->pursuits);
    qc_release(m->memory, m->apart);
    qc_release(m->memory, m->places);
    if (m->viewer_made)
        qc_glancer_clear(&m->viewer);
    qc_release(m->memory, m);
}

bool qc_match_runs_here(const qcode_matcher *m, const qc_ready_rule *rule)
{
    return qc_runs_for(m->rules, rule, m->role);
}

/* Whether a byte of the reading stands for a gap between two ranges. */
static bool is_joint(const qc_reading *reading, size_t byte)
{
    if (reading->turn.range_count < 2 || (reading->text[byte] != ' ' && reading->text[byte] != '\n'))
        return false;
    qcode_span span = qc_reading_span(reading, byte, byte + 1);
    size_t low = 0, high = reading->turn.range_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (reading->turn.ranges[middle].start <= span.start)
            low = middle;
        else
            high = middle;
    }
    return span.start >= reading->turn.ranges[low].end;
}

/* Takes down a hit, without gaps at its ends. One of no speech is dropped. */
static bool add_found(qcode_matcher *m, const qc_owner *who, qcode_span here)
{
    while (here.start < here.end && is_joint(&m->reading, here.start))
        here.start++;
    while (here.start < here.end && is_joint(&m->reading, here.end - 1))
        here.end--;
    if (here.start >= here.end)
        return true;
    if (!qc_grow(m->memory, &m->found, &m->found_room, m->found_count + 1, sizeof *m->found))
        return qc_no_memory(m->err);
    m->found[m->found_count++] = (qc_found){who->rule, who->rank, who->part, here.start, here.end,
                                            qc_reading_span(&m->reading, here.start, here.end), QCODE_CLAIM_NONE};
    if (who->rule != QC_NO_RULE)
        m->hit[who->rule] |= qc_is_evidence(who->part);
    return true;
}

bool qc_match_fold(qcode_matcher *m, qc_form form)
{
    return qc_fold(&m->folder, form, m->reading.text, m->reading.length, &m->folded) || qc_no_memory(m->err);
}

bool qc_match_take(qcode_matcher *m, size_t owner, qcode_span here)
{
    const qc_owner *who = &m->rules->owners[owner];
    if (who->rule != QC_NO_RULE && (who->part == QC_PART_QUESTION || !(who->roles >> m->role & 1)))
        return true;
    return add_found(m, who, here);
}

static bool owner_found(void *user, uint32_t owner, size_t start, size_t end)
{
    qcode_matcher *m = user;
    if (owner >= m->rules->owner_count) {
        m->needed[owner - m->rules->owner_count] = true;
        return true;
    }
    return qc_match_take(m, owner, m->in_view ? qc_glance_span(&m->view, start, end) : qc_folded_span(&m->folded, start, end));
}

/* The first place at or after `*start` where a term stands, or a word with the stem. */
static bool next_plainly(qcode_matcher *m, const qc_term *term, bool is_stem, size_t *start, size_t *end)
{
    bool no_memory = false;
    bool found = is_stem ? qc_stem_next(&m->stems, term, m->folded.text, m->folded.length, start, end, &no_memory)
                         : qc_plain_next(&m->plain, term, m->folded.text, m->folded.length, start, end);
    m->plain.reached.failed |= no_memory;
    return found;
}

static bool run_list_plainly(qcode_matcher *m, size_t owner, const qc_terms *terms, bool stems, qc_lexicon_found *found)
{
    for (size_t i = 0; i < terms->count; i++) {
        size_t at = 0, end;
        while (next_plainly(m, &terms->at[i], stems, &at, &end)) {
            if (!found(m, (uint32_t)owner, at, end))
                return false;
            qc_utf8_next(m->folded.text, m->folded.length, &at);
        }
        if (m->plain.reached.failed)
            return qc_no_memory(m->err);
    }
    return true;
}

bool qc_match_terms_plainly(qcode_matcher *m, size_t form, const qc_wants *wants, size_t owner,
                              qc_lexicon_found *found)
{
    if (!wants->terms.count && !wants->stems.count)
        return true;
    return qc_match_fold(m, qc_term_form(form)) && run_list_plainly(m, owner, &wants->terms, false, found) &&
           run_list_plainly(m, owner, &wants->stems, true, found);
}

/* The error of a limit: which rule, and where in the transcript the search stood. */
bool qc_match_refuse(qcode_matcher *m, const qcode_rule *rule, const qc_search *search)
{
    size_t at = search->at < search->length ? search->at : 0;
    qcode_span span = qc_folded_span(&m->folded, at, at + 1);
    qcode_place place = qcode_transcript_place(m->talk, qc_reading_span(&m->reading, span.start, span.end).start);
    return qc_fail(m->err, QCODE_LIMIT, qcode_transcript_name(m->talk), place.line, place.column,
                   "a regex of the rule \"%s\" met %s", rule->id, search->limit);
}

static bool run_regexes(qcode_matcher *m, const qcode_rule *rule, const qc_regexes *regexes, size_t owner)
{
    for (size_t i = 0; i < regexes->count; i++) {
        qc_search search = qc_search_begin(&m->searcher, &regexes->at[i], m->folded.text, m->folded.length);
        qc_answer answer;
        size_t start, end;
        while ((answer = qc_search_next(&search, &start, &end)) == QC_FOUND)
            if (!owner_found(m, (uint32_t)owner, start, end))
                return false;
        if (answer == QC_NO_ROOM)
            return qc_no_memory(m->err);
        if (answer == QC_LIMIT)
            return qc_match_refuse(m, rule, &search);
    }
    return true;
}

/* Makes the form that regexes see, unless it is there already. */
static bool fold_for_regexes(qcode_matcher *m, bool *folded)
{
    if (*folded)
        return true;
    m->in_view = false;
    return *folded = qc_match_fold(m, QC_FORM_NFC);
}

/* The regexes of those parts of a rule that can make a hit, or of those that cannot. */
static bool run_rule(qcode_matcher *m, const qc_ready_rule *rule, bool evidence, bool *folded)
{
    for (size_t part = 0; part < rule->part_count; part++)
        if (rule->parts[part].regexes.count && part != QC_PART_QUESTION && qc_is_evidence(part) == evidence &&
            !(fold_for_regexes(m, folded) &&
              run_regexes(m, rule->rule, &rule->parts[part].regexes, rule->first_owner + part)))
            return false;
    return true;
}

bool qc_match_regexes(qcode_matcher *m)
{
    bool folded = false;
    for (size_t i = 0; i < m->rules->count; i++) {
        const qc_ready_rule *rule = &m->rules->rules[i];
        if (rule->has_regexes && qc_match_runs_here(m, rule) &&
            (!run_rule(m, rule, true, &folded) ||
             ((m->hit[i] || rule->refers) && !run_rule(m, rule, false, &folded))))
            return false;
    }
    for (size_t i = 0; i < m->rules->status_count && m->found_count; i++)
        if (m->rules->statuses[i].wants.regexes.count &&
            !(fold_for_regexes(m, &folded) && run_regexes(m, m->rules->status_rule, &m->rules->statuses[i].wants.regexes,
                                                          m->rules->owner_count - m->rules->status_count + i)))
            return false;
    return true;
}

/* The reference: rule by rule, term by term. */
static bool run_plainly(qcode_matcher *m)
{
    for (size_t i = 0; i < m->rules->count; i++) {
        const qc_ready_rule *rule = &m->rules->rules[i];
        if (!qc_match_runs_here(m, rule))
            continue;
        for (size_t part = 0; part < rule->part_count; part++)
            if (part != QC_PART_QUESTION && !qc_match_terms_plainly(m, rule->form, &rule->parts[part], rule->first_owner + part, owner_found))
                return false;
    }
    for (size_t i = 0; i < m->rules->status_count; i++)
        if (!qc_match_terms_plainly(m, 0, &m->rules->statuses[i].wants, m->rules->owner_count - m->rules->status_count + i,
                               owner_found))
            return false;
    return qc_match_regexes(m);
}

static bool someone_listens(const qcode_matcher *m)
{
    const qcode_codebook *book = m->rules->book;
    if (book->cues)
        return true;
    for (size_t i = 0; i < book->count; i++)
        if (qc_in_scope(book->codes[i].scope, m->role) || book->codes[i].unit == QCODE_UNIT_ANSWER)
            return true;
    return false;
}

/* What is made of the turn's hits: in the question being asked, in the answer, or as they are. */
static bool take_turn(qcode_matcher *m, qcode_codings *codings)
{
    const qcode_rules *rules = m->rules;
    const qcode_codebook *book = rules->book;
    bool asks = m->role == QCODE_ROLE_INTERVIEWER;
    if (asks) {
        if (book->weighed && !m->topics.asking && !qc_evidence_end_answer(&m->evidence))
            return false;
        if (rules->hears_topics)
            qc_topics_ask(&m->topics, &m->resolver, book, &m->reading);
    }
    if (!book->weighed)
        return qc_resolve_turn(&m->resolver, rules, &m->reading, codings);
    return asks ? qc_evidence_ask(&m->evidence, &m->resolver, rules, &m->reading)
                : qc_evidence_hear(&m->evidence, &m->resolver, rules, &m->reading);
}

/* The turn after a question: now it is known what was asked. */
static bool end_question(qcode_matcher *m)
{
    const qcode_codebook *book = m->rules->book;
    if (m->role == QCODE_ROLE_INTERVIEWER)
        return true;
    if (book->weighed)
        m->topics.question.best = qc_weigh_best(&m->evidence.weigher);
    return !qc_topics_answer(&m->topics, book) || !book->weighed ||
           qc_evidence_end_question(&m->evidence, &m->topics.question, m->topics.opening);
}

/* Leaves nothing of the last turn. */
static void forget_hits(qcode_matcher *m)
{
    for (size_t i = 0; i < m->found_count; i++)
        if (m->found[i].rule != QC_NO_RULE)
            m->hit[m->found[i].rule] = false;
    m->found_count = 0;
    if (m->rules->unanchored_count || m->rules->late_count)
        memset(m->needed, 0, m->rules->regex_count);
}

static bool match_turn(qcode_matcher *m, const qcode_turn *turn, qcode_codings *codings)
{
    m->role = turn->speaker ? turn->speaker->role : QCODE_ROLE_NONE;
    if (!end_question(m) || (m->rules->hears_topics && !qc_topics_note(&m->topics, turn)))
        return qc_no_memory(m->err);
    if (!qcode_may_use(m->talk, turn->speaker) || !someone_listens(m))
        return true;
    if (!qc_read_turn(&m->reading_scratch, m->talk, turn, &m->reading))
        return qc_no_memory(m->err);
    forget_hits(m);
    bool done = m->rules->options.plain ? run_plainly(m) : qc_hunt_all(m, owner_found);
    done = done && qc_match_bar_rules(m);
    if (m->left_out)
        m->barred[m->left_out - 1] = true;
    done = done && ((qc_resolve_hits(&m->resolver, m->rules, &m->reading, m->barred, m->found, m->found_count,
                                     m->rules->book->cues != NULL, codings) &&
                     take_turn(m, codings)) ||
                    qc_no_memory(m->err));
    if (m->left_out)
        m->barred[m->left_out - 1] = false;
    return done;
}

void qc_matcher_watch(qcode_matcher *matcher, const qc_witness *witness)
{
    matcher->evidence.witness = witness;
}

qcode_codings *qcode_match(qcode_matcher *m, const qcode_transcript *talk, qcode_error *err)
{
    qcode_codings *codings = qc_codings_new(talk, m->memory, err);
    bool done = codings;
    m->talk = talk;
    m->err = err;
    qc_topics_begin(&m->topics);
    qc_evidence_begin(&m->evidence, codings);
    for (size_t i = 0; done && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        done = match_turn(m, &turn, codings);
    }
    if (done && !(qc_evidence_end_answer(&m->evidence) &&
                  qc_resolve_document(&m->resolver, talk, m->topics.answers, codings)))
        done = qc_no_memory(err);
    if (done) {
        qc_codings_finish(codings);
        return codings;
    }
    qcode_codings_free(codings);
    empty_scratch(m);
    return NULL;
}
