/* Hyperscan finds which rules may match a turn, PCRE2 says where: hyperscan PATTERNS TEXT. PATTERNS has a regex a line. Prints
 * `start end rule` for each match, in bytes. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <hs/hs.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 100000 };

static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        exit(2);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    if (!text || fread(text, 1, *length, file) != *length)
        exit(2);
    text[*length] = '\0';
    fclose(file);
    return text;
}

typedef struct candidates {
    unsigned at[MOST], count;
} candidates;

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
    candidates *all = user;
    (void)from, (void)to, (void)flags;
    all->at[all->count++] = id;
    return 0;
}

/* Without a match of nothing, which these rules have none of. */
static void put_spans(pcre2_code *code, pcre2_match_data *data, const char *text, size_t start, size_t length, unsigned rule)
{
    const size_t *span = pcre2_get_ovector_pointer(data);
    for (size_t at = 0; pcre2_jit_match(code, (PCRE2_SPTR)text + start, length, at, 0, data, NULL) > 0; at = span[1])
        printf("%zu\t%zu\t%u\n", start + span[0], start + span[1], rule);
}

int main(int count, char **words)
{
    static const char *patterns[MOST];
    static unsigned flags[MOST], ids[MOST];
    static pcre2_code *codes[MOST];
    static candidates all;
    size_t length, size;
    unsigned rules = 0;
    if (count != 3)
        return 2;
    char *list = read_whole(words[1], &size), *text = read_whole(words[2], &length);
    for (char *line = strtok(list, "\n"); line && rules < MOST; line = strtok(NULL, "\n"), rules++) {
        int error;
        size_t offset;
        patterns[rules] = line;
        flags[rules] = HS_FLAG_CASELESS | HS_FLAG_PREFILTER | HS_FLAG_SINGLEMATCH;
        ids[rules] = rules;
        codes[rules] = pcre2_compile((PCRE2_SPTR)line, PCRE2_ZERO_TERMINATED,
                                     PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK, &error, &offset, NULL);
        if (!codes[rules] || pcre2_jit_compile(codes[rules], PCRE2_JIT_COMPLETE) != 0)
            return 2;
    }
    hs_database_t *database;
    hs_compile_error_t *error;
    hs_scratch_t *scratch = NULL;
    if (hs_compile_multi(patterns, flags, ids, rules, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS ||
        hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
        return 2;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    for (size_t at = 0, end; at < length; at = end + 1) {
        const char *feed = memchr(text + at, '\n', length - at);
        end = feed ? (size_t)(feed - text) : length;
        all.count = 0;
        hs_scan(database, text + at, (unsigned)(end - at), 0, scratch, found, &all);
        for (unsigned i = 0; i < all.count; i++)
            put_spans(codes[all.at[i]], data, text, at, end - at, all.at[i]);
    }
    return 0;
}
