/* Pieces put together: what a sequence begins with, and the rarest words that it cannot do without. */
#include "match/pieces.h"
#include "match/frequency.h"

#include <string.h>

enum { LONGEST = 24 };

size_t qc_add_words(size_t a, size_t b)
{
    return a + b < QC_MANY_WORDS ? a + b : QC_MANY_WORDS;
}

/* Beginnings being put together. */
typedef struct draft {
    char text[QC_MOST_LITERALS][LONGEST];
    size_t length[QC_MOST_LITERALS];
    size_t count;
} draft;

/* Each of the draft with each of the piece's behind it. False when there are too many or they are too long. */
static bool append(draft *d, const qc_piece *piece)
{
    draft before = *d;
    size_t added = piece->begins.count + piece->optional;
    if (before.count * added > QC_MOST_LITERALS)
        return false;
    for (size_t i = 0; i < before.count; i++)
        for (size_t k = 0; k < piece->begins.count; k++)
            if (before.length[i] + piece->begins.at[k].length > LONGEST)
                return false;
    d->count = 0;
    for (size_t i = 0; i < before.count; i++)
        for (size_t k = 0; k < added; k++) {
            const qc_literal more = k < piece->begins.count ? piece->begins.at[k] : (qc_literal){"", 0};
            memcpy(d->text[d->count], before.text[i], before.length[i]);
            memcpy(d->text[d->count] + before.length[i], more.text, more.length);
            d->length[d->count++] = before.length[i] + more.length;
        }
    return true;
}

/* Leaves out those that begin with another one: what begins with them is found with that. */
static void leave_out_longer(draft *d)
{
    bool covered[QC_MOST_LITERALS] = {false};
    for (size_t i = 0; i < d->count; i++)
        for (size_t k = 0; k < d->count && !covered[i]; k++)
            covered[i] = k != i && d->length[k] <= d->length[i] && memcmp(d->text[k], d->text[i], d->length[k]) == 0 &&
                         (d->length[k] < d->length[i] || k < i);
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!covered[i]) {
            memmove(d->text[kept], d->text[i], d->length[i]);
            d->length[kept++] = d->length[i];
        }
    d->count = kept;
}

static bool keep(const draft *d, bool exact, qc_arena *arena, qc_beginnings *kept)
{
    qc_literal *list = qc_arena_take_array(arena, d->count, sizeof *list);
    *kept = (qc_beginnings){list, d->count, exact};
    for (size_t i = 0; list && i < d->count; i++) {
        const char *copy = qc_arena_copy(arena, d->text[i], d->length[i]);
        if (!copy)
            return false;
        list[i] = (qc_literal){copy, d->length[i]};
    }
    return list;
}

/* What pieces from the first on begin with. */
static bool find_beginnings(const qc_piece *pieces, size_t count, bool whole, qc_arena *arena, qc_beginnings *begins)
{
    draft d = {.count = 1};
    bool exact = true;
    for (size_t i = 0; i < count && exact; i++) {
        if (pieces[i].zero)
            continue;
        bool known = pieces[i].begins.count && (pieces[i].begins.exact || !pieces[i].optional);
        exact = known && append(&d, &pieces[i]) && pieces[i].begins.exact;
    }
    if (!whole) /* to be looked for, no more */
        leave_out_longer(&d);
    bool empty = false;
    for (size_t i = 0; i < d.count; i++)
        empty |= !d.length[i];
    if (empty && !exact) {
        *begins = (qc_beginnings){NULL, 0, false};
        return true;
    }
    return keep(&d, exact, arena, begins);
}

static bool is_word_byte(char byte)
{
    return (unsigned)byte - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

/* How often the words are met in a million, or below 0 when they are no good. */
static double cost_of(const qc_beginnings *words, const qc_frequencies *language)
{
    double sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        const qc_literal *l = &words->at[i];
        size_t word = 0;
        while (word < l->length && is_word_byte(l->text[word]))
            word++;
        if (l->length < QC_SHORTEST_ANCHOR || !word)
            return -1;
        /* the first word, and what is asked for behind it */
        sum += qc_commonness(language, l->text, word, word < l->length) / (double)(1 + 16 * (l->length - word));
    }
    return words->count ? sum : -1;
}

/* A look at a word that may begin a match costs less than one at a window, that less than one at a turn. */
static double weigh(double cost, const qc_choice *choice)
{
    return cost * (choice->starts ? 1 : choice->before < QC_FAR_AWAY ? 2 : 10);
}

/* One place of a sequence where words are known. */
typedef struct place {
    size_t words; /* word ends before it */
    size_t solid; /* pieces before it that cannot be absent */
    double cost;
    qc_beginnings begins;
} place;

typedef struct looking {
    const qc_frequencies *language;
    qc_arena *arena;
    place places[32];
    size_t count;
    size_t best; /* the place of the choice, or SIZE_MAX */
    size_t solid; /* pieces so far that cannot be absent */
    qc_choice choice;
} looking;

