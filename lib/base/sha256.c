/* SHA-256 (FIPS 180-4, sections 4.1.2, 5 and 6.2), plain and with the processor's own instructions. */
#include "base/sha256.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>
#endif

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void add_block(uint32_t state[8], const unsigned char p[64])
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
        uint32_t t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const uint32_t add[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++)
        state[i] += add[i];
}

void qc_sha256_blocks_plain(uint32_t state[8], const unsigned char *blocks, size_t count)
{
    for (; count; count--, blocks += 64)
        add_block(state, blocks);
}

#if defined(__x86_64__)

/* Whether the processor has the SHA extensions (CPUID leaf 7, EBX bit 29). Asked once: in a virtual machine it is slow. */
static bool has_sha(void)
{
    static _Atomic int known; /* 0: not asked yet */
    int answer = atomic_load_explicit(&known, memory_order_relaxed);
    if (!answer) {
        unsigned a, b, c, d;
        bool sse = __get_cpuid(1, &a, &b, &c, &d) && c & bit_SSE4_1;
        answer = sse && __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & 1u << 29 ? 1 : -1;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer > 0;
}

static __m128i load(const void *from)
{
    return _mm_loadu_si128(from);
}

/* Four rounds an instruction pair; the state is kept as ABEF and CDGH (Intel SHA Extensions, 2013). */
__attribute__((target("sha,sse4.1"))) static void add_blocks_x86(uint32_t state[8], const unsigned char *p, size_t count)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i cdab = _mm_shuffle_epi32(load(state), 0xB1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1B);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xF0), w[4];
    for (; count; count--, p += 64) {
        const __m128i before[2] = {abef, cdgh};
        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(load(p + 16 * i), big_endian);
        for (int i = 0; i < 16; i++) {
            __m128i *a = &w[i % 4], b = w[(i + 1) % 4], c = w[(i + 2) % 4], d = w[(i + 3) % 4];
            if (i >= 4)
                *a = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*a, b), _mm_alignr_epi8(d, c, 4)), d);
            __m128i k = _mm_add_epi32(*a, load(K + 4 * i));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0E));
        }
        abef = _mm_add_epi32(abef, before[0]);
        cdgh = _mm_add_epi32(cdgh, before[1]);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#endif

void qc_sha256_blocks(uint32_t state[8], const unsigned char *blocks, size_t count)
{
#if defined(__x86_64__)
    if (has_sha()) {
        add_blocks_x86(state, blocks, count);
        return;
    }
#endif
    qc_sha256_blocks_plain(state, blocks, count);
}

qc_sha256 qc_sha256_init(void)
{
    return (qc_sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
                                 0x5be0cd19}};
}

void qc_sha256_add(qc_sha256 *hash, const void *data, size_t length)
{
    const unsigned char *p = data;
    size_t held = hash->length % 64;
    hash->length += length;
    if (held && length) {
        size_t take = length < 64 - held ? length : 64 - held;
        memcpy(hash->block + held, p, take);
        if (held + take < 64)
            return;
        qc_sha256_blocks(hash->state, hash->block, 1);
        p += take, length -= take;
    }
    qc_sha256_blocks(hash->state, p, length / 64);
    if (length % 64)
        memcpy(hash->block, p + length / 64 * 64, length % 64);
}

void qc_sha256_hex(qc_sha256 *hash, char hex[65])
{
    static const unsigned char padding[64] = {0x80};
    uint64_t bits = hash->length * 8;
    size_t held = hash->length % 64;
    qc_sha256_add(hash, padding, held < 56 ? 56 - held : 120 - held);
    unsigned char tail[8];
    for (int i = 0; i < 8; i++)
        tail[i] = (unsigned char)(bits >> (56 - 8 * i));
    qc_sha256_add(hash, tail, sizeof tail);
    for (int i = 0; i < 64; i++)
        hex[i] = "0123456789abcdef"[hash->state[i / 8] >> (28 - i % 8 * 4) & 15];
    hex[64] = '\0';
}

void qc_sha256_of(const void *data, size_t length, char hex[65])
{
    qc_sha256 hash = qc_sha256_init();
    qc_sha256_add(&hash, data, length);
    qc_sha256_hex(&hash, hex);
}
