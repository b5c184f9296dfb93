/* Looking at many bytes at once: AVX2, SSE2 and NEON, each the same four steps. */
#include "base/starts.h"

#include <string.h>

/* What one block of QC_BLOCK bytes is. */
typedef struct block {
    uint64_t words, others;
} block;

/* Loops over blocks with a given step; the last block is copied first, so that nothing behind the text is read. It is inlined
 * into each way, so that the step is, too. */
#define LOOK_BY(step)                                                                                                        \
    uint64_t before = 0, any = 0;                                                                                            \
    size_t at = 0;                                                                                                           \
    for (; at + QC_BLOCK <= length; at += QC_BLOCK) {                                                                        \
        block b = step(to + at, from + at);                                                                                  \
        *starts++ = b.words & ~(b.words << 1 | before);                                                                      \
        *others++ = b.others;                                                                                                \
        any |= b.others;                                                                                                     \
        before = b.words >> 63;                                                                                              \
    }                                                                                                                        \
    if (at < length) {                                                                                                       \
        char last[QC_BLOCK] = {0};                                                                                           \
        memcpy(last, from + at, length - at);                                                                                \
        block b = step(to + at, last);                                                                                       \
        *starts = b.words & ~(b.words << 1 | before);                                                                        \
        *others = b.others;                                                                                                  \
        any |= b.others;                                                                                                     \
        at += QC_BLOCK;                                                                                                      \
    }                                                                                                                        \
    memset(to + at, 0, QC_BLOCK);                                                                                            \
    return any != 0

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>

/* Unsigned `x - low < count` for each byte: shifted so that signed comparison tells. */
#define IN_RANGE_AVX2(x, low, count)                                                                                         \
    _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(-128 + (count))), _mm256_add_epi8((x), _mm256_set1_epi8((char)(128 - (low)))))
#define IN_RANGE_SSE2(x, low, count)                                                                                         \
    _mm_cmpgt_epi8(_mm_set1_epi8((char)(-128 + (count))), _mm_add_epi8((x), _mm_set1_epi8((char)(128 - (low)))))

__attribute__((target("avx2"))) static inline block step_avx2(char *to, const char *from)
{
    block b = {0, 0};
    for (int half = 0; half < 2; half++) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(from + 32 * half));
        __m256i capitals = IN_RANGE_AVX2(x, 'A', 26), spaces = IN_RANGE_AVX2(x, '\t', 5);
        x = _mm256_or_si256(x, _mm256_and_si256(capitals, _mm256_set1_epi8(0x20)));
        x = _mm256_blendv_epi8(x, _mm256_set1_epi8(' '), spaces);
        _mm256_storeu_si256((__m256i *)(void *)(to + 32 * half), x);
        __m256i words = _mm256_or_si256(IN_RANGE_AVX2(x, 'a', 26), IN_RANGE_AVX2(x, '0', 10));
        words = _mm256_or_si256(words, _mm256_cmpeq_epi8(x, _mm256_set1_epi8('_')));
        b.words |= (uint64_t)(uint32_t)_mm256_movemask_epi8(words) << 32 * half;
        b.others |= (uint64_t)(uint32_t)_mm256_movemask_epi8(x) << 32 * half;
    }
    return b;
}

__attribute__((target("avx2"))) static bool look_avx2(char *to, const char *from, size_t length, uint64_t *starts,
                                                      uint64_t *others)
{
    LOOK_BY(step_avx2);
}

static inline block step_sse2(char *to, const char *from)
{
    block b = {0, 0};
    for (int part = 0; part < 4; part++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(from + 16 * part));
        __m128i capitals = IN_RANGE_SSE2(x, 'A', 26), spaces = IN_RANGE_SSE2(x, '\t', 5);
        x = _mm_or_si128(x, _mm_and_si128(capitals, _mm_set1_epi8(0x20)));
        x = _mm_or_si128(_mm_andnot_si128(spaces, x), _mm_and_si128(spaces, _mm_set1_epi8(' ')));
        _mm_storeu_si128((__m128i *)(void *)(to + 16 * part), x);
        __m128i words = _mm_or_si128(IN_RANGE_SSE2(x, 'a', 26), IN_RANGE_SSE2(x, '0', 10));
        words = _mm_or_si128(words, _mm_cmpeq_epi8(x, _mm_set1_epi8('_')));
        b.words |= (uint64_t)(uint32_t)_mm_movemask_epi8(words) << 16 * part;
        b.others |= (uint64_t)(uint32_t)_mm_movemask_epi8(x) << 16 * part;
    }
    return b;
}

static bool look_sse2(char *to, const char *from, size_t length, uint64_t *starts, uint64_t *others)
{
    LOOK_BY(step_sse2);
}

qc_look *qc_look_avx2(void)
{
    return __builtin_cpu_supports("avx2") ? look_avx2 : NULL;
}

qc_look *qc_look_sse2(void)
{
    return look_sse2;
}

qc_look *qc_look_neon(void)
{
    return NULL;
}

#elif defined __aarch64__ && defined __ARM_NEON && defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include <arm_neon.h>

static inline uint8x16_t in_range(uint8x16_t x, uint8_t low, uint8_t count)
{
    return vcltq_u8(vsubq_u8(x, vdupq_n_u8(low)), vdupq_n_u8(count));
}

/* One bit of each byte, of 64 bytes that are all ones or zeros. */
static inline uint64_t bits_of(const uint8x16_t bytes[4])
{
    static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t at = vld1q_u8(places);
    uint8x16_t low = vpaddq_u8(vandq_u8(bytes[0], at), vandq_u8(bytes[1], at));
    uint8x16_t high = vpaddq_u8(vandq_u8(bytes[2], at), vandq_u8(bytes[3], at));
    low = vpaddq_u8(low, high);
    low = vpaddq_u8(low, low);
    return vgetq_lane_u64(vreinterpretq_u64_u8(low), 0);
}

static inline block step_neon(char *to, const char *from)
{
    uint8x16_t words[4], others[4];
    for (int part = 0; part < 4; part++) {
        uint8x16_t x = vld1q_u8((const uint8_t *)from + 16 * part);
        x = vorrq_u8(x, vandq_u8(in_range(x, 'A', 26), vdupq_n_u8(0x20)));
        x = vbslq_u8(in_range(x, '\t', 5), vdupq_n_u8(' '), x);
        vst1q_u8((uint8_t *)to + 16 * part, x);
        words[part] = vorrq_u8(vorrq_u8(in_range(x, 'a', 26), in_range(x, '0', 10)), vceqq_u8(x, vdupq_n_u8('_')));
        others[part] = vcgeq_u8(x, vdupq_n_u8(0x80));
    }
    return (block){bits_of(words), bits_of(others)};
}

static bool look_neon(char *to, const char *from, size_t length, uint64_t *starts, uint64_t *others)
{
    LOOK_BY(step_neon);
}

qc_look *qc_look_avx2(void)
{
    return NULL;
}

qc_look *qc_look_sse2(void)
{
    return NULL;
}

qc_look *qc_look_neon(void)
{
    return look_neon;
}

#else
qc_look *qc_look_avx2(void)
{
    return NULL;
}

qc_look *qc_look_sse2(void)
{
    return NULL;
}

qc_look *qc_look_neon(void)
{
    return NULL;
}
#endif
