/* The search goes in steps: a call of PCRE2 looks at so many start positions, and between calls there is a clock.
 * Lookaheads and single-character repeats can read the rest of a turn at each start, and no limit of PCRE2's counts
 * that: so a call gets fewer starts the longer the turn. */
#include "match/search.h"
#include "base/utf8.h"

enum {
    STEP_WORK = 1 << 20,    /* starts in one call x bytes of the turn ... */
    MOST_STARTS = 256,      /* ... but no more starts than this */
    LONG_TURN = 32 << 10,   /* from here on a call's look-ahead costs more than its starts */
    WHOLE_TURN = 4 << 10,   /* the longest turn for a regex that cannot be searched in steps */
    FEW_CALLS = 16,         /* calls for windows between looks at the clock */
    MATCH_LIMIT = 100000,   /* PCRE2's own count, for each start */
    DEPTH_LIMIT = 100000,
    HEAP_LIMIT = 64 << 10, /* KiB */
    FIRST_STACK = 32 << 10,
    LAST_STACK = 1 << 20,
};

/* A search that takes longer than SLOW by the wall's clock is watched by the thread's own clock, which stands still while
 * the machine does something else; after PATIENCE more of that it is over. */
static const uint64_t SLOW = 100000000, PATIENCE = 400000000; /* nanoseconds */

