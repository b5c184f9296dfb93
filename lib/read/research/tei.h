/* TEI in two passes over the same bytes: who and when first, as the header or a timeline may stand behind the speech. */
#ifndef QC_READ_TEI_H
#define QC_READ_TEI_H

#include "format/xml.h"
#include "read/research/lookup.h"
#include "read/reader.h"

enum { QC_TEI_MOST_NAME = 1000 };

typedef struct qc_tei_facts {
    qc_lookup people; /* xml:id -> name */
    qc_lookup times;  /* xml:id -> milliseconds since the start, or -1 */
    size_t spoken;    /* elements u and sp */
} qc_tei_facts;

/* tei_facts.c: the first pass. */
bool qc_tei_read_facts(const qc_source *source, qc_tei_facts *facts, qcode_error *err);

#endif
