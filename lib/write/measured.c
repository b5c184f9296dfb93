/* agreement.json, and the same in run.json. */
#include "write/measured.h"
#include "format/json.h"
#include "write/html.h"

static void put_kappa(qc_buffer *out, double kappa)
{
    if (kappa < -1)
        qc_buffer_string(out, "null");
    else
        qc_json_put_number(out, kappa);
}

bool qc_put_measured(qc_buffer *out, const qcode_measured *agreement, const char *line)
{
    if (!agreement)
        return qc_buffer_string(out, "{\"measured\": false}");
    const struct {
        const char *before, *value;
    } texts[] = {{"{\"measured\": true, \"on\": ", agreement->on},
                 {", \"codebook\": {\"version\": ", agreement->version},
                 {", \"sha256\": ", agreement->hash},
                 {"}, \"unit\": ", agreement->unit},
                 {", \"touch\": ", agreement->touch}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        qc_buffer_string(out, texts[i].before);
        qc_json_put_string(out, texts[i].value);
    }
    qc_buffer_print(out, ", \"interviews\": %zu, \"coders\": %zu, \"kappa\": ", agreement->interviews, agreement->coders);
    put_kappa(out, agreement->kappa);
    qc_buffer_string(out, ", \"codes\": [");
    for (size_t i = 0; i < agreement->code_count; i++) {
        qc_buffer_print(out, "%s%s{\"code\": ", i ? "," : "", line);
        qc_json_put_string(out, agreement->codes[i].code);
        qc_buffer_print(out, ", \"positives\": %zu, \"kappa\": ", agreement->codes[i].positives);
        put_kappa(out, agreement->codes[i].kappa);
        qc_buffer_byte(out, '}');
    }
    return qc_buffer_string(out, "]}");
}

bool qc_put_measured_words(qc_buffer *out, const qcode_measured *agreement, qcode_codebooks books)
{
    char says[QCODE_MEASURED_SAYS];
    qcode_measured_says(agreement, books, says);
    qc_buffer_string(out, " Agreement with human coders on these interviews: ");
    qc_put_html_string(out, says);
    return qc_buffer_string(out, ".</p>\n");
}
