/* What rules see: normal forms and folded forms of a text, each with a map back to it.
 *
 * QC_FORM_NFC is what regexes see: Unicode Normalization Form C and nothing else.
 * QC_FORM_EXACT is what terms with `case: exact` see: NFC, with the look-alikes below made one.
 * QC_FORM_TERM is what terms see: the same, and full case folding (Unicode CaseFolding.txt, C + F).
 *
 * Look-alikes: typographic apostrophes are ', hyphens and
 * non-breaking hyphens are -, Latin ligatures and full-width forms are their plain letters, all white space (U+00A0,
 * U+202F, LF ...) is one space each; soft hyphens and zero-width characters (U+200B, U+200C, U+200D, U+2060, U+FEFF)
 * are gone. Accents are never folded; but the dot of a small i is no accent: U+0130, which Unicode folds to i and
 * U+0307, is i in QC_FORM_TERM, and so is i with U+0307. Dotless U+0131 stays. Canonically equivalent texts have the
 * same forms. */
#ifndef QC_TEXT_FOLD_H
#define QC_TEXT_FOLD_H

#include "base/buffer.h"
#include <qcode/transcript.h>

typedef enum qc_form { QC_FORM_NFC, QC_FORM_EXACT, QC_FORM_TERM } qc_form;

/* A text in one form. Its bytes belong to the folder (or are the source itself) until the folder's next use. */
typedef struct qc_folded {
    const char *text;
    size_t length;
    size_t source_length;
    const uint32_t *starts; /* NULL: every byte stands where it stood. Else for each byte of `text` where in the */
    const uint32_t *ends;   /* ... source the characters that made it begin and end */
} qc_folded;

/* Scratch for one thread. */
typedef struct qc_folder {
    const qcode_memory *memory;
    qc_buffer text, points, start_map, end_map;
} qc_folder;

qc_folder qc_folder_init(const qcode_memory *memory);
void qc_folder_clear(qc_folder *folder);

/* False when memory runs out. `length` is below 4 GiB; `text` is well-formed UTF-8. Text that the form does not
 * change is answered as it is, without a map and without a copy; only if it holds combining marks or jamo it is
 * copied with its map. */
bool qc_fold(qc_folder *folder, qc_form form, const char *text, size_t length, qc_folded *folded);

/* A text that is in its form already. */
static inline qc_folded qc_folded_as_is(const char *text, size_t length)
{
    return (qc_folded){.text = text, .length = length, .source_length = length};
}

/* The part of the source that bytes [start, end) of the folded text came from. It never cuts a combining mark, a
 * jamo or an expanded character (such as a ligature) from what it belongs to: it is widened to hold all of it. */
qcode_span qc_folded_span(const qc_folded *folded, size_t start, size_t end);

#endif
