/* Any bytes are read as a table, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("csv", "f.csv", data, size);
    return 0;
}
