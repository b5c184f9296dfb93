/* Any bytes are read as an archive, or as the main part of a Word or OpenDocument text, or refused; what is read holds together. */
#include "fuzz/turns.h"
#include "support/archive.h"

static void read_part(const char *file, const char *part, const uint8_t *data, size_t size)
{
    static const char type[] = "application/vnd.oasis.opendocument.text";
    qc_buffer archive = qc_buffer_init(NULL);
    make_archive(&archive, (archive_member[]){{"mimetype", type, sizeof type - 1}, {part, (const char *)data, size}}, 2);
    read_as(NULL, file, (const uint8_t *)archive.data, archive.length);
    qc_buffer_clear(&archive);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 && data[0] == 'P' && data[1] == 'K') {
        read_as("docx", "f.docx", data, size);
        read_as("xlsx", "f.xlsx", data, size);
    } else {
        qc_buffer archive = qc_buffer_init(NULL);
        make_archive(&archive, &(archive_member){"word/document.xml", (const char *)data, size}, 1);
        read_as("docx", "f.docx", (const uint8_t *)archive.data, archive.length);
        qc_buffer_clear(&archive);
        read_part("f.odt", "content.xml", data, size);
    }
    return 0;
}
