/* The row of a segment: everything every output says about it, worked out once. */
#include "write/writer.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "model/codebook.h"
#include "model/evidence.h"
#include "model/reading.h"
#include "model/shown.h"

#include <stdio.h>

#define COLUMNS(X) \
    X(QC_DOCUMENT, "document") X(QC_CODE, "code") X(QC_START, "start") X(QC_END, "end") X(QC_LINE, "line") \
    X(QC_TURN, "turn") X(QC_TIME, "time") X(QC_SPEAKER, "speaker") X(QC_ROLE, "role") X(QC_GROUP, "group") \
    X(QC_TEXT, "text") X(QC_QUESTION, "question") X(QC_GUIDE, "guide") X(QC_ID, "id") X(QC_MATCHES, "matches") \
    X(QC_PIECES, "pieces") X(QC_SCORE, "score") X(QC_SHARES, "shares") X(QC_BASIS, "basis") \
    X(QC_STATUS, "status") X(QC_CODER, "coder") X(QC_ORIGIN, "origin") X(QC_STATE, "state") \
    X(QC_DECIDED_BY, "decided_by") X(QC_DECIDED_ON, "decided_on") X(QC_REASON, "reason") \
    X(QC_CODEBOOK, "codebook") X(QC_CASE, "case")
#define NAME(column, name) [column] = name,
#define KEY(column, name) [column] = {",\"" name "\":", sizeof ",\"" name "\":" - 1},

const char *const qc_column_names[QC_COLUMNS] = {COLUMNS(NAME)};
const qc_column_key qc_column_keys[QC_COLUMNS] = {COLUMNS(KEY)};

const qc_layout qc_segment_layout = {.count = QC_SEGMENT_COLUMNS};

static const qc_column turn_columns[] = {QC_DOCUMENT, QC_TURN,     QC_SPEAKER, QC_ROLE, QC_TIME,
                                         QC_QUESTION, QC_GUIDE, QC_TEXT, QC_CASE, QC_GROUP};
const qc_layout qc_turn_layout = {turn_columns, sizeof turn_columns / sizeof *turn_columns, false};

static qc_cell text_cell(const char *text, size_t length)
{
    return (qc_cell){.kind = QC_CELL_TEXT, .text = text, .length = length};
}

/* An empty string says nothing: no cell. */
static qc_cell string_cell(const char *text)
{
    return text && *text ? text_cell(text, strlen(text)) : (qc_cell){.kind = QC_CELL_NONE};
}

static qc_cell number_cell(size_t number)
{
    return (qc_cell){.kind = QC_CELL_NUMBER, .number = number};
}

void qc_rows_init(qc_rows *rows, const char *coder, const qcode_memory *memory)
{
    *rows = (qc_rows){.coder = coder};
    qc_buffer *const buffers[] = {&rows->text,   &rows->words,   &rows->question_text, &rows->matches,
                                  &rows->pieces, &rows->clipped, &rows->attributes, &rows->codebook,
                                  &rows->id_bytes};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        *buffers[i] = qc_buffer_init(memory);
}

void qc_rows_clear(qc_rows *rows)
{
    qc_buffer *const buffers[] = {&rows->text,   &rows->words,   &rows->question_text, &rows->matches,
                                  &rows->pieces, &rows->clipped, &rows->attributes, &rows->codebook,
                                  &rows->id_bytes};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        qc_buffer_clear(buffers[i]);
}

void qc_rows_begin_turns(qc_rows *rows, const qcode_transcript *talk)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length);
    rows->talk = talk;
    rows->codings = NULL;
    rows->at = 0;
    rows->walker = qc_walker_init(text, length);
    rows->has_speaker = false;
    rows->question = 0;
    rows->of_turn = (qc_row){.talk = talk};
    rows->failed = false;
}

bool qc_put_score(qc_buffer *out, int32_t score)
{
    return qc_put_millionths(out, score * QC_THOUSANDTH, 3);
}

void qc_rows_begin(qc_rows *rows, const qcode_codings *codings)
{
    qc_rows_begin_turns(rows, qcode_codings_transcript(codings));
    rows->codings = codings;
}

/* ":07": so many digits behind a mark. */
static bool put_digits(qc_buffer *out, char mark, uint64_t number, size_t count)
{
    char digits[4] = {mark};
    for (size_t i = count; i; number /= 10)
        digits[i--] = (char)('0' + number % 10);
    return qc_buffer_append(out, digits, count + 1);
}

