/* Why a line of a transcript got its codes, and why not others: what matched, what each part weighed, what was compared. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/points.h"
#include "base/sink.h"
#include "match/evidence.h"
#include "model/books.h"
#include "model/codings.h"
#include "model/shown.h"
#include "read/run.h"
#include "write/writer.h"
#include <qcode/coders.h>
#include <qcode/job.h>

typedef struct explainer {
    const qcode_codebook *book;
    const qcode_transcript *talk;
    bool all;             /* also codes far below their thresholds */
    qcode_span line;      /* bytes of the text */
    qc_question question; /* the last */
    qc_opening opening;
    qc_buffer beliefs; /* int64_t for each code: what the answer began with */
    qc_buffer out;
    size_t shown; /* sentences, or segments */
} explainer;

static bool on_line(const explainer *e, qcode_span span)
{
    return span.start < e->line.end && span.end > e->line.start;
}

/* The words of a span as they may be shown, in quotes. */
static void put_words(explainer *e, qcode_span span)
{
    qc_buffer_byte(&e->out, '"');
    qc_put_shown(&e->out, e->talk, &span, 1);
    qc_buffer_byte(&e->out, '"');
}

static void put_turn(explainer *e, size_t number)
{
    const qcode_speaker *speaker = qcode_transcript_turn(e->talk, number - 1).speaker;
    qc_buffer_print(&e->out, "turn %zu", number);
    if (speaker)
        qc_buffer_print(&e->out, ", %s (%s)", speaker->name, qcode_role_name(speaker->role));
    qc_buffer_byte(&e->out, '\n');
}

static void put_weight(explainer *e, const qcode_rule *rule)
{
    qc_buffer_byte(&e->out, ' ');
    qc_put_millionths(&e->out, rule->weight, 0);
    qc_buffer_string(&e->out, rule->weak ? " weak" : rule->echoes ? " echo" : "");
}

static void put_hits(explainer *e, const qcode_hit *hits, size_t count, const qcode_code *code)
{
    for (size_t i = 0; i < count; i++) {
        if (hits[i].rule->code != code)
            continue;
        qc_buffer_print(&e->out, "    %s ", qcode_rule_id(hits[i].rule));
        put_words(e, hits[i].span);
        if (e->book->weighed)
            put_weight(e, hits[i].rule);
        qc_buffer_byte(&e->out, '\n');
    }
}

/* --- weighed evidence --- */

static const char *opening_name(qc_opening opening)
{
    static const char *const names[] = {"a follow-up", "a new topic", "a new topic that no code knows",
                                        "a new topic that is none of the codes'"};
    return names[opening];
}

static bool hear_question(void *user, const qc_question *question, qc_opening opening, const qc_belief *belief)
{
    explainer *e = user;
    e->question = *question;
    e->opening = opening;
    e->beliefs.length = 0;
    for (size_t c = 0; c < e->book->count; c++) {
        int64_t all = belief[c].asked + belief[c].carried;
        qc_buffer_append(&e->beliefs, &all, sizeof all);
    }
    return !e->beliefs.failed;
}

static void put_question(explainer *e)
{
    const int64_t *beliefs = (const int64_t *)(const void *)e->beliefs.data;
    if (!e->question.turn)
        return;
    qc_buffer_print(&e->out, "  question: turn %zu, %s;", e->question.turn, opening_name(e->opening));
    size_t named = 0;
    for (size_t c = 0; c < e->beliefs.length / sizeof *beliefs; c++) {
        if (qc_to_thousandths(beliefs[c]) == 0)
            continue;
        qc_buffer_print(&e->out, "%s %s ", named++ ? "," : " the answer begins with", e->book->codes[c].id);
        qc_put_score(&e->out, (int32_t)qc_to_thousandths(beliefs[c]));
    }
    qc_buffer_string(&e->out, named ? "\n" : " the answer begins with nothing\n");
}

static void put_number(explainer *e, const char *name, int32_t number)
{
    qc_buffer_print(&e->out, "    %-16s", name);
    if (number >= 0)
        qc_buffer_byte(&e->out, ' ');
    qc_put_score(&e->out, number);
}

