/* Any bytes are read as a transcript or refused; its turns stand in order in its text, and their readings map back. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as(NULL, "f.txt", data, size);
    return 0;
}
