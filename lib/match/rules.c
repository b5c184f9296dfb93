/* From a codebook to rules that run. */
#include "match/rules.h"
#include "match/order.h"
#include "text/words.h"

#include <string.h>

qc_form qc_term_form(size_t form)
{
    return form ? QC_FORM_EXACT : QC_FORM_TERM;
}

bool qc_is_evidence(size_t part)
{
    return part == QC_PART_HITS || part >= QC_PART_NODES;
}

bool qc_in_scope(qcode_scope scope, qcode_role role)
{
    return scope == QCODE_SCOPE_ALL || role == QCODE_ROLE_NONE ||
           (scope == QCODE_SCOPE_RESPONDENT) == (role == QCODE_ROLE_RESPONDENT);
}

/* What compiling hands on from pattern to pattern. */
typedef struct making {
    qcode_rules *rules;
    qc_folder folder;
    qc_buffer term;
    qc_stemmer *stemmer; /* made with the first stem */
    qcode_notes *notes;
    qcode_error *err;
} making;

static void refuse_term(making *m, const qcode_rule *rule, const qc_pattern *pattern, size_t offset, const char *what)
{
    size_t line, column;
    qc_pattern_place(rule->code->book, pattern, offset, &line, &column);
    qcode_error wrong;
    qc_fail(&wrong, QCODE_INVALID, rule->code->book->source, line, column, "%s", what);
    qc_note_error(m->notes, &wrong);
    if (m->err->status == QCODE_OK)
        *m->err = wrong;
}

static bool keep_term(making *m, const char *text, size_t length, qc_terms *terms, qc_term *list)
{
    const char *copy = qc_arena_copy(&m->rules->arena, text, length);
    if (copy)
        list[terms->count++] = (qc_term){(const unsigned char *)copy, length};
    return copy;
}

/* Whether stems can be made in the language of the rule's codebook; otherwise why not. */
static const char *ready_stemmer(making *m, const qcode_rule *rule)
{
    const char *language = rule->code->book->language;
    bool no_memory = false;
    if (rule->case_exact)
        return "a stem in a rule with \"case: exact\"; stems are in small letters";
    if (!qc_stem_built_in())
        return "a stem, but this qcode was built without libstemmer";
    if (m->stemmer && strcmp(language, m->rules->stem_language) != 0)
        return "stems of two languages in one run";
    if (!m->stemmer)
        m->stemmer = qc_stemmer_new(language, m->rules->memory, &no_memory);
    m->term.failed |= no_memory;
    m->rules->stem_language = language;
    return m->stemmer ? NULL : "a stem needs the codebook's \"language\", one that Snowball knows (such as en)";
}

/* A term behind its ~. Answers what is wrong with it, or NULL. */
static const char *make_stem(making *m, const qcode_rule *rule, const qc_pattern *pattern, qc_terms *stems,
                             qc_term *list)
{
    const char *wrong = ready_stemmer(m, rule);
    qc_folded folded;
    size_t at = 0, length;
    qcode_span word;
    if (wrong)
        return wrong;
    if (!qc_fold(&m->folder, QC_FORM_TERM, pattern->text + 1, pattern->length - 1, &folded)) {
        m->term.failed = true;
        return NULL;
    }
    if (!qc_next_word(folded.text, folded.length, &at, &word) || word.start || word.end < folded.length)
        return "a stem is one word without wildcards; for several use \"near\"";
    const char *stem = qc_stem(m->stemmer, folded.text, folded.length, &length);
    m->term.failed |= !stem || !keep_term(m, stem, length, stems, list);
    return NULL;
}

