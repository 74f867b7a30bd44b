/* SPDX-License-Identifier: MIT */
#include "hook.h"
#include "library.h"

#include <lauxlib.h>

/* The thread that debug.sethook and gethook are about: their first argument, if it is one. NULL: no
   debugger knows it. */
static struct thread *target(lua_State *L) {
    lua_State *named = lua_tothread(L, 1);
    struct debugger *debugger = debugger_of(L);
    return debugger != NULL ? threads_of(&debugger->account.threads, named != NULL ? named : L)
                            : NULL;
}

/* Lua's sethook installs its own C function as the raw hook; an error leaves the hook as it was. */
static int sethook(lua_State *L) {
    int results = library_originals.sethook(L);
    struct thread *thread = target(L);
    if (thread != NULL)
        hook_adopt_user(debugger_of(L), thread);
    return results;
}

static void push_mask(lua_State *L, int mask) {
    char text[4];
    int size = 0;
    if (mask & LUA_MASKCALL)
        text[size++] = 'c';
    if (mask & LUA_MASKRET)
        text[size++] = 'r';
    if (mask & LUA_MASKLINE)
        text[size++] = 'l';
    lua_pushlstring(L, text, size);
}

/* Where Lua's sethook keeps the function of a thread: in the registry, under this name (ldblib.c).
 */
static void push_function(lua_State *L, lua_State *of) {
    lua_getfield(L, LUA_REGISTRYINDEX, "_HOOKKEY");
    luaL_checkstack(of, 1, "too many arguments");
    lua_pushthread(of);
    lua_xmove(of, L, 1);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

/* Lua's gethook looks at the raw hook, which is ours; to show it the program's for a moment would
   start that one's count afresh. So this does what Lua's does, from what we know. */
static int gethook(lua_State *L) {
    struct thread *thread = target(L);
    if (thread == NULL)
        return library_originals.gethook(L);
    const struct thread_hook *hook = hook_of(thread);
    if (hook->user == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    if (hook->user == library_originals.hook)
        push_function(L, thread->L);
    else
        lua_pushliteral(L, "external hook");
    push_mask(L, hook->user_mask);
    lua_pushinteger(L, hook->user_count);
    return 3;
}

const struct library_front library_debug_fronts[] = {
    {&library_originals.sethook, sethook},
    {&library_originals.gethook, gethook},
    {NULL, NULL},
};
