/* Strings written as XML 1.0. */
#ifndef QC_FORMAT_XML_PUT_H
#define QC_FORMAT_XML_PUT_H

#include "base/buffer.h"

/* Appends text for an element or a quoted attribute, so that it is read back unchanged. A character that XML 1.0 cannot
 * hold (2.2: most controls, U+FFFE, U+FFFF) becomes U+FFFD and is counted. */
bool qc_xml_put(qc_buffer *out, const char *text, size_t length, size_t *replaced);
bool qc_xml_put_string(qc_buffer *out, const char *text, size_t *replaced);

#endif
