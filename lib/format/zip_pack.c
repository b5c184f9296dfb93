/* The archive writer on libzip. It takes its memory from malloc: it has no hook for another. */
#include "format/zip_pack.h"
#include "base/error.h"

#include <zip.h>

enum { DAY = (2000 - 1980) << 9 | 1 << 5 | 1, MIDNIGHT = 0 }; /* as MS-DOS has them: no time zone plays a part */

static bool fail_zip(qcode_error *err, zip_error_t *error)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        return qc_no_memory(err);
    return qc_fail(err, QCODE_WRITE, NULL, 0, 0, "cannot write an archive: %s", zip_error_strerror(error));
}

static bool add_part(zip_t *archive, const qc_zip_part *part)
{
    zip_source_t *source = zip_source_buffer(archive, part->length ? part->data : "", part->length, 0);
    zip_int64_t index = source ? zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(archive, (zip_uint64_t)index, MIDNIGHT, DAY, 0) == 0 &&
           zip_set_file_compression(archive, (zip_uint64_t)index, part->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0;
}

/* Hands the finished bytes to the sink. */
static bool copy_out(zip_source_t *bytes, qcode_sink *sink, qcode_error *err)
{
    char room[16 * 1024];
    zip_int64_t got = -1;
    if (zip_source_open(bytes) == 0) {
        while ((got = zip_source_read(bytes, room, sizeof room)) > 0)
            qcode_sink_write(sink, room, (size_t)got);
        zip_source_close(bytes);
    }
    return got == 0 || fail_zip(err, zip_source_error(bytes));
}

bool qc_zip_pack(const qc_zip_part *parts, size_t count, qcode_sink *sink, qcode_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = bytes ? zip_open_from_source(bytes, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    bool done = archive || fail_zip(err, &error);
    if (archive)
        zip_source_keep(bytes); /* the archive's end would take it along */
    for (size_t i = 0; done && i < count; i++)
        done = add_part(archive, &parts[i]) || fail_zip(err, zip_get_error(archive));
    if (done && zip_close(archive) == 0)
        archive = NULL;
    else if (done)
        done = fail_zip(err, zip_get_error(archive));
    if (archive)
        zip_discard(archive);
    done = done && copy_out(bytes, sink, err);
    zip_source_free(bytes);
    zip_error_fini(&error);
    return done;
}
