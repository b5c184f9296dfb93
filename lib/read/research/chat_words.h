/* The words of a CHAT utterance, as a reader of the words would have them. */
#ifndef QC_READ_CHAT_WORDS_H
#define QC_READ_CHAT_WORDS_H

#include "base/buffer.h"

/* What was met in an utterance and may have to be noted. */
typedef struct qc_chat_found {
    int64_t start_ms, end_ms; /* of its media; -1: not said */
    bool other_speaker;       /* words of somebody else inside it (`&*INT:mhm`), which are left out */
    bool code;                /* a code in square brackets or an event (`&=laughs`), which is left out */
} qc_chat_found;

/* Appends the words of a main line to `out` (CHAT manual, TalkBank, parts 8 and 9). What was said stays, what says how
 * it was said goes:
 * - retraced and repeated words stay, `[/]`, `[//]` and their angle brackets go; a filler `&-um` is um, a fragment
 *   `&+fr` is fr;
 * - `word [: target]` stays as said, but for phonetic forms (`word@u`), which give way to their target;
 * - shortened words are whole (`(be)cause`), special forms lose their mark (`woof@o`), `New_York` and `ice+cream` are
 *   two words, lengthening (`no:`), stress and the marks of conversation analysis go; an omitted word (`0is`) was not
 *   said;
 * - pauses, codes in brackets, events, linkers (`+<`) and media bullets go;
 * - `+...` is an ellipsis, `+/.` and its kin a dash, `+/?` and its kin a question mark; `. ? ! ,` stand at the word
 *   before them. */
bool qc_chat_words(const char *line, size_t length, qc_buffer *out, qc_chat_found *found);

#endif
