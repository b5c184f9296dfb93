/* Any bytes are read as TEI and as ELAN annotations, or refused; what is read holds together. */
#include "fuzz/turns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("tei", "f.xml", data, size);
    read_as("eaf", "f.eaf", data, size);
    return 0;
}
