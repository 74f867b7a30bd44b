/* SPDX-License-Identifier: MIT */
#include "signals.h"

#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MOST = 64 };

/* Of the process, as it was started: the sets of LINK_ENV_SIGNALS. */
static uint64_t ignored, blocked;

static uint64_t bit(int number) {
    return UINT64_C(1) << (number - 1);
}

static bool is_ignored(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void signals_note(void) {
    sigset_t mask, child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD); /* or no end would be seen */
    sigprocmask(SIG_UNBLOCK, &child, &mask);
    for (int number = 1; number <= MOST; number++) {
        if (is_ignored(number))
            ignored |= bit(number);
        if (sigismember(&mask, number) == 1)
            blocked |= bit(number);
    }
}

void signals_text(char text[SIGNALS_TEXT_BYTES]) {
    snprintf(text, SIGNALS_TEXT_BYTES, "%" PRIx64 ":%" PRIx64, ignored, blocked);
}

/* Those that end a program which does nothing about them. */
static const struct {
    int number;
    const char *name;
} names[] = {
    {SIGABRT, "SIGABRT"},     {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},       {SIGFPE, "SIGFPE"},
    {SIGHUP, "SIGHUP"},       {SIGILL, "SIGILL"},   {SIGINT, "SIGINT"},       {SIGKILL, "SIGKILL"},
    {SIGPIPE, "SIGPIPE"},     {SIGPROF, "SIGPROF"}, {SIGQUIT, "SIGQUIT"},     {SIGSEGV, "SIGSEGV"},
    {SIGSYS, "SIGSYS"},       {SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"},     {SIGUSR1, "SIGUSR1"},
    {SIGUSR2, "SIGUSR2"},     {SIGXCPU, "SIGXCPU"}, {SIGVTALRM, "SIGVTALRM"}, {SIGXFSZ, "SIGXFSZ"},
#ifdef SIGPOLL
    {SIGPOLL, "SIGPOLL"},
#elif defined(SIGIO)
    {SIGIO, "SIGIO"},
#endif
#ifdef SIGPWR
    {SIGPWR, "SIGPWR"},
#endif
#ifdef SIGSTKFLT
    {SIGSTKFLT, "SIGSTKFLT"},
#endif
};

const char *signals_name(int number) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return names[i].name;
    return NULL;
}
