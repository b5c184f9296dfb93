/* Codes that a report does not count, and how deep a code stands in its tree. */
#include "write/left_out.h"
#include "model/codebook.h"
#include "write/html.h"

bool qc_is_left_out(const qcode_code *code)
{
    return qcode_codebook_is_experimental(code->book);
}

void qc_put_left_out(qc_buffer *out, qcode_codebooks books)
{
    for (size_t i = 0; i < books.count; i++) {
        if (!qcode_codebook_is_experimental(books.at[i]))
            continue;
        qc_buffer_string(out, "<p class=\"soft\">Not counted above: the codes of the experimental codebook <bdi>");
        qc_put_html_string(out, qcode_codebook_title(books.at[i]));
        qc_buffer_string(out, "</bdi>.</p>\n");
    }
}

size_t qc_code_depth(const qcode_code *code)
{
    size_t depth = 0;
    while ((code = qcode_code_parent(code)))
        depth++;
    return depth;
}
