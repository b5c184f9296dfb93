/* Dates as people write them for machines. */
#include "base/date.h"

#include <stddef.h>

bool qc_is_date(const char *text)
{
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; i < sizeof shape; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