/* Makes the terms of a rule ready: those that begin with ~ as stems. */
static bool make_terms(making *m, const qcode_rule *rule, const qc_patterns *patterns, qc_wants *wants)
{
    qc_form form = qc_term_form(rule->case_exact);
    qc_term *list = qc_arena_take_array(&m->rules->arena, patterns->count, sizeof *list), *stems = NULL;
    if (!list)
        return false;
    wants->terms = (qc_terms){list, 0};
    for (size_t i = 0; i < patterns->count; i++) {
        const qc_pattern *pattern = &patterns->at[i];
        const char *wrong;
        size_t offset = 0;
        m->term.length = 0;
        if (pattern->text[0] == '~') {
            if (!stems && !(stems = qc_arena_take_array(&m->rules->arena, patterns->count, sizeof *stems)))
                return false;
            wants->stems.at = stems;
            wrong = make_stem(m, rule, pattern, &wants->stems, stems);
        } else {
            wrong = qc_term_ready(&m->folder, form, pattern->text, pattern->length, &m->term, &offset);
        }
        if (m->term.failed)
            return false;
        if (wrong)
            refuse_term(m, rule, pattern, offset, wrong);
        else if (pattern->text[0] != '~' && !keep_term(m, m->term.data, m->term.length, &wants->terms, list))
            return false;
    }
    return true;
}

static bool make_regexes(making *m, const qcode_rule *rule, const qc_patterns *patterns, qc_regexes *regexes)
{
    qcode_rules *rules = m->rules;
    *regexes = (qc_regexes){qc_arena_take_array(&rules->arena, patterns->count, sizeof *regexes->at), 0};
    if (!regexes->at)
        return false;
    for (size_t i = 0; i < patterns->count; i++) {
        qc_regex *regex = &regexes->at[regexes->count++];
        if (!qc_regex_compile(&rules->compiler, regex, &patterns->at[i], rule, &rules->arena, &m->folder, m->notes, m->err))
            return false;
        regex->number = rules->regex_count++;
    }
    return true;
}

static bool make_wants(making *m, const qcode_rule *rule, const qc_patterns *terms, const qc_patterns *regexes,
                       qc_wants *wants)
{
    return make_terms(m, rule, terms, wants) && make_regexes(m, rule, regexes, &wants->regexes);
}

/* What a rule's hits are judged by. */
static void learn_sentences(qc_ready_rule *ready)
{
    const qcode_rule *rule = ready->rule;
    qcode_unit unit = rule->code->unit;
    ready->needs_all_sentences = unit == QCODE_UNIT_TURN || unit == QCODE_UNIT_PARAGRAPH || rule->condition_count ||
                                 rule->beside_count;
    ready->needs_sentences = ready->needs_all_sentences || unit == QCODE_UNIT_SENTENCE || rule->unless_terms.count ||
                             rule->unless_regexes.count || rule->ghost_terms.count || rule->ghost_regexes.count;
}

static bool make_rule(making *m, const qcode_rule *rule)
{
    qc_ready_rule *ready = &m->rules->rules[rule->index];
    ready->rule = rule;
    ready->form = rule->case_exact;
    ready->refers = rule->beside_count;
    ready->part_count = QC_PART_NODES + rule->condition_count;
    ready->parts = qc_arena_take_array(&m->rules->arena, ready->part_count, sizeof *ready->parts);
    if (!ready->parts || !make_wants(m, rule, &rule->terms, &rule->regexes, &ready->parts[QC_PART_HITS]) ||
        !make_wants(m, rule, &rule->unless_terms, &rule->unless_regexes, &ready->parts[QC_PART_VETOES]) ||
        !make_wants(m, rule, &rule->ghost_terms, &rule->ghost_regexes, &ready->parts[QC_PART_GHOSTS]) ||
        !make_wants(m, rule, &rule->question_terms, &rule->question_regexes, &ready->parts[QC_PART_QUESTION]))
        return false;
    m->rules->asks |= rule->question_terms.count || rule->question_regexes.count;
    m->rules->bars |= m->rules->asks || rule->where_count || rule->beside_count || rule->condition_count;
    for (size_t i = 0; i < rule->condition_count; i++) {
        const qc_condition *node = &rule->conditions[i];
        ready->refers |= node->kind == QC_OTHER_CODE;
        if (!make_wants(m, rule, &node->terms, &node->regexes, &ready->parts[QC_PART_NODES + i]))
            return false;
    }
    for (size_t part = 0; part < ready->part_count; part++)
        ready->has_regexes |= ready->parts[part].regexes.count > 0;
    learn_sentences(ready);
    m->rules->refers |= ready->refers;
    return true;
}

