/* All figures of ratings at once, and numbers that are the same but for rounding, for tests that compare. */
#ifndef TESTS_AGREE_FIGURES_H
#define TESTS_AGREE_FIGURES_H

#include <qcode/agree.h>

enum { MOST_FIGURES = 80 };

typedef struct figures {
    qcode_figure at[MOST_FIGURES];
    size_t count;
} figures;

/* False with `err` when one cannot be worked out. `by_pair` adds what treats the first two coders as a pair, `by_rank`
 * what depends on the order of the categories. */
bool all_figures(const qcode_tally *tally, bool by_pair, bool by_rank, figures *out, qcode_error *err);

/* Fails the test unless the numbers lie at most `margin` apart. */
#define assert_near(a, b, margin) check_near(a, b, margin, #a, __FILE__, __LINE__)
void check_near(double a, double b, double margin, const char *what, const char *file, int line);

/* Fails the test unless both are the same but for rounding, and undefined for the same reasons. */
void assert_same_figures(const figures *a, const figures *b);

#endif
