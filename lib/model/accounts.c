/* Statements in a run: whom they are about, and what kinds of sources there are. */
#include "model/accounts.h"

#include <string.h>

bool qc_statement_is_about(const qc_statement *statement, const char *group)
{
    bool about = !statement->group_count;
    for (size_t i = 0; !about && i < statement->group_count; i++)
        about = strcmp(statement->groups[i].name, group) == 0;
    return about;
}

const char *qc_source_of(const qcode_transcript *talk)
{
    for (size_t i = 0; i < qcode_transcript_attribute_count(talk); i++) {
        const qcode_attribute *attribute = qcode_transcript_attribute(talk, i);
        if (strcmp(attribute->name, "source") == 0)
            return attribute->value;
    }
    return qcode_transcript_speaker_count(talk) ? "interview" : "document";
}
