/* The status of what is said: for each, the words that tell it. */
#include "read/codebook/codebook.h"

#include <string.h>

typedef struct cue_draft {
    const qc_yaml_node *terms, *regex, *within;
} cue_draft;

static size_t count_cues(const qc_yaml_node *map)
{
    size_t count = 0;
    for (const qc_yaml_node *item = map->first; item; item = item->next)
        count += item->kind == QC_YAML_LIST ? item->count : 1;
    return count;
}

/* The claim of that name, which is not the default; NONE, and a mistake, when there is none. */
static qcode_claim find_claim(qc_book_reader *reader, const qc_yaml_node *node)
{
    for (qcode_claim claim = QCODE_CLAIM_NEGATED; claim <= QCODE_CLAIM_WISHED; claim++)
        if (strcmp(node->key, qc_claim_name(claim)) == 0)
            return claim;
    qc_book_mistake(reader, node->key_line, node->key_column,
                    "\"%.60s\" is no status that words can tell; expected negated, hypothetical, reported or wished",
                    node->key);
    return QCODE_CLAIM_NONE;
}

static void read_cue(qc_book_reader *reader, const qc_yaml_node *node, qc_status_cue *cue)
{
    static const qc_book_field fields[] = {
        {"terms", qc_book_node, offsetof(cue_draft, terms)},
        {"regex", qc_book_node, offsetof(cue_draft, regex)},
        {"within", qc_book_node, offsetof(cue_draft, within)},
    };
    cue_draft draft = {NULL, NULL, NULL};
    if (!qc_book_map(reader, node, fields, sizeof fields / sizeof *fields, "a status", &draft))
        return;
    if (!draft.terms && !draft.regex)
        qc_book_mistake(reader, node->line, node->column, "a status without \"terms\" or \"regex\"");
    if (draft.terms)
        qc_book_gather_terms(reader, draft.terms);
    cue->terms = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    if (draft.regex)
        qc_book_gather_regexes(reader, draft.regex);
    cue->regexes = qc_book_patterns_from(reader, 0);
    reader->pattern_count = 0;
    if (draft.within && qc_book_within(reader, draft.within, &cue->within) && cue->within.reach == QC_WITHIN_TURN)
        qc_book_mistake(reader, draft.within->line, draft.within->column,
                        "found \"turn\" where sentence or a number of words is expected");
}

void qc_book_status(qc_book_reader *reader, const qc_yaml_node *node)
{
    qcode_codebook *book = reader->book;
    if (node->kind != QC_YAML_MAP || !node->count) {
        qc_book_mistake(reader, node->line, node->column,
                        "expected a map such as {negated: {terms: [not, never], within: 4 words}}");
        return;
    }
    qc_status_cue *cues = qc_arena_take_array(&book->arena, count_cues(node), sizeof *cues);
    if (!cues) {
        qc_book_no_memory(reader);
        return;
    }
    book->status_cues = cues;
    for (const qc_yaml_node *item = node->first; item && !reader->stopped; item = item->next) {
        qcode_claim claim = find_claim(reader, item);
        bool list;
        const qc_yaml_node *part = qc_book_items(reader, item, "a map with terms or regex", &list);
        for (; part && !reader->stopped; part = list ? part->next : NULL) {
            qc_status_cue *cue = &cues[book->status_cue_count++];
            *cue = (qc_status_cue){.claim = claim, .line = part->line, .column = part->column};
            read_cue(reader, part, cue);
        }
    }
}
