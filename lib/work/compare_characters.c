/* Each character of what is said as a unit: all documents in scope as one continuum. */
#include "work/laid.h"

qcode_tally *qc_tally_by_character(qc_comparing *c, size_t code, size_t a, size_t b)
{
    qc_laid laid;
    qcode_tally *tally = NULL;
    if (qc_laid_init(&laid, c) && qc_laid_passages(&laid, c, code, a, b, true)) {
        const qcode_continuum continuum = qc_laid_continuum(&laid, c, code, a);
        tally = qcode_tally_characters(&continuum, 0, (const void *)laid.stretches.data,
                                       laid.stretches.length / sizeof(qcode_stretch), c->cluster_count, c->memory,
                                       c->err);
    }
    qc_laid_clear(&laid);
    return tally;
}