/* Takes words into account that stand behind `words` word ends, at the very start when `first`. */
static bool consider_place(looking *l, const qc_piece *pieces, size_t count, size_t words, bool first)
{
    place here = {.words = words, .solid = l->solid};
    if (!find_beginnings(pieces, count, false, l->arena, &here.begins))
        return false;
    here.cost = cost_of(&here.begins, l->language);
    if (here.cost < 0)
        return true;
    qc_choice choice = {.words = here.begins, .starts = first, .before = words};
    choice.cost = weigh(here.cost, &choice);
    if (!l->choice.words.count || choice.cost < l->choice.cost) {
        l->choice = choice;
        l->best = l->count < sizeof l->places / sizeof *l->places ? l->count : SIZE_MAX;
    }
    if (l->count < sizeof l->places / sizeof *l->places)
        l->places[l->count++] = here;
    return true;
}

/* Takes a group's own choice into account. */
static void consider_group(looking *l, const qc_piece *piece, size_t words, bool first)
{
    qc_choice choice = piece->choice;
    if (piece->optional || !choice.words.count)
        return;
    choice.starts = choice.starts && first;
    choice.before = qc_add_words(words, choice.before);
    choice.cost = weigh(cost_of(&choice.words, l->language), &choice);
    if (!l->choice.words.count || choice.cost < l->choice.cost) {
        l->choice = choice;
        l->best = SIZE_MAX;
    }
}

static bool has_short(const qc_beginnings *words)
{
    bool any = false;
    for (size_t i = 0; i < words->count; i++)
        any |= words->at[i].length < QC_SHORTEST_SECOND;
    return any;
}

/* The rarest other words, near enough to the chosen ones. */
static void find_second(looking *l)
{
    double least = 0;
    for (size_t i = 0; l->best != SIZE_MAX && i < l->count; i++) {
        const place *chosen = &l->places[l->best], *other = &l->places[i];
        size_t reach = other->words > chosen->words ? other->words - chosen->words : chosen->words - other->words;
        if (i == l->best || other->words >= QC_MANY_WORDS || chosen->words >= QC_MANY_WORDS || reach >= QC_FAR_AWAY || !reach ||
            other->solid == chosen->solid || /* they may be one word */
            has_short(&other->begins) ||
            (l->choice.second.count && other->cost >= least))
            continue;
        least = other->cost;
        l->choice.second = other->begins;
        l->choice.second_behind = i > l->best;
        l->choice.second_reach = reach;
    }
}

/* Whether what matches the pieces ends with no word character, unless it is nothing. */
static bool end_apart(const qc_piece *pieces, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (pieces[i].zero)
            continue;
        if (!pieces[i].ends_apart || !pieces[i].optional)
            return pieces[i].ends_apart;
    }
    return true;
}

bool qc_join_pieces(const qc_piece *pieces, size_t count, const qc_frequencies *language, qc_arena *arena, qc_piece *joined)
{
    looking l = {.language = language, .arena = arena, .best = SIZE_MAX};
    bool edge = false, first = true, begins_edge = false;
    *joined = (qc_piece){.optional = true, .ends_apart = end_apart(pieces, count)};
    for (size_t i = 0; i < count; i++) {
        const qc_piece *p = &pieces[i];
        if (p->zero) {
            edge = (edge || p->edge) && !p->bars_edge;
            continue;
        }
        bool at_edge = edge || (p->begins_edge && !p->optional);
        if (first)
            begins_edge = at_edge;
        if (at_edge && !consider_place(&l, p, count - i, joined->words, first))
            return false;
        consider_group(&l, p, joined->words, first);
        edge = p->ends_apart ? edge || !p->optional : false;
        first = false;
        l.solid += !p->optional;
        joined->optional &= p->optional;
        joined->words = qc_add_words(joined->words, p->words);
    }
    find_second(&l);
    joined->begins_edge = begins_edge;
    joined->choice = l.choice;
    return find_beginnings(pieces, count, true, arena, &joined->begins);
}

static bool join_lists(const qc_beginnings *one, const qc_beginnings *other, size_t most, qc_arena *arena, qc_beginnings *both)
{
    *both = (qc_beginnings){.exact = one->exact && other->exact};
    if (!one->count || !other->count || one->count + other->count > most)
        return true;
    qc_literal *list = qc_arena_take_array(arena, one->count + other->count, sizeof *list);
    if (!list)
        return false;
    memcpy(list, one->at, one->count * sizeof *list);
    memcpy(list + one->count, other->at, other->count * sizeof *list);
    both->at = list;
    both->count = one->count + other->count;
    return true;
}

bool qc_either_piece(const qc_piece *one, const qc_piece *other, qc_arena *arena, qc_piece *either)
{
    *either = (qc_piece){.optional = one->optional || other->optional,
                         .ends_apart = one->ends_apart && other->ends_apart,
                         .words = one->words > other->words ? one->words : other->words,
                         .begins_edge = one->begins_edge && other->begins_edge};
    const qc_choice *a = &one->choice, *b = &other->choice;
    either->choice = (qc_choice){.cost = a->cost + b->cost,
                                 .starts = a->starts && b->starts,
                                 .before = a->before > b->before ? a->before : b->before};
    return join_lists(&one->begins, &other->begins, QC_MOST_LITERALS, arena, &either->begins) &&
           join_lists(&a->words, &b->words, 4 * QC_MOST_LITERALS, arena, &either->choice.words);
}
