/* Another program as a filter. */
#include "base/process.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, WAIT_MS = 5 };

typedef struct running {
    pid_t child;
    int fd; /* one socket for both directions */
    const char *input;
    size_t left;
    struct timespec deadline;
    const qc_process_limits *limits;
    const char *source;
    qc_buffer *out;
    size_t before; /* bytes in `out` at the start */
} running;

bool qc_process_find(const char *program, char *path, size_t size)
{
    const char *list = getenv("PATH");
    for (const char *at = list; at && *at;) {
        size_t length = strcspn(at, ":");
        int used = snprintf(path, size, "%.*s/%s", (int)length, at, program);
        if (*at == '/' && used > 0 && (size_t)used < size && access(path, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

static void limit(int what, rlim_t most)
{
    struct rlimit both = {most, most};
    (void)setrlimit(what, &both); /* a limit that is lower already stays */
}

/* In the child: only what is safe after a fork beside threads. */
_Noreturn static void become(const char *path, const char *const *arguments, int fd, const qc_process_limits *limits)
{
    int nowhere = open("/dev/null", O_WRONLY);
    limit(RLIMIT_CPU, limits->seconds);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (limits->most_memory)
        limit(RLIMIT_AS, limits->most_memory);
    char *copy[16];
    size_t count = 0;
    for (; arguments[count] && count < 15; count++)
        memcpy(&copy[count], &arguments[count], sizeof copy[count]); /* execv does not change them */
    copy[count] = NULL;
    if (nowhere >= 0 && dup2(fd, STDIN_FILENO) >= 0 && dup2(fd, STDOUT_FILENO) >= 0 &&
        dup2(nowhere, STDERR_FILENO) >= 0)
        execv(path, copy);
    _exit(127);
}

static long milliseconds_left(const running *run)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long left = (long)(run->deadline.tv_sec - now.tv_sec) * 1000 + (run->deadline.tv_nsec - now.tv_nsec) / 1000000;
    return left > 0 ? left : 0;
}

static bool too_late(const running *run, qcode_error *err)
{
    return qc_fail(err, QCODE_LIMIT, run->source, 0, 0, "the program that reads it takes longer than %u seconds",
                   run->limits->seconds);
}

/* Gives what the socket takes. A program that wants no more input is no failure. */
static void feed(running *run)
{
    ssize_t sent = send(run->fd, run->input, run->left < CHUNK ? run->left : CHUNK, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
        run->input += sent;
        run->left -= (size_t)sent;
    } else if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        run->left = 0;
    }
    if (!run->left)
        (void)shutdown(run->fd, SHUT_WR);
}

/* Takes what is there; `*ended` at the end. */
static bool drain(running *run, bool *ended, qcode_error *err)
{
    if (!qc_buffer_reserve(run->out, CHUNK))
        return qc_no_memory(err);
    ssize_t got = recv(run->fd, run->out->data + run->out->length, CHUNK, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return true;
    *ended = got <= 0;
    run->out->length += got > 0 ? (size_t)got : 0;
    if (run->out->length - run->before > run->limits->most_output)
        return qc_fail(err, QCODE_LIMIT, run->source, 0, 0, "the text in it is larger than the limit of %zu bytes",
                       run->limits->most_output);
    return true;
}

static bool exchange(running *run, qcode_error *err)
{
    bool ended = false;
    if (!run->left)
        (void)shutdown(run->fd, SHUT_WR);
    while (!ended) {
        struct pollfd watched = {.fd = run->fd, .events = (short)(POLLIN | (run->left ? POLLOUT : 0))};
        long left = milliseconds_left(run);
        int ready = left ? poll(&watched, 1, (int)left) : 0;
        if (ready < 0 && errno != EINTR)
            return qc_fail_errno(err, QCODE_READ, run->source, "cannot hear the program that reads it");
        if (!ready)
            return too_late(run, err);
        if (ready > 0 && (watched.revents & (POLLIN | POLLHUP | POLLERR)) && !drain(run, &ended, err))
            return false;
        if (ready > 0 && run->left && (watched.revents & POLLOUT))
            feed(run);
    }
    return true;
}

/* Waits until the child has ended, but not past the deadline. */
static bool await(const running *run, int *status, qcode_error *err)
{
    int how = 0;
    for (;;) {
        pid_t ended = waitpid(run->child, &how, WNOHANG);
        if (ended == run->child)
            break;
        if (ended < 0 && errno != EINTR)
            return qc_fail_errno(err, QCODE_READ, run->source, "cannot wait for the program that reads it");
        if (!milliseconds_left(run))
            return too_late(run, err);
        nanosleep(&(struct timespec){.tv_nsec = WAIT_MS * 1000000L}, NULL);
    }
    *status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + (WIFSIGNALED(how) ? WTERMSIG(how) : 0);
    return true;
}

static void end_child(pid_t child)
{
    (void)kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
}

bool qc_process_run(const char *path, const char *const *arguments, const void *input, size_t length,
                    const qc_process_limits *limits, const char *source, qc_buffer *out, int *status, qcode_error *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return qc_fail_errno(err, QCODE_READ, source, "cannot talk to the program that reads it");
    running run = {.fd = pair[0], .input = input, .left = length, .limits = limits, .source = source, .out = out,
                   .before = out->length};
    clock_gettime(CLOCK_MONOTONIC, &run.deadline);
    run.deadline.tv_sec += limits->seconds;
    run.child = fork();
    if (run.child == 0)
        become(path, arguments, pair[1], limits);
    close(pair[1]);
    bool done = run.child > 0 || qc_fail_errno(err, QCODE_READ, source, "cannot run the program that reads it");
    done = done && exchange(&run, err) && await(&run, status, err);
    if (!done && run.child > 0)
        end_child(run.child);
    close(pair[0]);
    return done;
}
