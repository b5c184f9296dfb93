/* From a stranger's bytes to one immutable text: UTF-8, LF line ends, no byte order mark. */
#ifndef QC_TEXT_DECODE_H
#define QC_TEXT_DECODE_H

#include "base/buffer.h"
#include "base/bytes.h"
#include <qcode/error.h>
#include <qcode/notes.h>

/* Decodes `data` into `text` (empty on entry; of no use after a failure). A byte order mark decides. Without one,
 * `encoding` is what the user says (an iconv name), or NULL: then UTF-8, else UTF-16 by its NULs (a noted guess),
 * else Windows-1252 or Latin-1 (a noted guess with the place of the first byte that is not UTF-8). Text that is
 * UTF-8 but for some bytes is refused at the first of them, and so are bytes that Western words would not hold. A
 * NUL is refused at its place; bytes that look like another kind of file (gzip, zip, PDF, ELF, old Word ...) are
 * refused with its name. CRLF and lone CR become LF; other breaks (NEL, LS, PS, VT, FF) stay. `*name` is a static
 * string: "UTF-8". An unknown encoding is QCODE_USAGE, all else is QCODE_ENCODING. */
bool qc_decode(const unsigned char *data, size_t length, const char *encoding, const char *source, qc_buffer *text,
               const char **name, qcode_notes *notes, qcode_error *err);

/* The same from bytes that are taken over, so that UTF-8 needs no second place: `own` may be empty afterwards. */
bool qc_decode_own(qc_bytes *own, const char *encoding, const char *source, qc_buffer *text, const char **name,
                   qcode_notes *notes, qcode_error *err);

#endif
