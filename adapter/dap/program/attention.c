/* SPDX-License-Identifier: MIT */
#include "attention.h"

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

int attention_init(struct attention *attention, struct handles *handles,
                   const struct runtime_link *link, struct console *console) {
    attention->handles = handles;
    attention->link = link;
    attention->console = console;
    attention->timer.data = attention;
    return uv_timer_init(handles->loop, &attention->timer);
}

void attention_finish(struct attention *attention) {
    handles_close(attention->handles, &attention->timer);
    shared_memory_finish(&attention->bell);
}

/* Without a bell there is the signal still. */
const struct shared_memory *attention_make_bell(struct attention *attention) {
    int error = shared_memory_init(&attention->bell, "luaheat-bell", sizeof(struct bell), true);
    return error == 0 ? &attention->bell : NULL;
}

void attention_ring(const struct attention *attention) {
    if (attention->bell.address != NULL)
        bell_ring(attention->bell.address);
}

static uint32_t signals_taken(const struct attention *attention) {
    const struct bell *bell = attention->bell.address;
    return bell != NULL ? atomic_load(&bell->called) : 0;
}

static void call(struct attention *attention) {
    attention->signalled = true;
    glance_call(attention->pid);
}

static const char *describe(const struct attention *attention, const struct glance *glance) {
    if (glance->known && !glance->runs)
        return waits;
    bool is_deaf = attention->bell.address != NULL && attention->signalled &&
                   signals_taken(attention) == attention->taken;
    return is_deaf ? deaf : computes;
}

static uint64_t now_ms(const struct attention *attention) {
    return uv_now(attention->handles->loop);
}

/* A new one waits: it begins afresh. */
static void follow(struct attention *attention) {
    int64_t waiting = runtime_link_waiting(attention->link);
    if (waiting == attention->waiting)
        return;
    attention->waiting = waiting;
    attention->since = attention->called = now_ms(attention);
    attention->has_waited = 0;
    attention->warned = attention->signalled = false;
    attention->taken = signals_taken(attention);
    attention->first = (struct glance){0};
}

/* It waits in the system again and again, and passes by nothing of ours between. */
static bool is_stubborn(struct attention *attention, const struct glance *now, uint64_t time) {
    if (attention->has_waited == 0)
        attention->has_waited = now->has_waited;
    bool stubborn = now->has_waited - attention->has_waited >= STUBBORN_WAITS &&
                    time - attention->called >= STUBBORN_MS;
    if (stubborn)
        attention->called = time;
    return stubborn;
}

static struct glance look(struct attention *attention) {
    struct glance now = glance_at(attention->pid);
    bool ran_on = glance_ran_on(&attention->first, &now);
    if (!now.known || is_stubborn(attention, &now, now_ms(attention)) ||
        (ran_on && now.computed - attention->first.computed >= COMPUTES_NS)) {
        call(attention);
        ran_on = false;
    }
    if (!ran_on)
        attention->first = now;
    return now;
}

static void on_timer(uv_timer_t *timer) {
    struct attention *attention = timer->data;
    if (runtime_link_waiting(attention->link) == 0)
        return;
    follow(attention);
    struct glance now = look(attention);
    uint64_t silent = now_ms(attention) - attention->since;
    if (silent >= SILENCE_MS && !attention->warned) {
        console_show(attention->console, "console", describe(attention, &now));
        attention->warned = true;
    }
    uint64_t next = silent / SELDOMER;
    next = next < GLANCE_MS ? GLANCE_MS : next > SELDOM_MS ? SELDOM_MS : next;
    uv_timer_start(timer, on_timer, next, 0);
}

void attention_watch(struct attention *attention, int pid) {
    attention->pid = pid;
    if (uv_is_active((uv_handle_t *)&attention->timer) ||
        runtime_link_waiting(attention->link) == 0)
        return;
    follow(attention);
    uv_timer_start(&attention->timer, on_timer, GLANCE_MS, 0);
}

void attention_stop_watching(struct attention *attention) {
    uv_timer_stop(&attention->timer);
}
