/* Any bytes are read as a TextGrid, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("textgrid", "f.textgrid", data, size);
    return 0;
}
