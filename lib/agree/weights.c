/* Agreement weights: Cohen 1968 (linear, quadratic), Gwet 2014 (ordinal), or the caller's own. */
#include "agree/weights.h"
#include "base/error.h"

bool qc_weigher_init(qc_weigher *weigher, const qcode_weights *weights, size_t categories, qcode_error *err)
{
    *weigher = (qc_weigher){.categories = categories};
    if (weights)
        weigher->weights = *weights;
    weigher->plain = weigher->weights.kind == QCODE_UNWEIGHTED;
    return weigher->weights.kind != QCODE_GIVEN_WEIGHTS || weigher->weights.given ||
           qc_fail(err, QCODE_USAGE, NULL, 0, 0, "weights are to be given, and there are none");
}

double qc_weight(const qc_weigher *weigher, size_t i, size_t j)
{
    if (weigher->weights.kind == QCODE_GIVEN_WEIGHTS)
        return weigher->weights.given[i * weigher->categories + j];
    if (i == j)
        return 1;
    double apart = i < j ? (double)(j - i) : (double)(i - j), most = (double)weigher->categories - 1;
    switch (weigher->weights.kind) {
    case QCODE_LINEAR: return 1 - apart / most;
    case QCODE_QUADRATIC: return 1 - apart * apart / (most * most);
    case QCODE_ORDINAL_WEIGHTS: return 1 - apart * (apart + 1) / (most * (most + 1));
    default: return 0;
    }
}

double qc_weight_sum(const qc_weigher *weigher)
{
    double sum = 0;
    if (weigher->plain)
        return (double)weigher->categories;
    for (size_t i = 0; i < weigher->categories; i++)
        for (size_t j = 0; j < weigher->categories; j++)
            sum += qc_weight(weigher, i, j);
    return sum;
}

void qc_weigh(const qc_weigher *weigher, const double *distribution, double *means)
{
    for (size_t i = 0; i < weigher->categories; i++) {
        means[i] = weigher->plain ? distribution[i] : 0;
        for (size_t j = 0; !weigher->plain && j < weigher->categories; j++)
            means[i] += (qc_weight(weigher, i, j) + qc_weight(weigher, j, i)) / 2 * distribution[j];
    }
}
