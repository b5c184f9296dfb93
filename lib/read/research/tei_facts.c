/* The people and the timeline of a TEI document (TEI P5, 2.4.2, 16.4.2). */
#include "read/research/tei.h"
#include "base/error.h"
#include "format/timecode.h"

#include <stdlib.h>
#include <string.h>

typedef struct first_pass {
    qc_tei_facts *facts;
    qc_buffer id;                 /* of the person, with its NUL; empty: in none */
    qc_buffer fore, sur, whole;   /* of the person's first name element */
    size_t person_depth, name_depth;
    bool named;                   /* the first name element is closed */
    enum { WHOLE, FORE, SUR } part;
    double unit_ms;               /* of the timeline */
    bool origin;                  /* its next moment is the first */
} first_pass;

static bool is(const qc_xml_event *event, const char *name)
{
    return strcmp(event->name, name) == 0;
}

/* A text with runs of blanks as one. */
static void put_plain(qc_buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool blank = text[i] == ' ' || text[i] == '\n' || text[i] == '\t';
        if (!blank)
            qc_buffer_byte(out, text[i]);
        else if (out->length && out->data[out->length - 1] != ' ')
            qc_buffer_byte(out, ' ');
    }
}

static void trim(qc_buffer *out)
{
    while (out->length && out->data[out->length - 1] == ' ')
        out->length--;
}

static void open_person(first_pass *pass, const qc_xml_event *event)
{
    const char *id = qc_xml_get(event, "id");
    if (!id || pass->person_depth)
        return;
    pass->person_depth = event->depth;
    pass->id.length = pass->fore.length = pass->sur.length = pass->whole.length = 0;
    pass->named = false;
    qc_buffer_append(&pass->id, id, strlen(id) + 1);
}

/* A person without a name, or with one that is none for its length, is called by their id. */
static bool close_person(first_pass *pass)
{
    pass->person_depth = 0;
    trim(&pass->fore);
    trim(&pass->sur);
    if (pass->sur.length) { /* given names first, in whatever order they stand */
        if (pass->fore.length)
            qc_buffer_byte(&pass->fore, ' ');
        qc_buffer_append(&pass->fore, pass->sur.data, pass->sur.length);
    }
    qc_buffer *name = pass->fore.length ? &pass->fore : &pass->whole;
    if (name->length > QC_TEI_MOST_NAME) /* it would be written once a turn */
        name->length = 0;
    trim(name);
    if (pass->id.failed || pass->fore.failed || pass->sur.failed || pass->whole.failed)
        return false;
    const char *text = name->length ? name->data : pass->id.data;
    return qc_lookup_put(&pass->facts->people, pass->id.data, text, name->length ? name->length : strlen(text), 0);
}

static void open_in_person(first_pass *pass, const qc_xml_event *event)
{
    if (!pass->name_depth && !pass->named && (is(event, "persName") || is(event, "name") || is(event, "orgName")))
        pass->name_depth = event->depth;
    else if (pass->name_depth)
        pass->part = is(event, "forename") ? FORE : is(event, "surname") ? SUR : WHOLE;
}

static void close_in_person(first_pass *pass, const qc_xml_event *event)
{
    qc_buffer *ended = pass->part == FORE ? &pass->fore : pass->part == SUR ? &pass->sur : NULL;
    if (ended && ended->length)
        put_plain(ended, " ", 1); /* between two names of one kind */
    pass->part = WHOLE;
    if (event->depth == pass->name_depth)
        pass->name_depth = 0, pass->named = true;
}

static double unit_of(const char *unit)
{
    if (!unit || strcmp(unit, "s") == 0)
        return 1000;
    return strcmp(unit, "ms") == 0 ? 1 : strcmp(unit, "min") == 0 ? 60000 : strcmp(unit, "h") == 0 ? 3600000 : 1000;
}

/* A moment stands so long after another, by default the one before it. The first of a timeline is its origin, at 0. The text
 * of its entry is the other's id until it is worked out. */
