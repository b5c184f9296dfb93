/* Databases in a build without SQLite: there are none, and that is said. */
#include "base/error.h"
#include "write/export/target.h"

static bool write_sqlite(const qc_exporting *from, qcode_sink *sink, qcode_error *err)
{
    (void)from, (void)sink;
    return qc_fail(err, QCODE_USAGE, NULL, 0, 0, "this qcode is built without SQLite, which writing databases needs");
}

const qc_target qc_export_sqlite = {
    {"sqlite", ".sqlite", "a database, which this build cannot write"}, .write = write_sqlite};
