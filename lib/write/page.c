/* The head and the foot of pages that run a script, and data in them. */
#include "write/page.h"
#include "write/html.h"

bool qc_put_page_head(qc_buffer *out, const char *title, const qc_asset *style, const qc_asset *script)
{
    qc_buffer_print(out,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '%s'; "
                    "script-src '%s'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
                    style->hash, script->hash);
    qc_put_html_string(out, title);
    qc_buffer_string(out, "</title>\n<style>");
    qc_buffer_append(out, style->text, style->length);
    return qc_buffer_string(out, "</style>\n</head>\n<body>\n");
}

bool qc_put_page_script(qc_buffer *out, const qc_asset *script)
{
    qc_buffer_string(out, "<script>");
    qc_buffer_append(out, script->text, script->length);
    return qc_buffer_string(out, "</script>\n");
}

bool qc_put_page_end(qc_buffer *out)
{
    return qc_buffer_string(out, "</body>\n</html>\n");
}

bool qc_put_page_json(qc_buffer *out, const char *json, size_t length)
{
    if (!length)
        return !out->failed;
    const char *end = json + length;
    for (const char *open; json < end && (open = memchr(json, '<', (size_t)(end - json))); json = open + 1) {
        qc_buffer_append(out, json, (size_t)(open - json));
        qc_buffer_string(out, "\\u003c"); /* '<' stands in strings alone */
    }
    return json < end ? qc_buffer_append(out, json, (size_t)(end - json)) : !out->failed;
}
