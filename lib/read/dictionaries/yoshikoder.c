/* Dictionaries of Yoshikoder (.ykd) and Lexicoder (.lcd): categories (cnode) and patterns (pnode) in XML. */
#include "base/error.h"
#include "format/xml.h"
#include "read/dictionaries/dictionary.h"

static qc_text_line name_of(const qc_xml_event *event)
{
    const char *name = qc_xml_get(event, "name");
    return (qc_text_line){name ? name : "", name ? strlen(name) : 0, event->line};
}

/* `depth` counts the categories that are open. */
static bool open_element(qc_dictionary *dictionary, const qc_xml_event *event, size_t *depth)
{
    qc_text_line name = qc_dictionary_trim(name_of(event), NULL);
    if (strcmp(event->name, "cnode") == 0) {
        size_t category = qc_dictionary_category(dictionary, name, (*depth)++);
        const char *about = qc_xml_get(event, "desc");
        if (category == QC_NO_ITEM)
            return false;
        const char *copy = qc_arena_string(&dictionary->project->arena, about ? about : "");
        qc_project_code_at(dictionary->project, category)->definition = copy;
        return copy || qc_no_memory(dictionary->err);
    }
    if (strcmp(event->name, "pnode") != 0 || !name.length)
        return true;
    size_t category = *depth ? dictionary->above[*depth - 1] : QC_NO_ITEM;
    return category == QC_NO_ITEM ? qc_dictionary_lose(dictionary, "word of no category", name)
                                  : qc_dictionary_term(dictionary, category, name, false);
}

bool qc_read_yoshikoder(qc_dictionary *dictionary, const qc_project_file *file)
{
    qc_xml *xml = qc_xml_new_bytes(file->data, file->length, file->path, file->limits, file->memory, dictionary->err);
    size_t depth = 0;
    qc_xml_event event;
    bool done = xml != NULL;
    while (done && (done = qc_xml_next(xml, &event, dictionary->err)) && event.kind != QC_XML_END) {
        if (event.kind == QC_XML_OPEN)
            done = open_element(dictionary, &event, &depth);
        else if (event.kind == QC_XML_CLOSE && strcmp(event.name, "cnode") == 0)
            depth--;
    }
    qc_xml_free(xml);
    return done;
}
