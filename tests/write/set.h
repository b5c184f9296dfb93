/* A codebook and a transcript read and coded, for the writers' tests. */
#ifndef TESTS_WRITE_SET_H
#define TESTS_WRITE_SET_H

#include <qcode.h>

typedef struct coded_set {
    qcode_codebook *book;
    qcode_rules *rules;
    qcode_matcher *matcher;
    qcode_transcript *talk;
    qcode_codings *codings;
} coded_set;

/* Fails the test when anything goes wrong. */
coded_set coded_set_new(const char *book, const char *name, const char *talk);
void coded_set_free(coded_set *set);

#endif
