/* What the files of the codebook reader share: fields, names, terms and rules, and how mistakes are kept. */
#ifndef QC_READ_CODEBOOK_H
#define QC_READ_CODEBOOK_H

#include "format/yaml.h"
#include "model/codebook.h"
#include "text/fold.h"

/* The limits of a codebook; the manual has them too. */
enum {
    QC_BOOK_MOST_BYTES = 16 << 20,
    QC_BOOK_MOST_CODES = 10000,
    QC_BOOK_MOST_PATTERNS = 1000000, /* with $lists put in their place, in rules and in lists */
    QC_BOOK_MOST_NAME = 200,         /* bytes of an id */
    QC_BOOK_MOST_TERM = 1000,        /* bytes */
    QC_BOOK_MOST_REGEX = 65536,      /* bytes */
    QC_BOOK_MOST_WITHIN = 1000,      /* words */
    QC_BOOK_MOST_REFERENCES = 20000, /* of codes and themes to codes */
    QC_BOOK_MOST_THEMES = 1000,
    QC_BOOK_MOST_MISTAKES = 100      /* that are told */
};

/* A list while lists are put into each other. */
typedef struct qc_list_draft {
    qc_list list;
    const qc_yaml_node *node;
    enum { QC_LIST_NEW, QC_LIST_OPEN, QC_LIST_DONE } state;
} qc_list_draft;

/* The name of a code, where the code itself is wanted once all are known. */
typedef struct qc_reference {
    const qcode_code *from; /* the code in which it stands; NULL: none, so that there are no circles to look for */
    bool is_parent;         /* it names the parent of the code */
    const qc_yaml_node *name;
    const qcode_code **to;
} qc_reference;

typedef struct qc_book_reader {
    const qcode_memory *memory;
    const char *source;
    qcode_codebook *book;
    qc_folder folder;
    qcode_notes *notes;
    qcode_error *mistakes; /* the first QC_BOOK_MOST_MISTAKES that were met */
    size_t told, mistake_capacity;
    size_t mistake_count;
    bool stopped;         /* memory ran out or a limit was met: nothing more is looked at */
    bool no_memory;
    qc_list_draft *lists; /* in the order of their names' bytes */
    size_t list_count;
    qc_pattern *patterns; /* being gathered */
    size_t pattern_count, pattern_capacity;
    size_t pattern_total; /* gathered so far, in all */
    qc_reference *references;
    size_t reference_count, reference_capacity;
} qc_book_reader;

/* Each of these answers false. A mistake is kept and reading goes on; the others end it. */
bool qc_book_mistake(qc_book_reader *reader, size_t line, size_t column, const char *format, ...) QCODE_PRINTF(4, 5);
bool qc_book_limit(qc_book_reader *reader, const qc_yaml_node *node, const char *format, ...) QCODE_PRINTF(3, 4);
bool qc_book_no_memory(qc_book_reader *reader);

/* Tells all mistakes in the order of the file; the first is the error. True when there was none. */
bool qc_book_tell(qc_book_reader *reader, qcode_error *err);

void qc_book_warn(qc_book_reader *reader, size_t line, size_t column, const char *format, ...) QCODE_PRINTF(4, 5);

/* What a map may hold: a key, how its value is read, and where in the target. */
typedef struct qc_book_field {
    const char *name;
    bool (*read)(qc_book_reader *reader, const qc_yaml_node *node, void *member);
    size_t offset;
} qc_book_field;

/* Reads each child of the map into `target`; keys that are in no field are mistakes. `what` is "a code". */
bool qc_book_map(qc_book_reader *reader, const qc_yaml_node *node, const qc_book_field *fields, size_t count,
                 const char *what, void *target);

/* Where a byte of the pattern was written: the `place` of books that were read. */
void qc_book_place(const qcode_codebook *book, const qc_pattern *pattern, size_t offset, size_t *line, size_t *column);

/* For fields. */
bool qc_book_text(qc_book_reader *reader, const qc_yaml_node *node, void *member);  /* const char * */
bool qc_book_node(qc_book_reader *reader, const qc_yaml_node *node, void *member);  /* const qc_yaml_node * */
bool qc_book_unit(qc_book_reader *reader, const qc_yaml_node *node, void *member);  /* qcode_unit */
bool qc_book_scope(qc_book_reader *reader, const qc_yaml_node *node, void *member); /* qcode_scope */
bool qc_book_origin(qc_book_reader *reader, const qc_yaml_node *node, void *member); /* qcode_code_origin */
bool qc_book_case(qc_book_reader *reader, const qc_yaml_node *node, void *member);  /* bool: exact */
bool qc_book_yes(qc_book_reader *reader, const qc_yaml_node *node, void *member);   /* bool */
bool qc_book_color(qc_book_reader *reader, const qc_yaml_node *node, void *member); /* const char * */

/* A node is a scalar with something in it; otherwise a mistake that says what was `expected`. */
bool qc_book_is_text(qc_book_reader *reader, const qc_yaml_node *node, const char *expected);

/* Which of the names the text is; `count` when it is none, which is a mistake. */
size_t qc_book_choose(qc_book_reader *reader, const qc_yaml_node *node, const char *const *names, size_t count);

/* The items of "one text or a list of texts": of a list its first child, otherwise the node itself. An empty list is a
 * mistake and answers NULL. The next item is item->next, which is NULL for one text when `*list` is false. */
