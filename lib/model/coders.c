/* Passages of several coders under one roof, and lists of transcripts. */
#include "model/coders.h"
#include "base/bytes.h"
#include "base/error.h"
#include "model/codings.h"

#include <ctype.h>
#include <stdlib.h>

static bool name_documents(qcode_coders *coders)
{
    bool done = true;
    for (size_t i = 0; done && i < coders->document_count; i++) {
        const char *name = qcode_transcript_name(coders->documents[i]);
        done = qc_set_add(&coders->document_names, name, strlen(name), NULL) != SIZE_MAX;
    }
    return done;
}

qcode_coders *qcode_coders_new(const qcode_transcript *const *documents, size_t count, const qcode_memory *memory,
                               qcode_error *err)
{
    qcode_coders *coders = qc_resize(memory, NULL, sizeof *coders);
    if (!coders) {
        qc_no_memory(err);
        return NULL;
    }
    *coders = (qcode_coders){.memory = memory,
                             .document_count = count,
                             .names = qc_set_init(memory),
                             .codes = qc_set_init(memory),
                             .sources = qc_set_init(memory),
                             .document_names = qc_set_init(memory),
                             .other_names = qc_set_init(memory),
                             .named = qc_buffer_init(memory),
                             .code_keys = qc_set_init(memory),
                             .keyed = qc_buffer_init(memory),
                             .passages = qc_buffer_init(memory),
                             .listed = qc_buffer_init(memory),
                             .saw = qc_buffer_init(memory),
                             .judged = qc_buffer_init(memory),
                             .asked = qc_buffer_init(memory),
                             .versions = qc_set_init(memory),
                             .books = qc_buffer_init(memory)};
    size_t room = 0;
    bool done = qc_grow(memory, &coders->documents, &room, count ? count : 1, sizeof *coders->documents);
    for (size_t i = 0; done && i < count; i++)
        coders->documents[i] = documents[i];
    if (done && name_documents(coders))
        return coders;
    qc_no_memory(err);
    qcode_coders_free(coders);
    return NULL;
}

void qcode_coders_free(qcode_coders *coders)
{
    if (!coders)
        return;
    qc_set_clear(&coders->names);
    qc_set_clear(&coders->codes);
    qc_set_clear(&coders->sources);
    qc_set_clear(&coders->document_names);
    qc_set_clear(&coders->other_names);
    qc_buffer_clear(&coders->named);
    qc_set_clear(&coders->code_keys);
    qc_buffer_clear(&coders->keyed);
    qc_buffer_clear(&coders->passages);
    qc_buffer_clear(&coders->listed);
    qc_buffer_clear(&coders->saw);
    qc_buffer_clear(&coders->judged);
    qc_buffer_clear(&coders->asked);
    qc_set_clear(&coders->versions);
    qcode_codebook *const *books = (const void *)coders->books.data;
    for (size_t i = 0; i < coders->books.length / sizeof *books; i++)
        qcode_codebook_free(books[i]);
    qc_buffer_clear(&coders->books);
    qc_release(coders->memory, coders->documents);
    qc_release(coders->memory, coders);
}

bool qc_put_version(qc_set *versions, bool by_person, const char *code, const char *version)
{
    qc_buffer key = qc_buffer_init(versions->arena.memory);
    qc_buffer_byte(&key, by_person ? 'p' : 'r');
    qc_buffer_append(&key, code, strlen(code) + 1);
    qc_buffer_string(&key, version);
    bool done = !key.failed && qc_set_add(versions, key.data, key.length, NULL) != SIZE_MAX;
    qc_buffer_clear(&key);
    return done;
}

size_t qc_coders_source(qcode_coders *coders, const char *name)
{
    return qc_set_add(&coders->sources, name, strlen(name), NULL);
}

size_t qc_coders_coder(qcode_coders *coders, const char *name, size_t length)
{
    return qc_set_add(&coders->names, name, length, NULL);
}

enum { LONGEST_KEY = 256 };

