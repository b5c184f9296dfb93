/* Any bytes are read as a speech recogniser's JSON, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("whisper", "f.whisper", data, size);
    return 0;
}
