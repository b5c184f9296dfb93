/* Segments as W3C Web Annotations (Web Annotation Data Model, 2017): a page of JSON-LD. */
#include "base/error.h"
#include "base/sink.h"
#include "format/json.h"
#include "model/codebook.h"
#include "write/export/guid.h"
#include "write/export/passages.h"

enum { AROUND = 32 }; /* code points of context on either side */

static void put_member(qc_buffer *out, const char *key, const char *text, qcode_span span)
{
    qc_buffer_print(out, "\"%s\":", key);
    qc_json_put(out, text + span.start, span.end - span.start);
}

static void put_selectors(qc_buffer *out, const qc_shown_document *shown, const qc_viewed *seen)
{
    size_t start = seen->line->start, end = seen->line->end, before = start > AROUND ? start - AROUND : 0;
    const char *text = shown->text.data;
    qc_buffer_print(out, "{\"type\":\"TextPositionSelector\",\"start\":%zu,\"end\":%zu},", start, end);
    qc_buffer_string(out, "{\"type\":\"TextQuoteSelector\",");
    put_member(out, "exact", text, qc_shown_span(shown, start, end));
    qc_buffer_byte(out, ',');
    put_member(out, "prefix", text, qc_shown_span(shown, before, start));
    qc_buffer_byte(out, ',');
    put_member(out, "suffix", text, qc_shown_span(shown, end, end + AROUND));
    qc_buffer_byte(out, '}');
}

static void put_annotation(qc_buffer *out, const qc_exporting *from, const qc_shown_document *shown,
                           const qc_viewed *seen)
{
    const qc_run_segment *line = seen->line;
    const qcode_code *code = qc_view_code(from->view, seen->code);
    qc_guid id = qc_guid_of_passage("annotation", line->document, line->start, line->end, line->code, line->coder);
    qc_buffer_print(out, "{\"id\":\"urn:uuid:%s\",\"type\":\"Annotation\",\"motivation\":\"tagging\",", id.text);
    if (*line->decided_on) {
        qc_buffer_string(out, "\"created\":");
        qc_json_put_string(out, line->decided_on);
        qc_buffer_byte(out, ',');
    }
    qc_buffer_print(out, "\"creator\":{\"type\":\"%s\",\"name\":",
                    strcmp(line->origin, "rule") == 0 ? "Software" : "Person");
    qc_json_put_string(out, line->coder);
    qc_buffer_string(out, "},\"body\":[{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":");
    qc_json_put_string(out, code->id);
    qc_buffer_byte(out, '}');
    if (*line->reason) {
        qc_buffer_string(out, ",{\"type\":\"TextualBody\",\"purpose\":\"commenting\",\"value\":");
        qc_json_put_string(out, line->reason);
        qc_buffer_byte(out, '}');
    }
    qc_buffer_string(out, "],\"target\":{\"source\":");
    qc_json_put_string(out, line->document);
    qc_buffer_string(out, ",\"selector\":[");
    put_selectors(out, shown, seen);
    qc_buffer_string(out, "]}}");
}

static void lose(const qc_exporting *from, const qc_viewed *seen)
{
    qc_lose(from->losses, "segments of several pieces, written as one passage from the first to the last",
            seen->piece_count > 1, seen->line->id);
    qc_lose(from->losses, "segments by rules: which rules gave them", strcmp(seen->line->origin, "rule") == 0,
            seen->line->id);
    qc_lose(from->losses, "segments that a person judged: how", seen->state != QCODE_STATE_PROPOSED, seen->line->id);
}

static bool write_w3c(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    qc_shown_document shown = qc_shown_init(from->memory);
    qc_buffer out = qc_buffer_init(from->memory);
    bool done = true;
    qc_buffer_string(&out, "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\","
                           "\"items\":[");
    for (size_t i = 0; done && i < from->view->segment_count; i++) {
        const qc_viewed *seen = &from->view->segments[i];
        done = qc_shown_go_to(&shown, from->view->talks[seen->document]);
        if (!done)
            break;
        qc_buffer_string(&out, i ? ",\n" : "\n");
        put_annotation(&out, from, &shown, seen);
        lose(from, seen);
        qc_sink_drain(sink, &out);
    }
    qc_buffer_string(&out, "\n]}\n");
    done = done && !out.failed;
    qc_sink_drain(sink, &out);
    qc_buffer_clear(&out);
    qc_shown_clear(&shown);
    return done || qc_no_memory(err);
}

const qc_target qc_export_w3c = {{"w3c", ".jsonld", "the segments as W3C Web Annotations"}, .write = write_w3c};
