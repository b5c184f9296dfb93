/* No decision of a person is lost, whatever happens to the rules, the codes and the transcript: random histories of a
 * study, with the place where each decision belongs known from the history of every word. */
#include "read/run.h"
#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HISTORIES = 40, CHANGES = 25, CODES = 4, MOST_TURNS = 80, MOST_WORDS = 40, MOST_DECISIONS = 400, MOMENT = 64 };

/* ---- chance */

static uint64_t chance_state;

static size_t chance(size_t below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((chance_state >> 33) % below);
}

/* ---- a transcript whose every word is known by its number */

static const char *const syllables[] = {"ba",  "ké", "mor", "tin", "lou",  "sa",
                                        "vre", "nö", "dil", "pa",  "ster", "wi"};
enum { SYLLABLES = sizeof syllables / sizeof *syllables };
static const char *const frequent[] = {"I",   "the", "we",  "and",  "to",    "it",
                                       "was", "of",  "you", "know", "trust", "hope"};
enum { FREQUENT = sizeof frequent / sizeof *frequent };

typedef struct word {
    char text[24];
    size_t born;       /* its number; a corrected word keeps it */
    size_t start, end; /* code points of the text as it now is */
} word;

typedef struct turn {
    word words[MOST_WORDS];
    size_t count;
} turn;

static turn turns[MOST_TURNS]; /* every other one is the interviewer's */
static size_t turn_count, born;

static void make_word(word *one, bool rare)
{
    *one = (word){.born = ++born};
    if (!rare && chance(2)) {
        strcpy(one->text, frequent[chance(FREQUENT)]);
        return;
    }
    for (size_t i = 0, count = rare ? 3 : 1 + chance(3); i < count; i++)
        strcat(one->text, syllables[chance(SYLLABLES)]);
    if (chance(8) == 0)
        strcat(one->text, ".");
}

static void insert_words(turn *into, size_t at, size_t count, bool rare)
{
    if (into->count + count > MOST_WORDS)
        return;
    memmove(&into->words[at + count], &into->words[at], (into->count - at) * sizeof *into->words);
    into->count += count;
    for (size_t i = 0; i < count; i++)
        make_word(&into->words[at + i], rare);
}

static void delete_words(turn *from, size_t at, size_t count)
{
    count = count < from->count - at ? count : from->count - at;
    if (from->count - count < 3)
        return;
    memmove(&from->words[at], &from->words[at + count], (from->count - at - count) * sizeof *from->words);
    from->count -= count;
}

/* A word that was misheard, or misspelt. */
static void replace_word(word *one)
{
    const size_t number = one->born, length = strlen(one->text);
    const char end = one->text[length - 1];
    if (chance(2) && length > 2 && length < 20 && end >= 'a' && end <= 'z')
        strcat(one->text, "s");
    else
        make_word(one, true);
    one->born = number;
}

static void add_exchange(size_t at)
{
    if (turn_count + 2 > MOST_TURNS)
        return;
    memmove(&turns[at + 2], &turns[at], (turn_count - at) * sizeof *turns);
    turn_count += 2;
    for (size_t i = at; i < at + 2; i++) {
        turns[i].count = 0;
        insert_words(&turns[i], 0, 4 + chance(20), false);
    }
}

static void correct_transcript(void)
{
    for (size_t i = 0, count = 1 + chance(4); i < count; i++) {
        turn *at = &turns[chance(turn_count)];
        size_t place = chance(at->count);
        switch (chance(8)) {
        case 0: add_exchange(2 * chance(turn_count / 2)); break;
        case 1: case 2: insert_words(at, place, 1 + chance(3), true); break;
        case 3: case 4: delete_words(at, place, 1 + chance(4)); break;
        default: replace_word(&at->words[place]); break;
        }
    }
}

