/* The matching core against the plain way: bench_core RULES CORPUS [RUNS [LEAST]].
 *
 * RULES has lines of `code <tab> lex or re <tab> pattern`, CORPUS turns of `speaker: words`. Each line of the rules becomes a
 * rule of its own, with `unit: match`. The plain way is PCRE2's JIT, rule by rule on each turn, terms written as regexes. Both
 * run in one thread on the same transcript; times are of the processor, the best of the runs. Exit 1 when the spans differ, or
 * where the core is not LEAST times as fast. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buffer.h"
#include "model/codebook.h"
#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_RULES = 100000 };

typedef struct pattern {
    const char *text;
    bool is_term;
} pattern;

typedef struct hit {
    size_t start, end, rule;
} hit;

static void give_up(const char *why)
{
    fprintf(stderr, "bench_core: %s\n", why);
    exit(2);
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static qc_buffer read_whole(const char *path)
{
    qc_buffer bytes = qc_buffer_init(NULL);
    char block[65536];
    FILE *file = fopen(path, "rb");
    if (!file)
        give_up(path);
    for (size_t got; (got = fread(block, 1, sizeof block, file));)
        qc_buffer_append(&bytes, block, got);
    fclose(file);
    if (!qc_buffer_text(&bytes))
        give_up("no memory");
    return bytes;
}

/* A pattern in YAML, between single quotes. */
static void put_quoted(qc_buffer *out, const char *text)
{
    qc_buffer_byte(out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            qc_buffer_byte(out, '\'');
        qc_buffer_byte(out, *text);
    }
    qc_buffer_byte(out, '\'');
}

/* A line of the rules. */
typedef struct line {
    const char *code, *kind, *words;
    size_t place;
} line;

static int compare_lines(const void *a, const void *b)
{
    const line *one = a, *two = b;
    int by = strcmp(one->code, two->code);
    return by ? by : (one->place > two->place) - (one->place < two->place);
}

static size_t split_lines(char *rules, line *lines)
{
    size_t count = 0;
    for (char *text = strtok(rules, "\n"); text && count < MOST_RULES; text = strtok(NULL, "\n")) {
        char *kind = strchr(text, '\t'), *words = kind ? strchr(kind + 1, '\t') : NULL;
        if (!words)
            continue;
        *kind++ = *words++ = '\0';
        lines[count] = (line){text, kind, words, count};
        count++;
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    return count;
}

/* The rules as a codebook, and their patterns by the rules' indexes. */
static size_t make_book(char *rules, qc_buffer *book, pattern *patterns)
{
    line *lines = calloc(MOST_RULES, sizeof *lines);
    if (!lines)
        give_up("no memory");
    size_t count = split_lines(rules, lines);
    qc_buffer_string(book, "title: bench\nunit: match\nscope: all\ncodes:\n");
    for (size_t i = 0; i < count; i++) {
        if (!i || strcmp(lines[i - 1].code, lines[i].code) != 0) {
            qc_buffer_string(book, "  - id: ");
            qc_buffer_string(book, lines[i].code);
            qc_buffer_string(book, "\n    rules:\n");
        }
        patterns[i] = (pattern){lines[i].words, strncmp(lines[i].kind, "lex", 3) == 0};
        qc_buffer_string(book, patterns[i].is_term ? "      - terms: [" : "      - regex: [");
        put_quoted(book, patterns[i].text);
        qc_buffer_string(book, "]\n");
    }
    free(lines);
    return count;
}

static int compare_hits(const void *a, const void *b)
{
    const hit *one = a, *two = b;
    int by = (one->start > two->start) - (one->start < two->start);
    by = by ? by : (one->rule > two->rule) - (one->rule < two->rule);
    return by ? by : (one->end > two->end) - (one->end < two->end);
}

static void sort_hits(qc_buffer *hits)
{
    qsort(hits->data, hits->length / sizeof(hit), sizeof(hit), compare_hits);
}

static void list_hits(const qcode_codings *codings, qc_buffer *to)
{
    to->length = 0;
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *s = qcode_codings_at(codings, i);
        for (size_t k = 0; k < s->hit_count; k++) {
            const hit one = {s->hits[k].span.start, s->hits[k].span.end, s->hits[k].rule->index};
            qc_buffer_append(to, &one, sizeof one);
        }
    }
    sort_hits(to);
}

/* The best time of so many runs of the core, and what it found. */
static double run_core(const qcode_codebook *book, const qcode_transcript *talk, int runs, qc_buffer *found)
{
    qcode_error err;
    qcode_rules *rules = qcode_rules_new(book, NULL, NULL, NULL, &err);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, NULL, &err) : NULL;
    double best = 1e9;
    for (int i = 0; matcher && i < runs; i++) {
        double began = seconds();
        qcode_codings *codings = qcode_match(matcher, talk, &err);
        double took = seconds() - began;
        best = took < best ? took : best;
        if (!codings)
            give_up(err.message);
        if (!i)
            list_hits(codings, found);
        qcode_codings_free(codings);
    }
    if (!matcher)
        give_up(err.message);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return best;
}

