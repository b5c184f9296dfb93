/* The end record, the central directory and each member's local header, read with every sum checked. */
#include "format/zip_directory.h"
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { END_SIZE = 22, LOCATOR_SIZE = 20, END64_SIZE = 56, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, MOST_COMMENT = 65535 };
enum { HAS_DESCRIPTOR = 1 << 3, ENCRYPTED = 1 << 0, ZIP64_EXTRA = 1 };

typedef struct walk {
    const unsigned char *data;
    size_t length;
    const char *source;
    const qcode_limits *limits;
    qcode_error *err;
    size_t directory, directory_end; /* where the central directory stands */
    uint64_t count;
} walk;

void qc_zip_member_source(char *text, size_t size, const char *source, const char *member)
{
    snprintf(text, size, "%s:%s", source, member);
}

static unsigned get16(const unsigned char *at)
{
    return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static uint32_t get32(const unsigned char *at)
{
    return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16;
}

static uint64_t get64(const unsigned char *at)
{
    return get32(at) | (uint64_t)get32(at + 4) << 32;
}

static bool is_signature(const unsigned char *at, unsigned char third, unsigned char fourth)
{
    return at[0] == 'P' && at[1] == 'K' && at[2] == third && at[3] == fourth;
}

static bool refuse(walk *zip, const char *message)
{
    return qc_fail(zip->err, QCODE_SYNTAX, zip->source, 0, 0, "%s", message);
}

static bool refuse_member(walk *zip, const char *name, const char *message)
{
    char source[1024];
    qc_zip_member_source(source, sizeof source, zip->source, name);
    return qc_fail(zip->err, QCODE_SYNTAX, source, 0, 0, "%s", message);
}

/* Finds the end record: the one whose comment ends with the archive. Another one beside it could be meant as well. */
static bool find_end(walk *zip, size_t *end)
{
    bool found = false, behind = false, seen = false;
    size_t low = zip->length > END_SIZE + MOST_COMMENT ? zip->length - END_SIZE - MOST_COMMENT : 0;
    for (size_t at = zip->length < END_SIZE ? low : zip->length - END_SIZE + 1; at-- > low;) {
        if (!is_signature(zip->data + at, 5, 6))
            continue;
        bool fits = at + END_SIZE + get16(zip->data + at + 20) == zip->length;
        if (fits && (found || seen))
            return refuse(zip, "the archive has two end records, and readers disagree on which counts");
        if (fits) {
            *end = at;
            found = true;
        }
        behind |= at + END_SIZE + get16(zip->data + at + 20) < zip->length;
        seen = true;
    }
    if (found)
        return true;
    if (behind)
        return refuse(zip, "other bytes stand behind the end of the archive");
    return refuse(zip, "the archive is incomplete: its end is missing, as after a broken download");
}

/* The zip64 end record before the end record, where there is one. `*tail` becomes its start. */
static bool read_end64(walk *zip, size_t end, size_t *tail, uint64_t *count, uint64_t *size, uint64_t *offset)
{
    if (end < LOCATOR_SIZE + END64_SIZE || !is_signature(zip->data + end - LOCATOR_SIZE, 6, 7))
        return true;
    const unsigned char *locator = zip->data + end - LOCATOR_SIZE;
    uint64_t at = get64(locator + 8);
    if (at > end - LOCATOR_SIZE - END64_SIZE || !is_signature(zip->data + at, 6, 6) ||
        get64(zip->data + at + 4) != end - LOCATOR_SIZE - at - 12)
        return refuse(zip, "the archive's zip64 end record is not where the archive says");
    const unsigned char *record = zip->data + at;
    bool same = (*count == 0xFFFF || *count == get64(record + 32)) &&
                (*size == 0xFFFFFFFF || *size == get64(record + 40)) &&
                (*offset == 0xFFFFFFFF || *offset == get64(record + 48));
    if (!same || get32(record + 16) || get32(record + 20) || get64(record + 24) != get64(record + 32))
        return refuse(zip, "the archive's two end records contradict each other");
    *count = get64(record + 32);
    *size = get64(record + 40);
    *offset = get64(record + 48);
    *tail = (size_t)at;
    return true;
}

static bool read_end(walk *zip)
{
    size_t end = 0;
    if (!find_end(zip, &end))
        return false;
    const unsigned char *record = zip->data + end;
    uint64_t count = get16(record + 10), size = get32(record + 12), offset = get32(record + 16);
    bool one_disk = (get16(record + 4) == 0 || get16(record + 4) == 0xFFFF) &&
                    (get16(record + 6) == 0 || get16(record + 6) == 0xFFFF) && get16(record + 8) == count;
    if (!one_disk)
        return refuse(zip, "the archive is one part of several");
    size_t tail = end;
    if (!read_end64(zip, end, &tail, &count, &size, &offset))
        return false;
    if (offset > tail || size > tail - offset)
        return refuse(zip, "the archive's directory reaches past its end");
    if (offset + size != tail)
        return refuse(zip, "other bytes stand before the archive or behind its directory");
    if (count > zip->limits->member_count)
        return qc_fail(zip->err, QCODE_LIMIT, zip->source, 0, 0, "the archive says it has %llu members; the limit is %zu",
                       (unsigned long long)count, zip->limits->member_count);
    if (count > size / CENTRAL_SIZE)
        return refuse(zip, "the archive says it has more members than its directory can hold");
    zip->directory = (size_t)offset;
    zip->directory_end = tail;
    zip->count = count;
    return true;
}

/* Sizes and offset that did not fit 32 bits stand in the zip64 extra field, in this order. */
static bool read_extra(const unsigned char *extra, size_t length, uint64_t *wide[3])
{
    size_t at = 0;
    while (length - at >= 4) {
        size_t size = get16(extra + at + 2), from = at + 4;
        if (size > length - from)
            return false;
        if (get16(extra + at) == ZIP64_EXTRA) {
            for (int i = 0; i < 3; i++) {
                if (*wide[i] != 0xFFFFFFFF)
                    continue;
                if (size - (from - at - 4) < 8)
                    return false;
                *wide[i] = get64(extra + from);
                from += 8;
            }
            return true;
        }
        at = from + size;
    }
    return true;
}

/* A name that would leave a folder it is unpacked into. Nothing here unpacks to a folder; a file that tries is still refused. */
static bool leaves_archive(const char *name)
{
    if (name[0] == '/' || name[0] == '\\' || (name[0] && name[1] == ':'))
        return true;
    for (const char *part = name; part; part = strpbrk(part, "/\\")) {
        part += part != name;
        size_t length = strcspn(part, "/\\");
        if (length == 2 && part[0] == '.' && part[1] == '.')
            return true;
    }
    return false;
}

/* The local header must say what the directory says; `end` of the packed data is worked out from it. */
static bool read_local(walk *zip, const unsigned char *central, qc_zip_entry *entry, uint64_t offset)
{
    size_t name_length = get16(central + 28);
    if (offset > zip->directory || zip->directory - offset < LOCAL_SIZE ||
        !is_signature(zip->data + offset, 3, 4))
        return refuse_member(zip, entry->name, "the member does not begin where the directory says");
    const unsigned char *local = zip->data + offset;
    size_t room = zip->directory - (size_t)offset - LOCAL_SIZE, head = get16(local + 26) + get16(local + 28);
    if (get16(local + 26) != name_length || room < head || memcmp(local + LOCAL_SIZE, entry->name, name_length) != 0)
        return refuse_member(zip, entry->name, "the member has another name than the directory says");
    if (room - head < entry->packed)
        return refuse_member(zip, entry->name, "the member's data reach past the end of the archive's data");
    bool same = get16(local + 8) == entry->method && !((get16(local + 6) ^ entry->flags) & (ENCRYPTED | HAS_DESCRIPTOR));
    if (!(entry->flags & HAS_DESCRIPTOR)) {
        uint32_t packed = get32(local + 18), unpacked = get32(local + 22);
        same = same && get32(local + 14) == entry->crc && (packed == 0xFFFFFFFF || packed == entry->packed) &&
               (unpacked == 0xFFFFFFFF || unpacked == entry->unpacked);
    }
    if (!same)
        return refuse_member(zip, entry->name, "the member and the directory contradict each other");
    entry->start = (size_t)offset;
    entry->end = (size_t)offset + LOCAL_SIZE + head + entry->packed;
    return true;
}

/* One record of the directory, at `*at`. */
static bool read_entry(walk *zip, qc_arena *arena, size_t *at, qc_zip_entry *entry)
{
    const unsigned char *record = zip->data + *at;
    size_t room = zip->directory_end - *at;
    if (room < CENTRAL_SIZE || !is_signature(record, 1, 2))
        return refuse(zip, "the archive's directory is broken");
    size_t name_length = get16(record + 28), extra = get16(record + 30), comment = get16(record + 32);
    if (room - CENTRAL_SIZE < name_length + extra + comment)
        return refuse(zip, "the archive's directory is broken");
    char *name = qc_arena_copy(arena, (const char *)record + CENTRAL_SIZE, name_length);
    if (!name)
        return qc_no_memory(zip->err);
    if (strlen(name) != name_length)
        return refuse_member(zip, name, "the member's name holds a NUL");
    if (leaves_archive(name))
        return refuse_member(zip, name, "the member's name leads out of the archive");
    uint64_t packed = get32(record + 20), unpacked = get32(record + 24), offset = get32(record + 42);
    if (!read_extra(record + CENTRAL_SIZE + name_length, extra, (uint64_t *[]){&unpacked, &packed, &offset}))
        return refuse_member(zip, name, "the member's extra field is broken");
    if (packed > zip->length || unpacked > SIZE_MAX || offset > zip->length)
        return refuse_member(zip, name, "the member's data reach past the end of the archive's data");
    *entry = (qc_zip_entry){.name = name, .flags = get16(record + 8), .method = get16(record + 10),
                            .crc = get32(record + 16), .packed = (size_t)packed, .unpacked = (size_t)unpacked};
    *at += CENTRAL_SIZE + name_length + extra + comment;
    return read_local(zip, record, entry, offset);
}

static int by_start(const void *a, const void *b)
{
    const qc_zip_entry *first = *(const qc_zip_entry *const *)a, *second = *(const qc_zip_entry *const *)b;
    return (first->start > second->start) - (first->start < second->start);
}

static bool refuse_overlaps(walk *zip, qc_arena *arena, const qc_zip_entry *entries, size_t count)
{
    const qc_zip_entry **order = qc_arena_take_array(arena, count, sizeof *order);
    if (count && !order)
        return qc_no_memory(zip->err);
    for (size_t i = 0; i < count; i++)
        order[i] = &entries[i];
    if (count)
        qsort(order, count, sizeof *order, by_start);
    for (size_t i = 1; i < count; i++)
        if (order[i]->start < order[i - 1]->end)
            return refuse_member(zip, order[i]->name, "two members of the archive overlap");
    return true;
}

bool qc_zip_directory_read(qc_arena *arena, const unsigned char *data, size_t length, const char *source,
                           const qcode_limits *limits, qc_zip_directory *directory, qcode_error *err)
{
    walk zip = {.data = data, .length = length, .source = source, .limits = limits, .err = err};
    if (!read_end(&zip))
        return false;
    size_t count = (size_t)zip.count, at = zip.directory;
    qc_zip_entry *entries = qc_arena_take_array(arena, count, sizeof *entries);
    if (count && !entries)
        return qc_no_memory(err);
    for (size_t i = 0; i < count; i++)
        if (!read_entry(&zip, arena, &at, &entries[i]))
            return false;
    if (at != zip.directory_end)
        return refuse(&zip, "the archive's directory holds more than the members it says");
    if (!refuse_overlaps(&zip, arena, entries, count))
        return false;
    *directory = (qc_zip_directory){.entries = entries, .count = count};
    return true;
}