static size_t code_points(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static char text[1 << 17]; /* of the transcript, with LF */

/* Says the text, and each word's place in it. */
static void render(void)
{
    char *at = text;
    size_t points = 0;
    for (size_t i = 0; i < turn_count; i++) {
        at += sprintf(at, "%s", i % 2 ? "P01:" : "INT:");
        points += 4;
        for (size_t k = 0; k < turns[i].count; k++) {
            word *one = &turns[i].words[k];
            at += sprintf(at, " %s", one->text);
            one->start = points + 1;
            points = one->end = one->start + code_points(one->text);
        }
        *at++ = '\n';
        points++;
    }
    *at = '\0';
}

/* Code points [from, to) of the text. */
static const char *part_of(size_t from, size_t to, char *part, size_t size)
{
    size_t point = 0, length = 0;
    for (const char *at = text; *at && point <= to; at++) {
        bool lead = ((unsigned char)*at & 0xC0) != 0x80;
        point += lead;
        if (point > from && point <= to) {
            assert_true(length + 1 < size);
            part[length++] = *at;
        }
    }
    part[length] = '\0';
    return part;
}

/* ---- a codebook that changes */

static char folder[64], book_path[96], talk_path[96], run_path[96];
static char ids[CODES][24];
static size_t id_number;

static void write_file(const char *path, const char *bytes, bool crlf)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (; *bytes; bytes++)
        fprintf(file, crlf && *bytes == '\n' ? "\r\n" : "%c", *bytes);
    assert_int_equal(fclose(file), 0);
}

/* What the codebook says behind its rules, which recode writes: kept when the rules are changed by hand. */
static void read_changes(char *changes, size_t size)
{
    FILE *file = fopen(book_path, "rb");
    *changes = '\0';
    if (!file)
        return;
    char whole[1 << 15];
    size_t length = fread(whole, 1, sizeof whole - 1, file);
    fclose(file);
    whole[length] = '\0';
    const char *from = strstr(whole, "\nchanges:");
    assert_true(!from || strlen(from) < size);
    strcpy(changes, from ? from : "");
}

/* Other rules: what they propose is another thing each time. */
static void change_rules(void)
{
    static char changes[1 << 15], book[1 << 15];
    static const char *const units[] = {"match", "sentence", "turn"};
    read_changes(changes, sizeof changes);
    char *at = book + sprintf(book, "version: 1.%zu.0\ncodes:\n", chance(1000));
    for (size_t i = 0; i < CODES; i++)
        at += sprintf(at, "  - id: %s\n    unit: %s\n    terms: [%s, \"%s*\"]\n", ids[i], units[chance(3)],
                      frequent[3 + chance(FREQUENT - 3)], syllables[chance(SYLLABLES)]);
    strcpy(at, changes);
    write_file(book_path, book, false);
}

static void rename_code(void)
{
    char *id = ids[chance(CODES)], was[24];
    strcpy(was, id);
    snprintf(id, sizeof ids[0], "code-%zu", ++id_number);
    const char *const codes[] = {was, id};
    const qcode_recode_job job = {.kind = QCODE_RENAME, .codes = codes, .code_count = 2, .by = "Anna",
                                  .on = "2026-11-01", .reason = "better", .book = book_path};
    qcode_error err = {.status = QCODE_OK};
    qcode_table *sheet = NULL;
    if (!qcode_recode(&job, NULL, NULL, &sheet, NULL, &err))
        fail_msg("%s", err.message);
}

/* ---- decisions, and where they belong */

typedef struct known {
    qcode_act act;
    size_t code;                           /* SIZE_MAX: none */
    size_t had[MOST_WORDS * 3], had_count; /* its words when its place was last known; none: it has no passage */
    word left, right;                      /* the words around it */
    size_t until;                          /* words that were born later came there since */
} known;

static known all_known[MOST_DECISIONS];
static size_t known_count;
static qcode_decisions *decisions;

/* The number of a decision: its second. */
static const char *moment_of(size_t number, char *moment)
{
    snprintf(moment, MOMENT, "2026-11-22T%02zu:%02zu:%02zuZ", number / 3600 % 24, number / 60 % 60, number % 60);
    return moment;
}

static size_t number_of(const char *moment)
{
    size_t hours, minutes, seconds;
    assert_int_equal(sscanf(moment, "2026-11-22T%zu:%zu:%zuZ", &hours, &minutes, &seconds), 3);
    return hours * 3600 + minutes * 60 + seconds;
}