static void put_verdict(explainer *e, const qc_score *s)
{
    put_number(e, "threshold", s->threshold);
    qc_buffer_string(&e->out, s->excess < 0 ? "  not reached\n" : "  reached\n");
    if (s->excess < 0)
        return;
    put_number(e, "behind the best", s->behind);
    qc_buffer_string(&e->out, s->behind > s->margin ? "  more than the margin of " : "  within the margin of ");
    qc_put_score(&e->out, s->margin);
    qc_buffer_byte(&e->out, '\n');
}

static const char *verdict_name(const qc_score *s)
{
    static const char *const names[] = {"coded", "not coded: below its threshold", "not coded: too far behind the best code",
                                        "not coded: enough codes stand before it", "not coded: the sentence says nothing",
                                        "not coded: no words of its own"};
    return names[s->verdict];
}

/* Whether a code has words in the sentence, or comes near its threshold; a code that is given does. */
static bool is_of_interest(const explainer *e, const qc_score *s, const qcode_hit *hits, size_t count,
                           const qcode_code *code)
{
    bool is = e->all || s->score * 2 >= s->threshold;
    for (size_t i = 0; !is && i < count; i++)
        is = hits[i].rule->code == code;
    return is;
}

static void put_score_of(explainer *e, const qcode_code *code, const qc_score *s, const qcode_hit *hits, size_t count)
{
    qc_buffer_print(&e->out, "  %s: %s", code->id, verdict_name(s));
    if (s->verdict == QC_VERDICT_CODED)
        qc_buffer_print(&e->out, ", basis %s", qcode_basis_name(qc_score_basis(s)));
    qc_buffer_byte(&e->out, '\n');
    put_hits(e, hits, count, code);
    for (int i = 0; i < QCODE_SHARES; i++)
        if (s->shares[i]) {
            put_number(e, qcode_share_name((qcode_share)i), s->shares[i]);
            qc_buffer_byte(&e->out, '\n');
        }
    put_number(e, "score", s->score);
    qc_buffer_byte(&e->out, '\n');
    put_verdict(e, s);
}

/* An aspect weighs nothing: it comes with its parent, or not. */
static bool put_aspect(explainer *e, const qcode_code *code, const qc_score *s, const qcode_hit *hits, size_t count)
{
    if (!code->aspect || !(s->found || e->all))
        return code->aspect;
    bool coded = s->verdict == QC_VERDICT_CODED;
    qc_buffer_print(&e->out, "  %s: %s%s%s\n", code->id, coded ? "coded, an aspect of " : "not coded: ",
                    s->verdict == QC_VERDICT_ABSENT ? "no words of its own" : code->parent->id,
                    coded || s->verdict == QC_VERDICT_ABSENT ? "" : " is not");
    put_hits(e, hits, count, code);
    return true;
}

static bool see_decision(void *user, size_t turn, qcode_span sentence, const qc_said *said, const qc_score *scores,
                         const qcode_hit *hits, size_t hit_count)
{
    explainer *e = user;
    (void)said;
    if (!on_line(e, sentence))
        return true;
    qc_buffer_string(&e->out, e->shown++ ? "\n" : "");
    put_turn(e, turn);
    qc_buffer_string(&e->out, "  ");
    put_words(e, sentence);
    qc_buffer_byte(&e->out, '\n');
    put_question(e);
    size_t others = 0;
    for (size_t c = 0; c < e->book->count; c++)
        if (put_aspect(e, &e->book->codes[c], &scores[c], hits, hit_count))
            continue;
        else if (is_of_interest(e, &scores[c], hits, hit_count, &e->book->codes[c]))
            put_score_of(e, &e->book->codes[c], &scores[c], hits, hit_count);
        else
            others++;
    if (others)
        qc_buffer_print(&e->out, "  not coded, at less than half of their thresholds: %zu code%s\n", others,
                        others == 1 ? "" : "s");
    return !e->out.failed;
}

/* --- rules that match or do not --- */

static void put_segments(explainer *e, const qcode_codings *codings)
{
    for (size_t i = 0; i < qcode_codings_count(codings); i++) {
        const qcode_segment *segment = qcode_codings_at(codings, i);
        if (!on_line(e, segment->span))
            continue;
        qc_buffer_string(&e->out, e->shown++ ? "\n" : "");
        put_turn(e, segment->turn);
        qc_buffer_string(&e->out, "  ");
        qc_buffer_byte(&e->out, '"');
        qc_put_shown(&e->out, e->talk, segment->pieces, segment->piece_count);
        qc_buffer_print(&e->out, "\"\n  %s: coded\n", qcode_code_id(segment->code));
        put_hits(e, segment->hits, segment->hit_count, segment->code);
    }
}

