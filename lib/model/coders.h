/* Building the codings of several coders: sources add to them, and each ends with a commit. */
#ifndef QC_MODEL_CODERS_H
#define QC_MODEL_CODERS_H

#include "base/buffer.h"
#include "base/memory.h"
#include "base/set.h"
#include <qcode/coders.h>

struct qcode_coders {
    const qcode_memory *memory;
    const qcode_transcript **documents;
    size_t document_count;
    qc_set names, codes, sources, document_names;
    qc_set other_names;    /* of documents; and which ones, in `named` (of size_t) */
    qc_buffer named;
    qc_set code_keys;      /* names of codes by their letters and digits alone; and which ones, in `keyed` (of size_t) */
    qc_buffer keyed;
    qc_buffer passages, listed; /* of qcode_passage and qcode_listed */
    qc_buffer saw;              /* pairs of size_t: coder, document */
    qc_buffer judged;           /* of qc_judgement, in its order */
    qc_buffer asked;            /* triples of size_t: coder, document, code */
    qc_set versions;            /* under which version of a codebook codes were given: see qc_put_version */
    bool unversioned;           /* some codings do not say it */
    qc_buffer books;            /* of qcode_codebook *, owned: those that came with codings */
};

/* A stretch that a coder judged with every code asked for (`code` is SIZE_MAX), where they are unsure of a code, or that
 * they had before them and said nothing of (QC_NOT_JUDGED). Of whom any of these is known in a document, nothing is known
 * of the stretches that they did not judge. */
#define QC_NOT_JUDGED (SIZE_MAX - 1)
typedef struct qc_judgement {
    size_t document, coder, code;
    qcode_span span;
} qc_judgement;

/* Notes that somebody gave a code under a version of a codebook ("1.0.0 sha256:ab12cd34ef56"): p for a person or r for a
 * rule, the code, a NUL and the version. */
bool qc_put_version(qc_set *versions, bool by_person, const char *code, const char *version);

/* The numbers of names, added if new; SIZE_MAX when memory runs out. */
size_t qc_coders_source(qcode_coders *coders, const char *name);
size_t qc_coders_coder(qcode_coders *coders, const char *name, size_t length);
size_t qc_coders_code(qcode_coders *coders, const char *name, size_t length);

/* The length of a name without its ending. */
size_t qc_stem_length(const char *name);

/* The code that goes by a name of the same letters and digits ("Leadership", "leadership_"); SIZE_MAX when none does. And one
 * more name of a code, to be found so. */
size_t qc_coders_code_like(const qcode_coders *coders, const char *name);
bool qc_coders_name_code(qcode_coders *coders, const char *name, size_t code);

/* The codes of a codebook by their ids, to be found by their names too. */
bool qc_coders_take_book(qcode_coders *coders, const qcode_codebook *book);

/* One more name of a document, as another source of the same text calls it. */
bool qc_coders_rename(qcode_coders *coders, const char *name, size_t document);

/* The document of this name: by all of it, by its last part, then by that without its ending, when only one fits.
 * SIZE_MAX when none does. */
size_t qc_coders_match_document(const qcode_coders *coders, const char *name);

bool qc_coders_passage(qcode_coders *coders, const qcode_passage *passage);
bool qc_coders_listed(qcode_coders *coders, const qcode_listed *listed);
bool qc_coders_saw(qcode_coders *coders, size_t coder, size_t document);
bool qc_coders_judged(qcode_coders *coders, const qc_judgement *judgement);
bool qc_coders_asked(qcode_coders *coders, size_t coder, size_t document, size_t code);

/* Those of a coder in a document; `*count` of them. */
const qc_judgement *qc_coders_judgements(const qcode_coders *coders, size_t coder, size_t document, size_t *count);

/* Whether the coder was asked for the code: always, unless it is known what they were asked for. */
bool qc_coders_was_asked(const qcode_coders *coders, size_t coder, size_t document, size_t code);

void qc_coders_sort_judgements(qcode_coders *coders); /* a part of: */
/* Puts all in order. Passages of one coder, code and source that say the same twice are one. */
void qc_coders_sort(qcode_coders *coders);

/* A list of transcripts being made. */
struct qcode_talks {
    const qcode_memory *memory;
    qc_arena arena; /* what the transcripts borrow */
    qcode_transcript **at; /* those that own; those behind them come with them */
    const qcode_transcript **all;
    size_t count, capacity, all_count, all_capacity;
};

qcode_talks *qc_talks_new(const qcode_memory *memory, qcode_error *err);

/* Takes the transcript over, in any case. */
bool qc_talks_add(qcode_talks *talks, qcode_transcript *talk);

#endif
