/* Looking a codebook over: what is probably not meant, and whether its examples come out as it says. */
#include "base/error.h"
#include "base/utf8.h"
#include "match/term.h"
#include "model/codebook.h"
#include "model/cast.h"
#include "text/words.h"
#include <qcode/job.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WARNINGS = 1000 }; /* about terms: a list that is there twice has one for each of them */

/* A term of a code as rules see it. */
typedef struct seen_term {
    const unsigned char *text;
    size_t length;
    const qc_pattern *pattern;
    const qcode_rule *rule;
} seen_term;

/* A term that another one makes needless. */
typedef struct needless {
    const seen_term *term, *other;
    bool same; /* the same words; else the other is wider */
} needless;

typedef struct checker {
    const qcode_codebook *book;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
    qc_folder folder;
    qc_buffer ready;   /* the text of all terms of a code */
    qc_buffer key;     /* of a term being looked for */
    seen_term *terms;  /* of a code, sorted */
    size_t count, capacity;
    needless *found; /* in a code */
    size_t found_count, found_capacity;
    size_t warnings;
} checker;

static bool no_memory(checker *c)
{
    return qc_no_memory(c->err);
}

static void warn(checker *c, size_t line, size_t column, const char *format, ...) QCODE_PRINTF(4, 5);

static void warn(checker *c, size_t line, size_t column, const char *format, ...)
{
    char text[512];
    va_list list;
    if (++c->warnings > MOST_WARNINGS) {
        if (c->warnings == MOST_WARNINGS + 1)
            qc_note(c->notes, QCODE_NOTE_INFO, c->book->source, 0, 0, "further warnings about terms are not shown");
        return;
    }
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    qc_note(c->notes, QCODE_NOTE_WARNING, c->book->source, line, column, "%s", text);
}

static bool gather_terms(checker *c, const qcode_rule *rule)
{
    qc_form form = rule->case_exact ? QC_FORM_EXACT : QC_FORM_TERM;
    if (!qc_grow(c->memory, &c->terms, &c->capacity, c->count + rule->terms.count, sizeof *c->terms))
        return no_memory(c);
    for (size_t i = 0; i < rule->terms.count; i++) {
        const qc_pattern *pattern = &rule->terms.at[i];
        size_t from = c->ready.length, offset;
        qc_term_ready(&c->folder, form, pattern->text, pattern->length, &c->ready, &offset); /* compiling tells what is wrong */
        if (c->ready.failed)
            return no_memory(c);
        c->terms[c->count++] = (seen_term){.length = c->ready.length - from, .pattern = pattern, .rule = rule};
    }
    return true;
}

/* By case, words, and place in the codebook's rules. */
static int compare_terms(const void *a, const void *b)
{
    const seen_term *x = a, *y = b;
    if (x->rule->case_exact != y->rule->case_exact)
        return x->rule->case_exact ? 1 : -1;
    int order = qc_term_compare((qc_term){x->text, x->length}, (qc_term){y->text, y->length});
    if (order)
        return order;
    if (x->rule != y->rule)
        return x->rule->index < y->rule->index ? -1 : 1;
    return (x->pattern->source_start > y->pattern->source_start) - (x->pattern->source_start < y->pattern->source_start);
}

static bool same_words(const seen_term *a, const seen_term *b)
{
    return a->rule->case_exact == b->rule->case_exact &&
           qc_term_compare((qc_term){a->text, a->length}, (qc_term){b->text, b->length}) == 0;
}

