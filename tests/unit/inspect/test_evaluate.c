/* SPDX-License-Identifier: MIT */
#include "stopped.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>
#include <time.h>

static void check(struct stop *stop, const char *expression, const char *expected) {
    const char *got = result(stop, 0, expression);
    cr_assert_str_eq(got, expected, "%s: %s", expression, got);
}

static void read_names(struct stop *stop) {
    check(stop, "a + 1", "2");
    check(stop, "x .. '!'", "\"inner!\"");
    check(stop, "up * 2", "20");
    check(stop, "global", "\"g\"");
    check(stop, "a, x, nil", "1, \"inner\", nil");
    check(stop, "(function() return a end)()", "1");
    check(stop, "select('#', ...), ...", "2, \"v\", true");
    check(stop, "math.max(a, 3)", "3");
    check(stop, "undefined", "nil");
    check(stop, "local y = a * 10; return y", "10");
    check(stop, "x --[[ a comment ]]", "\"inner\"");
    check(stop, "", "");
    check(stop, "for i = 1, 3 do up = up + 0 end", "");
    cr_assert_str_eq(result(stop, 1, "x, a"), "\"outer\", nil");
}

Test(evaluate, names_mean_what_they_do_in_the_frame) {
    stopped_evaluate("global = 'g'\n"
                     "local up, x = 10, 'outer'\n"
                     "local function f(a, ...)\n"
                     "  local x = 'shadowed'\n"
                     "  local x = 'inner'\n"
                     "  return up --> stop\n"
                     "end f(1, 'v', true) return x\n",
                     read_names, NULL);
}

static void write_names(struct stop *stop) {
    check(stop, "a = 5", "");
    check(stop, "up = up + 1", "");
    check(stop, "new_global = a", "");
    check(stop, "function named() return a end", "");
    check(stop, "t.field = 'f'", "");
    check(stop, "a, up, new_global, named(), t.field", "5, 11, 5, 5, \"f\"");
    cr_assert_str_eq(result(stop, 1, "main_local = 'set'"), "");
}

static void check_written(lua_State *L) {
    lua_getglobal(L, "seen");
    cr_assert_str_eq(lua_tostring(L, -1), "5 11 5 f set");
    lua_getglobal(L, "named");
    cr_assert_eq(lua_pcall(L, 0, 1, 0), LUA_OK);
    cr_assert(lua_isnil(L, -1), "after the stop its names are fields of _ENV");
    lua_pop(L, 1);
    cr_assert_eq(luaL_dostring(L, "a = 'global' return named()"), LUA_OK);
    cr_assert_str_eq(lua_tostring(L, -1), "global");
}

Test(evaluate, assignments_reach_the_frame) {
    stopped_evaluate("local up, main_local = 10\n"
                     "local function f(a)\n"
                     "  local t = {}\n"
                     "  local wait = up --> stop\n"
                     "  return table.concat({a, up, new_global, t.field}, ' ')\n"
                     "end\n"
                     "seen = f(1) .. ' ' .. main_local collectgarbage()\n",
                     write_names, check_written);
}

static void use_environments(struct stop *stop) {
    check(stop, "name", "\"own\"");
    check(stop, "name .. ''", "\"own\"");
    check(stop, "fresh = 1", "");
    check(stop, "env.fresh", "1");
    check(stop, "g.fresh", "nil");
}

Test(evaluate, a_function_may_have_an_env_of_its_own) {
    stopped_evaluate("local g, env = _G, {name = 'own'}\n"
                     "name = 'global'\n"
                     "local function f(_ENV)\n"
                     "  local wait = env, g --> stop\n"
                     "end f(env)\n",
                     use_environments, NULL);
}

