/* What each rule does: its hits, how many are right, and what is lost without it. */
#include "base/error.h"
#include "match/matcher.h"
#include "model/codebook.h"
#include "model/table.h"
#include "work/evaluation.h"

static const qcode_column rule_columns[] = {
    {"code", QCODE_TYPE_TEXT},     {"rule", QCODE_TYPE_TEXT},        {"hits", QCODE_TYPE_INTEGER},
    {"units", QCODE_TYPE_INTEGER}, {"right", QCODE_TYPE_INTEGER},    {"precision", QCODE_TYPE_NUMBER},
    {"adds", QCODE_TYPE_NUMBER}};

/* The hits of each rule, as if each were a coder. */
typedef struct hits {
    qcode_coders *of;
    size_t *counts;        /* for each rule of the book */
    unsigned char *places; /* for each rule and document: whether it has a hit there */
} hits;

static bool add_hits(qc_evaluation *e, size_t document, const qcode_segment *segment, hits *found)
{
    for (size_t i = 0; i < segment->hit_count; i++) {
        const qcode_rule *rule = segment->hits[i].rule;
        const char *id = rule->id, *code = segment->code->id;
        const qcode_passage passage = {document, qc_coders_coder(found->of, id, strlen(id)),
                                       qc_coders_code(found->of, code, strlen(code)), 0, segment->hits[i].span, i + 1,
                                       segment->basis};
        if (passage.coder == SIZE_MAX || passage.code == SIZE_MAX || !qc_coders_passage(found->of, &passage))
            return qc_no_memory(e->err);
        found->counts[rule->index]++;
        found->places[rule->index * e->result->documents + document] = 1;
    }
    return true;
}

/* Where a rule has hits the code may be given in units that the rule did not touch: documents count as seen in whole. */
static bool gather_hits(qc_evaluation *e, hits *found)
{
    size_t count, rules = e->job->codebook->rule_count;
    const qcode_transcript *const *talks = qcode_talks_all(e->set.talks, &count);
    found->counts = qc_arena_take_array(&e->arena, rules, sizeof *found->counts);
    found->places = qc_arena_take_array(&e->arena, rules, count);
    if (!found->counts || !found->places)
        return qc_no_memory(e->err);
    if (!(found->of = qcode_coders_new(talks, count, e->memory, e->err)))
        return false;
    for (size_t i = 0; i < count; i++) {
        const qcode_codings *codings = qc_coded_set_at(&e->set, i)->codings[0];
        for (size_t k = 0; k < qcode_codings_count(codings); k++)
            if (!add_hits(e, i, qcode_codings_at(codings, k), found))
                return false;
    }
    qc_coders_sort(found->of);
    return true;
}

/* All documents as they are coded without a rule. Where evidence is weighed a rule may matter without a hit in a segment: its
 * words may be a question's, or lie in a sentence below the threshold. */
static qcode_coders *code_without(qc_evaluation *e, qcode_matcher *matcher, const qcode_rule *rule, const hits *found)
{
    size_t count;
    const qcode_transcript *const *talks = qcode_talks_all(e->set.talks, &count);
    qcode_coders *coders = qcode_coders_new(talks, count, e->memory, e->err);
    bool done = coders != NULL;
    matcher->left_out = rule->index + 1;
    for (size_t i = 0; done && i < count; i++) {
        bool again = e->job->codebook->weighed || found->places[rule->index * count + i];
        qcode_codings *codings = again ? qcode_match(matcher, talks[i], e->err) : NULL;
        done = (!again || codings) &&
               qcode_coders_add(coders, QC_RULES_AS_CODER, again ? codings : qc_coded_set_at(&e->set, i)->codings[0], e->err);
        qcode_codings_free(codings);
    }
    matcher->left_out = 0;
    if (done)
        return coders;
    qcode_coders_free(coders);
    return NULL;
}

