/* SPDX-License-Identifier: MIT */
#include "inherited.h"

#include "link.h"
#include "parent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The descriptor that the variable names, -1 if there is none. The program must not see the
   variable nor hand the descriptor to its children: they would keep the session's end from being
   seen. */
static int take(const char *variable) {
    const char *text = getenv(variable);
    if (text == NULL)
        return -1;
    char *end;
    long fd = strtol(text, &end, 10);
    bool number = end != text && *end == '\0' && fd >= 0 && fd <= 65535;
    unsetenv(variable);
    if (!number || fcntl((int)fd, F_SETFD, FD_CLOEXEC) < 0)
        return -EBADF;
    return (int)fd;
}

/* NULL if there is none, or memory is out. */
static char *take_text(const char *variable) {
    const char *text = getenv(variable);
    char *copy = text != NULL ? strdup(text) : NULL;
    unsetenv(variable);
    return copy;
}

/* Where programs do not close what they do not know, if that many may be open; and the program
   finds the low numbers free that it would under lua5.4. */
static int out_of_the_way(int fd) {
    static const int places[] = {1000, 200};
    for (size_t i = 0; fd >= 0 && i < sizeof places / sizeof *places; i++) {
        int moved = fd < places[i] ? fcntl(fd, F_DUPFD_CLOEXEC, places[i]) : -1;
        if (moved < 0)
            continue;
        close(fd);
        return moved;
    }
    return fd;
}

/* The shared memory behind the descriptor, which it closes: the program is to find the descriptors
   that it would under lua5.4. 0 or a negative errno. */
static int map(int fd, size_t size, void **memory) {
    *memory = NULL;
    if (fd < 0)
        return 0;
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
    int error = errno;
    close(fd);
    if (mapped == MAP_FAILED)
        return -error;
    *memory = mapped;
    return 0;
}

enum { MOST_SIGNALS = 64 };

static void set_signals(uint64_t ignored, uint64_t blocked) {
    sigset_t mask;
    sigemptyset(&mask);
    for (int number = 1; number <= MOST_SIGNALS; number++) {
        uint64_t bit = UINT64_C(1) << (number - 1);
        if (ignored & bit)
            signal(number, SIG_IGN);
        if (blocked & bit)
            sigaddset(&mask, number);
    }
    sigprocmask(SIG_SETMASK, &mask, NULL);
}

/* Sets what LINK_ENV_SIGNALS says and takes it out of the environment. Without it, or if it says
   something else, all stays as it is. */
static void take_signals(void) {
    const char *text = getenv(LINK_ENV_SIGNALS);
    char *end;
    if (text == NULL)
        return;
    uint64_t ignored = strtoull(text, &end, 16);
    if (*end == ':')
        set_signals(ignored, strtoull(end + 1, NULL, 16));
    unsetenv(LINK_ENV_SIGNALS);
}

int inherited_take(struct inherited *inherited) {
    take_signals();
    *inherited = (struct inherited){.link = out_of_the_way(take(LINK_ENV_SOCKET))};
    int figures = take(LINK_ENV_FIGURES), bell = take(LINK_ENV_BELL);
    inherited->measure = take_text(LINK_ENV_MEASURE);
    inherited->sampling = take_text(LINK_ENV_SAMPLING);
    if (inherited->link < -1 || figures < -1 || bell < -1)
        return -EBADF;
    if (inherited->link >= 0 || figures >= 0)
        parent_follow();
    void *memory;
    int error = map(bell, sizeof(struct bell), &memory);
    inherited->bell = memory;
    if (error != 0)
        return error;
    error = map(figures, sizeof(struct figures), &memory);
    inherited->figures = memory;
    return error;
}
