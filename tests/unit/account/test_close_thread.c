/* SPDX-License-Identifier: MIT */
/* How a coroutine is closed with the liblua that is loaded: one that each test makes believe. */
#include "release.h"

#include <criterion/criterion.h>
#include <string.h>

/* Nobody looks into them. */
static char co, from;
static const char *ident;

static struct {
    const char *function;
    lua_State *closed, *from;
} called;

static lua_State *state(char *which) {
    return (lua_State *)(void *)which;
}

static int note(const char *function, lua_State *closed, lua_State *asking) {
    called.function = function;
    called.closed = closed;
    called.from = asking;
    return LUA_ERRRUN;
}

static int close_thread(lua_State *closed, lua_State *asking) {
    return note("lua_closethread", closed, asking);
}

/* What the linker puts in their places. */
void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);
int __wrap_lua_resetthread(lua_State *closed, lua_State *asking);

void *__wrap_dlsym(void *library, const char *name) {
    int (*function)(lua_State *, lua_State *) = close_thread;
    if (strcmp(name, "lua_ident") == 0)
        return (void *)ident;
    return strcmp(name, "lua_closethread") == 0 ? *(void **)&function : __real_dlsym(library, name);
}

/* Of the second state only Lua 5.4.5 knows. */
int __wrap_lua_resetthread(lua_State *closed, lua_State *asking) {
    return note("lua_resetthread", closed, asking);
}

static void close_with(const char *loaded, const char *function) {
    ident = loaded;
    cr_assert_eq(release_close_thread(state(&co), state(&from)), LUA_ERRRUN);
    cr_assert_str_eq(called.function, function);
    cr_assert_eq(called.closed, state(&co));
}

Test(close_thread, has_another_function_since_5_4_6) {
    close_with("$LuaVersion: Lua 5.4.6  Copyright (C) us $", "lua_closethread");
    cr_assert_eq(called.from, state(&from));
}

Test(close_thread, takes_two_states_in_5_4_5) {
    close_with("$LuaVersion: Lua 5.4.5  Copyright (C) us $", "lua_resetthread");
    cr_assert_eq(called.from, state(&from));
}

Test(close_thread, takes_one_before) {
    close_with("$LuaVersion: Lua 5.4.4  Copyright (C) us $", "lua_resetthread");
}
