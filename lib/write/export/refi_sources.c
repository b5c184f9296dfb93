/* Transcripts as sources of REFI-QDA: each its text, and a selection for each segment. */
#include "base/utf8.h"
#include "model/decisions.h"
#include "write/export/passages.h"
#include "write/export/refi.h"

#include <stdio.h>

enum { LONGEST_NAME = 100 }; /* code points of a passage that name its selection */

/* The source that is being written. */
typedef struct source {
    qc_refi *refi;
    const qcode_transcript *talk;
    qc_shown_document shown; /* its text */
} source;

qc_guid qc_refi_source_guid(const qcode_transcript *talk)
{
    return qc_guid_of("source", qcode_transcript_name(talk));
}

/* Where each code point of the shown text stands as the dialect counts. */
static bool number_units(source *s)
{
    qc_refi *refi = s->refi;
    uint32_t unit = 0;
    refi->units.length = 0;
    for (size_t at = 0; at < s->shown.text.length;) {
        qc_buffer_append(&refi->units, &unit, sizeof unit);
        uint32_t point = qc_utf8_next(s->shown.text.data, s->shown.text.length, &at);
        unit += (refi->as->utf16 && point > 0xFFFF) || (refi->as->crlf && point == '\n') ? 2 : 1;
    }
    return qc_buffer_append(&refi->units, &unit, sizeof unit);
}

static size_t unit_at(const source *s, size_t point)
{
    const uint32_t *units = (const void *)s->refi->units.data;
    return units[point < s->shown.count ? point : s->shown.count];
}

/* The first words of a passage, on one line. */
static void put_name(source *s, size_t start, size_t end)
{
    qcode_span span = qc_shown_span(&s->shown, start, end - start > LONGEST_NAME ? start + LONGEST_NAME : end);
    qc_buffer name = qc_buffer_init(s->refi->from->memory);
    qc_buffer_append(&name, s->shown.text.data + span.start, span.end - span.start);
    for (size_t i = 0; i < name.length; i++)
        name.data[i] = name.data[i] == '\n' || name.data[i] == '\t' ? ' ' : name.data[i];
    const char *text = qc_buffer_text(&name);
    s->refi->xml.out.failed |= !text;
    qc_refi_attribute(&s->refi->xml, "name", text ? text : "");
    qc_buffer_clear(&name);
}

static void open_selection(source *s, qc_guid guid, size_t start, size_t end, const char *by, const char *on)
{
    qc_refi_put(&s->refi->xml, "<PlainTextSelection");
    qc_refi_attribute(&s->refi->xml, "guid", guid.text);
    put_name(s, start, end);
    qc_buffer_print(&s->refi->xml.out, " startPosition=\"%zu\" endPosition=\"%zu\"", unit_at(s, start),
                    unit_at(s, end));
    qc_refi_made(s->refi, by, on);
    qc_refi_put(&s->refi->xml, ">\n");
}

/* Memos on the passage that bear the segment's code. */
static void put_notes_of(source *s, const qc_viewed *seen)
{
    const qcode_decisions *decisions = s->refi->from->job->decisions;
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        if (!qc_refi_takes(s->refi, memo) || memo->span.start != seen->line->start || memo->span.end != seen->line->end ||
            strcmp(memo->document, seen->line->document) != 0 || strcmp(memo->code, seen->line->code) != 0)
            continue;
        qc_refi_note_ref(s->refi, i);
    }
}

static void put_segment(source *s, const qc_viewed *seen)
{
    const qc_run_segment *line = seen->line;
    qc_refi_xml *xml = &s->refi->xml;
    const char *on = qc_is_moment(line->decided_on) ? line->decided_on : "";
    qc_guid guid = qc_guid_of_passage("selection", line->document, line->start, line->end, line->code, line->coder);
    open_selection(s, guid, line->start, line->end, line->coder, on);
    qc_refi_element(xml, "Description", line->reason);
    qc_refi_put(xml, "<Coding");
    qc_guid coding = qc_guid_of_passage("coding", line->document, line->start, line->end, line->code, line->coder);
    qc_refi_attribute(xml, "guid", coding.text);
    qc_refi_made(s->refi, line->coder, on);
    qc_refi_put(xml, "><CodeRef");
    qc_refi_attribute(xml, "targetGUID", qc_refi_code_guid(qc_view_code(s->refi->from->view, seen->code)).text);
    qc_refi_put(xml, "/>");
    put_notes_of(s, seen);
    qc_refi_put(xml, "</Coding>\n</PlainTextSelection>\n");
}

