/* Names of a key, found as terms are. */
#include "match/namer.h"
#include "base/error.h"
#include "base/utf8.h"
#include "text/words.h"

#include <stdlib.h>

/* Behind a name's number in its owner: the term is the name with s' behind it. */
#define PLURAL 0x80000000u

/* A name as a term is written: what is special there is meant as it is. */
static bool put_plain(qc_buffer *out, const char *name)
{
    for (out->length = 0; *name; name++) {
        if (strchr("*?\\$", *name))
            qc_buffer_byte(out, '\\');
        qc_buffer_byte(out, *name);
    }
    return !out->failed;
}

/* Scratch for making terms ready. */
typedef struct term_maker {
    qc_arena *arena;
    qc_folder folder;
    qc_buffer plain, ready;
} term_maker;

/* The ready form with these bytes around it, in the arena. */
static bool keep_term(term_maker *maker, const char *before, const char *behind, qc_term *term)
{
    size_t front = strlen(before), back = strlen(behind), length = maker->ready.length;
    unsigned char *copy = qc_arena_take(maker->arena, front + length + back + 1);
    if (!copy)
        return false;
    memcpy(copy, before, front);
    memcpy(copy + front, maker->ready.data, length);
    memcpy(copy + front + length, behind, back);
    *term = (qc_term){copy, front + length + back};
    return true;
}

static bool make_terms(term_maker *maker, const qcode_key *key, qc_term *plain, qc_wanted *whole, qc_wanted *inner)
{
    static const char any[] = {(char)QC_TERM_ANY, '\0'};
    for (size_t i = 0; i < key->name_count; i++) {
        size_t offset;
        maker->ready.length = 0;
        if (!put_plain(&maker->plain, key->names[i].text))
            return false;
        qc_term_ready(&maker->folder, QC_FORM_TERM, maker->plain.data, maker->plain.length, &maker->ready, &offset);
        if (maker->ready.failed || !keep_term(maker, "", "", &plain[i]) ||
            !keep_term(maker, "", "s'", &whole[2 * i + 1].term) || !keep_term(maker, any, any, &inner[i].term))
            return false;
        whole[2 * i].term = plain[i];
        whole[2 * i].owner = inner[i].owner = (uint32_t)i;
        whole[2 * i + 1].owner = (uint32_t)i | PLURAL;
    }
    return true;
}

static int compare_wanted(const void *a, const void *b)
{
    const qc_wanted *one = a, *two = b;
    int by_term = qc_term_compare(one->term, two->term);
    return by_term ? by_term : (one->owner > two->owner) - (one->owner < two->owner);
}

/* A name stands for one thing. Once more in its own line it does no harm. */
static bool check_once(const qcode_key *key, qc_wanted *whole, size_t count, qcode_error *err)
{
    qsort(whole, count, sizeof *whole, compare_wanted);
    for (size_t i = 1; i < count; i++) {
        const qc_wanted *one = &whole[i - 1], *two = &whole[i];
        if (qc_term_compare(one->term, two->term) != 0 || (one->owner | two->owner) & PLURAL)
            continue;
        const qc_key_name *first = &key->names[one->owner], *second = &key->names[two->owner];
        if (first->owner != second->owner)
            return qc_fail(err, QCODE_INVALID, key->source, second->line, second->column,
                           "the name is listed in line %zu, too", first->line);
    }
    return true;
}

/* What is put in is never a name that would have to be replaced. */
static bool check_replacements(const qc_namer *namer, const qcode_memory *memory, qcode_error *err)
{
    const qcode_key *key = namer->key;
    qc_namer_scratch scratch;
    qc_buffer found = qc_buffer_init(memory);
    bool done = qc_namer_scratch_init(&scratch, namer, memory) || qc_no_memory(err);
    for (size_t i = 0; done && i < key->count; i++) {
        const qc_key_line *line = &key->lines[i];
        found.length = 0;
        done = qc_namer_find(namer, &scratch, line->replacement, strlen(line->replacement), true, &found) ||
               qc_no_memory(err);
        const qc_named *named = (const void *)found.data;
        for (size_t k = 0; done && k < found.length / sizeof *named; k++)
            if (named[k].whole || named[k].parted)
                done = qc_fail(err, QCODE_INVALID, key->source, line->line, line->replacement_column,
                               "the replacement holds a listed name (line %zu)", key->names[named[k].name].line);
    }
    qc_buffer_clear(&found);
    qc_namer_scratch_clear(&scratch);
    return done;
}

