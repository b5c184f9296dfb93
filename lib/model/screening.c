/* The decisions of a review: names, and their end. */
#include "model/screening.h"

const char *qc_stage_name(qc_stage stage)
{
    static const char *const names[] = {"identification", "screening", "retrieval", "eligibility"};
    return names[stage];
}

void qcode_screening_free(qcode_screening *screening)
{
    if (!screening)
        return;
    const qcode_memory *memory = screening->memory;
    qc_set_clear(&screening->studies);
    qc_set_clear(&screening->reviewers);
    qc_release(memory, screening->found);
    qc_release(memory, screening->judgements);
    qc_arena_clear(&screening->arena);
    qc_release(memory, screening);
}
