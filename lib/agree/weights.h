/* Agreement weights between categories. */
#ifndef QC_AGREE_WEIGHTS_H
#define QC_AGREE_WEIGHTS_H

#include <qcode/agree.h>

/* Weights made ready: `categories` of them in either direction. */
typedef struct qc_weigher {
    qcode_weights weights;
    size_t categories;
    bool plain; /* 1 on the diagonal, 0 beside it */
} qc_weigher;

/* False (QCODE_USAGE) when weights are said to be given and are not. */
bool qc_weigher_init(qc_weigher *weigher, const qcode_weights *weights, size_t categories, qcode_error *err);
double qc_weight(const qc_weigher *weigher, size_t i, size_t j);
double qc_weight_sum(const qc_weigher *weigher); /* of all pairs */

/* Each category's mean weight with a distribution, as row and as column: of i, (sum_j (w_ij + w_ji) p_j) / 2. */
void qc_weigh(const qc_weigher *weigher, const double *distribution, double *means);

#endif
