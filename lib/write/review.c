/* The page to judge a run on and to code by hand: its data, each part as JSON that the script takes up when it needs
 * it. */
#include "write/review.h"
#include "base/error.h"
#include "base/sink.h"
#include "write/decisions.h"
#include "write/page_run.h"

/* The decisions to go on from; in a blind page those of its coder alone. */
static void put_decisions(qc_page *page, const qc_review *of)
{
    qc_buffer line = qc_buffer_init(page->memory);
    char before = '[';
    qc_page_open(page, "decisions", 0);
    for (size_t i = 0; of->decisions && i < qcode_decisions_count(of->decisions); i++) {
        const qcode_decision *decision = qcode_decisions_at(of->decisions, i);
        if (of->blind && !(of->coder && strcmp(decision->by, of->coder) == 0))
            continue;
        line.length = 0;
        qc_put_decision(&line, decision, NULL);
        qc_buffer_byte(&page->out, before);
        qc_put_page_json(&page->out, line.data, line.length);
        before = ',';
    }
    qc_buffer_string(&page->out, before == '[' ? "[]" : "]");
    page->out.failed |= line.failed;
    qc_page_close(page);
    qc_buffer_clear(&line);
}

/* What the page is about; it comes behind the segments, which it counts. */
static void put_about(qc_page *page, const qc_review *of, const qc_page_run *source)
{
    qc_page_open(page, "run", 0);
    qc_page_string(page, '{', "qcode", of->run->qcode);
    qc_page_string(page, ',', "run", of->hash);
    qc_page_string(page, ',', "title", qc_page_title(of->books));
    qc_page_string(page, ',', "codebook", of->books.count ? qcode_codebook_version(of->books.at[0]) : "");
    qc_page_string(page, ',', "coder", of->coder ? of->coder : "");
    qc_page_key(page, ',', "blind");
    qc_buffer_string(&page->out, of->blind ? "true" : "false");
    qc_page_codes(page, of->books, !of->blind);
    qc_page_themes(page, of->books);
    qc_page_key(page, ',', "documents");
    qc_buffer_byte(&page->out, '[');
    for (size_t i = 0; i < of->run->document_count; i++) {
        qc_buffer_string(&page->out, i ? ",\n" : "");
        qc_page_document(page, source, i);
        qc_buffer_byte(&page->out, '}');
    }
    qc_buffer_string(&page->out, "]}");
    qc_page_close(page);
}

bool qc_write_review(const qc_review *review, qcode_sink *sink, qcode_error *err)
{
    qc_page page = qc_page_init(sink, review->run->arena.memory);
    const qc_page_source from = {review->run, review->documents, review->segments, review->documents_length,
                                 review->segments_length};
    qc_page_run source;
    qc_put_page_head(&page.out, qc_page_title(review->books), &qc_review_style, &qc_review_script);
    qc_buffer_append(&page.out, qc_review_body.text, qc_review_body.length);
    bool done = qc_page_run_init(&source, &from, page.memory, err) &&
                (review->blind || qc_page_segments(&page, &source, err));
    if (done) {
        put_decisions(&page, review);
        put_about(&page, review, &source);
        done = qc_page_documents(&page, &source, &qc_review_script, err) &&
               (qc_put_page_end(&page.out) || qc_no_memory(err));
    }
    qc_sink_drain(sink, &page.out);
    qc_buffer_clear(&page.out);
    qc_page_run_clear(&source);
    return done;
}
