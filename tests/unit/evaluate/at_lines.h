/* SPDX-License-Identifier: MIT */
/*
 * at_lines: expressions that are looked at in the hook of a line.
 */
#ifndef TESTS_EVALUATE_AT_LINES_H
#define TESTS_EVALUATE_AT_LINES_H

#include "expressions.h"

#include "account.h"
#include "string_builder.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

/* Criterion runs each test in a process of its own. */
static struct {
    struct account account;
    struct expressions expressions;
    void (*look)(lua_State *L, lua_Debug *event);
    int line, count;
} running;

static void on_line(lua_State *L, lua_Debug *event) {
    int top = lua_gettop(L);
    if (event->currentline != running.line)
        return;
    running.count++;
    running.look(L, event);
    cr_assert_eq(lua_gettop(L), top, "the stack is as it was");
    cr_assert_eq(running.account.threads.innermost, running.account.threads.first,
                 "and so is the chain of running threads");
}

/* Looks at each line event of the line that ends with "--> look". The chunk's name is its code. */
static void run(const char *code, void (*look)(lua_State *L, lua_Debug *event)) {
    running.look = look;
    running.line = 1;
    for (const char *at = code; at < strstr(code, "--> look"); at++)
        running.line += *at == '\n';
    cr_assert_eq(account_init(&running.account, NULL), 0);
    lua_State *L = account_new_state(&running.account);
    luaL_openlibs(L);
    lua_sethook(L, on_line, LUA_MASKLINE, 0);
    cr_assert_eq(luaL_loadbuffer(L, code, strlen(code), code), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_gt(running.count, 0);
    lua_close(L);
    expressions_finish(&running.expressions);
    account_finish(&running.account);
}

static int keep(lua_State *L, const lua_Debug *event, const char *text) {
    struct string_builder error = {0};
    int number = expressions_keep(&running.expressions, L, event, text, &error);
    cr_assert_gt(number, 0, "%s: %s", text, string_builder_text(&error));
    string_builder_finish(&error);
    return number;
}

#endif
