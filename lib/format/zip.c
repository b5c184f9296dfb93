/* The archive reader on libzip, which unpacks and checks sums. It takes its memory from malloc: it has no hook for another. */
#include "format/zip.h"
#include "base/error.h"
#include "format/parsers.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { IS_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13 };

struct qc_zip {
    const qc_parsers *parsers;
    qc_arena arena; /* holds the archive's handle itself, the directory and the names */
    zip_t *archive;
    const char *source;
    const qcode_limits *limits;
    const unsigned char *data;
    size_t length, at; /* of the bytes, and where libzip reads next */
    size_t forgotten;  /* up to where they were given back, once nothing behind it is read again */
    qc_bytes *own;     /* the bytes, when they may be given back; or NULL */
    zip_error_t error;
    qc_zip_directory directory;
    const qc_zip_entry **names; /* by name without case, then by name */
    size_t unpacked;            /* bytes of all members read so far */
};

struct qc_zip_member {
    const qc_parsers *parsers;
    qc_zip *zip;
    const qc_zip_entry *entry;
    zip_file_t *file;
    size_t done;
    char source[1024];
};

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (unsigned char)c;
}

static int compare_names(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b))
        a++, b++;
    return lower(*a) - lower(*b);
}

static int by_name(const void *a, const void *b)
{
    const qc_zip_entry *first = *(const qc_zip_entry *const *)a, *second = *(const qc_zip_entry *const *)b;
    int order = compare_names(first->name, second->name);
    return order ? order : strcmp(first->name, second->name);
}

static bool sort_names(qc_zip *zip, qcode_error *err)
{
    zip->names = qc_arena_take_array(&zip->arena, zip->directory.count + 1, sizeof *zip->names);
    if (!zip->names)
        return qc_no_memory(err);
    for (size_t i = 0; i < zip->directory.count; i++)
        zip->names[i] = &zip->directory.entries[i];
    qsort(zip->names, zip->directory.count, sizeof *zip->names, by_name);
    for (size_t i = 1; i < zip->directory.count; i++)
        if (strcmp(zip->names[i - 1]->name, zip->names[i]->name) == 0) {
            char source[1024];
            qc_zip_member_source(source, sizeof source, zip->source, zip->names[i]->name);
            return qc_fail(err, QCODE_INVALID, source, 0, 0, "the archive holds two members of this name");
        }
    return true;
}

static bool fail_zip(qcode_error *err, const char *source, zip_error_t *error)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        return qc_no_memory(err);
    if (zip_error_code_zip(error) == ZIP_ER_CRC)
        return qc_fail(err, QCODE_SYNTAX, source, 0, 0, "the checksum is wrong: the member is damaged");
    return qc_fail(err, QCODE_SYNTAX, source, 0, 0, "the archive is damaged: %s", zip_error_strerror(error));
}

/* Gives back what libzip has read, some at a time. */
static void forget(qc_zip *zip)
{
    enum { STEP = 1 << 20 };
    if (zip->own && zip->at > zip->forgotten && zip->at - zip->forgotten >= STEP) {
        qc_bytes_forget(zip->own, zip->forgotten, zip->at);
        zip->forgotten = zip->at;
    }
}

static zip_int64_t give(qc_zip *zip, void *to, zip_uint64_t room)
{
    size_t left = zip->length - zip->at, got = room < left ? (size_t)room : left;
    if (got)
        memcpy(to, zip->data + zip->at, got);
    zip->at += got;
    forget(zip);
    return (zip_int64_t)got;
}

/* The archive's bytes as libzip asks for them. */
static zip_int64_t on_source(void *user, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    qc_zip *zip = user;
    zip_int64_t to;
    switch (command) {
    case ZIP_SOURCE_OPEN: zip->at = 0; return 0;
    case ZIP_SOURCE_READ: return give(zip, data, length);
    case ZIP_SOURCE_TELL: return (zip_int64_t)zip->at;
    case ZIP_SOURCE_SEEK:
        to = zip_source_seek_compute_offset(zip->at, zip->length, data, length, &zip->error);
        zip->at = to < 0 ? zip->at : (size_t)to;
        return to < 0 ? -1 : 0;
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        ((zip_stat_t *)data)->valid = ZIP_STAT_SIZE;
        ((zip_stat_t *)data)->size = zip->length;
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&zip->error, data, length);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
                                              ZIP_SOURCE_FREE, -1);
    default: return 0;
    }
}

