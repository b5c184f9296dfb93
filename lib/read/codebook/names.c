/* Ids and names of lists: their alphabet, and letters of two scripts that look the same. */
#include "base/error.h"
#include "base/utf8.h"
#include "read/codebook/codebook.h"
#include "text/words.h"

#include <string.h>

/* Scripts whose letters are taken for each other (Unicode 15, Scripts.txt and confusables.txt, in blocks). */
static const struct script {
    uint32_t first, last;
    const char *name;
} scripts[] = {
    {0x0041, 0x005A, "Latin"},    {0x0061, 0x007A, "Latin"},    {0x00AA, 0x00AA, "Latin"},
    {0x00BA, 0x00BA, "Latin"},    {0x00C0, 0x00D6, "Latin"},    {0x00D8, 0x00F6, "Latin"},
    {0x00F8, 0x024F, "Latin"},    {0x0250, 0x02AF, "Latin"},    {0x0370, 0x03FF, "Greek"},
    {0x0400, 0x052F, "Cyrillic"}, {0x0531, 0x058F, "Armenian"}, {0x13A0, 0x13FF, "Cherokee"},
    {0x1C80, 0x1C8F, "Cyrillic"}, {0x1D00, 0x1D25, "Latin"},    {0x1E00, 0x1EFF, "Latin"},
    {0x1F00, 0x1FFF, "Greek"},    {0x2C60, 0x2C7F, "Latin"},    {0x2C80, 0x2CFF, "Coptic"},
    {0x2DE0, 0x2DFF, "Cyrillic"}, {0xA640, 0xA69F, "Cyrillic"}, {0xA722, 0xA7FF, "Latin"},
    {0xAB30, 0xAB6F, "Latin"},    {0xAB70, 0xABBF, "Cherokee"}, {0xFB00, 0xFB06, "Latin"},
    {0xFF21, 0xFF3A, "Latin"},    {0xFF41, 0xFF5A, "Latin"},
};

static const char *script_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (point >= scripts[i].first && point <= scripts[i].last)
            return scripts[i].name;
    return NULL;
}

static void warn_of_two_scripts(qc_book_reader *reader, const char *name, size_t line, size_t column, const char *what)
{
    const char *first = NULL;
    for (size_t at = 0, length = strlen(name); at < length;) {
        const char *script = script_of(qc_utf8_next(name, length, &at));
        if (first && script && strcmp(first, script) != 0) {
            qc_book_warn(reader, line, column, "%s \"%s\" mixes %s and %s letters, which may look the same", what, name, first,
                         script);
            return;
        }
        first = first ? first : script;
    }
}

/* The first character that may not stand in a name, or the length. */
static size_t find_stranger(const char *name, size_t length, uint32_t *stranger)
{
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t point = *stranger = qc_utf8_next(name, length, &at);
        bool fine = from ? qc_is_word(point) || point == '-' || point == '.' || point == ':'
                         : qc_is_word(point) && !qc_is_mark(point);
        if (!fine)
            return from;
    }
    return length;
}

const char *qc_book_name(qc_book_reader *reader, const qc_yaml_node *node, const char *text, size_t line, size_t column,
                         const char *what)
{
    size_t length = strlen(text);
    uint32_t stranger = 0;
    if (!length) {
        qc_book_mistake(reader, line, column, "found nothing where %s is expected", what);
        return NULL;
    }
    if (length > QC_BOOK_MOST_NAME) {
        qc_book_mistake(reader, line, column, "%s of %zu bytes, more than the limit of %d", what, length, QC_BOOK_MOST_NAME);
        return NULL;
    }
    size_t wrong = find_stranger(text, length, &stranger);
    if (wrong < length) {
        if (node && text == node->text)
            qc_yaml_place(reader->book->bytes, reader->book->length, node, wrong, &line, &column);
        qc_book_mistake(reader, line, column, "U+%04X in %s; it may hold letters, digits and _%s", (unsigned)stranger, what,
                        wrong ? ", and - . : inside" : " here");
        return NULL;
    }
    qc_folded folded;
    const char *name = qc_fold(&reader->folder, QC_FORM_NFC, text, length, &folded)
                           ? qc_arena_copy(&reader->book->arena, folded.text, folded.length)
                           : NULL;
    if (name)
        warn_of_two_scripts(reader, name, line, column, what);
    else
        qc_book_no_memory(reader);
    return name;
}
