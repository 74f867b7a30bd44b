/* SPDX-License-Identifier: MIT */
/*
 * process: which OS thread, and which process, the program is. Modules can have threads of their
 * own, on which there is nothing of the program. And it can fork: its child has copies of all we
 * know, of the link and of the shared figures; it is neither measured nor debugged, and must touch
 * none of them.
 */
#ifndef LUAHEAT_ACCOUNT_PROCESS_H
#define LUAHEAT_ACCOUNT_PROCESS_H

#include <stdbool.h>

/* Is this the OS thread that the program runs on? In programs this is a load; in a shared object it
   would be a call. */
extern _Thread_local bool process_is_home __attribute__((tls_model("initial-exec")));

static inline bool process_is_elsewhere(void) {
    return !process_is_home;
}

/* This OS thread, as long as it lives; only to be compared. */
static inline const void *process_here(void) {
    return &process_is_home;
}

/* A flag that is true, and is false in every process that forks from this one, however it does (not
   only by fork(), where the OS can). The caller may clear it, and gives it back. */
bool *process_flag(void);
void process_give_back(const bool *flag);

/* To be called once in a child, before fork() returns, on the thread that forked: wherever the
   program may fork. Any number a process. 0 or -ENOMEM. */
int process_on_fork(void (*in_child)(void *data), void *data);
void process_forget_fork(const void *data);

/* Calls them now if this is a child of which nobody has told: the program made it without fork().
 */
void process_look(void);

#endif
