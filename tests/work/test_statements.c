/* Statements count respondents as they were counted by hand, words stand for counts by the stated policy alone, and every
 * failure is clean. */
#include "analyse/tables.h"
#include "study_folder.h"

static char claims[96], unanimous[96];

static const char book[] = "topics: {new: [\"what about\"]}\nevidence: {own: 10}\ncodes:\n"
                               "  - {id: light, rules: [{terms: [lamp*]}, {question: [light]}]}\n"
                               "  - {id: dogs, rules: [{terms: [dog*]}, {question: [dog*]}]}\n";
static const char cases[] = "document,speaker,case,group\nall.txt,,,\nminutes.txt,,,\n"
                                "all.txt,ANN,Ann,Residents\nall.txt,BEN,Ben,Residents\nall.txt,CORA,Cora,Residents\n"
                                "all.txt,DEV,Dev,Residents\nall.txt,EVE,Eve,Council\n";
static const char talk[] = "INT: What about the light?\nANN: The lamps are out.\nBEN: Every lamp is out.\n"
                           "CORA: No, never out.\nINT: What about the light?\nEVE: We mend them.\n"
                           "INT: What about the dogs?\nDEV: Big dogs.\n";

/* Everybody has a passage of the one code. */
static const char same_book[] = "codes:\n  - {id: light, definition: How well lit a place is., terms: [lamp*]}\n"
                                "  - {id: dogs, terms: [dogs]}\n";
static const char same_talk[] = "INT: Well?\nANN: The lamps are bad and so are all the dogs here.\n"
                                "BEN: I like every lamp and all of the dogs in there.\n"
                                "CORA: Which lamp do you mean, and are there any dogs?\n"
                                "DEV: My lamp broke when I walked the dogs one night.\n"
                                "EVE: They count the lamps and the dogs once a year.\n";

static bool code(const char *codes, const char *who, const char *text, const char *to, qcode_error *err)
{
    static const char *const names[] = {"all.txt"};
    put("all.txt", text);
    return code_files(codes, who, names, 1, to, err);
}

static int begin(void **state)
{
    qcode_error err = {.status = QCODE_OK};
    (void)state;
    if (!open_folder())
        return -1;
    snprintf(claims, sizeof claims, "%s/statements.yaml", folder);
    put("statements.yaml", "statements:\n  - id: S1\n    text: Lamps are out.\n    codes: [light]\n    attached:\n"
                           "      - {document: all.txt, words: the lamps are out, by: AB, as: supports, first_hand: yes}\n"
                           "      - {document: all.txt, words: every lamp, by: AB, as: supports, first_hand: no}\n"
                           "      - {document: all.txt, words: never out, by: AB, as: contradicts}\n"
                           "      - {document: all.txt, words: nowhere at all, by: AB, as: supports}\n"
                           "  - {id: S2, text: Dogs are big., codes: [dogs], groups: [Residents]}\n");
    snprintf(unanimous, sizeof unanimous, "%s/unanimous", folder);
    if (code(same_book, cases, same_talk, unanimous, &err) && code(book, cases, talk, coded, &err))
        return 0;
    print_message("%s:%zu: %s\n", err.source, err.line, err.message);
    return -1;
}