static qcode_figure f1_of(const qc_evaluation *e, const int32_t *reference, const int32_t *rules)
{
    size_t counts[3] = {0};
    for (size_t i = 0; i < qc_units_count(&e->units); i++)
        if (reference[i] >= 0 && rules[i] >= 0) {
            counts[0] += (size_t)reference[i];
            counts[1] += (size_t)rules[i];
            counts[2] += (size_t)(reference[i] & rules[i]);
        }
    return qc_f1(counts[0], counts[1], counts[2]);
}

/* The difference that a rule makes to the F1 of its code; undefined where there is none either way. */
static bool find_worth(qc_evaluation *e, qcode_matcher *matcher, const qc_code_values *code, const qcode_rule *rule,
                       const hits *found, int32_t *values, qcode_figure *worth)
{
    qcode_coders *without = code_without(e, matcher, rule, found);
    if (!without)
        return false;
    qc_code_values same = *code;
    same.code = qc_coders_code(without, code->of->id, strlen(code->of->id));
    bool done = same.code == SIZE_MAX ? qc_no_memory(e->err)
                                      : qc_evaluation_rate(e, without, 0, &same, NULL, NULL, values);
    qcode_coders_free(without);
    const qcode_figure with = f1_of(e, code->reference, code->rules), rest = f1_of(e, code->reference, values);
    *worth = (qcode_figure){with.defined && rest.defined, with.value - rest.value, QCODE_REASON_NONE};
    return done;
}

static bool add_rule(qc_evaluation *e, qcode_matcher *matcher, const qc_code_values *code, const qcode_rule *rule,
                     const hits *found, int32_t *values)
{
    qcode_table *table = e->result->rules;
    size_t coder = qcode_coders_find(found->of, rule->id), number = qcode_coders_find_code(found->of, code->of->id);
    size_t units = 0, right = 0;
    qcode_figure worth = {false, 0, QCODE_REASON_NOTHING_TO_COMPARE};
    if (coder != SIZE_MAX && number != SIZE_MAX && found->counts[rule->index]) {
        if (!qc_units_rate(&e->units, found->of, coder, number, QC_TOUCH_ANY, NULL, NULL, values))
            return qc_no_memory(e->err);
        for (size_t i = 0; i < qc_units_count(&e->units); i++)
            if (values[i] > 0 && code->reference[i] >= 0) {
                units++;
                right += (size_t)code->reference[i];
            }
    }
    if ((found->counts[rule->index] || e->job->codebook->weighed) &&
        !find_worth(e, matcher, code, rule, found, values, &worth))
        return false;
    qc_table_add_text(table, code->of->id);
    qc_table_add_text(table, rule->id);
    qc_table_add_count(table, found->counts[rule->index]);
    qc_table_add_count(table, units);
    qc_table_add_count(table, right);
    qc_evaluation_add_figure(table, (qcode_figure){units > 0, units ? (double)right / (double)units : 0, QCODE_REASON_NONE});
    qc_evaluation_add_figure(table, worth);
    return true;
}

bool qc_evaluate_rules(qc_evaluation *e)
{
    hits found = {.of = NULL};
    if (e->job->folder)
        return qc_fail(e->err, QCODE_USAGE, NULL, 0, 0, "rules are looked at with a codebook and transcripts, not a folder");
    e->result->rules = qc_evaluation_table(e, rule_columns, sizeof rule_columns / sizeof *rule_columns);
    int32_t *values = qc_evaluation_values(e);
    if (e->result->rules && !values)
        qc_no_memory(e->err);
    qcode_matcher *matcher = e->result->rules && values ? qcode_matcher_new(e->set.rules[0], e->memory, e->err) : NULL;
    bool done = matcher && gather_hits(e, &found);
    for (size_t i = 0; done && i < e->code_count; i++)
        for (size_t k = 0; done && k < e->codes[i].of->rule_count; k++)
            done = add_rule(e, matcher, &e->codes[i], &e->codes[i].of->rules[k], &found, values);
    qcode_matcher_free(matcher);
    qcode_coders_free(found.of);
    return done && (qc_table_complete(e->result->rules) || qc_no_memory(e->err));
}
