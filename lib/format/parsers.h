/* What zip.h, zip_pack.h and xml.h promise, as a table: libzip and libxml2 take longer to load than a small run takes, so they stand in a
 * module of their own, which is loaded when the first archive or XML is opened. Archives, members and readers of XML begin with
 * the table that they are used by. */
#ifndef QC_FORMAT_PARSERS_H
#define QC_FORMAT_PARSERS_H

#include "format/xml.h"
#include "format/zip.h"
#include "format/zip_pack.h"
#include <qcode/export.h>

typedef struct qc_parsers {
    qc_zip *(*zip_open)(const unsigned char *data, size_t length, const char *source, const qcode_limits *limits,
                        const qcode_memory *memory, qcode_error *err);
    void (*zip_free)(qc_zip *zip);
    size_t (*zip_count)(const qc_zip *zip);
    const qc_zip_entry *(*zip_at)(const qc_zip *zip, size_t index);
    size_t (*zip_find)(const qc_zip *zip, const char *name);
    qc_zip_member *(*member_open)(qc_zip *zip, size_t index, qc_bytes *own, qcode_error *err);
    void (*member_close)(qc_zip_member *member);
    const char *(*member_name)(const qc_zip_member *member);
    bool (*member_read)(void *member, void *to, size_t room, size_t *got, qcode_error *err);
    bool (*zip_pack)(const qc_zip_part *parts, size_t count, qcode_sink *sink, qcode_error *err);
    qc_xml *(*xml_new)(qc_xml_feed feed, const char *source, const qcode_limits *limits, const qcode_memory *memory,
                       qcode_error *err);
    qc_xml *(*xml_new_bytes)(const void *data, size_t length, const char *source, const qcode_limits *limits,
                             const qcode_memory *memory, qcode_error *err);
    void (*xml_free)(qc_xml *xml);
    void (*xml_refuse_type)(qc_xml *xml);
    bool (*xml_next)(qc_xml *xml, qc_xml_event *event, qcode_error *err);
    bool (*xml_skip)(qc_xml *xml, qcode_error *err);
    const char *(*xml_source)(const qc_xml *xml);
} qc_parsers;

QCODE_API extern const qc_parsers qcode_parsers;

#endif