bool qc_namer_init(qc_namer *namer, const qcode_key *key, const qcode_memory *memory, qcode_error *err)
{
    *namer = (qc_namer){.arena = qc_arena_init(memory), .key = key};
    term_maker maker = {&namer->arena, qc_folder_init(memory), qc_buffer_init(memory), qc_buffer_init(memory)};
    qc_wanted *whole = qc_arena_take_array(&namer->arena, 2 * key->name_count, sizeof *whole);
    qc_wanted *inner = qc_arena_take_array(&namer->arena, key->name_count, sizeof *inner);
    namer->plain = qc_arena_take_array(&namer->arena, key->name_count, sizeof *namer->plain);
    bool done = (whole && inner && namer->plain && make_terms(&maker, key, namer->plain, whole, inner)) ||
                qc_no_memory(err);
    done = done && check_once(key, whole, 2 * key->name_count, err);
    done = done && ((qc_lexicon_build(&namer->whole, &namer->arena, whole, 2 * key->name_count) &&
                     qc_lexicon_build(&namer->inner, &namer->arena, inner, key->name_count)) ||
                    qc_no_memory(err));
    qc_buffer_clear(&maker.ready);
    qc_buffer_clear(&maker.plain);
    qc_folder_clear(&maker.folder);
    return done && check_replacements(namer, memory, err);
}

void qc_namer_clear(qc_namer *namer)
{
    qc_arena_clear(&namer->arena);
}

bool qc_namer_scratch_init(qc_namer_scratch *scratch, const qc_namer *namer, const qcode_memory *memory)
{
    scratch->folder = qc_folder_init(memory);
    bool done = qc_lexicon_scratch_init(&scratch->whole, &namer->whole, memory);
    return qc_lexicon_scratch_init(&scratch->inner, &namer->inner, memory) && done;
}

void qc_namer_scratch_clear(qc_namer_scratch *scratch)
{
    qc_lexicon_scratch_clear(&scratch->whole);
    qc_lexicon_scratch_clear(&scratch->inner);
    qc_folder_clear(&scratch->folder);
}

typedef struct search {
    const qc_namer *namer;
    qc_folded folded;
    qc_buffer *found;
} search;

static bool keep(const search *s, uint32_t name, size_t start, size_t end, bool whole, bool parted)
{
    qc_named named = {qc_folded_span(&s->folded, start, end), name, whole, parted};
    return qc_buffer_append(s->found, &named, sizeof named);
}

static bool found_whole(void *user, uint32_t owner, size_t start, size_t end)
{
    size_t possessive = owner & PLURAL ? 2 : 0;
    return keep(user, owner & ~PLURAL, start, end - possessive, true, false);
}

static bool is_letter(uint32_t point)
{
    return qc_is_word(point) && point != '_' && !qc_is_digit(point);
}

/* No letter goes on before or behind. */
static bool stands_apart(const char *text, size_t length, size_t start, size_t end)
{
    size_t before = start, behind = end;
    return (start == 0 || !is_letter(qc_utf8_previous(text, &before))) &&
           (end == length || !is_letter(qc_utf8_next(text, length, &behind)));
}

/* The plain name at `at`: `*at` moved behind it. */
static bool plain_at(qc_term term, const char *text, size_t end, size_t *at)
{
    size_t here = *at;
    for (size_t i = 0; i < term.length; i++, here++) {
        if (here >= end || (unsigned char)text[here] != term.text[i])
            return false;
        while (term.text[i] == ' ' && here + 1 < end && text[here + 1] == ' ')
            here++;
    }
    *at = here;
    return true;
}

static bool is_whole(const char *text, size_t length, size_t start, size_t end)
{
    return qc_word_edge_before(text, start) && qc_word_edge_after(text, length, end);
}

/* These words hold the name somewhere: each place is told where it is not a whole word. */
static bool found_inner(void *user, uint32_t owner, size_t start, size_t end)
{
    const search *s = user;
    const char *text = s->folded.text;
    qc_term term = s->namer->plain[owner];
    for (size_t at = start, first; at < end; at = at > first ? at : first + 1) {
        const char *next = memchr(text + at, term.text[0], end - at);
        if (!next)
            return true;
        at = first = (size_t)(next - text);
        if (plain_at(term, text, end, &at) && !is_whole(text, s->folded.length, first, at) &&
            !keep(s, owner, first, at, false, stands_apart(text, s->folded.length, first, at)))
            return false;
    }
    return true;
}

bool qc_namer_find(const qc_namer *namer, qc_namer_scratch *scratch, const char *text, size_t length, bool inner,
                   qc_buffer *found)
{
    search s = {.namer = namer, .found = found};
    if (!length)
        return true;
    return qc_fold(&scratch->folder, QC_FORM_TERM, text, length, &s.folded) &&
           qc_lexicon_scan(&namer->whole, &scratch->whole, s.folded.text, s.folded.length, found_whole, &s) &&
           (!inner || qc_lexicon_scan(&namer->inner, &scratch->inner, s.folded.text, s.folded.length, found_inner, &s));
}