static void put_vetoed(explainer *e, const qcode_codings *codings)
{
    size_t count = 0;
    for (size_t i = 0; i < qcode_codings_vetoed_count(codings); i++) {
        const qcode_hit *hit = qcode_codings_vetoed(codings, i);
        if (!on_line(e, hit->span))
            continue;
        qc_buffer_string(&e->out, count++ ? "" : "taken back by \"unless\":\n");
        qc_buffer_print(&e->out, "    %s ", qcode_rule_id(hit->rule));
        put_words(e, hit->span);
        qc_buffer_byte(&e->out, '\n');
    }
    e->shown += count;
}

/* --- the line --- */

/* Where a line stands, without its end. False when there is none of this number. */
static bool find_line(const qcode_transcript *talk, size_t number, qcode_span *line)
{
    size_t length;
    const char *text = qcode_transcript_text(talk, &length), *at = text, *end = text + length;
    for (size_t i = 1; at && i < number; i++)
        at = (at = memchr(at, '\n', (size_t)(end - at))) ? at + 1 : NULL;
    if (!at || at == end || !number)
        return false;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *line = (qcode_span){(size_t)(at - text), (size_t)((stop ? stop : end) - text)};
    return true;
}

static bool explain_talk(explainer *e, qcode_matcher *matcher, qcode_error *err)
{
    const qc_witness witness = {e, hear_question, see_decision};
    qc_matcher_watch(matcher, e->book->weighed ? &witness : NULL);
    qcode_codings *codings = qcode_match(matcher, e->talk, err);
    qc_matcher_watch(matcher, NULL);
    if (!codings)
        return false;
    if (!e->book->weighed)
        put_segments(e, codings);
    put_vetoed(e, codings);
    qcode_codings_free(codings);
    return !e->out.failed || qc_no_memory(err);
}

/* What one codebook makes of the place. */
static bool explain_by(explainer *e, const qcode_codebook *book, const qcode_match_options *match,
                       const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    qcode_rules *rules = qcode_rules_new(book, match, memory, notes, err);
    qcode_matcher *matcher = rules ? qcode_matcher_new(rules, memory, err) : NULL;
    e->book = book;
    e->question = (qc_question){0};
    e->beliefs.length = 0;
    bool done = matcher && explain_talk(e, matcher, err);
    qcode_matcher_free(matcher);
    qcode_rules_free(rules);
    return done;
}

/* Several codebooks speak one behind the other, each under its name; one that has nothing to say is not named. */
static bool explain_by_each(explainer *e, const qcode_explain_job *job, const qcode_memory *memory, qcode_notes *notes,
                            qcode_error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < job->codebooks.count; i++) {
        size_t before = e->out.length, shown = e->shown;
        if (job->codebooks.count > 1)
            qc_buffer_print(&e->out, "%scodebook %s\n", shown ? "\n" : "", job->codebooks.at[i]->source);
        e->shown = job->codebooks.count > 1 ? 0 : shown; /* no empty line under the name */
        done = explain_by(e, job->codebooks.at[i], &job->match, memory, notes, err);
        e->out.length = e->shown ? e->out.length : before;
        e->shown = job->codebooks.count > 1 ? shown + e->shown : e->shown;
    }
    return done;
}

static bool explain_line(explainer *e, const qcode_explain_job *job, const qcode_memory *memory, qcode_notes *notes,
                         qcode_error *err)
{
    qcode_transcript *first = qcode_read_transcript(job->path, &job->read, memory, notes, err);
    bool done = first != NULL, found = false;
    for (const qcode_transcript *talk = first; done && talk; talk = qcode_transcript_next(talk)) {
        e->talk = talk;
        if (!find_line(talk, job->line, &e->line))
            continue;
        found = true;
        done = explain_by_each(e, job, memory, notes, err);
    }
    if (done && !found)
        done = qc_fail(err, QCODE_INVALID, job->path, 0, 0, "there is no line %zu", job->line);
    qcode_transcript_free(first);
    return done;
}

