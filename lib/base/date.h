/* Dates as people write them for machines. */
#ifndef QC_BASE_DATE_H
#define QC_BASE_DATE_H

#include <stdbool.h>

/* Whether the text is a date such as 2023-03-14, and no more. */
bool qc_is_date(const char *text);

#endif
