/* What the control words of RTF mean (Rich Text Format Specification 1.9.1). */
#include "read/office/rtf.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name, byte by byte. */
static const qc_rtf_word words[] = {
    {"aftncn", QC_RTF_SKIP, NULL}, {"aftnsep", QC_RTF_SKIP, NULL}, {"aftnsepc", QC_RTF_SKIP, NULL},
    {"annotation", QC_RTF_ASIDE, NULL}, {"ansicpg", QC_RTF_CODE_PAGE, NULL}, {"atnauthor", QC_RTF_SKIP, NULL},
    {"atndate", QC_RTF_SKIP, NULL}, {"atnicn", QC_RTF_SKIP, NULL}, {"atnid", QC_RTF_SKIP, NULL},
    {"atnref", QC_RTF_SKIP, NULL}, {"atntime", QC_RTF_SKIP, NULL}, {"atrfend", QC_RTF_SKIP, NULL},
    {"atrfstart", QC_RTF_SKIP, NULL}, {"background", QC_RTF_SKIP, NULL}, {"bin", QC_RTF_BINARY, NULL},
    {"bkmkend", QC_RTF_SKIP, NULL}, {"bkmkstart", QC_RTF_SKIP, NULL}, {"bullet", QC_RTF_TEXT, "•"},
    {"cell", QC_RTF_TEXT, "\t"}, {"colorschememapping", QC_RTF_SKIP, NULL}, {"colortbl", QC_RTF_SKIP, NULL},
    {"column", QC_RTF_TEXT, "\n"}, {"datafield", QC_RTF_SKIP, NULL}, {"datastore", QC_RTF_SKIP, NULL},
    {"deleted", QC_RTF_DELETED, NULL}, {"do", QC_RTF_SKIP, NULL}, {"docvar", QC_RTF_SKIP, NULL},
    {"emdash", QC_RTF_TEXT, "—"}, {"emspace", QC_RTF_TEXT, " "}, {"endash", QC_RTF_TEXT, "–"},
    {"enspace", QC_RTF_TEXT, " "}, {"f", QC_RTF_FONT, NULL}, {"falt", QC_RTF_SKIP, NULL},
    {"fcharset", QC_RTF_CHARSET, NULL}, {"filetbl", QC_RTF_SKIP, NULL}, {"fldinst", QC_RTF_SKIP, NULL},
    {"fname", QC_RTF_SKIP, NULL}, {"fontemb", QC_RTF_SKIP, NULL}, {"fonttbl", QC_RTF_FONTS, NULL},
    {"footer", QC_RTF_ASIDE, NULL}, {"footerf", QC_RTF_ASIDE, NULL}, {"footerl", QC_RTF_ASIDE, NULL},
    {"footerr", QC_RTF_ASIDE, NULL}, {"footnote", QC_RTF_ASIDE, NULL}, {"ftncn", QC_RTF_SKIP, NULL},
    {"ftnsep", QC_RTF_SKIP, NULL}, {"ftnsepc", QC_RTF_SKIP, NULL}, {"generator", QC_RTF_SKIP, NULL},
    {"header", QC_RTF_ASIDE, NULL}, {"headerf", QC_RTF_ASIDE, NULL}, {"headerl", QC_RTF_ASIDE, NULL},
    {"headerr", QC_RTF_ASIDE, NULL}, {"info", QC_RTF_SKIP, NULL}, {"latentstyles", QC_RTF_SKIP, NULL},
    {"ldblquote", QC_RTF_TEXT, "“"}, {"line", QC_RTF_TEXT, "\n"}, {"listoverridetable", QC_RTF_SKIP, NULL},
    {"listtable", QC_RTF_SKIP, NULL}, {"listtext", QC_RTF_SKIP, NULL}, {"lquote", QC_RTF_TEXT, "‘"},
    {"ltrmark", QC_RTF_TEXT, "\xE2\x80\x8E"}, {"mac", QC_RTF_CODE_NAME, "MACINTOSH"}, {"mmathPr", QC_RTF_SKIP, NULL},
    {"nestcell", QC_RTF_TEXT, "\t"}, {"nestrow", QC_RTF_TEXT, "\n"}, {"nonshppict", QC_RTF_SKIP, NULL},
    {"object", QC_RTF_SKIP, NULL}, {"page", QC_RTF_TEXT, "\n"}, {"panose", QC_RTF_SKIP, NULL},
    {"par", QC_RTF_TEXT, "\n"}, {"passwordhash", QC_RTF_SKIP, NULL}, {"pc", QC_RTF_CODE_NAME, "CP437"},
    {"pca", QC_RTF_CODE_NAME, "CP850"}, {"pgdsctbl", QC_RTF_SKIP, NULL}, {"pict", QC_RTF_SKIP, NULL},
    {"plain", QC_RTF_PLAIN, NULL}, {"pn", QC_RTF_SKIP, NULL}, {"pnseclvl1", QC_RTF_SKIP, NULL},
    {"pnseclvl2", QC_RTF_SKIP, NULL}, {"pnseclvl3", QC_RTF_SKIP, NULL}, {"pnseclvl4", QC_RTF_SKIP, NULL},
    {"pnseclvl5", QC_RTF_SKIP, NULL}, {"pnseclvl6", QC_RTF_SKIP, NULL}, {"pnseclvl7", QC_RTF_SKIP, NULL},
    {"pnseclvl8", QC_RTF_SKIP, NULL}, {"pnseclvl9", QC_RTF_SKIP, NULL}, {"pntext", QC_RTF_SKIP, NULL},
    {"private", QC_RTF_SKIP, NULL}, {"protusertbl", QC_RTF_SKIP, NULL}, {"qmspace", QC_RTF_TEXT, " "},
    {"rdblquote", QC_RTF_TEXT, "”"}, {"revtbl", QC_RTF_SKIP, NULL}, {"row", QC_RTF_TEXT, "\n"},
    {"rquote", QC_RTF_TEXT, "’"}, {"rsidtbl", QC_RTF_SKIP, NULL}, {"rtlmark", QC_RTF_TEXT, "\xE2\x80\x8F"},
    {"sect", QC_RTF_TEXT, "\n"}, {"shpinst", QC_RTF_SKIP, NULL}, {"shppict", QC_RTF_SKIP, NULL},
    {"stylesheet", QC_RTF_SKIP, NULL}, {"tab", QC_RTF_TEXT, "\t"}, {"tc", QC_RTF_SKIP, NULL},
    {"tcn", QC_RTF_SKIP, NULL}, {"template", QC_RTF_SKIP, NULL}, {"themedata", QC_RTF_SKIP, NULL},
    {"u", QC_RTF_UNICODE, NULL}, {"uc", QC_RTF_REPLACEMENT, NULL}, {"userprops", QC_RTF_SKIP, NULL},
    {"v", QC_RTF_HIDDEN, NULL}, {"wgrffmtfilter", QC_RTF_SKIP, NULL}, {"xe", QC_RTF_SKIP, NULL},
    {"xmlnstbl", QC_RTF_SKIP, NULL}, {"zwj", QC_RTF_TEXT, "\xE2\x80\x8D"}, {"zwnj", QC_RTF_TEXT, "\xE2\x80\x8C"},
};