static void counts_are_those_by_hand(void **state)
{
    (void)state;
    qcode_error err;
    qcode_analysed found;
    qcode_notes *notes = qcode_notes_new(NULL);
    const qcode_analysis_job job = {.folder = coded, .kind = QCODE_ANALYSIS_STATEMENTS, .statements = claims};
    assert_true(qcode_analyse(&job, NULL, &found, notes, &err));
    assert_int_equal(qcode_notes_count_of(notes, QCODE_NOTE_WARNING), 1); /* words that stand nowhere */
    assert_int_equal(qcode_table_row_count(found.table), 5); /* Council, Residents, all; Residents, all */
    static const char *const columns[] = {"supports", "of", "contradicts", "asked_and_did_not_say", "not_asked",
                                          "unknown_whether_asked", "first_hand", "second_hand", "interviews"};
    static const int64_t by_hand[5][9] = {
        {0, 1, 0, 1, 0, 0, 0, 0, 0}, /* Eve was asked about the light and says nothing of lamps being out */
        {2, 4, 1, 0, 1, 0, 1, 1, 1}, /* Dev was not asked */
        {2, 5, 1, 1, 1, 0, 1, 1, 1},
        {0, 4, 0, 1, 3, 0, 0, 0, 0}, /* Dev was asked about dogs */
        {0, 4, 0, 1, 3, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            assert_int_equal(count_of(found.table, i, columns[k]), by_hand[i][k]);
    assert_true(qcode_table_cell(found.table, 2, qcode_table_find(found.table, "percent")).missing);
    qcode_analysed_clear(&found);
    qcode_notes_free(notes);
}

static void a_word_stands_for_a_count_by_the_policy_alone(void **state)
{
    (void)state;
    static const struct {
        size_t count, of;
        const char *word;
    } by_hand[] = {
        {3, 3, "three of three"}, {0, 2, "none of two"}, {4, 4, "all"}, {3, 4, "most"}, {2, 4, "two"},
        {3, 6, "several"},        {4, 6, "most"},        {1, 9, "one"}, {0, 9, "none"}, {5, 10, "several"},
    };
    const qc_quantifiers policy = {.least_group = 4, .several_from = 3, .most_over = 50};
    for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++) {
        qc_buffer out = qc_buffer_init(NULL);
        qc_put_quantifier(&out, &policy, by_hand[i].count, by_hand[i].of);
        assert_string_equal(qc_buffer_text(&out), by_hand[i].word);
        qc_buffer_clear(&out);
    }
}

static bool analyse(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_analysis_job job = {.folder = coded, .kind = *(const qcode_analysis *)user, .statements = claims};
    qcode_analysed found = {.about = NULL};
    qcode_notes *notes = qcode_notes_new(memory);
    err->status = QCODE_NO_MEMORY;
    bool done = notes && qcode_analyse(&job, memory, &found, notes, err);
    if (done && !qcode_notes_complete(notes)) {
        done = false;
        err->status = QCODE_NO_MEMORY;
    }
    qcode_analysed_clear(&found);
    qcode_notes_free(notes);
    return done;
}

static void statements_fail_cleanly_without_memory(void **state)
{
    (void)state;
    for (qcode_analysis kind = QCODE_ANALYSIS_STATEMENTS; kind <= QCODE_ANALYSIS_ACCOUNTS; kind++)
        refuse_each_allocation(analyse, &kind);
}

static bool check_quotes(const qcode_memory *memory, void *user, qcode_error *err)
{
    char draft[96];
    size_t wrong = 0;
    snprintf(draft, sizeof draft, "%s/draft.md", folder);
    const qcode_quotes_job job = {draft, coded, claims};
    err->status = QCODE_NO_MEMORY;
    qcode_table *table = qcode_check_quotes(&job, memory, &wrong, NULL, err);
    if (table)
        *(size_t *)user = wrong;
    qcode_table_free(table);
    return table != NULL;
}

static void a_draft_is_checked_or_fails_cleanly_without_memory(void **state)
{
    (void)state;
    size_t wrong = 0;
    put("draft.md", "\"Every ... is out\" (Ben), \"Big dogs\" (Ann), \"no dogs\".\n\n> We mend [lamps]. (Eve)\n\n"
                    "2 of 4 Residents [S1], 3 of 4 Residents [S1].\n");
    refuse_each_allocation(check_quotes, &wrong);
    assert_int_equal(wrong, 3); /* Ann, "no dogs", 3 of 4 */
}

/* What an analysis, or a draft where `kind` is QCODE_ANALYSIS_ACCOUNTS, says of the study. */
static void look_for_agreement(qcode_analysis kind)
{
    static const char *const claimed[] = {"agree", "Agree", "felt", "believe", "respondents think", "consensus", "everyone"};
    const qcode_analysis_job job = {.folder = unanimous, .kind = kind, .statements = claims};
    const qcode_draft_job draft = {.folder = unanimous, .statements = claims, .filter.states = QCODE_STATES_STANDING};
    const qcode_table_style style = {.format = QCODE_FORMAT_TEXT};
    qcode_error err = {.status = QCODE_OK};
    qcode_analysed found = {.about = NULL};
    size_t length;
    qcode_sink *sink = qcode_sink_memory(NULL, &err);
    assert_non_null(sink);
    if (kind == QCODE_ANALYSIS_ACCOUNTS)
        assert_true(qcode_write_draft(&draft, NULL, sink, NULL, &err));
    else
        assert_true(qcode_analyse(&job, NULL, &found, NULL, &err) &&
                    qcode_analysed_write(&found, &style, NULL, sink, &err));
    assert_true(qcode_sink_write(sink, "", 1) && qcode_sink_finish(sink, &err)); /* ends with a NUL, for strstr */
    const char *said = qcode_sink_bytes(sink, &length);
    assert_true(length > 200);
    for (size_t i = 0; i < sizeof claimed / sizeof *claimed; i++)
        assert_null(strstr(said, claimed[i]));
    qcode_analysed_clear(&found);
    qcode_sink_free(sink);
}

static void what_everyone_raises_is_not_said_to_be_agreed_on(void **state)
{
    (void)state;
    look_for_agreement(QCODE_ANALYSIS_CODES);
    look_for_agreement(QCODE_ANALYSIS_STATEMENTS);
    look_for_agreement(QCODE_ANALYSIS_TOGETHER);
    look_for_agreement(QCODE_ANALYSIS_ACCOUNTS);
}

static bool write_draft(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qcode_draft_job job = {.folder = unanimous, .statements = claims, .filter.states = QCODE_STATES_STANDING};
    (void)user;
    err->status = QCODE_NO_MEMORY;
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = sink && qcode_write_draft(&job, memory, sink, NULL, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static bool write_methods(const qcode_memory *memory, void *user, qcode_error *err)
{
    (void)user;
    err->status = QCODE_NO_MEMORY;
    qcode_sink *sink = qcode_sink_memory(memory, err);
    bool done = sink && qcode_write_methods(coded, memory, sink, NULL, err) && qcode_sink_finish(sink, err);
    qcode_sink_free(sink);
    return done;
}

static void drafting_fails_cleanly_without_memory(void **state)
{
    (void)state;
    refuse_each_allocation(write_draft, NULL);
    refuse_each_allocation(write_methods, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_are_those_by_hand),
        TEST(a_word_stands_for_a_count_by_the_policy_alone),
        TEST(statements_fail_cleanly_without_memory),
        TEST(what_everyone_raises_is_not_said_to_be_agreed_on),
        TEST(drafting_fails_cleanly_without_memory),
        TEST(a_draft_is_checked_or_fails_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, begin, remove_folder);
}