static void unfold_results(struct stop *stop) {
    int frame = frame_id(stop, 0);
    cJSON *first = ask(stop, "evaluate", "{'expression': '{1, {2, 3}}', 'frameId': %d}", frame);
    cJSON *second = ask(stop, "evaluate", "{'expression': '{name = t}', 'frameId': %d}", frame);
    ask(stop, "evaluate", "{'expression': 'collectgarbage()', 'frameId': %d}", frame);
    cr_assert_str_eq(text(first, "result"), "{1, {…}}");
    cr_assert_str_eq(text(first, "type"), "table");
    cJSON *inner = children(stop, named(children(stop, first), "[2]"));
    cr_assert_str_eq(text(cJSON_GetArrayItem(inner, 1), "value"), "3");
    cJSON *kept = children(stop, named(children(stop, second), "name"));
    cr_assert_str_eq(names(kept), "x");
    cJSON *several = ask(stop, "evaluate", "{'expression': '{}, {}', 'frameId': %d}", frame);
    cr_assert_str_eq(names(children(stop, several)), "[1] [2]");
    cr_assert_str_eq(text(several, "result"), "{}, {}");
    cJSON *plain = ask(stop, "evaluate", "{'expression': ' t ', 'frameId': %d}", frame);
    cr_assert_str_eq(text(named(children(stop, plain), "x"), "evaluateName"), " t .x");
    cJSON *hex = ask(stop, "evaluate", "{'expression': '200 + 55', 'format': {'hex': true}}");
    cr_assert_str_eq(text(hex, "result"), "0xff");
}

Test(evaluate, results_can_be_unfolded) {
    stopped_evaluate("local t = {x = 1}\nreturn t --> stop\n", unfold_results, NULL);
}

static void lose_places(struct stop *stop) {
    int frame = frame_id(stop, 0);
    cJSON *kept = ask(stop, "evaluate", "{'expression': '{{1}}', 'frameId': %d}", frame);
    const cJSON *locals = scope(stop, 0, "Locals");
    const cJSON *t = named(locals, "t");
    const cJSON *inner = named(children(stop, t), "inner");
    const cJSON *group = cJSON_GetArrayItem(children(stop, named(locals, "many")), 1);
    const cJSON *more = named(children(stop, named(locals, "many")), "(more)");
    cr_assert_str_eq(names(children(stop, inner)), "x");
    ask(stop, "evaluate",
        "{'expression': 't.inner = 7; for k in pairs(many) do many[k] = nil end', "
        "'frameId': %d}",
        frame);
    ask(stop, "evaluate", "{'expression': 'collectgarbage()', 'frameId': %d}", frame);
    cr_assert_str_eq(names(children(stop, inner)), "");
    cr_assert_str_eq(names(children(stop, group)), "");
    cr_assert_str_eq(names(children(stop, more)), "");
    ask(stop, "evaluate", "{'expression': 't = nil', 'frameId': %d}", frame);
    cr_assert_str_eq(names(children(stop, t)), "");
    cr_assert_str_eq(names(children(stop, inner)), "");
    ask(stop, "evaluate", "{'expression': 'collectgarbage()', 'frameId': %d}", frame);
    cr_assert_str_eq(text(cJSON_GetArrayItem(children(stop, kept), 0), "value"), "{1}");
}

Test(evaluate, may_change_what_is_unfolded) {
    stopped_evaluate("local t, many = {inner = {x = 1}}, {}\n"
                     "for i = 1, 3000 do many['k' .. i] = i end\n"
                     "return t --> stop\n",
                     lose_places, NULL);
}

static void lose_frames(struct stop *stop) {
    ask(stop, "threads", "{}");
    cJSON *frames = cJSON_GetObjectItem(ask(stop, "stackTrace", "{'threadId': 2}"), "stackFrames");
    int id = number(cJSON_GetArrayItem(frames, 1), "id");
    cJSON *scopes = ask(stop, "scopes", "{'frameId': %d}", id);
    const cJSON *locals = cJSON_GetArrayItem(cJSON_GetObjectItem(scopes, "scopes"), 0);
    cr_assert_str_eq(names(children(stop, locals)), "a");
    cJSON *body = ask(stop, "evaluate", "{'expression': 'a + 1', 'frameId': %d}", id);
    cr_assert_str_eq(text(body, "result"), "8");
    ask(stop, "evaluate", "{'expression': 'a = 9', 'frameId': %d}", id);
    check(stop, "coroutine.resume(co)", "true, 9");
    cr_assert_str_eq(names(children(stop, locals)), "");
    cr_assert_not_null(strstr(refusal(stop, "scopes", "{'frameId': %d}", id), "has run on"));
    check(stop, "co = nil; return collectgarbage()", "0");
    cr_assert_not_null(strstr(refusal(stop, "scopes", "{'frameId': %d}", id), "has run on"));
    refusal(stop, "stackTrace", "{'threadId': 2}");
}

