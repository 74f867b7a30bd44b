/* SPDX-License-Identifier: MIT */
#include "work.h"

#include "account.h"
#include "release.h"

#include <string.h>

/* Frames of a finalizer that are looked at. Finding a frame by level costs its depth. */
enum { LOOK_DEPTH = 200 };

static bool finalizes(lua_State *L) {
    return lua_gc(L, LUA_GCISRUNNING) == (release_marks_finalizers() ? -1 : 0);
}

struct account_work account_begin_work(struct account *account, lua_State *L) {
    struct account_work before = account->work;
    account->work = (struct account_work){.L = L, .finalizes = finalizes(L)};
    return before;
}

void account_end_work(struct account *account, struct account_work before) {
    account->work = before;
}

int account_call(struct account *account, lua_State *L, int arguments, int results) {
    struct account_work before = account_begin_work(account, L);
    int status = lua_pcall(L, arguments, results, 0);
    account_end_work(account, before);
    return status;
}

static bool is_lua(const lua_Debug *frame) {
    return *frame->what != 'C';
}

static bool is_named_gc(const lua_Debug *frame) {
    return strcmp(frame->namewhat, "metamethod") == 0 && strcmp(frame->name, "__gc") == 0;
}

enum look { LOOK_ON, LOOK_WORK, LOOK_FINALIZER };

/* Does a Lua function run above the finalizer's call, in it included? */
static enum look look_at(lua_State *L, bool *any_lua) {
    lua_Debug frame;
    for (int level = 0; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sn", &frame);
        if (release_marks_finalizers())
            *any_lua = *any_lua || is_lua(&frame);
        if (is_named_gc(&frame))
            return *any_lua ? LOOK_FINALIZER : LOOK_WORK;
        *any_lua = *any_lua || is_lua(&frame);
    }
    return lua_getstack(L, LOOK_DEPTH, &frame) ? LOOK_FINALIZER : LOOK_ON;
}

bool account_work_goes_on(struct account *account) {
    if (account->work.finalizes || !finalizes(account->work.L))
        return true;
    size_t place = account->threads.running;
    const struct thread *thread;
    bool any_lua = false;
    enum look found = LOOK_ON;
    while (found == LOOK_ON && (thread = threads_running(&account->threads, &place)) != NULL)
        found = look_at(thread->L, &any_lua);
    return found != LOOK_FINALIZER;
}
