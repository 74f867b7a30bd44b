/* SPDX-License-Identifier: MIT */
/* resumes: resumes(function, ...) calls the function in a new coroutine that C resumes, as an event
   loop does: neither coroutine.resume nor coroutine.wrap is called. The other arguments stay on the
   stack meanwhile. Returns whether it came to its end. */
#include <lauxlib.h>

static int resumes(lua_State *L) {
    lua_State *co = lua_newthread(L);
    int results;
    lua_insert(L, 1);
    lua_pushvalue(L, 2);
    lua_xmove(L, co, 1);
    lua_pushboolean(L, lua_resume(co, L, 0, &results) == LUA_OK);
    return 1;
}

int luaopen_resumes(lua_State *L);
int luaopen_resumes(lua_State *L) {
    lua_pushcfunction(L, resumes);
    return 1;
}
