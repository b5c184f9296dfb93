/* Names of documents, the crew, the totals. */
#include "support/test.h"
#include "work/crew.h"
#include "work/names.h"
#include "work/totals.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Names of the paths, a space between each two; or what is wrong. Static until the next call. */
static const char *named(const char *const *paths, size_t count)
{
    static char text[1024];
    qcode_error err = {.status = QCODE_OK};
    qc_arena arena = qc_arena_init(NULL);
    const char *const *names = qc_name_documents(&arena, paths, count, &err);
    text[0] = '\0';
    for (size_t i = 0; names && i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", names[i]);
    if (!names)
        qcode_error_text(&err, text, sizeof text);
    qc_arena_clear(&arena);
    return text;
}

#define NAMED(...) \
    named((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void a_document_is_called_by_the_shortest_tail_that_is_its_own(void **state)
{
    (void)state;
    assert_string_equal(NAMED("a/b/one.txt", "two.txt", "/c/three.txt", "-"), "one.txt two.txt three.txt stdin");
    assert_string_equal(NAMED("a/x/1.txt", "b/x/1.txt", "b/y/1.txt"), "a/x/1.txt b/x/1.txt y/1.txt");
    assert_string_equal(NAMED("1.txt", "a/1.txt", "/a/1.txt"), "1.txt a/1.txt /a/1.txt");
    assert_string_equal(NAMED("a//b/./1.txt", "c/1.txt"), "b/1.txt c/1.txt");
    assert_string_equal(NAMED("caf\xE9.txt"), "caf\\xe9.txt");
}

static void a_file_called_stdin_is_told_from_the_standard_input(void **state)
{
    (void)state;
    assert_string_equal(NAMED("-", "stdin"), "stdin ./stdin");
    assert_string_equal(NAMED("./stdin", "-", "a/stdin"), "./stdin stdin a/stdin");
    assert_string_equal(NAMED("stdin", "one.txt"), "stdin one.txt");
}

static void names_are_told_apart_as_they_are_spelt(void **state)
{
    (void)state;
    assert_string_equal(NAMED("a/caf\xE9.txt", "b/caf\\xe9.txt"), "a/caf\\xe9.txt b/caf\\xe9.txt");
    assert_non_null(strstr(NAMED("caf\xE9.txt", "caf\\xe9.txt"), "rename one"));
}

/* Each pair of paths leads to one file. */
static void a_file_that_is_given_by_two_paths_is_refused(void **state)
{
    (void)state;
    char folder[300], one[400], other[400], wanted[500];
    snprintf(folder, sizeof folder, "%s", in_repository("tests/data"));
    snprintf(one, sizeof one, "%s/gold.tsv", folder);
    snprintf(other, sizeof other, "%s/interviews/../gold.tsv", folder);
    snprintf(wanted, sizeof wanted, "%s: is given twice", other);
    assert_string_equal(NAMED(one, "absent.txt", other), wanted);
    snprintf(other, sizeof other, "%s/interviews/../everything.yaml", folder);
    assert_string_equal(NAMED(one, "absent.txt", other), "gold.tsv absent.txt everything.yaml");
}

static void a_file_that_is_given_twice_is_refused(void **state)
{
    (void)state;
    assert_string_equal(NAMED("a/1.txt", "b/1.txt", "./a//1.txt"), "a/1.txt: is given twice");
}

static bool name_some(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    static const char *const paths[] = {"a/1.txt", "b/1.txt", "c\xFF.txt"};
    qc_arena arena = qc_arena_init(memory);
    bool done = qc_name_documents(&arena, paths, 3, err) != NULL;
    qc_arena_clear(&arena);
    return done;
}

static void naming_survives_a_refused_allocation(void **state)
{
    (void)state;
    refuse_each_allocation(name_some, NULL);
}

typedef struct pieces {
    size_t done[64]; /* by slot: the piece that lies there, from 1 */
    atomic_size_t in_flight, most_in_flight;
    size_t taken, end_at, slots;
} pieces;

static void do_piece(void *user, size_t worker, size_t slot, size_t piece)
{
    pieces *all = user;
    (void)worker;
    size_t now = atomic_fetch_add(&all->in_flight, 1) + 1, most = atomic_load(&all->most_in_flight);
    while (now > most && !atomic_compare_exchange_weak(&all->most_in_flight, &most, now))
        continue;
    if (piece % 7 == 0) /* some take longer */
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    all->done[slot] = piece + 1;
}

static bool take_piece(void *user, size_t slot, size_t piece)
{
    pieces *all = user;
    assert_int_equal(piece, all->taken);
    assert_int_equal(all->done[slot], piece + 1);
    all->done[slot] = 0;
    all->taken++;
    atomic_fetch_sub(&all->in_flight, 1);
    return all->taken != all->end_at;
}

static void pieces_are_taken_in_order_from_a_bounded_window(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 8; workers += workers) {
        pieces all = {.slots = 2 * workers};
        const qc_crew crew = {.count = 300,
                              .workers = workers,
                              .slots = 2 * workers,
                              .work = do_piece,
                              .take = take_piece,
                              .user = &all};
        assert_true(qc_crew_run(&crew));
        assert_int_equal(all.taken, 300);
        assert_true(atomic_load(&all.most_in_flight) <= 2 * workers);
    }
}

static void a_crew_stops_when_nobody_takes_any_more(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 4; workers += 3) {
        pieces all = {.end_at = 5};
        const qc_crew crew = {
            .count = 100000, .workers = workers, .slots = 8, .work = do_piece, .take = take_piece, .user = &all};
        assert_false(qc_crew_run(&crew));
        assert_int_equal(all.taken, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_is_called_by_the_shortest_tail_that_is_its_own),
        TEST(a_file_that_is_given_twice_is_refused),
        TEST(a_file_that_is_given_by_two_paths_is_refused),
        TEST(a_file_called_stdin_is_told_from_the_standard_input),
        TEST(names_are_told_apart_as_they_are_spelt),
        TEST(naming_survives_a_refused_allocation),
        TEST(pieces_are_taken_in_order_from_a_bounded_window),
        TEST(a_crew_stops_when_nobody_takes_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
