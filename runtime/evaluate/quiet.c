/* SPDX-License-Identifier: MIT */
#include "quiet.h"

#include "environment.h"
#include "limit.h"

#include <string.h>

/* Only the expression itself, and what looks up its names. */
static bool may_be_called(lua_State *L, lua_Debug *event) {
    lua_getinfo(L, "f", event);
    bool may =
        lua_topointer(L, -1) == limit_of(L)->quiet || environment_looks_up(lua_tocfunction(L, -1));
    lua_pop(L, 1);
    return may;
}

/* Whatever is joined next is in the registers of the expression, all of it. */
static size_t bytes_at_hand(lua_State *L, const lua_Debug *event) {
    size_t bytes = 0;
    for (int n = 1; lua_getlocal(L, event, n) != NULL; n++) {
        bytes += lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : 0;
        lua_pop(L, 1);
    }
    return bytes;
}

/* Without the place in our chunk. */
void quiet_refuse(lua_State *co, const char *why) {
    lua_pushfstring(co, "not shown on hover: %s", why);
    lua_error(co);
}

static void on_event(lua_State *L, lua_Debug *event) {
    if (event->event == LUA_HOOKCOUNT) {
        if (lua_gethookcount(L) == 1 && bytes_at_hand(L, event) > QUIET_BYTES)
            quiet_refuse(L, "the strings are too long. Watch it instead");
        limit_check(L);
    } else if (!may_be_called(L, event)) {
        quiet_refuse(L, "code would have to run. Watch it instead");
    }
}

void quiet_begin(lua_State *co, const char *text) {
    limit_of(co)->quiet = lua_topointer(co, -1);
    lua_sethook(co, on_event, LUA_MASKCALL | LUA_MASKCOUNT,
                strstr(text, "..") != NULL ? 1 : LIMIT_COUNT);
}
