/* What statements rest on: group by group who supports, qualifies and contradicts them, who was asked and did not say, and
 * who was not asked. Silence is not dissent, and no word stands for a count but by the policy that the statements state. */
#include "analyse/tables.h"
#include "base/error.h"
#include "model/shown.h"
#include "model/table.h"

#include <string.h>

static const qcode_column columns[] = {
    {"statement", QCODE_TYPE_TEXT},      {"group", QCODE_TYPE_TEXT},        {"supports", QCODE_TYPE_INTEGER},
    {"of", QCODE_TYPE_INTEGER},          {"count", QCODE_TYPE_TEXT},        {"quantifier", QCODE_TYPE_TEXT},
    {"percent", QCODE_TYPE_NUMBER},      {"qualifies", QCODE_TYPE_INTEGER}, {"contradicts", QCODE_TYPE_INTEGER},
    {"asked_and_did_not_say", QCODE_TYPE_INTEGER}, {"not_asked", QCODE_TYPE_INTEGER},
    {"unknown_whether_asked", QCODE_TYPE_INTEGER}, {"first_hand", QCODE_TYPE_INTEGER},
    {"second_hand", QCODE_TYPE_INTEGER}, {"hand_not_said", QCODE_TYPE_INTEGER}, {"interviews", QCODE_TYPE_INTEGER},
    {"organisations", QCODE_TYPE_INTEGER}, {"other_sources", QCODE_TYPE_TEXT}, {"contrary", QCODE_TYPE_TEXT},
    {"qualifying", QCODE_TYPE_TEXT},     {"text", QCODE_TYPE_TEXT},
};

enum { LEAST_PERCENT = 20 }; /* respondents, below whom no percentage is given */

/* What a respondent has of a statement: bits. */
enum { FIRST_HAND = 1 << QC_STANCES, SECOND_HAND = 2 << QC_STANCES, HAND_UNSAID = 4 << QC_STANCES };

/* "one" ... "twelve", then digits. */
static void put_number(qc_buffer *out, size_t number)
{
    static const char *const words[] = {"none", "one", "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine", "ten",  "eleven", "twelve"};
    if (number < sizeof words / sizeof *words)
        qc_buffer_string(out, words[number]);
    else
        qc_buffer_number(out, number);
}

void qc_put_quantifier(qc_buffer *out, const qc_quantifiers *policy, size_t count, size_t of)
{
    if (of < policy->least_group) {
        put_number(out, count);
        qc_buffer_string(out, " of ");
        put_number(out, of);
    } else if (count == of)
        qc_buffer_string(out, "all");
    else if (count * 100 > of * policy->most_over)
        qc_buffer_string(out, "most");
    else if (count >= policy->several_from)
        qc_buffer_string(out, "several");
    else
        put_number(out, count);
}

typedef struct claiming {
    const qc_view *view;
    const qc_accounts *accounts;
    const qc_asked *asked;
    const qcode_memory *memory;
    qcode_table *table;
    qc_arena arena;
    unsigned *has;      /* of each respondent */
    qc_buffer text;
    bool organisations; /* somebody's is known */
} claiming;

static const char *organisation_of(const claiming *c, const qc_respondent *who)
{
    return qcode_transcript_value(c->view->talks[who->document], who->speaker, "organisation");
}

static void gather(claiming *c, const qc_statement *statement)
{
    static const unsigned hands[] = {[QC_HAND_UNSAID] = HAND_UNSAID, [QC_HAND_FIRST] = FIRST_HAND,
                                     [QC_HAND_SECOND] = SECOND_HAND};
    memset(c->has, 0, (c->view->respondent_count + 1) * sizeof *c->has);
    for (size_t i = 0; i < statement->attached_count; i++) {
        const qc_account *account = &c->accounts->at[statement->first + i];
        if (!account->in_view || account->respondent == QC_NOBODY)
            continue;
        c->has[account->respondent] |= 1U << account->attachment->stance;
        if (account->attachment->stance == QC_SUPPORTS)
            c->has[account->respondent] |= hands[account->attachment->hand];
    }
}

typedef enum heard { ASKED, NOT_ASKED, UNKNOWN } heard;

