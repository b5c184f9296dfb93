/* Threads that do pieces of work; the calling thread takes the results in order. */
#include "work/crew.h"

#include <pthread.h>
#include <unistd.h>

enum { STACK = 1 << 20 };

typedef struct crew_run {
    const qc_crew *crew;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t next;  /* the piece nobody has begun */
    size_t taken; /* pieces taken */
    bool ended;
    bool done[2 * QC_CREW_MOST]; /* by slot */
} crew_run;

typedef struct crew_member {
    crew_run *run;
    size_t worker;
    pthread_t thread;
} crew_member;

size_t qc_crew_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > QC_CREW_MOST ? QC_CREW_MOST : (size_t)count;
}

/* The next piece, once there is a slot for it; false when there is none left. */
static bool next_piece(crew_run *run, size_t *piece)
{
    const qc_crew *crew = run->crew;
    while (!run->ended && run->next < crew->count && run->next >= run->taken + crew->slots)
        pthread_cond_wait(&run->changed, &run->lock);
    *piece = run->next;
    if (run->ended || run->next == crew->count)
        return false;
    run->next++;
    return true;
}

static void *member_main(void *user)
{
    crew_member *member = user;
    crew_run *run = member->run;
    const qc_crew *crew = run->crew;
    size_t piece;
    pthread_mutex_lock(&run->lock);
    while (next_piece(run, &piece)) {
        pthread_mutex_unlock(&run->lock);
        crew->work(crew->user, member->worker, piece % crew->slots, piece);
        pthread_mutex_lock(&run->lock);
        run->done[piece % crew->slots] = true;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static bool run_alone(const qc_crew *crew)
{
    bool going = true;
    for (size_t piece = 0; going && piece < crew->count; piece++) {
        crew->work(crew->user, 0, 0, piece);
        going = crew->take(crew->user, 0, piece);
    }
    return going;
}

static bool take_all(crew_run *run)
{
    const qc_crew *crew = run->crew;
    bool going = true;
    for (size_t piece = 0; going && piece < crew->count; piece++) {
        size_t slot = piece % crew->slots;
        pthread_mutex_lock(&run->lock);
        while (!run->done[slot])
            pthread_cond_wait(&run->changed, &run->lock);
        run->done[slot] = false;
        pthread_mutex_unlock(&run->lock);
        going = crew->take(crew->user, slot, piece);
        pthread_mutex_lock(&run->lock);
        run->taken++;
        run->ended = !going;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
    }
    return going;
}

static size_t start(crew_run *run, crew_member *members, size_t count)
{
    pthread_attr_t attributes;
    size_t started = 0;
    if (pthread_attr_init(&attributes) != 0)
        return 0;
    pthread_attr_setstacksize(&attributes, STACK);
    for (; started < count; started++) {
        members[started] = (crew_member){.run = run, .worker = started};
        if (pthread_create(&members[started].thread, &attributes, member_main, &members[started]) != 0)
            break;
    }
    pthread_attr_destroy(&attributes);
    return started;
}

bool qc_crew_run(const qc_crew *crew)
{
    crew_member members[QC_CREW_MOST];
    crew_run run = {.crew = crew, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    size_t started = crew->workers < 2 ? 0 : start(&run, members, crew->workers);
    if (!started)
        return run_alone(crew);
    bool going = take_all(&run);
    for (size_t i = 0; i < started; i++)
        pthread_join(members[i].thread, NULL);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.changed);
    return going;
}