/* Takes down which words stand in a passage, and around it: code points as the text now is. */
static void know_words(known *one, qcode_points span)
{
    one->had_count = 0;
    one->left = one->right = (word){.born = 0};
    one->until = born;
    for (size_t i = 0; i < turn_count; i++)
        for (size_t k = 0; k < turns[i].count; k++) {
            const word *at = &turns[i].words[k];
            if (at->end <= span.start)
                one->left = *at;
            else if (at->start >= span.end)
                one->right = one->right.born ? one->right : *at;
            else if (one->had_count < MOST_WORDS * 3)
                one->had[one->had_count++] = at->born;
        }
}

static bool had(const known *one, size_t number)
{
    for (size_t i = 0; i < one->had_count; i++)
        if (one->had[i] == number)
            return true;
    return false;
}

/* Some words of a respondent, mostly of one turn. */
static qcode_points some_passage(void)
{
    size_t at = 1 + 2 * chance(turn_count / 2), first = chance(turns[at].count), count = 1 + chance(chance(2) ? 3 : 12);
    size_t last = first + count <= turns[at].count ? first + count - 1 : turns[at].count - 1;
    const word *end = &turns[at].words[last];
    if (chance(10) == 0 && at + 2 < turn_count)
        end = &turns[at + 2].words[chance(turns[at + 2].count)];
    return (qcode_points){turns[at].words[first].start, end->end};
}

static bool same_points(qcode_points a, qcode_points b)
{
    return a.start == b.start && a.end == b.end;
}

static qcode_points subject_of(const qcode_decision *one)
{
    return one->act == QCODE_ACT_EDIT ? one->was : one->span;
}

static bool is_judgement(const qcode_decision *one)
{
    return one->act <= QCODE_ACT_ADD;
}

/* Another passage that begins in the same turn and has some of the same words. */
static qcode_points near_passage(qcode_points span)
{
    qcode_points near = span;
    for (size_t i = 0; i < turn_count; i++)
        for (size_t k = 0; k < turns[i].count; k++) {
            const turn *in = &turns[i];
            if (in->words[k].start == span.start) {
                near.start = in->words[k - chance(k < 4 ? k + 1 : 4)].start;
                near.end = in->words[k + chance(in->count - k < 4 ? in->count - k : 4)].end;
            }
        }
    return near;
}

static const char *quote_of(const qcode_decision *one)
{
    return one->act == QCODE_ACT_EDIT ? one->was_text : one->text;
}

/* Whether the same person has said something about the very passage, its place and its words: what they say now takes
 * its place. */
static bool said_of_the_same_words(const qcode_decision *now)
{
    for (size_t i = 0; i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *one = qcode_decisions_at(decisions, i);
        if (strcmp(one->by, now->by) != 0 || is_judgement(one) != is_judgement(now) || one->act == QCODE_ACT_MEMO)
            continue;
        if (now->act == QCODE_ACT_FINISHED || one->act == QCODE_ACT_FINISHED) {
            if (now->act == one->act)
                return true;
            continue;
        }
        if (strcmp(one->code, now->code) == 0 && strcmp(quote_of(one), quote_of(now)) == 0 &&
            same_points(subject_of(one), subject_of(now)))
            return true;
    }
    return false;
}

