/* The interviews of a run and their segments on a page that runs a script. */
#include "write/page_run.h"
#include "base/error.h"
#include "write/review_data.h"

bool qc_page_run_init(qc_page_run *of, const qc_page_source *from, const qcode_memory *memory, qcode_error *err)
{
    static const qc_page_tally none = {0, 0};
    bool done = true;
    *of = (qc_page_run){.from = *from, .names = qc_set_init(memory), .tallies = qc_buffer_init(memory)};
    for (size_t i = 0; done && i < from->run->document_count; i++) {
        const char *name = from->run->documents[i].document;
        done = qc_set_add(&of->names, name, strlen(name), NULL) != SIZE_MAX &&
               qc_buffer_append(&of->tallies, &none, sizeof none);
    }
    return done || qc_no_memory(err);
}

void qc_page_run_clear(qc_page_run *of)
{
    qc_buffer_clear(&of->tallies);
    qc_set_clear(&of->names);
}

static void end_block(qc_page *page)
{
    qc_buffer_byte(&page->out, ']');
    qc_page_close(page);
}

/* Puts a segment behind the others of its document, in a block of its own where the document changes. */
static void put_segment(qc_page *page, qc_page_run *of, const qc_buffer *line, const qc_review_segment *segment,
                        size_t *open)
{
    qc_page_tally *counted = (qc_page_tally *)(void *)of->tallies.data + segment->document;
    if (segment->document != *open) {
        if (*open != SIZE_MAX)
            end_block(page);
        qc_page_open(page, "segments", *open = segment->document);
        qc_buffer_byte(&page->out, '[');
    } else {
        qc_buffer_byte(&page->out, ',');
    }
    qc_put_page_json(&page->out, line->data, line->length);
    counted->segments++;
    counted->judged += segment->judged;
}

bool qc_page_segments(qc_page *page, qc_page_run *of, qcode_error *err)
{
    const char *text = of->from.segments;
    qc_json *json = qc_json_new(text, of->from.segments_length, "segments.jsonl", 1, page->memory, err);
    qc_buffer line = qc_buffer_init(page->memory);
    size_t open = SIZE_MAX;
    bool is_there = true, done = json != NULL;
    while (done && is_there) {
        qc_review_segment segment;
        done = qc_put_review_segment(&line, json, text, &of->names, &segment, &is_there, err);
        if (done && is_there && segment.document != SIZE_MAX)
            put_segment(page, of, &line, &segment, &open);
    }
    if (open != SIZE_MAX)
        end_block(page);
    qc_buffer_clear(&line);
    qc_json_free(json);
    return done;
}

bool qc_page_documents(qc_page *page, const qc_page_run *of, const qc_asset *script, qcode_error *err)
{
    const char *text = of->from.documents;
    qc_json *json = qc_json_new(text, of->from.documents_length, "documents.jsonl", 1, page->memory, err);
    qc_buffer line = qc_buffer_init(page->memory);
    bool is_there = true, done = json != NULL;
    for (size_t i = 0; done && is_there; i++) {
        line.length = 0;
        done = qc_put_review_document(&line, json, text, &is_there, err);
        if (!done || !is_there)
            break;
        qc_page_open(page, "document", i);
        qc_put_page_json(&page->out, line.data, line.length);
        qc_page_close(page);
        if (!i)
            qc_put_page_script(&page->out, script);
    }
    if (done && !of->from.run->document_count)
        qc_put_page_script(&page->out, script);
    qc_buffer_clear(&line);
    qc_json_free(json);
    return done;
}

void qc_page_document(qc_page *page, const qc_page_run *of, size_t document)
{
    const qc_run_document *facts = &of->from.run->documents[document];
    const qc_page_tally *counted = (const qc_page_tally *)(const void *)of->tallies.data + document;
    qc_page_string(page, '{', "document", facts->document);
    qc_page_number(page, ',', "turns", facts->turns);
    qc_page_number(page, ',', "segments", counted->segments);
    qc_page_number(page, ',', "judged", counted->judged);
}
