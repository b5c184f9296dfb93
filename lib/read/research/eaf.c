/* ELAN annotation files: each tier is what one participant says, in annotations between two time slots. */
#include "base/error.h"
#include "base/utf8.h"
#include "format/xml.h"
#include "read/containers.h"
#include "read/research/lookup.h"
#include "read/rendering.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What somebody says between two times. Its label and words are bytes of the `bytes`. */
typedef struct annotation {
    int64_t start_ms, end_ms;
    size_t label, label_length, words, length;
    size_t order;
} annotation;

typedef struct eaf_file {
    const qc_source *source;
    qc_xml *xml;
    qc_lookup slots;
    qc_buffer bytes, annotations;
    int64_t last_slot; /* time of the slot put in last */
    bool in_slots_no_more, in_milliseconds;
    size_t label, label_length; /* of the tier */
    annotation now;
    bool aligned, in_value;     /* inside an annotation with times, and its value */
    size_t unaligned, dependent; /* annotations and tiers that are left out */
} eaf_file;

static bool fail_at(const eaf_file *eaf, const qc_xml_event *event, const char *message, const char *value, qcode_error *err)
{
    return qc_fail(err, QCODE_INVALID, eaf->source->path, event->line, event->column, "%s \"%.*s\"", message,
                   qc_utf8_cut(value, 40), value);
}

/* A slot without a time stands at the time of the one before it. */
static bool put_slot(eaf_file *eaf, const qc_xml_event *event, qcode_error *err)
{
    const char *id = qc_xml_get(event, "TIME_SLOT_ID"), *value = qc_xml_get(event, "TIME_VALUE");
    if (!id)
        return fail_at(eaf, event, "a time slot without", "TIME_SLOT_ID", err);
    if (eaf->in_slots_no_more)
        return fail_at(eaf, event, "behind the tiers, the time slot", id, err);
    if (value) {
        char *end;
        errno = 0;
        long long time = strtoll(value, &end, 10);
        if (*value < '0' || *value > '9' || *end || errno)
            return fail_at(eaf, event, "expected milliseconds, found the time", value, err);
        eaf->last_slot = time;
    }
    return qc_lookup_put(&eaf->slots, id, "", 0, eaf->last_slot) || qc_no_memory(err);
}

static bool open_tier(eaf_file *eaf, const qc_xml_event *event, qcode_error *err)
{
    if (!eaf->in_slots_no_more)
        qc_lookup_sort(&eaf->slots);
    eaf->in_slots_no_more = true;
    if (qc_xml_get(event, "PARENT_REF")) { /* says something of another tier: a translation, a gloss */
        eaf->dependent++;
        return qc_xml_skip(eaf->xml, err);
    }
    const char *who = qc_xml_get(event, "PARTICIPANT"), *id = qc_xml_get(event, "TIER_ID");
    const char *label = who && *who ? who : id ? id : "";
    eaf->label = eaf->bytes.length;
    eaf->label_length = strlen(label);
    return qc_buffer_string(&eaf->bytes, label) || qc_no_memory(err);
}

static bool open_annotation(eaf_file *eaf, const qc_xml_event *event, qcode_error *err)
{
    const char *from = qc_xml_get(event, "TIME_SLOT_REF1"), *to = qc_xml_get(event, "TIME_SLOT_REF2");
    if (!from || !to)
        return fail_at(eaf, event, "an annotation without", from ? "TIME_SLOT_REF2" : "TIME_SLOT_REF1", err);
    const qc_entry *start = qc_lookup_find(&eaf->slots, from, strlen(from));
    const qc_entry *end = qc_lookup_find(&eaf->slots, to, strlen(to));
    if (!start || !end)
        return fail_at(eaf, event, "no time slot has the id", start ? to : from, err);
    eaf->aligned = true;
    eaf->now = (annotation){.start_ms = start->number, .end_ms = end->number, .label = eaf->label,
                            .label_length = eaf->label_length, .words = eaf->bytes.length,
                            .order = eaf->annotations.length / sizeof(annotation)};
    return true;
}

static bool open_element(eaf_file *eaf, const qc_xml_event *event, qcode_error *err)
{
    if (event->depth == 1 && strcmp(event->name, "ANNOTATION_DOCUMENT") != 0)
        return fail_at(eaf, event, "expected ANNOTATION_DOCUMENT, found the element", event->name, err);
    const char *units = strcmp(event->name, "HEADER") == 0 ? qc_xml_get(event, "TIME_UNITS") : NULL;
    if (units)
        eaf->in_milliseconds = strcmp(units, "milliseconds") == 0;
    if (strcmp(event->name, "TIME_SLOT") == 0)
        return put_slot(eaf, event, err);
    if (strcmp(event->name, "TIER") == 0)
        return open_tier(eaf, event, err);
    if (strcmp(event->name, "ALIGNABLE_ANNOTATION") == 0)
        return open_annotation(eaf, event, err);
    if (strcmp(event->name, "REF_ANNOTATION") == 0)
        eaf->unaligned++;
    eaf->in_value = eaf->aligned && strcmp(event->name, "ANNOTATION_VALUE") == 0;
    return true;
}

