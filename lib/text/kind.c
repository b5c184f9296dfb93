/* Magic numbers of the files that people give by mistake: documents, archives, pictures, recordings, programs. */
#include "text/kind.h"

#include <string.h>

typedef struct magic {
    size_t offset;
    const char *bytes;
    size_t length;
    const char *name;
} magic;

#define MAGIC(offset, bytes, name) {offset, bytes, sizeof bytes - 1, name}

/* Signatures that text might begin with ("BM", "MZ") are left out: the NULs of such files are found soon enough. The
 * more exact of two comes first. */
static const magic magics[] = {
    MAGIC(30, "mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    MAGIC(30, "[Content_Types].xml", "an Office file (such as DOCX or XLSX)"),
    MAGIC(0, "PK\x03\x04", "a zip archive"),
    MAGIC(0, "PK\x05\x06", "an empty zip archive"),
    MAGIC(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (such as DOC or XLS)"),
    MAGIC(0, "%PDF-", "a PDF"),
    MAGIC(0, "{\\rtf", "an RTF file"),
    MAGIC(0, "\x1F\x8B", "gzip data"),
    MAGIC(0, "BZh91AY&SY", "bzip2 data"),
    MAGIC(0, "\xFD" "7zXZ\0", "xz data"),
    MAGIC(0, "\x28\xB5\x2F\xFD", "zstd data"),
    MAGIC(0, "7z\xBC\xAF\x27\x1C", "a 7z archive"),
    MAGIC(0, "Rar!\x1A\x07", "a RAR archive"),
    MAGIC(257, "ustar", "a tar archive"),
    MAGIC(0, "\x7F" "ELF", "a program (ELF)"),
    MAGIC(0, "\xCF\xFA\xED\xFE", "a program (Mach-O)"),
    MAGIC(0, "\xCA\xFE\xBA\xBE", "a program (Mach-O or Java)"),
    MAGIC(0, "MZ\x90\0", "a program (Windows)"),
    MAGIC(0, "\0asm", "a program (WebAssembly)"),
    MAGIC(0, "SQLite format 3\0", "an SQLite database"),
    MAGIC(0, "\x89PNG\r\n", "a PNG picture"),
    MAGIC(0, "\xFF\xD8\xFF", "a JPEG picture"),
    MAGIC(0, "GIF89a", "a GIF picture"),
    MAGIC(0, "GIF87a", "a GIF picture"),
    MAGIC(8, "WAVEfmt ", "a sound recording (WAV)"),
    MAGIC(8, "AVI LIST", "a film (AVI)"),
    MAGIC(0, "ID3\x02", "a sound recording (MP3)"),
    MAGIC(0, "ID3\x03", "a sound recording (MP3)"),
    MAGIC(0, "ID3\x04", "a sound recording (MP3)"),
    MAGIC(0, "OggS\0", "a sound recording (Ogg)"),
    MAGIC(0, "fLaC\0", "a sound recording (FLAC)"),
    MAGIC(4, "ftypM4A", "a sound recording (M4A)"),
    MAGIC(0, "\0\0\0\x18" "ftyp", "a film (MP4)"),
    MAGIC(0, "\0\0\0\x1C" "ftyp", "a film (MP4)"),
    MAGIC(0, "\0\0\0\x20" "ftyp", "a film (MP4)"),
    MAGIC(0, "\x1A\x45\xDF\xA3", "a film (Matroska or WebM)"),
};

const char *qc_kind_of(const unsigned char *data, size_t length)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const magic *m = &magics[i];
        if (length >= m->offset + m->length && memcmp(data + m->offset, m->bytes, m->length) == 0)
            return m->name;
    }
    return NULL;
}

bool qc_looks_binary(const unsigned char *data, size_t length)
{
    enum { LOOKED_AT = 1024, ESCAPE = 0x1B, FEW = 3 };
    size_t seen = length < LOOKED_AT ? length : LOOKED_AT, odd = 0;
    for (size_t i = 0; i < seen; i++)
        odd += (data[i] < 0x20 && !(data[i] >= '\t' && data[i] <= '\r') && data[i] != ESCAPE) || data[i] == 0x7F;
    return odd > FEW && odd * 10 > seen;
}