/* Gives the bytes to libzip. It must see the same members as we do. */
static bool open_archive(qc_zip *zip, qcode_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_function_create(on_source, zip, &error);
    zip->archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
    bool done = zip->archive != NULL;
    if (!done) {
        fail_zip(err, zip->source, &error);
        zip_source_free(source);
    } else if (zip_get_num_entries(zip->archive, 0) != (zip_int64_t)zip->directory.count) {
        done = qc_fail(err, QCODE_SYNTAX, zip->source, 0, 0, "the archive's directory is broken");
    }
    zip_error_fini(&error);
    return done;
}

qc_zip *qc_zip_open(const unsigned char *data, size_t length, const char *source, const qcode_limits *limits,
                    const qcode_memory *memory, qcode_error *err)
{
    qc_arena arena = qc_arena_init(memory);
    qc_zip *zip = qc_arena_take(&arena, sizeof *zip);
    if (!zip) {
        qc_no_memory(err);
        return NULL;
    }
    *zip = (qc_zip){.parsers = &qcode_parsers, .arena = arena, .source = source, .limits = limits, .data = data,
                     .length = length};
    zip_error_init(&zip->error);
    bool done = qc_zip_directory_read(&zip->arena, data, length, source, limits, &zip->directory, err) &&
                sort_names(zip, err) && open_archive(zip, err);
    if (done)
        return zip;
    qc_zip_free(zip);
    return NULL;
}

void qc_zip_free(qc_zip *zip)
{
    if (!zip)
        return;
    if (zip->archive)
        zip_discard(zip->archive);
    qc_arena arena = zip->arena; /* the archive lives in the arena that ends here */
    qc_arena_clear(&arena);
}

size_t qc_zip_count(const qc_zip *zip)
{
    return zip->directory.count;
}

const qc_zip_entry *qc_zip_at(const qc_zip *zip, size_t index)
{
    return &zip->directory.entries[index];
}

size_t qc_zip_find(const qc_zip *zip, const char *name)
{
    size_t low = 0, high = zip->directory.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(zip->names[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t alike = 0;
    for (size_t i = low; i < zip->directory.count && compare_names(zip->names[i]->name, name) == 0; i++, alike++)
        if (strcmp(zip->names[i]->name, name) == 0)
            return (size_t)(zip->names[i] - zip->directory.entries);
    return alike == 1 ? (size_t)(zip->names[low] - zip->directory.entries) : QC_ZIP_NONE;
}

/* The names of APPNOTE.TXT, 4.4.5. */
static const char *method_name(unsigned method)
{
    static const struct {
        unsigned method;
        const char *name;
    } methods[] = {{1, "Shrink"},  {6, "Implode"}, {9, "Deflate64"}, {12, "bzip2"}, {14, "LZMA"},
                   {93, "Zstandard"}, {95, "XZ"}, {98, "PPMd"},     {99, "AES encryption"}};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].method == method)
            return methods[i].name;
    return "an unknown method";
}

static bool check_limits(const qc_zip *zip, const qc_zip_entry *entry, const char *source, qcode_error *err)
{
    const qcode_limits *limits = zip->limits;
    if (entry->unpacked > limits->member)
        return qc_fail(err, QCODE_LIMIT, source, 0, 0, "unpacks to %zu bytes; the limit for a member is %zu",
                       entry->unpacked, limits->member);
    if (zip->unpacked > limits->archive || entry->unpacked > limits->archive - zip->unpacked)
        return qc_fail(err, QCODE_LIMIT, source, 0, 0, "the members unpack to more than the limit of %zu bytes",
                       limits->archive);
    if (entry->unpacked > limits->ratio_free && entry->unpacked / limits->ratio >= entry->packed &&
        (entry->unpacked / limits->ratio > entry->packed || entry->unpacked % limits->ratio))
        return qc_fail(err, QCODE_LIMIT, source, 0, 0, "unpacks to %zu bytes from %zu; the limit is %zu for one",
                       entry->unpacked, entry->packed, limits->ratio);
    return true;
}

