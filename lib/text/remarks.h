/* What transcribers write in brackets about the recording and the room. */
#ifndef QC_TEXT_REMARKS_H
#define QC_TEXT_REMARKS_H

#include <stdbool.h>
#include <stddef.h>

/* What stands in brackets in the midst of speech is a remark: "laughs", "inaudible 00:12:31". English, German, French,
 * Spanish and Galician. "[name]" and "[hospital]" stand for words, and a bracket of any other words is speech. */
bool qc_is_remark(const char *inside, size_t length);

/* What stands in brackets in a paragraph of its own is a stage direction, and surely nobody's words: a remark and not
 * a sentence that begins like one, "10.00 am", "The hearing adjourned until Monday", a heckle of a parliament. The
 * words may run over several lines. */
bool qc_is_direction(const char *inside, size_t length);

#endif
