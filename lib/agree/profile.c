/* A row of ratings as categories with counts, in time linear in its coders. */
#include "agree/profile.h"

bool qc_profile_init(qc_profile *profile, const qcode_tally *tally, qcode_error *err)
{
    *profile = (qc_profile){.tally = tally};
    profile->given = qc_zeroed(tally->memory, tally->coders, sizeof *profile->given, err);
    profile->place = profile->given ? qc_zeroed(tally->memory, tally->categories, sizeof *profile->place, err) : NULL;
    if (profile->place)
        return true;
    qc_profile_clear(profile);
    return false;
}

void qc_profile_clear(qc_profile *profile)
{
    qc_release(profile->tally->memory, profile->given);
    qc_release(profile->tally->memory, profile->place);
    profile->given = NULL;
    profile->place = NULL;
}

void qc_profile_of(qc_profile *profile, size_t row)
{
    const int32_t *values = profile->tally->values + row * profile->tally->coders;
    for (size_t i = 0; i < profile->kinds; i++)
        profile->place[profile->given[i].category] = 0;
    profile->kinds = 0;
    profile->ratings = 0;
    for (size_t c = 0; c < profile->tally->coders; c++) {
        if (values[c] < 0)
            continue;
        size_t *place = profile->place + values[c];
        if (!*place) {
            profile->given[profile->kinds++] = (qc_given){.category = (size_t)values[c]};
            *place = profile->kinds;
        }
        profile->given[*place - 1].count++;
        profile->ratings++;
    }
}
