/* SPDX-License-Identifier: MIT */
#include "debugging.h"

#include "current.h"
#include "door.h"
#include "link.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int refuse(lua_State *L, const char *why) {
    lua_pushnil(L);
    lua_pushstring(L, why);
    return 2;
}

/* luaheat-lua has been debugged from its beginning, if it is. */
static bool is_elsewhere(void) {
    return luaheat_current_figures != NULL;
}

static int refuse_here(lua_State *L) {
    return refuse(L, "the program runs under luaheat already");
}

/* ---- options ---- */

/* An option's value is pushed: nil, if there are no options. No metamethod of theirs is called. */
static int push_option(lua_State *L, const char *name) {
    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return LUA_TNIL;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushstring(L, name);
    return lua_rawget(L, 1);
}

/* It stays on the stack. NULL: there is none. */
static const char *text_option(lua_State *L, const char *name) {
    int type = push_option(L, name);
    if (type != LUA_TNIL && type != LUA_TSTRING)
        luaL_error(L, "option '%s' is to be a string", name);
    return lua_tostring(L, -1);
}

static bool flag_option(lua_State *L, const char *name) {
    push_option(L, name);
    bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return flag;
}

/* ---- functions ---- */

static int listen_for(lua_State *L) {
    char problem[DOOR_PROBLEM_BYTES];
    const char *path = text_option(L, "path"), *name = text_option(L, "name");
    if (is_elsewhere())
        return refuse_here(L);
    const char *place = door_listen(L, path, name, problem);
    if (place == NULL)
        return refuse(L, problem);
    lua_pushstring(L, place);
    if (flag_option(L, "wait"))
        door_wait(L, -1);
    return 1;
}

static int connect_to(lua_State *L) {
    char problem[DOOR_PROBLEM_BYTES];
    const char *path = text_option(L, "path");
    if (is_elsewhere())
        return refuse_here(L);
    if (path == NULL && (path = getenv(LINK_ENV_CONNECT)) == NULL)
        return luaL_error(L, "option 'path' is missing");
    if (!door_connect(L, path, problem))
        return refuse(L, problem);
    if (flag_option(L, "wait"))
        door_wait(L, -1);
    lua_pushboolean(L, true);
    return 1;
}

static int wait_for(lua_State *L) {
    lua_Number seconds = luaL_optnumber(L, 1, -1);
    if (is_elsewhere())
        return refuse_here(L);
    int64_t milliseconds = seconds < 0      ? -1
                           : seconds < 1e12 ? (int64_t)(seconds * 1000)
                                            : INT64_MAX / 4;
    lua_pushboolean(L, door_wait(L, milliseconds));
    return 1;
}

static int stop(lua_State *L) {
    if (!is_elsewhere())
        door_stop(L);
    return 0;
}

const luaL_Reg debugging_functions[DEBUGGING_FUNCTIONS + 1] = {
    {"listen", listen_for}, {"connect", connect_to}, {"wait", wait_for}, {"stop", stop},
    {NULL, NULL},
};

void debugging_join(lua_State *L) {
    char problem[DOOR_PROBLEM_BYTES];
    if (!is_elsewhere() && !door_join(L, problem))
        fprintf(stderr, "luaheat: the program cannot be debugged: %s\n", problem);
}
