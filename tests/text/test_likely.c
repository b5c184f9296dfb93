/* What probably names somebody or something. */
#include "support/test.h"
#include "text/likely.h"

#include <stdio.h>
#include <string.h>

/* "person PC Brown, place Mill Street" */
static const char *likely_in(const char *text)
{
    static char list[1024];
    size_t at = 0, used = 0;
    qcode_span sentence = {0, 0}, span;
    qc_likely kind;
    list[0] = '\0';
    while (qc_next_likely(text, strlen(text), &at, &sentence, &span, &kind))
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s %.*s", used ? ", " : "", qc_likely_name(kind),
                                 (int)(span.end - span.start), text + span.start);
    return list;
}

static void names_are_told_by_what_is_around_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *found;
    } cases[] = {
        {"", ""},
        {"I'm fine. She said that. Okay, I went on Monday.", ""},
        {"Then Karen came, and so did Anna Lee.", "name Karen, name Anna Lee"},
        {"Karen was fine. Karen Lee was not.", "name Karen Lee"},
        {"He said \"Right\" and went.", ""},
        {"PC Brown and Dr. Lee and Sgt 1234 came with Mrs O'Brien.",
         "person PC Brown, person Dr. Lee, person Sgt 1234, person Mrs O'Brien"},
        {"We met in Mill Street, by the Riverside Estate.", "place Mill Street, place Riverside Estate"},
        {"It was the ASB team of Northtown Council.", "organisation ASB, organisation Northtown Council"},
        {"the Bishop of Durham came", "name Bishop of Durham"},
        {"write to j.lee@mail.example.org, please", "e-mail j.lee@mail.example.org"},
        {"call 07700 900 123 or +44 (0)20 7946 0000 now", "number 07700 900 123, number 44 (0)20 7946 0000"},
        {"in 2019, at 10:30, 300 people", ""},
        {"on 12 March 2019, the 3rd of May, March 12th and 12/03/2019",
         "date 12 March 2019, date 3rd of May, date March 12th, date 12/03/2019"},
        {"a van, AB12 CDE, at SW1A 1AA", "plate AB12 CDE, postcode SW1A 1AA"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(likely_in(cases[i].text), cases[i].found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(names_are_told_by_what_is_around_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
