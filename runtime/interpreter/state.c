/* SPDX-License-Identifier: MIT */
/* The words and the states of the warning system are lauxlib.c's. */
#include "state.h"

#include "release.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

static void warnings_off(void *ud, const char *message, int continued);
static void warnings_on(void *ud, const char *message, int continued);

/* "@on" and "@off"; other messages with '@' are ignored. */
static bool is_control(lua_State *L, const char *message, int continued) {
    if (continued || *message != '@')
        return false;
    if (strcmp(message, "@off") == 0)
        lua_setwarnf(L, warnings_off, L);
    else if (strcmp(message, "@on") == 0)
        lua_setwarnf(L, warnings_on, L);
    return true;
}

static void warnings_off(void *ud, const char *message, int continued) {
    is_control(ud, message, continued);
}

static void warning_goes_on(void *ud, const char *message, int continued) {
    fputs(message, stderr);
    if (!continued)
        fputc('\n', stderr);
    fflush(stderr);
    lua_setwarnf(ud, continued ? warning_goes_on : warnings_on, ud);
}

static void warnings_on(void *ud, const char *message, int continued) {
    if (is_control(ud, message, continued))
        return;
    fputs("Lua warning: ", stderr);
    warning_goes_on(ud, message, continued);
}

static int panic(lua_State *L) {
    const char *message =
        lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "error object is not a string";
    fprintf(stderr, "PANIC: unprotected error in call to Lua API (%s)\n", message);
    fflush(stderr);
    return 0; /* back to Lua, which aborts */
}

/* Ours is in the choice of the function, but the program is to find the heap that it knows. */
static void take_place_of_switch(lua_State *L) {
    int *on = lua_newuserdatauv(L, sizeof(int), 0);
    *on = 0;
    luaL_ref(L, LUA_REGISTRYINDEX);
}

lua_State *state_new(struct account *account) {
    lua_State *L = account_new_state(account);
    if (L != NULL) {
        lua_atpanic(L, panic);
        if (release_keeps_switch())
            take_place_of_switch(L);
        lua_setwarnf(L, warnings_off, L);
    }
    return L;
}