static int compare_name(const void *name, const void *word)
{
    return strcmp(name, ((const qc_rtf_word *)word)->name);
}

const qc_rtf_word *qc_rtf_find(const char *name)
{
    static const qc_rtf_word unknown = {"", QC_RTF_NOTHING, NULL};
    const qc_rtf_word *found = bsearch(name, words, sizeof words / sizeof *words, sizeof *words, compare_name);
    return found ? found : &unknown;
}

typedef struct numbered {
    long number;
    const char *name;
} numbered;

static const char *name_of(long number, const numbered *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].number == number)
            return list[i].name;
    return NULL;
}

const char *qc_rtf_code_page(long number)
{
    static const numbered list[] = {
        {437, "CP437"},   {850, "CP850"},   {852, "CP852"},   {866, "CP866"},   {874, "CP874"},   {932, "CP932"},
        {936, "CP936"},   {949, "CP949"},   {950, "CP950"},   {1250, "CP1250"}, {1251, "CP1251"}, {1252, "CP1252"},
        {1253, "CP1253"}, {1254, "CP1254"}, {1255, "CP1255"}, {1256, "CP1256"}, {1257, "CP1257"}, {1258, "CP1258"},
        {10000, "MACINTOSH"}, {65001, "UTF-8"}};
    return name_of(number, list, sizeof list / sizeof *list);
}

const char *qc_rtf_charset(long number)
{
    static const numbered list[] = {{77, "MACINTOSH"}, {128, "CP932"},  {129, "CP949"},  {134, "CP936"},
                                    {136, "CP950"},    {161, "CP1253"}, {162, "CP1254"}, {163, "CP1258"},
                                    {177, "CP1255"},   {178, "CP1256"}, {186, "CP1257"}, {204, "CP1251"},
                                    {222, "CP874"},    {238, "CP1250"}, {255, "CP850"}};
    return name_of(number, list, sizeof list / sizeof *list);
}