/* Whether a respondent was asked about one of the statement's codes. */
static heard was_asked(const claiming *c, const qc_statement *statement, size_t respondent)
{
    const size_t *codes = c->accounts->codes[statement - c->accounts->statements->at];
    bool all_known = statement->code_count > 0;
    for (size_t i = 0; i < statement->code_count; i++) {
        if (c->asked->known[codes[i]] && c->asked->answers[respondent * c->view->code_count + codes[i]].words)
            return ASKED;
        all_known &= c->asked->known[codes[i]];
    }
    return all_known ? NOT_ASKED : UNKNOWN;
}

typedef struct counts {
    size_t people, stances[QC_STANCES], heard[3], first, second, unsaid;
} counts;

/* Whether the row of `group` (NULL: of all) counts the respondent. */
static bool counts_in(const claiming *c, const qc_statement *statement, const char *group, size_t respondent)
{
    const qc_respondent *who = &c->view->respondents[respondent];
    return who->in_view && qc_statement_is_about(statement, who->group) && (!group || strcmp(who->group, group) == 0);
}

static counts count(const claiming *c, const qc_statement *statement, const char *group)
{
    counts found = {.people = 0};
    for (size_t i = 0; i < c->view->respondent_count; i++) {
        unsigned has = c->has[i];
        if (!counts_in(c, statement, group, i))
            continue;
        found.people++;
        for (size_t k = 0; k < QC_STANCES; k++)
            found.stances[k] += has >> k & 1;
        if (!(has & (1U << QC_SUPPORTS | 1U << QC_QUALIFIES | 1U << QC_CONTRADICTS)))
            found.heard[was_asked(c, statement, i)]++;
        found.first += (has & FIRST_HAND) != 0;
        found.second += (has & (FIRST_HAND | SECOND_HAND)) == SECOND_HAND;
        found.unsaid += (has & (FIRST_HAND | SECOND_HAND | HAND_UNSAID)) == HAND_UNSAID;
    }
    return found;
}

/* Whether an account is one of the row's; those of nobody are of the row of all. */
static bool is_of(const claiming *c, const qc_account *account, const char *group)
{
    if (!account->in_view)
        return false;
    return account->respondent == QC_NOBODY ? !group
                                            : counts_in(c, account->statement, group, account->respondent);
}

/* Whether an earlier account of the row has the same of something. */
typedef const char *trait(const claiming *c, const qc_account *account);

static bool is_first(const claiming *c, const qc_statement *statement, size_t at, const char *group, trait *of)
{
    const char *mine = of(c, &c->accounts->at[statement->first + at]);
    bool again = !mine;
    for (size_t i = 0; i < at && !again; i++) {
        const qc_account *before = &c->accounts->at[statement->first + i];
        const char *theirs = is_of(c, before, group) && before->attachment->stance == QC_SUPPORTS ? of(c, before) : NULL;
        again = theirs && strcmp(theirs, mine) == 0;
    }
    return !again;
}

static const char *organisation_trait(const claiming *c, const qc_account *account)
{
    return account->respondent == QC_NOBODY ? NULL : organisation_of(c, &c->view->respondents[account->respondent]);
}

static const char *interview_trait(const claiming *c, const qc_account *account)
{
    return account->respondent == QC_NOBODY ? NULL : qcode_transcript_name(c->view->talks[account->document]);
}

static const char *source_trait(const claiming *c, const qc_account *account)
{
    const char *source = qc_source_of(c->view->talks[account->document]);
    return strcmp(source, "interview") == 0 || strcmp(source, "joint interview") == 0 ? NULL : source;
}

/* How many different ones support it; their names in `text`. */
static size_t different(claiming *c, const qc_statement *statement, const char *group, trait *of)
{
    size_t found = 0;
    c->text.length = 0;
    for (size_t i = 0; i < statement->attached_count; i++) {
        const qc_account *account = &c->accounts->at[statement->first + i];
        if (account->attachment->stance != QC_SUPPORTS || !is_of(c, account, group) ||
            !is_first(c, statement, i, group, of))
            continue;
        qc_buffer_print(&c->text, "%s%s", found++ ? ", " : "", of(c, account));
    }
    return found;
}

