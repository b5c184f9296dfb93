/* Reads every case file of a folder and compares each check with what the library says: test_agreement_cases [DIR]. Without DIR
 * it is ../shared/agreement-cases, and its absence is told and no failure. Exit 1 when a file cannot be read, a check
 * fails or none ran. */
#include "agree/cases.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tally {
    size_t passed, failed;
} tally;

void put(answers *out, const char *name, qcode_figure figure)
{
    out->at[out->count++] = (answer){name, figure};
}

static const qcode_figure *find(const answers *out, const char *name)
{
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->at[i].name, name) == 0)
            return &out->at[i].figure;
    return NULL;
}

/* A check that is under way. */
typedef struct trial {
    const char *file;
    const node *check, *data;
    qc_arena *arena;
    const answers *out;
    bool good;
} trial;

static void fail(trial *now, const char *key, const char *what)
{
    now->good = false;
    printf("FAILED %s: %s %s: %s\n", now->file, text_of(now->check, "statistic", "?"), key, what);
}

static double tolerance(const node *check, const char *key, double wanted)
{
    bool spread = strncmp(key, "se", 2) == 0 || strncmp(key, "ci95", 4) == 0;
    double own = number_of(check, spread ? "tolerance_se" : "tolerance", 1e-9);
    bool absolute = member(check, "stochastic") != NULL;
    return own * (absolute ? 1 : fmax(1, fabs(wanted)));
}

static void compare(trial *now, const char *key, const node *wanted, const qcode_figure *got)
{
    char text[200];
    if (!got) {
        fail(now, key, "was not worked out");
        return;
    }
    if (is_null(wanted)) {
        snprintf(text, sizeof text, "is undefined, and %.17g came out", got->value);
        if (got->defined)
            fail(now, key, text);
        return;
    }
    snprintf(text, sizeof text, "is %.17g, and %.17g came out%s%s", wanted->number, got->value,
             got->defined ? "" : ", undefined: ", got->defined ? "" : qcode_reason_text(got->reason));
    if (!got->defined || !(fabs(got->value - wanted->number) <= tolerance(now->check, key, wanted->number)))
        fail(now, key, text);
}

/* A category is written as text in the file, whatever its type. */
static bool is_category(const node *name, const char *key)
{
    char number[40];
    if (name->kind == QC_JSON_STRING)
        return strcmp(name->text, key) == 0;
    snprintf(number, sizeof number, "%.15g", name->number);
    return strcmp(number, key) == 0;
}

static void compare_categories(trial *now, const node *wanted)
{
    const node **names;
    size_t count = category_names(now->data, now->arena, &names);
    for (const node *each = wanted->first; each; each = each->next) {
        const qcode_figure *got = NULL;
        for (size_t k = 0; k < count; k++)
            if (is_category(names[k], each->key))
                got = now->out->categories + k;
        compare(now, each->key, each, got);
    }
}

static void compare_all(trial *now)
{
    const node *wanted = member(now->check, "expected");
    if (!wanted || !wanted->first)
        fail(now, "expected", "is missing");
    for (const node *each = wanted ? wanted->first : NULL; each; each = each->next) {
        char key[64];
        size_t at = 0;
        if (each->kind == QC_JSON_OPEN_OBJECT) {
            compare_categories(now, each);
        } else if (each->kind == QC_JSON_OPEN_ARRAY) {
            for (const node *item = each->first; item; item = item->next) {
                snprintf(key, sizeof key, "%s.%zu", each->key, at++);
                compare(now, key, item, find(now->out, key));
            }
        } else {
            compare(now, each->key, each, find(now->out, each->key));
        }
    }
}

static bool work_out(const char *kind, trial *now, answers *out, qcode_error *err)
{
    if (strcmp(kind, "ratings") == 0)
        return check_ratings(now->data, now->check, now->arena, out, err);
    if (strcmp(kind, "spans") == 0)
        return check_spans(now->data, now->check, now->arena, out, err);
    if (strcmp(kind, "segmentation") == 0)
        return check_segmentation(now->data, now->check, now->arena, out, err);
    out->known = false;
    return true;
}

static void run_check(const char *kind, trial now, tally *all)
{
    answers out = {.known = true};
    qcode_error err = {.status = QCODE_OK};
    now.good = true;
    now.out = &out;
    if (!work_out(kind, &now, &out, &err))
        fail(&now, "refused", err.message);
    else if (!out.known)
        fail(&now, "", "is a statistic nobody knows");
    else
        compare_all(&now);
    all->passed += now.good;
    all->failed += !now.good;
}

static bool run_file(const char *folder, const char *name, tally *all)
{
    char path[4096];
    qcode_error err = {.status = QCODE_OK};
    qc_arena arena = qc_arena_init(NULL);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    node *root = read_tree(path, &arena, &err);
    const node *checks = member(root, "checks"), *data = member(root, "data");
    bool good = checks && data && checks->count > 0;
    if (!good)
        printf("FAILED %s: %s\n", name, root ? "has no data or no checks" : err.message);
    for (const node *check = good ? checks->first : NULL; check; check = check->next)
        run_check(text_of(root, "kind", ""), (trial){.file = name, .check = check, .data = data, .arena = &arena}, all);
    qc_arena_clear(&arena);
    return good;
}

static int is_case(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

int main(int count, char **words)
{
    const char *folder = count > 1 ? words[1] : REPOSITORY "/../shared/agreement-cases";
    struct dirent **names;
    tally all = {0, 0};
    bool good = true;
    int files = scandir(folder, &names, is_case, alphasort);
    if (files < 0 && count < 2) {
        printf("skipped: ../shared/agreement-cases is absent\n0 passed, 0 failed, 0 skipped\n");
        return 77;
    }
    for (int i = 0; i < files; i++) {
        good = run_file(folder, names[i]->d_name, &all) && good;
        free(names[i]);
    }
    if (files >= 0)
        free(names);
    printf("%zu passed, %zu failed, 0 skipped\n", all.passed, all.failed);
    return good && all.passed > 0 && all.failed == 0 ? 0 : 1;
}
