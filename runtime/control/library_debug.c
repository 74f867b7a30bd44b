/* SPDX-License-Identifier: MIT */
#include "hook.h"
#include "library.h"
#include "process.h"

#include <lauxlib.h>
#include <lualib.h>

/* The thread that debug.sethook and gethook are about: their first argument, if it is one. */
static struct thread *target(lua_State *L) {
    lua_State *named = lua_tothread(L, 1);
    return threads_of(&debugger_of(L)->account.threads, named != NULL ? named : L);
}

/* Lua's sethook installs its own C function as the raw hook; an error leaves the hook as it was. */
static int sethook(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    struct thread *thread = process_is_elsewhere() ? NULL : target(L);
    int results = debugger->originals.sethook(L);
    if (thread != NULL && hook_adopt_user(debugger, thread))
        debugger->originals.hook = hook_of(thread)->user;
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
    const struct debugger *debugger = debugger_of(L);
    struct thread *thread = process_is_elsewhere() ? NULL : target(L);
    const struct thread_hook *hook = thread != NULL ? hook_of(thread) : NULL;
    if (hook == NULL || hook->user == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    if (hook->user == debugger->originals.hook)
        push_function(L, thread->L);
    else
        lua_pushliteral(L, "external hook");
    push_mask(L, hook->user_mask);
    lua_pushinteger(L, hook->user_count);
    return 3;
}

void library_replace_debug(struct debugger *debugger, lua_State *L) {
    debugger->originals.sethook = library_replace(L, LUA_DBLIBNAME, "sethook", sethook);
    library_replace(L, LUA_DBLIBNAME, "gethook", gethook);
    debugger->originals.traceback = library_find(L, LUA_DBLIBNAME, "traceback");
}