/* A person decides something, with the text as it now is before them. */
static void decide(void)
{
    static const qcode_act acts[] = {QCODE_ACT_ACCEPT, QCODE_ACT_REJECT, QCODE_ACT_EDIT, QCODE_ACT_ADD,
                                     QCODE_ACT_ADD,    QCODE_ACT_MEMO,   QCODE_ACT_FINISHED};
    static char quote[4096], was_quote[4096], before[256], after[256], moment[MOMENT];
    if (known_count == MOST_DECISIONS)
        return;
    known *one = &all_known[known_count];
    *one = (known){.act = acts[chance(sizeof acts / sizeof *acts)], .code = chance(CODES)};
    qcode_decision said = {.act = one->act, .document = "talk.txt", .by = chance(3) ? "anna" : "ben",
                           .on = moment_of(known_count, moment), .codebook = "1.0.0"};
    if (one->act == QCODE_ACT_FINISHED) {
        one->code = SIZE_MAX;
    } else {
        said.code = ids[one->code];
        said.span = some_passage();
        said.text = part_of(said.span.start, said.span.end, quote, sizeof quote);
        said.before = part_of(said.span.start > 40 ? said.span.start - 40 : 0, said.span.start, before, sizeof before);
        said.after = part_of(said.span.end, said.span.end + 40, after, sizeof after);
        know_words(one, said.span);
    }
    if (one->act == QCODE_ACT_EDIT) {
        said.was = near_passage(said.span);
        said.was_text = part_of(said.was.start, said.was.end, was_quote, sizeof was_quote);
    }
    if (one->act == QCODE_ACT_MEMO) {
        said.kind = QCODE_MEMO_ANALYTIC;
        said.reason = "worth a thought";
    }
    qcode_error err = {.status = QCODE_OK};
    bool again = said_of_the_same_words(&said);
    size_t count = qcode_decisions_count(decisions) + !again;
    if (!qcode_decisions_add(decisions, &said, &err))
        fail_msg("%s", err.message);
    assert_int_equal(qcode_decisions_count(decisions), count);
    known_count++;
}

/* ---- a run, and what became of the decisions in it */

static size_t run_number;

static void code_all(void)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_codebook *book = qcode_codebook_read(book_path, NULL, NULL, &err);
    const char *const paths[] = {talk_path};
    const qcode_code_job job = {.codebooks = {&book, 1},
                                .decisions = decisions,
                                .inputs = {.paths = paths, .path_count = 1, .threads = 1},
                                .match = {.no_jit = true},
                                .no_report = true,
                                .folder = run_path};
    qcode_code_totals totals;
    assert_non_null(book);
    if (!qcode_code_set(&job, NULL, &totals, NULL, &err))
        fail_msg("%s", err.message);
    qcode_code_totals_clear(&totals);
    qcode_codebook_free(book);
}

static qcode_decisions *read_back(const char *name)
{
    char path[160];
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *read = qcode_decisions_new(NULL, &err);
    snprintf(path, sizeof path, "%s/%s", run_path, name);
    assert_non_null(read);
    if (access(path, F_OK) == 0 && !qcode_decisions_read(read, path, NULL, &err))
        fail_msg("%s", err.message);
    return read;
}

static const qcode_decision *find(const qcode_decisions *list, const char *on)
{
    for (size_t i = 0; i < qcode_decisions_count(list); i++)
        if (strcmp(qcode_decisions_at(list, i)->on, on) == 0)
            return qcode_decisions_at(list, i);
    return NULL;
}

/* Whether the same person later said something else about what is the very same passage now. */
static bool said_again(const qcode_decisions *kept, const qcode_decision *given)
{
    const known *one = &all_known[number_of(given->on)];
    for (size_t i = 0; i < qcode_decisions_count(kept); i++) {
        const qcode_decision *other = qcode_decisions_at(kept, i);
        const known *later = &all_known[number_of(other->on)];
        if (is_judgement(other) == is_judgement(given) && strcmp(other->on, given->on) > 0 &&
            strcmp(other->by, given->by) == 0 && later->code == one->code)
            for (size_t k = 0; k < later->had_count; k++)
                if (had(one, later->had[k]))
                    return true;
    }
    return given->act == QCODE_ACT_FINISHED;
}

/* Whether the passage is the one the decision was made on: all of its words that are left, and beyond them only what
 * was said there since. What reads the same in the same place is right too, whichever of its words are which. */
