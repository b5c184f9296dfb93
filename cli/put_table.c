/* A table on stdout, in the format that is asked for. */
#include "cli.h"

#include <unistd.h>

bool cli_choose_table_format(const cli_command *command, const char *name, bool json, qcode_format *format)
{
    static const char *const names[] = {"jsonl", "csv", "text", "json", NULL}; /* in the order of qcode_format */
    char word[64];
    size_t found = json ? (size_t)QCODE_FORMAT_JSON : name ? cli_find_word(name, names) : (size_t)QCODE_FORMAT_TEXT;
    if (found == SIZE_MAX) {
        cli_usage(command, "--format is text, csv, jsonl or json, not \"%s\"", cli_word(name, word, sizeof word));
        return false;
    }
    *format = (qcode_format)found;
    return true;
}

bool cli_put_table(const qcode_table *table, qcode_format format, qcode_error *err)
{
    const qcode_table_style style = {.format = format, .screen = isatty(STDOUT_FILENO)};
    qcode_sink *out = cli_open_output(NULL, err);
    bool done = out && qcode_table_write(table, &style, out, err) && qcode_sink_finish(out, err);
    qcode_sink_free(out);
    return done;
}
