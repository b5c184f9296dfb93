/* Archives: what is read, what is refused and where. */
#include "format/zip.h"
#include "base/bytes.h"
#include "support/archive.h"
#include "support/test.h"

#include <stdio.h>
#include <string.h>

static const archive_member two[] = {{"a.txt", "first", 5}, {"word/b.xml", "the second", 10}};

/* All bytes of a member into `out`; false with `err`. */
static bool read_member(qc_zip *zip, size_t index, qc_buffer *out, qcode_error *err)
{
    qc_zip_member *member = qc_zip_member_open(zip, index, NULL, err);
    if (!member)
        return false;
    char room[4096];
    size_t got = 1;
    bool done = true;
    while (done && got) {
        done = qc_zip_read(member, room, sizeof room, &got, err);
        if (done)
            qc_buffer_append(out, room, got);
    }
    qc_zip_member_close(member);
    return done;
}

/* Reads every member of an archive, or as much as the limits allow: the error, or "N members, M bytes". */
static const char *tried(const void *data, size_t length, const qcode_limits *limits)
{
    static char said[600];
    qcode_limits all = qcode_limits_resolve(limits);
    qcode_error err = {.status = QCODE_OK};
    qc_buffer bytes = qc_buffer_init(NULL);
    qc_zip *zip = qc_zip_open(data, length, "f.docx", &all, NULL, &err);
    bool done = zip != NULL;
    for (size_t i = 0; done && i < qc_zip_count(zip); i++)
        done = read_member(zip, i, &bytes, &err);
    if (done)
        snprintf(said, sizeof said, "%zu members, %zu bytes", qc_zip_count(zip), bytes.length);
    else
        qcode_error_text(&err, said, sizeof said);
    assert_true(done || err.status != QCODE_OK);
    qc_zip_free(zip);
    qc_buffer_clear(&bytes);
    return said;
}

static void members_come_as_they_were_put(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL), bytes = qc_buffer_init(NULL);
    make_archive(&data, two, 2);
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_zip *zip = qc_zip_open((unsigned char *)data.data, data.length, "f", &limits, NULL, NULL);
    assert_non_null(zip);
    assert_int_equal(qc_zip_find(zip, "Word/B.XML"), 1);
    assert_true(qc_zip_find(zip, "word") == QC_ZIP_NONE);
    assert_true(read_member(zip, 1, &bytes, NULL));
    assert_string_equal(qc_buffer_text(&bytes), "the second");
    qc_zip_free(zip);
    qc_buffer_clear(&data);
    qc_buffer_clear(&bytes);
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_archive(&data, two, 2);
    for (size_t i = 0; i < data.length; i++)
        assert_null(strstr(tried(data.data, i, NULL), "members,"));
    assert_string_equal(tried(data.data, data.length, NULL), "2 members, 15 bytes");
    assert_string_equal(tried(data.data, data.length - 1, NULL),
                        "f.docx: the archive is incomplete: its end is missing, as after a broken download");
    qc_buffer_clear(&data);
}

/* Whatever bit is turned, the words are the same or nothing is read. */
static void no_turned_bit_changes_the_words(void **state)
{
    (void)state;
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_buffer data = qc_buffer_init(NULL), bytes = qc_buffer_init(NULL);
    make_archive(&data, two, 2);
    for (size_t i = 0; i < data.length * 8; i++) {
        data.data[i / 8] ^= (char)(1 << i % 8);
        qc_zip *zip = qc_zip_open((unsigned char *)data.data, data.length, "f", &limits, NULL, NULL);
        size_t index = zip ? qc_zip_find(zip, "word/b.xml") : QC_ZIP_NONE;
        bytes.length = 0;
        if (index != QC_ZIP_NONE && read_member(zip, index, &bytes, NULL))
            assert_string_equal(qc_buffer_text(&bytes), "the second");
        qc_zip_free(zip);
        data.data[i / 8] ^= (char)(1 << i % 8);
    }
    qc_buffer_clear(&data);
    qc_buffer_clear(&bytes);
}

