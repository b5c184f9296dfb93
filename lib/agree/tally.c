/* Ratings counted: their distinct rows in rising order, by a table where few rows are possible, else by sorting. */
#include "agree/tally.h"
#include "base/error.h"

#include <string.h>

/* Rows of `width` numbers, with a count each; a number lies below `limits` of its column, or is QCODE_NOT_RATED. */
typedef struct rows {
    size_t count, width;
    int32_t *values;
    uint64_t *counts;
} rows;

static void clear_rows(const qcode_memory *memory, rows *list)
{
    qc_release(memory, list->values);
    qc_release(memory, list->counts);
    *list = (rows){0};
}

void *qc_zeroed(const qcode_memory *memory, size_t count, size_t size, qcode_error *err)
{
    size_t bytes;
    void *block = qc_multiply(count ? count : 1, size, &bytes) ? qc_resize(memory, NULL, bytes) : NULL;
    if (!block) {
        qc_no_memory(err);
        return NULL;
    }
    return memset(block, 0, bytes);
}

double *qc_zeros(const qcode_memory *memory, size_t count, qcode_error *err)
{
    return qc_zeroed(memory, count, sizeof(double), err);
}

static bool new_rows(const qcode_memory *memory, size_t count, size_t width, rows *list, qcode_error *err)
{
    size_t numbers;
    *list = (rows){.count = count, .width = width};
    if (!qc_multiply(count, width, &numbers))
        return qc_no_memory(err);
    list->values = qc_zeroed(memory, numbers, sizeof *list->values, err);
    list->counts = list->values ? qc_zeroed(memory, count, sizeof *list->counts, err) : NULL;
    if (list->counts)
        return true;
    clear_rows(memory, list);
    return false;
}

static bool is_rated(const int32_t *row, size_t width)
{
    for (size_t c = 0; c < width; c++)
        if (row[c] != QCODE_NOT_RATED)
            return true;
    return false;
}

static bool check(const qcode_ratings *ratings, qcode_error *err)
{
    uint64_t units = 0;
    size_t cells;
    if (ratings->categories > INT32_MAX || ratings->cluster_count > INT32_MAX)
        return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "too many categories or clusters");
    if (!qc_multiply(ratings->units, ratings->coders, &cells))
        return qc_no_memory(err);
    int32_t limit = (int32_t)ratings->categories;
    for (size_t i = 0; i < cells; i++)
        if (ratings->values[i] < QCODE_NOT_RATED || ratings->values[i] >= limit)
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "unit %zu has a category that is not in the list",
                           i / ratings->coders + 1);
    for (size_t u = 0; u < ratings->units; u++) {
        if (ratings->clusters && ratings->clusters[u] >= ratings->cluster_count)
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "unit %zu has a cluster that is not in the list", u + 1);
        if (__builtin_add_overflow(units, ratings->counts ? ratings->counts[u] : 1, &units) || units > INT64_MAX)
            return qc_fail(err, QCODE_INVALID, NULL, 0, 0, "the units are too many to count");
    }
    return true;
}

enum { MOST_PLACES = 1 << 16 };

/* The number of possible rows, or 0 when it is more than a table should hold. */
static size_t possible(size_t categories, size_t width)
{
    size_t places = 1;
    for (size_t c = 0; c < width; c++)
        if (!qc_multiply(places, categories + 1, &places) || places > MOST_PLACES)
            return 0;
    return places;
}

static bool count_by_table(const qcode_ratings *from, size_t places, const qcode_memory *memory, rows *found,
                           qcode_error *err)
{
    size_t width = from->coders, base = from->categories + 1, count = 0;
    uint64_t *table = qc_zeroed(memory, places, sizeof *table, err);
    if (!table)
        return false;
    const int32_t *value = from->values;
    for (size_t u = 0; u < from->units; u++) {
        size_t place = 0;
        for (size_t c = 0; c < width; c++)
            place = place * base + (size_t)(*value++ + 1);
        table[place] += from->counts ? from->counts[u] : 1;
    }
    for (size_t i = 1; i < places; i++) /* nobody rated what is in place 0 */
        count += table[i] > 0;
    bool done = new_rows(memory, count, width, found, err);
    for (size_t i = 1, at = 0; done && i < places; i++)
        if (table[i]) {
            size_t rest = i;
            for (size_t c = width; c-- > 0; rest /= base)
                found->values[at * width + c] = (int32_t)(rest % base) - 1;
            found->counts[at++] = table[i];
        }
    qc_release(memory, table);
    return done;
}

