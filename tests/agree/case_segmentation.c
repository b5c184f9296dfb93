/* Checks on segmentations. */
#include "agree/cases.h"

#include <string.h>

static size_t read_masses(const node *data, qc_arena *arena, qcode_segmentation **coders)
{
    const node *masses = member(data, "masses");
    size_t count = 0;
    *coders = qc_arena_take_array(arena, masses->count + 1, sizeof **coders);
    for (const node *coder = masses->first; coder; coder = coder->next) {
        size_t *list = qc_arena_take_array(arena, coder->count + 1, sizeof *list), at = 0;
        for (const node *mass = coder->first; mass; mass = mass->next)
            list[at++] = (size_t)mass->number;
        (*coders)[count++] = (qcode_segmentation){list, at};
    }
    return count;
}

bool check_segmentation(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err)
{
    const node *params = member(check, "params");
    const char *statistic = text_of(check, "statistic", "");
    qcode_segmentation *coders;
    size_t count = read_masses(data, arena, &coders);
    if (strstr(statistic, "_similarity")) {
        qcode_boundaries result;
        if (!qcode_boundary_similarity(coders, count, (size_t)number_of(params, "n_t", 2), &result, NULL, err))
            return false;
        put(out, "value", *statistic == 'b' ? result.boundary : result.segmentation);
        return true;
    }
    qcode_windows result;
    size_t found = (size_t)number_of(params, "hyp", 0), wanted = (size_t)number_of(params, "ref", 1);
    if (!qcode_window_errors(coders + found, coders + wanted, (size_t)number_of(params, "k", 0), &result, err))
        return false;
    out->known = strcmp(statistic, "windowdiff") == 0 || strcmp(statistic, "pk") == 0;
    put(out, "value", *statistic == 'w' ? result.window_diff : result.pk);
    return true;
}