/* The first term with these words in this rule. */
static const seen_term *find_term(const checker *c, const unsigned char *text, size_t length, const qcode_rule *rule)
{
    static const qc_pattern before_all = {0};
    const seen_term wanted = {text, length, &before_all, rule};
    size_t low = 0, high = c->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_terms(&c->terms[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < c->count && c->terms[low].rule == rule && same_words(&c->terms[low], &wanted);
    return found ? &c->terms[low] : NULL;
}

/* Moves `*at` before the last character of what a `*` may run over, or answers false. */
static bool back_over_word(const unsigned char *text, size_t *at)
{
    if (!*at)
        return false;
    if (text[*at - 1] >= QC_TERM_ONE) {
        --*at;
        return true;
    }
    size_t before = *at;
    if (!qc_is_word(qc_utf8_previous((const char *)text, &before)))
        return false;
    *at = before;
    return true;
}

/* The shortest term of the rule that is the beginning of this one, with a `*` for the rest of the word. False when memory
 * runs out. */
static bool find_cover(checker *c, const seen_term *term, const seen_term **cover)
{
    c->key.length = 0;
    if (!qc_buffer_append(&c->key, term->text, term->length) || !qc_buffer_byte(&c->key, 0))
        return no_memory(c);
    unsigned char *key = (unsigned char *)c->key.data;
    size_t at = term->length;
    *cover = NULL;
    do {
        unsigned char held = key[at];
        bool itself = at + 1 == term->length && held == QC_TERM_ANY;
        key[at] = QC_TERM_ANY;
        const seen_term *found = itself ? NULL : find_term(c, key, at + 1, term->rule);
        key[at] = held;
        *cover = found ? found : *cover;
    } while (back_over_word(term->text, &at) && at);
    return true;
}

static bool keep_needless(checker *c, const seen_term *term, const seen_term *other, bool same)
{
    if (!qc_grow(c->memory, &c->found, &c->found_capacity, c->found_count + 1, sizeof *c->found))
        return no_memory(c);
    c->found[c->found_count++] = (needless){term, other, same};
    return true;
}

static int compare_needless(const void *a, const void *b)
{
    const seen_term *x = ((const needless *)a)->term, *y = ((const needless *)b)->term;
    if (x->pattern->source_start != y->pattern->source_start)
        return x->pattern->source_start < y->pattern->source_start ? -1 : 1;
    return (x->rule->index > y->rule->index) - (x->rule->index < y->rule->index);
}

/* How much of a codebook's words is shown, cut between characters where they are long. */
static int shown_length(const char *words, size_t length)
{
    size_t shown = length < 80 ? length : 80;
    while (shown && shown < length && ((unsigned char)words[shown] & 0xC0) == 0x80)
        shown--;
    return (int)shown;
}

/* A term that comes by a list into two rules of a code is meant so. */
static void warn_of(checker *c, const needless *found)
{
    const seen_term *term = found->term, *other = found->other;
    const qc_pattern *pattern = term->pattern;
    int length = shown_length(pattern->text, pattern->length);
    if (!found->same)
        warn(c, pattern->line, pattern->column, "the term \"%.*s\" adds nothing to \"%.*s\" on line %zu", length,
             pattern->text, shown_length(other->pattern->text, other->pattern->length), other->pattern->text,
             other->pattern->line);
    else if (pattern->source_start != other->pattern->source_start)
        warn(c, pattern->line, pattern->column, "the term \"%.*s\" is in the rule %s already, on line %zu", length,
             pattern->text, other->rule->id, other->pattern->line);
    else if (term->rule == other->rule)
        warn(c, term->rule->line, term->rule->column, "the term \"%.*s\" comes into the rule %s twice by its lists",
             length, pattern->text, term->rule->id);
}

/* Terms that a code has twice or in vain, in its rules about questions or in the others. */
static bool check_terms(checker *c, const qcode_code *code, bool asks)
{
    c->count = c->ready.length = 0;
    for (size_t i = 0; i < code->rule_count; i++)
        if (code->rules[i].asks == asks && !gather_terms(c, &code->rules[i]))
            return false;
    const unsigned char *text = (const unsigned char *)c->ready.data;
    for (size_t i = 0; i < c->count; text += c->terms[i++].length)
        c->terms[i].text = text;
    if (c->count)
        qsort(c->terms, c->count, sizeof *c->terms, compare_terms);
    c->found_count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const seen_term *term = &c->terms[i], *cover = i ? term - 1 : NULL;
        bool same = cover && same_words(cover, term);
        if ((!same && !find_cover(c, term, &cover)) || (cover && !keep_needless(c, term, cover, same)))
            return false;
    }
    if (c->found_count)
        qsort(c->found, c->found_count, sizeof *c->found, compare_needless);
    for (size_t i = 0; i < c->found_count; i++)
        warn_of(c, &c->found[i]);
    return true;
}

static bool check_code(checker *c, const qcode_code *code)
{
    if (code->retired)
        return true;
    if (!code->rule_count && !code->has_children)
        qc_note(c->notes, QCODE_NOTE_INFO, c->book->source, code->line, code->column,
                "the code \"%s\" has no rules: it is coded by hand alone", code->id);
    else if (code->rule_count && !code->example_count)
        qc_note(c->notes, QCODE_NOTE_WARNING, c->book->source, code->line, code->column,
                "the code \"%s\" has no examples; they would show what its rules are for", code->id);
    return check_terms(c, code, false) && check_terms(c, code, true);
}

/* Adds lines of the document's text as one turn; a line is a range. */
static bool say(qcode_transcript *talk, const char *label, size_t from, size_t end)
{
    size_t length, speaker = label ? qc_transcript_speaker(talk, label, strlen(label)) : QC_NOBODY;
    const char *text = qcode_transcript_text(talk, &length);
    bool done = (speaker != QC_NOBODY || !label) && qc_transcript_turn(talk, speaker, -1);
    while (done && from < end) {
        const char *feed = memchr(text + from, '\n', end - from);
        size_t stop = feed ? (size_t)(feed - text) : end;
        done = qc_transcript_range(talk, (qcode_span){from, stop});
        from = stop + 1;
    }
    return done;
}

/* A document that holds the example and nothing else: said by nobody in particular, or by a respondent behind the
 * question. */
static qcode_transcript *stage(checker *c, const qc_example *example)
{
    static const char *const interviewers[] = {"Interviewer"};
    const qcode_read_options read = {.interviewers = interviewers, .interviewer_count = 1};
    bool named = example->question || example->attribute_count;
    qc_buffer text = qc_buffer_init(c->memory);
    qcode_transcript *talk = NULL;
    if (example->question)
        qc_buffer_print(&text, "%s\n", example->question);
    size_t from = text.length, end = from + example->length;
    if (!qc_buffer_append(&text, example->text, example->length))
        no_memory(c);
    else
        talk = qc_transcript_new("example", &text, c->book->hash, "text", "UTF-8", c->memory, c->err);
    bool done = talk && (!from || say(talk, interviewers[0], 0, from - 1)) &&
                say(talk, named ? "Respondent" : NULL, from, end);
    for (size_t i = 0; done && i < example->attribute_count; i++)
        done = qc_transcript_set_attribute(talk, example->attributes[i].name, example->attributes[i].value);
    if (talk && !done)
        no_memory(c);
    done = done && qc_transcript_finish(talk, named ? &read : NULL, NULL, c->err);
    qc_buffer_clear(&text);
    if (done)
        return talk;
    qcode_transcript_free(talk);
    return NULL;
}

/* The segment of the code, or NULL. */
static const qcode_segment *first_segment(const qcode_codings *found, const qcode_code *code)
{
    for (size_t i = 0; i < qcode_codings_count(found); i++)
        if (qcode_codings_at(found, i)->code == code)
            return qcode_codings_at(found, i);
    return NULL;
}

static const qcode_hit *first_vetoed(const qcode_codings *found, const qcode_code *code)
{
    for (size_t i = 0; i < qcode_codings_vetoed_count(found); i++)
        if (qcode_codings_vetoed(found, i)->rule->code == code)
            return qcode_codings_vetoed(found, i);
    return NULL;
}

/* Whether the example came out as it says. */
static bool judge(checker *c, const qcode_code *code, const qc_example *example, const qcode_codings *found)
{
    const qcode_segment *given = first_segment(found, code);
    const qcode_hit *hit = given && given->hit_count ? given->hits : NULL, *vetoed = first_vetoed(found, code);
    if (!!given == example->match)
        return true;
    const qcode_hit *shown = example->match ? vetoed : hit;
    size_t all;
    const char *text = qcode_transcript_text(qcode_codings_transcript(found), &all);
    const char *words = shown ? text + shown->span.start : "";
    int length = shown ? shown_length(words, shown->span.end - shown->span.start) : 0;
    if (!example->match && !shown)
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the code \"%s\" should not match, but its score is above the threshold", code->id);
    else if (!example->match)
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the code \"%s\" should not match, but %s matched \"%.*s\"", code->id, shown->rule->id, length, words);
    else if (shown)
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the code \"%s\" should match, but \"unless\" of %s takes back \"%.*s\"", code->id, shown->rule->id, length,
                words);
    else if (c->book->weighed)
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the code \"%s\" should match, but what it is shown does not weigh enough; explain says why", code->id);
    else
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the code \"%s\" should match, but none of its rules does", code->id);
    return false;
}

