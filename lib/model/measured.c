/* What may be said of agreement with human coders. */
#include <qcode/measured.h>

#include <stdio.h>
#include <string.h>

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* The codebook that was measured; NULL: none of them. */
static const qcode_codebook *measured(const qcode_measured *agreement, qcode_codebooks books)
{
    for (size_t i = 0; i < books.count; i++)
        if (strcmp(qcode_codebook_hash(books.at[i]), agreement->hash) == 0)
            return books.at[i];
    return NULL;
}

/* "mean kappa 0.77 over 9 codes", or that there is none. */
static void say_kappa(const qcode_measured *agreement, char *text, size_t size)
{
    if (agreement->kappa < -1)
        snprintf(text, size, "kappa not defined for any of %zu code%s", agreement->code_count, plural(agreement->code_count));
    else
        snprintf(text, size, "mean kappa %.2f over %zu code%s", agreement->kappa, agreement->code_count,
                 plural(agreement->code_count));
}

void qcode_measured_says(const qcode_measured *agreement, qcode_codebooks books, char text[QCODE_MEASURED_SAYS])
{
    const qcode_codebook *book = agreement ? measured(agreement, books) : NULL;
    char kappa[64], which[64] = "";
    if (!agreement) {
        snprintf(text, QCODE_MEASURED_SAYS, "not measured");
        return;
    }
    if (!book) {
        snprintf(text, QCODE_MEASURED_SAYS, "measured for an earlier codebook (on %.10s), not for this one", agreement->on);
        return;
    }
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < agreement->code_count; i++) {
        size_t positives = agreement->codes[i].positives;
        least = positives < least ? positives : least;
        most = positives > most ? positives : most;
    }
    if (books.count > 1)
        snprintf(which, sizeof which, "of one of %zu codebooks alone (%.12s), ", books.count, agreement->hash);
    say_kappa(agreement, kappa, sizeof kappa);
    snprintf(text, QCODE_MEASURED_SAYS,
             "%smeasured on %.10s on %zu interview%s of this study, coded by %zu coder%s: %s, each with %zu to %zu coded units (%.20s)",
             which, agreement->on, agreement->interviews, plural(agreement->interviews), agreement->coders,
             plural(agreement->coders), kappa, agreement->code_count ? least : 0, most, agreement->unit);
}
