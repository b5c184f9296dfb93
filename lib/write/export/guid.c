/* GUIDs from SHA-256 of names. */
#include "write/export/guid.h"
#include "base/sha256.h"

#include <stdio.h>
#include <string.h>

/* A NUL ends each part, so that no two lists of parts are one text. */
static void add(qc_sha256 *hash, const char *part)
{
    qc_sha256_add(hash, part, strlen(part) + 1);
}

static qc_guid end(qc_sha256 *hash)
{
    char hex[65];
    qc_guid guid;
    qc_sha256_hex(hash, hex);
    hex[12] = '5';
    hex[16] = "89ab"[hex[16] & 3];
    snprintf(guid.text, sizeof guid.text, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    return guid;
}

qc_guid qc_guid_of(const char *kind, const char *name)
{
    qc_sha256 hash = qc_sha256_init();
    add(&hash, kind);
    add(&hash, name);
    return end(&hash);
}

qc_guid qc_guid_of_passage(const char *kind, const char *document, size_t start, size_t end_at, const char *code,
                           const char *coder)
{
    char places[64];
    qc_sha256 hash = qc_sha256_init();
    snprintf(places, sizeof places, "%zu-%zu", start, end_at);
    const char *const parts[] = {kind, document, places, code, coder};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add(&hash, parts[i]);
    return end(&hash);
}
