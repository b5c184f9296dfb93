/* A transcript coded with a codebook, both given as text. */
#include "write/set.h"
#include "support/test.h"

#include <string.h>

static void must(const void *made, const qcode_error *err)
{
    if (!made)
        fail_msg("%s:%zu:%zu: %s", err->source, err->line, err->column, err->message);
}

coded_set coded_set_new(const char *book, const char *name, const char *talk)
{
    coded_set set = {.book = NULL};
    qcode_error err = {.status = QCODE_OK};
    must(set.book = qcode_codebook_parse(book, strlen(book), "book.yaml", NULL, NULL, &err), &err);
    must(set.rules = qcode_rules_new(set.book, NULL, NULL, NULL, &err), &err);
    must(set.matcher = qcode_matcher_new(set.rules, NULL, &err), &err);
    must(set.talk = qcode_read_transcript_bytes(talk, strlen(talk), name, NULL, NULL, NULL, &err), &err);
    must(set.codings = qcode_match(set.matcher, set.talk, &err), &err);
    return set;
}

void coded_set_free(coded_set *set)
{
    qcode_codings_free(set->codings);
    qcode_transcript_free(set->talk);
    qcode_matcher_free(set->matcher);
    qcode_rules_free(set->rules);
    qcode_codebook_free(set->book);
}
