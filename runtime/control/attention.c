/* SPDX-License-Identifier: MIT */
#include "attention.h"

#include "hook.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>

static struct debugger *volatile attended;
static pthread_t attended_thread;
static volatile sig_atomic_t held;

static void demand(struct debugger *debugger, enum debugger_attention what) {
    debugger->attention |= what;
    if (!held)
        hook_demand(debugger);
}

/* The signal may have been sent to another thread of the program. */
static void demand_by_signal(enum debugger_attention what) {
    struct debugger *debugger = attended;
    if (debugger == NULL)
        return;
    if (pthread_equal(pthread_self(), attended_thread))
        demand(debugger, what);
    else
        debugger->attention |= what;
}

static void on_call(int signal_number) {
    (void)signal_number;
    if (attended != NULL && attended->account.owner.bell != NULL)
        atomic_fetch_add(&attended->account.owner.bell->called, 1);
    demand_by_signal(ATTENTION_LINK);
}

static void on_interrupt(int signal_number) {
    signal(signal_number, SIG_DFL); /* if it happens again, end the process */
    demand_by_signal(ATTENTION_INTERRUPT);
}

static void on_pass(void *data) {
    struct debugger *debugger = data;
    demand(debugger,
           account_owner_hears(&debugger->account.owner) ? ATTENTION_LINK : ATTENTION_HOOK);
}

static int handle(int signal_number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    return sigaction(signal_number, &action, NULL) == 0 ? 0 : -errno;
}

static void attend(struct debugger *debugger) {
    attended_thread = pthread_self();
    attended = debugger;
    debugger->account.owner.on_pass = on_pass;
}

int attention_watch(struct debugger *debugger, struct bell *bell) {
    attend(debugger);
    debugger->account.owner.bell = bell;
    if (bell != NULL)
        polling_begin(&debugger->polling);
    return handle(LINK_SIGNAL, on_call, SA_RESTART); /* the program's own I/O must not notice */
}

void attention_hold(void) {
    held = true;
}

void attention_release(void) {
    held = false;
    if (attended != NULL && attended->attention)
        hook_demand(attended);
}

void attention_catch_interrupt(struct debugger *debugger) {
    attend(debugger);
    handle(SIGINT, on_interrupt, 0);
}

void attention_ignore_interrupt(void) {
    signal(SIGINT, SIG_DFL);
}

static void end_call(void) {
    struct sigaction now;
    if (sigaction(LINK_SIGNAL, NULL, &now) == 0 && now.sa_handler == on_call)
        signal(LINK_SIGNAL, SIG_DFL);
}

void attention_lost(void) {
    if (attended == NULL)
        return;
    attended->account.owner.bell = NULL;
    attended->polling = (struct polling){0};
    end_call();
}

void attention_forked(void) {
    attention_lost();
    if (attended != NULL)
        attended->account.owner = (struct account_owner){.data = attended};
}

void attention_end(void) {
    if (attended == NULL)
        return;
    attention_forked();
    attended = NULL;
    signal(SIGINT, SIG_DFL);
}
