/* Respondents of a run as cases of REFI-QDA, and what is known of them as variables. */
#include "write/export/refi.h"

static bool add_names(qc_refi *refi, const qcode_attribute *at)
{
    return qc_set_add(&refi->variables, at->name, strlen(at->name), NULL) != SIZE_MAX;
}

bool qc_refi_list_variables(qc_refi *refi)
{
    const qc_view *view = refi->from->view;
    bool done = true;
    for (size_t i = 0; done && i < view->talk_count; i++) {
        const qcode_transcript *talk = view->talks[i];
        for (size_t k = 0; done && view->talk_in_view[i] && k < qcode_transcript_attribute_count(talk); k++)
            done = add_names(refi, qcode_transcript_attribute(talk, k));
        for (size_t k = 0; done && view->talk_in_view[i] && k < qcode_transcript_speaker_count(talk); k++) {
            const qcode_speaker *speaker = qcode_transcript_speaker(talk, k);
            size_t who = qc_view_respondent(view, i, speaker);
            bool shown = who != QC_NOBODY && view->respondents[who].in_view;
            for (size_t n = 0; done && shown && n < speaker->attribute_count; n++)
                done = add_names(refi, &speaker->attributes[n]);
        }
    }
    return done;
}

void qc_refi_variables(qc_refi *refi)
{
    qc_refi_put(&refi->xml, refi->variables.count ? "<Variables>\n" : "");
    for (size_t i = 0; i < refi->variables.count; i++) {
        const char *name = qc_set_at(&refi->variables, i);
        qc_refi_put(&refi->xml, "<Variable");
        qc_refi_attribute(&refi->xml, "guid", qc_guid_of("variable", name).text);
        qc_refi_attribute(&refi->xml, "name", name);
        qc_refi_put(&refi->xml, " typeOfVariable=\"Text\"/>\n");
    }
    qc_refi_put(&refi->xml, refi->variables.count ? "</Variables>\n" : "");
}

void qc_refi_values(qc_refi *refi, const qcode_transcript *talk, const qcode_speaker *speaker)
{
    for (size_t i = 0; i < refi->variables.count; i++) {
        const char *name = qc_set_at(&refi->variables, i), *value = qcode_transcript_value(talk, speaker, name);
        if (!value || !*value)
            continue;
        qc_refi_put(&refi->xml, "<VariableValue><VariableRef");
        qc_refi_attribute(&refi->xml, "targetGUID", qc_guid_of("variable", name).text);
        qc_refi_put(&refi->xml, "/>");
        qc_refi_element(&refi->xml, "TextValue", value);
        qc_refi_put(&refi->xml, "</VariableValue>\n");
    }
}

/* The documents of each respondent: as lists through `next`, by their places among all speakers. */
typedef struct speaking {
    size_t *first, *next, *document;
} speaking;

static bool list_documents(qc_refi *refi, speaking *s)
{
    const qc_view *view = refi->from->view;
    size_t speakers = 0;
    for (size_t i = 0; i < view->talk_count; i++)
        speakers += qcode_transcript_speaker_count(view->talks[i]);
    s->first = qc_arena_take_array(&refi->arena, view->respondent_count + 1, sizeof *s->first);
    s->next = qc_arena_take_array(&refi->arena, speakers + 1, sizeof *s->next);
    s->document = qc_arena_take_array(&refi->arena, speakers + 1, sizeof *s->document);
    if (!s->first || !s->next || !s->document)
        return false;
    for (size_t i = 0; i < view->respondent_count; i++)
        s->first[i] = SIZE_MAX;
    for (size_t i = view->talk_count; i-- > 0;)
        for (size_t k = qcode_transcript_speaker_count(view->talks[i]); view->talk_in_view[i] && k-- > 0;) {
            size_t at = view->first_speaker[i] + k, who = view->speakers[at];
            if (who == QC_NOBODY || (s->first[who] != SIZE_MAX && s->document[s->first[who]] == i))
                continue;
            s->document[at] = i;
            s->next[at] = s->first[who];
            s->first[who] = at;
        }
    return true;
}

bool qc_refi_cases(qc_refi *refi)
{
    const qc_view *view = refi->from->view;
    speaking s;
    size_t cases = 0;
    if (!list_documents(refi, &s))
        return false;
    for (size_t i = 0; i < view->respondent_count; i++) {
        const qc_respondent *who = &view->respondents[i];
        if (!who->in_view || s.first[i] == SIZE_MAX)
            continue;
        qc_refi_put(&refi->xml, cases++ ? "<Case" : "<Cases>\n<Case");
        qc_refi_attribute(&refi->xml, "guid", qc_guid_of(who->speaker->case_name ? "case" : "speaker", who->name).text);
        qc_refi_attribute(&refi->xml, "name", who->name);
        qc_refi_put(&refi->xml, ">\n");
        qc_refi_values(refi, view->talks[who->document], who->speaker);
        for (size_t at = s.first[i]; at != SIZE_MAX; at = s.next[at]) {
            qc_refi_put(&refi->xml, "<SourceRef");
            qc_refi_attribute(&refi->xml, "targetGUID", qc_refi_source_guid(view->talks[s.document[at]]).text);
            qc_refi_put(&refi->xml, "/>\n");
        }
        qc_refi_put(&refi->xml, "</Case>\n");
    }
    qc_refi_put(&refi->xml, cases ? "</Cases>\n" : "");
    return true;
}
