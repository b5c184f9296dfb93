/* The blocks `topics` and `evidence`: numbers, and lists that belong to a language. */
#include "read/codebook/codebook.h"

#include <stdio.h>
#include <string.h>

enum { MOST_KEYS = (int)QC_NUMBERS + (int)QC_CUES, CUES_OF_TOPICS = QC_CUE_OFF_TOPIC };

typedef struct evidence_draft {
    const qc_yaml_node *numbers[QC_NUMBERS], *cues[QC_CUES];
} evidence_draft;

bool qc_book_number(qc_book_reader *reader, const qc_yaml_node *node, const char *name, int64_t least, int64_t most,
                    int64_t *number)
{
    int64_t value;
    if (!qc_book_is_text(reader, node, "a number"))
        return false;
    if (qc_millionths_read(node->text, node->length, most, &value) && value >= least) {
        *number = value;
        return true;
    }
    char limits[48];
    qc_buffer text = qc_buffer_init(reader->memory);
    qc_put_millionths(&text, least, 0);
    qc_buffer_string(&text, " to ");
    qc_put_millionths(&text, most, 0);
    const char *written = qc_buffer_text(&text);
    snprintf(limits, sizeof limits, "%s", written ? written : "");
    qc_buffer_clear(&text);
    if (!*limits)
        return qc_book_no_memory(reader);
    return qc_book_mistake(reader, node->line, node->column,
                           "found \"%.60s\" where %s is expected: a number from %s, with at most six digits behind the point",
                           node->text, name, limits);
}

void qc_book_weight(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *const keys[] = {draft->question, draft->weight, draft->weak, draft->echo};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !reader->book->weighed; i++)
        if (keys[i])
            qc_book_mistake(reader, keys[i]->key_line, keys[i]->key_column,
                            "\"%s\" in a codebook without \"evidence\": there a match codes its unit", keys[i]->key);
    if (draft->weight)
        qc_book_number(reader, draft->weight, "weight", 0, 10 * QC_ONE, &rule->weight);
    if (draft->weak)
        qc_book_yes(reader, draft->weak, &rule->weak);
    if (draft->echo)
        qc_book_yes(reader, draft->echo, &rule->echoes);
    if (rule->weak && rule->echoes)
        qc_book_mistake(reader, draft->echo->key_line, draft->echo->key_column, "a rule that is both \"weak\" and \"echo\"");
}

void qc_book_question(qc_book_reader *reader, const qc_rule_draft *draft, qcode_rule *rule)
{
    const qc_yaml_node *const keys[] = {draft->terms, draft->regex, draft->near,  draft->all,   draft->any,
                                          draft->none,  draft->code,  draft->where, draft->after, draft->before,
                                          draft->ghost, draft->weak,  draft->echo,  draft->unless};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i])
            qc_book_mistake(reader, keys[i]->key_line, keys[i]->key_column,
                            "\"%s\" beside \"question\": make it a rule of its own", keys[i]->key);
    qc_words asked = qc_book_words(reader, draft->question, "question");
    rule->asks = true;
    rule->terms = asked.terms;
    rule->regexes = asked.regexes;
    rule->note = draft->note ? draft->note : "";
    if (draft->letters)
        qc_book_case(reader, draft->letters, &rule->case_exact);
}

/* The keys of one block: numbers [first, last) and cues [first_cue, last_cue). */
static void read_block(qc_book_reader *reader, const qc_yaml_node *node, const char *what, size_t first, size_t last,
                       size_t first_cue, size_t last_cue, evidence_draft *draft)
{
    qc_book_field fields[MOST_KEYS];
    size_t count = 0;
    for (size_t i = first; i < last; i++)
        fields[count++] = (qc_book_field){qc_numbers[i].name, qc_book_node,
                                          offsetof(evidence_draft, numbers) + i * sizeof *draft->numbers};
    for (size_t i = first_cue; i < last_cue; i++)
        fields[count++] = (qc_book_field){strchr(qc_cue_names[i], '.') + 1, qc_book_node,
                                          offsetof(evidence_draft, cues) + i * sizeof *draft->cues};
    if (node)
        qc_book_map(reader, node, fields, count, what, draft);
}

/* Each cue is a code that is never given. */
static void read_cues(qc_book_reader *reader, const evidence_draft *draft)
{
    static const qcode_scope scopes[QC_CUES] = {
        [QC_CUE_NEW] = QCODE_SCOPE_INTERVIEWER,   [QC_CUE_FOLLOW_UP] = QCODE_SCOPE_INTERVIEWER,
        [QC_CUE_RESET] = QCODE_SCOPE_INTERVIEWER, [QC_CUE_FILLER] = QCODE_SCOPE_ALL,
        [QC_CUE_OFF_TOPIC] = QCODE_SCOPE_RESPONDENT,
    };
    qcode_codebook *book = reader->book;
    qcode_code *cues = qc_arena_take_array(&book->arena, QC_CUES, sizeof *cues);
    if (!cues) {
        qc_book_no_memory(reader);
        return;
    }
    for (size_t i = 0; i < QC_CUES && !reader->stopped; i++) {
        cues[i] = (qcode_code){.id = qc_cue_names[i], .name = qc_cue_names[i], .definition = "",
                               .include = "", .exclude = "", .color = "", .note = "", .index = book->count + i,
                               .unit = QCODE_UNIT_SENTENCE, .scope = scopes[i], .book = book};
        if (draft->cues[i])
            qc_book_cue(reader, &cues[i], draft->cues[i]);
    }
    book->cues = cues;
}

void qc_book_evidence(qc_book_reader *reader, const qc_yaml_node *topics, const qc_yaml_node *evidence)
{
    qcode_codebook *book = reader->book;
    evidence_draft draft = {{NULL}, {NULL}};
    read_block(reader, topics, "\"topics\"", 0, QC_FIRST_OF_EVIDENCE, 0, CUES_OF_TOPICS, &draft);
    read_block(reader, evidence, "\"evidence\"", QC_FIRST_OF_EVIDENCE, QC_NUMBERS, CUES_OF_TOPICS, QC_CUES, &draft);
    for (size_t i = 0; i < QC_NUMBERS; i++) {
        book->numbers[i] = qc_numbers[i].usual;
        if (draft.numbers[i])
            qc_book_number(reader, draft.numbers[i], qc_numbers[i].name, qc_numbers[i].least, qc_numbers[i].most,
                           &book->numbers[i]);
    }
    qcode_code *codes = (qcode_code *)book->codes; /* being read: nobody else has them yet */
    for (size_t i = 0; i < book->count; i++)
        if (codes[i].threshold < 0)
            codes[i].threshold = book->numbers[QC_N_THRESHOLD];
    if (topics || evidence)
        read_cues(reader, &draft);
}
