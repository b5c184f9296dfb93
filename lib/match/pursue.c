/* Pursuing regexes: how far before a word a match can begin, whether its second word is near, the search, what is left. */
#include "match/pursue.h"
#include "match/matcher.h"

enum { LONGEST_WALK = 4096 }; /* bytes; beyond, the whole turn is searched, so that no text makes this slow */

static bool is_word_byte(char byte)
{
    return (unsigned)byte - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_'; /* a glance has no capitals of ASCII */
}

static bool is_other(char byte)
{
    return (unsigned char)byte >= 0x80;
}

/* Where the word begins that stands `words` words before `at`. What holds no letter of ASCII is not counted as a word: it may be
 * one, or none. SIZE_MAX when it is too far away. */
static size_t walk_back(const qc_glance *view, size_t at, size_t words)
{
    size_t from = at;
    const char *text = view->text;
    while (at && is_other(text[at - 1])) /* the word at `at` goes on before it */
        at--;
    for (size_t counted = 0; at && counted < words && from - at < LONGEST_WALK;) {
        while (at && !is_word_byte(text[at - 1]) && !is_other(text[at - 1]))
            at--;
        bool any = false;
        for (; at && (is_word_byte(text[at - 1]) || is_other(text[at - 1])) && from - at < LONGEST_WALK; at--)
            any |= is_word_byte(text[at - 1]);
        counted += any;
    }
    return from - at < LONGEST_WALK ? at : SIZE_MAX;
}

static bool is_second(const qc_regex *regex, const char *word)
{
    unsigned hash = qc_hash_second(word);
    return regex->seconds[hash / 32] >> hash % 32 & 1;
}

/* Whether one of the second words may stand so many words behind `at`. Where another byte than ASCII's is on the way: it may. */
static bool is_second_behind(const qc_glance *view, const qc_regex *regex, size_t at)
{
    const char *text = view->text;
    for (size_t words = regex->anchors.second_reach; words; words--) {
        while (is_word_byte(text[at])) /* there are zeros behind the view */
            at++;
        for (; at < view->length && !is_word_byte(text[at]); at++)
            if (is_other(text[at]))
                return true;
        if (at == view->length)
            return false;
        if (is_second(regex, text + at))
            return true;
    }
    return false;
}

static bool is_second_before(const qc_glance *view, const qc_regex *regex, size_t at)
{
    const char *text = view->text;
    for (size_t words = regex->anchors.second_reach; words; words--) {
        while (at && !is_word_byte(text[at - 1]))
            if (is_other(text[--at]))
                return true;
        if (!at)
            return false;
        while (at && is_word_byte(text[at - 1]))
            at--;
        if ((at && is_other(text[at - 1])) || is_second(regex, text + at))
            return true;
    }
    return false;
}

static bool has_second(const qc_glance *view, const qc_regex *regex, size_t at)
{
    if (!regex->anchors.second_count)
        return true;
    return regex->anchors.second_behind ? is_second_behind(view, regex, at) : is_second_before(view, regex, at);
}

/* Tells what the search answered, if that is the end of it. */
static bool end_search(qcode_matcher *m, const qc_listed_regex *listed, const qc_search *search, qc_answer answer)
{
    if (answer == QC_NO_ROOM)
        return qc_no_memory(m->err);
    if (answer != QC_LIMIT)
        return true;
    m->folded = qc_folded_as_is(m->reading.text, m->reading.length);
    return qc_match_refuse(m, listed->rule == QC_NO_RULE ? m->rules->status_rule : m->rules->rules[listed->rule].rule, search);
}

static bool take(qcode_matcher *m, const qc_listed_regex *listed, size_t start, size_t end)
{
    return qc_match_take(m, listed->owner, (qcode_span){start, end});
}