/* Codes one example; `*failed` counts it when it does not come out as it says, or meets a limit. */
static bool run_example(checker *c, qcode_matcher *matcher, const qcode_code *code, const qc_example *example,
                        size_t *failed)
{
    qcode_transcript *talk = stage(c, example);
    if (!talk)
        return false;
    qcode_error why = {.status = QCODE_OK};
    qcode_codings *found = qcode_match(matcher, talk, &why);
    bool done = found || why.status == QCODE_LIMIT;
    if (found)
        *failed += !judge(c, code, example, found);
    else if (done)
        qc_note(c->notes, QCODE_NOTE_ERROR, c->book->source, example->line, example->column,
                "the example for the code \"%s\" ended at a limit: %s", code->id, why.message), ++*failed;
    else if (c->err)
        *c->err = why;
    qcode_codings_free(found);
    qcode_transcript_free(talk);
    return done;
}

static bool run_examples(checker *c, const qcode_rules *rules, size_t *run, size_t *failed)
{
    qcode_matcher *matcher = qcode_matcher_new(rules, c->memory, c->err);
    bool done = matcher != NULL;
    for (size_t i = 0; done && i < c->book->count; i++) {
        const qcode_code *code = &c->book->codes[i];
        for (size_t j = 0; done && !code->retired && j < code->example_count; j++, ++*run)
            done = run_example(c, matcher, code, &code->examples[j], failed);
    }
    qcode_matcher_free(matcher);
    return done;
}

