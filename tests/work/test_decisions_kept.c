/* No decision of a person is lost, whatever happens to the rules, the codes and the transcript: random histories of a
 * study, with the place where each decision belongs known from the history of every word. */
#include "read/run.h"
#include "support/test.h"
#include "work/random_study.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HISTORIES = 40, CHANGES = 25, MOST_DECISIONS = 400, MOMENT = 64 };

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