static void names_that_lead_out_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"../a", "/etc/passwd", "a/../../b", "a/..", "C:\\a", "\\\\host\\a", "a\\..\\b"};
    static const char *const good[] = {"a/b", "..a", "a../b", "...", "a/.b", "[Content_Types].xml"};
    qc_buffer data = qc_buffer_init(NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        data.length = 0;
        make_archive(&data, &(archive_member){bad[i], "x", 1}, 1);
        assert_non_null(strstr(tried(data.data, data.length, NULL), "leads out of the archive"));
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        data.length = 0;
        make_archive(&data, &(archive_member){good[i], "x", 1}, 1);
        assert_string_equal(tried(data.data, data.length, NULL), "1 members, 1 bytes");
    }
    qc_buffer_clear(&data);
}

static void two_members_of_one_name_are_refused(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_archive(&data, (archive_member[]){{"a", "1", 1}, {"B", "2", 1}, {"a", "3", 1}}, 3);
    assert_string_equal(tried(data.data, data.length, NULL), "f.docx:a: the archive holds two members of this name");
    data.length = 0;
    make_archive(&data, (archive_member[]){{"a", "1", 1}, {"B", "2", 1}, {"A", "3", 1}}, 3);
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_zip *zip = qc_zip_open((unsigned char *)data.data, data.length, "f", &limits, NULL, NULL);
    assert_int_equal(qc_zip_find(zip, "a"), 0);
    assert_int_equal(qc_zip_find(zip, "A"), 2);
    assert_int_equal(qc_zip_find(zip, "b"), 1);
    qc_zip_free(zip);
    qc_buffer_clear(&data);
}

static void bytes_around_an_archive_are_refused(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL), moved = qc_buffer_init(NULL);
    make_archive(&data, two, 2);
    qc_buffer_string(&moved, "junk");
    qc_buffer_append(&moved, data.data, data.length);
    assert_string_equal(tried(moved.data, moved.length, NULL),
                        "f.docx: other bytes stand before the archive or behind its directory");
    qc_buffer_string(&data, "junk");
    assert_string_equal(tried(data.data, data.length, NULL), "f.docx: other bytes stand behind the end of the archive");
    qc_buffer_clear(&data);
    qc_buffer_clear(&moved);
}

/* The second member's header stands inside the data of the first, so that both count the same bytes (D. Fifield, 2019). */
static void members_that_share_bytes_are_refused(void **state)
{
    (void)state;
    qc_buffer inner = qc_buffer_init(NULL), data = qc_buffer_init(NULL);
    make_archive(&inner, &(archive_member){"b", "shared", 6}, 1);
    make_archive(&data, (archive_member[]){{"a", inner.data, 30 + 1 + 6}, {"b", "shared", 6}}, 2);
    assert_string_equal(tried(data.data, data.length, NULL), "2 members, 43 bytes");
    size_t second = data.length - 22 - (46 + 1);
    memcpy(data.data + second + 42, "\x1F\0\0\0", 4); /* where the first member's data begin */
    assert_string_equal(tried(data.data, data.length, NULL), "f.docx:b: two members of the archive overlap");
    qc_buffer_clear(&inner);
    qc_buffer_clear(&data);
}

static void a_member_meets_its_limit_and_one_past_it(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_archive(&data, (archive_member[]){{"a", NULL, 1000}, {"b", NULL, 500}}, 2);
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.member = 1000}), "2 members, 1500 bytes");
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.member = 999}),
                        "f.docx:a: unpacks to 1000 bytes; the limit for a member is 999");
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.archive = 1500}), "2 members, 1500 bytes");
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.archive = 1499}),
                        "f.docx:b: the members unpack to more than the limit of 1499 bytes");
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.member_count = 2}), "2 members, 1500 bytes");
    assert_string_equal(tried(data.data, data.length, &(qcode_limits){.member_count = 1}),
                        "f.docx: the archive says it has 2 members; the limit is 1");
    qc_buffer_clear(&data);
}

