/* Summaries as JSON Lines. */
#include "model/summaries.h"
#include "base/error.h"
#include "base/sink.h"
#include "format/json.h"

bool qcode_summaries_write(const qcode_summaries *summaries, qcode_sink *sink, qcode_error *err)
{
    qc_buffer out = qc_buffer_init(summaries->memory);
    for (size_t i = 0; i < qcode_summaries_count(summaries); i++) {
        const qcode_summary *of = qcode_summaries_at(summaries, i);
        const struct {
            const char *key, *value;
        } parts[] = {{"respondent", of->respondent}, {"code", of->code}, {"text", of->text},
                     {"by", of->by},                 {"on", of->on},     {"seen", of->seen}};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            qc_buffer_print(&out, "%s\"%s\":", k ? "," : "{", parts[k].key);
            qc_json_put_string(&out, parts[k].value);
        }
        qc_buffer_string(&out, "}\n");
    }
    bool done = !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    return done || qc_no_memory(err);
}
