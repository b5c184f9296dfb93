/* Parts of REFI-QDA's XML that its projects and its codebooks share. */
#ifndef QC_WRITE_EXPORT_REFI_PARTS_H
#define QC_WRITE_EXPORT_REFI_PARTS_H

#include "write/export/codes.h"
#include "write/export/guid.h"

typedef struct qc_refi_xml {
    qc_buffer out;
    size_t replaced; /* characters that XML cannot hold */
} qc_refi_xml;

void qc_refi_put(qc_refi_xml *xml, const char *markup);
void qc_refi_attribute(qc_refi_xml *xml, const char *name, const char *value); /* with a space before it */
void qc_refi_element(qc_refi_xml *xml, const char *name, const char *text);    /* <name>text</name>, if there is any */

/* Behind each code's description comes what `more` puts there; it may be NULL. */
typedef void qc_refi_more(void *user, const qcode_code *code);

/* <Codes>...</Codes>. */
void qc_refi_codes(qc_refi_xml *xml, const qc_exporting *from, const qc_code_tree *tree, qc_refi_more *more,
                   void *user);

/* <Sets>...</Sets>: themes, if there are any; `member` is the attribute that names a code. */
void qc_refi_sets(qc_refi_xml *xml, const qc_exporting *from, const qc_code_tree *tree, const char *member);

qc_guid qc_refi_code_guid(const qcode_code *code);

/* What of the codebooks REFI-QDA has no place for. */
void qc_refi_lose_rules(const qc_exporting *from, const qc_code_tree *tree);

#endif
