/* How long regexes search that would have no end, or have a lot to do: a line for each way. Those without an end are refused
 * when they meet a limit, which is to be within a second. */
#include "base/buffer.h"
#include "match/build.h"

#include <stdio.h>
#include <time.h>

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static talk *pumped(const char *pump, size_t times, const char *suffix)
{
    qc_buffer text = qc_buffer_init(NULL);
    for (size_t i = 0; i < times; i++)
        qc_buffer_string(&text, pump);
    qc_buffer_string(&text, suffix);
    talk *made = talk_of(qc_buffer_text(&text));
    qc_buffer_clear(&text);
    return made;
}

static void measure(const char *regex, const char *pump, size_t times, const char *suffix)
{
    static const struct {
        const char *name;
        qcode_match_options options;
    } ways[] = {{"fast", {.plain = false}}, {"no jit", {.no_jit = true}}, {"plain", {.plain = true}}};
    talk *with = pumped(pump, times, suffix);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        book *made = book_of(QCODE_UNIT_MATCH, NULL, regex);
        qcode_error err;
        double began = seconds();
        const char *got = coded(made, with, ways[i].options, &err);
        printf("%-50s  %-6s  %-5s  %.3f s\n", regex, ways[i].name, got ? got[0] ? "some" : "none" : "limit",
               seconds() - began);
        book_free(made);
    }
    talk_free(with);
}

int main(void)
{
    static const char words[] = "leadership visible ";
    measure("^(a+)+$", "a", 50, "!");
    measure("(*LIMIT_MATCH=4000000000)^(a|aa)+$", "a", 50, "!");
    measure("(?R)", "a", 50, "!");
    measure("(?=.*leadership)(?=.*visible)(?=.*committed)^.*$", words, 5000, "");
    measure("(?=.*leadership)(?=.*visible).(?=.*e)", words, 52000, "");
    measure("x", "a ", 3 << 20, "");
    measure("\\Gx|z(*SKIP)(*F)|y", words, 52000, "");
    measure("\\bcommitted\\b|comm[iu]t", words, 52000, "");
    measure("\\w+ing\\b|\\p{Nd}\\w+", words, 52000, "");
    return 0;
}
