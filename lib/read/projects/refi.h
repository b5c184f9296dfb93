/* REFI-QDA 1.5: projects (.qdpx, project.qde) and codebooks (.qdc). */
#ifndef QC_READ_PROJECTS_REFI_H
#define QC_READ_PROJECTS_REFI_H

#include "format/package.h"
#include "read/projects/project.h"

/* Reads a project or a codebook as it comes. `package` holds its sources; NULL: it is a file alone. */
bool qc_refi_read(qc_project *project, qc_xml *xml, const qc_package *package, qcode_notes *notes, qcode_error *err);

/* The text of an internal:// path; `*text` stays NULL when the package has no such member. */
bool qc_refi_text(qc_project *project, const qc_package *package, const char *path, const char **text, size_t *length,
                  qcode_notes *notes, qcode_error *err);

#endif
