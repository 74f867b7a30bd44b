/* SPDX-License-Identifier: MIT */
#include "process.h"

#include "wiped.h"

#include <pthread.h>
#include <stddef.h>
#include <string.h>

_Thread_local bool process_is_home;

/* Tests of more than one account need more than one; a process of the product needs one. */
enum { FLAGS = 64 };

/* For a child to find cleared: memory that the OS wipes, if it can. */
static bool plain[FLAGS];
static bool *flags;
static size_t given;
static const bool *is_parent;

static void (*on_fork)(void *data);
static void *on_fork_data;

static void forked(void) {
    void (*in_child)(void *data) = on_fork;
    memset(flags, 0, FLAGS * sizeof *flags);
    on_fork = NULL;
    if (in_child != NULL)
        in_child(on_fork_data);
}

bool *process_flag(void) {
    if (flags == NULL) {
        flags = wiped_memory(sizeof plain);
        if (flags == NULL)
            flags = plain;
        pthread_atfork(NULL, NULL, forked);
    }
    bool *flag = &flags[given++ % FLAGS];
    *flag = true;
    return flag;
}

void process_on_fork(void (*in_child)(void *data), void *data) {
    if (in_child != NULL && is_parent == NULL)
        is_parent = process_flag();
    on_fork = in_child;
    on_fork_data = data;
}

void process_look(void) {
    if (is_parent != NULL && !*is_parent && on_fork != NULL)
        forked();
}
