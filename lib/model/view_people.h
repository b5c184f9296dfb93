/* The respondents of a view: found, counted, ordered by group. */
#ifndef QC_MODEL_VIEW_PEOPLE_H
#define QC_MODEL_VIEW_PEOPLE_H

#include "model/view.h"

/* Fills in respondents, groups and who each speaker is; `talk_in_view` is filled. False when memory runs out. */
bool qc_view_list_people(qc_view *view, const qcode_view_filter *filter, const qcode_memory *memory);

#endif
