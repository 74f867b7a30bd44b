/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <assert.h>
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

static const char text[] =
    "local up = { list = { 10, 20, 30 }, [true] = 'yes', [2.5] = 'half', ['odd key'] = {} }\n"
    "up.itself = up\n"
    "local Class = { inherited = 'from the class' }\n"
    "Class.__index = Class\n"
    "Class.__tostring = function(t) return 'object ' .. t.own end\n"
    "a_global = { deep = { deeper = { deepest = 1 } } }\n"
    "local keep = {}\n"
    "local job = coroutine.create(function(n, ...)\n"
    "    local state = 'of the coroutine'\n"
    "    coroutine.yield(n)\n"
    "end)\n"
    "coroutine.resume(job, 42, 'va')\n"
    "local function work(first, ...)\n"
    "    local constant <const> = first .. '!'\n"
    "    local closed <close> = setmetatable({}, { __close = function() end })\n"
    "    local shadow, bytes, number, long = 1, 'a\\0b\\xff', 255, ('x'):rep(3000)\n"
    "    local object = setmetatable({ own = 'own' }, Class)\n"
    "    for i = 1, 20 do keep[i] = { i } end\n"
    "    do\n"
    "        local shadow = 2\n"
    "        stop(shadow + #up.list + a_global.deep.deeper.deepest)\n"
    "    end\n"
    "    return number, bytes, object, constant, ...\n"
    "end\n"
    "coroutine.wrap(function() work('argument', 'vararg', 2) end)()\n";

void program_load(lua_State *L) {
    int status = luaL_loadbuffer(L, text, strlen(text), "@fuzzed.lua");
    assert(status == LUA_OK);
    (void)status;
}

static void take_away(lua_State *L, const char *library, const char *const *names) {
    lua_getglobal(L, library);
    for (; *names != NULL; names++) {
        lua_pushnil(L);
        lua_setfield(L, -2, *names);
    }
    lua_pop(L, 1);
}

void program_open_libraries(lua_State *L) {
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base},       {LUA_COLIBNAME, luaopen_coroutine},
        {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
        {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
        {LUA_DBLIBNAME, luaopen_debug},
    };
    static const char *const outward[] = {"dofile", "loadfile", "print", NULL};
    static const char *const unsafe[] = {"debug",       "setlocal",     "setupvalue", "getregistry",
                                         "upvaluejoin", "setmetatable", NULL};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
        lua_pop(L, 1);
    }
    take_away(L, LUA_GNAME, outward);
    take_away(L, LUA_DBLIBNAME, unsafe);
}