static bool check_member(const qc_zip *zip, const qc_zip_entry *entry, const char *source, qcode_error *err)
{
    if (entry->flags & IS_ENCRYPTED)
        return qc_fail(err, QCODE_INVALID, source, 0, 0, "the member is encrypted; save the file without a password");
    if (entry->method != ZIP_CM_STORE && entry->method != ZIP_CM_DEFLATE)
        return qc_fail(err, QCODE_INVALID, source, 0, 0, "the member is packed by method %u (%s); expected Deflate",
                       entry->method, method_name(entry->method));
    return check_limits(zip, entry, source, err);
}

/* What libzip read of the member's header is what we read. */
static bool same_header(const qc_zip *zip, size_t index)
{
    const qc_zip_entry *entry = &zip->directory.entries[index];
    const char *name = zip_get_name(zip->archive, index, ZIP_FL_ENC_RAW);
    zip_stat_t about;
    return name && strcmp(name, entry->name) == 0 && zip_stat_index(zip->archive, index, 0, &about) == 0 &&
           about.size == entry->unpacked && about.comp_size == entry->packed && about.crc == entry->crc &&
           about.comp_method == entry->method;
}

qc_zip_member *qc_zip_member_open(qc_zip *zip, size_t index, qc_bytes *own, qcode_error *err)
{
    const qcode_memory *memory = zip->arena.memory;
    qc_zip_member *member = qc_resize(memory, NULL, sizeof *member);
    if (!member) {
        qc_no_memory(err);
        return NULL;
    }
    *member = (qc_zip_member){.parsers = &qcode_parsers, .zip = zip, .entry = &zip->directory.entries[index]};
    qc_zip_member_source(member->source, sizeof member->source, zip->source, member->entry->name);
    bool done = check_member(zip, member->entry, member->source, err);
    if (done && !same_header(zip, index))
        done = qc_fail(err, QCODE_SYNTAX, member->source, 0, 0, "the member and the directory contradict each other");
    if (done) {
        member->file = zip_fopen_index(zip->archive, index, 0);
        done = member->file || fail_zip(err, member->source, zip_get_error(zip->archive));
        zip->own = own;
    }
    if (done)
        return member;
    qc_zip_member_close(member);
    return NULL;
}

void qc_zip_member_close(qc_zip_member *member)
{
    if (!member)
        return;
    if (member->file)
        zip_fclose(member->file);
    qc_release(member->zip->arena.memory, member);
}

const char *qc_zip_member_name(const qc_zip_member *member)
{
    return member->source;
}

bool qc_zip_read(void *stream, void *to, size_t room, size_t *got, qcode_error *err)
{
    qc_zip_member *member = stream;
    zip_int64_t read = zip_fread(member->file, to, room);
    if (read < 0)
        return fail_zip(err, member->source, zip_file_get_error(member->file));
    *got = (size_t)read;
    member->done += *got;
    member->zip->unpacked += *got;
    if (member->done > member->entry->unpacked)
        return qc_fail(err, QCODE_SYNTAX, member->source, 0, 0, "holds more than the %zu bytes that it says",
                       member->entry->unpacked);
    if (!read && member->done < member->entry->unpacked)
        return qc_fail(err, QCODE_SYNTAX, member->source, 0, 0, "holds %zu bytes and says %zu", member->done,
                       member->entry->unpacked);
    if (member->zip->unpacked > member->zip->limits->archive)
        return qc_fail(err, QCODE_LIMIT, member->source, 0, 0, "the members unpack to more than the limit of %zu bytes",
                       member->zip->limits->archive);
    return true;
}
