/* What an event of XML holds, asked by name. */
#include "format/xml.h"

#include <string.h>

const char *qc_xml_get(const qc_xml_event *event, const char *name)
{
    for (size_t i = 0; i < event->attribute_count; i++)
        if (strcmp(event->attributes[i].name, name) == 0)
            return event->attributes[i].value;
    return NULL;
}
