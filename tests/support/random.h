/* Numbers and texts that look random and are the same in every run. */
#ifndef TESTS_SUPPORT_RANDOM_H
#define TESTS_SUPPORT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state; /* any seed */
} dice;

uint64_t dice_next(dice *from);
size_t dice_below(dice *from, size_t limit); /* limit > 0 */

/* At most `size` bytes of well-formed UTF-8, rich in what breaks formats: quotes, commas, controls, separators of
 * lines, combining marks, noncharacters. NUL is among them. The number of bytes. */
size_t dice_text(dice *from, char *text, size_t size);

#endif
