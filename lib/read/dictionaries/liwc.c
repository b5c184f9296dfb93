/* LIWC's dictionaries (.dic), of 2001, 2007 and 2015: categories with numbers between two lines of %, then words with numbers. */
#include "base/error.h"
#include "read/dictionaries/dictionary.h"

#include <stdio.h>

static bool is_mark(qc_text_line line)
{
    return line.length == 1 && *line.text == '%';
}

/* The number of a category, "01" as "1"; false when the part is none. */
static bool is_number(qc_text_line part, char id[32])
{
    size_t number;
    if (!qc_text_line_number(&part, &number) || part.length)
        return false;
    snprintf(id, 32, "%zu", number);
    return true;
}

/* The next run of characters that are no white space. */
static qc_text_line next_word(qc_text_line *line)
{
    *line = qc_dictionary_trim(*line, NULL);
    qc_text_line word = *line;
    word.length = 0;
    while (word.length < line->length && !strchr(" \t", word.text[word.length]))
        word.length++;
    line->text += word.length;
    line->length -= word.length;
    return word;
}

/* "121 whatever", under the category with fewer tabs in front; or a name alone, which holds others. */
static bool read_category(qc_dictionary *dictionary, qc_text_line line)
{
    size_t depth;
    char id[32];
    qc_text_line whole = qc_dictionary_trim(line, &depth), name = whole, first = next_word(&name);
    bool numbered = is_number(first, id);
    name = numbered ? qc_dictionary_trim(name, NULL) : whole;
    /* tabs between a number and its name are in front of neither */
    if (numbered && !name.length)
        name = first;
    size_t category = qc_dictionary_category(dictionary, name, depth);
    return category != QC_NO_ITEM &&
           (!numbered || qc_project_call(dictionary->project, 'l', id, category) || qc_no_memory(dictionary->err));
}

/* Where the numbers begin: behind the first tab, else behind the last word that is none. */
static qc_text_line term_of(qc_text_line *line)
{
    qc_text_line term = *line;
    const char *tab = memchr(line->text, '\t', line->length);
    char id[32];
    if (tab) {
        term.length = (size_t)(tab - line->text);
    } else {
        for (qc_text_line rest = *line; rest.length;) {
            qc_text_line word = next_word(&rest);
            if (word.length && word.text != line->text && is_number(word, id)) {
                term.length = (size_t)(word.text - line->text);
                break;
            }
        }
    }
    line->text += term.length;
    line->length -= term.length;
    return qc_dictionary_trim(term, NULL);
}

/* "little", white space, "02", white space, "03". Conditions such as (02 134)125/464 and <of>131/125 have no place. */
static bool read_term(qc_dictionary *dictionary, qc_text_line line)
{
    char id[32];
    qc_text_line whole = line, term = term_of(&line);
    bool done = true, any = false, lost = false;
    while (done) {
        qc_text_line word = next_word(&line);
        if (!word.length)
            break;
        size_t category = is_number(word, id) ? qc_project_called(dictionary->project, 'l', id) : QC_NO_ITEM;
        lost |= category == QC_NO_ITEM;
        done = category == QC_NO_ITEM || qc_dictionary_term(dictionary, category, term, false);
        any = true;
    }
    if (done && lost)
        done = qc_dictionary_lose(dictionary, "condition, or number of no category", whole);
    return done && (any || qc_dictionary_lose(dictionary, "word of no category", whole));
}

bool qc_read_liwc(qc_dictionary *dictionary, const char *text, size_t length)
{
    qc_text_lines lines = {text, length, 0, 0};
    qc_text_line line;
    size_t marks = 0;
    bool done = true;
    while (done && qc_text_lines_next(&lines, &line)) {
        qc_text_line trimmed = qc_dictionary_trim(line, NULL);
        if (is_mark(trimmed))
            marks++;
        else if (trimmed.length)
            done = marks == 1 ? read_category(dictionary, line) : marks > 1 ? read_term(dictionary, trimmed) : true;
    }
    return done && (marks > 1 || qc_fail(dictionary->err, QCODE_SYNTAX, dictionary->source, 1, 0,
                                         "expected the categories of a LIWC dictionary between two lines of %%"));
}
