/* SPDX-License-Identifier: MIT */
#include "interruption.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static const char *volatile unfinished;

static void end(int number) {
    const char *path = unfinished;
    if (path != NULL)
        unlink(path);
    signal(number, SIG_DFL);
    raise(number);
}

static void replace(void (*old)(int), void (*new)(int)) {
    struct sigaction now;
    for (int i = 0; i < NUMBERS; i++)
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler == old)
            signal(numbers[i], new);
}

void interruption_removes(const char *path) {
    unfinished = path;
    replace(SIG_DFL, end);
}

void interruption_removes_nothing(void) {
    replace(end, SIG_DFL);
    unfinished = NULL;
}
