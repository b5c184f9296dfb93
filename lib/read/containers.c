/* First looks at archives, XML and old Office files. */
#include "read/containers.h"
#include "read/peek.h"

enum { LOOK = 1 << 20 }; /* bytes at either end of an archive */

const char *const qc_docx_endings[] = {".docx", ".docm", ".dotx", ".doc", NULL};
const char *const qc_odt_endings[] = {".odt", ".ott", NULL};
const char *const qc_xlsx_endings[] = {".xlsx", ".xlsm", NULL};
const char *const qc_tei_endings[] = {".tei", ".tei.xml", ".xml", NULL};
const char *const qc_eaf_endings[] = {".eaf", NULL};

/* Whether `word` stands in the bytes. */
static bool holds(const unsigned char *data, size_t length, const char *word, size_t size)
{
    const unsigned char *at = data;
    for (size_t left = length; left >= size;) {
        const unsigned char *found = memchr(at, word[0], left - size + 1);
        if (!found)
            return false;
        if (memcmp(found, word, size) == 0)
            return true;
        left -= (size_t)(found - at) + 1;
        at = found + 1;
    }
    return false;
}

/* Whether a member's name begins so, by the look of the directory at the archive's end or the members at its beginning. */
static bool has_member(const qc_source *source, const char *name)
{
    size_t size = strlen(name), head = source->length < LOOK ? source->length : LOOK;
    return holds(source->data, head, name, size) || holds(source->data + source->length - head, head, name, size);
}

static bool begins(const qc_source *source, const char *word, size_t size)
{
    return source->length >= size && memcmp(source->data, word, size) == 0;
}

static bool is_archive(const qc_source *source)
{
    enum { END_SIZE = 22 };
    return begins(source, "PK\3\4", 4) || begins(source, "PK\5\6", 4) ||
           (source->length >= END_SIZE && memcmp(source->data + source->length - END_SIZE, "PK\5\6", 4) == 0);
}

static qc_container kind_of_archive(const qc_source *source)
{
    static const char mimetype[] = "application/vnd.oasis.opendocument.";
    size_t head = source->length < 256 ? source->length : 256;
    if (holds(source->data, head, mimetype, sizeof mimetype - 1))
        return holds(source->data, head, "opendocument.text", 17) ? QC_CONTAINER_ODT : QC_CONTAINER_ARCHIVE;
    if (has_member(source, "word/"))
        return QC_CONTAINER_DOCX;
    return has_member(source, "xl/") ? QC_CONTAINER_XLSX : QC_CONTAINER_ARCHIVE;
}

static qc_container kind_of_xml(const qc_source *source)
{
    const char *start = source->start;
    const char *text = qc_peek_space(start);
    if (*text != '<')
        return QC_CONTAINER_OTHER;
    if (strstr(text, "<TEI") || strstr(text, "<teiCorpus") || strstr(text, ":TEI") || strstr(text, ":teiCorpus"))
        return QC_CONTAINER_TEI;
    if (strstr(text, "<ANNOTATION_DOCUMENT"))
        return QC_CONTAINER_EAF;
    return qc_peek_word(text, "<?xml") ? QC_CONTAINER_XML : QC_CONTAINER_OTHER;
}

qc_container qc_container_of(const qc_source *source)
{
    if (begins(source, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return QC_CONTAINER_OLD_OFFICE;
    return is_archive(source) ? kind_of_archive(source) : kind_of_xml(source);
}

/* Streams of a compound file have UTF-16 names. */
bool qc_refuse_old_office(const qc_source *source, qcode_error *err)
{
    const char *what = "an old Office file (OLE)";
    if (holds(source->data, source->length, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31))
        what = "an Office file that is encrypted with a password";
    else if (holds(source->data, source->length, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t", 23))
        what = "an old Word file (.doc)";
    else if (holds(source->data, source->length, "W\0o\0r\0k\0b\0o\0o\0k", 15))
        what = "an old Excel file (.xls)";
    return qc_fail(err, QCODE_INVALID, source->path, 0, 0, "is %s; save it as .docx without a password", what);
}

/* A file so named that has hardly begun: a broken download. */
static bool is_stump(const qc_source *source, const char *const *endings)
{
    size_t length = strlen(source->path);
    if (source->length >= 4 || memcmp("PK\3\4", source->data ? source->data : (const unsigned char *)"", source->length) != 0)
        return false;
    for (; *endings; endings++)
        if (length > strlen(*endings) && strcmp(source->path + length - strlen(*endings), *endings) == 0)
            return true;
    return false;
}

int qc_sniff_docx(const qc_source *source)
{
    if (is_stump(source, qc_docx_endings))
        return 60;
    qc_container kind = qc_container_of(source);
    return kind == QC_CONTAINER_DOCX || kind == QC_CONTAINER_OLD_OFFICE ? 95 : kind == QC_CONTAINER_ARCHIVE ? 40 : 0;
}

int qc_sniff_odt(const qc_source *source)
{
    return qc_container_of(source) == QC_CONTAINER_ODT ? 95 : is_stump(source, qc_odt_endings) ? 60 : 0;
}

int qc_sniff_xlsx(const qc_source *source)
{
    return qc_container_of(source) == QC_CONTAINER_XLSX ? 95 : is_stump(source, qc_xlsx_endings) ? 60 : 0;
}

int qc_sniff_tei(const qc_source *source)
{
    qc_container kind = qc_container_of(source);
    return kind == QC_CONTAINER_TEI ? 95 : kind == QC_CONTAINER_XML ? 30 : 0;
}

int qc_sniff_eaf(const qc_source *source)
{
    return qc_container_of(source) == QC_CONTAINER_EAF ? 95 : 0;
}
