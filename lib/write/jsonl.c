/* Segments, documents and notes as lines of JSON. */
#include "write/writer.h"
#include "format/json.h"
#include "model/shown.h"
#include "model/transcript.h"

#include <inttypes.h>

/* ,"name": */
static void put_key(qc_buffer *out, const char *name)
{
    qc_buffer_byte(out, ',');
    qc_json_put_string(out, name);
    qc_buffer_byte(out, ':');
}

/* [12,40] */
static void put_span(qc_buffer *out, size_t start, size_t end)
{
    qc_buffer_byte(out, '[');
    qc_buffer_number(out, start);
    qc_buffer_byte(out, ',');
    qc_buffer_number(out, end);
    qc_buffer_byte(out, ']');
}

static void put_matches(qc_buffer *out, const qc_row *row)
{
    for (size_t i = 0; i < row->match_count; i++) {
        const qc_match *match = &row->matches[i];
        qc_buffer_string(out, i ? ",{\"rule\":" : "[{\"rule\":");
        qc_json_put_string(out, match->rule);
        qc_buffer_string(out, ",\"start\":");
        qc_buffer_number(out, match->start);
        qc_buffer_string(out, ",\"end\":");
        qc_buffer_number(out, match->end);
        qc_buffer_string(out, ",\"text\":");
        qc_json_put(out, row->words + match->text, match->length);
        qc_buffer_byte(out, '}');
    }
    qc_buffer_string(out, row->match_count ? "]" : "[]");
}

static void put_pieces(qc_buffer *out, const qc_row *row)
{
    for (size_t i = 0; i < row->piece_count; i++) {
        qc_buffer_byte(out, i ? ',' : '[');
        put_span(out, row->pieces[i].start, row->pieces[i].end);
    }
    qc_buffer_byte(out, ']');
}

/* {"own":0.512,...}: the parts that are not nothing. */
static void put_shares(qc_buffer *out, const qcode_segment *segment)
{
    char before = '{';
    for (int i = 0; i < QCODE_SHARES; i++) {
        if (!segment->shares[i])
            continue;
        qc_buffer_byte(out, before);
        qc_json_put_string(out, qcode_share_name((qcode_share)i));
        qc_buffer_byte(out, ':');
        qc_put_score(out, segment->shares[i]);
        before = ',';
    }
    qc_buffer_string(out, before == '{' ? "{}" : "}");
}

static void put_cell(qc_buffer *out, const qc_row *row, const qc_cell *cell)
{
    switch (cell->kind) {
    case QC_CELL_NONE: qc_buffer_string(out, "null"); break;
    case QC_CELL_TEXT: qc_json_put(out, cell->text, cell->length); break;
    case QC_CELL_NUMBER: qc_buffer_number(out, cell->number); break;
    case QC_CELL_MATCHES: put_matches(out, row); break;
    case QC_CELL_PIECES: put_pieces(out, row); break;
    case QC_CELL_SCORE: qc_put_score(out, row->segment->score); break;
    case QC_CELL_SHARES: put_shares(out, row->segment); break;
    }
}

bool qc_put_row_json(qc_buffer *out, const qc_row *row, const qc_layout *layout)
{
    for (size_t i = 0; i < layout->count; i++) {
        qc_column column = layout->columns ? layout->columns[i] : (qc_column)i;
        const qc_column_key *key = &qc_column_keys[column];
        if (i)
            qc_buffer_append(out, key->text, key->length);
        else
            qc_buffer_string(out, "{"), qc_buffer_append(out, key->text + 1, key->length - 1);
        put_cell(out, row, &row->cells[column]);
        for (size_t j = 0; column == QC_GROUP && j < row->attribute_count; j++) {
            put_key(out, row->attributes[j].name);
            qc_json_put_string(out, row->attributes[j].value);
        }
    }
    return qc_buffer_string(out, "}\n");
}

/* The next member of an object of attributes, with what opens or parts it. */
static void put_attribute(qc_buffer *out, size_t i, const qcode_attribute *attribute)
{
    qc_buffer_byte(out, i ? ',' : '{');
    qc_json_put_string(out, attribute->name);
    qc_buffer_byte(out, ':');
    qc_json_put_string(out, attribute->value);
}

static void put_own_attributes(qc_buffer *out, const qcode_transcript *talk)
{
    size_t count = qcode_transcript_attribute_count(talk);
    for (size_t i = 0; i < count; i++)
        put_attribute(out, i, qcode_transcript_attribute(talk, i));
    qc_buffer_string(out, count ? "}" : "{}");
}

static const char *role_name(const qcode_speaker *speaker)
{
    return speaker && speaker->role != QCODE_ROLE_NONE ? qcode_role_name(speaker->role) : NULL;
}

static void put_speaker(qc_buffer *out, const qcode_speaker *speaker, size_t turns)
{
    qc_buffer_string(out, "{\"name\":");
    qc_json_put_string(out, speaker->name);
    put_key(out, "role");
    qc_json_put_string(out, role_name(speaker));
    put_key(out, "case");
    qc_json_put_string(out, speaker->case_name);
    put_key(out, "attributes");
    for (size_t i = 0; i < speaker->attribute_count; i++)
        put_attribute(out, i, &speaker->attributes[i]);
    qc_buffer_string(out, speaker->attribute_count ? "}" : "{}");
    put_key(out, "turns");
    qc_buffer_number(out, turns);
    if (speaker->left_out || speaker->unquoted) {
        put_key(out, "withheld");
        qc_json_put_string(out, speaker->left_out ? "all" : "words");
    }
    qc_buffer_byte(out, '}');
}