const qc_yaml_node *qc_book_items(qc_book_reader *reader, const qc_yaml_node *node, const char *expected, bool *list);

/* One text or a list of them, kept in the book. */
const char *const *qc_book_texts(qc_book_reader *reader, const qc_yaml_node *node, const char *expected, size_t *count);

/* An id or a list's name, in NFC: letters, marks and digits of any script, _, and behind the first also - . and :
 * NULL when it is a mistake. */
const char *qc_book_name(qc_book_reader *reader, const qc_yaml_node *node, const char *text, size_t line, size_t column,
                         const char *what);

/* The known word that is nearest to a misspelt one: look at each, then `best` is it, or NULL when none is near. */
typedef struct qc_nearest {
    const char *word, *best;
    size_t distance;
} qc_nearest;

void qc_nearest_look(qc_nearest *nearest, const char *known);

/* Reads the book's lists, each in its place in the others. */
void qc_book_lists(qc_book_reader *reader, const qc_yaml_node *node);

/* Reads one term (or what its $list stands for), a list of terms, one regex or a list of them, behind what is gathered. */
void qc_book_gather_term(qc_book_reader *reader, const qc_yaml_node *node);
void qc_book_gather_terms(qc_book_reader *reader, const qc_yaml_node *node);
void qc_book_gather_regexes(qc_book_reader *reader, const qc_yaml_node *node);

/* What was gathered since there were `from` patterns; it lives in the book. */
qc_patterns qc_book_patterns_from(qc_book_reader *reader, size_t from);

/* What takes a match back, or lets it stand: a term, a list of them, {regex: ...}, or a list with such maps in it. `what`
 * names the key in mistakes. */
typedef struct qc_words {
    qc_patterns terms, regexes;
} qc_words;

qc_words qc_book_words(qc_book_reader *reader, const qc_yaml_node *node, const char *what);

/* What a code's rules are made of: of the code itself, or of one of its `rules`. */
typedef struct qc_rule_draft {
    const qc_yaml_node *id, *terms, *regex, *unless, *letters; /* `letters`: of the key `case` */
    const qc_yaml_node *question, *weight, *weak, *echo;
    const qc_yaml_node *near, *ordered, *within, *all, *any, *none, *code; /* `none`: of the key `not` */
    const qc_yaml_node *ghost, *after, *before, *where;
    const char *note;
} qc_rule_draft;

/* "sentence", "turn" or "8 words". */
bool qc_book_within(qc_book_reader *reader, const qc_yaml_node *node, qc_within *within);

/* Reads what a rule asks for beyond terms and regexes of its own: `near`, `all` and their like, with what stands beside
 * them and in the turn. */
void qc_book_condition(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule);
void qc_book_surroundings(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule);

/* Remembers a reference; `to` is filled in by the next, which also finds circles. */
bool qc_book_refer(qc_book_reader *reader, const qcode_code *from, const qc_yaml_node *name, const qcode_code **to);
bool qc_book_refer_to_parent(qc_book_reader *reader, const qc_yaml_node *name, qcode_code *code);
void qc_book_link(qc_book_reader *reader);

/* Reads `rules`, or the one rule that a code gives directly, into the code. */
void qc_book_rules(qc_book_reader *reader, qcode_code *code, const qc_yaml_node *rules, const qc_rule_draft *direct);

/* Reads what a rule has only where evidence is weighed; a rule about the question has nothing else beside it. */
void qc_book_weight(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule);
void qc_book_question(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule);

/* Reads a cue: terms, or rules like a code's. */
void qc_book_cue(qc_book_reader *reader, qcode_code *cue, const qc_yaml_node *node);

/* Reads a number between the limits, in millionths; what it is called is `name`. */
bool qc_book_number(qc_book_reader *reader, const qc_yaml_node *node, const char *name, int64_t least, int64_t most,
                    int64_t *number);

/* Reads the blocks `topics` and `evidence`, either of which may be NULL, behind the codes. */
void qc_book_evidence(qc_book_reader *reader, const qc_yaml_node *topics, const qc_yaml_node *evidence);

/* Reads the book's codes; `unit` and `scope` are for those that do not say. */
void qc_book_codes(qc_book_reader *reader, const qc_yaml_node *node, qcode_unit unit, qcode_scope scope);

/* Looks at the aspects of codes, once it is known what each stands under. */
void qc_book_check_aspects(qc_book_reader *reader);

/* All nodes of codes, each before those in its own `codes`. */
enum { QC_BOOK_MOST_LEVELS = 32 };
typedef struct qc_code_walk {
    struct qc_code_level {
        const qc_yaml_node *next;
        size_t parent; /* the number of the code whose `codes` these are; SIZE_MAX: of the book */
    } levels[QC_BOOK_MOST_LEVELS];
    size_t depth, count;
} qc_code_walk;

qc_code_walk qc_code_walk_init(const qc_yaml_node *list);
const qc_yaml_node *qc_code_walk_next(qc_code_walk *walk, size_t *parent);

/* Reads what tells the status of what is said. */
void qc_book_status(qc_book_reader *reader, const qc_yaml_node *node);

/* Looks at what was changed in the book. */
void qc_book_changes(qc_book_reader *reader, const qc_yaml_node *node);

/* Reads the book's themes. */
void qc_book_themes(qc_book_reader *reader, const qc_yaml_node *node);

#endif
