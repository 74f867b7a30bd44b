/* SPDX-License-Identifier: MIT */
#include "wakeup.h"

#include "bell.h"

#include <string.h>

/* Between two glances: often at first, then less and less. */
enum { GLANCE_MS = 2, SELDOM_MS = 50, SELDOMER = 16 };

/* A program that has computed for so long without waiting in the system hardly begins to just then.
   To be runnable is not enough: on a busy machine it may be so in the middle of a call. */
enum { COMPUTES_NS = 3000000 };

/* A program that comes and goes but is not reached is called nevertheless, so often at most. */
enum { STUBBORN_MS = 1000, STUBBORN_WAITS = 3 };

/* What a program gets to answer before its silence is worth a word. */
enum { SILENCE_MS = 2000 };

static const char waits[] =
    "The program waits in the system and has not noticed yet what was asked of it: it will when it "
    "runs Lua code again\n";
static const char computes[] =
    "The program does not react: a C function or a finalizer runs. It will when that returns\n";
static const char deaf[] = "The program does not react: it blocks or has redefined SIGURG, by "
                           "which it is reached while it "
                           "computes. It will when it next needs memory\n";

int wakeup_init(struct wakeup *wakeup, struct loop_handles *handles,
                const struct runtime_link *link, struct debug_console *console) {
    wakeup->handles = handles;
    wakeup->link = link;
    wakeup->console = console;
    wakeup->timer.data = wakeup;
    return uv_timer_init(handles->loop, &wakeup->timer);
}

void wakeup_finish(struct wakeup *wakeup) {
    loop_handles_close(wakeup->handles, &wakeup->timer);
    shared_memory_finish(&wakeup->bell);
}

/* Without a bell there is the signal still. */
const struct shared_memory *wakeup_make_bell(struct wakeup *wakeup) {
    int error = shared_memory_init(&wakeup->bell, "luaheat-bell", sizeof(struct bell), true);
    return error == 0 ? &wakeup->bell : NULL;
}

void wakeup_ring(const struct wakeup *wakeup) {
    if (wakeup->bell.address != NULL)
        bell_ring(wakeup->bell.address);
}

static uint32_t signals_taken(const struct wakeup *wakeup) {
    const struct bell *bell = wakeup->bell.address;
    return bell != NULL ? atomic_load(&bell->called) : 0;
}

/* 0: it has not told which. */
static uint32_t thread_of(const struct wakeup *wakeup) {
    const struct bell *bell = wakeup->bell.address;
    return bell != NULL ? atomic_load(&bell->thread) : 0;
}

static void call(struct wakeup *wakeup) {
    wakeup->signalled = true;
    glance_call(wakeup->pid, thread_of(wakeup));
}

static const char *describe(const struct wakeup *wakeup, const struct glance *glance) {
    if (glance->known && !glance->runs)
        return waits;
    bool is_deaf =
        wakeup->bell.address != NULL && wakeup->signalled && signals_taken(wakeup) == wakeup->taken;
    return is_deaf ? deaf : computes;
}

static uint64_t now_ms(const struct wakeup *wakeup) {
    return uv_now(wakeup->handles->loop);
}

/* A new one waits: it begins afresh. */
static void follow(struct wakeup *wakeup) {
    int64_t waiting = runtime_link_waiting(wakeup->link);
    if (waiting == wakeup->waiting)
        return;
    wakeup->waiting = waiting;
    wakeup->since = wakeup->called = now_ms(wakeup);
    wakeup->has_waited = 0;
    wakeup->warned = wakeup->signalled = false;
    wakeup->taken = signals_taken(wakeup);
    wakeup->first = (struct glance){0};
}

/* It waits in the system again and again, and passes by nothing of ours between. */
static bool is_stubborn(struct wakeup *wakeup, const struct glance *now, uint64_t time) {
    if (wakeup->has_waited == 0)
        wakeup->has_waited = now->has_waited;
    bool stubborn = now->has_waited - wakeup->has_waited >= STUBBORN_WAITS &&
                    time - wakeup->called >= STUBBORN_MS;
    if (stubborn)
        wakeup->called = time;
    return stubborn;
}

bool wakeup_is_waiting(const struct wakeup *wakeup, int pid) {
    struct glance now = glance_at(pid, thread_of(wakeup));
    return now.known && !now.runs;
}

static struct glance look(struct wakeup *wakeup) {
    struct glance now = glance_at(wakeup->pid, thread_of(wakeup));
    bool ran_on = glance_ran_on(&wakeup->first, &now);
    if (!now.known || is_stubborn(wakeup, &now, now_ms(wakeup)) ||
        (ran_on && now.computed - wakeup->first.computed >= COMPUTES_NS)) {
        call(wakeup);
        ran_on = false;
    }
    if (!ran_on)
        wakeup->first = now;
    return now;
}

static void on_timer(uv_timer_t *timer) {
    struct wakeup *wakeup = timer->data;
    if (runtime_link_waiting(wakeup->link) == 0)
        return;
    follow(wakeup);
    struct glance now = look(wakeup);
    uint64_t silent = now_ms(wakeup) - wakeup->since;
    if (silent >= SILENCE_MS && !wakeup->warned) {
        debug_console_show(wakeup->console, "console", describe(wakeup, &now));
        wakeup->warned = true;
    }
    uint64_t next = silent / SELDOMER;
    next = next < GLANCE_MS ? GLANCE_MS : next > SELDOM_MS ? SELDOM_MS : next;
    uv_timer_start(timer, on_timer, next, 0);
}

void wakeup_watch(struct wakeup *wakeup, int pid) {
    wakeup->pid = pid;
    if (uv_is_active((uv_handle_t *)&wakeup->timer) || runtime_link_waiting(wakeup->link) == 0)
        return;
    follow(wakeup);
    uv_timer_start(&wakeup->timer, on_timer, GLANCE_MS, 0);
}

void wakeup_stop_watching(struct wakeup *wakeup) {
    uv_timer_stop(&wakeup->timer);
}