/* Counts the turns of every speaker in one pass; `counts` has room for all. */
static bool put_speakers(qc_buffer *out, const qcode_transcript *talk)
{
    size_t count = qcode_transcript_speaker_count(talk);
    qc_buffer counts = qc_buffer_init(out->memory);
    if (count && !qc_buffer_reserve(&counts, count * sizeof(size_t))) {
        out->failed = true;
        return false;
    }
    size_t *turns = (void *)counts.data;
    if (count)
        memset(turns, 0, count * sizeof *turns);
    for (size_t i = 0; count && i < qcode_transcript_turn_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_turn(talk, i).speaker;
        if (speaker)
            turns[speaker - qcode_transcript_speaker(talk, 0)]++;
    }
    for (size_t i = 0; i < count; i++) {
        qc_buffer_byte(out, i ? ',' : '[');
        put_speaker(out, qcode_transcript_speaker(talk, i), turns[i]);
    }
    qc_buffer_clear(&counts);
    return qc_buffer_string(out, count ? "]" : "[]");
}

static void put_turn(qc_buffer *out, const qcode_turn *turn, qc_walker *walker)
{
    qc_buffer_string(out, "{\"number\":");
    qc_buffer_number(out, turn->number);
    qc_buffer_string(out, ",\"speaker\":");
    qc_json_put_string(out, turn->speaker ? turn->speaker->name : NULL);
    qc_buffer_string(out, ",\"role\":");
    qc_json_put_string(out, role_name(turn->speaker));
    qc_buffer_string(out, ",\"time\":");
    qc_buffer_string(out, turn->time_ms < 0 ? "null" : "\"");
    if (turn->time_ms >= 0) {
        qc_put_time(out, turn->time_ms);
        qc_buffer_byte(out, '"');
    }
    qc_buffer_string(out, ",\"question\":");
    if (turn->question)
        qc_buffer_number(out, turn->question);
    else
        qc_buffer_string(out, "null");
    qc_buffer_string(out, ",\"guide\":");
    if (turn->guide)
        qc_buffer_number(out, turn->guide);
    else
        qc_buffer_string(out, "null");
    qc_buffer_string(out, ",\"ranges\":");
    for (size_t i = 0; i < turn->range_count; i++) {
        qc_buffer_byte(out, i ? ',' : '[');
        size_t start = qc_walker_at(walker, turn->ranges[i].start).character;
        put_span(out, start, qc_walker_at(walker, turn->ranges[i].end).character);
    }
    qc_buffer_string(out, turn->range_count ? "]}" : "[]}");
}

bool qc_put_note(qc_buffer *out, const char *key, const char *name, const qcode_note *note)
{
    qc_buffer_string(out, "{\"kind\":");
    qc_json_put_string(out, qcode_note_kind_name(note->kind));
    if (key) {
        put_key(out, key);
        qc_json_put_string(out, name);
    }
    put_key(out, "line");
    qc_buffer_number(out, note->line);
    put_key(out, "column");
    qc_buffer_number(out, note->column);
    put_key(out, "text");
    qc_json_put_string(out, note->text);
    return qc_buffer_byte(out, '}');
}

static void put_text(qc_buffer *out, const qcode_transcript *talk)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    qc_buffer shown = qc_buffer_init(out->memory);
    if (qcode_may_quote(talk, NULL)) /* nothing is withheld */
        qc_json_put(out, text, length);
    else if (qc_put_shown_text(&shown, talk))
        qc_json_put(out, shown.data, shown.length);
    out->failed |= shown.failed;
    qc_buffer_clear(&shown);
}

/* The notes on this document; where a file holds several, those on the file are with the first. */
static void put_notes(qc_buffer *out, const qcode_transcript *talk, const qcode_notes *notes)
{
    char before = '[';
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        if (!qc_transcript_has_note(talk, qcode_notes_at(notes, i)->source))
            continue;
        qc_buffer_byte(out, before);
        qc_put_note(out, NULL, NULL, qcode_notes_at(notes, i));
        before = ',';
    }
    qc_buffer_string(out, before == '[' ? "[]" : "]");
}

bool qc_put_document(qc_buffer *out, const qcode_transcript *talk, const qcode_notes *notes)
{
    size_t length, turns = qcode_transcript_turn_count(talk);
    const char *text = qcode_transcript_text(talk, &length);
    qc_buffer_string(out, "{\"document\":");
    qc_json_put_string(out, qcode_transcript_name(talk));
    put_key(out, "sha256");
    qc_json_put_string(out, qcode_transcript_hash(talk));
    put_key(out, "format");
    qc_json_put_string(out, qcode_transcript_format(talk));
    put_key(out, "layout");
    qc_json_put_string(out, qcode_transcript_layout(talk));
    put_key(out, "encoding");
    qc_json_put_string(out, qcode_transcript_encoding(talk));
    put_key(out, "attributes");
    put_own_attributes(out, talk);
    put_key(out, "speakers");
    put_speakers(out, talk);
    put_key(out, "turns");
    qc_walker walker = qc_walker_init(text, length);
    for (size_t i = 0; i < turns; i++) {
        qc_buffer_byte(out, i ? ',' : '[');
        const qcode_turn turn = qcode_transcript_turn(talk, i);
        put_turn(out, &turn, &walker);
    }
    qc_buffer_string(out, turns ? "]" : "[]");
    put_key(out, "notes");
    put_notes(out, talk, notes);
    put_key(out, "text");
    put_text(out, talk);
    return qc_buffer_string(out, "}\n");
}
