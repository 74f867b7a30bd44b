/* SPDX-License-Identifier: MIT */
#include "chained_resume.h"

#include "account.h"

#include <lualib.h>

static int resume(lua_State *L) {
    struct threads *threads = &account_of(L)->threads;
    threads_enter(threads, L, lua_tothread(L, 1));
    int arguments = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, arguments, LUA_MULTRET);
    threads_leave(threads, L);
    return lua_gettop(L);
}

void chained_resume_install(lua_State *L) {
    lua_getglobal(L, LUA_COLIBNAME);
    lua_getfield(L, -1, "resume");
    lua_pushcclosure(L, resume, 1);
    lua_setfield(L, -2, "resume");
    lua_pop(L, 1);
}
