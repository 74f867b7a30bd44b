/* SPDX-License-Identifier: MIT */
#include "callers.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

size_t callers_admitted(const struct callers *callers) {
    size_t found = 0;
    for (size_t i = 0; i < callers->count; i++)
        found += callers->all[i].admitted;
    return found;
}

static bool waits(const struct caller *caller) {
    return !caller->admitted && !caller->dismissed;
}

bool callers_make_room(struct callers *callers) {
    struct caller *oldest = NULL;
    size_t waiting = 0;
    for (size_t i = callers->count; i-- > 0;)
        if (waits(&callers->all[i])) {
            oldest = &callers->all[i];
            waiting++;
        }
    if (waiting >= CALLERS_WAITING) {
        oldest->dismissed = true;
        kill(oldest->pid, SIGTERM);
    }
    return callers->count < CALLERS_MOST;
}

void callers_add(struct callers *callers, pid_t pid, int word) {
    callers->all[callers->count++] = (struct caller){.pid = pid, .word = word};
}

enum caller_news callers_hear(struct callers *callers, size_t index, int *status) {
    struct caller *caller = &callers->all[index];
    char byte;
    ssize_t size;
    do
        size = read(caller->word, &byte, 1);
    while (size < 0 && errno == EINTR);
    if (size > 0) {
        caller->admitted = true;
        return CALLER_ADMITTED;
    }
    close(caller->word);
    while (waitpid(caller->pid, status, 0) < 0 && errno == EINTR)
        continue;
    callers->count--;
    memmove(caller, caller + 1, (callers->count - index) * sizeof *caller);
    return CALLER_ENDED;
}

void callers_signal(const struct callers *callers, int number, bool waiting_only) {
    for (size_t i = 0; i < callers->count; i++)
        if (!waiting_only || !callers->all[i].admitted)
            kill(callers->all[i].pid, number);
}

void callers_forget(struct callers *callers) {
    for (size_t i = 0; i < callers->count; i++)
        close(callers->all[i].word);
    callers->count = 0;
}
