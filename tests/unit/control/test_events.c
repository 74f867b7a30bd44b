/* SPDX-License-Identifier: MIT */
#include "events.h"
#include "hook.h"
#include "library.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>

static struct debugger debugger;
static int counted;

/* A host's own, as servers have them that share their time out. */
static void count_and_yield(lua_State *L, lua_Debug *event) {
    counted += event->event == LUA_HOOKCOUNT;
    lua_yield(L, 0);
}

static void count_only(lua_State *L, lua_Debug *event) {
    (void)L;
    counted += event->event == LUA_HOOKCOUNT;
}

static lua_State *open_state(void) {
    const struct debugger_listener listener = {.data = NULL};
    cr_assert_eq(debugger_init(&debugger, NULL, &listener), 0);
    lua_State *L = account_new_state(&debugger.account);
    luaL_openlibs(L);
    debugger.hosted = true;
    return L;
}

static void attach(lua_State *L) {
    cr_assert_eq(events_attach(&debugger, L), 0);
}

static void close_state(lua_State *L) {
    lua_close(L);
    debugger_finish(&debugger);
}

static void run(lua_State *L, const char *code) {
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
}

static lua_CFunction function_at(lua_State *L, const char *expression) {
    lua_settop(L, 0);
    cr_assert_eq(luaL_loadstring(L, expression), LUA_OK);
    lua_call(L, 0, 1);
    lua_CFunction function = lua_tocfunction(L, -1);
    lua_settop(L, 0);
    return function;
}

static const char *const fronted[] = {
    "return coroutine.resume", "return coroutine.wrap", "return coroutine.close", "return pcall",
    "return xpcall",           "return debug.sethook",  "return debug.gethook",   "return os.exit",
};
enum { FRONTED = sizeof fronted / sizeof *fronted };

Test(events, stand_in_front_of_luas_own_and_leave_them_behind) {
    lua_State *L = open_state();
    lua_CFunction before[FRONTED];
    for (int i = 0; i < FRONTED; i++)
        before[i] = function_at(L, fronted[i]);
    attach(L);
    for (int i = 0; i < FRONTED; i++)
        cr_assert_neq(function_at(L, fronted[i]), before[i], "%s", fronted[i]);
    events_detach(&debugger, L);
    for (int i = 0; i < FRONTED; i++)
        cr_assert_eq(function_at(L, fronted[i]), before[i], "%s", fronted[i]);
    close_state(L);
}

Test(events, let_what_is_not_luas_own_be) {
    lua_State *L = open_state();
    run(L, "coroutine.resume = function() return 'theirs' end debug = nil os = setmetatable({}, "
           "{__index = error, __newindex = error}) package.loaded.debug = 5 "
           "setmetatable(_G, {__index = error, __newindex = error})");
    attach(L);
    run(L, "assert(coroutine.resume() == 'theirs')");
    run(L, "pcall = print"); /* what came since stays */
    events_detach(&debugger, L);
    run(L, "assert(pcall == print and coroutine.resume() == 'theirs')");
    close_state(L);
}

Test(events, need_no_library) {
    const struct debugger_listener listener = {.data = NULL};
    cr_assert_eq(debugger_init(&debugger, NULL, &listener), 0);
    lua_State *L = account_new_state(&debugger.account);
    attach(L);
    events_detach(&debugger, L);
    close_state(L);
}

Test(events, functions_of_ours_that_were_kept_work_for_ever) {
    lua_State *L = open_state();
    attach(L);
    run(L, "resume, wrap, close, try, xtry, sethook, gethook = coroutine.resume, coroutine.wrap, "
           "coroutine.close, pcall, xpcall, debug.sethook, debug.gethook "
           "made = wrap(function() coroutine.yield(1) error('x', 0) end) assert(made() == 1)");
    events_detach(&debugger, L);
    debugger.account.owner.data = NULL;
    run(L, "assert(select(2, resume(coroutine.create(function() return 7 end))) == 7)"
           "local ok, message = try(made) assert(not ok and message == 'x')"
           "assert(wrap(function() return 8 end)() == 8)"
           "assert(close(coroutine.create(print)))"
           "assert(xtry(error, function() return 9 end) == false)"
           "sethook(print, 'c', 3) local f, mask, count = gethook() sethook()"
           "assert(f == print and mask == 'c' and count == 3 and gethook() == nil)");
    debugger.account.owner.data = &debugger;
    close_state(L);
}

Test(events, functions_of_ours_work_in_states_that_have_no_debugger) {
    lua_State *L = open_state();
    attach(L);
    lua_CFunction try = function_at(L, "return pcall");
    lua_CFunction resume = function_at(L, "return coroutine.resume");
    lua_State *other = luaL_newstate();
    luaL_openlibs(other);
    lua_register(other, "try", try);
    lua_register(other, "resume", resume);
    run(other, "assert(select(2, try(error, 5)) == 5)"
               "assert(select(2, resume(coroutine.create(function() return 6 end))) == 6)");
    lua_close(other);
    close_state(L);
}

Test(events, a_hook_that_the_host_has_goes_on_and_is_given_back) {
    lua_State *L = open_state();
    lua_sethook(L, count_only, LUA_MASKCOUNT, 100);
    attach(L);
    cr_assert_neq(lua_gethook(L), count_only);
    cr_assert(lua_gethookmask(L) & LUA_MASKCOUNT);
    counted = 0;
    run(L, "for i = 1, 10000 do end");
    cr_assert_geq(counted, 90);
    events_detach(&debugger, L);
    cr_assert_eq(lua_gethook(L), count_only);
    cr_assert_eq(lua_gethookmask(L), LUA_MASKCOUNT);
    cr_assert_eq(lua_gethookcount(L), 100);
    close_state(L);
}

