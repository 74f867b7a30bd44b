/* SPDX-License-Identifier: MIT */
#include "account.h"
#include "value.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>

/* Criterion runs each test in a process of its own. */
static struct account account;
static lua_State *L;

static void open_state(void) {
    cr_assert_eq(account_init(&account, NULL), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
}

static void close_state(void) {
    lua_close(L);
    account_finish(&account);
}

/* What the expression gives, seen from the thread `running`, reads so. */
static void expect(lua_State *running, const char *expression, const struct value_style *style,
                   const char *expected) {
    struct string_builder text = {0};
    struct coroutines coroutines = {&account.threads, running};
    cr_assert_eq(luaL_loadstring(L, lua_pushfstring(L, "return %s", expression)), LUA_OK);
    lua_call(L, 0, 1);
    value_write(&text, &coroutines, L, -1, style);
    cr_assert_str_eq(string_builder_text(&text), expected, "%s", expression);
    string_builder_finish(&text);
    lua_pop(L, 2);
}

TestSuite(value, .init = open_state, .fini = close_state);

Test(value, reads_without_a_stop) {
    const struct value_style plain = {0}, hex = {.hex = true}, whole = {.whole = true};
    expect(L, "nil", &plain, "nil");
    expect(L, "{1, 2, name = 'x'}", &plain, "{1, 2, name=\"x\"}");
    expect(L, "255", &hex, "0xff");
    expect(L, "0.1", &whole, "0.1");
    expect(L, "print", &plain, "function (C)");
}

Test(value, a_thread_is_running_for_who_stands_on_it) {
    const struct value_style plain = {0};
    lua_State *co = lua_newthread(L); /* by no Lua code: so no line is named */
    lua_getglobal(co, "print");
    lua_setglobal(L, "co");
    expect(L, "(coroutine.running())", &plain, "main, running");
    expect(L, "co", &plain, "coroutine 2, not started");
    expect(co, "co", &plain, "coroutine 2, running");
}