bool qc_searcher_init(qc_searcher *searcher, qc_compiler *compiler, bool plain, const qcode_memory *memory)
{
    *searcher = (qc_searcher){.memory.memory = memory, .compiler = compiler, .plain = plain};
    searcher->general = qc_pcre_context(&searcher->memory);
    searcher->context = searcher->general ? pcre2_match_context_create(searcher->general) : NULL;
    searcher->data = searcher->context ? pcre2_match_data_create(1, searcher->general) : NULL;
    if (!searcher->data) {
        qc_searcher_clear(searcher);
        return false;
    }
    pcre2_set_match_limit(searcher->context, MATCH_LIMIT);
    pcre2_set_depth_limit(searcher->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(searcher->context, HEAP_LIMIT);
    return true;
}

void qc_searcher_clear(qc_searcher *searcher)
{
    pcre2_jit_stack_free(searcher->stack);
    pcre2_match_data_free(searcher->data);
    pcre2_match_context_free(searcher->context);
    pcre2_general_context_free(searcher->general);
    *searcher = (qc_searcher){.stack = NULL};
}

/* The stack for JIT code, with the first search. */
static bool ready_stack(qc_searcher *searcher)
{
    if (searcher->stack || searcher->compiler->no_jit)
        return true;
    searcher->stack = pcre2_jit_stack_create(FIRST_STACK, LAST_STACK, searcher->general);
    if (searcher->stack)
        pcre2_jit_stack_assign(searcher->context, NULL, searcher->stack);
    return searcher->stack;
}

static uint64_t now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static bool is_over(qc_search *search)
{
    uint64_t wall = now(CLOCK_MONOTONIC);
    if (!search->began)
        search->began = wall;
    if (wall - search->began < SLOW)
        return false;
    uint64_t own = now(CLOCK_THREAD_CPUTIME_ID);
    if (!search->spent)
        search->spent = own;
    return own - search->spent >= PATIENCE;
}

static qc_answer met(qc_search *search, const char *limit)
{
    search->limit = limit;
    return QC_LIMIT;
}

qc_search qc_search_begin(qc_searcher *searcher, qc_regex *regex, const char *text, size_t length)
{
    return (qc_search){.searcher = searcher, .regex = regex, .text = text, .length = length};
}

static qc_answer answer_of(qc_search *search, int code)
{
    static const struct {
        int code;
        const char *limit;
    } limits[] = {
        {PCRE2_ERROR_MATCHLIMIT, "the limit of 100,000 steps of one match"},
        {PCRE2_ERROR_DEPTHLIMIT, "the limit of 100,000 steps back of one match"},
        {PCRE2_ERROR_HEAPLIMIT, "the limit of 64 MiB of memory for one match"},
        {PCRE2_ERROR_JIT_STACKLIMIT, "the limit of 1 MiB of stack for one match"},
        {PCRE2_ERROR_RECURSELOOP, "a recursion without end"},
    };
    if (code >= 0)
        return QC_FOUND;
    if (code == PCRE2_ERROR_NOMATCH)
        return QC_NO_MORE;
    if (code == PCRE2_ERROR_NOMEMORY)
        return QC_NO_ROOM;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (limits[i].code == code)
            return met(search, limits[i].limit);
    return met(search, "a match that PCRE2 cannot make");
}

/* One call: starts from `at` to `last`. Where the JIT gives up, the interpreter may still have an answer. */
static qc_answer call(qc_search *search, const qc_engine *engine, size_t at, size_t last)
{
    qc_searcher *s = search->searcher;
    pcre2_set_offset_limit(s->context, last);
    s->memory.refused = false;
    int code = pcre2_match(engine->code, (PCRE2_SPTR)search->text, search->length, at, PCRE2_NO_UTF_CHECK, s->data,
                           s->context);
    if (code == PCRE2_ERROR_JIT_STACKLIMIT || code == PCRE2_ERROR_MATCHLIMIT)
        code = pcre2_match(engine->code, (PCRE2_SPTR)search->text, search->length, at,
                           PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, s->data, s->context);
    return answer_of(search, code);
}

static size_t next_character(const qc_search *search, size_t at)
{
    do
        at++;
    while (at < search->length && ((unsigned char)search->text[at] & 0xC0) == 0x80);
    return at;
}

/* How many starts one call gets. */
static size_t starts_of(const qc_search *search)
{
    size_t starts = STEP_WORK / (search->length + 1);
    return starts < 1 ? 1 : starts > MOST_STARTS ? MOST_STARTS : starts;
}

/* The next place where a match may begin. */
static size_t skip(const qc_search *search, size_t at)
{
    const qc_regex *regex = search->regex;
    if (!regex->has_first || regex->whole || regex->anchored || search->searcher->plain)
        return at;
    while (at < search->length && !(regex->first[(unsigned char)search->text[at] / 8] >>
                                        (unsigned char)search->text[at] % 8 & 1))
        at++;
    return at < search->length ? at : search->length + 1;
}

/* The first match from `search->at` on, empty ones too; `search->at` is moved over the starts that were tried in vain. */
static qc_answer step(qc_search *search, const qc_engine *engine)
{
    const qc_regex *regex = search->regex;
    size_t starts = starts_of(search);
    if (regex->whole && search->length > WHOLE_TURN)
        return met(search, "the limit of 4 KiB for a turn under \\G, (*COMMIT) or (*SKIP)");
    while ((search->at = skip(search, search->at)) <= search->length) {
        bool last = regex->whole || regex->anchored || search->length - search->at < starts;
        qc_answer answer = call(search, engine, search->at, last ? PCRE2_UNSET : search->at + starts - 1);
        if (answer != QC_NO_MORE)
            return answer;
        if (last)
            break;
        if (is_over(search))
            return met(search, "the limit of half a second in one turn");
        search->at = next_character(search, search->at + starts - 1);
    }
    search->at = search->length + 1;
    return QC_NO_MORE;
}

static qc_engine *engine_of(const qc_search *search)
{
    qc_regex *regex = search->regex;
    return search->length < LONG_TURN || regex->whole || regex->anchored ? &regex->brisk : &regex->steady;
}

/* Takes a match and moves on behind it; whether it holds any characters. */
static bool take_match(qc_search *search, size_t *start, size_t *end)
{
    const size_t *found = pcre2_get_ovector_pointer(search->searcher->data);
    size_t from = search->at;
    *start = found[0];
    *end = found[1];
    search->at = *end > from ? *end : from;
    if (*start < *end)
        return true;
    search->at = next_character(search, search->at);
    return false;
}

qc_answer qc_search_within(qc_search *search, size_t last, size_t *start, size_t *end)
{
    qc_engine *engine = engine_of(search);
    if (!ready_stack(search->searcher) || !qc_regex_prepare(search->searcher->compiler, search->regex, engine))
        return QC_NO_ROOM;
    while (search->at <= last) {
        if ((++search->calls % FEW_CALLS == 0 || search->length >= LONG_TURN) && is_over(search))
            return met(search, "the limit of half a second in one turn");
        size_t starts = starts_of(search), until = last - search->at < starts ? last : search->at + starts - 1;
        qc_answer answer = call(search, engine, search->at, until);
        if (answer == QC_NO_MORE)
            search->at = next_character(search, until);
        else if (answer != QC_FOUND || take_match(search, start, end))
            return answer;
    }
    return QC_NO_MORE;
}

qc_answer qc_search_next(qc_search *search, size_t *start, size_t *end)
{
    qc_regex *regex = search->regex;
    if (search->length > QC_LONGEST_SEARCH)
        return met(search, "the limit of 4 MiB for a turn");
    qc_engine *engine = engine_of(search);
    if (!ready_stack(search->searcher) || !qc_regex_prepare(search->searcher->compiler, regex, engine))
        return QC_NO_ROOM;
    while (search->at <= search->length) {
        if (search->at && is_over(search))
            return met(search, "the limit of half a second in one turn");
        qc_answer answer = step(search, engine);
        if (answer != QC_FOUND)
            return answer;
        if (take_match(search, start, end))
            return QC_FOUND;
    }
    return QC_NO_MORE;
}
