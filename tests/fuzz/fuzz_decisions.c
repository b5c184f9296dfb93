/* Any bytes are read as decisions or refused with a reason; what is read is written so that it reads back to the same bytes. */
#include "fuzz/fuzz.h"

#include <qcode.h>

#include <string.h>

static qcode_sink *rewrite(const void *data, size_t size)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *decisions = qcode_decisions_new(NULL, &err);
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    MUST(decisions && sink);
    if (!qcode_decisions_parse(decisions, data, size, "d", NULL, &err)) {
        MUST(err.message[0] && err.status != QCODE_OK && !qcode_decisions_count(decisions));
        qcode_sink_free(sink);
        sink = NULL;
    }
    MUST(!sink || qcode_decisions_write(decisions, sink, &err));
    qcode_decisions_free(decisions);
    return sink;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qcode_sink *once = rewrite(data, size);
    if (!once)
        return 0;
    size_t length, again_length;
    const void *bytes = qcode_sink_bytes(once, &length);
    qcode_sink *twice = rewrite(bytes, length);
    MUST(twice);
    const void *again = qcode_sink_bytes(twice, &again_length);
    MUST(length == again_length && (!length || memcmp(bytes, again, length) == 0));
    qcode_sink_free(once);
    qcode_sink_free(twice);
    return 0;
}