Test(evaluate, may_resume_a_coroutine_whose_frame_is_shown) {
    stopped_evaluate("local function start()\n"
                     "  local co = coroutine.create(function(a) coroutine.yield() return a end)\n"
                     "  coroutine.resume(co, 7)\n"
                     "  return co\n"
                     "end\n"
                     "local co = start()\n"
                     "local a, b, c, d, e, f = 1, 2, 3, 4, 5, 6\n"
                     "return 1 --> stop\n",
                     lose_frames, NULL);
}

static void fail(struct stop *stop) {
    check(stop, "1 +", "console:1: unexpected symbol near '1'");
    check(stop, "local = 3", "console:1: <name> expected near '='");
    check(stop, "nothing.field", "console:1: attempt to index a nil value (global 'nothing')");
    check(stop, "error('plain', 0)", "plain");
    check(stop, "error({code = 1})", "{code=1}");
    check(stop, "error()", "nil");
    check(stop, "error('\\xff\\0', 0)", "\\xFF\\x00");
    check(stop, "coroutine.yield(1)",
          "it yields: evaluated code is in no coroutine of the program's");
    check(stop, "t.missing", "program.lua:2: strict");
    check(stop, "string.dump(print)", "console:1: unable to dump given function");
    check(stop, "'\\27Lua'", "\"\\x1BLua\"");
    const char *deep = result(stop, 0, "function f() return (('x'):gsub('x', f)) end f()");
    cr_assert_not_null(strstr(deep, "stack overflow"), "%s", deep);
    check(stop, "1 + 1", "2");
}

