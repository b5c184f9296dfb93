/* quanteda's dictionaries in YAML: maps of categories, lists of words. */
#include "base/error.h"
#include "format/yaml.h"
#include "read/dictionaries/dictionary.h"

/* Where a map or a list goes on, and the category that its words are of. */
typedef struct level {
    const qc_yaml_node *next;
    size_t category, depth;
} level;

static qc_text_line line_of(const char *text, size_t length, const qc_yaml_node *node)
{
    return (qc_text_line){text, length, node->line};
}

/* One child: a category by its key, words, or both. */
static bool take(qc_dictionary *dictionary, const qc_yaml_node *node, level above, level *below)
{
    size_t category = above.category, depth = above.depth;
    if (node->key) {
        category = qc_dictionary_category(dictionary, line_of(node->key, strlen(node->key), node), depth++);
        if (category == QC_NO_ITEM)
            return false;
    }
    *below = (level){node->first, category, depth};
    if (node->kind != QC_YAML_SCALAR || !node->length)
        return true;
    const qc_text_line words = line_of(node->text, node->length, node);
    return category == QC_NO_ITEM ? qc_dictionary_lose(dictionary, "word of no category", words)
                                  : qc_dictionary_term(dictionary, category, words, true);
}

bool qc_read_yaml_dictionary(qc_dictionary *dictionary, const char *text, size_t length)
{
    level levels[QC_YAML_MOST_DEPTH + 2];
    size_t count = 1;
    const qc_yaml_node *root =
        qc_yaml_parse(&dictionary->project->arena, text, length, dictionary->source, dictionary->err);
    if (!root)
        return false;
    if (root->kind != QC_YAML_MAP)
        return qc_fail(dictionary->err, QCODE_INVALID, dictionary->source, root->line, root->column,
                       "expected the categories of a dictionary, each with its words");
    levels[0] = (level){root->first, QC_NO_ITEM, 0};
    while (count) {
        level *here = &levels[count - 1];
        const qc_yaml_node *node = here->next;
        if (!node) {
            count--;
            continue;
        }
        here->next = node->next;
        if (count == sizeof levels / sizeof *levels || !take(dictionary, node, *here, &levels[count]))
            return false;
        count += node->first != NULL;
    }
    return true;
}