/* A cue is compiled as if it were a rule of the book's first code, whose name stands where a limit is told. */
static bool make_cues(making *m)
{
    qcode_rules *rules = m->rules;
    const qcode_codebook *book = rules->book;
    const qcode_rule like = {.id = "status", .code = book->codes};
    rules->statuses = qc_arena_take_array(&rules->arena, book->status_cue_count, sizeof *rules->statuses);
    rules->status_rule = qc_arena_take(&rules->arena, sizeof *rules->status_rule);
    if (!rules->statuses || !rules->status_rule)
        return false;
    *rules->status_rule = like;
    while (rules->status_count < book->status_cue_count) {
        const qc_status_cue *cue = &book->status_cues[rules->status_count];
        qc_ready_cue *ready = &rules->statuses[rules->status_count++];
        ready->cue = cue;
        if (!make_wants(m, rules->status_rule, &cue->terms, &cue->regexes, &ready->wants))
            return false;
    }
    return true;
}

/* Gives each part of each rule, and each cue, its owner's number. */
static bool make_owners(qcode_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        rules->rules[i].first_owner = rules->owner_count;
        rules->owner_count += rules->rules[i].part_count;
    }
    size_t parts = rules->owner_count;
    rules->owner_count += rules->status_count;
    rules->owners = qc_arena_take_array(&rules->arena, rules->owner_count, sizeof *rules->owners);
    for (size_t i = 0; rules->owners && i < rules->status_count; i++)
        rules->owners[parts + i] = (qc_owner){.rule = QC_NO_RULE, .part = i};
    for (size_t i = 0; rules->owners && i < rules->count; i++)
        for (size_t part = 0; part < rules->rules[i].part_count; part++)
            rules->owners[rules->rules[i].first_owner + part] = (qc_owner){.rule = i, .part = part};
    return rules->owners;
}

static void list_part(qcode_rules *rules, const qc_regexes *regexes, size_t owner, size_t rule, bool evidence)
{
    for (size_t i = 0; i < regexes->count; i++) {
        qc_regex *regex = &regexes->at[i];
        rules->regexes[regex->number] = (qc_listed_regex){regex, owner, rule, evidence};
        if (!evidence)
            rules->late[rules->late_count++] = regex->number;
        else if (!regex->anchors.count)
            rules->unanchored[rules->unanchored_count++] = regex->number;
    }
}

/* Lists the regexes of all rules and cues by their numbers. */
static bool list_regexes(qcode_rules *rules)
{
    rules->regexes = qc_arena_take_array(&rules->arena, rules->regex_count, sizeof *rules->regexes);
    rules->unanchored = qc_arena_take_array(&rules->arena, rules->regex_count, sizeof *rules->unanchored);
    rules->late = qc_arena_take_array(&rules->arena, rules->regex_count, sizeof *rules->late);
    if (!rules->regexes || !rules->unanchored || !rules->late)
        return false;
    for (size_t i = 0; i < rules->count; i++) {
        const qc_ready_rule *rule = &rules->rules[i];
        for (size_t part = 0; part < rule->part_count; part++)
            if (part != QC_PART_QUESTION)
                list_part(rules, &rule->parts[part].regexes, rule->first_owner + part, i, qc_is_evidence(part));
    }
    for (size_t i = 0; i < rules->status_count; i++)
        list_part(rules, &rules->statuses[i].wants.regexes, rules->owner_count - rules->status_count + i, QC_NO_RULE, false);
    return true;
}

bool qc_runs_for(const qcode_rules *rules, const qc_ready_rule *rule, qcode_role role)
{
    const qcode_code *code = rule->rule->code;
    if (code->retired)
        return false;
    if (rule->rule->asks)
        return role == QCODE_ROLE_INTERVIEWER;
    bool weighed = rules->book->weighed && code->index < rules->book->count; /* words in a question count too */
    return weighed || qc_in_scope(code->scope, role);
}

