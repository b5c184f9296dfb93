/* Codings: order, copies, refusals. */
#include "model/codings.h"
#include "model/codebook.h"
#include "model/transcript.h"
#include "support/test.h"

#include <string.h>

/* Two codes with a rule each, in the order of their indexes. */
static const qcode_code codes[2] = {{.id = "a", .index = 0}, {.id = "b", .index = 1}};
static const qcode_rule rules[2] = {{.id = "a/1", .code = &codes[0], .index = 0},
                                    {.id = "b/1", .code = &codes[1], .index = 1}};

static bool add(qcode_codings *codings, size_t code, size_t start, size_t end)
{
    const qcode_span pieces[] = {{start, end}};
    const qcode_hit hits[] = {{&rules[1], {start + 1, end}, 1, QCODE_CLAIM_WISHED},
                              {&rules[0], {start + 1, end}, 1, QCODE_CLAIM_WISHED},
                              {&rules[0], {start, end}, 1, QCODE_CLAIM_NEGATED},
                              {&rules[0], {start, start + 1}, 1, code ? QCODE_CLAIM_ASSERTED : QCODE_CLAIM_REPORTED}};
    return qc_codings_add(codings, &(qcode_segment){.code = &codes[code],
                                                    .span = {start, end},
                                                    .pieces = pieces,
                                                    .piece_count = 1,
                                                    .turn = 1,
                                                    .hits = hits,
                                                    .hit_count = 4});
}

static void segments_come_by_start_end_and_code_and_their_hits_by_start_end_and_rule(void **state)
{
    static const struct {
        size_t code, start, end;
    } given[] = {{1, 5, 9}, {0, 7, 9}, {0, 5, 9}, {1, 0, 9}, {0, 5, 7}}, want[] = {{1, 0, 9}, {0, 5, 7}, {0, 5, 9}, {1, 5, 9}, {0, 7, 9}};
    (void)state;
    qcode_codings *codings = qc_codings_new(NULL, NULL, NULL);
    for (size_t i = 0; i < 5; i++)
        assert_true(add(codings, given[i].code, given[i].start, given[i].end));
    qc_codings_finish(codings);
    assert_int_equal(qcode_codings_count(codings), 5);
    for (size_t i = 0; i < 5; i++) {
        const qcode_segment *got = qcode_codings_at(codings, i);
        assert_ptr_equal(got->code, &codes[want[i].code]);
        assert_int_equal(got->span.start, want[i].start);
        assert_int_equal(got->span.end, want[i].end);
        assert_int_equal(got->pieces[0].start, want[i].start);
        assert_int_equal(got->claim, want[i].code ? QCODE_CLAIM_ASSERTED : QCODE_CLAIM_NEGATED);
        for (size_t k = 0; k + 1 < got->hit_count; k++)
            assert_true(qc_hit_compare(&got->hits[k], &got->hits[k + 1]) < 0);
    }
    qcode_codings_free(codings);
}

static void vetoed_hits_come_by_start_end_and_rule(void **state)
{
    (void)state;
    qcode_codings *codings = qc_codings_new(NULL, NULL, NULL);
    const qcode_hit given[] = {{&rules[1], {3, 4}, 1, QCODE_CLAIM_ASSERTED},
                               {&rules[0], {3, 4}, 1, QCODE_CLAIM_ASSERTED},
                               {&rules[1], {1, 2}, 1, QCODE_CLAIM_ASSERTED}};
    for (size_t i = 0; i < 3; i++)
        assert_true(qc_codings_add_vetoed(codings, &given[i]));
    qc_codings_finish(codings);
    assert_int_equal(qcode_codings_vetoed_count(codings), 3);
    assert_int_equal(qcode_codings_vetoed(codings, 0)->span.start, 1);
    assert_ptr_equal(qcode_codings_vetoed(codings, 1)->rule, &rules[0]);
    assert_ptr_equal(qcode_codings_vetoed(codings, 2)->rule, &rules[1]);
    qcode_codings_free(codings);
}

static bool fill(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    qcode_codings *codings = qc_codings_new(NULL, memory, err);
    bool done = codings;
    for (size_t i = 0; done && i < 200; i++) {
        const qcode_hit hit = {&rules[0], {i, i + 1}, 1, QCODE_CLAIM_ASSERTED};
        done = add(codings, i % 2, i, i + 2) && qc_codings_add_vetoed(codings, &hit);
    }
    if (codings && done)
        qc_codings_finish(codings);
    if (codings && !done)
        err->status = QCODE_NO_MEMORY;
    qcode_codings_free(codings);
    return done;
}

static void a_refused_allocation_leaves_nothing_behind(void **state)
{
    (void)state;
    refuse_each_allocation(fill, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(segments_come_by_start_end_and_code_and_their_hits_by_start_end_and_rule),
        TEST(vetoed_hits_come_by_start_end_and_rule),
        TEST(a_refused_allocation_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
