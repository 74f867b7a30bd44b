/* SPDX-License-Identifier: MIT */
/* Real programs under a line hook: every line that Lua tells of must be where the flow can be, and
   each line must begin as often as its statement is executed. */
#include "dump.h"
#include "flow.h"
#include "progress.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 64, MOST_FUNCTIONS = 16 };

static struct {
    struct flow flows[MOST_FUNCTIONS];
    int linedefined[MOST_FUNCTIONS];
    int count;
    struct progress_table *table;
    int told[MOST_LINES], begun[MOST_LINES];
    int lost; /* lines at which a frame could not be */
} run;

static bool add_flow(void *data, const struct dump_function *function) {
    (void)data;
    cr_assert_eq(flow_of_function(&run.flows[run.count], function), 0);
    run.linedefined[run.count++] = function->linedefined;
    return true;
}

static const struct flow *flow_of(int linedefined) {
    for (int i = 0; i < run.count; i++)
        if (run.linedefined[i] == linedefined)
            return &run.flows[i];
    return NULL;
}

static void on_event(lua_State *L, lua_Debug *event) {
    lua_getinfo(L, "Sl", event);
    if (strcmp(event->source, "=code") != 0)
        return;
    if (event->event != LUA_HOOKLINE) {
        progress_enter(&run.table, event->i_ci);
        return;
    }
    struct progress *progress = progress_of(&run.table, event->i_ci);
    run.told[event->currentline]++;
    run.begun[event->currentline] +=
        progress_begins(progress, flow_of(event->linedefined), event->currentline);
    run.lost += progress->unsure;
}

/* `code` calls itself what it wants to be called with: functions that do nothing are there. */
static void execute(const char *code) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    memset(&run, 0, sizeof run);
    cr_assert_eq(luaL_dostring(L, "function f(...) return ... end g, h = f, f\n"
                                  "w, y = coroutine.wrap, coroutine.yield\n"
                                  "o = setmetatable({}, { __index = function() return f end })"),
                 LUA_OK);
    cr_assert_eq(luaL_loadbuffer(L, code, strlen(code), "=code"), LUA_OK, "%s", code);
    cr_assert_eq(dump_read(L, add_flow, NULL), 0);
    lua_sethook(L, on_event, LUA_MASKLINE | LUA_MASKCALL, 0);
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK, "%s", lua_tostring(L, -1));
    lua_close(L);
    free(run.table);
    for (int i = 0; i < run.count; i++)
        flow_finish(&run.flows[i]);
    cr_expect_eq(run.lost, 0, "%d lines told of where they cannot be, in:\n%s", run.lost, code);
}

/* In these the statement of several lines begins on line 2 and is executed three times. */
static const char *const loops[] = {
    "for i = 1, 3 do\n%s\nend",
    "for _, i in ipairs { 1, 2, 3 } do\n%s\nend",
    "for i in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do\n%s\nend",
    "local i = 0 while i < 3 do i = i + 1\n%s\nend",
    "local i = 0 while true do i = i + 1\n%s\nif i == 3 then break end end",
    "local i = 1 repeat\n%s\ni = i + 1 until i > 3",
    "local i = 1 ::top:: do\n%s\nend i = i + 1 if i < 4 then goto top end",
    "local function r(i, ...) if i == 0 then return end\n%s\nr(i - 1) end r(3)",
    "for i = 1, 3 do pcall(function(...)\n%s\nend) end",
    "r = w(function() local i = 1 repeat\n%s\ni = y(i) until not i end) r() r(2) r(3)",
};

static const char *const statements[] = {
    "f(\n1)",
    "local _ = ('%d %s'):format(\ni,\n'x')",
    "f(g(\nh(\n1), 2),\n3)",
    "o:m(1)\n:m(\n2)\n:m(3)",
    "local _ = o:m(1):m(\n2):m(\n3)",
    "local t = {\nf(1),\ng(\n2),\nx = h(3),\n[f(\n4)] = 5,\n}",
    "f {\n1, g(2),\nh(\n3) }",
    "local _ = 'a' ..\nf(1) ..\n'b' .. g(\n2)",
    "local _ = f(1) .. 'x'\n.. g(2)\n.. h(3)",
    "local _ = f(1) +\ng(2) *\nh(\n3)",
    "local _ = -\nf(1)",
    "local _ = i > 2 and f(\n1) or g(\n2)",
    "local _ = f(i > 1\nand 1\nor 2)",
    "if i > 1 and\nf(1) then\ng(1)\nend",
    "if i > 1\nand f(1) then\ng(1)\nelseif f(\n2) then\nh(2)\nelse\nh(3)\nend",
    "f(function()\nreturn g(1)\nend, g(2))",
    "a, b = f(\n1),\ng(2)",
    "o[f(\n1)] = g(\n2)",
    "local _ = f(1) ==\nf(2)",
    "local _ = f(\n1) < g(\n2)",
    "local _ = not f(\n1)",
    "local a <const>, b <close> = f(\n1),\nnil",
    "f\n[[x\ny]]",
    "function F(\na, b)\nreturn a\nend",
    "pcall(error,\nf(\n1))",
    "pcall(function(a)\nlocal x = f(a, g(\nerror('x')))\nend,\n1)",
    "local _ = f(coroutine.wrap(function(...) f(\ncoroutine.yield(...)) end)(\ni), 1)",
};

