/* Pieces of work done by threads and taken in order, with no more than a window of them in flight. */
#ifndef QC_WORK_CREW_H
#define QC_WORK_CREW_H

#include <stdbool.h>
#include <stddef.h>

#define QC_CREW_MOST 256 /* workers; there may be twice as many slots */

typedef struct qc_crew {
    size_t count;   /* pieces, from 0 */
    size_t workers; /* 1: no thread is started */
    size_t slots;   /* room for pieces done and not yet taken; at least as many as workers */
    /* Does a piece and leaves it in a slot, which is no one else's until it is taken. Any thread; a worker does one
     * at a time. */
    void (*work)(void *user, size_t worker, size_t slot, size_t piece);
    /* Takes the pieces one after another, in the calling thread; false ends the run. */
    bool (*take)(void *user, size_t slot, size_t piece);
    void *user;
} qc_crew;

/* How many processors there are. */
size_t qc_crew_processors(void);

/* False when `take` ended the run. Threads that cannot be had are done without: nothing but the time depends on them.
 */
bool qc_crew_run(const qc_crew *crew);

#endif
