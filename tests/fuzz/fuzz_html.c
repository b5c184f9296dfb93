/* Any bytes are read as a web page, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("html", "f.html", data, size);
    return 0;
}