/* Puts rows into the order of one column, keeping their order where it is equal. */
static void sort_by(const rows *list, size_t column, size_t limit, size_t *starts, const size_t *from, size_t *to)
{
    memset(starts, 0, (limit + 2) * sizeof *starts);
    for (size_t i = 0; i < list->count; i++)
        starts[list->values[i * list->width + column] + 2]++;
    for (size_t v = 1; v < limit + 2; v++)
        starts[v] += starts[v - 1];
    for (size_t i = 0; i < list->count; i++)
        to[starts[list->values[from[i] * list->width + column] + 1]++] = from[i];
}

/* The distinct rows of `list`, in rising order; only the first column may hold numbers up to `first`. */
static bool distinct(const rows *list, size_t first, size_t limit, const qcode_memory *memory, rows *found, qcode_error *err)
{
    size_t width = list->width, most = first > limit ? first : limit, bytes = width * sizeof *list->values, count = 0;
    size_t *order = qc_zeroed(memory, list->count, sizeof *order, err);
    size_t *other = order ? qc_zeroed(memory, list->count, sizeof *other, err) : NULL;
    size_t *starts = other ? qc_zeroed(memory, most + 2, sizeof *starts, err) : NULL;
    for (size_t i = 0; starts && i < list->count; i++)
        order[i] = i;
    for (size_t c = width; starts && c-- > 0;) {
        sort_by(list, c, c ? limit : first, starts, order, other);
        size_t *swap = order;
        order = other;
        other = swap;
    }
    for (size_t i = 0; starts && i < list->count; i++)
        count += !i || memcmp(list->values + order[i] * width, list->values + order[i - 1] * width, bytes) != 0;
    bool done = starts && new_rows(memory, count, width, found, err);
    for (size_t i = 0, at = 0; done && i < list->count; i++) {
        const int32_t *row = list->values + order[i] * width;
        if (i && memcmp(row, list->values + order[i - 1] * width, bytes) != 0)
            at++;
        memcpy(found->values + at * width, row, bytes);
        found->counts[at] += list->counts[order[i]];
    }
    qc_release(memory, order);
    qc_release(memory, other);
    qc_release(memory, starts);
    return done;
}

/* The rated rows, each behind the number of its cluster where there are clusters. */
static bool rated_rows(const qcode_ratings *from, const qcode_memory *memory, rows *list, qcode_error *err)
{
    size_t lead = from->clusters ? 1 : 0, width = from->coders + lead, count = 0;
    if (!new_rows(memory, from->units, width, list, err))
        return false;
    for (size_t u = 0; u < from->units; u++) {
        const int32_t *row = from->values + u * from->coders;
        uint64_t times = from->counts ? from->counts[u] : 1;
        if (!times || !is_rated(row, from->coders))
            continue;
        if (lead)
            list->values[count * width] = (int32_t)from->clusters[u];
        memcpy(list->values + count * width + lead, row, from->coders * sizeof *row);
        list->counts[count++] = times;
    }
    list->count = count;
    return true;
}