bool qc_put_time(qc_buffer *out, int64_t milliseconds)
{
    uint64_t all = (uint64_t)milliseconds, hours = all / 3600000;
    if (hours < 10)
        qc_buffer_byte(out, '0');
    qc_buffer_number(out, hours);
    put_digits(out, ':', all / 60000 % 60, 2);
    put_digits(out, ':', all / 1000 % 60, 2);
    return put_digits(out, '.', all % 1000, 3);
}

bool qc_clip_pieces(qc_buffer *list, const qcode_span *pieces, size_t count, qcode_span window)
{
    size_t low = 0, high = count; /* the first piece that ends behind the window's start */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pieces[middle].end > window.start)
            high = middle;
        else
            low = middle + 1;
    }
    for (size_t i = low; i < count && pieces[i].start < window.end; i++) {
        qcode_span part = {pieces[i].start > window.start ? pieces[i].start : window.start,
                           pieces[i].end < window.end ? pieces[i].end : window.end};
        if (part.start < part.end)
            qc_buffer_append(list, &part, sizeof part);
    }
    return !list->failed;
}

static bool has_attribute(const qc_buffer *list, const char *name)
{
    const qcode_attribute *at = (const void *)list->data;
    for (size_t i = 0; i < list->length / sizeof *at; i++)
        if (strcmp(at[i].name, name) == 0)
            return true;
    return false;
}

static void list_attribute(qc_buffer *list, const qcode_transcript *talk, const qcode_speaker *speaker,
                           const char *name)
{
    const char *value = qcode_transcript_value(talk, speaker, name);
    qcode_attribute attribute = {name, value};
    if (value && strcmp(name, qc_column_names[QC_GROUP]) != 0 && !has_attribute(list, name))
        qc_buffer_append(list, &attribute, sizeof attribute);
}

bool qc_list_attributes(qc_buffer *list, const qcode_transcript *talk, const qcode_speaker *speaker)
{
    for (size_t i = 0; i < qcode_transcript_attribute_count(talk); i++)
        list_attribute(list, talk, speaker, qcode_transcript_attribute(talk, i)->name);
    for (size_t i = 0; speaker && i < speaker->attribute_count; i++)
        list_attribute(list, talk, speaker, speaker->attributes[i].name);
    return !list->failed;
}

/* The walker's copy goes on from the start of the segment, so that each segment costs no more than its own length. */
static size_t character(qc_walker *from, size_t byte)
{
    return qc_walker_at(from, byte).character;
}

static void make_matches(qc_rows *rows, const qcode_segment *segment)
{
    rows->words.length = rows->matches.length = 0;
    qc_walker starts = rows->walker;
    for (size_t i = 0; i < segment->hit_count; i++) {
        const qcode_hit *hit = &segment->hits[i];
        qc_match match = {.rule = qcode_rule_id(hit->rule), .text = rows->words.length};
        match.start = character(&starts, hit->span.start);
        qc_walker ends = starts;
        match.end = character(&ends, hit->span.end);
        rows->clipped.length = 0;
        if (qc_clip_pieces(&rows->clipped, segment->pieces, segment->piece_count, hit->span))
            qc_put_shown(&rows->words, rows->row.talk, (const void *)rows->clipped.data,
                         rows->clipped.length / sizeof(qcode_span));
        match.length = rows->words.length - match.text;
        qc_buffer_append(&rows->matches, &match, sizeof match);
    }
    rows->row.matches = (const void *)rows->matches.data;
    rows->row.match_count = segment->hit_count;
    rows->row.words = rows->words.data;
}

static bool is_whole(const qcode_segment *segment)
{
    return segment->piece_count == 1 && segment->pieces[0].start == segment->span.start &&
           segment->pieces[0].end == segment->span.end;
}

static void make_pieces(qc_rows *rows, const qcode_segment *segment)
{
    rows->pieces.length = 0;
    qc_walker walker = rows->walker;
    for (size_t i = 0; !is_whole(segment) && i < segment->piece_count; i++) {
        qcode_span piece = {.start = character(&walker, segment->pieces[i].start)};
        piece.end = character(&walker, segment->pieces[i].end);
        qc_buffer_append(&rows->pieces, &piece, sizeof piece);
    }
    rows->row.pieces = (const void *)rows->pieces.data;
    rows->row.piece_count = rows->pieces.length / sizeof(qcode_span);
}

