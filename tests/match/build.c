/* Codebooks and transcripts made by hand. */
#include "match/build.h"
#include "base/buffer.h"
#include "model/cast.h"
#include "model/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CODES = 16, MOST_RULES = 8, KINDS = 4 };

typedef struct patterns {
    qc_pattern *at;
    size_t count, capacity;
} patterns;

struct book {
    qcode_codebook book;
    qcode_code codes[MOST_CODES];
    qcode_rule rules[MOST_CODES][MOST_RULES];
    char ids[MOST_CODES][MOST_RULES][16];
    patterns patterns[MOST_CODES][MOST_RULES][KINDS]; /* terms, regexes, the same under unless */
};

/* As if each pattern stood in line 1 from column 1 on. */
static void place(const qcode_codebook *made, const qc_pattern *pattern, size_t offset, size_t *line, size_t *column)
{
    (void)made;
    (void)pattern;
    *line = 1;
    *column = offset + 1;
}

book *book_new(void)
{
    book *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->book.source = "book.yaml";
    made->book.codes = made->codes;
    made->book.place = place;
    made->book.bytes = "";
    return made;
}

void book_code(book *made, const char *id, qcode_unit unit, qcode_scope scope)
{
    size_t index = made->book.count++;
    assert_in_range(index, 0, MOST_CODES - 1);
    made->codes[index] = (qcode_code){.id = id,
                                      .name = id,
                                      .index = index,
                                      .unit = unit,
                                      .scope = scope,
                                      .rules = made->rules[index],
                                      .book = &made->book};
}

void book_rule(book *made, bool case_exact)
{
    size_t c = made->book.count - 1, r = made->codes[c].rule_count++;
    assert_in_range(r, 0, MOST_RULES - 1);
    snprintf(made->ids[c][r], sizeof made->ids[c][r], "%s/%zu", made->codes[c].id, r + 1);
    made->rules[c][r] = (qcode_rule){.id = made->ids[c][r],
                                     .code = &made->codes[c],
                                     .index = made->book.rule_count++,
                                     .case_exact = case_exact};
}

static void add_pattern(book *made, size_t kind, const char *text)
{
    size_t c = made->book.count - 1, r = made->codes[c].rule_count - 1;
    patterns *list = &made->patterns[c][r][kind];
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 4;
        list->at = realloc(list->at, list->capacity * sizeof *list->at);
        assert_non_null(list->at);
    }
    list->at[list->count++] = (qc_pattern){.text = text, .length = strlen(text), .line = 1, .column = 1};
}

void book_term(book *made, const char *text)
{
    add_pattern(made, 0, text);
}

void book_regex(book *made, const char *text)
{
    add_pattern(made, 1, text);
}

void book_unless_term(book *made, const char *text)
{
    add_pattern(made, 2, text);
}

void book_unless_regex(book *made, const char *text)
{
    add_pattern(made, 3, text);
}

const qcode_codebook *book_done(book *made)
{
    for (size_t c = 0; c < made->book.count; c++)
        for (size_t r = 0; r < made->codes[c].rule_count; r++) {
            patterns *list = made->patterns[c][r];
            made->rules[c][r].terms = (qc_patterns){list[0].at, list[0].count};
            made->rules[c][r].regexes = (qc_patterns){list[1].at, list[1].count};
            made->rules[c][r].unless_terms = (qc_patterns){list[2].at, list[2].count};
            made->rules[c][r].unless_regexes = (qc_patterns){list[3].at, list[3].count};
        }
    return &made->book;
}

void book_free(book *made)
{
    for (size_t c = 0; c < MOST_CODES; c++)
        for (size_t r = 0; r < MOST_RULES; r++)
            for (size_t kind = 0; kind < KINDS; kind++)
                free(made->patterns[c][r][kind].at);
    free(made);
}

book *book_of(qcode_unit unit, const char *term, const char *regex)
{
    book *made = book_new();
    book_code(made, "c", unit, QCODE_SCOPE_ALL);
    book_rule(made, false);
    if (term)
        book_term(made, term);
    if (regex)
        book_regex(made, regex);
    book_done(made);
    return made;
}

enum { MOST_RANGES = 64, MOST_TURNS = 16 };

struct talk {
    qc_buffer text;
    qcode_span ranges[MOST_RANGES];
    size_t turn_of[MOST_RANGES];
    const char *speakers[MOST_TURNS];
    size_t range_count, turn_count;
    qcode_transcript *done;
};

talk *talk_new(void)
{
    talk *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->text = qc_buffer_init(NULL);
    return made;
}

void talk_say(talk *made, const char *speaker, const char *words, size_t length)
{
    size_t turn = made->turn_count++;
    assert_in_range(turn, 0, MOST_TURNS - 1);
    made->speakers[turn] = speaker;
    if (speaker)
        qc_buffer_print(&made->text, "%s: ", speaker);
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && !(words[end] == '\n' && end + 1 < length && words[end + 1] == '\n'))
            end++;
        if (end > at) {
            assert_in_range(made->range_count, 0, MOST_RANGES - 1);
            made->turn_of[made->range_count] = turn;
            made->ranges[made->range_count++] = (qcode_span){made->text.length, made->text.length + end - at};
        }
        size_t next = end < length ? end + 2 : length;
        qc_buffer_append(&made->text, words + at, next - at);
        at = next;
    }
    qc_buffer_string(&made->text, "\n");
}

