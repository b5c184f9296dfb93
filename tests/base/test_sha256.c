/* SHA-256 against the examples of FIPS 180-4 (csrc.nist.gov, "Secure Hashing: example values"). */
#include "base/sha256.h"
#include "support/random.h"
#include "support/test.h"

#include <string.h>

static void assert_hash(const void *data, size_t length, const char *wanted)
{
    char hex[65];
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, data, length);
    qc_sha256_hex(&hash, hex);
    assert_string_equal(hex, wanted);
}

static void the_examples_of_the_standard_come_out(void **state)
{
    (void)state;
    assert_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_hash(two_blocks, strlen(two_blocks), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    const char *long_one = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                           "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    assert_hash(long_one, strlen(long_one), "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    assert_hash("\xbd", 1, "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
}

static void a_million_letters_have_their_hash(void **state)
{
    (void)state;
    char hex[65], thousand[1000];
    memset(thousand, 'a', sizeof thousand);
    qc_sha256 hash = qc_sha256_init();
    for (int i = 0; i < 1000; i++)
        qc_sha256_add(&hash, thousand, sizeof thousand);
    qc_sha256_hex(&hash, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void lengths_around_a_block_are_padded_right(void **state)
{
    (void)state;
    static const struct {
        size_t zeros;
        const char *hex;
    } cases[] = {
        {55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"},
        {56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"},
        {57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"},
        {64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"},
        {1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"},
    };
    static const char zeros[1000];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_hash(zeros, cases[i].zeros, cases[i].hex);
}

static void the_processors_own_instructions_give_what_the_plain_way_gives(void **state)
{
    (void)state;
    unsigned char blocks[64 * 9];
    dice from = {1};
    for (int round = 0; round < 200; round++) {
        uint32_t fast[8], plain[8];
        for (size_t i = 0; i < sizeof blocks; i++)
            blocks[i] = (unsigned char)dice_below(&from, 256);
        for (size_t i = 0; i < 8; i++)
            fast[i] = plain[i] = (uint32_t)dice_next(&from);
        qc_sha256_blocks(fast, blocks, (size_t)round % 10);
        qc_sha256_blocks_plain(plain, blocks, (size_t)round % 10);
        assert_memory_equal(fast, plain, sizeof fast);
    }
}

static void pieces_of_any_size_give_the_same_hash(void **state)
{
    (void)state;
    unsigned char data[1024];
    dice from = {.state = 1};
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (unsigned char)dice_next(&from);
    char whole[65], pieces[65];
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, data, sizeof data);
    qc_sha256_hex(&hash, whole);
    for (int round = 0; round < 200; round++) {
        hash = qc_sha256_init();
        for (size_t at = 0; at < sizeof data;) {
            size_t size = dice_below(&from, 150);
            size = size < sizeof data - at ? size : sizeof data - at;
            qc_sha256_add(&hash, data + at, size);
            at += size;
        }
        qc_sha256_hex(&hash, pieces);
        assert_string_equal(pieces, whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_examples_of_the_standard_come_out),
        TEST(the_processors_own_instructions_give_what_the_plain_way_gives),
        TEST(a_million_letters_have_their_hash),
        TEST(lengths_around_a_block_are_padded_right),
        TEST(pieces_of_any_size_give_the_same_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