Test(evaluate, errors_are_told) {
    stopped_evaluate("local t = setmetatable({}, {__index = function()\n"
                     "  error('strict') end})\n"
                     "return t --> stop\n",
                     fail, NULL);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check_ends(struct stop *stop, const char *code) {
    double before = seconds();
    check(stop, code, "stopped: it took longer than 3 s");
    double taken = seconds() - before;
    cr_assert_gt(taken, 2.9, "%s: %f s", code, taken);
}

static void loop(struct stop *stop) {
    static const char *const loops[] = {
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "coroutine.wrap(function() while true do end end)()",
        "coroutine.resume(endless)",
        "while true do local co = coroutine.wrap(function() while true do end end) pcall(co) end",
    };
    static int tried;
    if (tried < 5)
        check_ends(stop, loops[tried++]);
    check(stop, "1 + 1", "2");
}

Test(evaluate, endless_loops_end, .timeout = 60) {
    stopped_evaluate("local endless = coroutine.create(function() while true do end end)\n"
                     "for i = 1, 3 do\n"
                     "  local wait = endless --> stop\n"
                     "end\n",
                     loop, NULL);
}

static lua_Hook hook_of_test;

static void note_hook(lua_State *L, lua_Debug *event) {
    (void)L;
    (void)event;
}

static void make_coroutines(struct stop *stop) {
    hook_of_test = lua_gethook(stop->L);
    struct thread *old = stop->account->threads.first->next;
    lua_sethook(old->L, note_hook, LUA_MASKRET, 0);
    check(stop, "made = coroutine.create(function() end); coroutine.resume(old)", "");
    cr_assert_eq(lua_gethook(old->L), note_hook);
    cr_assert_eq(lua_gethookmask(old->L), LUA_MASKRET);
    const struct threads *threads = &stop->account->threads;
    cr_assert_eq(lua_gethook(threads->last->L), hook_of_test);
    cr_assert_eq(lua_gethookmask(threads->last->L), LUA_MASKLINE);
    cr_assert_not(threads->last->hidden);
    cr_assert_eq(threads->innermost, threads->first);
    cJSON *list = cJSON_GetObjectItem(ask(stop, "threads", "{}"), "threads");
    cr_assert_eq(cJSON_GetArraySize(list), 3, "the debugger's own are hidden: %s", names(list));
}

Test(evaluate, coroutines_keep_the_programs_hooks) {
    stopped_evaluate("local old = coroutine.create(function() coroutine.yield() end)\n"
                     "return old --> stop\n",
                     make_coroutines, NULL);
}

static void hover_chains(struct stop *stop) {
    static const char *const shown[][2] = {
        {"t", "{name=\"x\"}"},
        {"t.name", "\"x\""},
        {"object.list[2]", "20"},
        {"object['list'][1]", "10"},
        {"object.method", "function (program.lua:3)"},
        {"object.missing", "nil"},
        {" object . list [ 0x1 ] ", "10"},
        {"flags[true]", "1"},
        {"up", "5"},
        {"glob", "7"},
        {"undefined", "nil"},
    };
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        cr_assert_str_eq(hovered(stop, shown[i][0]), shown[i][1], "%s", shown[i][0]);
}

#define HOVERED_PROGRAM                                                                            \
    "local up = 5\n"                                                                               \
    "local class = {}\n"                                                                           \
    "function class.method() end\n"                                                                \
    "class.__index = class\n"                                                                      \
    "glob = 7\n"                                                                                   \
    "local t, flags = {name = 'x'}, {[true] = 1}\n"                                                \
    "local object = setmetatable({list = {10, 20}}, class)\n"                                      \
    "local function f() error('it ran') end\n"                                                     \
    "local strict = setmetatable({}, {__index = f, __len = f, __add = f, __eq = f, __lt = f,\n"    \
    "  __concat = f, __call = f, __unm = f, __le = error, __idiv = print})\n"                      \
    "local text, long = 'text', ('x'):rep(400000)\n"                                               \
    "local loaded = setmetatable({}, {__index = load 'error \"it ran\"'})\n"                       \
    "return up --> stop\n"

Test(evaluate, a_chain_is_hovered_without_a_trace) {
    stopped_look(HOVERED_PROGRAM, hover_chains);
}

static void hover(struct stop *stop) {
    static const char *const shown[][2] = {
        {"#object.list", "2"},
        {"#t", "0"},
        {"#text", "4"},
        {"up + 1", "6"},
        {"1+1", "2"},
        {"1", "1"},
        {"object.list[1] * object.list[#object.list] / 2", "100.0"},
        {"7 // 2, 7 % 4, 2 ^ 10, -up, ~0", "3, 3, 1024.0, -5, -1"},
        {"(up > 3 and 'more') or 'less'", "\"more\""},
        {"not t.name", "false"},
        {"t == object", "false"},
        {"up ~= 5", "false"},
        {"text .. '-' .. up .. 1.5", "\"text-51.5\""},
        {"text < 'u'", "true"},
        {"t[up]", "nil"},
        {"t[1.5]", "nil"},
        {"t[object.missing]", "nil"},
        {"object.list[up - 4]", "10"},
        {"('x').len", "function (C)"},
        {"text.len", "function (C)"},
        {"t.name.x", "nil"},
        {"{up, text}", "{5, \"text\"}"},
        {"[[long]]", "\"long\""},
        {"_ENV.glob + up", "12"},
        {"strict == strict", "true"},
        {"#long", "400000"},
        {"#(text .. long)", "400004"},
        {"up --[[ f() ]]", "5"},
        {"up --> stop", "5"},
        {"nil", "nil"},
        {"up == 5 and t", "{name=\"x\"}"},
    };
    static const char *const refused[] = {
        "f()",
        "object:method()",
        "t.name = 1",
        "strict.x",
        "object[",
        "t..name[",

        "t['name",
        "end",
        "t.",
        "#strict",
        "strict + 1",
        "-strict",
        "1 + strict",
        "strict == t and f()",
        "strict == object",
        "strict < strict",
        "strict <= strict",
        "strict .. 'x'",
        "strict // 1",
        "strict()",
        "loaded.x",
        "text:len()",
        "print(up)",
        "(function() end)()",
        "local x = 1",
        "return 1",
        "x = 1",
        "long .. long .. long .. long",
        "(long .. long) .. (long .. long)",
        "f{}",
        "f''",
        "up; f()",
        "...",
        "",
    };
    static const char *const wrong[][2] = {
        {"undefined.x", "console:1: attempt to index a nil value (global 'undefined')"},
        {"t.missing.x", "console:1: attempt to index a nil value (field 'missing')"},
        {"t.missing + 1",
         "console:1: attempt to perform arithmetic on a nil value (field 'missing')"},
        {"#up", "console:1: attempt to get length of a number value (local 'up')"},
        {"1 < 'x'", "console:1: attempt to compare number with string"},
    };
    hover_chains(stop);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        cr_assert_str_eq(hovered(stop, shown[i][0]), shown[i][1], "%s: %s", shown[i][0],
                         hovered(stop, shown[i][0]));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_assert_not_null(strstr(hovered(stop, refused[i]), "not shown on hover"), "%s: %s",
                           refused[i], hovered(stop, refused[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_str_eq(hovered(stop, wrong[i][0]), wrong[i][1], "%s: %s", wrong[i][0],
                         hovered(stop, wrong[i][0]));
}

Test(evaluate, hover_runs_nothing_of_the_program) {
    stopped_evaluate(HOVERED_PROGRAM, hover, NULL);
}

static void unfold_a_chain(struct stop *stop) {
    int frame = frame_id(stop, 0);
    cJSON *body = ask(stop, "evaluate",
                      "{'expression': 'object.list', 'context': 'watch', 'frameId': %d}", frame);
    const cJSON *inner = named(children(stop, body), "[2]");
    cr_assert_str_eq(text(inner, "evaluateName"), "object.list[2]");
    cr_assert_str_eq(names(children(stop, inner)), "deep");
    body = ask(stop, "evaluate", "{'expression': 'f', 'frameId': %d}", frame);
    cr_assert_str_eq(names(children(stop, body)), "object");
}

Test(evaluate, a_chain_of_names_costs_the_heap_nothing) {
    stopped_look("local object = setmetatable({}, {__index = {list = {1, {deep = 2}}}})\n"
                 "local function f() return object end\n"
                 "local function g()\n"
                 "  return f(), object --> stop\n"
                 "end g() return 1\n",
                 unfold_a_chain);
}

static void copy(struct stop *stop) {
    cJSON *body = ask(stop, "evaluate",
                      "{'expression': 'long', 'context': 'clipboard', "
                      "'frameId': %d}",
                      frame_id(stop, 0));
    cr_assert_eq(strlen(text(body, "result")), 100002);
}

Test(evaluate, the_clipboard_gets_whole_strings) {
    stopped_look("local long = ('x'):rep(100000)\nreturn long --> stop\n", copy);
}

static void watch(struct stop *stop) {
    for (int i = 0; i < 20; i++)
        result(stop, 0, "{1, 2, 3}, 'text' .. 1, function() end");
}

/* What the lines of the program are charged with, and its pseudo-lines but the debugger's. */
static uint64_t allocated_by_others(const struct figures *figures) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < figures->site_count; i++)
        for (int kind = 0; kind < FIGURES_KINDS && i != FIGURES_DEBUGGER; kind++)
            sum += figures->sites[i].cells[kind].allocated;
    return sum;
}

static void charge(struct stop *stop) {
    const struct figures *figures = stop->account->ledger.figures;
    if (figures == NULL)
        return;
    uint64_t before = allocated_by_others(figures);
    check(stop, "#{('x'):rep(1000), {1, 2, 3}, function() end, coroutine.wrap(print)}", "4");
    check(stop, "1 +", "console:1: unexpected symbol near '1'");
    cr_assert_eq(allocated_by_others(figures), before);
    cr_assert_not(account_works(stop->account));
}

Test(evaluate, is_charged_to_the_debugger) {
    stopped_evaluate("local t = {}\nreturn t --> stop\n", charge, NULL);
}

static int cycles;

static int note_cycle(lua_State *L) {
    (void)L;
    cycles++;
    return 0;
}

/* Garbage that tells when it is collected. */
static void leave_sentinel(lua_State *L) {
    cycles = 0;
    lua_newuserdatauv(L, 1, 0);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, note_cycle);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void watch_often(struct account *account, lua_State *L) {
    struct stop_history history = {0};
    struct inspect_problem problem = {{0}};
    struct stop stop;
    cJSON *arguments = cJSON_Parse("{\"expression\": \"{1, 2, 3}, #{}\"}");
    stop_begin(&stop, account, L, &history);
    for (int i = 0; i < 200; i++)
        cJSON_Delete(inspect_find("evaluate")->answer(&stop, arguments, &problem));
    stop_end(&stop);
    cJSON_Delete(arguments);
    cr_assert_str_empty(problem.text);
}

/* What the program allocates until the collector has run once. */
static size_t bytes_to_collection(bool watches, int mode) {
    struct account account;
    size_t allocated = 0;
    account_init(&account, NULL);
    lua_State *L = account_new_state(&account);
    if (mode == LUA_GCGEN)
        lua_gc(L, LUA_GCGEN, 0, 0);
    lua_createtable(L, 50000, 0); /* so that the way to the next cycle is long */
    lua_gc(L, LUA_GCCOLLECT);
    leave_sentinel(L);
    if (watches)
        watch_often(&account, L);
    for (; cycles == 0; allocated += 100) {
        lua_newuserdatauv(L, 100, 0);
        lua_pop(L, 1);
    }
    lua_close(L);
    account_finish(&account);
    return allocated;
}

static void check_collector(int mode) {
    size_t without = bytes_to_collection(false, mode);
    size_t with = bytes_to_collection(true, mode);
    size_t difference = with > without ? with - without : without - with;
    cr_assert_leq(difference, 2048, "%zu without, %zu with", without, with);
}

Test(evaluate, the_collector_does_not_notice) {
    stopped_evaluate("return 1 --> stop\n", watch, NULL);
    check_collector(LUA_GCINC);
    check_collector(LUA_GCGEN);
}

static void drive_collector(struct stop *stop) {
    check(stop, "collectgarbage()", "0");
    result(stop, 0, "collectgarbage('step')");
    check(stop, "collectgarbage('stop')", "0");
    check(stop, "#('x'):rep(20000000)", "20000000");
    check(stop, "collectgarbage('restart')", "0");
    check(stop, "#('x'):rep(20000000)", "20000000");
    check(stop, "collectgarbage('isrunning')", "true");
}

Test(evaluate, the_collector_can_be_driven) {
    stopped_evaluate("local t = {} for i = 1, 1000 do t[i] = {} end\nreturn 1 --> stop\n",
                     drive_collector, NULL);
    stopped_evaluate("collectgarbage('stop') local t = {} for i = 1, 1000 do t[i] = {} end\n"
                     "return 1 --> stop\n",
                     watch, NULL);
}

static void evaluate_deep(struct stop *stop) {
    cr_assert_str_eq(result(stop, 0, "n"), "0");
    cr_assert_str_eq(result(stop, 190000, "n"), "190000");
    cr_assert_str_eq(result(stop, 190000, "n + 1"), "190001");
    cr_assert_str_eq(result(stop, 0, "n + 1"), "1");
}

Test(evaluate, in_a_deep_recursion) {
    stopped_evaluate("local function f(n) if n > 0 then f(n - 1) return end\n"
                     "  return n --> stop\n"
                     "end f(190000)\n",
                     evaluate_deep, NULL);
}

static void evaluate_at_the_edge(struct stop *stop) {
    if (stopped_count() > 1)
        return;
    const char *got = result(stop, 0, "1 + 1");
    cr_assert(strcmp(got, "2") == 0 || strstr(got, "stack") != NULL, "%s", got);
    cr_assert_str_eq(names(scope(stop, 0, "Locals")), "...");
}

/* Varargs fill the stack nearly to its limit of 1,000,000 slots. */
Test(evaluate, where_the_stack_is_nearly_full) {
    stopped_evaluate("local function f(...)\n"
                     "  return select('#', ...) --> stop\n"
                     "end\n"
                     "local list = table.move({0}, 1, 1, 499900, {})\n"
                     "for n = 499900, 499990, 10 do pcall(f, table.unpack(list, 1, n)) end\n",
                     evaluate_at_the_edge, NULL);
}

static void evaluate_in_a_coroutine(struct stop *stop) {
    check(stop, "local_in_co + 1", "8");
    check(stop, "coroutine.isyieldable()", "true");
    check(stop, "coroutine.wrap(function() return local_in_co end)()", "7");
}

Test(evaluate, in_a_coroutine) {
    stopped_evaluate("local co = coroutine.wrap(function() local local_in_co = 7\n"
                     "  return local_in_co --> stop\n"
                     "end) co() return 1\n",
                     evaluate_in_a_coroutine, NULL);
}

/* Nobody reports who resumes whom here: the chain of running threads knows the main thread only. */
static void evaluate_globally(struct stop *stop) {
    cJSON *body = ask(stop, "evaluate", "{'expression': 'x'}");
    cr_assert_str_eq(text(body, "result"), "\"global\"");
    body = ask(stop, "evaluate", "{'expression': 'x .. 1'}");
    cr_assert_str_eq(text(body, "result"), "\"global1\"");
}

Test(evaluate, without_a_frame) {
    stopped_evaluate("x = 'global' local x = 1\nreturn x --> stop\n", evaluate_globally, NULL);
}
