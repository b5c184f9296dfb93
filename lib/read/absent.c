/* The readers of a build without libzip or libxml2: they know their files, and say what is missing. */
#include "base/error.h"
#include "read/containers.h"
#include "read/dictionaries/dictionary.h"
#include "read/grid.h"
#include "read/projects/project.h"

static qcode_transcript *refuse(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    (void)notes;
    if (qc_container_of(source) == QC_CONTAINER_OLD_OFFICE)
        qc_refuse_old_office(source, err);
    else
        qc_fail(err, QCODE_INVALID, source->path, 0, 0,
                "this build of qcode lacks libzip or libxml2, which reading such a file needs");
    return NULL;
}

const qc_reader qc_docx = {"docx", qc_docx_endings, qc_sniff_docx, refuse};
const qc_reader qc_odt = {"odt", qc_odt_endings, qc_sniff_odt, refuse};
const qc_reader qc_xlsx_reader = {"xlsx", qc_xlsx_endings, qc_sniff_xlsx, refuse};
const qc_reader qc_tei = {"tei", qc_tei_endings, qc_sniff_tei, refuse};
const qc_reader qc_eaf = {"eaf", qc_eaf_endings, qc_sniff_eaf, refuse};

bool qc_grid_read_workbook(qc_grid *grid, const unsigned char *data, size_t length, qc_grid_wanted *wanted,
                           qcode_error *err)
{
    (void)data;
    (void)length;
    (void)wanted;
    return qc_fail(err, QCODE_INVALID, grid->source, 0, 0,
                   "this build of qcode lacks libzip or libxml2, which reading such a file needs");
}
static bool is_qdpx(const qc_project_file *file)
{
    size_t length = strlen(file->path);
    return length > 5 && strcmp(file->path + length - 5, ".qdpx") == 0;
}

/* The namespace in its first bytes. */
static bool is_refi_xml(const qc_project_file *file)
{
    static const char space[] = "urn:QDA-XML:";
    size_t size = sizeof space - 1, length = file->length < 4096 ? file->length : 4096;
    for (size_t at = 0; at + size <= length; at++)
        if (memcmp(file->data + at, space, size) == 0)
            return true;
    return false;
}

static bool refuse_project(qc_project *project, const qc_project_file *file, qcode_notes *notes, qcode_error *err)
{
    (void)project, (void)notes;
    return qc_fail(err, QCODE_INVALID, file->path, 0, 0,
                   "this build of qcode lacks libzip or libxml2, which reading such a file needs");
}

const qc_project_reader qc_read_refi = {"REFI-QDA", is_qdpx, refuse_project};
const qc_project_reader qc_read_refi_xml = {"REFI-QDA", is_refi_xml, refuse_project};

bool qc_read_yoshikoder(qc_dictionary *dictionary, const qc_project_file *file)
{
    return qc_fail(dictionary->err, QCODE_INVALID, file->path, 0, 0,
                   "this build of qcode lacks libzip or libxml2, which reading such a file needs");
}