/* --- a segment of a run's folder --- */

/* The segment whose id begins so; NULL, and an error, when there is none or more than one. */
static const qc_run_segment *find_segment(const qc_run *run, const char *folder, const char *id, qcode_error *err)
{
    const qc_run_segment *found = NULL;
    size_t length = strlen(id), count = 0;
    for (size_t i = 0; length && i < run->segment_count; i++) {
        const qc_run_segment *segment = &run->segments[i];
        if (strcmp(segment->id, id) == 0)
            return segment;
        if (strncmp(segment->id, id, length) == 0 && !count++)
            found = segment;
    }
    if (count > 1)
        qc_fail(err, QCODE_USAGE, folder, 0, 0, "%zu segments have ids that begin with \"%.40s\"", count, id);
    else if (!found)
        qc_fail(err, QCODE_USAGE, folder, 0, 0, "there is no segment \"%.40s\"", id);
    return count == 1 ? found : NULL;
}

static const qcode_transcript *find_talk(const qcode_talks *talks, const char *name)
{
    size_t count;
    const qcode_transcript *const *list = qcode_talks_all(talks, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(qcode_transcript_name(list[i]), name) == 0)
            return list[i];
    return NULL;
}

/* The segment's place and code, and what the codebook that has the code makes of the place now. */
static bool explain_found(explainer *e, const qc_run_segment *segment, qcode_codebooks books,
                          const qcode_explain_job *job, const qcode_memory *memory, qcode_notes *notes, qcode_error *err)
{
    const qcode_code *code = qc_books_find(books, segment->code);
    size_t length;
    if (!code || !e->talk)
        return qc_fail(err, QCODE_INVALID, job->folder, 0, 0, "the folder has no %s \"%.80s\" for this segment",
                       code ? "document" : "code", code ? segment->document : segment->code);
    const char *text = qcode_transcript_text(e->talk, &length);
    qc_points points = qc_points_init(text, length, memory);
    e->line = (qcode_span){qc_points_byte(&points, segment->start), qc_points_byte(&points, segment->end)};
    bool done = !points.marks.failed || qc_no_memory(err);
    qc_points_clear(&points);
    qc_buffer_print(&e->out, "%s: %s, line %zu: %s", segment->id, segment->document, segment->line, segment->code);
    if (*segment->origin && strcmp(segment->origin, "rule") != 0)
        qc_buffer_print(&e->out, ", by %s", *segment->coder ? segment->coder : segment->origin);
    qc_buffer_string(&e->out, "\n\n");
    return done && explain_by(e, code->book, &job->match, memory, notes, err);
}

static bool explain_segment(explainer *e, const qcode_explain_job *job, const qcode_memory *memory, qcode_notes *notes,
                            qcode_error *err)
{
    qc_run_books books = {.count = 0};
    qcode_talks *talks = NULL;
    qc_run *run = qc_read_whole_run(job->folder, memory, err);
    const qc_run_segment *segment = run ? find_segment(run, job->folder, job->segment, err) : NULL;
    bool done = segment && qc_read_run_books(run, job->folder, memory, &books, notes, err) &&
                (talks = qcode_talks_of_run(job->folder, memory, err));
    if (done) {
        e->talk = find_talk(talks, segment->document);
        done = explain_found(e, segment, (qcode_codebooks){books.at, books.count}, job, memory, notes, err);
    }
    qcode_talks_free(talks);
    qc_run_books_clear(&books);
    qc_run_free(run);
    return done;
}

bool qcode_explain(const qcode_explain_job *job, const qcode_memory *memory, bool *found, qcode_notes *notes,
                   qcode_error *err)
{
    explainer e = {.all = job->all, .out = qc_buffer_init(memory), .beliefs = qc_buffer_init(memory)};
    bool done = job->folder ? explain_segment(&e, job, memory, notes, err) : explain_line(&e, job, memory, notes, err);
    *found = e.shown;
    if (done) {
        qc_sink_drain(job->out, &e.out);
        done = qcode_sink_finish(job->out, err);
    }
    qc_buffer_clear(&e.beliefs);
    qc_buffer_clear(&e.out);
    return done;
}
