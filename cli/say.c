/* How errors, notes and help reach people. */
#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The bytes of the harmless character at the start of a word: ASCII and well-formed UTF-8, without controls and
 * without the block of U+2000 that holds the marks which turn text round. 0 for anything else. */
static size_t harmless(const unsigned char *word)
{
    unsigned char a = word[0], b = a ? word[1] : 0;
    if (a < 0x80)
        return a >= 0x20 && a != 0x7F;
    size_t size = a < 0xC2 ? 0 : a < 0xE0 ? 2 : a < 0xF0 ? 3 : a < 0xF5 ? 4 : 0;
    bool refused = (a == 0xC2 && b < 0xA0) || (a == 0xD8 && b == 0x9C) || (a == 0xE0 && b < 0xA0) ||
                   (a == 0xED && b > 0x9F) || (a == 0xE2 && (b == 0x80 || b == 0x81)) || (a == 0xF0 && b < 0x90) ||
                   (a == 0xF4 && b > 0x8F);
    for (size_t i = 1; i < size; i++)
        if ((word[i] & 0xC0) != 0x80)
            return 0;
    return refused ? 0 : size;
}

char *cli_word(const char *word, char *safe, size_t size)
{
    size_t used = 0;
    while (*word && used + 5 < size) {
        size_t length = harmless((const unsigned char *)word);
        if (length)
            memcpy(safe + used, word, length);
        else
            snprintf(safe + used, 5, "\\x%02x", (unsigned char)*word);
        used += length ? length : 4;
        word += length ? length : 1;
    }
    safe[used] = '\0';
    return safe;
}

int cli_usage(const cli_command *command, const char *format, ...)
{
    va_list list;
    fprintf(stderr, "qcode %s: ", command->name);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\nusage: qcode %s %s\nmore: qcode help %s\n", command->name, command->operands, command->name);
    return CLI_USAGE;
}

static int status_of(qcode_status status)
{
    switch (status) {
    case QCODE_OK: return CLI_DONE;
    case QCODE_USAGE: return CLI_USAGE;
    case QCODE_NO_MEMORY:
    case QCODE_WRITE:
    case QCODE_STOPPED: return CLI_OUTPUT;
    case QCODE_READ:
    case QCODE_ENCODING:
    case QCODE_SYNTAX:
    case QCODE_INVALID:
    case QCODE_LIMIT: return CLI_INPUT;
    }
    return CLI_INPUT;
}

int cli_fail(const qcode_error *err)
{
    char text[640];
    fprintf(stderr, "%s%s\n", *err->source ? "" : "qcode: ", qcode_error_text(err, text, sizeof text));
    return status_of(err->status);
}

static void say_note(const qcode_note *note)
{
    if (*note->source)
        fprintf(stderr, "%s:", note->source);
    if (note->line)
        fprintf(stderr, "%zu:", note->line);
    if (note->line && note->column)
        fprintf(stderr, "%zu:", note->column);
    if (*note->source)
        fputc(' ', stderr);
    if (note->kind != QCODE_NOTE_ERROR) /* an error reads as it does alone */
        fprintf(stderr, "%s: ", qcode_note_kind_name(note->kind));
    fprintf(stderr, "%s\n", note->text);
}

size_t cli_most_notes(bool all, bool quiet)
{
    return quiet ? 0 : all ? SIZE_MAX : 20;
}

const char *cli_plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Whether a note is about one of these files, or about a member of it. */
static bool is_about(const qcode_note *note, const cli_list *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        const char *name = strcmp(paths->at[i], "-") == 0 ? "stdin" : paths->at[i];
        size_t length = strlen(name);
        if (strncmp(note->source, name, length) == 0 && (!note->source[length] || note->source[length] == ':'))
            return true;
    }
    return false;
}

void cli_say_other_notes(const qcode_notes *notes, size_t most, const cli_list *paths)
{
    size_t said = 0, kept = 0;
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (is_about(note, paths))
            continue;
        if (note->kind != QCODE_NOTE_ERROR && said == most) {
            kept += most > 0;
            continue;
        }
        said += note->kind != QCODE_NOTE_ERROR;
        say_note(note);
    }
    if (kept)
        fprintf(stderr, "... and %zu more notes; --notes shows them all\n", kept);
}

void cli_say_notes(const qcode_notes *notes, size_t most)
{
    cli_say_other_notes(notes, most, &(cli_list){NULL, 0});
}

/* Whether the notes have the error among the reasons they give. */
static bool is_told(const qcode_notes *notes, const qcode_error *err)
{
    for (size_t i = 0; i < qcode_notes_count(notes); i++) {
        const qcode_note *note = qcode_notes_at(notes, i);
        if (note->kind == QCODE_NOTE_ERROR && note->line == err->line && note->column == err->column &&
            strcmp(note->source, err->source) == 0 && strcmp(note->text, err->message) == 0)
            return true;
    }
    return false;
}

int cli_fail_with_notes(const qcode_notes *notes, size_t most, const qcode_error *err)
{
    if (notes)
        cli_say_notes(notes, most);
    return notes && is_told(notes, err) ? status_of(err->status) : cli_fail(err);
}

/* "  -c, --codebook BOOK   the codebook" */
static void say_option(const cli_option *option)
{
    char head[64];
    int used =
        option->letter ? snprintf(head, sizeof head, "-%c, ", option->letter) : snprintf(head, sizeof head, "    ");
    snprintf(head + used, sizeof head - (size_t)used, "--%s%s%s", option->name, option->value ? " " : "",
             option->value ? option->value : "");
    printf("  %-24s %s\n", head, option->help);
}

int cli_help(const cli_command *command)
{
    printf("usage: qcode %s %s\n\n%s\n", command->name, command->operands, command->summary);
    if (command->options->name)
        puts("\noptions:");
    for (const cli_option *option = command->options; option->name; option++)
        say_option(option);
    return fflush(stdout) == 0 && !ferror(stdout) ? CLI_DONE : CLI_OUTPUT;
}

bool cli_wants_color(void)
{
    const char *terminal = getenv("TERM"), *no = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0 && !(no && *no);
}

bool cli_today(char date[32])
{
    struct tm now;
    time_t seconds = time(NULL);
    return localtime_r(&seconds, &now) && strftime(date, 32, "%Y-%m-%d", &now);
}

bool cli_now(char moment[32])
{
    struct tm now;
    time_t seconds = time(NULL);
    return gmtime_r(&seconds, &now) && strftime(moment, 32, "%Y-%m-%dT%H:%M:%SZ", &now);
}
