/* Archives in a build without libzip: there are none, and that is said. */
#include "base/error.h"
#include "format/zip_pack.h"

bool qc_zip_pack(const qc_zip_part *parts, size_t count, qcode_sink *sink, qcode_error *err)
{
    (void)parts, (void)count, (void)sink;
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "this qcode is built without libzip, which writing archives needs");
}