/* The passages of a document, [first, end) of the view's segments: one selection for each span, code and coder. */
static void put_segments(source *s, size_t first, size_t end)
{
    const qc_viewed *all = s->refi->from->view->segments;
    qc_losses *losses = s->refi->from->losses;
    for (size_t i = first; i < end; i++) {
        const qc_run_segment *line = all[i].line;
        bool again = false;
        for (size_t k = i; !again && k-- > first && all[k].code == all[i].code && all[k].line->start == line->start &&
                           all[k].line->end == line->end;)
            again = strcmp(all[k].line->coder, line->coder) == 0;
        qc_lose(losses, "segments that are another's of the same coder again", again, line->id);
        if (again)
            continue;
        put_segment(s, &all[i]);
        qc_lose(losses, "segments of several pieces, written as one passage from the first to the last",
                all[i].piece_count > 1, line->id);
        qc_lose(losses, "segments by rules: which rules gave them", strcmp(line->origin, "rule") == 0, line->id);
        qc_lose(losses, "segments that rest on more than the speaker's own words: on what",
                all[i].basis != QCODE_BASIS_OWN, line->id);
        qc_lose(losses, "segments whose words are negated, hypothetical or the like: that they are",
                *line->status && strcmp(line->status, "asserted") != 0, line->id);
        qc_lose(losses, "segments that a person judged: how", all[i].state != QCODE_STATE_PROPOSED, line->id);
    }
}

/* Memos on the document as a whole. */
static void put_document_notes(source *s)
{
    const qcode_decisions *decisions = s->refi->from->job->decisions;
    const char *name = qcode_transcript_name(s->talk);
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        if (qc_refi_takes(s->refi, memo) && !s->refi->placed[i] && strcmp(memo->document, name) == 0)
            qc_refi_note_ref(s->refi, i);
    }
}

/* Memos on passages that no segment of their code stands at. */
static void put_passages(source *s)
{
    const qcode_decisions *decisions = s->refi->from->job->decisions;
    const char *name = qcode_transcript_name(s->talk);
    for (size_t i = 0; decisions && i < qcode_decisions_count(decisions); i++) {
        const qcode_decision *memo = qcode_decisions_at(decisions, i);
        char which[32];
        if (!qc_refi_takes(s->refi, memo) || s->refi->placed[i] || strcmp(memo->document, name) != 0 ||
            memo->span.start >= memo->span.end || memo->span.end > s->shown.count)
            continue;
        snprintf(which, sizeof which, "%zu", i);
        open_selection(s, qc_guid_of_passage("memo", name, memo->span.start, memo->span.end, which, memo->by),
                       memo->span.start, memo->span.end, memo->by, memo->on);
        qc_refi_note_ref(s->refi, i);
        qc_refi_put(&s->refi->xml, "</PlainTextSelection>\n");
    }
}

static bool has_respondent(const qc_view *view, size_t document)
{
    const qcode_transcript *talk = view->talks[document];
    for (size_t i = 0; i < qcode_transcript_speaker_count(talk); i++)
        if (qc_view_respondent(view, document, qcode_transcript_speaker(talk, i)) != QC_NOBODY ||
            qcode_transcript_speaker(talk, i)->left_out)
            return true;
    return false;
}

/* What speakers and turns say of themselves is in the text alone. */
static void lose_turns(source *s)
{
    qc_losses *losses = s->refi->from->losses;
    size_t turns = qcode_transcript_turn_count(s->talk), times = 0;
    for (size_t i = 0; i < turns; i++)
        times += qcode_transcript_turn(s->talk, i).time_ms >= 0;
    if (qcode_transcript_speaker_count(s->talk))
        qc_lose(losses, "turns: who speaks in them, but for what the text says", turns, qcode_transcript_name(s->talk));
    qc_lose(losses, "times of turns, but for what the text says", times, qcode_transcript_name(s->talk));
}

static void put_source(source *s, size_t document, size_t first, size_t end)
{
    qc_refi *refi = s->refi;
    const char *name = qcode_transcript_name(s->talk);
    qc_refi_put(&refi->xml, "<TextSource");
    qc_refi_attribute(&refi->xml, "guid", qc_refi_source_guid(s->talk).text);
    qc_refi_attribute(&refi->xml, "name", name);
    qc_refi_put_text(refi, qc_guid_of("text", name), s->shown.text.data, s->shown.text.length);
    qc_refi_made(refi, "", "");
    qc_refi_put(&refi->xml, ">\n");
    put_segments(s, first, end);
    put_passages(s);
    put_document_notes(s);
    if (!has_respondent(refi->from->view, document)) /* else they are the respondents' */
        qc_refi_values(refi, s->talk, NULL);
    qc_refi_put(&refi->xml, "</TextSource>\n");
    lose_turns(s);
}

bool qc_refi_sources(qc_refi *refi)
{
    const qc_view *view = refi->from->view;
    source s = {.refi = refi, .shown = qc_shown_init(refi->from->memory)};
    size_t at = 0, sources = 0;
    bool done = true;
    for (size_t i = 0; done && i < view->talk_count; i++) {
        size_t first = at;
        while (at < view->segment_count && view->segments[at].document == i)
            at++;
        if (!view->talk_in_view[i])
            continue;
        qc_refi_put(&refi->xml, sources++ ? "" : "<Sources>\n");
        s.talk = view->talks[i];
        done = qc_shown_go_to(&s.shown, s.talk) && number_units(&s);
        if (done)
            put_source(&s, i, first, at);
    }
    qc_refi_put(&refi->xml, sources ? "</Sources>\n" : "");
    qc_shown_clear(&s.shown);
    return done;
}
