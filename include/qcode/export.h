/* Marks what libqcode promises to the outside; everything else stays hidden. */
#ifndef QCODE_EXPORT_H
#define QCODE_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define QCODE_API __attribute__((visibility("default")))
#define QCODE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define QCODE_API
#define QCODE_PRINTF(text, first)
#endif

#endif
