/* The working copy of a run: its data, each part as JSON that the script takes up when it needs it. */
#include "write/working.h"
#include "base/error.h"
#include "base/sink.h"
#include "model/codebook.h"

static bool put_table(qc_page *page, const qc_named_table *named, qcode_error *err)
{
    const qcode_table_style style = {.format = QCODE_FORMAT_JSON};
    qcode_sink *sink = qcode_sink_memory(page->memory, err);
    bool done = sink && qcode_table_write(named->table, &style, sink, err) && qcode_sink_finish(sink, err);
    size_t length = 0;
    const char *json = done ? qcode_sink_bytes(sink, &length) : NULL;
    if (json) {
        qc_page_open(page, named->name, 0);
        qc_put_page_json(&page->out, json, length);
        qc_page_close(page);
    }
    qcode_sink_free(sink);
    return done;
}

/* Code points of a text. */
static size_t count_points(const qcode_transcript *talk)
{
    size_t length, count = 0;
    const char *text = qcode_transcript_text(talk, &length);
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* Whom each speaker of a document is, by their place among the respondents. */
static void put_cast(qc_page *page, const qc_view *view, size_t document)
{
    const qcode_transcript *talk = view->talks[document];
    qc_page_key(page, ',', "people");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++) {
        size_t who = qc_view_respondent(view, document, qcode_transcript_speaker(talk, i));
        qc_buffer_string(&page->out, i ? "," : "");
        if (who == QC_NOBODY)
            qc_buffer_string(&page->out, "null");
        else
            qc_buffer_number(&page->out, who);
    }
    qc_buffer_byte(&page->out, ']');
}

static void put_documents(qc_page *page, const qc_working *of, const qc_page_run *source)
{
    qc_page_key(page, ',', "documents");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < of->view->talk_count; i++) {
        qc_buffer_string(&page->out, i ? ",\n" : "");
        qc_page_document(page, source, i);
        qc_page_number(page, ',', "length", count_points(of->view->talks[i]));
        put_cast(page, of->view, i);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_byte(&page->out, ']');
}

static void put_respondents(qc_page *page, const qc_view *view)
{
    qc_page_key(page, ',', "people");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < view->respondent_count; i++) {
        qc_buffer_string(&page->out, i ? ",\n" : "");
        qc_page_string(page, '{', "name", view->respondents[i].name);
        qc_page_string(page, ',', "group", view->respondents[i].group);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_byte(&page->out, ']');
}

/* What the page is about; it comes behind the segments, which it counts. */
static void put_about(qc_page *page, const qc_working *of, const qc_page_run *source)
{
    const qc_view *view = of->view;
    const struct qc_run_kept_back *kept = &view->run->kept_back;
    qc_page_open(page, "run", 0);
    qc_page_string(page, '{', "qcode", view->run->qcode);
    qc_page_string(page, ',', "title", qc_page_title(view->books));
    qc_page_number(page, ',', "reviewed", view->reviewed);
    qc_page_number(page, ',', "judged_of", view->judged_of);
    qc_page_number(page, ',', "withdrawn", kept->withdrawn);
    qc_page_number(page, ',', "unused", kept->without_consent_to_use);
    qc_page_number(page, ',', "unquoted", kept->without_consent_to_quote);
    qc_page_number(page, ',', "refused", view->run->counts.refused);
    qc_page_codes(page, view->books, true);
    qc_page_themes(page, view->books);
    put_respondents(page, view);
    put_documents(page, of, source);
    qc_buffer_byte(&page->out, '}');
    qc_page_close(page);
}

bool qc_write_working(const qc_working *of, qcode_sink *sink, qcode_error *err)
{
    const char *title = qc_page_title(of->view->books);
    qc_page page = qc_page_init(sink, of->view->arena.memory);
    qc_page_run source;
    qc_put_page_head(&page.out, title, &qc_working_style, &qc_working_script);
    qc_buffer_append(&page.out, qc_working_body.text, qc_working_body.length);
    bool done = qc_page_run_init(&source, &of->from, page.memory, err) && qc_page_segments(&page, &source, err);
    for (size_t i = 0; done && i < of->table_count; i++)
        done = put_table(&page, &of->tables[i], err);
    if (done) {
        put_about(&page, of, &source);
        qc_page_open(&page, "json", 0);
        qc_put_page_json(&page.out, of->json, of->json_length);
        qc_page_close(&page);
        done = qc_page_documents(&page, &source, &qc_working_script, err) &&
               (qc_put_page_end(&page.out) || qc_no_memory(err));
    }
    qc_sink_drain(sink, &page.out);
    qc_buffer_clear(&page.out);
    qc_page_run_clear(&source);
    return done;
}
