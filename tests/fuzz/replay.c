/* Runs a fuzz target without libFuzzer: replay ROUNDS FOLDER gives it every file of the folder, whole and cut at each
 * of its first bytes, then ROUNDS inputs made from them, the same in every run. */
#include "fuzz/fuzz.h"

#include "base/bytes.h"
#include "support/random.h"

#include <dirent.h>
#include <string.h>

enum { MOST_SEEDS = 256, MOST_INPUT = 4096, MOST_CUTS = 300 };

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of a folder's files, sorted; their number. */
static size_t list_files(const char *folder, char *names[MOST_SEEDS])
{
    size_t count = 0;
    DIR *opened = opendir(folder);
    if (!opened)
        return 0;
    for (struct dirent *entry; count < MOST_SEEDS && (entry = readdir(opened));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            names[count++] = strdup(path);
    }
    closedir(opened);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

/* An exact copy on the heap, so that a sanitizer sees a read past its end. */
static void run(const unsigned char *data, size_t size)
{
    unsigned char *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

/* One small change to `data`; `other` gives bytes to paste. The new size. */
static size_t change(dice *from, unsigned char data[MOST_INPUT], size_t size, const qc_bytes *other)
{
    size_t at = dice_below(from, size + 1), much = 1 + dice_below(from, 16);
    switch (dice_below(from, 5)) {
    case 0: /* another byte */
        if (at < size)
            data[at] = (unsigned char)dice_next(from);
        return size;
    case 1: /* a byte that stands elsewhere */
        if (at < size)
            data[at] = data[dice_below(from, size)];
        return size;
    case 2: /* some bytes less */
        if (much > size - at)
            much = size - at;
        memmove(data + at, data + at + much, size - at - much);
        return size - much;
    case 3: { /* some bytes more, from another seed */
        size_t start = dice_below(from, other->length + 1);
        if (much > other->length - start)
            much = other->length - start;
        if (!much || size + much > MOST_INPUT)
            return size;
        memmove(data + at + much, data + at, size - at);
        memcpy(data + at, other->data + start, much);
        return size + much;
    }
    default: /* one bit */
        if (at < size)
            data[at] ^= (unsigned char)(1u << dice_below(from, 8));
        return size;
    }
}

static void run_changed(dice *from, const qc_bytes *seeds, size_t count)
{
    unsigned char data[MOST_INPUT];
    const qc_bytes *seed = &seeds[dice_below(from, count)];
    size_t size = seed->length < MOST_INPUT ? seed->length : MOST_INPUT;
    if (size)
        memcpy(data, seed->data, size);
    for (size_t changes = 1 + dice_below(from, 6); changes; changes--)
        size = change(from, data, size, &seeds[dice_below(from, count)]);
    run(data, size);
}

int main(int argc, char **argv)
{
    static qc_bytes seeds[MOST_SEEDS];
    static char *names[MOST_SEEDS];
    size_t count = argc == 3 ? list_files(argv[2], names) : 0;
    if (!count) {
        fprintf(stderr, "replay ROUNDS FOLDER, and at least one file in it\n");
        return 2;
    }
    for (size_t i = 0; i < count; i++) {
        if (!qc_bytes_read(names[i], (size_t)1 << 24, NULL, &seeds[i], NULL))
            return 2;
        run(seeds[i].data, seeds[i].length);
        for (size_t cut = 0; cut < seeds[i].length && cut < MOST_CUTS; cut++)
            run(seeds[i].data, cut);
        free(names[i]);
    }
    dice from = {.state = count};
    for (long rounds = strtol(argv[1], NULL, 10); rounds > 0; rounds--)
        run_changed(&from, seeds, count);
    for (size_t i = 0; i < count; i++)
        qc_bytes_clear(&seeds[i]);
    return 0;
}