const qcode_transcript *talk_done(talk *made)
{
    static const char *const interviewers[] = {"Interviewer"};
    const qcode_read_options options = {.interviewers = interviewers, .interviewer_count = 1};
    char hash[65];
    memset(hash, '0', 64);
    hash[64] = '\0';
    assert_non_null(qc_buffer_text(&made->text));
    made->done = qc_transcript_new("talk.txt", &made->text, hash, "text", "UTF-8", NULL, NULL);
    assert_non_null(made->done);
    size_t range = 0;
    for (size_t turn = 0; turn < made->turn_count; turn++) {
        const char *speaker = made->speakers[turn];
        size_t index = speaker ? qc_transcript_speaker(made->done, speaker, strlen(speaker)) : QC_NOBODY;
        assert_true(qc_transcript_turn(made->done, index, -1));
        for (; range < made->range_count && made->turn_of[range] == turn; range++)
            assert_true(qc_transcript_range(made->done, made->ranges[range]));
    }
    assert_true(qc_transcript_finish(made->done, &options, NULL, NULL));
    return made->done;
}

const qcode_transcript *talk_transcript(const talk *made)
{
    return made->done;
}

void talk_free(talk *made)
{
    qc_buffer_clear(&made->text);
    qcode_transcript_free(made->done);
    free(made);
}

talk *talk_of(const char *words)
{
    talk *made = talk_new();
    talk_say(made, NULL, words, strlen(words));
    talk_done(made);
    return made;
}

static void put_hit(qc_buffer *out, const char *text, const qcode_hit *hit)
{
    for (size_t i = hit->span.start; i < hit->span.end; i++)
        qc_buffer_byte(out, text[i] == '\n' ? '/' : text[i]);
    if (hit->rule->index)
        qc_buffer_print(out, "(%s)", hit->rule->id);
}

static void put_codings(qc_buffer *out, const qcode_codings *codings)
{
    size_t length;
    const char *text = qcode_transcript_text(qcode_codings_transcript(codings), &length);
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *segment = qcode_codings_at(codings, i);
        qc_buffer_print(out, "%s ", segment->code->id);
        qc_put_reading(out, text, segment->pieces, segment->piece_count);
        for (size_t k = 0; k < segment->hit_count; k++) {
            qc_buffer_string(out, k ? ", " : " | ");
            put_hit(out, text, &segment->hits[k]);
        }
        qc_buffer_string(out, "\n");
    }
    for (size_t i = 0; i < qcode_codings_vetoed_count(codings); i++) {
        qc_buffer_string(out, "vetoed ");
        put_hit(out, text, qcode_codings_vetoed(codings, i));
        qc_buffer_string(out, "\n");
    }
}

const char *coded(const book *made, const talk *with, qcode_match_options options, qcode_error *err)
{
    static char texts[2][1 << 16];
    static size_t next;
    qcode_error here = {.status = QCODE_OK};
    qcode_rules *rules = qcode_rules_new(&made->book, &options, NULL, NULL, &here);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, NULL, &here) : NULL;
    qcode_codings *codings = matcher ? qcode_match(matcher, with->done, &here) : NULL;
    char *text = NULL;
    if (codings) {
        qc_buffer out = qc_buffer_init(NULL);
        put_codings(&out, codings);
        assert_in_range(out.length, 0, sizeof texts[0] - 1);
        text = texts[next++ % 2];
        memcpy(text, qc_buffer_text(&out), out.length + 1);
        qc_buffer_clear(&out);
    }
    qcode_codings_free(codings);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    if (err)
        *err = here;
    return text;
}

static bool same_hit(const qcode_hit *a, const qcode_hit *b)
{
    return a->rule == b->rule && a->span.start == b->span.start && a->span.end == b->span.end && a->turn == b->turn;
}

static bool same_segment(const qcode_segment *a, const qcode_segment *b)
{
    bool same = a->code == b->code && a->span.start == b->span.start && a->span.end == b->span.end &&
                a->turn == b->turn && a->piece_count == b->piece_count && a->hit_count == b->hit_count && a->claim == b->claim;
    for (size_t i = 0; same && i < a->piece_count; i++)
        same = a->pieces[i].start == b->pieces[i].start && a->pieces[i].end == b->pieces[i].end;
    for (size_t i = 0; same && i < a->hit_count; i++)
        same = same_hit(&a->hits[i], &b->hits[i]);
    return same;
}

bool same_codings(const qcode_codings *a, const qcode_codings *b)
{
    size_t count = qcode_codings_count(a), vetoed = qcode_codings_vetoed_count(a);
    bool same = count == qcode_codings_count(b) && vetoed == qcode_codings_vetoed_count(b);
    for (size_t i = 0; same && i < count; i++)
        same = same_segment(qcode_codings_at(a, i), qcode_codings_at(b, i));
    for (size_t i = 0; same && i < vetoed; i++)
        same = same_hit(qcode_codings_vetoed(a, i), qcode_codings_vetoed(b, i));
    return same;
}
