/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include "account.h"
#include "clock.h"
#include "string_builder.h"

#include <lauxlib.h>

enum { LOOK_MS = 5, NS_PER_MS = 1000000, MOST_COUNT = 10000 };

lua_State *limit_push_coroutine(lua_State *L) {
    lua_State *co = lua_newthread(L);
    struct thread *thread = threads_of(&account_of(L)->threads, co);
    if (thread != NULL)
        thread->hidden = true;
    lua_sethook(co, limit_hook, LUA_MASKCOUNT, LIMIT_COUNT);
    return co;
}

/* A hook has no argument for us. Nor do the running threads tell: one that a module has resumed
   behind our back, or that has died of an error, is not among them. */
struct limit *limit_of(lua_State *L) {
    const struct account *account = account_of(L);
    return account != NULL ? account->evaluation : NULL;
}

/* Asking whether it is wanted is slow. */
static bool is_cancelled(struct limit *limit, int64_t time) {
    if (limit->cancelled || limit->interrupted == NULL || time < limit->next_look)
        return limit->cancelled;
    limit->next_look = time + LOOK_MS * (int64_t)NS_PER_MS;
    limit->cancelled = limit->interrupted(limit->interrupted_data);
    return limit->cancelled;
}

/* Code that catches the error gets it again at its next instruction. */
static void check(struct limit *limit, int64_t time, lua_State *L) {
    if (limit->deadline == 0)
        limit->deadline = time + limit->milliseconds * (int64_t)NS_PER_MS;
    if (!is_cancelled(limit, time) && time < limit->deadline)
        return;
    limit->overdue = !limit->cancelled;
    if (lua_gethook(L) == limit_hook)
        lua_sethook(L, limit_hook, LUA_MASKCOUNT, 1);
    luaL_error(L, "the time for an evaluation is over");
}

void limit_check(lua_State *L) {
    struct limit *limit = limit_of(L);
    if (limit != NULL)
        check(limit, clock_ns(), L);
}

/* Fewer, if as many as now take longer than LOOK_MS; never more than twice as many. */
static void keep_pace(const struct limit *limit, int64_t time, lua_State *L) {
    int64_t count = lua_gethookcount(L), most = count < MOST_COUNT / 2 ? 2 * count : MOST_COUNT;
    int64_t fit = count * LOOK_MS * NS_PER_MS / (time - limit->looked + 1);
    lua_sethook(L, limit_hook, LUA_MASKCOUNT, (int)(fit < 1 ? 1 : fit < most ? fit : most));
}

void limit_hook(lua_State *L, lua_Debug *event) {
    (void)event;
    struct limit *limit = limit_of(L);
    int64_t time = clock_ns();
    if (limit == NULL)
        return;
    check(limit, time, L);
    if (limit->looked != 0)
        keep_pace(limit, time, L);
    limit->looked = time;
}

void limit_begin(struct limit *limit, struct account *account) {
    limit->overdue = limit->cancelled = false;
    limit->deadline = limit->next_look = limit->looked = 0;
    limit->born = account->threads.born;
    limit->outer = account->evaluation;
    account->evaluation = limit;
}

static void let_go(struct threads *threads, struct thread *born, lua_State *L,
                   const struct thread *maker) {
    lua_sethook(born->L, lua_gethook(L), lua_gethookmask(L), lua_gethookcount(L));
    if (maker != NULL)
        threads_continue(threads, born, maker);
}

static void let_all_go(const struct limit *limit, struct threads *threads, lua_State *L) {
    const struct thread *maker = threads_of(threads, L);
    struct thread *born = threads->last;
    unsigned count = threads->born - limit->born;
    for (; count > 0 && born != NULL; count--, born = born->previous)
        if (!born->hidden && lua_gethook(born->L) == limit_hook)
            let_go(threads, born, L, maker);
}

void limit_end(struct limit *limit, struct account *account, lua_State *L) {
    if (account->threads.born != limit->born)
        let_all_go(limit, &account->threads, L);
    account->evaluation = limit->outer;
}

bool limit_write(const struct limit *limit, struct string_builder *builder) {
    if (limit->cancelled)
        string_builder_print(builder, "cancelled");
    else if (limit->overdue)
        string_builder_print(builder, "stopped: it took longer than %d s",
                             limit->milliseconds / 1000);
    return limit->cancelled || limit->overdue;
}
