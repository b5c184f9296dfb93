/* Dictionaries of other programs: categories, and in each the words that stand for it. */
#ifndef QC_READ_DICTIONARIES_DICTIONARY_H
#define QC_READ_DICTIONARIES_DICTIONARY_H

#include "read/projects/lines.h"
#include "read/projects/project.h"

enum { QC_DICTIONARY_DEPTH = 64 };

typedef struct qc_dictionary {
    qc_project *project;
    const char *source;
    qcode_error *err;
    qc_buffer terms; /* of qc_dictionary_term */
    size_t above[QC_DICTIONARY_DEPTH]; /* the category that is open at each depth */
    qc_buffer scratch;
} qc_dictionary;

/* A category at a depth, from 0, under the last one that is less deep; QC_NO_ITEM with `err`. */
size_t qc_dictionary_category(qc_dictionary *dictionary, qc_text_line name, size_t depth);

/* A word or a phrase of a category, with `*`, and where `questions` says so `?`, as wildcards. */
bool qc_dictionary_term(qc_dictionary *dictionary, size_t category, qc_text_line term, bool questions);

bool qc_dictionary_lose(qc_dictionary *dictionary, const char *what, qc_text_line name);

/* A line without the white space at both ends, and how many tabs stand in front of it. */
qc_text_line qc_dictionary_trim(qc_text_line line, size_t *tabs);

typedef bool qc_dictionary_reader(qc_dictionary *dictionary, const char *text, size_t length);
qc_dictionary_reader qc_read_liwc, qc_read_wordstat, qc_read_lexicoder3, qc_read_yaml_dictionary;

/* The one that is XML is read from its bytes. */
bool qc_read_yoshikoder(qc_dictionary *dictionary, const qc_project_file *file);

#endif
