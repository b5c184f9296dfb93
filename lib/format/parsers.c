/* The table of the parsers, which is all that their module shows. */
#include "format/parsers.h"

const qc_parsers qcode_parsers = {
    .zip_open = qc_zip_open,
    .zip_free = qc_zip_free,
    .zip_count = qc_zip_count,
    .zip_at = qc_zip_at,
    .zip_find = qc_zip_find,
    .member_open = qc_zip_member_open,
    .member_close = qc_zip_member_close,
    .member_name = qc_zip_member_name,
    .member_read = qc_zip_read,
    .zip_pack = qc_zip_pack,
    .xml_new = qc_xml_new,
    .xml_new_bytes = qc_xml_new_bytes,
    .xml_free = qc_xml_free,
    .xml_refuse_type = qc_xml_refuse_type,
    .xml_next = qc_xml_next,
    .xml_skip = qc_xml_skip,
    .xml_source = qc_xml_source,
};
