/* What a scan looks for: of each term its rarest word, of each regex its anchors. */
#include "match/frequency.h"
#include "match/rules.h"

#include <stdlib.h>
#include <string.h>

static bool is_word_byte(unsigned char byte)
{
    return (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

/* A word of a term to look for. */
typedef struct bait {
    size_t offset, length; /* 0 bytes: there is none */
    unsigned cost;
} bait;

/* The word of ASCII that begins at `at`, if one begins there. */
static size_t measure_word(const qc_term *term, size_t at)
{
    size_t end = at;
    if (at && is_word_byte(term->text[at - 1]))
        return 0;
    while (end < term->length && is_word_byte(term->text[end]))
        end++;
    return end - at;
}

/* The run of bytes from 0x80 on that begins at `at`. */
static size_t measure_others(const qc_term *term, size_t at)
{
    size_t end = at;
    if (at && term->text[at - 1] >= 0x80)
        return 0;
    while (end < term->length && term->text[end] >= 0x80 && !qc_is_wildcard(term->text[end]))
        end++;
    return end - at;
}

/* The rarest word before the first wildcard, or what it has of the word before that; a run of others where there is none. */
static bait choose_word(const qc_term *term, const qc_frequencies *language)
{
    bait best = {0, 0, 0}, other = {0, 0, 0};
    for (size_t at = 0; at < term->length && !qc_is_wildcard(term->text[at]); at++) {
        size_t length = measure_word(term, at), others = length ? 0 : measure_others(term, at);
        if (others && !other.length)
            other = (bait){at, others, 0};
        if (!length)
            continue;
        unsigned char behind = at + length < term->length ? term->text[at + length] : ' ';
        unsigned cost = qc_commonness(language, (const char *)term->text + at, length, behind < 0x80);
        if (!best.length || cost < best.cost)
            best = (bait){at, length, cost};
    }
    return best.length ? best : other;
}

/* A word of a term with `case: exact`: in small letters, and where no other byte than ASCII's touches it. */
static bait choose_exact(const qc_term *term)
{
    bait best = {0, 0, 0};
    for (size_t at = 0; at < term->length && !qc_is_wildcard(term->text[at]); at++) {
        size_t length = measure_word(term, at);
        if (length > best.length && (!at || term->text[at - 1] < 0x80))
            best = (bait){at, length, 0};
    }
    return best;
}

typedef struct making {
    qcode_rules *rules;
    qc_hunt *hunt;
    qc_sought *sought;
    size_t count;
} making;

static void seek(making *m, const char *text, size_t length, qc_target target)
{
    m->hunt->targets[m->count] = target;
    m->sought[m->count] = (qc_sought){{text, length}, (uint32_t)m->count};
    m->count++;
}

static void seek_regexes(making *m)
{
    const qcode_rules *rules = m->rules;
    for (size_t i = 0; i < rules->regex_count; i++) {
        const qc_regex *regex = rules->regexes[i].regex;
        for (size_t k = 0; regex && k < regex->anchors.count; k++)
            seek(m, regex->anchors.at[k].text, regex->anchors.at[k].length,
                 (qc_target){.kind = QC_LEADS_TO_REGEX, .index = (uint32_t)i});
    }
}

static bool seek_exact(making *m, const qc_wanted *exact, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bait word = choose_exact(&exact[i].term);
        char *small = word.length ? qc_arena_copy(&m->rules->arena, (const char *)exact[i].term.text + word.offset, word.length)
                                  : NULL;
        m->hunt->exact_always |= !word.length;
        if (!word.length)
            continue;
        if (!small)
            return false;
        for (size_t k = 0; k < word.length; k++)
            small[k] |= small[k] >= 'A' && small[k] <= 'Z' ? 0x20 : 0;
        seek(m, small, word.length, (qc_target){.kind = QC_LEADS_TO_EXACT});
    }
    return true;
}

static int compare_wanted(const void *a, const void *b)
{
    const qc_wanted *one = a, *two = b;
    int by = qc_term_compare(one->term, two->term);
    return by ? by : (one->owner > two->owner) - (one->owner < two->owner);
}

/* Puts those with words to look for first; how many there are. */
static size_t part_wanted(qc_wanted *wanted, size_t count, const qc_frequencies *language)
{
    size_t hunted = 0;
    for (size_t i = 0; i < count; i++)
        if (choose_word(&wanted[i].term, language).length) {
            qc_wanted swapped = wanted[hunted];
            wanted[hunted++] = wanted[i];
            wanted[i] = swapped;
        }
    return hunted;
}

/* Makes the list of different terms from sorted ones. */
static size_t list_terms(qc_hunt *hunt, const qc_wanted *wanted, size_t count)
{
    size_t used = 0, owners = 0;
    for (size_t i = 0; i < count; i++) {
        qc_prey *last = used ? &hunt->terms[used - 1] : NULL;
        if (!last || qc_term_compare(last->term, wanted[i].term)) {
            last = &hunt->terms[used++];
            *last = (qc_prey){wanted[i].term, (uint32_t)owners, 0};
        }
        if (last->owner_count && hunt->owners[owners - 1] == wanted[i].owner)
            continue;
        hunt->owners[owners++] = wanted[i].owner;
        last->owner_count++;
    }
    return used;
}

static void seek_terms(making *m, size_t count)
{
    const qc_frequencies *language = &m->rules->frequencies;
    for (size_t i = 0; i < count; i++) {
        const qc_term *term = &m->hunt->terms[i].term;
        bait word = choose_word(term, language);
        seek(m, (const char *)term->text + word.offset, word.length,
             (qc_target){QC_LEADS_TO_TERM, (uint32_t)i, (uint32_t)word.offset});
    }
}

/* A filter for second words, by a hash of their first three bytes. */
static void mark_seconds(const qcode_rules *rules)
{
    for (size_t i = 0; i < rules->regex_count; i++) {
        qc_regex *regex = rules->regexes[i].regex;
        for (size_t k = 0; regex && k < regex->anchors.second_count; k++) {
            unsigned hash = qc_hash_second(regex->anchors.second[k].text);
            regex->seconds[hash / 32] |= (uint32_t)1 << hash % 32;
        }
    }
}

bool qc_hunt_build(qcode_rules *rules, qc_wanted *wanted, size_t *count, const qc_wanted *exact, size_t exact_count)
{
    qc_hunt *hunt = &rules->hunt;
    making m = {.rules = rules, .hunt = hunt};
    size_t hunted = part_wanted(wanted, *count, &rules->frequencies), most = hunted + exact_count;
    qc_arena room = qc_arena_init(rules->memory);
    for (size_t i = 0; i < rules->regex_count; i++)
        most += rules->regexes[i].regex ? rules->regexes[i].regex->anchors.count : 0;
    hunt->terms = qc_arena_take_array(&rules->arena, hunted, sizeof *hunt->terms);
    hunt->owners = qc_arena_take_array(&rules->arena, hunted, sizeof *hunt->owners);
    hunt->targets = qc_arena_take_array(&rules->arena, most, sizeof *hunt->targets);
    m.sought = qc_arena_take_array(&room, most, sizeof *m.sought);
    bool done = hunt->terms && hunt->owners && hunt->targets && m.sought;
    if (done) {
        if (hunted)
            qsort(wanted, hunted, sizeof *wanted, compare_wanted);
        seek_terms(&m, list_terms(hunt, wanted, hunted));
        seek_regexes(&m);
        mark_seconds(rules);
        hunt->has_exact = exact_count;
        done = seek_exact(&m, exact, exact_count) && qc_scanner_build(&hunt->scanner, &rules->arena, m.sought, m.count);
    }
    memmove(wanted, wanted + hunted, (*count - hunted) * sizeof *wanted);
    *count -= hunted;
    qc_arena_clear(&room);
    return done;
}
