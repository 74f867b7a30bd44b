/* SPDX-License-Identifier: MIT */
#include "library.h"

#include "hook.h"
#include "process.h"

#include <lauxlib.h>
#include <lualib.h>

lua_CFunction library_find(lua_State *L, const char *library, const char *name) {
    lua_CFunction found = NULL;
    lua_getglobal(L, library);
    if (lua_istable(L, -1)) {
        lua_getfield(L, -1, name);
        found = lua_tocfunction(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}

lua_CFunction library_replace(lua_State *L, const char *library, const char *name,
                              lua_CFunction front) {
    lua_CFunction original = library_find(L, library, name);
    if (original == NULL)
        return NULL;
    lua_getglobal(L, library);
    lua_pushcfunction(L, front);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    return original;
}

/* ---- debug ---- */

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

/* ---- os ---- */

/* What Lua's function refuses is refused before anything is changed, by the same check
   (loslib.c, os_exit). */
static int leave(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (!lua_isboolean(L, 1))
        luaL_optinteger(L, 1, 0);
    if (!process_is_elsewhere())
        account_freeze(&debugger->account, L);
    return debugger->originals.exit(L);
}

void library_replace_os(struct debugger *debugger, lua_State *L) {
    debugger->originals.exit = library_replace(L, LUA_OSLIBNAME, "exit", leave);
}