static void make_speaker(qc_rows *rows, const qcode_speaker *speaker)
{
    qc_row *row = &rows->row;
    row->speaker = speaker;
    row->cells[QC_SPEAKER] = string_cell(speaker ? speaker->name : NULL);
    row->cells[QC_CASE] = string_cell(speaker ? speaker->case_name : NULL);
    row->cells[QC_ROLE] = string_cell(speaker ? qcode_role_name(speaker->role) : NULL);
    row->cells[QC_GROUP] = string_cell(qcode_transcript_value(row->talk, speaker, qc_column_names[QC_GROUP]));
    if (!rows->has_speaker || rows->speaker != speaker) {
        rows->attributes.length = 0;
        qc_list_attributes(&rows->attributes, row->talk, speaker);
        rows->speaker = speaker;
        rows->has_speaker = true;
    }
    row->attributes = (const void *)rows->attributes.data;
    row->attribute_count = rows->attributes.length / sizeof(qcode_attribute);
}

/* Cuts a long question at the end of a word: it is said again with each segment that answers it. */
static void shorten(qc_buffer *words)
{
    size_t end = 0;
    for (size_t i = 0; i < QC_LONGEST_QUESTION && end < words->length; i++)
        qc_utf8_next(words->data, words->length, &end);
    if (end == words->length)
        return;
    size_t space = end;
    while (space && words->data[space] != ' ')
        space--;
    words->length = space ? space : end;
    qc_buffer_string(words, "\xE2\x80\xA6");
}

static void make_question(qc_rows *rows, const qcode_turn *turn)
{
    if (turn->question && turn->question != rows->question) {
        const qcode_turn asked = qcode_transcript_turn(rows->row.talk, turn->question - 1);
        rows->question_text.length = rows->clipped.length = 0;
        if (qc_list_ranges(&rows->clipped, &asked))
            qc_put_shown(&rows->question_text, rows->row.talk, (const void *)rows->clipped.data, asked.range_count);
        shorten(&rows->question_text);
        rows->question = turn->question;
    }
    if (turn->question)
        rows->row.cells[QC_QUESTION] = text_cell(rows->question_text.data, rows->question_text.length);
}

void qc_segment_id(const char *document, const char *code, size_t start, size_t end, const char *coder, char id[65])
{
    char span[64];
    int length = snprintf(span, sizeof span, "%zu%c%zu", start, '\0', end);
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, document, strlen(document) + 1);
    qc_sha256_add(&hash, code, strlen(code) + 1);
    qc_sha256_add(&hash, span, (size_t)length + 1);
    qc_sha256_add(&hash, coder, strlen(coder));
    qc_sha256_hex(&hash, id);
    id[16] = '\0';
}

/* The same for a row, in one go. */
static void make_id(qc_rows *rows, const char *document, const char *code)
{
    const qc_cell *cells = rows->row.cells;
    qc_buffer *bytes = &rows->id_bytes;
    bytes->length = 0;
    qc_buffer_append(bytes, document, strlen(document) + 1);
    qc_buffer_append(bytes, code, strlen(code) + 1);
    qc_buffer_number(bytes, cells[QC_START].number);
    qc_buffer_byte(bytes, '\0');
    qc_buffer_number(bytes, cells[QC_END].number);
    qc_buffer_byte(bytes, '\0');
    qc_buffer_string(bytes, rows->coder);
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, bytes->data, bytes->length);
    qc_sha256_hex(&hash, rows->id);
    rows->row.cells[QC_ID] = text_cell(rows->id, 16);
}

/* What a turn says of itself and of every segment in it, but the words. Segments of one turn mostly follow each other. */
static void make_turn(qc_rows *rows, const qcode_turn *turn)
{
    qc_cell *cells = rows->row.cells;
    if (rows->of_turn.cells[QC_TURN].number == turn->number) {
        rows->row = rows->of_turn;
        return;
    }
    cells[QC_DOCUMENT] = string_cell(qcode_transcript_name(rows->talk));
    cells[QC_TURN] = number_cell(turn->number);
    if (turn->time_ms >= 0) {
        rows->text.length = 0;
        qc_put_time(&rows->text, turn->time_ms);
        snprintf(rows->time, sizeof rows->time, "%.*s", (int)rows->text.length,
                 rows->text.data ? rows->text.data : "");
        cells[QC_TIME] = string_cell(rows->time);
    }
    if (turn->guide)
        cells[QC_GUIDE] = number_cell(turn->guide);
    make_speaker(rows, turn->speaker);
    make_question(rows, turn);
    rows->of_turn = rows->row;
}

