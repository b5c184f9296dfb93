/* Compiling a stranger's regular expressions. */
#include "match/regex.h"
#include "base/utf8.h"
#include "match/needs.h"
#include "text/words.h"

#include <string.h>
#include <time.h>

static void *take(size_t size, void *user)
{
    qc_pcre_memory *memory = user;
    void *block = qc_resize(memory->memory, NULL, size);
    memory->refused |= !block;
    return block;
}

static void give_back(void *block, void *user)
{
    qc_pcre_memory *memory = user;
    qc_release(memory->memory, block);
}

pcre2_general_context *qc_pcre_context(qc_pcre_memory *memory)
{
    return pcre2_general_context_create(take, give_back, memory);
}

bool qc_compiler_init(qc_compiler *compiler, const qcode_memory *memory, bool no_jit)
{
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    *compiler = (qc_compiler){.memory.memory = memory, .no_jit = no_jit || !jit};
    atomic_flag_clear(&compiler->busy);
    compiler->general = qc_pcre_context(&compiler->memory);
    compiler->compile = compiler->general ? pcre2_compile_context_create(compiler->general) : NULL;
    if (!compiler->compile) {
        qc_compiler_clear(compiler);
        return false;
    }
    pcre2_set_newline(compiler->compile, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(compiler->compile, PCRE2_BSR_UNICODE);
    pcre2_set_parens_nest_limit(compiler->compile, 250);
    return true;
}

void qc_compiler_clear(qc_compiler *compiler)
{
    pcre2_compile_context_free(compiler->compile);
    pcre2_general_context_free(compiler->general);
}

/* Whether a combining mark stands behind an escape such as \w: composing the two would change what is meant. */
static bool marks_an_escape(const char *text, size_t length)
{
    for (size_t i = 0; i + 2 < length; i++) {
        if (text[i] != '\\')
            continue;
        size_t behind = i + 2;
        i++;
        if ((unsigned char)text[i] < 0x80 && qc_is_mark(qc_utf8_next(text, length, &behind)))
            return true;
    }
    return false;
}

static bool has(const char *text, size_t length, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(text + i, part, size) == 0)
            return true;
    return false;
}

/* Behind the start of a character class, where ^ and ] are of their own kind. */
static size_t behind_class_start(const char *text, size_t length, size_t at)
{
    at++;
    at += at < length && text[at] == '^';
    return at + (at < length && text[at] == ']');
}

/* Whether \G stands in a pattern, where it is no letter G behind an escaped backslash, in a class or between \Q and \E.
 * In doubt it does: a comment or a name may hold anything, and some classes do not end at their first ]. */
static bool asks_for_last_end(const char *text, size_t length)
{
    static const char *const doubts[] = {"#", "(*", "[:", "[.", "[=", "[\\", "[^\\"};
    bool in_class = false, doubt = false;
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++)
        doubt = doubt || has(text, length, doubts[i]);
    if (doubt)
        return has(text, length, "\\G");
    for (size_t i = 0; i < length;) {
        char next = i + 1 < length ? text[i + 1] : '\0';
        if (text[i] == '[' && !in_class) {
            in_class = true;
            i = behind_class_start(text, length, i);
        } else if (text[i] == '\\' && next == 'Q') {
            for (i += 2; i < length && !(text[i] == '\\' && i + 1 < length && text[i + 1] == 'E');)
                i++;
        } else if (text[i] == '\\') {
            if (next == 'G' && !in_class)
                return true;
            i += next == 'c' ? 3 : 2; /* \c[ is one character too */
        } else {
            in_class = in_class && text[i] != ']';
            i++;
        }
    }
    return false;
}

