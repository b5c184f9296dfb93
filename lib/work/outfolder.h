/* A folder of new texts, and the offset map beside it: held until all are known, then written. */
#ifndef QC_WORK_OUTFOLDER_H
#define QC_WORK_OUTFOLDER_H

#include "base/buffer.h"
#include "base/memory.h"
#include <qcode/pseudonymise.h>

typedef struct qc_outfolder {
    const qcode_memory *memory;
    const qcode_pseudonymise_job *job;
    qc_arena arena;
    const char *map_path;
    qcode_moves *before; /* what an earlier run wrote; NULL: none did */
    qc_buffer names, texts; /* of the files, in their order */
    qc_buffer map;
} qc_outfolder;

/* Looks where the folder and the map would be: neither the key nor an input may lie in the folder, nor the map. */
bool qc_outfolder_open(qc_outfolder *folder, const qcode_pseudonymise_job *job, const qcode_memory *memory,
                       qcode_error *err);
void qc_outfolder_clear(qc_outfolder *folder);

/* Takes over the text, and its line of the map. Refuses a name that is there already. */
bool qc_outfolder_add(qc_outfolder *folder, const char *name, qc_buffer *text, const qc_buffer *map, qcode_error *err);

/* Writes all, and takes away what an earlier run wrote and this one does not. Nothing is written over, nor taken away,
 * that is not as an earlier run wrote it. */
bool qc_outfolder_finish(qc_outfolder *folder, qcode_error *err);

#endif
