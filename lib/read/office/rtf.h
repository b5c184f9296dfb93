/* Rich Text Format, in two parts: what a control word means, and the reader that goes through a file. */
#ifndef QC_READ_RTF_H
#define QC_READ_RTF_H

#include <stddef.h>
#include <stdint.h>

typedef enum qc_rtf_act {
    QC_RTF_NOTHING,
    QC_RTF_TEXT,        /* stands for `text` */
    QC_RTF_SKIP,        /* the group is no text of the document: fonts, styles, pictures */
    QC_RTF_ASIDE,       /* the group is text beside the speech: headers, footers, notes, comments; skipped, and noted */
    QC_RTF_FONTS,       /* the table of fonts */
    QC_RTF_FONT,        /* a font's number */
    QC_RTF_CHARSET,     /* ... and its character set */
    QC_RTF_CODE_PAGE,   /* of the file: its number */
    QC_RTF_CODE_NAME,   /* ... or `text`, its name */
    QC_RTF_UNICODE,     /* a character by number, with a replacement behind it */
    QC_RTF_REPLACEMENT, /* how long replacements are */
    QC_RTF_BINARY,      /* that many bytes are no text */
    QC_RTF_PLAIN,       /* properties as they were at first */
    QC_RTF_HIDDEN,      /* on or off: hidden text */
    QC_RTF_DELETED      /* on or off: text whose deletion was tracked */
} qc_rtf_act;

typedef struct qc_rtf_word {
    const char *name;
    qc_rtf_act act;
    const char *text;
} qc_rtf_word;

/* What a control word means; an unknown one nothing. */
const qc_rtf_word *qc_rtf_find(const char *name);

/* iconv's name of a code page or of a font's character set; NULL when it is not known. */
const char *qc_rtf_code_page(long number);
const char *qc_rtf_charset(long number);

#endif
