/* Office documents from their parts, for the tests of readers. */
#ifndef TESTS_READ_OFFICE_H
#define TESTS_READ_OFFICE_H

#include "read/show.h"
#include "support/archive.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/* The turns of a document of this name with these parts ("name", "content", ..., NULL). */
static inline const char *turns_of_parts(const char *name, const char *const *parts)
{
    archive_member members[16];
    size_t count = 0;
    for (; parts[count * 2]; count++)
        members[count] = (archive_member){parts[count * 2], parts[count * 2 + 1], strlen(parts[count * 2 + 1])};
    qc_buffer data = qc_buffer_init(NULL);
    make_archive(&data, members, count);
    const char *shown = turns_of_bytes(name, data.data, data.length);
    qc_buffer_clear(&data);
    return shown;
}

/* A Word document with this body, put into `out`. */
static inline void make_docx(qc_buffer *out, const char *body)
{
    qc_buffer part = qc_buffer_init(NULL);
    qc_buffer_string(&part, "<w:document xmlns:w='" W "' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:body>");
    qc_buffer_string(&part, body);
    qc_buffer_string(&part, "</w:body></w:document>");
    make_archive(out, &(archive_member){"word/document.xml", part.data, part.length}, 1);
    qc_buffer_clear(&part);
}

/* Its turns. */
static inline const char *turns_of_docx(const char *body)
{
    qc_buffer data = qc_buffer_init(NULL);
    make_docx(&data, body);
    const char *shown = turns_of_bytes("f.docx", data.data, data.length);
    qc_buffer_clear(&data);
    return shown;
}

/* An OpenDocument text with this body, put into `out`; and its turns. */
static inline void make_odt(qc_buffer *out, const char *body)
{
    static const char type[] = "application/vnd.oasis.opendocument.text";
    qc_buffer part = qc_buffer_init(NULL);
    qc_buffer_string(&part, "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d' xmlns:svg='s'>"
                            "<office:body><office:text>");
    qc_buffer_string(&part, body);
    qc_buffer_string(&part, "</office:text></office:body></office:document-content>");
    make_archive(out, (archive_member[]){{"mimetype", type, sizeof type - 1}, {"content.xml", part.data, part.length}}, 2);
    qc_buffer_clear(&part);
}

static inline const char *turns_of_odt(const char *body)
{
    qc_buffer data = qc_buffer_init(NULL);
    make_odt(&data, body);
    const char *shown = turns_of_bytes("f.odt", data.data, data.length);
    qc_buffer_clear(&data);
    return shown;
}

#endif
