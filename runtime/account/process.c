/* SPDX-License-Identifier: MIT */
#include "process.h"

#include "wiped.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

_Thread_local bool process_is_home;

/* One for each account, and one to know a child by. */
enum { FLAGS = 4096 };

/* For a child to find cleared: memory that the OS wipes, if it can. */
static bool plain[FLAGS];
static bool *flags;
static bool given[FLAGS];
static const bool *is_parent;

/* Those to be told. */
struct listener {
    struct listener *next;
    void (*in_child)(void *data);
    void *data;
};

static struct listener *listeners;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void hold(void) {
    pthread_mutex_lock(&lock);
}

static void let_go(void) {
    pthread_mutex_unlock(&lock);
}

/* They may forget one another meanwhile. */
static void forked(void) {
    memset(flags, 0, FLAGS * sizeof *flags);
    while (listeners != NULL) {
        struct listener first = *listeners;
        free(listeners);
        listeners = first.next;
        first.in_child(first.data);
    }
}

static void forked_by_fork(void) {
    let_go();
    forked();
}

static void make_flags(void) {
    flags = wiped_memory(sizeof plain);
    if (flags == NULL)
        flags = plain;
    pthread_atfork(hold, let_go, forked_by_fork);
}

/* The last is that of all that are too many. */
static bool *give(void) {
    size_t i = 0;
    if (flags == NULL)
        make_flags();
    while (i < FLAGS - 1 && given[i])
        i++;
    given[i] = true;
    flags[i] = true;
    return &flags[i];
}

bool *process_flag(void) {
    hold();
    bool *flag = give();
    let_go();
    return flag;
}

void process_give_back(const bool *flag) {
    hold();
    if (flag != NULL)
        given[flag - flags] = false;
    let_go();
}

int process_on_fork(void (*in_child)(void *data), void *data) {
    struct listener *listener = malloc(sizeof *listener);
    if (listener == NULL)
        return -ENOMEM;
    hold();
    if (is_parent == NULL)
        is_parent = give();
    *listener = (struct listener){listeners, in_child, data};
    listeners = listener;
    let_go();
    return 0;
}

void process_forget_fork(const void *data) {
    hold();
    struct listener **at = &listeners;
    while (*at != NULL && (*at)->data != data)
        at = &(*at)->next;
    struct listener *found = *at;
    if (found != NULL)
        *at = found->next;
    let_go();
    free(found);
}

void process_look(void) {
    if (is_parent != NULL && !*is_parent && listeners != NULL)
        forked();
}
