/* The alpha family for unitizing (Krippendorff, Mathet, Bouvry and Widloecher 2016): lengths over which coders' units
 * meet, in one sweep along the continuum. */
#include "agree/figure.h"
#include "agree/sweep.h"
#include "agree/tally.h"

enum { NOBODY = 0 }; /* in `unit`: else a span's place + 1 */

typedef struct meeting {
    const qcode_memory *memory;
    const qcode_continuum *continuum;
    qc_spans spans;
    qc_sweep sweep;
    bool one_code, overlap;
    size_t *unit;    /* of each coder, here */
    double *here;    /* how many coders have each code here; behind the codes, how many have none */
    double *totals;  /* length under each code, and under none, summed over coders */
    double *same;    /* length over which two coders have the same code, by code: l_kk (m - 1) */
    double *paired;  /* length over which another coder has a unit too, by code, times those: l_k. (m - 1) */
    double *met;     /* the same by unit */
    double apart;    /* length over which two coders differ, over ordered pairs */
} meeting;

static void clear(meeting *all)
{
    double *blocks[] = {all->here, all->totals, all->same, all->paired, all->met};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        qc_release(all->memory, blocks[i]);
    qc_release(all->memory, all->unit);
    qc_sweep_clear(&all->sweep);
    qc_spans_clear(&all->spans);
}

static bool prepare(meeting *all, const qcode_continuum *continuum, bool one_code, size_t code,
                    const qcode_memory *memory, qcode_error *err)
{
    size_t codes = continuum->codes + 1;
    *all = (meeting){.memory = memory, .continuum = continuum, .one_code = one_code};
    bool done = qc_spans_init(&all->spans, continuum, code, memory, err) &&
                qc_sweep_init(&all->sweep, &all->spans, continuum->length, err) &&
                (all->unit = qc_zeroed(memory, continuum->coders, sizeof *all->unit, err)) &&
                (all->here = qc_zeros(memory, codes, err)) && (all->totals = qc_zeros(memory, codes, err)) &&
                (all->same = qc_zeros(memory, codes, err)) && (all->paired = qc_zeros(memory, codes, err)) &&
                (all->met = qc_zeros(memory, all->spans.count, err));
    if (!done)
        clear(all);
    return done;
}

static size_t code_of(const meeting *all, size_t coder)
{
    size_t unit = all->unit[coder];
    if (unit == NOBODY)
        return all->continuum->codes;
    return all->one_code ? 0 : all->spans.at[unit - 1].code;
}

static void change(meeting *all, const qc_event *event)
{
    size_t coder = all->spans.at[event->span].coder;
    all->overlap = all->overlap || (event->begins && all->unit[coder] != NOBODY);
    all->here[code_of(all, coder)]--;
    all->unit[coder] = event->begins ? event->span + 1 : NOBODY;
    all->here[code_of(all, coder)]++;
}

/* `length` characters with everything as it is here. Codes are passed once for each coder who has them. */
static void add(meeting *all, double length)
{
    size_t coders = all->continuum->coders, none = all->continuum->codes;
    double others = (double)coders - all->here[none] - 1;
    for (size_t c = 0; c < coders; c++) {
        size_t code = code_of(all, c);
        all->apart += length * ((double)coders - all->here[code]);
        all->totals[code] += length;
        if (code == none)
            continue;
        all->same[code] += length * (all->here[code] - 1);
        all->paired[code] += length * others;
        all->met[all->unit[c] - 1] += length * others;
    }
}

static void walk(meeting *all)
{
    const qc_event *event;
    all->here[all->continuum->codes] = (double)all->continuum->coders;
    for (size_t place = 0; place < all->continuum->length && !all->overlap;) {
        while ((event = qc_sweep_take(&all->sweep, place)))
            change(all, event);
        size_t until = qc_sweep_until(&all->sweep);
        add(all, (double)(until - place));
        place = until;
    }
}

static qcode_alpha alpha(double observed, double expected)
{
    qcode_figure value = qc_less_than_chance(observed, expected);
    return (qcode_alpha){value, qc_defined(observed), qc_defined(expected),
                         value.defined ? qc_undefined(QCODE_REASON_NO_FORMULA) : value};
}

static qcode_alpha nothing(qcode_reason reason)
{
    qcode_figure figure = qc_undefined(reason);
    return (qcode_alpha){figure, figure, figure, figure};
}

/* Units are drawn whole, gaps character by character; nothing is paired with itself. */
static qcode_alpha of_units_and_gaps(const meeting *all)
{
    double coders = (double)all->continuum->coders, whole = coders * (double)all->continuum->length;
    double different = 0, itself = all->totals[all->continuum->codes];
    for (size_t k = 0; k <= all->continuum->codes; k++)
        different += all->totals[k] * (whole - all->totals[k]);
    for (size_t i = 0; i < all->spans.count; i++) {
        double length = (double)(all->spans.at[i].end - all->spans.at[i].start);
        itself += length * length;
    }
    double expected = different > 0 ? different / (whole * whole - itself) : 0;
    return alpha(all->apart / (coders - 1) / whole, expected);
}

/* Only where at least two coders have a unit; a unit counts for as much of it as meets others. */
static qcode_alpha of_units(const meeting *all, size_t code)
{
    double pairs = (double)all->continuum->coders - 1, whole = 0, same = 0, different = 0, itself = 0;
    bool one = code != QCODE_ALL_CODES;
    for (size_t k = 0; k < all->continuum->codes; k++)
        whole += all->paired[k] / pairs;
    for (size_t k = one ? code : 0; k < (one ? code + 1 : all->continuum->codes); k++) {
        same += all->same[k] / pairs;
        different += all->paired[k] / pairs * (whole - all->paired[k] / pairs);
    }
    for (size_t i = 0; i < all->spans.count; i++)
        if (!one || all->spans.at[i].code == code)
            itself += all->met[i] / pairs * (all->met[i] / pairs);
    double own = one ? all->paired[code] / pairs : whole;
    if (own <= 0)
        return nothing(QCODE_REASON_NOTHING_TO_COMPARE);
    return alpha((own - same) / own, different > 0 ? different / (own * whole - itself) : 0);
}

bool qcode_unitizing_alpha(const qcode_continuum *continuum, qcode_unitizing variant, size_t code, qcode_alpha *result,
                           const qcode_memory *memory, qcode_error *err)
{
    meeting all;
    bool binary = variant == QCODE_UNITIZING_BINARY, of_value = variant == QCODE_UNITIZING_KU;
    if (!prepare(&all, continuum, binary, binary ? code : QCODE_ALL_CODES, memory, err))
        return false;
    walk(&all);
    if (continuum->coders < 2 || !continuum->length || (of_value && code >= continuum->codes))
        *result = nothing(QCODE_REASON_NOTHING_TO_COMPARE);
    else if (all.overlap)
        *result = nothing(QCODE_REASON_OVERLAP);
    else if (binary || variant == QCODE_UNITIZING_U)
        *result = of_units_and_gaps(&all);
    else
        *result = of_units(&all, of_value ? code : QCODE_ALL_CODES);
    clear(&all);
    return true;
}