/* The regex's search in this turn. */
static qc_pursuit *begin(qcode_matcher *m, size_t number)
{
    qc_pursuit *p = &m->pursuits[number];
    const qc_listed_regex *listed = &m->rules->regexes[number];
    if (p->turn == m->turn)
        return p;
    p->turn = m->turn;
    p->search = qc_search_begin(&m->searcher, listed->regex, m->reading.text, m->reading.length);
    p->apart = listed->rule != QC_NO_RULE && !qc_match_runs_here(m, &m->rules->rules[listed->rule]);
    return p;
}

/* Leaves it for later. */
static bool set_apart(qcode_matcher *m, qc_pursuit *p, size_t number)
{
    p->apart = true;
    if (m->rules->regexes[number].evidence)
        m->apart[m->apart_count++] = number;
    return true;
}

bool qc_pursue(qcode_matcher *m, size_t number, size_t at)
{
    const qc_listed_regex *listed = &m->rules->regexes[number];
    const qc_anchors *anchors = &listed->regex->anchors;
    qc_pursuit *p = begin(m, number);
    if (p->apart)
        return true;
    if (!listed->evidence || anchors->place == QC_ANCHOR_APART || listed->regex->anchored || listed->regex->whole)
        return set_apart(m, p, number);
    if (!has_second(&m->view, listed->regex, at))
        return true;
    size_t last = qc_glance_span(&m->view, at, at + 1).start, from = last;
    if (last < p->search.at)
        return true;
    if (anchors->place == QC_ANCHOR_INSIDE) {
        size_t before = walk_back(&m->view, at, anchors->before);
        if (before == SIZE_MAX)
            return set_apart(m, p, number);
        from = before ? qc_glance_span(&m->view, before, before + 1).start : 0;
    }
    p->search.at = from > p->search.at ? from : p->search.at;
    qc_answer answer;
    size_t start, end;
    while ((answer = qc_search_within(&p->search, last, &start, &end)) == QC_FOUND)
        if (!take(m, listed, start, end))
            return false;
    return end_search(m, listed, &p->search, answer);
}

/* The rest of the search through the whole turn. */
static bool search_on(qcode_matcher *m, size_t number)
{
    const qc_listed_regex *listed = &m->rules->regexes[number];
    qc_pursuit *p = begin(m, number);
    qc_answer answer;
    size_t start, end;
    while ((answer = qc_search_next(&p->search, &start, &end)) == QC_FOUND)
        if (!take(m, listed, start, end))
            return false;
    return end_search(m, listed, &p->search, answer);
}

static bool runs_here(const qcode_matcher *m, size_t number)
{
    const qc_listed_regex *listed = &m->rules->regexes[number];
    return listed->rule == QC_NO_RULE || qc_match_runs_here(m, &m->rules->rules[listed->rule]);
}

/* Whether nothing that the regex needs is there. */
static bool is_hopeless(const qcode_matcher *m, size_t number)
{
    const qc_regex *regex = m->rules->regexes[number].regex;
    if (regex->anchors.count)
        return m->pursuits[number].turn != m->turn || !m->pursuits[number].apart;
    return regex->need_count && !m->needed[number];
}

/* Whether what makes no hits has something to say. */
static bool is_asked_for(const qcode_matcher *m, size_t number)
{
    size_t rule = m->rules->regexes[number].rule;
    return rule == QC_NO_RULE ? m->found_count : m->hit[rule] || m->rules->rules[rule].refers;
}

bool qc_pursue_rest(qcode_matcher *m)
{
    const qcode_rules *rules = m->rules;
    bool done = true;
    for (size_t i = 0; done && i < m->apart_count; i++)
        done = search_on(m, m->apart[i]);
    for (size_t i = 0; done && i < rules->unanchored_count; i++) {
        size_t number = rules->unanchored[i];
        done = !runs_here(m, number) || is_hopeless(m, number) || search_on(m, number);
    }
    for (size_t i = 0; done && i < rules->late_count; i++) {
        size_t number = rules->late[i];
        done = !is_asked_for(m, number) || !runs_here(m, number) || is_hopeless(m, number) || search_on(m, number);
    }
    return done;
}
