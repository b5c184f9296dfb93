/* A REFI-QDA project being written (REFI-QDA 1.5, Project-mrt2019.xsd): its parts, in the order of the file. */
#ifndef QC_WRITE_EXPORT_REFI_H
#define QC_WRITE_EXPORT_REFI_H

#include "base/set.h"
#include "format/zip_pack.h"
#include "write/export/refi_parts.h"
#include <qcode/decisions.h>

/* What is said where nothing is known: readers want a date. */
#define QC_REFI_DATE "2000-01-01T00:00:00Z"

/* How a program reads what the standard leaves open. */
typedef struct qc_refi_dialect {
    const char *name;
    const char *origin;
    const char *folder; /* of the texts */
    bool utf16;         /* places are UTF-16 units, else code points */
    bool crlf;          /* a line ends with CR LF, which counts as two */
    bool bom;           /* texts begin with a byte order mark, which does not count */
} qc_refi_dialect;

typedef struct qc_refi {
    const qc_exporting *from;
    const qc_refi_dialect *as;
    qc_refi_xml xml;
    qc_arena arena;   /* holds what is below */
    qc_code_tree tree;
    qc_set users;     /* coders, and who wrote memos; the first is who made the file */
    qc_set variables; /* names of attributes */
    qc_buffer parts;  /* of qc_zip_part: the texts */
    qc_buffer units;  /* uint32_t: of each code point of a text where it stands, and its end */
    bool *placed;     /* memos that have their place */
} qc_refi;

/* Who made something, and when; "" where nobody is named (then it is who made the file), or no date is known. */
void qc_refi_made(qc_refi *refi, const char *user, const char *on);
qc_guid qc_refi_user_guid(const char *user);

/* Whether a decision is a memo that goes along: not one about a respondent who is left out, or out of view. */
bool qc_refi_takes(const qc_refi *refi, const qcode_decision *decision);

/* <NoteRef> to the memo. */
void qc_refi_note_ref(qc_refi *refi, size_t memo);

/* A text as a file of the project; the name it has in the XML is put as plainTextPath. */
void qc_refi_put_text(qc_refi *refi, qc_guid guid, const char *text, size_t length);

/* refi_cases.c */
bool qc_refi_list_variables(qc_refi *refi);
void qc_refi_variables(qc_refi *refi);
bool qc_refi_cases(qc_refi *refi);
void qc_refi_values(qc_refi *refi, const qcode_transcript *talk, const qcode_speaker *speaker);

/* refi_sources.c */
qc_guid qc_refi_source_guid(const qcode_transcript *talk);
bool qc_refi_sources(qc_refi *refi);

#endif