/* The same rows without their first number. */
static bool drop_first(const rows *list, const qcode_memory *memory, rows *rest, qcode_error *err)
{
    if (!new_rows(memory, list->count, list->width - 1, rest, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        memcpy(rest->values + i * rest->width, list->values + i * list->width + 1, rest->width * sizeof *rest->values);
    if (list->count)
        memcpy(rest->counts, list->counts, list->count * sizeof *rest->counts);
    return true;
}

static int compare(const int32_t *a, const int32_t *b, size_t width)
{
    for (size_t c = 0; c < width; c++)
        if (a[c] != b[c])
            return a[c] < b[c] ? -1 : 1;
    return 0;
}

static size_t find_row(const qcode_tally *tally, const int32_t *row)
{
    size_t low = 0, high = tally->rows;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(tally->values + middle * tally->coders, row, tally->coders) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* `list` holds the distinct rows of each cluster, in the clusters' order. */
static bool share_out(qcode_tally *tally, const rows *list, size_t clusters, qcode_error *err)
{
    tally->clusters = clusters;
    tally->shares = qc_zeroed(tally->memory, list->count, sizeof *tally->shares, err);
    tally->starts = tally->shares ? qc_zeroed(tally->memory, clusters + 1, sizeof *tally->starts, err) : NULL;
    if (!tally->starts)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const int32_t *row = list->values + i * list->width;
        tally->shares[i] = (qc_share){find_row(tally, row + 1), list->counts[i]};
        tally->starts[(size_t)row[0] + 1]++;
    }
    for (size_t c = 0; c < clusters; c++)
        tally->starts[c + 1] += tally->starts[c];
    return true;
}

static bool count_by_sorting(const qcode_ratings *from, const qcode_memory *memory, rows *found, rows *in_clusters,
                             qcode_error *err)
{
    rows list = {0}, rest = {0};
    size_t limit = from->categories;
    bool done = rated_rows(from, memory, &list, err);
    if (done && !from->clusters)
        done = distinct(&list, limit, limit, memory, found, err);
    else if (done)
        done = distinct(&list, from->cluster_count, limit, memory, in_clusters, err) &&
               drop_first(in_clusters, memory, &rest, err) && distinct(&rest, limit, limit, memory, found, err);
    clear_rows(memory, &list);
    clear_rows(memory, &rest);
    return done;
}

qcode_tally *qcode_tally_new(const qcode_ratings *ratings, const qcode_memory *memory, qcode_error *err)
{
    rows found = {0}, in_clusters = {0};
    size_t places = ratings->clusters ? 0 : possible(ratings->categories, ratings->coders);
    qcode_tally *tally = check(ratings, err) ? qc_zeroed(memory, 1, sizeof *tally, err) : NULL;
    if (!tally)
        return NULL;
    *tally = (qcode_tally){.memory = memory, .coders = ratings->coders, .categories = ratings->categories};
    bool done = places ? count_by_table(ratings, places, memory, &found, err)
                       : count_by_sorting(ratings, memory, &found, &in_clusters, err);
    tally->rows = found.count;
    tally->values = found.values;
    tally->counts = found.counts;
    for (size_t i = 0; done && i < tally->rows; i++)
        tally->units += tally->counts[i];
    done = done && (!ratings->clusters || share_out(tally, &in_clusters, ratings->cluster_count, err));
    clear_rows(memory, &in_clusters);
    if (done)
        return tally;
    qcode_tally_free(tally);
    return NULL;
}

void qcode_tally_free(qcode_tally *tally)
{
    if (!tally)
        return;
    qc_release(tally->memory, tally->values);
    qc_release(tally->memory, tally->counts);
    qc_release(tally->memory, tally->shares);
    qc_release(tally->memory, tally->starts);
    qc_release(tally->memory, tally);
}

uint64_t qcode_tally_units(const qcode_tally *tally)
{
    return tally->units;
}

void qcode_tally_pair(const qcode_tally *tally, size_t a, size_t b, uint64_t *cells)
{
    memset(cells, 0, tally->categories * tally->categories * sizeof *cells);
    for (size_t i = 0; i < tally->rows; i++) {
        const int32_t *row = tally->values + i * tally->coders;
        if (row[a] >= 0 && row[b] >= 0)
            cells[(size_t)row[a] * tally->categories + (size_t)row[b]] += tally->counts[i];
    }
}