static bool put_moment(first_pass *pass, const qc_xml_event *event)
{
    qc_lookup *times = &pass->facts->times;
    const char *id = qc_xml_get(event, "id"), *interval = qc_xml_get(event, "interval"),
               *since = qc_xml_get(event, "since");
    int64_t ms = pass->origin ? 0 : -1;
    if (!id)
        return true;
    if (interval) {
        char *end;
        double number = strtod(interval, &end);
        ms = *end || end == interval ? -1 : qc_time_of_seconds(number * pass->unit_ms / 1000);
        if (!since && !pass->origin)
            since = qc_lookup_at(times, qc_lookup_count(times) - 1)->id;
    }
    if (!interval || !since)
        since = "";
    pass->origin = false;
    return qc_lookup_put(times, id, since, strlen(since), ms);
}

static bool open_element(first_pass *pass, const qc_xml_event *event)
{
    if (pass->person_depth)
        open_in_person(pass, event);
    else if (is(event, "person") || is(event, "personGrp"))
        open_person(pass, event);
    else if (is(event, "timeline"))
        pass->unit_ms = unit_of(qc_xml_get(event, "unit")), pass->origin = true;
    else if (is(event, "when"))
        return put_moment(pass, event);
    pass->facts->spoken += is(event, "u") || is(event, "sp");
    return true;
}

static bool take(first_pass *pass, const qc_xml_event *event)
{
    if (event->kind == QC_XML_OPEN)
        return open_element(pass, event);
    if (event->kind == QC_XML_TEXT && pass->name_depth)
        put_plain(pass->part == FORE ? &pass->fore : pass->part == SUR ? &pass->sur : &pass->whole, event->text,
                  event->length);
    if (event->kind != QC_XML_CLOSE || !pass->person_depth)
        return true;
    if (event->depth == pass->person_depth)
        return close_person(pass);
    close_in_person(pass, event);
    return true;
}

/* Works out one moment: goes along what it is since to a moment that is known, and comes back adding. The text of a moment that is
 * known or on the way is empty, so that a ring is left where it closes. */
static void resolve(const qc_lookup *times, size_t index)
{
    size_t before = SIZE_MAX;
    qc_entry *moment = qc_lookup_at(times, index);
    while (*moment->text) {
        qc_entry *since = qc_lookup_find(times, moment->text, strlen(moment->text));
        moment->text = "";
        moment->order = before; /* the way back */
        before = (size_t)(moment - qc_lookup_at(times, 0));
        if (!since)
            moment->number = -1;
        if (!since)
            break;
        moment = since;
    }
    while (before != SIZE_MAX) {
        qc_entry *after = qc_lookup_at(times, before);
        if (after != moment)
            after->number = after->number < 0 || moment->number < 0 ? -1 : after->number + moment->number;
        moment = after;
        before = after->order;
    }
}

bool qc_tei_read_facts(const qc_source *source, qc_tei_facts *facts, qcode_error *err)
{
    const qcode_memory *memory = source->memory;
    first_pass pass = {.facts = facts, .id = qc_buffer_init(memory), .fore = qc_buffer_init(memory),
                 .sur = qc_buffer_init(memory), .whole = qc_buffer_init(memory), .unit_ms = 1000, .origin = true};
    qc_xml *xml = qc_xml_new_bytes(source->data, source->length, source->path, &source->limits, memory, err);
    qc_xml_event event = {.kind = QC_XML_OPEN};
    bool done = xml != NULL;
    while (done && (done = qc_xml_next(xml, &event, err)) && event.kind != QC_XML_END) {
        if (event.kind == QC_XML_OPEN && event.depth == 1 && !is(&event, "TEI") && !is(&event, "teiCorpus"))
            done = qc_fail(err, QCODE_INVALID, source->path, event.line, event.column,
                           "an XML document of a kind that is not read: expected TEI, found the element \"%s\"", event.name);
        else
            done = take(&pass, &event) || qc_no_memory(err);
    }
    qc_xml_free(xml);
    qc_buffer_clear(&pass.id);
    qc_buffer_clear(&pass.fore);
    qc_buffer_clear(&pass.sur);
    qc_buffer_clear(&pass.whole);
    qc_lookup_sort(&facts->people);
    qc_lookup_sort(&facts->times);
    for (size_t i = 0; i < qc_lookup_count(&facts->times); i++)
        resolve(&facts->times, i);
    return done;
}
