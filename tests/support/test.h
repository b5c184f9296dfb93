/* What every test includes: cmocka with the headers it wants before it, and an allocator that refuses. */
#ifndef TESTS_SUPPORT_TEST_H
#define TESTS_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <qcode/error.h>
#include <qcode/memory.h>

#define TEST(function) cmocka_unit_test(function)

/* An allocator that counts what is held and refuses one request. Threads may share it. */
typedef struct refuser {
    qcode_memory memory; /* hand out &hook.memory */
    long asked;          /* requests so far */
    long refuse_at;      /* the request that is refused, from 1; 0: none */
    long refused;
    long held; /* blocks not given back */
} refuser;

void refuser_init(refuser *hook, long refuse_at);

/* Runs `job` with request 1, 2, 3 ... refused until it runs through undisturbed. Each disturbed run must answer false
 * with QCODE_NO_MEMORY in `err`, and every run must give back all it took. */
typedef bool refusable(const qcode_memory *memory, void *user, qcode_error *err);
void refuse_each_allocation(refusable *job, void *user);

/* The path of `name` in the shared material beside the project, or NULL when it is not there. Tests that get NULL print
 * which material is missing and call skip(). The text is static until the next call. */
const char *shared(const char *name);

/* Skips the test by name when the material is missing. */
#define NEED_SHARED(path, name)                                   \
    const char *path = shared(name);                              \
    if (!path) {                                                  \
        print_message("skipped: ../shared/%s is absent\n", name); \
        skip();                                                   \
    }

/* A file of the repository ("tests/data/T01.txt"), absolute. Static until the next call. */
const char *in_repository(const char *name);

#endif