/* What has to be known of an owner for each match; the rules have their ranks. Cues stand behind all rules. */
static void fill_owners(qcode_rules *rules)
{
    for (size_t i = 0; i < rules->owner_count; i++) {
        qc_owner *owner = &rules->owners[i];
        const qc_ready_rule *rule = owner->rule == QC_NO_RULE ? NULL : &rules->rules[owner->rule];
        owner->rank = rule ? rule->rank : rules->count;
        for (int role = QCODE_ROLE_NONE; role <= QCODE_ROLE_RESPONDENT; role++)
            if (!rule || qc_runs_for(rules, rule, (qcode_role)role))
                owner->roles |= (uint8_t)(1 << role);
    }
}

static size_t put_wanted(qc_wanted *to, const qc_term *terms, size_t count, size_t owner)
{
    for (size_t i = 0; to && i < count; i++)
        to[i] = (qc_wanted){.term = terms[i], .owner = (uint32_t)owner};
    return count;
}

/* What regexes need that have no words to look for. */
static size_t put_needs(qc_wanted *to, const qcode_rules *rules, const qc_regexes *regexes)
{
    size_t count = 0;
    for (size_t i = 0; i < regexes->count; i++)
        count += put_wanted(to ? to + count : NULL, regexes->at[i].needs, regexes->at[i].need_count,
                            rules->owner_count + regexes->at[i].number);
    return count;
}

/* Lists the terms of one form, and in the folded one what regexes need, in `to`; or only counts them when it is NULL. */
static size_t list_wanted(const qcode_rules *rules, size_t form, qc_wanted *to)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const qc_ready_rule *rule = &rules->rules[i];
        for (size_t part = 0; part < rule->part_count; part++) {
            const qc_wants *wants = &rule->parts[part];
            if (form == 0)
                count += put_needs(to ? to + count : NULL, rules, &wants->regexes);
            if (form == rule->form)
                count += put_wanted(to ? to + count : NULL, wants->terms.at, wants->terms.count,
                                    rule->first_owner + part);
        }
    }
    for (size_t i = 0; i < rules->status_count; i++) {
        const qc_wants *wants = &rules->statuses[i].wants;
        if (form != 0)
            continue;
        count += put_needs(to ? to + count : NULL, rules, &wants->regexes);
        count += put_wanted(to ? to + count : NULL, wants->terms.at, wants->terms.count,
                            rules->owner_count - rules->status_count + i);
    }
    return count;
}

/* Lists the stems of all rules in `to`, or only counts them when it is NULL. */
static size_t list_stems(const qcode_rules *rules, qc_wanted *to)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const qc_ready_rule *rule = &rules->rules[i];
        for (size_t part = 0; part < rule->part_count; part++)
            count += put_wanted(to ? to + count : NULL, rule->parts[part].stems.at, rule->parts[part].stems.count,
                                rule->first_owner + part);
    }
    for (size_t i = 0; i < rules->status_count; i++)
        count += put_wanted(to ? to + count : NULL, rules->statuses[i].wants.stems.at, rules->statuses[i].wants.stems.count,
                            rules->owner_count - rules->status_count + i);
    return count;
}

static bool make_stems(qcode_rules *rules)
{
    size_t count = list_stems(rules, NULL);
    qc_wanted *wanted = qc_arena_take_array(&rules->arena, count, sizeof *wanted);
    if (wanted) {
        list_stems(rules, wanted);
        qc_stems_build(&rules->stems, wanted, count);
    }
    return wanted;
}

