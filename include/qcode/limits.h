/* How much a stranger's file may ask for. A limit that is met refuses the input; it never shortens what was read. */
#ifndef QCODE_LIMITS_H
#define QCODE_LIMITS_H

#include <qcode/export.h>

#include <stdint.h>

/* Zero is the default of each. Sizes are in bytes. */
typedef struct qcode_limits {
    size_t input;        /* one input, as it comes */
    size_t text;         /* the text of one transcript, in UTF-8; never more than QCODE_LONGEST_TEXT */
    size_t member;       /* one member of an archive, unpacked */
    size_t archive;      /* all members read of one archive, unpacked */
    size_t ratio;        /* unpacked bytes for one packed byte, in a member ... */
    size_t ratio_free;   /* ... that is larger than this, unpacked */
    size_t member_count; /* members of an archive */
    size_t xml_depth;    /* elements inside one another */
} qcode_limits;

#define QCODE_MOST_INPUT ((size_t)1 << 30)
#define QCODE_MOST_TEXT ((size_t)1 << 30)
#define QCODE_MOST_MEMBER ((size_t)256 << 20)
#define QCODE_MOST_ARCHIVE ((size_t)1 << 30)
#define QCODE_MOST_RATIO ((size_t)200)
#define QCODE_RATIO_FREE ((size_t)16 << 20)
#define QCODE_MOST_MEMBERS ((size_t)65535)
#define QCODE_MOST_XML_DEPTH ((size_t)256)

/* No limit allows a transcript's text to be longer: 4 GiB less one byte. */
#define QCODE_LONGEST_TEXT ((size_t)UINT32_MAX)

/* The limits with each zero replaced by its default; of NULL all defaults. */
QCODE_API qcode_limits qcode_limits_resolve(const qcode_limits *limits);

#endif