/* Letters and digits of a name, ASCII ones in small letters; of bytes beyond ASCII all. */
static size_t squeeze(const char *name, char key[LONGEST_KEY])
{
    size_t length = 0;
    for (; *name && length < LONGEST_KEY; name++)
        if (isalnum((unsigned char)*name) || (unsigned char)*name >= 0x80)
            key[length++] = (char)tolower((unsigned char)*name);
    return *name ? 0 : length;
}

bool qc_coders_name_code(qcode_coders *coders, const char *name, size_t code)
{
    char key[LONGEST_KEY];
    bool added;
    size_t length = squeeze(name, key);
    return !length || (qc_set_add(&coders->code_keys, key, length, &added) != SIZE_MAX &&
                       (!added || qc_buffer_append(&coders->keyed, &code, sizeof code)));
}

size_t qc_coders_code_like(const qcode_coders *coders, const char *name)
{
    char key[LONGEST_KEY];
    size_t length = squeeze(name, key), place = length ? qc_set_find(&coders->code_keys, key, length) : SIZE_MAX;
    return place == SIZE_MAX ? SIZE_MAX : ((const size_t *)(const void *)coders->keyed.data)[place];
}

size_t qc_coders_code(qcode_coders *coders, const char *name, size_t length)
{
    bool added;
    size_t code = qc_set_add(&coders->codes, name, length, &added);
    return code == SIZE_MAX || !added || qc_coders_name_code(coders, qc_set_at(&coders->codes, code), code) ? code : SIZE_MAX;
}

bool qc_coders_take_book(qcode_coders *coders, const qcode_codebook *book)
{
    bool done = true;
    for (size_t i = 0; done && i < qcode_codebook_count(book); i++) {
        const qcode_code *code = qcode_codebook_at(book, i);
        const char *id = qcode_code_id(code), *name = qcode_code_name(code);
        size_t number = qc_coders_code(coders, id, strlen(id));
        done = number != SIZE_MAX && (!name || qc_coders_name_code(coders, name, number));
    }
    return done;
}

