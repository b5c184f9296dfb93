/* Figures that may be undefined, and how to say so. */
#ifndef QC_AGREE_FIGURE_H
#define QC_AGREE_FIGURE_H

#include <qcode/agree.h>

qcode_figure qc_defined(double value);
qcode_figure qc_undefined(qcode_reason reason);

/* (observed - expected) / (1 - expected), undefined when chance agreement is certain. */
qcode_figure qc_beyond_chance(double observed, double expected);

/* 1 - observed / expected disagreement, undefined when none is expected. */
qcode_figure qc_less_than_chance(double observed, double expected);

/* Chance agreement that rounding alone keeps from 1. */
bool qc_certain(double expected);

/* The root of a variance that rounding may have taken below 0. */
double qc_root(double variance);

#endif
