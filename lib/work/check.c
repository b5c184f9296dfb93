/* Looking a codebook over: what is probably not meant, and whether its examples come out as it says. */
#include "base/error.h"
#include "model/cast.h"
#include "work/lint.h"
#include <qcode/job.h>

#include <string.h>

typedef struct checker {
    const qcode_codebook *book;
    const qcode_memory *memory;
    qcode_notes *notes;
    qcode_error *err;
} checker;

static bool no_memory(checker *c)
{
    return qc_no_memory(c->err);
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
    int length = shown ? qc_lint_shown(words, shown->span.end - shown->span.start) : 0;
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

/* Members of a theme that are there twice, or stand under another member. */
static bool check_theme(qc_lint *lint, const qcode_theme *theme)
{
    bool *is_member = qc_resize(lint->memory, NULL, lint->book->count);
    if (!is_member)
        return qc_no_memory(lint->err);
    memset(is_member, 0, lint->book->count);
    for (size_t i = 0; i < theme->code_count; i++) {
        const qcode_code *code = theme->codes[i];
        if (is_member[code->index])
            qc_lint_warn(lint, theme->line, theme->column, "the code \"%s\" is in the theme \"%s\" twice", code->id,
                         theme->id);
        is_member[code->index] = true;
    }
    for (size_t i = 0; i < theme->code_count; i++) {
        const qcode_code *up = theme->codes[i]->parent;
        while (up && !is_member[up->index])
            up = up->parent;
        if (up)
            qc_lint_warn(lint, theme->line, theme->column, "the code \"%s\" is in the theme \"%s\" already, under \"%s\"",
                         theme->codes[i]->id, theme->id, up->id);
    }
    qc_release(lint->memory, is_member);
    return true;
}

static bool check_code(qc_lint *lint, const qcode_code *code)
{
    if (code->retired)
        return true;
    if (!code->rule_count && !code->has_children)
        qc_note(lint->notes, QCODE_NOTE_INFO, lint->book->source, code->line, code->column,
                "the code \"%s\" has no rules: it is coded by hand alone", code->id);
    else if (code->rule_count && !code->example_count)
        qc_note(lint->notes, QCODE_NOTE_WARNING, lint->book->source, code->line, code->column,
                "the code \"%s\" has no examples; they would show what its rules are for", code->id);
    return qc_lint_terms(lint, code) && qc_lint_rules(lint, code) && qc_lint_regexes(lint, code);
}

static bool look_over(const checker *c)
{
    const qcode_codebook *book = c->book;
    qc_lint lint = qc_lint_init(book, c->memory, c->notes, c->err);
    for (size_t i = 0; i < book->list_count; i++) {
        const qc_list *list = &book->lists[i];
        if (!list->used)
            qc_note(c->notes, QCODE_NOTE_WARNING, book->source, list->line, list->column, "the list \"%s\" is used nowhere",
                    list->name);
    }
    bool done = true;
    for (size_t i = 0; done && i < book->count; i++)
        done = check_code(&lint, &book->codes[i]);
    for (size_t i = 0; done && book->cues && i < QC_CUES; i++)
        done = qc_lint_terms(&lint, &book->cues[i]) && qc_lint_regexes(&lint, &book->cues[i]);
    for (size_t i = 0; done && i < book->theme_count; i++)
        done = check_theme(&lint, &book->themes[i]);
    qc_lint_clear(&lint);
    return done;
}

bool qcode_check(const qcode_codebook *book, const qcode_match_options *options, const qcode_memory *memory,
                 qcode_notes *notes, size_t *run, size_t *failed, qcode_error *err)
{
    *run = *failed = 0;
    checker c = {.book = book, .memory = memory, .notes = notes, .err = err};
    qcode_rules *rules = qcode_rules_new(book, options, memory, notes, err);
    bool done = rules && look_over(&c) && run_examples(&c, rules, run, failed);
    qcode_rules_free(rules);
    return done;
}
