/* Archives made in memory. */
#include "support/archive.h"

#include <stdlib.h>

typedef struct place {
    size_t start;
    uint32_t crc, packed, unpacked;
    unsigned method;
} place;

static void put16(qc_buffer *out, unsigned number)
{
    qc_buffer_byte(out, (char)(number & 0xFF));
    qc_buffer_byte(out, (char)(number >> 8 & 0xFF));
}

static void put32(qc_buffer *out, size_t number)
{
    put16(out, (unsigned)(number & 0xFFFF));
    put16(out, (unsigned)(number >> 16 & 0xFFFF));
}

static uint32_t crc32_add(uint32_t crc, unsigned char byte)
{
    crc ^= byte;
    for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    return crc;
}

static void put_sizes(qc_buffer *out, const place *at, size_t name_length)
{
    put32(out, at->crc);
    put32(out, at->packed);
    put32(out, at->unpacked);
    put16(out, (unsigned)name_length);
    put16(out, 0);
}

static void put_local(qc_buffer *out, const char *name, place *at)
{
    at->start = out->length;
    qc_buffer_append(out, "PK\3\4", 4);
    put16(out, 20);
    put16(out, 0);
    put16(out, at->method);
    put32(out, 0x21u << 16); /* 1 January 1980 */
    put_sizes(out, at, strlen(name));
    qc_buffer_string(out, name);
}

static void put_central(qc_buffer *out, const char *name, const place *at)
{
    qc_buffer_append(out, "PK\1\2", 4);
    put16(out, 20);
    put16(out, 20);
    put16(out, 0);
    put16(out, at->method);
    put32(out, 0x21u << 16);
    put_sizes(out, at, strlen(name));
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    put32(out, 0);
    put32(out, at->start);
    qc_buffer_string(out, name);
}

static void put_end(qc_buffer *out, size_t directory, size_t count)
{
    size_t size = out->length - directory;
    qc_buffer_append(out, "PK\5\6", 4);
    put32(out, 0);
    put16(out, (unsigned)count);
    put16(out, (unsigned)count);
    put32(out, size);
    put32(out, directory);
    put16(out, 0);
}

void make_archive(qc_buffer *out, const archive_member *members, size_t count)
{
    place *places = calloc(count + 1, sizeof *places);
    if (!places)
        abort();
    for (size_t i = 0; i < count; i++) {
        const archive_member *member = &members[i];
        uint32_t crc = 0xFFFFFFFF;
        for (size_t k = 0; k < member->length; k++)
            crc = crc32_add(crc, member->data ? (unsigned char)member->data[k] : 'x');
        places[i] = (place){.crc = ~crc, .packed = (uint32_t)member->length, .unpacked = (uint32_t)member->length};
        put_local(out, member->name, &places[i]);
        for (size_t k = 0; k < member->length; k++)
            qc_buffer_byte(out, member->data ? member->data[k] : 'x');
    }
    size_t directory = out->length;
    for (size_t i = 0; i < count; i++)
        put_central(out, members[i].name, &places[i]);
    put_end(out, directory, count);
    free(places);
}

/* Deflate (RFC 1951) with fixed codes, written from the lowest bit up. */
typedef struct bits {
    qc_buffer *out;
    unsigned held, count;
} bits;

static void put_bit(bits *to, unsigned bit)
{
    to->held |= bit << to->count;
    if (++to->count == 8) {
        qc_buffer_byte(to->out, (char)to->held);
        to->held = to->count = 0;
    }
}

/* A Huffman code goes highest bit first. */
static void put_code(bits *to, unsigned code, unsigned length)
{
    while (length--)
        put_bit(to, code >> length & 1);
}

static void put_zeros(qc_buffer *out, size_t length)
{
    bits to = {.out = out};
    put_bit(&to, 1); /* the last block ... */
    put_bit(&to, 1); /* ... with fixed codes */
    put_bit(&to, 0);
    put_code(&to, 0x30, 8); /* a byte 0 */
    for (length--; length >= 258; length -= 258) {
        put_code(&to, 0xC5, 8); /* 258 bytes as before ... */
        put_code(&to, 0, 5);    /* ... from one byte back */
    }
    while (length--)
        put_code(&to, 0x30, 8);
    put_code(&to, 0, 7);
    while (to.count)
        put_bit(&to, 0);
}

void make_packed_zeros(qc_buffer *out, const char *name, size_t length, size_t *packed)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < length; i++)
        crc = crc32_add(crc, 0);
    qc_buffer stream = qc_buffer_init(NULL);
    put_zeros(&stream, length);
    place at = {.crc = ~crc, .packed = (uint32_t)stream.length, .unpacked = (uint32_t)length, .method = 8};
    put_local(out, name, &at);
    qc_buffer_append(out, stream.data, stream.length);
    size_t directory = out->length;
    put_central(out, name, &at);
    put_end(out, directory, 1);
    *packed = stream.length;
    qc_buffer_clear(&stream);
}
