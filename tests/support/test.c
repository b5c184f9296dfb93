/* The allocator that refuses, and where things are. */
#include "support/test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *resize(void *user, void *block, size_t size)
{
    refuser *hook = user;
    pthread_mutex_lock(&lock);
    bool refused = ++hook->asked == hook->refuse_at;
    hook->refused += refused;
    void *made = refused ? NULL : realloc(block, size);
    hook->held += made && !block;
    pthread_mutex_unlock(&lock);
    return made;
}

static void release(void *user, void *block)
{
    refuser *hook = user;
    pthread_mutex_lock(&lock);
    hook->held -= block != NULL;
    pthread_mutex_unlock(&lock);
    free(block);
}

void refuser_init(refuser *hook, long refuse_at)
{
    *hook = (refuser){.memory = {resize, release, hook}, .refuse_at = refuse_at};
}

void refuse_each_allocation(refusable *job, void *user)
{
    for (long at = 1;; at++) {
        refuser hook;
        refuser_init(&hook, at);
        qcode_error err = {.status = QCODE_OK};
        bool done = job(&hook.memory, user, &err);
        if (hook.held)
            fail_msg("request %ld refused: %ld blocks were not given back", at, hook.held);
        if (!hook.refused) {
            if (!done)
                fail_msg("undisturbed, the job fails: %s", err.message);
            return;
        }
        if (done)
            fail_msg("request %ld refused, and the job says it is done", at);
        if (err.status != QCODE_NO_MEMORY)
            fail_msg("request %ld refused, and the error is %d: %s", at, (int)err.status, err.message);
    }
}

const char *in_repository(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", REPOSITORY, name);
    return path;
}

const char *shared(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/../shared/%s", REPOSITORY, name);
    return access(path, R_OK) == 0 ? path : NULL;
}
