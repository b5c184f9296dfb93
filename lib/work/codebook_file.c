/* Codebooks from YAML to tables and back. */
#include <qcode/sheet.h>
#include "base/bytes.h"
#include "base/error.h"
#include "base/sink.h"
#include "model/codebook.h"
#include "read/codebook/table.h"
#include "write/sheet.h"

#define MOST_BYTES ((size_t)64 << 20)

/* Whether a rule is terms and nothing else: what a table can hold. */
static bool is_plain(const qcode_rule *rule)
{
    return rule->terms.count && !rule->regexes.count && !rule->unless_terms.count && !rule->unless_regexes.count &&
           !rule->condition_count && !rule->ghost_terms.count && !rule->ghost_regexes.count && !rule->beside_count &&
           !rule->where_count && !rule->question_terms.count && !rule->question_regexes.count && !rule->case_exact &&
           rule->weight == 1000000 && !rule->weak && !rule->echoes;
}

/* Says what the table leaves out. */
static void tell_lost(const qcode_codebook *book, qcode_notes *notes)
{
    for (size_t i = 0; i < book->count; i++) {
        size_t lost = 0;
        for (size_t k = 0; k < book->codes[i].rule_count; k++)
            lost += !is_plain(&book->codes[i].rules[k]);
        if (lost)
            qc_note(notes, QCODE_NOTE_SKIPPED, book->source, book->codes[i].line, 0,
                    "\"%s\": a table holds terms alone: left out %zu rule%s", book->codes[i].id, lost, lost == 1 ? "" : "s");
    }
    if (book->theme_count || book->weighed)
        qc_note(notes, QCODE_NOTE_SKIPPED, book->source, 0, 0, "themes, evidence and topics are not in the table");
}

bool qcode_codebook_to_table(const qcode_codebook *book, qcode_format format, const qcode_memory *memory, qcode_sink *sink,
                             qcode_notes *notes, qcode_error *err)
{
    const qcode_table_style style = {.format = format};
    qcode_table *table = qc_codebook_table(book, is_plain, memory);
    if (!table)
        return qc_no_memory(err);
    tell_lost(book, notes);
    bool done = qcode_table_write(table, &style, sink, err);
    qcode_table_free(table);
    return done;
}

bool qcode_codebook_from_table(const char *path, const qcode_memory *memory, qcode_sink *sink, qcode_notes *notes,
                               qcode_error *err)
{
    qc_bytes bytes;
    if (!qc_bytes_read(path, MOST_BYTES, memory, &bytes, err))
        return false;
    qc_buffer yaml = qc_buffer_init(memory);
    bool done = qc_codebook_of_table(bytes.data ? bytes.data : (const unsigned char *)"", bytes.length, path, &yaml, memory,
                                     notes, err);
    if (done)
        qc_sink_drain(sink, &yaml);
    qc_buffer_clear(&yaml);
    qc_bytes_clear(&bytes);
    return done;
}