static void a_ratio_meets_its_limit_and_one_past_it(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    size_t packed;
    make_packed_zeros(&data, "a", 60000, &packed);
    size_t least = (60000 + packed - 1) / packed;
    qcode_limits limits = {.ratio = least, .ratio_free = 1000};
    assert_string_equal(tried(data.data, data.length, &limits), "1 members, 60000 bytes");
    limits.ratio--;
    assert_non_null(strstr(tried(data.data, data.length, &limits), "f.docx:a: unpacks to 60000 bytes from "));
    limits.ratio_free = 60000; /* a small member may grow as it likes */
    assert_string_equal(tried(data.data, data.length, &limits), "1 members, 60000 bytes");
    qc_buffer_clear(&data);
}

static bool open_and_read(const qcode_memory *memory, void *user, qcode_error *err)
{
    const qc_buffer *data = user;
    qcode_limits limits = qcode_limits_resolve(NULL);
    qc_buffer bytes = qc_buffer_init(NULL);
    qc_zip *zip = qc_zip_open((unsigned char *)data->data, data->length, "f", &limits, memory, err);
    bool done = zip && read_member(zip, 0, &bytes, err);
    qc_zip_free(zip);
    qc_buffer_clear(&bytes);
    return done;
}

static void each_refused_allocation_is_clean(void **state)
{
    (void)state;
    qc_buffer data = qc_buffer_init(NULL);
    make_archive(&data, two, 2);
    refuse_each_allocation(open_and_read, &data);
    qc_buffer_clear(&data);
}

/* What each hostile archive's first refusal is, when all its members are read. */
static void hostile_archives_are_refused_for_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *name, *says;
    } cases[] = {
        {"ok.docx", "3 members, "},
        {"stored-dd.docx", "3 members, "},
        {"bomb-40m.docx", "word/document.xml: unpacks to "},
        {"cd-offset.docx", "directory reaches past its end"},
        {"count-lie.docx", "more members than its directory can hold"},
        {"crc.docx", "word/document.xml: the checksum is wrong: the member is damaged"},
        {"csize-past-end.docx", "reach past the end of the archive's data"},
        {"cut-tail.docx", "the archive is incomplete"},
        {"deflate-cut.docx", "word/document.xml: "},
        {"encrypted.docx", "the member is encrypted"},
        {"fake-eocd.docx", "two end records"},
        {"method-14.docx", "packed by method 14 (LZMA)"},
        {"nul-name.docx", "name holds a NUL"},
        {"only-eocd.docx", "0 members, 0 bytes"},
        {"overlap-full.docx", "word/a1.xml: the member has another name than the directory says"},
        {"prefix.docx", "other bytes stand before the archive"},
        {"size-small.docx", "word/document.xml: holds more than the 100 bytes that it says"},
        {"traversal.qdpx", "leads out of the archive"},
        {"twice.docx", "word/document.xml: the archive holds two members of this name"},
        {"zip64-huge.docx", "the archive's directory reaches past its end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[100];
        snprintf(name, sizeof name, "hostile/zip/%s", cases[i].name);
        NEED_SHARED(path, name);
        qc_bytes bytes;
        assert_true(qc_bytes_read(path, SIZE_MAX, NULL, &bytes, NULL));
        const char *said = tried(bytes.data, bytes.length, NULL);
        if (!strstr(said, cases[i].says))
            fail_msg("%s: \"%s\", expected \"%s\"", cases[i].name, said, cases[i].says);
        qc_bytes_clear(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_come_as_they_were_put),
        TEST(every_cut_is_refused),
        TEST(no_turned_bit_changes_the_words),
        TEST(names_that_lead_out_are_refused),
        TEST(two_members_of_one_name_are_refused),
        TEST(bytes_around_an_archive_are_refused),
        TEST(members_that_share_bytes_are_refused),
        TEST(a_member_meets_its_limit_and_one_past_it),
        TEST(a_ratio_meets_its_limit_and_one_past_it),
        TEST(each_refused_allocation_is_clean),
        TEST(hostile_archives_are_refused_for_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
