/* What in a text probably names somebody or something: for a person to judge, never to decide by. */
#ifndef QC_TEXT_LIKELY_H
#define QC_TEXT_LIKELY_H

#include <qcode/transcript.h>

typedef enum qc_likely {
    QC_LIKELY_NAME,         /* capitalised where no sentence begins */
    QC_LIKELY_PERSON,       /* behind a title or a rank: "Sgt Brown", "PC 1234" */
    QC_LIKELY_PLACE,        /* before what places are called: "Mill Street" */
    QC_LIKELY_ORGANISATION, /* with what organisations are called ("Mill Trust"), or in capitals ("ASB") */
    QC_LIKELY_EMAIL,
    QC_LIKELY_PHONE, /* or another long number */
    QC_LIKELY_DATE,
    QC_LIKELY_PLATE,    /* of a car in the United Kingdom */
    QC_LIKELY_POSTCODE, /* there */
    QC_LIKELY_KINDS
} qc_likely;

const char *qc_likely_name(qc_likely kind); /* "name", "person" ... */

/* The next one at or after `*at`, and `*at` moved behind it; false at the end. `text` is speech, whose sentences begin
 * with a capital; `*sentence` is {0, 0} at first and the function's own after that. */
bool qc_next_likely(const char *text, size_t length, size_t *at, qcode_span *sentence, qcode_span *span,
                    qc_likely *kind);

#endif
