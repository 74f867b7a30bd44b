/* SPDX-License-Identifier: MIT */
#include "inherited.h"

#include "connecting.h"
#include "link.h"
#include "own_init.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

void inherited_take_signals(void) {
    const char *text = getenv(LINK_ENV_SIGNALS);
    char *end;
    if (text == NULL)
        return;
    uint64_t ignored = strtoull(text, &end, 16);
    if (*end == ':')
        set_signals(ignored, strtoull(end + 1, NULL, 16));
    unsetenv(LINK_ENV_SIGNALS);
}

/* 0 or a negative errno. */
static int take_memory(int fd, size_t size, void **memory) {
    return fd < -1 ? fd : handed_map(fd, size, memory);
}

/* What the process has been started with; 0 or a negative errno. */
static int take_all(struct handed *handed) {
    void *bell = NULL, *figures = NULL, *answer = NULL;
    handed->link = handed_out_of_the_way(take(LINK_ENV_SOCKET));
    int error = handed->link < -1 ? handed->link : 0;
    int no_bell = take_memory(take(LINK_ENV_BELL), sizeof(struct bell), &bell);
    int no_figures = take_memory(take(LINK_ENV_FIGURES), sizeof(struct figures), &figures);
    int no_answer = take_memory(take(LINK_ENV_ANSWER), LINK_ANSWER_BYTES, &answer);
    handed->bell = bell;
    handed->figures = figures;
    handed->answer = answer;
    handed->measure = take_text(LINK_ENV_MEASURE);
    handed->sampling = take_text(LINK_ENV_SAMPLING);
    return error != 0 ? error : no_bell != 0 ? no_bell : no_figures != 0 ? no_figures : no_answer;
}

bool inherited_take(struct handed *handed, char problem[INHERITED_PROBLEM_BYTES]) {
    char *path = take_text(LINK_ENV_CONNECT);
    own_init_restore();
    *handed = handed_nothing;
    *problem = '\0';
    if (path != NULL && getenv(LINK_ENV_SOCKET) == NULL) {
        connecting_meet(path, handed, problem);
        if (handed->sampling == NULL)
            handed->sampling = take_text(LINK_ENV_SAMPLING);
    } else {
        int error = take_all(handed);
        if (error != 0)
            snprintf(problem, INHERITED_PROBLEM_BYTES, "%s", strerror(-error));
    }
    free(path);
    return *problem == '\0';
}
