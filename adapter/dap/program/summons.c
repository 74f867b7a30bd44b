/* SPDX-License-Identifier: MIT */
#include "summons.h"

#include "bell.h"
#include "debuggee.h"
#include "session.h"

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

int summons_init(struct summons *summons, struct session *session) {
    summons->timer.data = session;
    return uv_timer_init(&session->loop, &summons->timer);
}

/* Without a bell there is the signal still. */
const struct shared_memory *summons_bell(struct summons *summons) {
    shared_memory_finish(&summons->bell);
    int error = shared_memory_init(&summons->bell, "luaheat-bell", sizeof(struct bell), true);
    return error == 0 ? &summons->bell : NULL;
}

void summons_sent(void *data) {
    struct session *session = data;
    if (session->summons.bell.address != NULL)
        bell_ring(session->summons.bell.address);
}

static bool is_wanted(const struct session *session) {
    return session->state == STATE_RUNNING && session->ending.process_runs &&
           runtime_link_waiting(&session->link) != 0;
}

static uint32_t signals_taken(const struct summons *summons) {
    const struct bell *bell = summons->bell.address;
    return bell != NULL ? atomic_load(&bell->called) : 0;
}

static void call(struct summons *summons, int pid) {
    summons->signalled = true;
    glance_call(pid);
}

static const char *describe(const struct summons *summons, const struct glance *glance) {
    if (glance->known && !glance->runs)
        return waits;
    bool is_deaf = summons->bell.address != NULL && summons->signalled &&
                   signals_taken(summons) == summons->taken;
    return is_deaf ? deaf : computes;
}

/* A new one waits: it begins afresh. */
static void follow(struct session *session) {
    struct summons *summons = &session->summons;
    int64_t waiting = runtime_link_waiting(&session->link);
    if (waiting == summons->waiting)
        return;
    summons->waiting = waiting;
    summons->since = summons->called = uv_now(&session->loop);
    summons->has_waited = 0;
    summons->told = summons->signalled = false;
    summons->taken = signals_taken(summons);
    summons->first = (struct glance){0};
}

/* It waits in the system again and again, and passes by nothing of ours between. */
static bool is_stubborn(struct summons *summons, const struct glance *now, uint64_t time) {
    if (summons->has_waited == 0)
        summons->has_waited = now->has_waited;
    bool stubborn = now->has_waited - summons->has_waited >= STUBBORN_WAITS &&
                    time - summons->called >= STUBBORN_MS;
    if (stubborn)
        summons->called = time;
    return stubborn;
}

static struct glance look(struct summons *summons, int pid, uint64_t time) {
    struct glance now = glance_at(pid);
    bool ran_on = glance_ran_on(&summons->first, &now);
    if (!now.known || is_stubborn(summons, &now, time) ||
        (ran_on && now.computed - summons->first.computed >= COMPUTES_NS)) {
        call(summons, pid);
        ran_on = false;
    }
    if (!ran_on)
        summons->first = now;
    return now;
}

static void on_timer(uv_timer_t *timer) {
    struct session *session = timer->data;
    struct summons *summons = &session->summons;
    if (!is_wanted(session))
        return;
    follow(session);
    struct glance now = look(summons, debuggee_pid(session->debuggee), uv_now(&session->loop));
    uint64_t silent = uv_now(&session->loop) - summons->since;
    if (silent >= SILENCE_MS && !summons->told) {
        session_show_output(session, "console", describe(summons, &now));
        summons->told = true;
    }
    uint64_t next = silent / SELDOMER;
    next = next < GLANCE_MS ? GLANCE_MS : next > SELDOM_MS ? SELDOM_MS : next;
    uv_timer_start(timer, on_timer, next, 0);
}

void summons_begin(void *data) {
    struct session *session = data;
    struct summons *summons = &session->summons;
    if (uv_is_active((uv_handle_t *)&summons->timer) || !is_wanted(session))
        return;
    follow(session);
    uv_timer_start(&summons->timer, on_timer, GLANCE_MS, 0);
}

void summons_finish(struct summons *summons) {
    shared_memory_finish(&summons->bell);
}
