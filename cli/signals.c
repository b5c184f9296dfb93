/* Ctrl-C and its kin while files are being written: they wait, so that no temporary file is left behind. */
#include "cli.h"

#include <signal.h>

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
enum { HELD = sizeof held / sizeof *held };

static sigset_t held_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < HELD; i++)
        sigaddset(&set, held[i]);
    return set;
}

void cli_hold_signals(void)
{
    sigset_t set = held_set();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool cli_told_to_end(void)
{
    sigset_t waiting;
    bool told = false;
    sigpending(&waiting);
    for (int i = 0; i < HELD; i++)
        told = told || sigismember(&waiting, held[i]) == 1;
    return told;
}

void cli_let_signals_through(void)
{
    sigset_t set = held_set();
    sigprocmask(SIG_UNBLOCK, &set, NULL); /* one that waited ends the program here, as it always would */
}
