/* Any bytes are read as a key of names, and as an offset map, or refused with a place; a map that is read can be asked. */
#include "fuzz/fuzz.h"

#include <qcode.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_key *key = qcode_key_parse(data, size, "k", NULL, NULL, &err);
    MUST(key ? qcode_key_count(key) > 0 : err.message[0] && err.status != QCODE_OK);
    qcode_key_free(key);
    err = (qcode_error){.status = QCODE_OK};
    qcode_moves *moves = qcode_moves_parse(data, size, "m", NULL, &err);
    MUST(moves || (err.message[0] && err.line));
    for (size_t i = 0; moves && i < qcode_moves_count(moves); i++) {
        const qcode_moved_document *document = qcode_moves_at(moves, i);
        qcode_span now;
        for (size_t at = 0; at < document->old_length && at < 50; at++)
            MUST(!qcode_moved(document, (qcode_span){at, document->old_length}, &now) ||
                 (now.start < now.end && now.end <= document->new_length));
    }
    qcode_moves_free(moves);
    return 0;
}
