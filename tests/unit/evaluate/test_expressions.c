/* SPDX-License-Identifier: MIT */
#include "at_lines.h"

#include "release.h"

static void prints(lua_State *L, const lua_Debug *event, const char *text, const char *expected) {
    struct string_builder printed = {0};
    expressions_print(&running.expressions, L, event, keep(L, event, text), &printed);
    cr_assert_str_eq(string_builder_text(&printed), expected, "%s gives %s", text,
                     string_builder_text(&printed));
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

/* Of a call Lua 5.4.3 says so in other words. */
static void call_fails(lua_State *L, const lua_Debug *event, const char *name, const char *what,
                       const char *type) {
    char call[16], expected[80];
    snprintf(call, sizeof call, "%s()", name);
    if (release_number() == 3)
        snprintf(expected, sizeof expected, "%s is not callable (a %s value)", what, type);
    else
        snprintf(expected, sizeof expected, "attempt to call a %s value (%s)", type, what);
    prints(L, event, call, expected);
}

static void look_at_errors(lua_State *L, lua_Debug *event) {
    struct string_builder error = {0};
    prints(L, event, "a.x.y", "attempt to index a number value (local 'a')");
    prints(L, event, "up + 1", "attempt to perform arithmetic on a table value (upvalue 'up')");
    call_fails(L, event, "none", "global 'none'", "nil");
    call_fails(L, event, "a", "local 'a'", "number");
    call_fails(L, event, "up", "upvalue 'up'", "table");
    call_fails(L, event, "_ENV", "global '_ENV'", "table");
    prints(L, event, "error(\"global 'a' is not callable (a nil value)\")",
           "local 'a' is not callable (a nil value)");
    prints(L, event, "error(\"no global 'a'\")", "no global 'a'");
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
