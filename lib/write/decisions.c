/* Decisions as JSON Lines: the same decisions are the same bytes. */
#include "write/decisions.h"
#include "base/sink.h"
#include "format/json.h"
#include "model/decisions.h"

static void put_string(qc_buffer *out, const char *key, const char *text)
{
    if (!*text)
        return;
    qc_buffer_print(out, ",\"%s\":", key);
    qc_json_put_string(out, text);
}

static void put_span(qc_buffer *out, const char *prefix, qcode_points span)
{
    if (span.start < span.end)
        qc_buffer_print(out, ",\"%sstart\":%zu,\"%send\":%zu", prefix, span.start, prefix, span.end);
}

static void put_flag(qc_buffer *out, const char *key, bool flag)
{
    if (flag)
        qc_buffer_print(out, ",\"%s\":true", key);
}

bool qc_put_decision(qc_buffer *out, const qcode_decision *d, const char *why)
{
    qc_buffer_print(out, "{\"act\":\"%s\"", qcode_act_name(d->act));
    put_string(out, "document", d->document);
    put_string(out, "code", d->code);
    put_span(out, "", d->span);
    put_string(out, "text", d->text);
    put_string(out, "before", d->before);
    put_string(out, "after", d->after);
    put_span(out, "was_", d->was);
    put_string(out, "was_text", d->was_text);
    put_string(out, "by", d->by);
    put_string(out, "on", d->on);
    put_string(out, "reason", d->reason);
    put_string(out, "kind", qcode_memo_kind_name(d->kind));
    put_string(out, "respondent", d->respondent);
    put_flag(out, "on_study", d->on_study);
    put_string(out, "name", d->name);
    put_string(out, "definition", d->definition);
    put_string(out, "origin", d->origin);
    put_string(out, "codebook", d->codebook);
    put_flag(out, "undone", d->undone);
    put_string(out, "why", why ? why : "");
    return qc_buffer_string(out, "}\n");
}

bool qcode_decisions_write(const qcode_decisions *decisions, qcode_sink *sink, qcode_error *err)
{
    qc_buffer line = qc_buffer_init(decisions->memory);
    bool done = true;
    for (size_t i = 0; done && i < qcode_decisions_count(decisions); i++) {
        qc_put_decision(&line, qcode_decisions_at(decisions, i), NULL);
        done = qc_sink_drain(sink, &line);
    }
    qc_buffer_clear(&line);
    return done || qcode_sink_finish(sink, err); /* which says what went wrong */
}
