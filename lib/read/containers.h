/* What an archive, an XML file or an old Office file is, by a look at its bytes: no library is needed to say which is missing. */
#ifndef QC_READ_CONTAINERS_H
#define QC_READ_CONTAINERS_H

#include "read/reader.h"

typedef enum qc_container {
    QC_CONTAINER_OTHER,
    QC_CONTAINER_DOCX,
    QC_CONTAINER_ODT,
    QC_CONTAINER_XLSX,
    QC_CONTAINER_ARCHIVE,    /* a zip archive of anything else */
    QC_CONTAINER_OLD_OFFICE, /* an OLE compound file: .doc, .xls, or a file with a password */
    QC_CONTAINER_TEI,
    QC_CONTAINER_EAF,
    QC_CONTAINER_XML /* of anything else */
} qc_container;

qc_container qc_container_of(const qc_source *source);

/* Refuses an OLE compound file and says what it is; answers false. */
bool qc_refuse_old_office(const qc_source *source, qcode_error *err);

/* The sniffers of the readers that an absent library leaves out. */
int qc_sniff_docx(const qc_source *source);
int qc_sniff_odt(const qc_source *source);
int qc_sniff_xlsx(const qc_source *source);
int qc_sniff_tei(const qc_source *source);
int qc_sniff_eaf(const qc_source *source);

extern const char *const qc_docx_endings[], *const qc_odt_endings[], *const qc_xlsx_endings[], *const qc_tei_endings[],
    *const qc_eaf_endings[];

#endif
