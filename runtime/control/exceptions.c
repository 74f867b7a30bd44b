/* SPDX-License-Identifier: MIT */
#include "exceptions.h"

#include "hook.h"
#include "library.h"

/* Frames looked at for a protected call. Finding a frame by level costs its depth, so that this
   many cost some milliseconds. */
enum { LOOK_DEPTH = 10000 };

static void stop(struct debugger *debugger, lua_State *L, struct debugger_stop *here) {
    struct debugger_exceptions *exceptions = &debugger->exceptions;
    bool wanted = here->caught ? exceptions->caught : exceptions->uncaught;
    if (exceptions->reported || !wanted || account_works(&debugger->account))
        return;
    here->reason = DEBUGGER_EXCEPTION;
    exceptions->reported = true;
    hook_stop(debugger, L, here);
}

void exceptions_thrown(struct debugger *debugger, lua_State *L, int error, bool caught) {
    if (!exceptions_on(debugger))
        return;
    struct debugger_stop here = {.thread = L, .error = error, .caught = caught};
    stop(debugger, L, &here);
    debugger->exceptions.reported = false;
}

int exceptions_show(lua_State *L) {
    exceptions_thrown(debugger_of(L), L, 1, true);
    lua_settop(L, 1);
    return 1;
}

static bool frame_catches(lua_State *L, lua_Debug *frame) {
    lua_getinfo(L, "f", frame);
    bool catches = library_catches(debugger_of(L), lua_tocfunction(L, -1));
    lua_pop(L, 1);
    return catches;
}

static bool stack_catches(lua_State *L, int level) {
    lua_Debug frame;
    if (!lua_checkstack(L, 1))
        return true;
    for (; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++)
        if (frame_catches(L, &frame))
            return true;
    return false;
}

void exceptions_unhandled(struct debugger *debugger, lua_State *L, int error) {
    if (exceptions_on(debugger))
        exceptions_thrown(debugger, L, error, stack_catches(L, 2));
}

/* Does anything between here and the interpreter catch what L throws? */
static bool is_caught(const struct debugger *debugger) {
    size_t place = debugger->account.threads.running;
    const struct thread *thread;
    while ((thread = threads_running(&debugger->account.threads, &place)) != NULL)
        if (stack_catches(thread->L, 0))
            return true;
    return false;
}

void exceptions_coroutine_died(struct debugger *debugger, lua_State *L, lua_State *co,
                               bool rethrown) {
    if (!exceptions_on(debugger))
        return;
    struct debugger_stop here = {.thread = co, .error = lua_gettop(L)};
    here.caught = !rethrown || is_caught(debugger);
    stop(debugger, L, &here);
    if (!rethrown)
        debugger->exceptions.reported = false;
}
