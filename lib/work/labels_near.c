/* What respondents are called: cases, labels, public labels; groups and documents. */
#include "work/labels_near.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

static bool add(qc_names *names, const char *name, qc_called called)
{
    called.name = name;
    called.length = name ? strlen(name) : 0;
    return !called.length || qc_buffer_append(&names->list, &called, sizeof called);
}

/* The document's name without its ending, too. */
static bool add_document(qc_names *names, const char *name, size_t document)
{
    const qc_called called = {.respondent = QC_NOBODY, .document = document, .loose = true};
    const char *dot = strrchr(name, '.');
    char *bare = qc_arena_copy(&names->arena, name, dot ? (size_t)(dot - name) : strlen(name));
    return bare && add(names, name, called) && (!dot || add(names, bare, called));
}

static bool add_speaker(qc_names *names, const qc_view *view, size_t document, const qcode_speaker *speaker)
{
    const qcode_transcript *talk = view->talks[document];
    size_t who = qc_view_respondent(view, document, speaker);
    qc_called called = {.respondent = who, .document = document, .interviewer = who == QC_NOBODY};
    if (speaker->left_out)
        return true;
    if (!add(names, speaker->name, called) || who == QC_NOBODY)
        return !names->list.failed;
    bool done = add(names, speaker->case_name, called) &&
                add(names, qcode_transcript_value(talk, speaker, "public_label"), called);
    called.loose = true;
    return done && add(names, view->respondents[who].group, called);
}

static int longest_first(const void *a, const void *b)
{
    const qc_called *x = a, *y = b;
    if (x->length != y->length)
        return x->length > y->length ? -1 : 1;
    int order = memcmp(x->name, y->name, x->length);
    return order ? order : x->loose - y->loose;
}

bool qc_list_names(qc_names *names, const qc_view *view, const qcode_memory *memory)
{
    bool done = true;
    *names = (qc_names){qc_arena_init(memory), qc_buffer_init(memory)};
    for (size_t i = 0; done && i < view->talk_count; i++) {
        done = add_document(names, qcode_transcript_name(view->talks[i]), i);
        for (size_t k = 0; done && k < qcode_transcript_speaker_count(view->talks[i]); k++)
            done = add_speaker(names, view, i, qcode_transcript_speaker(view->talks[i], k));
    }
    if (done && names->list.length)
        qsort(names->list.data, names->list.length / sizeof(qc_called), sizeof(qc_called), longest_first);
    return done;
}

void qc_names_clear(qc_names *names)
{
    qc_arena_clear(&names->arena);
    qc_buffer_clear(&names->list);
}

const qc_called *qc_next_called(const qc_names *names, const char *text, size_t *at, size_t end, bool loose)
{
    const qc_called *list = (const void *)names->list.data;
    size_t count = names->list.length / sizeof *list;
    for (size_t from = *at; from < end; from++) {
        if (((unsigned char)text[from] & 0xC0) == 0x80 || !qc_word_edge_before(text, from))
            continue;
        for (size_t i = 0; i < count; i++) {
            const qc_called *called = &list[i];
            if ((called->loose && !loose) || (called->length < 2 && !loose) || end - from < called->length ||
                memcmp(text + from, called->name, called->length) != 0 ||
                !qc_word_edge_after(text, end, from + called->length))
                continue;
            *at = from + called->length;
            return called;
        }
    }
    *at = end;
    return NULL;
}

bool qc_can_mean(const qc_names *names, const qc_called *called, size_t document, size_t respondent)
{
    const qc_called *list = (const void *)names->list.data;
    size_t count = names->list.length / sizeof *list;
    for (size_t i = 0; i < count; i++) {
        const qc_called *other = &list[i];
        if (other->length != called->length || memcmp(other->name, called->name, other->length) != 0)
            continue;
        if (other->respondent != QC_NOBODY ? other->respondent == respondent
                                           : other->document == document &&
                                                 (!other->interviewer || respondent == QC_NOBODY))
            return true;
    }
    return false;
}
