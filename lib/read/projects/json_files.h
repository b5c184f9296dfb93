/* Annotations in JSON. */
#ifndef QC_READ_PROJECTS_JSON_FILES_H
#define QC_READ_PROJECTS_JSON_FILES_H

#include "read/fields.h"
#include "read/projects/project.h"

/* What a reader of values adds to. */
typedef struct qc_json_study {
    qc_project *project;
    const char *name; /* of the file, without folder and ending */
    size_t count;     /* of objects read so far */
} qc_json_study;

/* Readers of one object each, whose { is `value`: an item of a list, a line of JSON Lines, or all of the file. `to` is a
 * qc_json_study. */
qc_item_reader qc_doccano_object, qc_label_studio_task, qc_web_annotation_object;

/* Strings of any other kind of value are passed over. */
bool qc_field_string_or_pass(qc_input *in, const qc_json_token *value, void *place);

#endif
