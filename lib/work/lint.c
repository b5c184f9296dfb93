/* What the parts of the lint share: warnings, and sets of terms that can be looked up by their words. */
#include "work/lint.h"
#include "base/error.h"
#include "base/utf8.h"
#include "text/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_WARNINGS = 1000, /* a list that is there twice has one for each of its terms */
    MOST_WORDS = 6        /* of a part of a term that is looked up */
};

qc_lint qc_lint_init(const qcode_codebook *book, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    return (qc_lint){.book = book, .memory = memory, .notes = notes, .err = err, .folder = qc_folder_init(memory),
                     .key = qc_buffer_init(memory), .told = qc_set_init(memory), .terms.text = qc_buffer_init(memory),
                     .others.text = qc_buffer_init(memory)};
}

void qc_lint_clear(qc_lint *lint)
{
    qc_folder_clear(&lint->folder);
    qc_buffer_clear(&lint->key);
    qc_set_clear(&lint->told);
    qc_buffer_clear(&lint->terms.text);
    qc_buffer_clear(&lint->others.text);
    qc_release(lint->memory, lint->terms.at);
    qc_release(lint->memory, lint->others.at);
    qc_release(lint->memory, lint->found);
}

void qc_lint_warn(qc_lint *lint, size_t line, size_t column, const char *format, ...)
{
    char text[512];
    va_list list;
    if (++lint->warnings > MOST_WARNINGS) {
        if (lint->warnings == MOST_WARNINGS + 1)
            qc_note(lint->notes, QCODE_NOTE_INFO, lint->book->source, 0, 0,
                    "further warnings about rules are not shown");
        return;
    }
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    qc_note(lint->notes, QCODE_NOTE_WARNING, lint->book->source, line, column, "%s", text);
}

int qc_lint_shown(const char *words, size_t length)
{
    size_t shown = length < 80 ? length : 80;
    while (shown && shown < length && ((unsigned char)words[shown] & 0xC0) == 0x80)
        shown--;
    return (int)shown;
}

void qc_term_set_empty(qc_term_set *set)
{
    set->count = set->text.length = 0;
}

bool qc_term_set_add(qc_lint *lint, qc_term_set *set, const qcode_rule *rule, qc_patterns patterns)
{
    qc_form form = rule->case_exact ? QC_FORM_EXACT : QC_FORM_TERM;
    if (!qc_grow(lint->memory, &set->at, &set->room, set->count + patterns.count, sizeof *set->at))
        return qc_no_memory(lint->err);
    for (size_t i = 0; i < patterns.count; i++) {
        const qc_pattern *pattern = &patterns.at[i];
        size_t from = set->text.length, offset;
        /* compiling tells what is wrong */
        qc_term_ready(&lint->folder, form, pattern->text, pattern->length, &set->text, &offset);
        if (set->text.failed)
            return qc_no_memory(lint->err);
        set->at[set->count++] = (qc_seen_term){.length = set->text.length - from, .pattern = pattern, .rule = rule};
    }
    return true;
}

/* By case, words, and place in the codebook's rules. */
static int compare_terms(const void *a, const void *b)
{
    const qc_seen_term *x = a, *y = b;
    if (x->rule->case_exact != y->rule->case_exact)
        return x->rule->case_exact ? 1 : -1;
    int order = qc_term_compare((qc_term){x->text, x->length}, (qc_term){y->text, y->length});
    if (order)
        return order;
    if (x->rule != y->rule)
        return x->rule->index < y->rule->index ? -1 : 1;
    size_t one = x->pattern->source_start, two = y->pattern->source_start;
    return (one > two) - (one < two);
}

void qc_term_set_sort(qc_term_set *set)
{
    const unsigned char *text = (const unsigned char *)set->text.data;
    for (size_t i = 0; i < set->count; text += set->at[i++].length)
        set->at[i].text = text;
    if (set->count)
        qsort(set->at, set->count, sizeof *set->at, compare_terms);
}

bool qc_same_words(const qc_seen_term *a, const qc_seen_term *b)
{
    return a->rule->case_exact == b->rule->case_exact &&
           qc_term_compare((qc_term){a->text, a->length}, (qc_term){b->text, b->length}) == 0;
}

/* The first term with these words in this rule. */
static const qc_seen_term *find_term(const qc_term_set *set, const unsigned char *text, size_t length,
                                     const qcode_rule *rule)
{
    static const qc_pattern before_all = {0};
    const qc_seen_term wanted = {text, length, &before_all, rule};
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_terms(&set->at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < set->count && set->at[low].rule == rule && qc_same_words(&set->at[low], &wanted);
    return found ? &set->at[low] : NULL;
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

bool qc_term_set_cover(qc_lint *lint, const qc_term_set *set, const qc_seen_term *term, const qc_seen_term **cover)
{
    lint->key.length = 0;
    if (!qc_buffer_append(&lint->key, term->text, term->length) || !qc_buffer_byte(&lint->key, 0))
        return qc_no_memory(lint->err);
    unsigned char *key = (unsigned char *)lint->key.data;
    size_t at = term->length;
    *cover = NULL;
    do {
        unsigned char held = key[at];
        bool itself = at + 1 == term->length && held == QC_TERM_ANY;
        key[at] = QC_TERM_ANY;
        const qc_seen_term *found = itself ? NULL : find_term(set, key, at + 1, term->rule);
        key[at] = held;
        *cover = found ? found : *cover;
    } while (back_over_word(term->text, &at) && at);
    return true;
}

static bool is_joint(unsigned char byte)
{
    return byte == ' ' || byte == '-';
}

/* Whether the set has these words, or their beginning with a `*`. */
static bool look_up(qc_lint *lint, const qc_term_set *set, const qc_seen_term *words, const qc_seen_term **found)
{
    *found = find_term(set, words->text, words->length, words->rule);
    return *found || qc_term_set_cover(lint, set, words, found);
}

bool qc_term_set_inside(qc_lint *lint, const qc_term_set *set, const qc_seen_term *term, bool whole,
                        const qc_seen_term **inside)
{
    *inside = NULL;
    for (size_t from = 0; from < term->length && !*inside; from++) {
        if (from && !is_joint(term->text[from - 1]))
            continue;
        for (size_t to = from + 1, words = 0; to <= term->length && words < MOST_WORDS && !*inside; to++) {
            if (to < term->length && !is_joint(term->text[to]))
                continue;
            words++;
            const qc_seen_term part = {term->text + from, to - from, term->pattern, term->rule};
            if ((whole || part.length < term->length) && !look_up(lint, set, &part, inside))
                return false;
        }
    }
    return true;
}
