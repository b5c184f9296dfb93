/* Keeping account of decisions, so that none is lost. */
#include "work/decided.h"
#include "base/error.h"
#include "write/decisions.h"

#include <stdlib.h>
#include <string.h>

static const char no_document[] = "document";

bool qc_decided_init(qc_decided *decided, const qcode_decisions *given, const qcode_memory *memory, qcode_error *err)
{
    *decided =
        (qc_decided){.given = given, .memory = memory, .lost = qc_buffer_init(memory), .left_out = qc_set_init(memory)};
    if (!given)
        return true;
    decided->kept = qcode_decisions_new(memory, err);
    decided->met = decided->kept ? qc_arena_take_array(&decided->kept->arena, qcode_decisions_count(given) + 1,
                                                       sizeof *decided->met)
                                 : NULL;
    return decided->met || qc_no_memory(err);
}

void qc_decided_clear(qc_decided *decided)
{
    qcode_decisions_free(decided->kept);
    qc_buffer_clear(&decided->lost);
    qc_set_clear(&decided->left_out);
}

/* The decision with its own copies of the words that were made anew; all else
 * lives with those that were given. */
static bool copy_words(qc_decided *decided, const qcode_decision *from, qcode_decision *to)
{
    const char **const strings[] = {&to->text, &to->before, &to->after, &to->was_text};
    bool done = true;
    *to = *from;
    for (size_t i = 0; done && i < sizeof strings / sizeof *strings; i++)
        done = (*strings[i] = qc_arena_string(&decided->kept->arena, *strings[i]));
    return done;
}

static bool lose(qc_decided *decided, const qcode_decision *decision, const char *why)
{
    const qc_lost_decision lost = {*decision, why};
    return qc_buffer_append(&decided->lost, &lost, sizeof lost);
}

static bool note_left_out(qc_decided *decided, const qcode_transcript *talk)
{
    bool done = true;
    for (size_t i = 0; done && i < qcode_transcript_speaker_count(talk); i++) {
        const qcode_speaker *speaker = qcode_transcript_speaker(talk, i);
        if (speaker->left_out && speaker->case_name)
            done = qc_set_add(&decided->left_out, speaker->case_name, strlen(speaker->case_name), NULL) != SIZE_MAX;
    }
    return done;
}

bool qc_decided_add(qc_decided *decided, const qcode_transcript *talk, const qc_judged *judged, size_t count)
{
    bool done = note_left_out(decided, talk);
    for (size_t i = 0; done && i < count; i++) {
        qcode_decision now;
        decided->met[judged[i].given - qcode_decisions_at(decided->given, 0)] = true;
        decided->moved += !judged[i].why && judged[i].now.span.start != judged[i].given->span.start;
        done = copy_words(decided, &judged[i].now, &now) &&
               (judged[i].why ? lose(decided, &now, judged[i].why) : qc_decisions_append(decided->kept, &now));
    }
    return done;
}

static int compare_lost(const void *a, const void *b)
{
    return qc_decision_compare(&((const qc_lost_decision *)a)->decision, &((const qc_lost_decision *)b)->decision);
}

bool qc_decided_end(qc_decided *decided)
{
    bool done = true;
    for (size_t i = 0; decided->given && done && i < qcode_decisions_count(decided->given); i++) {
        qcode_decision decision = *qcode_decisions_at(decided->given, i);
        const char *about = decision.respondent;
        if (decided->met[i])
            continue;
        if (*about && qc_set_find(&decided->left_out, about, strlen(about)) != SIZE_MAX) {
            decided->kept_back++;
        } else if (!*decision.document) {
            done = qc_decisions_append(decided->kept, &decision);
        } else { /* what may be shown of a document that is not here is not known */
            decision.text = decision.before = decision.after = decision.was_text = "";
            done = lose(decided, &decision, no_document);
        }
    }
    if (done && decided->kept)
        qc_decisions_settle(decided->kept);
    if (done && decided->lost.length)
        qsort(decided->lost.data, decided->lost.length / sizeof(qc_lost_decision), sizeof(qc_lost_decision),
              compare_lost);
    return done;
}

bool qc_decided_put(const qc_decided *decided, qc_buffer *kept, qc_buffer *lost)
{
    const qc_lost_decision *at = (const void *)decided->lost.data;
    for (size_t i = 0; i < qcode_decisions_count(decided->kept); i++)
        qc_put_decision(kept, qcode_decisions_at(decided->kept, i), NULL);
    for (size_t i = 0; i < decided->lost.length / sizeof *at; i++)
        qc_put_decision(lost, &at[i].decision, at[i].why);
    return !kept->failed && !lost->failed;
}

size_t qc_decided_unplaced(const qc_decided *decided)
{
    const qc_lost_decision *at = (const void *)decided->lost.data;
    size_t count = 0;
    for (size_t i = 0; i < decided->lost.length / sizeof *at; i++)
        count += at[i].why != no_document;
    return count;
}

/* Why, for people. */
static const char *why_of(const char *why)
{
    return strcmp(why, "code") == 0    ? "no codebook has the code"
           : strcmp(why, "words") == 0 ? "its words stand nowhere in the transcript"
                                       : "its words stand in several places of the transcript";
}

void qc_decided_tell(const qc_decided *decided, qcode_notes *notes)
{
    const qc_lost_decision *at = (const void *)decided->lost.data;
    size_t elsewhere = 0;
    for (size_t i = 0; i < decided->lost.length / sizeof *at; i++) {
        const qcode_decision *decision = &at[i].decision;
        elsewhere += at[i].why == no_document;
        if (at[i].why != no_document)
            qc_note(notes, QCODE_NOTE_SKIPPED, decision->document, 0, 0,
                    "%s of \"%s\" at %zu-%zu by %s could not be placed: %s", qcode_act_name(decision->act),
                    decision->code, decision->span.start, decision->span.end, decision->by, why_of(at[i].why));
    }
    if (elsewhere)
        qc_note(notes, QCODE_NOTE_SKIPPED, NULL, 0, 0, "%zu decision%s about documents that are not in this run",
                elsewhere, elsewhere == 1 ? " is" : "s are");
    if (decided->moved)
        qc_note(notes, QCODE_NOTE_REPLACED, NULL, 0, 0, "%zu decision%s moved with the words of corrected transcripts",
                decided->moved, decided->moved == 1 ? " was" : "s were");
    if (decided->kept_back)
        qc_note(notes, QCODE_NOTE_SKIPPED, NULL, 0, 0, "%zu memo%s about people whose words may not be used: left out",
                decided->kept_back, decided->kept_back == 1 ? " is" : "s are");
}
