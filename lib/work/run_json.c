/* run.json with other parts in the places of the old ones. */
#include "work/run_json.h"
#include "base/error.h"
#include "read/restore.h"

#include <string.h>

enum { CODEBOOK, COUNTS, CODES, NOTES, LISTED, KEYS };
static const char *const keys[KEYS] = {"codebook", "counts", "codes", "notes", "files"};

/* The bytes up to the line of a member. */
static size_t line_of(const char *text, const qc_member *member)
{
    size_t at = member->start;
    while (at && text[at - 1] != '\n')
        at--;
    return at;
}

/* The byte behind a member, its comma and its line. */
static size_t behind(const char *text, const qc_member *member)
{
    size_t at = member->end + (text[member->end] == ',');
    return at + (text[at] == '\n');
}

/* The last member of a part that may go on under another key. */
static const qc_member *last_of(const qc_member *member, const char *more, const qc_member *end)
{
    return member + 1 < end && strcmp(member[1].key, more) == 0 ? member + 1 : member;
}

static bool find_parts(const qc_member *list, size_t count, const qc_member **at, qcode_error *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < KEYS; k++)
            at[k] = strcmp(list[i].key, keys[k]) == 0 ? &list[i] : at[k];
    for (size_t k = 0; k < KEYS; k++)
        if (!at[k] || (k && at[k] < at[k - 1]))
            return qc_fail(err, QCODE_INVALID, "run.json", 0, 0, "expected codebook, counts, codes, notes and files");
    return true;
}

static void put_notes(qc_buffer *out, const char *text, const qc_member *notes, const char *note)
{
    size_t end = notes->end - 1; /* of what stands in the brackets */
    while (end > notes->start + 1 && strchr(" \n", text[end - 1]))
        end--;
    qc_buffer_append(out, text + notes->start, end - notes->start);
    qc_buffer_print(out, "%s\n    %s\n  ]", end > notes->start + 1 ? "," : "", note);
}

bool qc_change_run_json(const char *text, size_t length, const qc_run_changes *changes, qc_arena *arena, qc_buffer *out,
                        qcode_error *err)
{
    const qc_member *list, *at[KEYS] = {NULL};
    size_t count, copied = 0;
    if (!qc_list_members(text, length, "run.json", arena, &list, &count, err) || !find_parts(list, count, at, err))
        return false;
    if (changes->books) {
        qc_buffer_append(out, text, line_of(text, at[CODEBOOK]));
        qc_put_codebooks(out, *changes->books);
        copied = behind(text, last_of(at[CODEBOOK], "further_codebooks", list + count));
    }
    qc_buffer_append(out, text + copied, line_of(text, at[COUNTS]) - copied);
    qc_put_counts(out, changes->totals);
    copied = behind(text, last_of(at[CODES], "themes", list + count));
    if (changes->note) {
        qc_buffer_append(out, text + copied, at[NOTES]->start - copied);
        put_notes(out, text, at[NOTES], changes->note);
        copied = at[NOTES]->end;
    }
    qc_buffer_append(out, text + copied, line_of(text, at[LISTED]) - copied);
    return qc_put_files(out, changes->files, changes->file_count) || qc_no_memory(err);
}
