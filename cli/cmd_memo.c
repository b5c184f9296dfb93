/* qcode memo: what people think while they code, kept with their decisions and found again. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct choices {
    const char *kind, *by, *on, *document, *code, *respondent, *span, *format;
    cli_list with;
    bool study, json;
} choices;

static const cli_option options[] = {
    {"with", 'w', CLI_LIST, offsetof(choices, with), "DECISIONS",
     "the decisions.jsonl that memos are in (always needed; for find it may be given again)"},
    {"by", 0, CLI_TEXT, offsetof(choices, by), "WHO", "add: who writes it (always needed)"},
    {"kind", 0, CLI_TEXT, offsetof(choices, kind), "KIND", "add: analytic (the default), method or reflexive"},
    {"document", 0, CLI_TEXT, offsetof(choices, document), "NAME", "add: the interview that it is about"},
    {"span", 0, CLI_TEXT, offsetof(choices, span), "START-END", "add: the passage in it, in characters of its text"},
    {"code", 0, CLI_TEXT, offsetof(choices, code), "CODE", "add: the code that it is about"},
    {"respondent", 0, CLI_TEXT, offsetof(choices, respondent), "CASE", "add: the respondent whom it is about"},
    {"study", 0, CLI_FLAG, offsetof(choices, study), NULL, "add: it is about the whole study"},
    {"on", 0, CLI_TEXT, offsetof(choices, on), "MOMENT", "add: when, as 2026-11-22T18:04:05Z (default: now)"},
    {"format", 'f', CLI_TEXT, offsetof(choices, format), "FORMAT", "find: text (the default), csv, jsonl or json"},
    {"json", 0, CLI_FLAG, offsetof(choices, json), NULL, "the same as --format json"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL},
};

/* "12-40"; false when it is not understood. */
static bool read_span(const char *text, qcode_points *span)
{
    char *end = NULL;
    if (!text)
        return true;
    if (*text < '0' || *text > '9')
        return false;
    span->start = (size_t)strtoull(text, &end, 10);
    if (*end != '-' || end[1] < '0' || end[1] > '9')
        return false;
    span->end = (size_t)strtoull(end + 1, &end, 10);
    return !*end && span->start < span->end;
}

static int add(const choices *chosen, const char *words)
{
    static const char *const kinds[] = {"", "analytic", "method", "reflexive", NULL};
    char now[32], word[64];
    qcode_error err = {.status = QCODE_OK};
    qcode_decision memo = {.document = chosen->document, .code = chosen->code, .respondent = chosen->respondent,
                           .on_study = chosen->study, .by = chosen->by, .on = chosen->on, .reason = words};
    size_t kind = cli_find_word(chosen->kind ? chosen->kind : "analytic", kinds);
    if (!chosen->by)
        return cli_usage(&cli_memo, "--by WHO is wanted");
    if (kind == SIZE_MAX || !kind)
        return cli_usage(&cli_memo, "--kind is analytic, method or reflexive, not \"%s\"",
                         cli_word(chosen->kind, word, sizeof word));
    if (!read_span(chosen->span, &memo.span))
        return cli_usage(&cli_memo, "--span is START-END, as 12-40, not \"%s\"",
                         cli_word(chosen->span, word, sizeof word));
    if (chosen->span && !chosen->document)
        return cli_usage(&cli_memo, "--span wants --document");
    if (!chosen->document && !chosen->code && !chosen->respondent && !chosen->study)
        return cli_usage(&cli_memo, "what it is about is wanted: --document, --code, --respondent or --study");
    if (!cli_now(now))
        return cli_usage(&cli_memo, "the time is not known: --on MOMENT is wanted");
    memo.kind = (qcode_memo_kind)kind;
    memo.on = chosen->on ? chosen->on : now;
    cli_hold_signals();
    bool done = qcode_memo_add(chosen->with.at[0], &memo, NULL, NULL, &err);
    cli_let_signals_through();
    return done ? CLI_DONE : cli_fail(&err);
}

static int find(const choices *chosen, const char *words, qcode_format format)
{
    qcode_error err = {.status = QCODE_OK};
    qcode_decisions *decisions = qcode_decisions_new(NULL, &err);
    bool done = decisions != NULL;
    for (size_t i = 0; done && i < chosen->with.count; i++)
        done = qcode_decisions_read(decisions, chosen->with.at[i], NULL, &err);
    qcode_table *table = done ? qcode_memos(decisions, words, NULL, &err) : NULL;
    size_t count = table ? qcode_table_row_count(table) : 0;
    done = table && cli_put_table(table, format, &err);
    qcode_table_free(table);
    qcode_decisions_free(decisions);
    return !done ? cli_fail(&err) : count ? CLI_DONE : CLI_NO;
}

static int choose(const choices *chosen, const cli_list *operands)
{
    qcode_format format;
    bool adds = operands->count && strcmp(operands->at[0], "add") == 0;
    if (!adds && (!operands->count || strcmp(operands->at[0], "find") != 0))
        return cli_usage(&cli_memo, "expected add or find");
    if (operands->count > 2 || (adds && operands->count != 2))
        return cli_usage(&cli_memo, "expected the words as one word: in quotes");
    if (!chosen->with.count || (adds && chosen->with.count > 1))
        return cli_usage(&cli_memo, adds ? "one --with DECISIONS is wanted" : "--with DECISIONS is wanted");
    if (adds)
        return add(chosen, operands->at[1]);
    return cli_choose_table_format(&cli_memo, chosen->format, chosen->json, &format)
               ? find(chosen, operands->count > 1 ? operands->at[1] : "", format)
               : CLI_USAGE;
}

static int run(size_t count, char **words)
{
    choices chosen = {.kind = NULL};
    cli_list operands = {NULL, 0};
    int status = cli_parse(&cli_memo, count, words, &chosen, &operands) ? choose(&chosen, &operands) : CLI_USAGE;
    free(operands.at);
    free(chosen.with.at);
    return status;
}

const cli_command cli_memo = {"memo", "add|find [WORDS] --with DECISIONS",
                              "keep a memo on a passage, code, respondent, interview or the study, and find it", options,
                              run};