/* Terms are hunted, or stand in a lexicon. */
static bool make_lexicons(qcode_rules *rules)
{
    qc_arena room = qc_arena_init(rules->memory);
    qc_wanted *wanted[QC_TERM_FORMS];
    size_t counts[QC_TERM_FORMS];
    bool done = true;
    for (size_t form = 0; form < QC_TERM_FORMS; form++) {
        counts[form] = list_wanted(rules, form, NULL);
        wanted[form] = qc_arena_take_array(&room, counts[form], sizeof *wanted[form]);
        done = done && wanted[form];
        if (done)
            list_wanted(rules, form, wanted[form]);
    }
    done = done && qc_hunt_build(rules, wanted[0], &counts[0], wanted[1], counts[1]);
    for (size_t form = 0; form < QC_TERM_FORMS; form++)
        done = done && qc_lexicon_build(&rules->lexicons[form], &rules->arena, wanted[form], counts[form]);
    qc_arena_clear(&room);
    return done;
}

/* Behind the order of the rules. */
static bool finish(qcode_rules *rules)
{
    fill_owners(rules);
    return make_stems(rules) && make_lexicons(rules);
}

/* False when memory ran out; bad patterns are in the error and the notes. */
static bool make_all(making *m)
{
    qcode_rules *rules = m->rules;
    const qcode_codebook *book = rules->book;
    rules->rules = qc_arena_take_array(&rules->arena, book->rule_count, sizeof *rules->rules);
    if (!rules->rules || !qc_compiler_init(&rules->compiler, rules->memory, rules->options.no_jit))
        return false;
    rules->compiler_made = true;
    qc_frequencies_of(book->language, &rules->frequencies);
    rules->compiler.frequencies = &rules->frequencies;
    rules->hears_topics = book->cues;
    for (size_t c = 0; c < book->count; c++)
        rules->hears_topics |= book->codes[c].unit == QCODE_UNIT_ANSWER || book->codes[c].unit == QCODE_UNIT_DOCUMENT;
    rules->count = book->rule_count;
    for (size_t c = 0; c < book->count; c++)
        for (size_t r = 0; r < book->codes[c].rule_count; r++)
            if (!make_rule(m, &book->codes[c].rules[r]))
                return false;
    for (size_t c = 0; book->cues && c < QC_CUES; c++)
        for (size_t r = 0; r < book->cues[c].rule_count; r++)
            if (!make_rule(m, &book->cues[c].rules[r]))
                return false;
    if (!make_cues(m))
        return false;
    return m->err->status != QCODE_OK || (make_owners(rules) && list_regexes(rules) && qc_order_rules(rules) && finish(rules));
}

qcode_rules *qcode_rules_new(const qcode_codebook *book, const qcode_match_options *options, const qcode_memory *memory,
                             qcode_notes *notes, qcode_error *err)
{
    qcode_error first = {.status = QCODE_OK};
    qc_arena arena = qc_arena_init(memory);
    qcode_rules *rules = qc_arena_take(&arena, sizeof *rules);
    making m = {.rules = rules, .folder = qc_folder_init(memory), .term = qc_buffer_init(memory), .notes = notes, .err = &first};
    if (rules) {
        *rules = (qcode_rules){.arena = arena, .memory = memory, .book = book};
        rules->options = options ? *options : (qcode_match_options){.plain = false};
    }
    if (!rules || !make_all(&m))
        qc_no_memory(&first);
    qc_folder_clear(&m.folder);
    qc_buffer_clear(&m.term);
    qc_stemmer_free(m.stemmer);
    if (first.status == QCODE_OK)
        return rules;
    if (err)
        *err = first;
    qcode_rules_free(rules);
    return NULL;
}

static void clear_regexes(qc_regexes *regexes)
{
    for (size_t i = 0; i < regexes->count; i++)
        qc_regex_clear(&regexes->at[i]);
}

void qcode_rules_free(qcode_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++)
        for (size_t part = 0; rules->rules[i].parts && part < rules->rules[i].part_count; part++)
            clear_regexes(&rules->rules[i].parts[part].regexes);
    for (size_t i = 0; i < rules->status_count; i++)
        clear_regexes(&rules->statuses[i].wants.regexes);
    if (rules->compiler_made)
        qc_compiler_clear(&rules->compiler);
    qc_arena arena = rules->arena; /* the rules live in the arena that ends here */
    qc_arena_clear(&arena);
}
