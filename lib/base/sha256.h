/* SHA-256 (FIPS 180-4), the one hash of the project. */
#ifndef QC_BASE_SHA256_H
#define QC_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qc_sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
} qc_sha256;

qc_sha256 qc_sha256_init(void);
void qc_sha256_add(qc_sha256 *hash, const void *data, size_t length);

/* 64 lower-case hexadecimal digits and a NUL. The hash is spent; take a copy first to go on. */
void qc_sha256_hex(qc_sha256 *hash, char hex[65]);

/* The same of some bytes at once. */
void qc_sha256_of(const void *data, size_t length, char hex[65]);

/* Adds whole blocks of 64 bytes to a state, with the processor's own instructions where it has them; and its plain twin. */
void qc_sha256_blocks(uint32_t state[8], const unsigned char *blocks, size_t count);
void qc_sha256_blocks_plain(uint32_t state[8], const unsigned char *blocks, size_t count);

#endif