/* As a server does that resumes from C: its hook is set anew each time. How often it has yielded.
 */
static int serve_in_turns(lua_State *L) {
    lua_State *co = lua_newthread(L);
    cr_assert_eq(luaL_loadstring(co, "local t = {} for i = 1, 10000 do t[i] = {} end return #t"),
                 LUA_OK);
    int status, results;
    counted = 0;
    do {
        lua_sethook(co, count_and_yield, LUA_MASKCOUNT, 1000);
        status = lua_resume(co, NULL, 0, &results);
    } while (status == LUA_YIELD);
    cr_assert_eq(status, LUA_OK);
    cr_assert_eq(lua_tointeger(co, -1), 10000);
    return counted;
}

Test(events, a_host_may_set_its_hook_anew_and_yield_out_of_it) {
    lua_State *L = open_state();
    int plain = serve_in_turns(L);
    attach(L);
    debugger.attached = true;
    int debugged = serve_in_turns(L);
    cr_assert_gt(plain, 10);
    cr_assert_leq(abs(debugged - plain), 1);
    events_detach(&debugger, L);
    close_state(L);
}

Test(events, a_scripts_own_hook_is_as_it_was) {
    lua_State *L = open_state();
    run(L, "calls = 0 function seen() calls = calls + 1 end debug.sethook(seen, 'c')");
    attach(L);
    run(L, "calls = 0 local f, mask = debug.gethook() assert(f == seen and mask == 'c')"
           "assert(calls > 0)");
    events_detach(&debugger, L);
    run(L, "calls = 0 local f, mask = debug.gethook() assert(f == seen and mask == 'c')"
           "assert(calls > 0) debug.sethook()");
    close_state(L);
}

static int attended;

static void on_attention(void *data) {
    (void)data;
    attended++;
}

/* Nobody tells of a coroutine that C resumes. */
Test(events, all_threads_of_a_host_have_the_hook) {
    lua_State *L = open_state();
    debugger.listener.on_attention = on_attention;
    lua_State *co = lua_newthread(L);
    cr_assert_eq(luaL_loadstring(co, "for i = 1, 1000 do end"), LUA_OK);
    attach(L);
    debugger.attention |= ATTENTION_LINK;
    hook_refresh_running(&debugger);
    int results;
    cr_assert_eq(lua_resume(co, NULL, 0, &results), LUA_OK);
    cr_assert_eq(attended, 1);
    events_detach(&debugger, L);
    cr_assert_null(lua_gethook(co));
    cr_assert_null(lua_gethook(L));
    close_state(L);
}

static int left;

static void on_leave(void *data, lua_State *L) {
    (void)data;
    events_detach(&debugger, L);
    left++;
}

static void leave(void *data) {
    (void)data;
    cr_assert(events_leave(&debugger), "it is at work");
    cr_assert_eq(left, 0);
}

Test(events, a_debugger_leaves_when_it_is_not_at_work) {
    lua_State *L = open_state();
    debugger.listener.on_attention = leave;
    debugger.listener.on_leave = on_leave;
    lua_sethook(L, count_only, LUA_MASKCOUNT, 7);
    attach(L);
    debugger.attention |= ATTENTION_LINK;
    hook_refresh_running(&debugger);
    run(L, "for i = 1, 100 do end");
    cr_assert_eq(left, 1);
    cr_assert_eq(lua_gethook(L), count_only);
    cr_assert(!events_leave(&debugger), "nothing is at work");
    close_state(L);
}

static int lines[8];
static size_t line_count;

static bool note_line(void *data, lua_State *L, const struct debugger_stop *stop) {
    (void)data, (void)L;
    if (line_count < sizeof lines / sizeof *lines)
        lines[line_count++] = stop->line;
    return false;
}

static void ignore_frame(void *data, lua_State *L, lua_Debug *event) {
    (void)data, (void)L, (void)event;
}

/* From now on each line is wanted, and calls are until it is said again. */
static int listen(lua_State *L) {
    (void)L;
    debugger.data.frames = debugger.data.count == 0;
    debugger.data.count = 1;
    hook_refresh_running(&debugger);
    return 0;
}

/* Lua tells its calls of a hook if they need to be told: those that began, and ran, without one
   that looks at each instruction. */
Test(events, calls_that_began_before_are_heard_when_lines_are_wanted) {
    lua_State *L = open_state();
    debugger.listener.on_stop = note_line;
    debugger.listener.on_frame = ignore_frame;
    lua_register(L, "listen", listen);
    lua_gc(L, LUA_GCSTOP);
    cr_assert(lua_checkstack(L, 1000)); /* a stack that grows or shrinks has Lua tell them, too */
    attach(L);
    debugger.attached = true;
    debugger.data.frames = 1;
    hook_refresh_running(&debugger);
    cr_assert_eq(lua_gethookmask(L), LUA_MASKCALL | LUA_MASKRET);
    run(L, "local function inner()\n"
           "  listen()\n"
           "  return 1\n"
           "end\n"
           "local function outer()\n"
           "  local good = pcall(inner)\n"
           "  listen()\n"
           "  return good\n"
           "end\n"
           "local good = pcall(outer)\n"
           "return good\n");
    cr_assert_eq(lua_gethookmask(L), LUA_MASKLINE);
    static const int expected[] = {3, 7, 8, 11};
    cr_assert_eq(line_count, 4);
    cr_assert_arr_eq(lines, expected, sizeof expected);
    events_detach(&debugger, L);
    close_state(L);
}