static void make_words(qc_rows *rows, const qcode_span *pieces, size_t count)
{
    rows->row.withheld = qc_withholds(rows->talk, pieces, count);
    rows->text.length = 0;
    qc_put_shown(&rows->text, rows->talk, pieces, count);
    rows->row.cells[QC_TEXT] = text_cell(rows->text.data, rows->text.length);
}

static void make_place(qc_rows *rows, const qcode_segment *segment)
{
    qc_cell *cells = rows->row.cells;
    qcode_place place = qc_walker_at(&rows->walker, segment->span.start);
    qc_walker ahead = rows->walker;
    cells[QC_START] = number_cell(place.character);
    cells[QC_END] = number_cell(character(&ahead, segment->span.end));
    cells[QC_LINE] = number_cell(place.line);
}

bool qc_put_codebook_version(qc_buffer *out, const qcode_codebook *book)
{
    const char *version = qcode_codebook_version(book);
    return qc_buffer_print(out, "%s%ssha256:%.12s", version, *version ? " " : "", qcode_codebook_hash(book));
}

static void make_codebook(qc_rows *rows, const qcode_codebook *book)
{
    if (book != rows->book) {
        rows->codebook.length = 0;
        qc_put_codebook_version(&rows->codebook, book);
        rows->book = book;
    }
    rows->row.cells[QC_CODEBOOK] = text_cell(rows->codebook.data, rows->codebook.length);
}

static void make_segment(qc_rows *rows)
{
    const qcode_segment *segment = qcode_codings_at(rows->codings, rows->at++);
    rows->row = (qc_row){.talk = rows->talk};
    qc_cell *cells = rows->row.cells;
    const qcode_turn turn = qcode_transcript_turn(rows->talk, segment->turn - 1);
    make_turn(rows, &turn);
    rows->row.segment = segment;
    cells[QC_CODE] = string_cell(qcode_code_id(segment->code));
    make_place(rows, segment);
    make_words(rows, segment->pieces, segment->piece_count);
    make_id(rows, qcode_transcript_name(rows->talk), qcode_code_id(segment->code));
    make_matches(rows, segment);
    make_pieces(rows, segment);
    cells[QC_STATUS] = string_cell(qc_claim_name(segment->claim));
    cells[QC_MATCHES].kind = QC_CELL_MATCHES;
    cells[QC_PIECES].kind = rows->row.piece_count ? QC_CELL_PIECES : QC_CELL_NONE;
    cells[QC_SCORE].kind = segment->weighed ? QC_CELL_SCORE : QC_CELL_NONE;
    cells[QC_SHARES].kind = segment->weighed ? QC_CELL_SHARES : QC_CELL_NONE;
    cells[QC_BASIS] = string_cell(qcode_basis_name(segment->basis));
    cells[QC_CODER] = string_cell(rows->coder);
    cells[QC_ORIGIN] = string_cell(segment->by_person ? "person" : "rule");
    cells[QC_STATE] = string_cell(qcode_state_name(segment->state));
    cells[QC_DECIDED_BY] = string_cell(segment->decided ? segment->decided->by : NULL);
    cells[QC_DECIDED_ON] = string_cell(segment->decided ? segment->decided->on : NULL);
    cells[QC_REASON] = string_cell(segment->decided ? segment->decided->reason : NULL);
    make_codebook(rows, segment->code->book);
}

static void make_whole_turn(qc_rows *rows)
{
    const qcode_turn turn = qcode_transcript_turn(rows->talk, rows->at++);
    rows->row = (qc_row){.talk = rows->talk};
    make_turn(rows, &turn);
    rows->clipped.length = 0;
    if (qc_list_ranges(&rows->clipped, &turn))
        make_words(rows, (const void *)rows->clipped.data, turn.range_count);
}

const qc_row *qc_rows_next(qc_rows *rows)
{
    size_t count = rows->codings ? qcode_codings_count(rows->codings) : qcode_transcript_turn_count(rows->talk);
    if (rows->failed || rows->at == count)
        return NULL;
    if (rows->codings)
        make_segment(rows);
    else
        make_whole_turn(rows);
    rows->failed = rows->text.failed || rows->words.failed || rows->question_text.failed || rows->matches.failed ||
                   rows->pieces.failed || rows->clipped.failed || rows->attributes.failed ||
                   rows->codebook.failed || rows->id_bytes.failed;
    return rows->failed ? NULL : &rows->row;
}
