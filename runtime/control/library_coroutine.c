/* SPDX-License-Identifier: MIT */
#include "exceptions.h"
#include "hook.h"
#include "library.h"
#include "release.h"

#include <lauxlib.h>

/* The debugger may have left, or another come, whenever the coroutine has run: it is asked for anew
   then. */

/* While Lua closes it, `closes`, its status does not tell that it runs (threads.h). Whether it did
   close before: a __close handler may close it again. */
static bool mark_closing(struct threads *threads, const lua_State *co, bool closes) {
    struct thread *thread = threads_of(threads, co);
    bool before = thread != NULL && thread->closing;
    if (thread != NULL)
        thread->closing = closes;
    return before;
}

/* L is about to run `co`. `closes`: to close it. An error on the way jumps over the end: the chain
   is right all the same, see threads.h. An evaluation has set its own hook: limit.h */
static bool enter(struct debugger *debugger, lua_State *L, lua_State *co, bool closes) {
    struct threads *threads = &debugger->account.threads;
    threads_enter(threads, L, co);
    bool closed_before = closes && mark_closing(threads, co, true);
    struct thread *thread = threads_of(threads, co);
    bool hooked_by_limit = account_works(&debugger->account) && !debugger->evaluating;
    if (thread != NULL && !hook_is_fresh(debugger, thread) && !hooked_by_limit)
        hook_refresh(debugger, thread);
    return closed_before;
}

/* Who debugs L now. */
static struct debugger *leave(struct debugger *debugger, lua_State *L) {
    debugger = debugger_still_of(L, debugger);
    if (debugger != NULL)
        threads_leave(&debugger->account.threads, L);
    return debugger;
}

/* Calls the original with `co` in the chain. */
static int run_in_chain(struct debugger *debugger, lua_State *L, lua_State *co,
                        lua_CFunction original, bool closes) {
    if (debugger == NULL)
        return original(L);
    bool closed_before = enter(debugger, L, co, closes);
    int results = original(L);
    debugger = leave(debugger, L);
    if (debugger != NULL && closes)
        mark_closing(&debugger->account.threads, co, closed_before);
    return results;
}

/* What Lua's own function does that both resume and what wrap returns call (lcorolib.c, auxresume):
   the arguments are on top of L's stack. How many results are there instead; -1: an error value.
   `tells`: true comes before the results, which so need not be moved for it. */
__attribute__((always_inline)) static inline int resume_as_lua(lua_State *L, lua_State *co,
                                                               int arguments, bool tells) {
    int results;
    if (!lua_checkstack(co, arguments)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, arguments);
    int status = lua_resume(co, L, arguments, &results);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    if (tells)
        lua_pushboolean(L, true);
    lua_xmove(co, L, results);
    return results + tells;
}

/* The same, with `co` in the chain. The originals would ask for what is known here already; and
   what wrap returns would close a coroutine that has died before anybody could see its stack. */
static int resume_in_chain(struct debugger *debugger, lua_State *L, lua_State *co, int arguments,
                           bool tells) {
    debugger->exceptions.reported = false;
    enter(debugger, L, co, false);
    int results = resume_as_lua(L, co, arguments, tells);
    leave(debugger, L);
    return results;
}

/* What nearly always is: `co`, which the innermost resumes, has yielded, was resumed last time too,
   and has the hook that it needs. Its record, in the chain now; NULL: it is to be looked at. */
static inline struct thread *enter_at_once(struct debugger *debugger, const lua_State *co) {
    struct threads *threads = &debugger->account.threads;
    struct thread *thread = threads->last_asked;
    bool entered = thread != NULL && thread->L == co && hook_is_fresh(debugger, thread) &&
                   threads_enter_at_once(threads, thread);
    return entered ? thread : NULL;
}

/* resume_in_chain of one that has entered. */
__attribute__((always_inline)) static inline int resume_entered(struct debugger *debugger,
                                                                lua_State *L, struct thread *thread,
                                                                lua_State *co, int arguments,
                                                                bool tells) {
    debugger->exceptions.reported = false;
    int results = resume_as_lua(L, co, arguments, tells);
    if (account_last.account != &debugger->account ||
        !threads_leave_at_once(&debugger->account.threads, thread))
        leave(debugger, L);
    return results;
}

/* Of a coroutine that had not died before it was resumed: did it of an error? */
static bool has_died(lua_State *co) {
    int status = lua_status(co);
    return status != LUA_OK && status != LUA_YIELD;
}

