/* Checks on spans. */
#include "agree/cases.h"

#include <string.h>

static size_t place_of(const node *names, const char *name)
{
    size_t at = 0;
    for (const node *each = names->first; each; each = each->next, at++)
        if (strcmp(each->text, name) == 0)
            return at;
    return SIZE_MAX - 1; /* the library refuses it */
}

static qcode_continuum continuum_of(const node *data, qc_arena *arena)
{
    const node *list = member(data, "spans"), *coders = member(data, "coders"), *codes = member(data, "codes");
    qcode_coded *spans = qc_arena_take_array(arena, list->count + 1, sizeof *spans);
    size_t at = 0;
    for (const node *span = list->first; span; span = span->next)
        spans[at++] = (qcode_coded){place_of(coders, text_of(span, "coder", "")), place_of(codes, text_of(span, "code", "")),
                                    (size_t)number_of(span, "start", 0), (size_t)number_of(span, "end", 0)};
    return (qcode_continuum){(size_t)number_of(data, "length", 0), coders->count, codes->count, spans, at};
}

static qcode_stretch *stretches_of(const node *units, qc_arena *arena)
{
    qcode_stretch *list = qc_arena_take_array(arena, units->count + 1, sizeof *list);
    size_t at = 0;
    for (const node *unit = units->first; unit; unit = unit->next)
        list[at++] = (qcode_stretch){(size_t)unit->first->number, (size_t)unit->last->number, 0};
    return list;
}

static bool rated(const node *data, const char *statistic, const qcode_continuum *continuum, size_t code, qc_arena *arena,
                  answers *out, qcode_error *err)
{
    bool of_units = strncmp(statistic, "unit_", 5) == 0, done;
    const char *rest = strchr(statistic, '_') + 1;
    const node *units = member(data, "units");
    qcode_tally *tally = of_units ? qcode_tally_stretches(continuum, code, stretches_of(units, arena), units->count, 0, NULL, err)
                                  : qcode_tally_characters(continuum, code, NULL, 0, 0, NULL, err);
    if (!tally)
        return false;
    if (strcmp(rest, "alpha") == 0) {
        qcode_distance nominal = {QCODE_NOMINAL, NULL, NULL};
        qcode_alpha result;
        done = qcode_krippendorff_alpha(tally, &nominal, &result, err);
        put(out, "value", result.value);
    } else {
        out->categories = qc_arena_take_array(arena, 2, sizeof *out->categories);
        done = put_named(strcmp(rest, "kappa") == 0 ? "cohen_kappa" : "percent_agreement", tally, NULL, out, err);
    }
    qcode_tally_free(tally);
    return done;
}

static bool retrieval(const node *params, const qcode_continuum *continuum, answers *out, qcode_error *err)
{
    static const char *const modes[] = {"exact", "overlap", "iou", "char"};
    const char *mode = text_of(params, "mode", "");
    qcode_retrieval result;
    size_t match = 0;
    while (match < 3 && strcmp(mode, modes[match]) != 0)
        match++;
    if (!qcode_span_retrieval(continuum, QCODE_ALL_CODES, (size_t)number_of(params, "hyp", 0),
                              (size_t)number_of(params, "ref", 1), (qcode_span_match)match, number_of(params, "iou", 0.5),
                              &result, NULL, err))
        return false;
    put(out, "precision", result.precision);
    put(out, "recall", result.recall);
    put(out, "f1", result.f1);
    put(out, "macro_f1", result.macro_f1);
    return true;
}

static bool unitizing(const node *params, const qcode_continuum *continuum, size_t code, answers *out, qcode_error *err)
{
    static const char *const variants[] = {"u", "binary", "cu", "ku"};
    const char *variant = text_of(params, "variant", "");
    qcode_alpha result;
    size_t at = 0;
    while (at < 3 && strcmp(variant, variants[at]) != 0)
        at++;
    if (!qcode_unitizing_alpha(continuum, (qcode_unitizing)at, code, &result, NULL, err))
        return false;
    put(out, "value", result.value);
    return true;
}

static bool gamma(const node *params, const qcode_continuum *continuum, bool whole, answers *out, qcode_error *err)
{
    enum { SAMPLES = 600 };
    static double disorders[SAMPLES];
    qcode_gamma how = {number_of(params, "alpha", 1), number_of(params, "beta", 1), number_of(params, "delta_empty", 1), 1};
    qcode_figure disorder;
    if (!qcode_gamma_disorder(continuum, &how, &disorder, NULL, err) ||
        (whole && !qcode_gamma_samples(continuum, &how, 0, SAMPLES, disorders, NULL, err)))
        return false;
    put(out, "value", whole ? qcode_gamma_of(disorder, disorders, SAMPLES) : disorder);
    return true;
}

bool check_spans(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err)
{
    const node *params = member(check, "params");
    const char *statistic = text_of(check, "statistic", ""), *name = text_of(params, "code", NULL);
    qcode_continuum continuum = continuum_of(data, arena);
    size_t code = name ? place_of(member(data, "codes"), name) : QCODE_ALL_CODES;
    if (strncmp(statistic, "char_", 5) == 0 || strncmp(statistic, "unit_", 5) == 0)
        return rated(data, statistic, &continuum, code, arena, out, err);
    if (strcmp(statistic, "span_prf") == 0)
        return retrieval(params, &continuum, out, err);
    if (strcmp(statistic, "ualpha") == 0)
        return unitizing(params, &continuum, code, out, err);
    if (strcmp(statistic, "alpha_u_1995") == 0) {
        qcode_alpha result;
        if (!qcode_unitizing_alpha_1995(&continuum, code, &result, NULL, err))
            return false;
        put(out, "value", result.value);
        return true;
    }
    if (strcmp(statistic, "gamma") == 0 || strcmp(statistic, "gamma_disorder") == 0)
        return gamma(params, &continuum, strcmp(statistic, "gamma") == 0, out, err);
    out->known = false;
    return true;
}