size_t qc_stem_length(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

static bool same_name(const char *a, const char *b, int how)
{
    if (how == 0)
        return strcmp(a, b) == 0;
    a = qc_base_name(a);
    b = qc_base_name(b);
    if (how == 1)
        return strcmp(a, b) == 0;
    size_t length = qc_stem_length(a);
    return length == qc_stem_length(b) && memcmp(a, b, length) == 0;
}

bool qc_coders_rename(qcode_coders *coders, const char *name, size_t document)
{
    bool added;
    return qc_set_add(&coders->other_names, name, strlen(name), &added) != SIZE_MAX &&
           (!added || qc_buffer_append(&coders->named, &document, sizeof document));
}

size_t qc_coders_match_document(const qcode_coders *coders, const char *name)
{
    size_t exact = qcode_coders_find_document(coders, name);
    if (exact != SIZE_MAX)
        return exact;
    size_t other = qc_set_find(&coders->other_names, name, strlen(name));
    if (other != SIZE_MAX)
        return ((const size_t *)(const void *)coders->named.data)[other];
    for (int how = 1; how <= 2; how++) {
        size_t found = SIZE_MAX, count = 0;
        for (size_t i = 0; i < coders->document_count; i++)
            if (same_name(qcode_transcript_name(coders->documents[i]), name, how)) {
                found = i;
                count++;
            }
        if (count)
            return count == 1 ? found : SIZE_MAX;
    }
    return SIZE_MAX;
}

bool qc_coders_passage(qcode_coders *coders, const qcode_passage *passage)
{
    return qc_buffer_append(&coders->passages, passage, sizeof *passage) &&
           qc_coders_saw(coders, passage->coder, passage->document);
}

bool qc_coders_listed(qcode_coders *coders, const qcode_listed *listed)
{
    return qc_buffer_append(&coders->listed, listed, sizeof *listed);
}

bool qc_coders_saw(qcode_coders *coders, size_t coder, size_t document)
{
    const size_t pair[] = {coder, document};
    size_t length = coders->saw.length;
    if (length && memcmp(coders->saw.data + length - sizeof pair, pair, sizeof pair) == 0)
        return true; /* as most often */
    return qc_buffer_append(&coders->saw, pair, sizeof pair);
}

static int compare_pairs(const void *a, const void *b)
{
    const size_t *one = a, *two = b;
    int first = qc_order(one[0], two[0]);
    return first ? first : qc_order(one[1], two[1]);
}

static int compare_keys(const size_t *one, const size_t *two, size_t count)
{
    int order = 0;
    for (size_t i = 0; !order && i < count; i++)
        order = qc_order(one[i], two[i]);
    return order;
}

static int compare_passages(const void *a, const void *b)
{
    const qcode_passage *one = a, *two = b;
    const size_t keys[2][7] = {
        {one->document, one->coder, one->code, one->span.start, one->span.end, one->source, one->line},
        {two->document, two->coder, two->code, two->span.start, two->span.end, two->source, two->line}};
    return compare_keys(keys[0], keys[1], 7);
}

static int compare_listed(const void *a, const void *b)
{
    const qcode_listed *one = a, *two = b;
    const size_t keys[2][5] = {{one->document, one->span.start, one->span.end, one->source, one->line},
                               {two->document, two->span.start, two->span.end, two->source, two->line}};
    return compare_keys(keys[0], keys[1], 5);
}

void qc_coders_sort(qcode_coders *coders)
{
    qcode_passage *passages = (void *)coders->passages.data;
    size_t count = coders->passages.length / sizeof *passages, kept = 0;
    if (count)
        qsort(passages, count, sizeof *passages, compare_passages);
    for (size_t i = 0; i < count; i++)
        if (!kept || compare_passages(&passages[kept - 1], &passages[i]) != 0)
            passages[kept++] = passages[i];
    coders->passages.length = kept * sizeof *passages;
    if (coders->listed.length)
        qsort(coders->listed.data, coders->listed.length / sizeof(qcode_listed), sizeof(qcode_listed), compare_listed);
    size_t *pairs = (void *)coders->saw.data, pair_count = coders->saw.length / (2 * sizeof *pairs), pairs_kept = 0;
    if (pair_count)
        qsort(pairs, pair_count, 2 * sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < pair_count; i++)
        if (!pairs_kept || compare_pairs(pairs + 2 * (pairs_kept - 1), pairs + 2 * i) != 0)
            memmove(pairs + 2 * pairs_kept++, pairs + 2 * i, 2 * sizeof *pairs);
    coders->saw.length = pairs_kept * 2 * sizeof *pairs;
    qc_coders_sort_judgements(coders);
}

static size_t document_of(const qcode_coders *coders, const qcode_transcript *talk)
{
    size_t at = 0;
    while (at < coders->document_count && coders->documents[at] != talk)
        at++;
    return at < coders->document_count ? at : SIZE_MAX;
}

static bool add_segments(qcode_coders *coders, size_t coder, size_t document, size_t source,
                         const qcode_codings *codings)
{
    bool done = qc_coders_saw(coders, coder, document);
    for (size_t i = 0; done && i < qcode_codings_count(codings); i++) {
        const qcode_segment *segment = qcode_codings_at(codings, i);
        const char *id = qcode_code_id(segment->code);
        qcode_passage passage = {document, coder, qc_coders_code(coders, id, strlen(id)), source, {0, 0}, i + 1,
                                 segment->basis};
        done = passage.code != SIZE_MAX;
        for (size_t k = 0; done && k < segment->piece_count; k++) {
            passage.span = segment->pieces[k];
            done = qc_coders_passage(coders, &passage);
        }
    }
    return done;
}

bool qcode_coders_add(qcode_coders *coders, const char *coder, const qcode_codings *codings, qcode_error *err)
{
    size_t document = document_of(coders, qcode_codings_transcript(codings));
    if (document == SIZE_MAX)
        return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "codings of a transcript that is not in the set");
    size_t passages = coders->passages.length, saw = coders->saw.length;
    size_t name = qc_coders_coder(coders, coder, strlen(coder)), source = qc_coders_source(coders, coder);
    if (name != SIZE_MAX && source != SIZE_MAX && add_segments(coders, name, document, source, codings)) {
        qc_coders_sort(coders);
        return true;
    }
    coders->passages.length = passages;
    coders->saw.length = saw;
    return qc_no_memory(err);
}

