/* The most frequent words of some languages, in steps of how often they are said. Accented letters stand for their word's
 * bytes before them. */
#include "match/frequency.h"

#include <string.h>

typedef struct step {
    const char *language;
    unsigned per_million;
    const char *words; /* each with a space behind it */
} step;

static const step steps[] = {
    {"en", 30000, "the and to i you that it of a "},
    {"en", 12000, "in is so was we have for they on be this what do but know like just with not are there s t "},
    {"en", 4000, "as my at or if about can all think he your from one when people very really them get got because would were "
                 "had up out well now right yeah mean want me how then some time will she her his him no our been their going go "
                 "who which don more say said see way things thing lot kind work could other much something an by any us where "
                 "re ve ll m "},
    {"en", 1500, "good also need make than did over back into here two only even those every first take come most these "
                 "actually little same bit day through being after should why still own years year each may too down three "
                 "next new always feel has does doing look different help part point use used whether put maybe talk another "
                 "again around big many before long start never start last anything okay working great system problem group "
                 "community support person whole better place everything course question area case week came went done "
                 "someone home life made call end few team public local school such "},
    {"de", 15000, "die der und das ich ist es so in ja zu nicht man auch dass wir da "},
    {"de", 4000, "den ein eine mit war aber haben wie von auf sie er was dann sich noch wenn als hat im mal an habe f mir schon "
                 "oder dem bei nur kann aus doch sind nach jetzt immer mich alle ganz sehr um werden wird diese einfach viel "},
    {"fr", 15000, "de la le et les je que est on des c en a un une il pas qui "},
    {"fr", 4000, "dans pour ce tout mais plus nous vous ils elle avec sur au du se y fait comme bien si par ont sont cette moi "
                 "alors parce ai faire avoir quand donc aussi leur oui non peut tr m me d l n s j qu "},
    {"es", 15000, "de la que y el en a los no es un lo se por con una "},
    {"es", 4000, "para las su del al como m pero todo muy yo ya s o este hay porque le me te si mi cuando nos tiene bueno esta "
                 "son donde gente hacer entonces eso est cosas desde "},
    {"it", 15000, "che di e la il un a in non per una mi con i si "},
    {"it", 4000, "le lo ma da sono come anche o se ci pi del al della questo quando perch molto io ho ha nel poi tutto cosa "
                 "fare essere ti era l d c "},
    {"nl", 15000, "de en het een ik van dat is je in die op te niet ook we "},
    {"nl", 4000, "maar met dan er wel zijn voor als aan heb om was ze bij naar zo nog hebben wat ja of heeft heel daar kan moet "
                 "hij dus echt mensen veel uit door moeten gaan worden "},
    {"pt", 15000, "que e a de o eu um do da em para com uma se "},
    {"pt", 4000, "os n as no mas na por mais muito ele ela isso ent assim tem porque foi como ou me ser j tamb quando gente "
                 "voc sua at ter fazer pessoas bem dos das "},
};

static bool speaks(const char *language, const char *step_language)
{
    return language && strncmp(language, step_language, 2) == 0 && (!language[2] || language[2] == '-' || language[2] == '_');
}

/* Calls for each frequent word of a language: counts it under its letter, or puts it in its place. */
static void each_word(const char *language, qc_frequencies *all, size_t next[26], bool put)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (!speaks(language, steps[i].language))
            continue;
        for (const char *at = steps[i].words, *end; (end = strchr(at, ' ')); at = end + 1) {
            size_t place = next[*at - 'a']++;
            if (put && place < QC_MOST_FREQUENT)
                all->at[place] = (qc_frequent){at, (uint32_t)(end - at), steps[i].per_million};
        }
    }
}

void qc_frequencies_of(const char *language, qc_frequencies *all)
{
    size_t next[26] = {0}, sum = 0;
    each_word(language, all, next, false);
    for (size_t letter = 0; letter < 26; letter++) {
        size_t count = next[letter];
        all->first[letter] = sum;
        next[letter] = sum;
        sum += count;
    }
    all->first[26] = sum;
    each_word(language, all, next, true);
}

/* What words of a length have that stand in no list: whole ones, and those that begin so. */
static unsigned by_length(size_t length, bool whole)
{
    static const unsigned short wholes[] = {8000, 8000, 2000, 400, 200, 120, 80, 50};
    static const unsigned short beginnings[] = {60000, 40000, 12000, 2500, 800, 350, 150, 80};
    size_t most = sizeof wholes / sizeof *wholes;
    if (length >= most)
        return whole ? 30 : 40;
    return whole ? wholes[length] : beginnings[length];
}

unsigned qc_commonness(const qc_frequencies *all, const char *word, size_t length, bool whole)
{
    unsigned sum = by_length(length, whole);
    if (!length || word[0] < 'a' || word[0] > 'z')
        return sum;
    for (size_t i = all->first[word[0] - 'a']; i < all->first[word[0] - 'a' + 1]; i++) {
        const qc_frequent *there = &all->at[i];
        if (there->length >= length && (!whole || there->length == length) && memcmp(there->word, word, length) == 0)
            sum += there->per_million;
    }
    return sum;
}
