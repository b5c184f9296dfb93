/* Regular expressions: compiled once for all threads, searched within limits. PCRE2 lives here and nowhere else. */
#ifndef QC_MATCH_REGEX_H
#define QC_MATCH_REGEX_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/error.h"
#include "base/memory.h"
#include "match/anchors.h"
#include "match/term.h"
#include "model/codebook.h"

#include <stdatomic.h>

/* A number from 0 to 255 for the first three bytes of a word. */
static inline unsigned qc_hash_second(const char *word)
{
    uint32_t bytes = (uint32_t)(unsigned char)word[0] | (uint32_t)(unsigned char)word[1] << 8 |
                     (uint32_t)(unsigned char)word[2] << 16;
    return bytes * 0x9E3779B1u >> 24;
}

/* What PCRE2 takes memory from, and whether it was refused any: its own "no memory" may also mean that this machine
 * allows no executable memory, which is no failure. */
typedef struct qc_pcre_memory {
    const qcode_memory *memory;
    bool refused;
} qc_pcre_memory;

/* A context that takes from `memory`, which must stay where it is; NULL when memory runs out. */
pcre2_general_context *qc_pcre_context(qc_pcre_memory *memory);

/* What all compiling of a codebook shares. It must stay where it is. */
typedef struct qc_compiler {
    qc_pcre_memory memory;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    atomic_flag busy; /* a lock for what is compiled late: held for well under a millisecond, once for each regex */
    bool no_jit;
    const qc_frequencies *frequencies; /* of the codebook's language */
} qc_compiler;

/* One way to run a regex. What is late (the JIT's code, or all of it) is made under the compiler's lock, once. */
typedef struct qc_engine {
    pcre2_code *code;
    atomic_bool ready;
} qc_engine;

typedef struct qc_regex {
    const qc_pattern *pattern;
    const char *text; /* the pattern in Normalization Form C */
    size_t length;
    uint32_t flags;
    size_t number;         /* among all regexes of the rules */
    const qc_term *needs;  /* a text in which none of these terms stands holds no match ... */
    size_t need_count;     /* ... unless there are none */
    qc_anchors anchors;    /* words to look for */
    uint32_t seconds[8];   /* the second words of these, by a hash of their first three bytes */
    qc_engine brisk;       /* looks ahead for where a match may begin: for turns of usual length */
    qc_engine steady;      /* does not: there the look-ahead, made again for each step of the search, costs too much */
    bool anchored;         /* a search tries its first place alone */
    bool whole;            /* \G, (*COMMIT) or (*SKIP): a search cannot go on in steps */
    bool has_first;        /* a match begins with one of the bytes of `first` */
    uint8_t first[32];
} qc_regex;

bool qc_compiler_init(qc_compiler *compiler, const qcode_memory *memory, bool no_jit);
void qc_compiler_clear(qc_compiler *compiler);

/* Compiles a pattern of `rule`. Where it is wrong, an error note and `*err` (if it has none yet) say so and the answer is true
 * with `regex->brisk.code` NULL; false only when memory runs out. The bytes kept live in `arena`. */
bool qc_regex_compile(qc_compiler *compiler, qc_regex *regex, const qc_pattern *pattern, const qcode_rule *rule,
                      qc_arena *arena, qc_folder *folder, qcode_notes *notes, qcode_error *err);
void qc_regex_clear(qc_regex *regex);

/* Makes one of its engines ready to run. False when memory runs out. */
bool qc_regex_prepare(qc_compiler *compiler, qc_regex *regex, qc_engine *engine);

#endif