size_t qcode_coders_find_document(const qcode_coders *coders, const char *name)
{
    return qc_set_find(&coders->document_names, name, strlen(name));
}

size_t qcode_coders_find(const qcode_coders *coders, const char *coder)
{
    return qc_set_find(&coders->names, coder, strlen(coder));
}

size_t qcode_coders_find_code(const qcode_coders *coders, const char *code)
{
    return qc_set_find(&coders->codes, code, strlen(code));
}

size_t qcode_coders_document_count(const qcode_coders *coders)
{
    return coders->document_count;
}

const qcode_transcript *qcode_coders_document(const qcode_coders *coders, size_t index)
{
    return coders->documents[index];
}

size_t qcode_coders_count(const qcode_coders *coders)
{
    return coders->names.count;
}

const char *qcode_coders_name(const qcode_coders *coders, size_t coder)
{
    return qc_set_at(&coders->names, coder);
}

size_t qcode_coders_code_count(const qcode_coders *coders)
{
    return coders->codes.count;
}

const char *qcode_coders_code(const qcode_coders *coders, size_t code)
{
    return qc_set_at(&coders->codes, code);
}

size_t qcode_coders_source_count(const qcode_coders *coders)
{
    return coders->sources.count;
}

const char *qcode_coders_source(const qcode_coders *coders, size_t source)
{
    return qc_set_at(&coders->sources, source);
}

const qcode_passage *qcode_coders_passages(const qcode_coders *coders, size_t *count)
{
    *count = coders->passages.length / sizeof(qcode_passage);
    return (const void *)coders->passages.data;
}

const qcode_listed *qcode_coders_listed(const qcode_coders *coders, size_t *count)
{
    *count = coders->listed.length / sizeof(qcode_listed);
    return (const void *)coders->listed.data;
}

bool qcode_coders_saw(const qcode_coders *coders, size_t coder, size_t document)
{
    const size_t pair[] = {coder, document};
    size_t count = coders->saw.length / sizeof pair;
    return count && bsearch(pair, coders->saw.data, count, sizeof pair, compare_pairs) != NULL;
}

qcode_talks *qc_talks_new(const qcode_memory *memory, qcode_error *err)
{
    qcode_talks *talks = qc_resize(memory, NULL, sizeof *talks);
    if (talks)
        *talks = (qcode_talks){.memory = memory, .arena = qc_arena_init(memory)};
    else
        qc_no_memory(err);
    return talks;
}

bool qc_talks_add(qcode_talks *talks, qcode_transcript *talk)
{
    if (!qc_grow(talks->memory, &talks->at, &talks->capacity, talks->count + 1, sizeof(qcode_transcript *))) {
        qcode_transcript_free(talk);
        return false;
    }
    talks->at[talks->count++] = talk;
    bool done = true;
    for (const qcode_transcript *each = talk; done && each; each = qcode_transcript_next(each)) {
        done = qc_grow(talks->memory, &talks->all, &talks->all_capacity, talks->all_count + 1, sizeof each);
        if (done)
            talks->all[talks->all_count++] = each;
    }
    return done;
}

const qcode_transcript *const *qcode_talks_all(const qcode_talks *talks, size_t *count)
{
    *count = talks->all_count;
    return talks->all;
}

void qcode_talks_free(qcode_talks *talks)
{
    if (!talks)
        return;
    for (size_t i = 0; i < talks->count; i++)
        qcode_transcript_free(talks->at[i]);
    qc_release(talks->memory, talks->at);
    qc_release(talks->memory, talks->all);
    qc_arena_clear(&talks->arena);
    qc_release(talks->memory, talks);
}
