/* The hunt through a turn: the scan, and what has no words to scan for. */
#include "match/hunt.h"
#include "match/matcher.h"
#include "text/words.h"

/* What a scan tells. */
typedef struct pack {
    qcode_matcher *m;
    qc_lexicon_found *found;
    bool with_regexes;
} pack;

/* Where a term would begin whose byte `offset` stands at `at`: there is no wildcard before it. SIZE_MAX when it does not fit. */
static size_t find_begin(const qc_glance *view, const qc_term *term, size_t offset, size_t at)
{
    while (offset) {
        unsigned char byte = term->text[--offset];
        if (!at || (unsigned char)view->text[at - 1] != byte)
            return SIZE_MAX;
        at--;
        while (byte == ' ' && at && view->text[at - 1] == ' ')
            at--;
    }
    return at;
}

static bool may_begin(const qc_glance *view, size_t at)
{
    unsigned char before = at ? (unsigned char)view->text[at - 1] : ' ';
    bool word = (unsigned)before - 'a' < 26 || (unsigned)before - '0' < 10 || before == '_';
    return before < 0x80 && !word ? true : qc_word_edge_before(view->text, at);
}

static bool try_term(const pack *p, const qc_target *target, size_t at)
{
    const qc_hunt *hunt = &p->m->rules->hunt;
    const qc_glance *view = &p->m->view;
    const qc_prey *prey = &hunt->terms[target->index];
    size_t end, start = find_begin(view, &prey->term, target->offset, at);
    if (start == SIZE_MAX || !may_begin(view, start) || !qc_term_at(&prey->term, view->text, view->length, start, &end))
        return true;
    for (uint32_t i = 0; i < prey->owner_count; i++)
        if (!p->found(p->m, hunt->owners[prey->owner + i], start, end))
            return false;
    return true;
}

static bool target_found(void *user, uint32_t number, size_t at)
{
    const pack *p = user;
    const qc_target *target = &p->m->rules->hunt.targets[number];
    switch (target->kind) {
    case QC_LEADS_TO_TERM: return try_term(p, target, at);
    case QC_LEADS_TO_REGEX: return !p->with_regexes || qc_pursue(p->m, target->index, at);
    case QC_LEADS_TO_EXACT: p->m->exact_awake = true; break;
    }
    return true;
}

/* Terms with `case: exact` see a form of their own. */
static bool look_exactly(qcode_matcher *m, qc_lexicon_found *found)
{
    const qc_hunt *hunt = &m->rules->hunt;
    if (!hunt->has_exact || !(m->exact_awake || hunt->exact_always))
        return true;
    m->in_view = false;
    return qc_match_fold(m, QC_FORM_EXACT) &&
           qc_lexicon_scan(&m->rules->lexicons[1], &m->lexicons[1], m->folded.text, m->folded.length, found, m);
}

/* Terms that are not hunted, and stems. */
static bool look_for_others(qcode_matcher *m, qc_lexicon_found *found)
{
    const qc_lexicon *lexicon = &m->rules->lexicons[0];
    bool no_memory = false;
    if (lexicon->entries && !qc_lexicon_scan(lexicon, &m->lexicons[0], m->view.text, m->view.length, found, m))
        return false;
    if (m->rules->stems.count && !qc_stems_scan(&m->rules->stems, &m->stems, m->view.text, m->view.length, found, m, &no_memory))
        return !no_memory ? false : qc_no_memory(m->err);
    return true;
}

/* Room for a place at each byte where a word can begin. */
static bool make_places(qcode_matcher *m)
{
    return qc_grow(m->memory, &m->places, &m->place_room, m->view.length + 1, sizeof *m->places);
}

static bool hunt(qcode_matcher *m, qc_lexicon_found *found, bool with_regexes)
{
    pack p = {m, found, with_regexes && m->view.is_composed};
    m->in_view = true;
    m->exact_awake = false;
    return qc_scanner_run(&m->rules->hunt.scanner, &m->view, m->places, target_found, &p) && look_for_others(m, found) &&
           look_exactly(m, found);
}

static bool open_view(qcode_matcher *m)
{
    return (qc_glance_make(&m->viewer, m->reading.text, m->reading.length, &m->view) && make_places(m)) || qc_no_memory(m->err);
}

bool qc_hunt_words(qcode_matcher *m, qc_lexicon_found *found)
{
    return open_view(m) && hunt(m, found, false);
}

bool qc_hunt_all(qcode_matcher *m, qc_lexicon_found *found)
{
    m->turn++;
    m->apart_count = 0;
    if (!open_view(m))
        return false;
    if (m->reading.length > QC_LONGEST_SEARCH)
        m->view.is_composed = false; /* no regex may look at it */
    return hunt(m, found, true) && (m->view.is_composed ? qc_pursue_rest(m) : qc_match_regexes(m));
}
