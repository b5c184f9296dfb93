/* What was measured of a codebook on hand-coded interviews of a study: a file agreement.json beside its study.yaml. */
#ifndef QCODE_MEASURED_H
#define QCODE_MEASURED_H

#include <qcode/codebook.h>

typedef struct qcode_measured_code {
    const char *code;
    size_t positives; /* units to which the coders gave it */
    double kappa;     /* below -1: not defined */
} qcode_measured_code;

typedef struct qcode_measured {
    const char *on;      /* 2023-03-14 */
    const char *version; /* of the codebook; "" when it has none */
    const char *hash;    /* SHA-256 of the codebook */
    const char *unit, *touch;
    size_t interviews, coders;
    double kappa; /* the mean over codes; below -1: not defined */
    const qcode_measured_code *codes;
    size_t code_count;
} qcode_measured;

enum { QCODE_MEASURED_SAYS = 400 };

/* What may be said of agreement with human coders where these codebooks are used: "not measured" (NULL), what was measured
 * and on how much, or that an earlier codebook was measured. */
QCODE_API void qcode_measured_says(const qcode_measured *agreement, qcode_codebooks books,
                                    char text[QCODE_MEASURED_SAYS]);

#endif
