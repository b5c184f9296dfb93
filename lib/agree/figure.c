/* Figures that may be undefined, their reasons, and normal intervals. */
#include "agree/figure.h"

#include <math.h>

qcode_figure qc_defined(double value)
{
    return (qcode_figure){.defined = true, .value = value};
}

qcode_figure qc_undefined(qcode_reason reason)
{
    return (qcode_figure){.reason = reason};
}

bool qc_certain(double expected)
{
    return 1 - expected < 1e-14;
}

qcode_figure qc_beyond_chance(double observed, double expected)
{
    return qc_certain(expected) ? qc_undefined(QCODE_REASON_NO_VARIATION)
                                : qc_defined((observed - expected) / (1 - expected));
}

qcode_figure qc_less_than_chance(double observed, double expected)
{
    return expected > 0 ? qc_defined(1 - observed / expected) : qc_undefined(QCODE_REASON_NO_VARIATION);
}

double qc_root(double variance)
{
    return variance > 0 ? sqrt(variance) : 0;
}

const char *qcode_reason_text(qcode_reason reason)
{
    switch (reason) {
    case QCODE_REASON_NONE: return "it is defined";
    case QCODE_REASON_NOTHING_TO_COMPARE: return "there is nothing to compare";
    case QCODE_REASON_NO_VARIATION: return "there is no variation";
    case QCODE_REASON_ONE_CATEGORY: return "there is only one category";
    case QCODE_REASON_NOT_TWO_CODERS: return "it compares two coders";
    case QCODE_REASON_NOT_TWO_CATEGORIES: return "it compares two categories";
    case QCODE_REASON_TOO_FEW_UNITS: return "there are too few units";
    case QCODE_REASON_INCOMPLETE: return "a coder left units out";
    case QCODE_REASON_NO_FORMULA: return "no formula is known";
    case QCODE_REASON_OVERLAP: return "a coder's spans overlap";
    }
    return "unknown";
}

/* The p-quantile of the normal distribution by Newton's method on erfc: convex on each side of 0, it converges from
 * wherever it starts, to the last digits. */
static double normal_quantile(double p)
{
    double z = 0;
    for (int i = 0; i < 100; i++) {
        double density = exp(-z * z / 2) / sqrt(2 * acos(-1.0));
        double step = (erfc(-z / sqrt(2.0)) / 2 - p) / density;
        z -= step;
        if (fabs(step) < 1e-15 * (1 + fabs(z)))
            break;
    }
    return z;
}

void qcode_normal_interval(qcode_figure value, qcode_figure se, double level, qcode_figure *low, qcode_figure *high)
{
    if (!value.defined || !se.defined) {
        *low = *high = qc_undefined(value.defined ? se.reason : value.reason);
        return;
    }
    double half = normal_quantile((1 + level) / 2) * se.value;
    *low = qc_defined(value.value - half);
    *high = qc_defined(value.value + half);
}
