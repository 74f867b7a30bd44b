/* SPDX-License-Identifier: MIT */
#include "signal_name.h"

#include <signal.h>
#include <stddef.h>

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

const char *signal_name(int number) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return names[i].name;
    return NULL;
}
