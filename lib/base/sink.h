/* What writers need of a sink beside qcode/sink.h. */
#ifndef QC_BASE_SINK_H
#define QC_BASE_SINK_H

#include "base/buffer.h"
#include <qcode/sink.h>

bool qc_sink_string(qcode_sink *sink, const char *text);

/* Writes what the buffer holds and empties it (the memory stays). A failed buffer fails the sink. */
bool qc_sink_drain(qcode_sink *sink, qc_buffer *buffer);

/* Marks the sink failed for want of memory. */
void qc_sink_no_memory(qcode_sink *sink);

/* Of a file or memory: SHA-256 of all bytes written so far, as 64 hexadecimal digits and a NUL; and their number. */
void qc_sink_hash(const qcode_sink *sink, char hex[65]);
uint64_t qc_sink_length(const qcode_sink *sink);

/* Lets the caller put the names of several files on the disk at once: finishing this one leaves that to
 * qc_sync_folder, which does what the file system can. */
void qc_sink_leave_folder(qcode_sink *sink);
void qc_sync_folder(const char *folder);

#endif