/* Adds the accounts of a stance, each with who and where; where there are none, how they were looked for. */
static void add_accounts(claiming *c, const qc_statement *statement, const char *group, qc_stance stance)
{
    size_t found = 0;
    c->text.length = 0;
    for (size_t i = 0; i < statement->attached_count; i++) {
        const qc_account *account = &c->accounts->at[statement->first + i];
        if (account->attachment->stance != stance || !is_of(c, account, group))
            continue;
        const qc_respondent *who = account->respondent == QC_NOBODY ? NULL : &c->view->respondents[account->respondent];
        const char *name = !who ? "" : who->speaker->case_name ? who->name : who->speaker->name;
        qc_buffer_print(&c->text, "%s%s%s%s:%zu%s", found++ ? "; " : "", name, who ? " (" : "",
                        account->attachment->document, account->line, who ? ")" : "");
    }
    if (!found)
        qc_buffer_print(&c->text, "none found (%s%s)",
                        *statement->looked_for ? "looked for: " : "how they were looked for is not said",
                        statement->looked_for);
    qc_table_add_text(c->table, qc_buffer_text(&c->text));
}

/* `group` may be NULL: all, and what no respondent says. */
static void add_row(claiming *c, const qc_statement *statement, const char *group)
{
    const counts found = count(c, statement, group);
    const char *name = group ? group : c->view->group_count == 1 && *c->view->groups[0] ? c->view->groups[0] : "all";
    if (!found.people && statement->group_count)
        return; /* it is about groups that the filter leaves out */
    qc_table_add_text(c->table, statement->id);
    qc_table_add_text(c->table, *name ? name : NULL);
    qc_table_add_count(c->table, found.stances[QC_SUPPORTS]);
    qc_table_add_count(c->table, found.people);
    c->text.length = 0;
    qc_buffer_print(&c->text, "%zu of %zu", found.stances[QC_SUPPORTS], found.people);
    qc_table_add_text(c->table, qc_buffer_text(&c->text));
    c->text.length = 0;
    qc_put_quantifier(&c->text, &c->accounts->statements->quantifiers, found.stances[QC_SUPPORTS], found.people);
    qc_table_add_text(c->table, qc_buffer_text(&c->text));
    if (found.people >= LEAST_PERCENT)
        qc_table_add_number(c->table, 100.0 * (double)found.stances[QC_SUPPORTS] / (double)found.people);
    else
        qc_table_add_missing(c->table);
    const size_t numbers[] = {found.stances[QC_QUALIFIES], found.stances[QC_CONTRADICTS], found.heard[ASKED],
                              found.heard[NOT_ASKED], found.heard[UNKNOWN], found.first, found.second, found.unsaid,
                              different(c, statement, group, interview_trait)};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        qc_table_add_count(c->table, numbers[i]);
    size_t organisations = different(c, statement, group, organisation_trait);
    if (c->organisations)
        qc_table_add_count(c->table, organisations);
    else
        qc_table_add_missing(c->table);
    qc_table_add_text(c->table, different(c, statement, group, source_trait) ? qc_buffer_text(&c->text) : NULL);
    add_accounts(c, statement, group, QC_CONTRADICTS);
    add_accounts(c, statement, group, QC_QUALIFIES);
    qc_table_add_text(c->table, statement->text);
}

static bool make_room(claiming *c)
{
    c->table = qc_table_new(c->memory);
    c->has = qc_arena_take_array(&c->arena, c->view->respondent_count + 1, sizeof *c->has);
    for (size_t i = 0; c->table && i < sizeof columns / sizeof *columns; i++)
        qc_table_add_column(c->table, columns[i].name, columns[i].type);
    for (size_t i = 0; i < c->view->respondent_count && !c->organisations; i++)
        c->organisations = organisation_of(c, &c->view->respondents[i]) != NULL;
    return c->table && c->has;
}

qcode_table *qc_table_statements(const qc_view *view, const qc_accounts *accounts, const qc_asked *asked,
                                 const qcode_memory *memory)
{
    claiming c = {.view = view, .accounts = accounts, .asked = asked, .memory = memory,
                  .arena = qc_arena_init(memory), .text = qc_buffer_init(memory)};
    bool done = make_room(&c);
    for (size_t i = 0; done && i < accounts->statements->count; i++) {
        const qc_statement *statement = &accounts->statements->at[i];
        if (!accounts->in_view[i])
            continue;
        gather(&c, statement);
        for (size_t g = 0; g < view->group_count && view->group_count != 1; g++)
            if (qc_statement_is_about(statement, view->groups[g]))
                add_row(&c, statement, view->groups[g]);
        add_row(&c, statement, NULL);
    }
    done = done && !c.text.failed;
    qc_arena_clear(&c.arena);
    qc_buffer_clear(&c.text);
    return qc_table_closed(c.table, done);
}