static bool is_right(const known *one, qcode_points span, bool same_words)
{
    size_t its = 0, strangers = 0, left = 0, right = 0, last = 0;
    bool all = true, behind = false;
    for (size_t i = 0; i < turn_count; i++)
        for (size_t k = 0; k < turns[i].count; k++) {
            const word *at = &turns[i].words[k];
            size_t end = at->end - (at->text[strlen(at->text) - 1] == '.'); /* a full stop need not be in it */
            bool inside = at->start >= span.start && end <= span.end;
            bool is_its = had(one, at->born), strange = !is_its && at->born <= one->until;
            if (!inside && at->start < span.end && end > span.start)
                return false;
            strangers += inside && strange;
            its += inside && is_its;
            bool as_beside = strcmp(at->text, one->left.text) == 0 || strcmp(at->text, one->right.text) == 0;
            all = all && (inside || !is_its || as_beside); /* a word may be taken for the same one beside it */
            left = inside && !behind ? last : left;
            right = strange && behind && !right ? at->born : right;
            behind = behind || inside;
            last = strange ? at->born : last;
        }
    return same_words ? its || left == one->left.born || right == one->right.born : its && all && !strangers;
}

static void tell(const char *what, const qcode_decision *given, const qcode_decision *now)
{
    print_message("run %zu, decision %s: %s\nof   \"%s\" | \"%s\" | \"%s\" at %zu-%zu\n", run_number, given->on, what,
                  given->before, given->text, given->after, given->span.start, given->span.end);
    if (now)
        print_message("now  \"%s\" | \"%s\" | \"%s\" at %zu-%zu\n", now->before, now->text, now->after, now->span.start,
                      now->span.end);
    fail_msg("%s", what);
}

/* Whether somebody said something later about a passage that this one is about or makes. */
static bool is_overruled(const qcode_decisions *kept, const qcode_decision *one)
{
    for (size_t i = 0; i < qcode_decisions_count(kept); i++) {
        const qcode_decision *other = qcode_decisions_at(kept, i);
        if (other != one && is_judgement(other) && strcmp(other->on, one->on) > 0 &&
            strcmp(other->code, one->code) == 0 && (same_points(subject_of(other), subject_of(one)) || same_points(other->span, one->span) ||
             same_points(subject_of(other), one->span) || same_points(other->span, subject_of(one))))
            return true;
    }
    return false;
}

/* Whether the run's segments are as a decision wants it. */
static bool is_applied(const qc_run *run, const qcode_decision *one)
{
    const char *state = one->act == QCODE_ACT_REJECT ? "rejected" : one->act == QCODE_ACT_EDIT ? "edited" : "accepted";
    bool there = false;
    for (size_t i = 0; i < run->segment_count; i++) {
        const qc_run_segment *segment = &run->segments[i];
        if (segment->start != one->span.start || segment->end != one->span.end || strcmp(segment->code, one->code) != 0)
            continue;
        there = true;
        if (strcmp(segment->state, state) != 0)
            return false;
    }
    return there || one->act == QCODE_ACT_REJECT;
}

static size_t placed_count, lost_count, again_count;

static void check_one(const qcode_decision *given, const qcode_decisions *kept, const qcode_decisions *lost,
                      const qc_run *run)
{
    const known *one = &all_known[number_of(given->on)];
    const qcode_decision *now = find(kept, given->on), *unplaced = find(lost, given->on);
    if (now && unplaced)
        tell("it is both placed and not", given, now);
    if (!now && !unplaced && !said_again(kept, given))
        tell("it is lost", given, NULL);
    placed_count += now != NULL;
    lost_count += unplaced != NULL;
    again_count += !now && !unplaced;
    if (!now)
        return;
    if (one->code != SIZE_MAX && strcmp(now->code, ids[one->code]) != 0)
        tell("it is of another code now", given, now);
    if (one->had_count && !is_right(one, now->span, strcmp(now->text, given->text) == 0))
        tell("it stands at other words", given, now);
    if (is_judgement(now) && !is_overruled(kept, now) && !is_applied(run, now))
        tell("it does not hold in the segments", given, now);
}

