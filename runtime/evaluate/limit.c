/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include "account.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <time.h>

/* Instructions between two looks at the clock. */
enum { HOOK_COUNT = 1000, LOOK_MS = 5 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* A hook has no argument for us. In the chain of running threads the evaluating coroutine is the
   only one of the debugger's; below it is the stopped thread, and on top of its stack lies the
   limit. */
struct limit *limit_of(lua_State *L) {
    const struct threads *threads = &account_of(L)->threads;
    for (size_t i = threads->running; i > 1; i--) {
        const struct thread *thread = threads->chain[i - 1], *below = threads->chain[i - 2];
        if (thread != NULL && thread->hidden && below != NULL)
            return lua_touserdata(below->L, -1);
    }
    return NULL;
}

/* Asking whether it is wanted is slow. */
static bool is_cancelled(struct limit *limit, int64_t time) {
    const struct stop *stop = limit->stop;
    if (limit->cancelled || stop->interrupted == NULL || time < limit->next_look)
        return limit->cancelled;
    limit->next_look = time + LOOK_MS * INT64_C(1000000);
    limit->cancelled = stop->interrupted(stop->interrupted_data);
    return limit->cancelled;
}

/* Code that catches the error gets it again at its next instruction. */
void limit_check(lua_State *L) {
    struct limit *limit = limit_of(L);
    int64_t time = now();
    if (limit == NULL || (!is_cancelled(limit, time) && time < limit->deadline))
        return;
    limit->overdue = !limit->cancelled;
    lua_sethook(L, lua_gethook(L), LUA_MASKCOUNT, 1);
    luaL_error(L, "the time for an evaluation is over");
}

static void on_count(lua_State *L, lua_Debug *event) {
    (void)event;
    limit_check(L);
}

/* Could the evaluated code resume it? */
static bool is_idle(lua_State *L) {
    lua_Debug record;
    return lua_status(L) == LUA_YIELD || !lua_getstack(L, 0, &record);
}

static void hook_all(struct limit *limit, struct threads *threads) {
    for (struct thread *thread = threads->first; thread != NULL; thread = thread->next) {
        lua_State *L = thread->L;
        if (!is_idle(L))
            continue;
        limit->others[limit->count++] =
            (struct limit_hook){L, lua_gethook(L), lua_gethookmask(L), lua_gethookcount(L)};
        lua_sethook(L, on_count, LUA_MASKCOUNT, HOOK_COUNT);
    }
}

bool limit_begin(struct limit *limit, struct stop *stop, lua_State *co, int milliseconds) {
    struct threads *threads = &stop->account->threads;
    *limit = (struct limit){.evaluating = threads_of(threads, co), .stop = stop};
    limit->others = malloc(threads->count * sizeof *limit->others);
    if (limit->others == NULL)
        return false;
    hook_all(limit, threads);
    lua_pushlightuserdata(stop->L, limit);
    limit->deadline = now() + (int64_t)milliseconds * 1000000;
    return true;
}

void limit_end(struct limit *limit, struct stop *stop) {
    struct threads *threads = &stop->account->threads;
    lua_State *L = stop->L;
    for (size_t i = 0; i < limit->count; i++) {
        const struct limit_hook *other = &limit->others[i];
        if (threads_of(threads, other->L) != NULL)
            lua_sethook(other->L, other->hook, other->mask, other->count);
    }
    for (const struct thread *born = limit->evaluating->next; born != NULL; born = born->next)
        lua_sethook(born->L, lua_gethook(L), lua_gethookmask(L), lua_gethookcount(L));
    free(limit->others);
    lua_pop(L, 1);
}
