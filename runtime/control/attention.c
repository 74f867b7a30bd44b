/* SPDX-License-Identifier: MIT */
#include "attention.h"

#include "hook.h"
#include "os_thread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

/* ---- who is called ---- */

/* Looked at by handlers, on any OS thread: `is_taken` comes last and goes first. */
struct place {
    atomic_bool is_taken;
    atomic_int looking; /* handlers that may be using the rest */
    _Atomic(pthread_t) home;
    struct debugger *debugger; /* NULL: it is a descriptor's */
    void (*on_signal)(void *data);
    const void *data; /* by which it is found */
};

static struct place places[ATTENTION_PLACES];
static atomic_size_t places_end; /* none is taken from here on */
static size_t taken;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of whoever changes anything here */

static void take_signal(const struct place *place, bool at_home);

static void look_at(struct place *place) {
    atomic_fetch_add(&place->looking, 1);
    if (atomic_load(&place->is_taken))
        take_signal(place, pthread_equal(pthread_self(), atomic_load(&place->home)));
    atomic_fetch_sub(&place->looking, 1);
}

/* ---- the handler of LINK_SIGNAL ---- */

static bool is_handled;
static struct sigaction before; /* the program's own */

/* One of the program's that calls ours as its own predecessor must not be called by it again. */
static _Thread_local volatile sig_atomic_t passing_on __attribute__((tls_model("initial-exec")));

static void pass_on(int signal_number, siginfo_t *info, void *context) {
    if (passing_on)
        return;
    passing_on = true;
    if (before.sa_flags & SA_SIGINFO)
        before.sa_sigaction(signal_number, info, context);
    else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
        before.sa_handler(signal_number);
    passing_on = false;
}

static void on_call(int signal_number, siginfo_t *info, void *context) {
    int error = errno;
    size_t end = atomic_load(&places_end);
    for (size_t i = 0; i < end; i++)
        if (atomic_load(&places[i].is_taken))
            look_at(&places[i]);
    pass_on(signal_number, info, context);
    errno = error;
}

static bool is_ours(const struct sigaction *action) {
    return action->sa_flags & SA_SIGINFO && action->sa_sigaction == on_call;
}

/* The program's own I/O must not notice. */
static int handle(void) {
    struct sigaction now, action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(LINK_SIGNAL, NULL, &now) != 0)
        return -errno;
    if (is_handled && is_ours(&now))
        return 0;
    before = now;
    is_handled = sigaction(LINK_SIGNAL, &action, NULL) == 0;
    return is_handled ? 0 : -errno;
}

static void unhandle(void) {
    struct sigaction now;
    is_handled = false;
    if (sigaction(LINK_SIGNAL, NULL, &now) != 0 || !is_ours(&now))
        return; /* one of the program's may call ours, which calls the one before */
    sigaction(LINK_SIGNAL, &before, NULL);
    before = (struct sigaction){.sa_handler = SIG_DFL};
}

/* ---- places ---- */

static struct place *find(const void *data) {
    size_t end = atomic_load(&places_end);
    for (size_t i = 0; i < end; i++)
        if (atomic_load(&places[i].is_taken) && places[i].data == data)
            return &places[i];
    return NULL;
}

static struct place *find_free(void) {
    for (size_t i = 0; i < ATTENTION_PLACES; i++)
        if (!atomic_load(&places[i].is_taken))
            return &places[i];
    return NULL;
}

static int take_place(struct place *place, const struct place *wanted) {
    int error = place != NULL ? handle() : -ENOSPC;
    if (error != 0)
        return error;
    place->debugger = wanted->debugger;
    place->on_signal = wanted->on_signal;
    place->data = wanted->data;
    atomic_store(&place->home, pthread_self());
    atomic_store(&place->is_taken, true);
    size_t end = (size_t)(place - places) + 1;
    if (atomic_load(&places_end) < end)
        atomic_store(&places_end, end);
    taken++;
    return 0;
}

static int add(const struct place *wanted) {
    pthread_mutex_lock(&lock);
    int error = take_place(find_free(), wanted);
    pthread_mutex_unlock(&lock);
    return error;
}

/* A handler on another OS thread may be using it still. */
static void leave_place(struct place *place) {
    atomic_store(&place->is_taken, false);
    while (atomic_load(&place->looking) > 0)
        sched_yield();
    if (--taken == 0)
        unhandle();
}

static void drop(const void *data) {
    pthread_mutex_lock(&lock);
    struct place *place = find(data);
    if (place != NULL)
        leave_place(place);
    pthread_mutex_unlock(&lock);
}

