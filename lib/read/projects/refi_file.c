/* The containers of REFI-QDA: an archive with a project and its sources, or one file of XML. */
#include "base/error.h"
#include "read/projects/refi.h"

#include <stdio.h>
#include <strings.h>

static bool is_zip(const qc_project_file *file)
{
    return file->length > 4 && memcmp(file->data, "PK\x03\x04", 4) == 0;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), size = strlen(ending);
    return length > size && strcasecmp(name + length - size, ending) == 0;
}

/* The first bytes of a name in the archive's directory or headers. */
static bool holds(const qc_project_file *file, const char *words)
{
    size_t size = strlen(words);
    const unsigned char *at = file->data, *end = file->data + file->length;
    while ((size_t)(end - at) >= size && (at = memchr(at, words[0], (size_t)(end - at) - size + 1))) {
        if (memcmp(at, words, size) == 0)
            return true;
        at++;
    }
    return false;
}

static bool sniff_archive(const qc_project_file *file)
{
    return is_zip(file) && (ends_in(file->path, ".qdpx") || holds(file, ".qde"));
}

/* The one member that is a project. */
static const char *project_in(const qc_package *package, qcode_error *err)
{
    const char *found = NULL;
    for (size_t i = 0; i < qc_zip_count(package->zip); i++) {
        const char *name = qc_zip_at(package->zip, i)->name;
        if (!ends_in(name, ".qde"))
            continue;
        if (found) {
            qc_fail(err, QCODE_INVALID, package->source, 0, 0, "the archive holds more than one project");
            return NULL;
        }
        found = name;
    }
    if (!found)
        qc_fail(err, QCODE_INVALID, package->source, 0, 0, "the archive holds no project: expected a member that ends in .qde");
    return found;
}

static bool read_archive(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qc_package package;
    qc_part part = {.member = NULL};
    if (!qc_package_open(&package, file->data, file->length, file->path, file->limits, file->memory, err))
        return false;
    const char *name = project_in(&package, err);
    bool done = name && qc_part_open(&part, &package, name, err) &&
                qc_refi_read(project, part.xml, &package, notes, err);
    qc_part_close(&part);
    qc_package_close(&package);
    return done;
}

static bool sniff_xml(const qc_project_file *file)
{
    qc_project_file start = *file;
    start.length = start.length > 4096 ? 4096 : start.length;
    return start.length && !is_zip(file) && holds(&start, "urn:QDA-XML:");
}

static bool read_xml(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    qc_xml *xml = qc_xml_new_bytes(file->data, file->length, file->path, file->limits, file->memory, err);
    bool done = xml && qc_refi_read(project, xml, NULL, notes, err);
    qc_xml_free(xml);
    return done;
}

/* A member whole. */
static bool read_member(const qc_package *package, size_t index, qc_buffer *bytes, qcode_error *err)
{
    qc_zip_member *member = qc_zip_member_open(package->zip, index, NULL, err);
    bool done = member != NULL;
    for (size_t got = 1; done && got;) {
        done = qc_buffer_reserve(bytes, 65536) || qc_no_memory(err);
        done = done && qc_zip_read(member, bytes->data + bytes->length, 65536, &got, err);
        bytes->length += done ? got : 0;
    }
    qc_zip_member_close(member);
    return done;
}

static size_t find_member(const qc_package *package, const char *path)
{
    static const char scheme[] = "internal://";
    char name[1024];
    if (strncmp(path, scheme, sizeof scheme - 1) == 0)
        path += sizeof scheme - 1;
    if (strlen(path) > sizeof name - sizeof "sources/")
        return QC_ZIP_NONE;
    snprintf(name, sizeof name, "sources/%s", path);
    size_t index = qc_zip_find(package->zip, name);
    return index == QC_ZIP_NONE ? qc_zip_find(package->zip, path) : index;
}

bool qc_refi_text(qc_project *project, const qc_package *package, const char *path, const char **text, size_t *length,
                  qcode_notes *notes, qcode_error *err)
{
    size_t index = package && *path ? find_member(package, path) : QC_ZIP_NONE;
    if (index == QC_ZIP_NONE)
        return true;
    char place[1024];
    qc_zip_member_source(place, sizeof place, package->source, qc_zip_at(package->zip, index)->name);
    qc_buffer bytes = qc_buffer_init(project->arena.memory);
    bool done = read_member(package, index, &bytes, err) &&
                (*text = qc_project_decode(project, bytes.data, bytes.length, place, length, notes, err));
    qc_buffer_clear(&bytes);
    return done;
}

const qc_project_reader qc_read_refi = {"REFI-QDA", sniff_archive, read_archive};
const qc_project_reader qc_read_refi_xml = {"REFI-QDA", sniff_xml, read_xml};
