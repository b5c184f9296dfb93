/* One case file: its data as the library wants them, and the figures a check asks for. */
#ifndef TESTS_AGREE_CASES_H
#define TESTS_AGREE_CASES_H

#include "agree/tree.h"
#include <qcode/agree.h>

/* What came out of a check, by the names the case files use. */
typedef struct answer {
    const char *name;
    qcode_figure figure;
} answer;

enum { MOST_ANSWERS = 64 };

typedef struct answers {
    answer at[MOST_ANSWERS];
    size_t count;
    qcode_figure *categories; /* per category, where the check wants them */
    size_t category_count;
    bool known; /* the statistic */
} answers;

void put(answers *out, const char *name, qcode_figure figure);

/* Fills the answers to one check; false with `err` when the library refused. `data` is the file's "data". */
bool check_ratings(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err);

bool check_spans(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err);
bool check_segmentation(const node *data, const node *check, qc_arena *arena, answers *out, qcode_error *err);

/* The names of the data's categories in their order: the declared ones or the sorted distinct values. */
size_t category_names(const node *data, qc_arena *arena, const node ***names);

/* The figures of ratings that any check on ratings may ask for; used for characters and turns as well. */
bool put_named(const char *name, const qcode_tally *tally, const qcode_weights *weights, answers *out, qcode_error *err);

#endif
