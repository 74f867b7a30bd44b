/* SPDX-License-Identifier: MIT */
#include "signals.h"

#include "link.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

enum { MOST = 64 };

static void set(uint64_t ignored, uint64_t blocked) {
    sigset_t mask;
    sigemptyset(&mask);
    for (int number = 1; number <= MOST; number++) {
        uint64_t bit = UINT64_C(1) << (number - 1);
        if (ignored & bit)
            signal(number, SIG_IGN);
        if (blocked & bit)
            sigaddset(&mask, number);
    }
    sigprocmask(SIG_SETMASK, &mask, NULL);
}

void signals_take(void) {
    const char *text = getenv(LINK_ENV_SIGNALS);
    char *end;
    if (text == NULL)
        return;
    uint64_t ignored = strtoull(text, &end, 16);
    if (*end == ':')
        set(ignored, strtoull(end + 1, NULL, 16));
    unsetenv(LINK_ENV_SIGNALS);
}
