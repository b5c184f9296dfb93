/* Any bytes are read as XML or refused with a place, the same whatever the pieces are; elements close as they opened. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/xml.h"

typedef struct pieces {
    const uint8_t *data;
    size_t length, at, size;
} pieces;

static bool read_piece(void *user, void *to, size_t room, size_t *got, qcode_error *err)
{
    (void)room, (void)err;
    pieces *feed = user;
    size_t left = feed->length - feed->at;
    *got = left < feed->size ? left : feed->size;
    if (*got)
        memcpy(to, feed->data + feed->at, *got);
    feed->at += *got;
    return true;
}

/* Puts every event into `seen`; the error otherwise. */
static void read_all(const uint8_t *data, size_t size, size_t piece, qc_buffer *seen)
{
    qcode_limits limits = qcode_limits_resolve(NULL);
    pieces feed = {data, size, 0, piece};
    qcode_error err = {.status = QCODE_OK};
    qc_xml *xml = qc_xml_new((qc_xml_feed){read_piece, &feed}, "f", &limits, NULL, &err);
    qc_xml_event event = {.kind = QC_XML_OPEN};
    size_t depth = 0;
    while (event.kind != QC_XML_END && qc_xml_next(xml, &event, &err)) {
        depth += event.kind == QC_XML_OPEN;
        MUST(event.kind == QC_XML_END || (event.line && event.column && event.depth == depth && depth <= limits.xml_depth));
        depth -= event.kind == QC_XML_CLOSE;
        MUST(qc_utf8_valid(event.text, event.length) == event.length);
        if (event.kind == QC_XML_TEXT)
            qc_buffer_append(seen, event.text, event.length);
        else
            qc_buffer_print(seen, "<%d%s>", (int)event.kind, event.name);
        for (size_t i = 0; i < event.attribute_count; i++)
            MUST(strlen(event.attributes[i].value) == event.attributes[i].length);
    }
    MUST(!err.status || err.message[0]);
    MUST(err.status || (!depth && event.kind == QC_XML_END));
    qc_buffer_print(seen, "%d", (int)err.status);
    qc_xml_free(xml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qc_buffer whole = qc_buffer_init(NULL), cut = qc_buffer_init(NULL);
    read_all(data, size, 65536, &whole);
    read_all(data, size, 7, &cut);
    bool refused = whole.data[whole.length - 1] != '0' || cut.data[cut.length - 1] != '0';
    MUST(refused || (whole.length == cut.length && memcmp(whole.data, cut.data, whole.length) == 0));
    qc_buffer_clear(&whole);
    qc_buffer_clear(&cut);
    return 0;
}
