/* Parts of a package, and the relationships between them. */
#include "format/package.h"
#include "base/error.h"

bool qc_package_open(qc_package *package, const unsigned char *data, size_t length, const char *source,
                     const qcode_limits *limits, const qcode_memory *memory, qcode_error *err)
{
    *package = (qc_package){.source = source, .limits = limits, .memory = memory};
    package->zip = qc_zip_open(data, length, source, limits, memory, err);
    return package->zip != NULL;
}

void qc_package_close(qc_package *package)
{
    qc_zip_free(package->zip);
    package->zip = NULL;
}

bool qc_package_has(const qc_package *package, const char *part)
{
    return qc_zip_find(package->zip, part) != QC_ZIP_NONE;
}

bool qc_part_open_last(qc_part *part, const qc_package *package, const char *name, qc_bytes *own, qcode_error *err)
{
    *part = (qc_part){.member = NULL};
    size_t index = qc_zip_find(package->zip, name);
    if (index == QC_ZIP_NONE) {
        char place[1024];
        qc_zip_member_source(place, sizeof place, package->source, name);
        return qc_fail(err, QCODE_SYNTAX, place, 0, 0, "the archive has no such member");
    }
    part->member = qc_zip_member_open(package->zip, index, own, err);
    if (part->member)
        part->xml = qc_xml_new((qc_xml_feed){qc_zip_read, part->member}, qc_zip_member_name(part->member),
                               package->limits, package->memory, err);
    if (part->xml) {
        qc_xml_refuse_type(part->xml); /* ECMA-376-2, 8.2.4 */
        return true;
    }
    qc_part_close(part);
    return false;
}

bool qc_part_open(qc_part *part, const qc_package *package, const char *name, qcode_error *err)
{
    return qc_part_open_last(part, package, name, NULL, err);
}

void qc_part_close(qc_part *part)
{
    qc_xml_free(part->xml);
    qc_zip_member_close(part->member);
    *part = (qc_part){.member = NULL};
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* A target is named from the folder above the one its relationships stand in: from "word/_rels/document.xml.rels", the name
 * "comments.xml" means "word/comments.xml" (ECMA-376-2, 6.5). */
static void put_target(qc_buffer *target, const char *rels, const char *name)
{
    target->length = 0;
    if (*name != '/') {
        const char *folder = strstr(rels, "_rels/");
        qc_buffer_append(target, rels, folder ? (size_t)(folder - rels) : 0);
    }
    name += *name == '/';
    while (strncmp(name, "./", 2) == 0)
        name += 2;
    qc_buffer_string(target, name);
}

bool qc_package_relation(const qc_package *package, const char *rels, const char *kind, const char *id, qc_buffer *target,
                         qcode_error *err)
{
    target->length = 0;
    if (!qc_package_has(package, rels))
        return qc_buffer_text(target) || qc_no_memory(err);
    qc_part part;
    if (!qc_part_open(&part, package, rels, err))
        return false;
    qc_xml_event event;
    bool done;
    while ((done = qc_xml_next(part.xml, &event, err)) && event.kind != QC_XML_END) {
        if (event.kind != QC_XML_OPEN || strcmp(event.name, "Relationship") != 0 || target->length)
            continue;
        const char *type = qc_xml_get(&event, "Type"), *name = qc_xml_get(&event, "Target");
        const char *own = qc_xml_get(&event, "Id");
        if (type && name && ends_with(type, kind) && (!id || (own && strcmp(own, id) == 0)))
            put_target(target, rels, name);
    }
    qc_part_close(&part);
    return done && (qc_buffer_text(target) || qc_no_memory(err));
}