Test(progress, a_statement_of_several_lines_begins_once) {
    char code[1024];
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        for (size_t k = 0; k < sizeof statements / sizeof *statements; k++) {
            snprintf(code, sizeof code, loops[i], statements[k]);
            execute(code);
            int more = strstr(statements[k], "wrap(function(...)") != NULL ? 3 : 0;
            cr_expect_eq(run.begun[2], 3 + more, "%d times instead of 3, told of %d times:\n%s",
                         run.begun[2], run.told[2], code);
        }
    }
}

struct expected {
    const char *code;
    int line, times;
};

Test(progress, a_loop_begins_its_line_each_time) {
    static const struct expected all[] = {
        {"for i = 1, 3 do f(i) end", 1, 3},
        {"for i = 1, 0 do f(i) end", 1, 1},
        {"for k in pairs { 1, 2, 3 } do f(k) end", 1, 3},
        {"for k in pairs {} do f(k) end", 1, 1},
        {"for i = 1, 2 do for j = 1, 2 do f(i) end end", 1, 4},
        {"local i = 0 while i < 3 do i = f(i) + 1 end", 1, 4},
        {"for i = 1, 3 do\nf(i)\nend", 1, 4},
        {"for k in pairs(\n{ 1, 2, 3 }) do\nf(k)\nend", 1, 4},
        {"for k in pairs(\n{ 1, 2, 3 }) do\nf(k)\nend", 2, 1},
        {"for i = f(\n1), f(\n3) do\nf(i)\nend", 1, 4},
        {"local i = 0\nwhile f(i) < 3 and\nf(true) do\ni = i + 1\nend", 2, 4},
        {"local i = 0\nrepeat\ni = i + 1\nuntil i == 3 or\nf(false)", 4, 3},
        {"for i = 1, 3 do f(\ni) end", 1, 3},
        {"for k in pairs { 1, 2, 3 } do f(\nk) end", 1, 3},
        {"for i = 1, 3 do if i == 2 then goto next end f(\ni)\n::next:: end", 1, 3},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        execute(all[i].code);
        cr_expect_eq(run.begun[all[i].line], all[i].times, "line %d %d times instead of %d:\n%s",
                     all[i].line, run.begun[all[i].line], all[i].times, all[i].code);
    }
}

static void load_flow(lua_State *L, const char *code) {
    memset(&run, 0, sizeof run);
    cr_assert_eq(luaL_loadbuffer(L, code, strlen(code), "=code"), LUA_OK);
    cr_assert_eq(dump_read(L, add_flow, NULL), 0);
}

/* As at a stop in the middle of a statement, where it is followed from then on. */
Test(progress, from_a_line_on) {
    static const char code[] = "local x = f(1)\nf(\nx,\n2)\nf(\nx)";
    lua_State *L = luaL_newstate();
    load_flow(L, code);
    struct progress progress = {.frame = L, .line = 3};
    cr_assert(progress_begins(&progress, &run.flows[0], 4));
    cr_assert_not(progress_begins(&progress, &run.flows[0], 2));
    cr_assert(progress_begins(&progress, &run.flows[0], 5));
    cr_assert(progress_begins(&progress, &run.flows[0], 6));
    cr_assert_not(progress_begins(&progress, &run.flows[0], 5));
    lua_close(L);
    flow_finish(&run.flows[0]);
}

/* Lua 5.4.0 does that when a function returns, and leaves lines out. */
Test(progress, told_twice_of_a_line) {
    lua_State *L = luaL_newstate();
    load_flow(L, "local x = f(1)\nx = f(x)\nf(x)");
    struct progress straight = {.frame = L, .place_count = 1};
    cr_assert(progress_begins(&straight, &run.flows[0], 1));
    cr_assert_not(progress_begins(&straight, &run.flows[0], 1));
    cr_assert(progress_begins(&straight, &run.flows[0], 2));
    cr_assert_not(progress_begins(&straight, &run.flows[0], 2));
    cr_assert(progress_begins(&straight, &run.flows[0], 3));
    flow_finish(&run.flows[0]);
    load_flow(L, "for i = 1, 9 do\nf(i)\nend");
    struct progress loop = {.frame = L, .place_count = 1};
    cr_assert(progress_begins(&loop, &run.flows[0], 1));
    cr_assert(progress_begins(&loop, &run.flows[0], 2));
    cr_assert(progress_begins(&loop, &run.flows[0], 2), "the line of `for` may have been left out");
    flow_finish(&run.flows[0]);
    lua_close(L);
}