static bool look_over(checker *c)
{
    for (size_t i = 0; i < c->book->list_count; i++) {
        const qc_list *list = &c->book->lists[i];
        if (!list->used)
            qc_note(c->notes, QCODE_NOTE_WARNING, c->book->source, list->line, list->column,
                    "the list \"%s\" is used nowhere", list->name);
    }
    bool done = true;
    for (size_t i = 0; done && i < c->book->count; i++)
        done = check_code(c, &c->book->codes[i]);
    return done;
}

bool qcode_check(const qcode_codebook *book, const qcode_match_options *options, const qcode_memory *memory,
                 qcode_notes *notes, size_t *run, size_t *failed, qcode_error *err)
{
    *run = *failed = 0;
    checker c = {.book = book, .memory = memory, .notes = notes, .err = err, .folder = qc_folder_init(memory),
                 .ready = qc_buffer_init(memory), .key = qc_buffer_init(memory)};
    qcode_rules *rules = qcode_rules_new(book, options, memory, notes, err);
    bool done = rules && look_over(&c) && run_examples(&c, rules, run, failed);
    qcode_rules_free(rules);
    qc_folder_clear(&c.folder);
    qc_buffer_clear(&c.ready);
    qc_buffer_clear(&c.key);
    qc_release(memory, c.terms);
    qc_release(memory, c.found);
    return done;
}

