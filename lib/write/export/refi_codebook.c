/* Codebooks of REFI-QDA (.qdc, Codebook-mrt2019.xsd). */
#include "base/error.h"
#include "base/sink.h"
#include "write/export/refi_parts.h"
#include <qcode/version.h>

static bool write_codebook(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    qc_arena arena = qc_arena_init(from->memory);
    qc_refi_xml xml = {.out = qc_buffer_init(from->memory)};
    qc_code_tree tree;
    bool done = qc_code_tree_make(from, &arena, &tree) || qc_no_memory(err);
    done = done && (tree.count || qc_fail(err, QCODE_INVALID, NULL, 0, 0,
                                          "a codebook needs a code, and the run has none"));
    if (done) {
        qc_refi_put(&xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\""
                          " origin=\"qcode " QCODE_VERSION "\">\n");
        qc_refi_codes(&xml, from, &tree, NULL, NULL);
        qc_refi_sets(&xml, from, &tree, "guid");
        qc_refi_put(&xml, "</CodeBook>\n");
        qc_refi_lose_rules(from, &tree);
        qc_lose(from->losses, "characters that XML cannot hold, written as U+FFFD", xml.replaced, "");
        done = !xml.out.failed || qc_no_memory(err);
        qc_sink_drain(sink, &xml.out);
    }
    qc_buffer_clear(&xml.out);
    qc_arena_clear(&arena);
    return done;
}

const qc_target qc_export_codebook = {
    {"codebook", ".qdc", "the codes and themes alone, as a REFI-QDA codebook"}, .write = write_codebook};
