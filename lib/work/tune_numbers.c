/* Finds the numbers of a codebook in its file, and writes them there again. */
#include "work/tune_numbers.h"
#include "base/error.h"
#include "read/codebook/codebook.h"

/* Numbers that count something. */
static bool is_whole(size_t number)
{
    return number == QC_N_SHORT_QUESTION || number == QC_N_OFF_TOPIC_WORDS || number == QC_N_MOST_CODES;
}

static bool add(qc_tune_book *tuned, const char *owner, const char *kind, int64_t *value, int64_t least, int64_t most,
                const qc_yaml_node *map)
{
    qc_tunable *next = &tuned->at[tuned->count];
    size_t length = strlen(owner), room = length + strlen(kind) + 2;
    char *name = qc_arena_take(&tuned->arena, room);
    if (!name)
        return false;
    memcpy(name, owner, length);
    name[length] = '.';
    strcpy(name + length + (length > 0), kind);
    *next = (qc_tunable){.kind = kind, .name = name, .value = value, .was = *value, .least = least, .most = most,
                         .grain = QC_ONE / 100, .scalar = qc_yaml_get(map, kind), .map = map};
    tuned->count++;
    return true;
}

/* The threshold of the book stands for codes that say none: it is fitted code by code. */
static bool add_block(qc_tune_book *tuned, const qc_yaml_node *block, size_t first, size_t last)
{
    for (size_t i = first; block && i < last; i++) {
        const qc_number_kind *kind = &qc_numbers[i];
        if (i == QC_N_THRESHOLD)
            continue;
        if (!add(tuned, "", kind->name, &tuned->book->numbers[i], kind->least, kind->most, block))
            return false;
        if (is_whole(i))
            tuned->at[tuned->count - 1].grain = QC_ONE;
    }
    return true;
}

static bool add_weight(qc_tune_book *tuned, const qcode_rule *rule, const qc_yaml_node *map)
{
    /* the reading is ours alone */
    return map->kind != QC_YAML_MAP || !qc_yaml_get(map, "weight") ||
           add(tuned, rule->id, "weight", (int64_t *)&rule->weight, 0, 10 * QC_ONE, map);
}

static bool add_code(qc_tune_book *tuned, const qcode_code *code, const qc_yaml_node *node, bool wanted)
{
    const qc_yaml_node *rules = qc_yaml_get(node, "rules");
    if (wanted && !code->aspect && !add(tuned, code->id, "threshold", (int64_t *)&code->threshold, 0,
                       qc_numbers[QC_N_THRESHOLD].most, node))
        return false;
    const qc_yaml_node *rule = rules && rules->kind == QC_YAML_LIST ? rules->first : NULL;
    for (size_t i = 0; rule && i < code->rule_count; i++, rule = rule->next)
        if (!add_weight(tuned, &code->rules[i], rule))
            return false;
    return rules || !code->rule_count || add_weight(tuned, &code->rules[0], node); /* the code's keys are its rule's */
}

static bool add_all(qc_tune_book *tuned, const qc_yaml_node *root, const size_t *wanted)
{
    qcode_codebook *book = tuned->book;
    const qc_yaml_node *node;
    size_t parent;
    if (!qc_grow(tuned->arena.memory, &tuned->at, &tuned->room, QC_NUMBERS + book->count + book->rule_count,
                 sizeof *tuned->at) ||
        !add_block(tuned, qc_yaml_get(root, "topics"), 0, QC_FIRST_OF_EVIDENCE) ||
        !add_block(tuned, qc_yaml_get(root, "evidence"), QC_FIRST_OF_EVIDENCE, QC_NUMBERS))
        return false;
    qc_code_walk walk = qc_code_walk_init(qc_yaml_get(root, "codes"));
    for (size_t i = 0; i < book->count && (node = qc_code_walk_next(&walk, &parent)); i++)
        if (!add_code(tuned, &book->codes[i], node, wanted[i] > 0))
            return false;
    return true;
}

bool qc_tune_book_open(qc_tune_book *tuned, const qcode_codebook *book, const size_t *wanted,
                       const qcode_memory *memory, qcode_error *err)
{
    *tuned = (qc_tune_book){.arena = qc_arena_init(memory)};
    tuned->book = qcode_codebook_parse(book->bytes, book->length, book->source, memory, NULL, err);
    if (!tuned->book)
        return false;
    const qc_yaml_node *root = qc_yaml_parse(&tuned->arena, tuned->book->bytes, tuned->book->length, book->source, err);
    return root && (add_all(tuned, root, wanted) || qc_no_memory(err));
}

void qc_tune_book_clear(qc_tune_book *tuned)
{
    qc_release(tuned->arena.memory, tuned->at);
    qcode_codebook_free(tuned->book);
    qc_arena_clear(&tuned->arena);
}

static bool is_named(const qc_tunable *number, const char *name)
{
    return strcmp(number->kind, name) == 0 || strcmp(number->name, name) == 0;
}

bool qc_tune_book_only(qc_tune_book *tuned, const char *const *only, size_t count, qcode_error *err)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++) {
        size_t found = 0;
        for (size_t i = 0; i < tuned->count; i++)
            found += is_named(&tuned->at[i], only[k]);
        if (!found)
            return qc_fail(err, QCODE_USAGE, NULL, 0, 0,
                           "the codebook has no number \"%.60s\" to fit: \"threshold\" and \"weight\" are those of all codes "
                           "and rules", only[k]);
    }
    for (size_t i = 0; count && i < tuned->count; i++) {
        bool named = false;
        for (size_t k = 0; k < count; k++)
            named = named || is_named(&tuned->at[i], only[k]);
        if (named)
            tuned->at[kept++] = tuned->at[i];
    }
    tuned->count = count ? kept : tuned->count;
    return true;
}

bool qc_tune_book_write(const qc_tune_book *tuned, const qcode_memory *memory, qc_buffer *out)
{
    qc_yaml_edits edits = qc_yaml_edits_init(tuned->book->bytes, tuned->book->length, memory);
    qc_buffer text = qc_buffer_init(memory);
    bool done = true;
    for (size_t i = 0; done && i < tuned->count; i++) {
        const qc_tunable *number = &tuned->at[i];
        if (*number->value == number->was)
            continue;
        text.length = 0;
        qc_put_millionths(&text, *number->value, 0);
        const char *written = qc_buffer_text(&text);
        done = written && (number->scalar ? qc_yaml_replace(&edits, number->scalar, written)
                                          : qc_yaml_add_key(&edits, number->map, number->kind, written));
    }
    done = done && qc_yaml_edits_apply(&edits, out);
    qc_yaml_edits_clear(&edits);
    qc_buffer_clear(&text);
    return done;
}
