/* Arena, checked sizes, buffers. */
#include "base/buffer.h"
#include "base/memory.h"
#include "support/test.h"

static void sizes_that_would_wrap_are_refused(void **state)
{
    (void)state;
    size_t result;
    assert_false(qc_add(SIZE_MAX, 1, &result));
    assert_false(qc_multiply(SIZE_MAX / 2 + 1, 2, &result));
    assert_true(qc_multiply(SIZE_MAX / 2, 2, &result));
    char *list = NULL;
    size_t capacity = 0;
    assert_false(qc_grow(NULL, &list, &capacity, SIZE_MAX / 2, 8));
    assert_null(list);
    assert_int_equal(capacity, 0);
}

static void an_arena_gives_zeroed_aligned_memory_of_any_size(void **state)
{
    (void)state;
    refuser hook;
    refuser_init(&hook, 0);
    qc_arena arena = qc_arena_init(&hook.memory);
    for (size_t size = 0; size < 300000; size = size * 2 + 1) {
        unsigned char *block = qc_arena_take(&arena, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(block[i], 0);
        memset(block, 0xA5, size);
    }
    assert_null(qc_arena_take(&arena, SIZE_MAX - 4));
    assert_null(qc_arena_take_array(&arena, SIZE_MAX / 2, 3));
    assert_string_equal(qc_arena_copy(&arena, "abc", 2), "ab");
    qc_arena_clear(&arena);
    assert_int_equal(hook.held, 0);
}

static bool fill_a_buffer(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qc_buffer buffer = qc_buffer_init(memory);
    for (unsigned i = 0; i < 1000; i++)
        qc_buffer_print(&buffer, "%u,", i);
    bool done = qc_buffer_text(&buffer) != NULL;
    if (done)
        assert_int_equal(strlen(buffer.data), 3890);
    qc_buffer_clear(&buffer);
    if (!done)
        err->status = QCODE_NO_MEMORY;
    return done;
}

static void a_buffer_remembers_a_refused_allocation(void **state)
{
    (void)state;
    refuse_each_allocation(fill_a_buffer, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sizes_that_would_wrap_are_refused),
        TEST(an_arena_gives_zeroed_aligned_memory_of_any_size),
        TEST(a_buffer_remembers_a_refused_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
