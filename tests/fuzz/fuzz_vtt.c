/* Any bytes are read as WebVTT, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("vtt", "f.vtt", data, size);
    return 0;
}
