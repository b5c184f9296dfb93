/* Any bytes are read as CHAT, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("chat", "f.chat", data, size);
    return 0;
}
