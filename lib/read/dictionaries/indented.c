/* WordStat's dictionaries (.cat) and Lexicoder's of version 3 (.lc3): a line for each category and term. */
#include "base/error.h"
#include "read/dictionaries/dictionary.h"

/* The weight behind a term, "LAMB (1)": false when there is none, and the line is a category. */
static bool take_weight(qc_text_line *line, bool *is_one)
{
    size_t open = line->length, close = line->length - 1;
    if (!line->length || line->text[close] != ')')
        return false;
    while (open && line->text[open - 1] != '(')
        open--;
    for (size_t i = open; i < close; i++)
        if (!strchr("0123456789.-,", line->text[i]))
            return false;
    if (!open || open == close)
        return false;
    *is_one = close - open == 1 && line->text[open] == '1';
    line->length = open - 1;
    *line = qc_dictionary_trim(*line, NULL);
    return true;
}

/* WordStat writes phrases with _ between their words. */
static bool add_phrase(qc_dictionary *dictionary, size_t category, qc_text_line term)
{
    char *words = qc_arena_copy(&dictionary->project->arena, term.text, term.length);
    for (size_t i = 0; words && i < term.length; i++)
        if (words[i] == '_')
            words[i] = ' ';
    term.text = words;
    return words ? qc_dictionary_term(dictionary, category, term, true) : qc_no_memory(dictionary->err);
}

bool qc_read_wordstat(qc_dictionary *dictionary, const char *text, size_t length)
{
    qc_text_lines lines = {text, length, 0, 0};
    qc_text_line line;
    bool done = true;
    while (done && qc_text_lines_next(&lines, &line)) {
        size_t depth, category = QC_NO_ITEM;
        bool is_one = true;
        line = qc_dictionary_trim(line, &depth);
        qc_text_line term = line;
        if (!line.length)
            continue;
        if (!take_weight(&term, &is_one)) {
            done = *line.text == '@' ? qc_dictionary_lose(dictionary, "rule", line)
                                     : qc_dictionary_category(dictionary, line, depth) != QC_NO_ITEM;
            continue;
        }
        for (size_t i = depth < QC_DICTIONARY_DEPTH ? depth : QC_DICTIONARY_DEPTH; i-- > 0 && category == QC_NO_ITEM;)
            category = dictionary->above[i];
        done = category == QC_NO_ITEM ? qc_dictionary_lose(dictionary, "word of no category", line)
                                      : (is_one || qc_dictionary_lose(dictionary, "weight of a term", line)) &&
                                            add_phrase(dictionary, category, term);
    }
    return done;
}

bool qc_read_lexicoder3(qc_dictionary *dictionary, const char *text, size_t length)
{
    qc_text_lines lines = {text, length, 0, 0};
    qc_text_line line;
    size_t category = QC_NO_ITEM;
    bool done = true;
    while (done && qc_text_lines_next(&lines, &line)) {
        line = qc_dictionary_trim(line, NULL);
        if (!line.length)
            continue;
        if (*line.text == '+') {
            line.text++;
            line.length--;
            category = qc_dictionary_category(dictionary, qc_dictionary_trim(line, NULL), 0);
            done = category != QC_NO_ITEM;
        } else {
            done = category == QC_NO_ITEM ? qc_dictionary_lose(dictionary, "word of no category", line)
                                          : qc_dictionary_term(dictionary, category, line, false);
        }
    }
    return done;
}