/* No decision that was given is lost. With `go_on`, the run's own files are what is given to the next. */
static void check_run(bool go_on)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *kept = read_back("decisions.jsonl"), *lost = read_back("decisions-unplaced.jsonl");
    qc_run *run = qc_read_whole_run(run_path, NULL, &err);
    assert_non_null(run);
    for (size_t i = 0; i < qcode_decisions_count(decisions); i++)
        check_one(qcode_decisions_at(decisions, i), kept, lost, run);
    assert_true(qcode_decisions_count(kept) + qcode_decisions_count(lost) <= qcode_decisions_count(decisions));
    qc_run_free(run);
    if (go_on) {
        size_t together = qcode_decisions_count(kept) + qcode_decisions_count(lost);
        qcode_decisions_free(decisions);
        decisions = read_back("decisions.jsonl");
        char path[160];
        snprintf(path, sizeof path, "%s/decisions-unplaced.jsonl", run_path);
        if (qcode_decisions_count(lost) && !qcode_decisions_read(decisions, path, NULL, &err))
            fail_msg("%s", err.message);
        assert_int_equal(qcode_decisions_count(decisions), together);
        for (size_t i = 0; i < qcode_decisions_count(kept); i++) {
            const qcode_decision *now = qcode_decisions_at(kept, i);
            if (now->span.start < now->span.end)
                know_words(&all_known[number_of(now->on)], now->span);
        }
    }
    qcode_decisions_free(kept);
    qcode_decisions_free(lost);
}

/* ---- histories */

static void begin_history(void)
{
    qcode_error err = {.status = QCODE_OK};
    turn_count = born = known_count = 0;
    for (size_t i = 0; i < 8; i++)
        add_exchange(turn_count);
    unlink(book_path);
    for (size_t i = 0; i < CODES; i++)
        snprintf(ids[i], sizeof ids[i], "first-%zu", i);
    change_rules();
    render();
    write_file(talk_path, text, false);
    qcode_decisions_free(decisions);
    decisions = qcode_decisions_new(NULL, &err);
    assert_non_null(decisions);
}

static void change_something(void)
{
    switch (chance(4)) {
    case 0: change_rules(); break;
    case 1: rename_code(); break;
    default:
        correct_transcript();
        render();
        write_file(talk_path, text, chance(3) == 0);
        break;
    }
}

static void live_through(bool go_on)
{
    begin_history();
    for (size_t i = 0; i < CHANGES; i++) {
        for (size_t k = 0, count = chance(8); k < count; k++)
            decide();
        change_something();
        run_number++;
        code_all();
        check_run(go_on);
    }
}

static void no_decision_is_lost_when_the_first_file_is_given_again_and_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < HISTORIES / 2; i++)
        live_through(false);
    print_message("%zu placed, %zu listed, %zu said again\n", placed_count, lost_count, again_count);
    assert_true(placed_count > 2 * lost_count);
}

static void no_decision_is_lost_when_each_run_goes_on_from_the_one_before(void **state)
{
    (void)state;
    placed_count = lost_count = again_count = 0;
    for (size_t i = 0; i < HISTORIES / 2; i++)
        live_through(true);
    print_message("%zu placed, %zu listed, %zu said again\n", placed_count, lost_count, again_count);
    assert_true(placed_count > 2 * lost_count);
}

/* In memory where there is such a place: waiting until files are safe on a disk would take minutes. QCODE_SEED begins
 * other histories. */
static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/dev/shm/qcode-kept-XXXXXX");
    if (!mkdtemp(folder)) {
        strcpy(folder, "/tmp/qcode-kept-XXXXXX");
        if (!mkdtemp(folder))
            return -1;
    }
    snprintf(book_path, sizeof book_path, "%s/book.yaml", folder);
    snprintf(talk_path, sizeof talk_path, "%s/talk.txt", folder);
    snprintf(run_path, sizeof run_path, "%s/run", folder);
    const char *seed = getenv("QCODE_SEED");
    chance_state = seed ? strtoull(seed, NULL, 10) : 6;
    return 0;
}

static int end(void **state)
{
    static const char *const names[] = {"segments.jsonl",  "segments.csv", "documents.jsonl",
                                        "codebook.yaml",   "run.json",     "run.unfinished",
                                        "decisions.jsonl", "decisions-unplaced.jsonl"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", run_path, names[i]);
        unlink(path);
    }
    qcode_decisions_free(decisions);
    rmdir(run_path);
    unlink(book_path);
    unlink(talk_path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_decision_is_lost_when_the_first_file_is_given_again_and_again),
        TEST(no_decision_is_lost_when_each_run_goes_on_from_the_one_before),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
