/* The archive and XML readers of the library: each loads the module that holds them when something is opened, and goes through
 * its table then. The module stays loaded. */
#include "base/error.h"
#include "format/parsers.h"

#include <dlfcn.h>

/* The linker opens a module once, however often it is asked for. */
static const qc_parsers *load(const char *source, qcode_error *err)
{
    void *module = dlopen(PARSERS_MODULE, RTLD_NOW | RTLD_LOCAL);
    const qc_parsers *parsers = module ? dlsym(module, "qcode_parsers") : NULL;
    if (!parsers)
        qc_fail(err, QCODE_READ, source, 0, 0, "cannot load what reads archives and XML (%s)", PARSERS_MODULE);
    return parsers;
}

/* Of an archive, a member or a reader of XML. */
static const qc_parsers *of(const void *handle)
{
    return *(const qc_parsers *const *)handle;
}

qc_zip *qc_zip_open(const unsigned char *data, size_t length, const char *source, const qcode_limits *limits,
                    const qcode_memory *memory, qcode_error *err)
{
    const qc_parsers *parsers = load(source, err);
    return parsers ? parsers->zip_open(data, length, source, limits, memory, err) : NULL;
}

void qc_zip_free(qc_zip *zip)
{
    if (zip)
        of(zip)->zip_free(zip);
}

size_t qc_zip_count(const qc_zip *zip)
{
    return of(zip)->zip_count(zip);
}

const qc_zip_entry *qc_zip_at(const qc_zip *zip, size_t index)
{
    return of(zip)->zip_at(zip, index);
}

size_t qc_zip_find(const qc_zip *zip, const char *name)
{
    return of(zip)->zip_find(zip, name);
}

qc_zip_member *qc_zip_member_open(qc_zip *zip, size_t index, qc_bytes *own, qcode_error *err)
{
    return of(zip)->member_open(zip, index, own, err);
}

void qc_zip_member_close(qc_zip_member *member)
{
    if (member)
        of(member)->member_close(member);
}

const char *qc_zip_member_name(const qc_zip_member *member)
{
    return of(member)->member_name(member);
}

bool qc_zip_read(void *member, void *to, size_t room, size_t *got, qcode_error *err)
{
    return of(member)->member_read(member, to, room, got, err);
}

bool qc_zip_pack(const qc_zip_part *parts, size_t count, qcode_sink *sink, qcode_error *err)
{
    const qc_parsers *parsers = load(NULL, err);
    return parsers && parsers->zip_pack(parts, count, sink, err);
}

qc_xml *qc_xml_new(qc_xml_feed feed, const char *source, const qcode_limits *limits, const qcode_memory *memory,
                   qcode_error *err)
{
    const qc_parsers *parsers = load(source, err);
    return parsers ? parsers->xml_new(feed, source, limits, memory, err) : NULL;
}

qc_xml *qc_xml_new_bytes(const void *data, size_t length, const char *source, const qcode_limits *limits,
                         const qcode_memory *memory, qcode_error *err)
{
    const qc_parsers *parsers = load(source, err);
    return parsers ? parsers->xml_new_bytes(data, length, source, limits, memory, err) : NULL;
}

void qc_xml_free(qc_xml *xml)
{
    if (xml)
        of(xml)->xml_free(xml);
}

void qc_xml_refuse_type(qc_xml *xml)
{
    of(xml)->xml_refuse_type(xml);
}

bool qc_xml_next(qc_xml *xml, qc_xml_event *event, qcode_error *err)
{
    return of(xml)->xml_next(xml, event, err);
}

bool qc_xml_skip(qc_xml *xml, qcode_error *err)
{
    return of(xml)->xml_skip(xml, err);
}

const char *qc_xml_source(const qc_xml *xml)
{
    return of(xml)->xml_source(xml);
}