static void close_element(eaf_file *eaf, const qc_xml_event *event)
{
    eaf->in_value = false;
    if (strcmp(event->name, "ALIGNABLE_ANNOTATION") != 0)
        return;
    eaf->aligned = false;
    eaf->now.length = eaf->bytes.length - eaf->now.words;
    qc_buffer_append(&eaf->annotations, &eaf->now, sizeof eaf->now);
}

static bool read_events(eaf_file *eaf, qcode_error *err)
{
    qc_xml_event event;
    while (qc_xml_next(eaf->xml, &event, err)) {
        if (event.kind == QC_XML_END)
            return true;
        if (event.kind == QC_XML_OPEN && !open_element(eaf, &event, err))
            return false;
        if (event.kind == QC_XML_CLOSE)
            close_element(eaf, &event);
        if (event.kind == QC_XML_TEXT && eaf->in_value)
            qc_buffer_append(&eaf->bytes, event.text, event.length);
        if (eaf->bytes.failed || eaf->annotations.failed)
            return qc_no_memory(err);
    }
    return false;
}

static int by_time(const void *a, const void *b)
{
    const annotation *first = a, *second = b;
    if (first->start_ms != second->start_ms)
        return first->start_ms < second->start_ms ? -1 : 1;
    return (first->order > second->order) - (first->order < second->order);
}

/* Annotations of one tier that follow each other without a pause are pieces of one turn. */
static bool say_all(eaf_file *eaf, qc_rendering *rendering, qcode_error *err)
{
    annotation *list = (annotation *)(void *)eaf->annotations.data;
    size_t count = eaf->annotations.length / sizeof *list;
    if (count)
        qsort(list, count, sizeof *list, by_time);
    for (size_t i = 0; i < count; i++) {
        bool goes_on = i && list[i].label == list[i - 1].label && list[i].start_ms <= list[i - 1].end_ms;
        qc_said said = {.label = eaf->bytes.data + list[i].label, .label_length = list[i].label_length,
                        .words = eaf->bytes.data + list[i].words, .length = list[i].length,
                        .start_ms = eaf->in_milliseconds ? list[i].start_ms : -1,
                        .end_ms = eaf->in_milliseconds ? list[i].end_ms : -1, .new_turn = !goes_on};
        if (!qc_rendering_say(rendering, &said))
            return qc_no_memory(err);
    }
    return true;
}

static void note_left_out(const eaf_file *eaf, qcode_notes *notes)
{
    const char *path = eaf->source->path;
    if (eaf->dependent)
        qc_note(notes, QCODE_NOTE_SKIPPED, path, 0, 0, "%zu tiers that depend on another, left out", eaf->dependent);
    if (eaf->unaligned)
        qc_note(notes, QCODE_NOTE_SKIPPED, path, 0, 0, "%zu annotations without a time of their own, left out",
                eaf->unaligned);
    if (!eaf->in_milliseconds)
        qc_note(notes, QCODE_NOTE_WARNING, path, 0, 0, "times are no milliseconds; turns are read without a time");
}

static qcode_transcript *read_eaf(const qc_source *source, qcode_notes *notes, qcode_error *err)
{
    eaf_file eaf = {.source = source, .slots = qc_lookup_init(source->memory), .bytes = qc_buffer_init(source->memory),
               .annotations = qc_buffer_init(source->memory), .in_milliseconds = true};
    qc_rendering rendering = qc_rendering_init(source);
    eaf.xml = qc_xml_new_bytes(source->data, source->length, source->path, &source->limits, source->memory, err);
    bool done = eaf.xml && read_events(&eaf, err) && say_all(&eaf, &rendering, err);
    qc_xml_free(eaf.xml);
    qcode_transcript *talk = NULL;
    if (done) {
        note_left_out(&eaf, notes);
        talk = qc_rendering_finish(&rendering, source, "eaf", "tiers", "UTF-8", notes, err);
    }
    qc_rendering_clear(&rendering);
    qc_lookup_clear(&eaf.slots);
    qc_buffer_clear(&eaf.bytes);
    qc_buffer_clear(&eaf.annotations);
    return talk;
}

const qc_reader qc_eaf = {"eaf", qc_eaf_endings, qc_sniff_eaf, read_eaf};