/* ---- debuggers ---- */

static void demand(struct debugger *debugger, enum debugger_attention what) {
    debugger->attention |= what;
    if (!debugger->held)
        hook_demand(debugger);
}

/* The signal may have been sent to another thread of the program. */
static void demand_by_signal(struct debugger *debugger, enum debugger_attention what,
                             bool at_home) {
    if (at_home)
        demand(debugger, what);
    else
        debugger->attention |= what;
}

static void call_debugger(struct debugger *debugger, bool at_home) {
    struct bell *bell = debugger->account.owner.bell;
    if (bell != NULL && (at_home || !debugger->hosted))
        atomic_fetch_add(&bell->called, 1);
    if (at_home || !debugger->hosted)
        demand_by_signal(debugger, ATTENTION_LINK, at_home);
}

static void take_signal(const struct place *place, bool at_home) {
    if (place->debugger != NULL)
        call_debugger(place->debugger, at_home);
    else if (at_home)
        place->on_signal((void *)place->data);
}

static void on_pass(void *data) {
    struct debugger *debugger = data;
    attention_follow(debugger);
    demand(debugger,
           account_owner_hears(&debugger->account.owner) ? ATTENTION_LINK : ATTENTION_HOOK);
}

/* What calls the debugger calls this OS thread. */
static void settle(struct debugger *debugger, struct place *place) {
    struct bell *bell = debugger->account.owner.bell;
    debugger->home = pthread_self();
    if (place != NULL)
        atomic_store(&place->home, pthread_self());
    if (bell != NULL)
        atomic_store(&bell->thread, os_thread_id());
    if (debugger->life >= 0)
        os_thread_call_for(debugger->life, LINK_SIGNAL);
}

int attention_watch(struct debugger *debugger, struct bell *bell, int life) {
    const struct place wanted = {.debugger = debugger, .data = debugger};
    int error = add(&wanted);
    debugger->account.owner.on_pass = on_pass;
    debugger->account.owner.bell = bell;
    debugger->life = life;
    settle(debugger, find(debugger));
    if (bell != NULL)
        polling_begin(&debugger->polling);
    return error;
}

void attention_move(struct debugger *debugger) {
    settle(debugger, find(debugger));
}

void attention_hold(struct debugger *debugger) {
    debugger->held = true;
}

void attention_release(struct debugger *debugger) {
    debugger->held = false;
    if (debugger->attention)
        hook_demand(debugger);
}

void attention_lost(struct debugger *debugger) {
    debugger->account.owner.bell = NULL;
    debugger->polling = (struct polling){0};
    debugger->life = -1;
    drop(debugger);
}

/* ---- Ctrl-C ---- */

static struct debugger *volatile interruptible;
static pthread_t interruptible_thread;

static void on_interrupt(int signal_number) {
    struct debugger *debugger = interruptible;
    signal(signal_number, SIG_DFL); /* if it happens again, end the process */
    if (debugger != NULL)
        demand_by_signal(debugger, ATTENTION_INTERRUPT,
                         pthread_equal(pthread_self(), interruptible_thread));
}

void attention_catch_interrupt(struct debugger *debugger) {
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    interruptible_thread = pthread_self();
    interruptible = debugger;
    debugger->account.owner.on_pass = on_pass;
    sigaction(SIGINT, &action, NULL);
}

void attention_ignore_interrupt(void) {
    signal(SIGINT, SIG_DFL);
}

/* ---- the end ---- */

/* In a child there is this OS thread alone, whatever the others were doing. */
void attention_forked(struct debugger *debugger) {
    lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    for (size_t i = 0; i < ATTENTION_PLACES; i++)
        atomic_store(&places[i].looking, 0);
    attention_lost(debugger);
    debugger->account.owner = (struct account_owner){.data = debugger};
}

void attention_end(struct debugger *debugger) {
    attention_lost(debugger);
    debugger->account.owner = (struct account_owner){.data = debugger};
    if (interruptible != debugger)
        return;
    interruptible = NULL;
    signal(SIGINT, SIG_DFL);
}

/* ---- descriptors ---- */

int attention_listen(int fd, void (*on_signal)(void *data), void *data) {
    const struct place wanted = {.on_signal = on_signal, .data = data};
    int error = add(&wanted);
    if (error != 0)
        return error;
    error = os_thread_call_for(fd, LINK_SIGNAL);
    if (error != 0)
        drop(data);
    return error;
}

void attention_unlisten(int fd, const void *data) {
    os_thread_forget(fd);
    drop(data);
}
