/* SPDX-License-Identifier: MIT */
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
    cr_assert_eq(running.account.threads.running, 1, "and so is the chain of running threads");
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

static void prints(lua_State *L, const lua_Debug *event, const char *text, const char *expected) {
    struct string_builder printed = {0};
    expressions_print(&running.expressions, L, event, keep(L, event, text), &printed);
    cr_assert_str_eq(string_builder_text(&printed), expected, "%s", text);
    string_builder_finish(&printed);
}

static void look_at_names(lua_State *L, lua_Debug *event) {
    prints(L, event, "a, up, global, none", "1, up, global, nil");
    prints(L, event, "(function() return a + 1, up end)()", "2, up");
    prints(L, event, "select('#', ...), ...", "2, v, nil");
    prints(L, event, "constant + a", "6");
    prints(L, event, "(function() a = 2 up = 'UP' global = 'G' end)()", "nothing");
    prints(L, event, "a, up, global, _ENV.global", "2, UP, G, G");
    prints(L, event, "({_ENV = 1})._ENV, _ENV == _G", "1, true");
}

Test(expressions, names_are_those_of_the_frame) {
    run("local up, constant <const> = 'up', 5\n"
        "global = 'global'\n"
        "local constant2 <const> = 5\n"
        "local function f(...)\n"
        "  local constant <const> = 5 local a = 1\n"
        "  return a, up --> look\n"
        "end\n"
        "f('v', nil)\n",
        look_at_names);
}

static void look_at_errors(lua_State *L, lua_Debug *event) {
    struct string_builder error = {0};
    prints(L, event, "a.x.y", "attempt to index a number value (local 'a')");
    prints(L, event, "up + 1", "attempt to perform arithmetic on a table value (upvalue 'up')");
    prints(L, event, "none()", "attempt to call a nil value (global 'none')");
    prints(L, event, "error('x', 0)", "x");
    prints(L, event, "error({1})", "{1}");
    prints(L, event, "(function() up = 1 end)()", "attempt to assign to const variable 'up'");
    prints(L, event, "coroutine.wrap(function() up = 1 end)()",
           "attempt to assign to const variable 'up'");
    prints(L, event, "(function() own = 1 end)()", "attempt to assign to const variable 'own'");
    prints(L, event, "up[1]", "1");
    cr_assert_eq(
        expressions_keep(&running.expressions, L, event, "(function() k = 1 end)()", &error), 0);
    cr_assert_str_eq(string_builder_text(&error), "attempt to assign to const variable 'k'");
    string_builder_finish(&error);
}

Test(expressions, errors_say_of_names_what_they_are) {
    run("local up <const> = { 1 }\n"
        "local function f(a)\n"
        "  local own <const>, k <const> = { a }, 1\n"
        "  local k <const> = 1\n"
        "  return a, up --> look\n"
        "end\n"
        "f(1)\n",
        look_at_errors);
}

static void look_at_functions(lua_State *L, lua_Debug *event) {
    static int get, made;
    if (running.count == 1) {
        prints(L, event, "(function() made = function() return a end return made() end)()", "1");
        made = keep(L, event, "made()");
        get = keep(L, event, "(function() return a end)()");
    }
    struct string_builder printed = {0};
    expressions_print(&running.expressions, L, event, made, &printed);
    string_builder_print(&printed, " ");
    expressions_print(&running.expressions, L, event, get, &printed);
    cr_assert_str_eq(string_builder_text(&printed), running.count == 1 ? "nil 1" : "nil 2");
    string_builder_finish(&printed);
}

Test(expressions, functions_know_the_frame_while_they_are_evaluated) {
    run("for a = 1, 2 do\n"
        "  local x = a --> look\n"
        "end\n",
        look_at_functions);
}

static void look_for_long(lua_State *L, lua_Debug *event) {
    prints(L, event, "(function() while true do pcall(error) end end)()",
           "stopped: it took longer than 1 s");
    prints(L, event, "coroutine.wrap(function() while true do end end)()",
           "stopped: it took longer than 1 s");
    prints(L, event, "a", "1");
}

Test(expressions, take_a_limited_time) {
    run("local a = 1\n"
        "a = a --> look\n",
        look_for_long);
}
