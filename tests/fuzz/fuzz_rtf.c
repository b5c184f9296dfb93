/* Any bytes are read as rich text, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("rtf", "f.rtf", data, size);
    return 0;
}
