/* Any bytes are read as SubRip, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("srt", "f.srt", data, size);
    return 0;
}
