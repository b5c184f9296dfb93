/* A study that changes at random: a transcript whose every word is known by its number, and a codebook. */
#ifndef TESTS_WORK_RANDOM_STUDY_H
#define TESTS_WORK_RANDOM_STUDY_H

#include "support/test.h"

#include <qcode.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 4, MOST_TURNS = 80, MOST_WORDS = 40 };

/* ---- chance */

static uint64_t chance_state;

static size_t chance(size_t below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((chance_state >> 33) % below);
}

/* ---- a transcript whose every word is known by its number */

static const char *const syllables[] = {"ba",  "ké", "mor", "tin", "lou",  "sa",
                                        "vre", "nö", "dil", "pa",  "ster", "wi"};
enum { SYLLABLES = sizeof syllables / sizeof *syllables };
static const char *const frequent[] = {"I",   "the", "we",  "and",  "to",    "it",
                                       "was", "of",  "you", "know", "trust", "hope"};
enum { FREQUENT = sizeof frequent / sizeof *frequent };

typedef struct word {
    char text[24];
    size_t born;       /* its number; a corrected word keeps it */
    size_t start, end; /* code points of the text as it now is */
} word;

typedef struct turn {
    word words[MOST_WORDS];
    size_t count;
} turn;

static turn turns[MOST_TURNS]; /* every other one is the interviewer's */
static size_t turn_count, born;

static void make_word(word *one, bool rare)
{
    *one = (word){.born = ++born};
    if (!rare && chance(2)) {
        strcpy(one->text, frequent[chance(FREQUENT)]);
        return;
    }
    for (size_t i = 0, count = rare ? 3 : 1 + chance(3); i < count; i++)
        strcat(one->text, syllables[chance(SYLLABLES)]);
    if (chance(8) == 0)
        strcat(one->text, ".");
}

static void insert_words(turn *into, size_t at, size_t count, bool rare)
{
    if (into->count + count > MOST_WORDS)
        return;
    memmove(&into->words[at + count], &into->words[at], (into->count - at) * sizeof *into->words);
    into->count += count;
    for (size_t i = 0; i < count; i++)
        make_word(&into->words[at + i], rare);
}

static void delete_words(turn *from, size_t at, size_t count)
{
    count = count < from->count - at ? count : from->count - at;
    if (from->count - count < 3)
        return;
    memmove(&from->words[at], &from->words[at + count], (from->count - at - count) * sizeof *from->words);
    from->count -= count;
}

/* A word that was misheard, or misspelt. */
static void replace_word(word *one)
{
    const size_t number = one->born, length = strlen(one->text);
    const char end = one->text[length - 1];
    if (chance(2) && length > 2 && length < 20 && end >= 'a' && end <= 'z')
        strcat(one->text, "s");
    else
        make_word(one, true);
    one->born = number;
}

static void add_exchange(size_t at)
{
    if (turn_count + 2 > MOST_TURNS)
        return;
    memmove(&turns[at + 2], &turns[at], (turn_count - at) * sizeof *turns);
    turn_count += 2;
    for (size_t i = at; i < at + 2; i++) {
        turns[i].count = 0;
        insert_words(&turns[i], 0, 4 + chance(20), false);
    }
}

static void correct_transcript(void)
{
    for (size_t i = 0, count = 1 + chance(4); i < count; i++) {
        turn *at = &turns[chance(turn_count)];
        size_t place = chance(at->count);
        switch (chance(8)) {
        case 0: add_exchange(2 * chance(turn_count / 2)); break;
        case 1: case 2: insert_words(at, place, 1 + chance(3), true); break;
        case 3: case 4: delete_words(at, place, 1 + chance(4)); break;
        default: replace_word(&at->words[place]); break;
        }
    }
}

static size_t code_points(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static char text[1 << 17]; /* of the transcript, with LF */

/* Says the text, and each word's place in it. */
static void render(void)
{
    char *at = text;
    size_t points = 0;
    for (size_t i = 0; i < turn_count; i++) {
        at += sprintf(at, "%s", i % 2 ? "P01:" : "INT:");
        points += 4;
        for (size_t k = 0; k < turns[i].count; k++) {
            word *one = &turns[i].words[k];
            at += sprintf(at, " %s", one->text);
            one->start = points + 1;
            points = one->end = one->start + code_points(one->text);
        }
        *at++ = '\n';
        points++;
    }
    *at = '\0';
}

/* Code points [from, to) of the text. */
static const char *part_of(size_t from, size_t to, char *part, size_t size)
{
    size_t point = 0, length = 0;
    for (const char *at = text; *at && point <= to; at++) {
        bool lead = ((unsigned char)*at & 0xC0) != 0x80;
        point += lead;
        if (point > from && point <= to) {
            assert_true(length + 1 < size);
            part[length++] = *at;
        }
    }
    part[length] = '\0';
    return part;
}

/* ---- a codebook that changes */

static char folder[64], book_path[96], talk_path[96], run_path[96];
static char ids[CODES][24];
static size_t id_number;

static void write_file(const char *path, const char *bytes, bool crlf)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (; *bytes; bytes++)
        fprintf(file, crlf && *bytes == '\n' ? "\r\n" : "%c", *bytes);
    assert_int_equal(fclose(file), 0);
}

/* What the codebook says behind its rules, which recode writes: kept when the rules are changed by hand. */
static void read_changes(char *changes, size_t size)
{
    FILE *file = fopen(book_path, "rb");
    *changes = '\0';
    if (!file)
        return;
    char whole[1 << 15];
    size_t length = fread(whole, 1, sizeof whole - 1, file);
    fclose(file);
    whole[length] = '\0';
    const char *from = strstr(whole, "\nchanges:");
    assert_true(!from || strlen(from) < size);
    strcpy(changes, from ? from : "");
}

/* Other rules: what they propose is another thing each time. */
static void change_rules(void)
{
    static char changes[1 << 15], book[1 << 15];
    static const char *const units[] = {"match", "sentence", "turn"};
    read_changes(changes, sizeof changes);
    char *at = book + sprintf(book, "version: 1.%zu.0\ncodes:\n", chance(1000));
    for (size_t i = 0; i < CODES; i++)
        at += sprintf(at, "  - id: %s\n    unit: %s\n    terms: [%s, \"%s*\"]\n", ids[i], units[chance(3)],
                      frequent[3 + chance(FREQUENT - 3)], syllables[chance(SYLLABLES)]);
    strcpy(at, changes);
    write_file(book_path, book, false);
}

static void rename_code(void)
{
    char *id = ids[chance(CODES)], was[24];
    strcpy(was, id);
    snprintf(id, sizeof ids[0], "code-%zu", ++id_number);
    const char *const codes[] = {was, id};
    const qcode_recode_job job = {.kind = QCODE_RENAME, .codes = codes, .code_count = 2, .by = "Anna",
                                  .on = "2026-11-01", .reason = "better", .book = book_path};
    qcode_error err = {.status = QCODE_OK};
    qcode_table *sheet = NULL;
    if (!qcode_recode(&job, NULL, NULL, &sheet, NULL, &err))
        fail_msg("%s", err.message);
}

#endif