/* A term as a regex: \b, any run of word characters for *, any white space for a space, typographic apostrophes. */
static void put_term(qc_buffer *out, const char *text)
{
    qc_buffer_string(out, "\\b");
    for (; *text; text++) {
        if (*text == '*') {
            qc_buffer_string(out, "\\w*");
        } else if (*text == ' ') {
            qc_buffer_string(out, "\\s+");
        } else if (*text == '\'') {
            qc_buffer_string(out, "['\xE2\x80\x98\xE2\x80\x99]");
        } else {
            if (strchr(".?+()[]{}|^$\\", *text))
                qc_buffer_byte(out, '\\');
            qc_buffer_byte(out, *text);
        }
    }
    qc_buffer_string(out, "\\b");
}

static pcre2_code *compile(const pattern *from)
{
    qc_buffer text = qc_buffer_init(NULL);
    int fault;
    size_t offset;
    if (from->is_term)
        put_term(&text, from->text);
    else
        qc_buffer_string(&text, from->text);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.data, text.length, PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &fault,
                                     &offset, NULL);
    if (!code)
        give_up(from->text);
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    qc_buffer_clear(&text);
    return code;
}

static void search(const pcre2_code *code, pcre2_match_data *data, const char *text, qcode_range turn, size_t rule,
                   qc_buffer *found)
{
    size_t length = turn.end - turn.start, at = 0;
    while (at <= length &&
           pcre2_jit_match(code, (PCRE2_SPTR)text + turn.start, length, at, PCRE2_NO_UTF_CHECK, data, NULL) >= 0) {
        const size_t *span = pcre2_get_ovector_pointer(data);
        const hit one = {turn.start + span[0], turn.start + span[1], rule};
        qc_buffer_append(found, &one, sizeof one);
        at = span[1] > span[0] ? span[1] : span[1] + 1;
    }
}

/* The plain way. Turns of one range each: what a turn's reading has in place of a line end does not come up. */
static double run_plainly(const pattern *patterns, size_t count, const qcode_transcript *talk, qc_buffer *found)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    pcre2_code **codes = calloc(count, sizeof *codes);
    pcre2_match_data *data = pcre2_match_data_create(64, NULL);
    if (!codes || !data)
        give_up("no memory");
    for (size_t i = 0; i < count; i++)
        codes[i] = compile(&patterns[i]);
    double began = seconds();
    for (size_t i = 0; i < qcode_transcript_turn_count(talk); i++) {
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        for (size_t k = 0; k < count; k++)
            search(codes[k], data, text, turn.ranges[0], k, found);
    }
    double took = seconds() - began;
    for (size_t i = 0; i < count; i++)
        pcre2_code_free(codes[i]);
    pcre2_match_data_free(data);
    free(codes);
    sort_hits(found);
    return took;
}

static bool show_differences(const qc_buffer *one, const qc_buffer *two, const char *text, const pattern *patterns)
{
    const hit *a = (const void *)one->data, *b = (const void *)two->data;
    size_t i = 0, k = 0, shown = 0, as = one->length / sizeof *a, bs = two->length / sizeof *b;
    while ((i < as || k < bs) && shown < 20) {
        int by = i == as ? 1 : k == bs ? -1 : compare_hits(&a[i], &b[k]);
        const hit *only = by < 0 ? &a[i] : &b[k];
        if (by) {
            shown++;
            printf("%s alone: %zu-%zu \"%.*s\" by %s\n", by < 0 ? "the core" : "the plain way", only->start, only->end,
                   (int)(only->end - only->start), text + only->start, patterns[only->rule].text);
        }
        i += by <= 0;
        k += by >= 0;
    }
    return shown;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        give_up("RULES CORPUS [RUNS [LEAST]]");
    qc_buffer rules = read_whole(argv[1]), corpus = read_whole(argv[2]), yaml = qc_buffer_init(NULL);
    qc_buffer fast = qc_buffer_init(NULL), slow = qc_buffer_init(NULL);
    pattern *patterns = calloc(MOST_RULES, sizeof *patterns);
    qcode_error err;
    size_t count = patterns ? make_book(rules.data, &yaml, patterns) : 0, length;
    qcode_codebook *book = qcode_codebook_parse(yaml.data, yaml.length, "bench.yaml", NULL, NULL, &err);
    qcode_transcript *talk = book ? qcode_read_transcript_bytes(corpus.data, corpus.length, "bench.txt", NULL, NULL, NULL, &err)
                                  : NULL;
    if (!talk)
        give_up(err.message);
    const char *text = qcode_transcript_text(talk, &length);
    double core = run_core(book, talk, argc > 3 ? atoi(argv[3]) : 5, &fast), megabytes = (double)length / 1e6;
    printf("core       %8.1f MB/s  %zu turns, %zu matches\n", megabytes / core, qcode_transcript_turn_count(talk),
           fast.length / sizeof(hit));
    bool least = argc <= 4 || atof(argv[4]) > 0, differ = false;
    if (least) {
        double plain = run_plainly(patterns, count, talk, &slow);
        printf("plain way  %8.1f MB/s  %zu matches\nratio      %8.1f\n", megabytes / plain, slow.length / sizeof(hit),
               plain / core);
        differ = show_differences(&fast, &slow, text, patterns);
        least = argc > 4 && plain / core < atof(argv[4]);
    }
    qcode_transcript_free(talk);
    qcode_codebook_free(book);
    qc_buffer *const all[] = {&rules, &corpus, &yaml, &fast, &slow};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        qc_buffer_clear(all[i]);
    free(patterns);
    return differ || least;
}
