/* SPDX-License-Identifier: MIT */
#include "standard_library.h"

#include <string.h>

struct known {
    const char *name;
    int type;
};

static const struct known globals[] = {
    {"_G", LUA_TTABLE},
    {"_VERSION", LUA_TSTRING},
    {"assert", LUA_TFUNCTION},
    {"collectgarbage", LUA_TFUNCTION},
    {"coroutine", LUA_TTABLE},
    {"debug", LUA_TTABLE},
    {"dofile", LUA_TFUNCTION},
    {"error", LUA_TFUNCTION},
    {"getmetatable", LUA_TFUNCTION},
    {"io", LUA_TTABLE},
    {"ipairs", LUA_TFUNCTION},
    {"load", LUA_TFUNCTION},
    {"loadfile", LUA_TFUNCTION},
    {"math", LUA_TTABLE},
    {"next", LUA_TFUNCTION},
    {"os", LUA_TTABLE},
    {"package", LUA_TTABLE},
    {"pairs", LUA_TFUNCTION},
    {"pcall", LUA_TFUNCTION},
    {"print", LUA_TFUNCTION},
    {"rawequal", LUA_TFUNCTION},
    {"rawget", LUA_TFUNCTION},
    {"rawlen", LUA_TFUNCTION},
    {"rawset", LUA_TFUNCTION},
    {"require", LUA_TFUNCTION},
    {"select", LUA_TFUNCTION},
    {"setmetatable", LUA_TFUNCTION},
    {"string", LUA_TTABLE},
    {"table", LUA_TTABLE},
    {"tonumber", LUA_TFUNCTION},
    {"tostring", LUA_TFUNCTION},
    {"type", LUA_TFUNCTION},
    {"utf8", LUA_TTABLE},
    {"warn", LUA_TFUNCTION},
    {"xpcall", LUA_TFUNCTION},
};

bool standard_library_has(lua_State *L, int name, int value) {
    if (lua_type(L, name) != LUA_TSTRING)
        return false;
    const char *text = lua_tostring(L, name);
    int type = lua_type(L, value);
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
        if (strcmp(globals[i].name, text) == 0)
            return globals[i].type == type && (type != LUA_TFUNCTION || lua_iscfunction(L, value));
    return false;
}