/* The bytes that a match can begin with, if PCRE2 knows them. */
static void learn_first(qc_regex *regex)
{
    uint32_t type = 0, unit = 0;
    const uint8_t *bitmap = NULL;
    pcre2_pattern_info(regex->brisk.code, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(regex->brisk.code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    pcre2_pattern_info(regex->brisk.code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    if (type == 1 && unit < 0x80) { /* in either case: PCRE2 does not say whether it means both */
        bool letter = (unit | 0x20) - 'a' < 26;
        regex->first[unit / 8] |= (uint8_t)(1 << unit % 8);
        if (letter)
            regex->first[(unit ^ 0x20) / 8] |= (uint8_t)(1 << (unit ^ 0x20) % 8);
        regex->has_first = true;
    } else if (type == 0 && bitmap) {
        memcpy(regex->first, bitmap, sizeof regex->first);
        regex->has_first = true;
    }
}

/* The needs as terms, each of which runs over a whole word that it stands in. */
static bool learn_needs(qc_regex *regex, qc_arena *arena)
{
    const qc_need *needs;
    if (!qc_needs_of(regex->text, regex->length, arena, &needs))
        return false;
    size_t count = 0;
    for (const qc_need *need = needs; need; need = need->next)
        count++;
    qc_term *terms = qc_arena_take_array(arena, count, sizeof *terms);
    for (const qc_need *need = needs; terms && need; need = need->next) {
        unsigned char *text = qc_arena_take(arena, need->length + 2);
        if (!text)
            return false;
        text[0] = text[need->length + 1] = QC_TERM_ANY;
        memcpy(text + 1, need->text, need->length);
        terms[regex->need_count++] = (qc_term){text, need->length + 2};
    }
    regex->needs = terms;
    return terms;
}

static int callout_found(pcre2_callout_enumerate_block *block, void *user)
{
    *(size_t *)user = block->pattern_position;
    return 1;
}

/* What is wrong with a regex, at byte `offset` of its normal form. */
static void refuse(const qc_regex *regex, const qcode_rule *rule, size_t offset, const char *what, const qc_folded *nfc,
                   qcode_notes *notes, qcode_error *err)
{
    const qcode_codebook *book = rule->code->book;
    if (nfc->starts)
        offset = offset < nfc->length ? nfc->starts[offset] : nfc->source_length;
    size_t line, column;
    qc_pattern_place(book, regex->pattern, offset, &line, &column);
    qcode_error wrong;
    qc_fail(&wrong, QCODE_INVALID, book->source, line, column, "the regex does not compile: %s", what);
    qc_note_error(notes, &wrong);
    if (err && err->status == QCODE_OK)
        *err = wrong;
}

/* The pattern in NFC, kept in the arena, and `*nfc` with the way back. */
static bool normalize(qc_regex *regex, qc_arena *arena, qc_folder *folder, qc_folded *nfc)
{
    const qc_pattern *pattern = regex->pattern;
    *nfc = (qc_folded){.text = pattern->text, .length = pattern->length, .source_length = pattern->length};
    if (!marks_an_escape(pattern->text, pattern->length) &&
        !qc_fold(folder, QC_FORM_NFC, pattern->text, pattern->length, nfc))
        return false;
    regex->text = qc_arena_copy(arena, nfc->text, nfc->length);
    regex->length = nfc->length;
    return regex->text;
}

static void warn_of_empty(const qcode_codebook *book, const qc_pattern *pattern, qcode_notes *notes)
{
    size_t line, column;
    qc_pattern_place(book, pattern, 0, &line, &column);
    qc_note(notes, QCODE_NOTE_WARNING, book->source, line, column,
            "the regex can match no characters at all; such matches are passed over");
}

bool qc_regex_compile(qc_compiler *compiler, qc_regex *regex, const qc_pattern *pattern, const qcode_rule *rule,
                      qc_arena *arena, qc_folder *folder, qcode_notes *notes, qcode_error *err)
{
    qc_folded nfc;
    *regex = (qc_regex){.pattern = pattern};
    if (!normalize(regex, arena, folder, &nfc))
        return false;
    int fault;
    size_t offset;
    regex->flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT |
                   (rule->case_exact ? 0 : PCRE2_CASELESS);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex->text, regex->length, regex->flags, &fault, &offset,
                                     compiler->compile);
    if (!code) {
        char reason[128];
        if (compiler->memory.refused)
            return false;
        pcre2_get_error_message(fault, (PCRE2_UCHAR *)reason, sizeof reason);
        refuse(regex, rule, offset, reason, &nfc, notes, err);
        return true;
    }
    if (pcre2_callout_enumerate(code, callout_found, &offset)) { /* it tells where a callout ends */
        while (offset && strncmp(regex->text + offset, "(?C", 3) != 0)
            offset--;
        pcre2_code_free(code);
        refuse(regex, rule, offset, "callouts are not allowed", &nfc, notes, err);
        return true;
    }
    regex->brisk.code = code;
    uint32_t options = 0, empty = 0;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
    regex->anchored = options & PCRE2_ANCHORED;
    regex->whole = asks_for_last_end(regex->text, regex->length) || has(regex->text, regex->length, "(*COMMIT") ||
                   has(regex->text, regex->length, "(*SKIP");
    learn_first(regex);
    if (empty)
        warn_of_empty(rule->code->book, pattern, notes);
    return qc_anchors_of(regex->text, regex->length, compiler->frequencies, arena, &regex->anchors) &&
           (regex->anchors.count || learn_needs(regex, arena));
}

void qc_regex_clear(qc_regex *regex)
{
    pcre2_code_free(regex->brisk.code);
    pcre2_code_free(regex->steady.code);
}

/* The late part, under the lock. */
static bool make_ready(qc_compiler *compiler, const qc_regex *regex, qc_engine *engine)
{
    int fault;
    size_t offset;
    compiler->memory.refused = false;
    if (!engine->code)
        engine->code = pcre2_compile((PCRE2_SPTR)regex->text, regex->length, regex->flags | PCRE2_NO_START_OPTIMIZE,
                                     &fault, &offset, compiler->compile);
    if (!engine->code)
        return false;
    if (!compiler->no_jit) /* where there is no JIT, the interpreter does the work */
        pcre2_jit_compile(engine->code, PCRE2_JIT_COMPLETE);
    return !compiler->memory.refused;
}

bool qc_regex_prepare(qc_compiler *compiler, qc_regex *regex, qc_engine *engine)
{
    if (atomic_load_explicit(&engine->ready, memory_order_acquire))
        return true;
    while (atomic_flag_test_and_set_explicit(&compiler->busy, memory_order_acquire))
        nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
    bool done = atomic_load_explicit(&engine->ready, memory_order_relaxed) || make_ready(compiler, regex, engine);
    if (done)
        atomic_store_explicit(&engine->ready, true, memory_order_release);
    atomic_flag_clear_explicit(&compiler->busy, memory_order_release);
    return done;
}
