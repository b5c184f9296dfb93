/* Offset maps, as JSON Lines. */
#include "write/moves.h"
#include "format/json.h"
#include "model/moves.h"

static void put_span(qc_buffer *out, const char *name, qcode_span span)
{
    qc_buffer_print(out, "\"%s\":[%zu,%zu]", name, span.start, span.end);
}

bool qc_put_moved_document(qc_buffer *out, const qcode_moved_document *document)
{
    qc_buffer_string(out, "{\"document\":");
    qc_json_put_string(out, document->name);
    qc_buffer_print(out, ",\"old_sha256\":\"%s\",\"new_sha256\":\"%s\"", document->old_sha256, document->new_sha256);
    qc_buffer_print(out, ",\"old_length\":%zu,\"new_length\":%zu,\"moves\":[", document->old_length,
                    document->new_length);
    for (size_t i = 0; i < document->move_count; i++) {
        qc_buffer_string(out, i ? ",{" : "{");
        put_span(out, "old", document->moves[i].old);
        qc_buffer_byte(out, ',');
        put_span(out, "new", document->moves[i].now);
        qc_buffer_byte(out, '}');
    }
    return qc_buffer_string(out, "]}\n");
}