/* False and the error value, which is on top. `lived`: before it was resumed. */
static int error_of_resume(lua_State *L, lua_State *co, bool lived) {
    struct debugger *debugger = debugger_of(L);
    if (debugger != NULL && lived && has_died(co))
        exceptions_coroutine_died(debugger, L, co, false);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

__attribute__((noinline)) static int resume_any(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    if (debugger == NULL || co == NULL)
        return library_originals.resume(L);
    bool lived = !has_died(co);
    int results = resume_in_chain(debugger, L, co, lua_gettop(L) - 1, true);
    return results >= 0 ? results : error_of_resume(L, co, lived);
}

static int resume(lua_State *L) {
    struct debugger *debugger = debugger_of_innermost(L);
    lua_State *co = lua_tothread(L, 1);
    struct thread *thread = debugger != NULL ? enter_at_once(debugger, co) : NULL;
    if (thread == NULL)
        return resume_any(L, co);
    int results = resume_entered(debugger, L, thread, co, lua_gettop(L) - 1, true);
    return results >= 0 ? results : error_of_resume(L, co, true);
}

static int close_coroutine(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    lua_State *co = lua_tothread(L, 1);
    if (co == NULL || debugger == NULL ||
        lua_status(co) == LUA_OK) /* nothing to close, or it refuses with an error */
        return run_in_chain(co != NULL ? debugger : NULL, L, co, library_originals.close, false);
    lua_settop(L, 1);
    exceptions_begin_closing(debugger, L, co);
    int results = run_in_chain(debugger_of(L), L, co, library_originals.close, true);
    exceptions_end_closing(L, 2);
    return results;
}

/* Of the coroutine on top. */
static int reset(lua_State *L) {
    return release_close_thread(lua_tothread(L, -1), L);
}

/* What closing a coroutine that died of an error says. In Lua 5.4.3 and later the error value,
   which is on top, becomes what its __close handlers made of it. */
static int close_dead(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    bool reported = debugger->exceptions.reported;
    exceptions_begin_closing(debugger, L, co);
    lua_pushthread(co);
    lua_xmove(co, L, 1);
    int status = run_in_chain(debugger_of(L), L, co, reset, true);
    lua_pop(L, 1);
    exceptions_end_closing(L, lua_gettop(L));
    lua_pop(L, 1);
    if (status != LUA_OK)
        lua_xmove(co, L, 1);
    debugger = debugger_of(L);
    if (debugger != NULL)
        debugger->exceptions.reported = reported;
    return status;
}

/* The debugger has left while it ran. */
static int close_undebugged(lua_State *L, lua_State *co) {
    int status = release_close_thread(co, L);
    if (status != LUA_OK) {
        lua_pop(L, 1);
        lua_xmove(co, L, 1);
    }
    return status;
}

/* The rest of what Lua's function behind coroutine.wrap does with an error, which is on top
   (lcorolib.c, auxwrap): puts the place in front of the message, throws on. */
static int throw_on(lua_State *L, int status) {
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

/* The coroutine died of the error that is on top. Lua's own would have closed it before anybody
   could see its stack. */
static int show_and_throw_on(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    if (debugger == NULL)
        return throw_on(L, close_undebugged(L, co));
    exceptions_coroutine_died(debugger, L, co, true);
    return throw_on(L, close_dead(L, co));
}

static int error_of_wrapped(lua_State *L, lua_State *co) {
    return has_died(co) ? show_and_throw_on(L, co) : throw_on(L, LUA_OK);
}

__attribute__((noinline)) static int wrapped_any(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    if (debugger == NULL || has_died(co))
        return run_in_chain(debugger, L, co, library_originals.wrapped, false);
    int results = resume_in_chain(debugger, L, co, lua_gettop(L), false);
    return results >= 0 ? results : error_of_wrapped(L, co);
}

/* What coroutine.wrap returns: as Lua's, a C closure with the coroutine as its only upvalue. */
static int wrapped(lua_State *L) {
    struct debugger *debugger = debugger_of_innermost(L);
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    struct thread *thread = debugger != NULL ? enter_at_once(debugger, co) : NULL;
    if (thread == NULL)
        return wrapped_any(L, co);
    int results = resume_entered(debugger, L, thread, co, lua_gettop(L), false);
    return results >= 0 ? results : error_of_wrapped(L, co);
}

/* Does what Lua's does (lcorolib.c), with our function in the closure: there is no way to let Lua
   make the closure and then change its function. */
static int wrap(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

const struct library_front library_coroutine_fronts[] = {
    {&library_originals.resume, resume},
    {&library_originals.close, close_coroutine},
    {&library_originals.wrap, wrap},
    {NULL, NULL},
};
