/* SPDX-License-Identifier: MIT */
/* What is bound says the same as what looks up its names, or nothing. */
#include "at_lines.h"

static enum expressions_outcome test_bound(lua_State *L, lua_Debug *event, int number) {
    lua_getinfo(L, "f", event);
    uint64_t function = (uintptr_t)lua_topointer(L, -1); /* none of these is freed */
    lua_pop(L, 1);
    return expressions_test_bound(&running.expressions, L, event, number, function);
}

static enum expressions_outcome test_unbound(lua_State *L, const lua_Debug *event, int number) {
    struct string_builder error = {0};
    enum expressions_outcome outcome =
        expressions_test(&running.expressions, L, event, number, &error);
    string_builder_finish(&error);
    return outcome;
}

static void says(lua_State *L, lua_Debug *event, const char *text,
                 enum expressions_outcome expected) {
    int number = keep(L, event, text);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(test_bound(L, event, number), expected, "%s", text);
    cr_assert_eq(test_unbound(L, event, number), expected, "%s", text);
}

static void says_nothing(lua_State *L, lua_Debug *event, const char *text) {
    cr_assert_eq(test_bound(L, event, keep(L, event, text)), EXPRESSIONS_ERROR, "%s", text);
}

static void look_at_names(lua_State *L, lua_Debug *event) {
    static const char *const are[] = {
        "a == 1",   "up == 'up'",         "global == \"global\"", "t.a.b == 3", "t[a] == 'one'",
        "not none", "not(none or false)", "constant == 5",        "#s == 2",    "a < 2 and s",
        "v",        "(a + 1) * 2 == 4",   "_G.global == global",  "s == 'ss'",  "-a | 2 == -1",
        "t.a ~= t", "t['a'][ [[b]] ] > a"};
    static const char *const are_not[] = {"a == -1", "none", "up == global",
                                          "t.b",     "t.s",  "constant ~= 5",
                                          "s < 'a'", "nil",  "1 == 2"};
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        says(L, event, are[i], EXPRESSIONS_TRUE);
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        says(L, event, are_not[i], EXPRESSIONS_FALSE);
}

Test(bound, names_are_those_of_the_frame) {
    run("local up, constant <const>, other = 'up', 5, {}\n"
        "global = 'global'\n"
        "local function f(v, ...)\n"
        "  local constant <const> = 5 local a, s = 1, 'ss'\n"
        "  for i = 1, 1 do\n"
        "    local t = { 'one', a = { b = 3 } }\n"
        "    local x = a, up --> look\n"
        "  end\n"
        "end\n"
        "f(true, 1, 2)\n",
        look_at_names);
}

/* What would run code, make values, or not be Lua's own name. */
static void look_at_others(lua_State *L, lua_Debug *event) {
    static const char *const texts[] = {
        "f(a)",        "f 'a'",         "f [[a]]",
        "s:len() > 1", "(f)(a)",        "t.f(a)",
        "{}",          "s .. s == ''",  "t.f{}",
        "...",         "t[1](a)",       "(function() end)()",
        "_ENV",        "__luaheat_env", "a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says_nothing(L, event, texts[i]);
    lua_getglobal(L, "ran");
    cr_assert_eq(lua_tointeger(L, -1), 0);
    lua_pop(L, 1);
}

Test(bound, nothing_is_called) {
    run("ran = 0\n"
        "function f(...) ran = ran + 1 end\n"
        "local function g(...)\n"
        "  local a, s, t = 1, 's', { f, f = f }\n"
        "  return a, s, t --> look\n"
        "end\n"
        "g()\n",
        look_at_others);
}

static void look_at_harmless(lua_State *L, lua_Debug *event) {
    says(L, event, "math.type(a) == 'integer' and type(a) == 'number'", EXPRESSIONS_TRUE);
    says(L, event, "math.max(a, 2) == rawget(t, 'x')", EXPRESSIONS_TRUE);
    says(L, event, "type(t)", EXPRESSIONS_TRUE);
    says(L, event, "rawequal(type(t), 'string') or math.floor(1.5) == 2", EXPRESSIONS_FALSE);
    says(L, event, "string.len('ab') == a + 1 and math . type --[[ of ]] ( a ) == 'integer'",
         EXPRESSIONS_TRUE);
    says(L, event, "math.type(1.5) == 'float' and math.type('1') == nil", EXPRESSIONS_TRUE);
    says(L, event, "type(type) == type(other.type) and type(nil) == 'nil'", EXPRESSIONS_TRUE);
    says_nothing(L, event, "string.len(5) == 1");
    says_nothing(L, event, "math.type() == nil");
    says_nothing(L, event, "type 'x' == 'string'");
    says_nothing(L, event, "__luaheat_call(__luaheat_words, type, 1) == 'number'");
    says_nothing(L, event, "type()");
    says_nothing(L, event, "other.type(a) == 1");
    says_nothing(L, event, "type((f)(a)) == 'nil'");
    says_nothing(L, event, "f(a) == f(a)");
    lua_getglobal(L, "ran");
    cr_assert_eq(lua_tointeger(L, -1), 0);
    lua_pop(L, 1);
}

Test(bound, what_is_harmless_is_called) {
    run("ran = 0\n"
        "local function f() ran = ran + 1 end\n"
        "local other = { type = f }\n"
        "local a, t = 1, { x = 2 }\n"
        "local x = a, t, other, f --> look\n",
        look_at_harmless);
}

static int64_t bytes_in_use(lua_State *L) {
    return (int64_t)lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
}

/* The table grows where Lua does not look whether the collector is to run. */
static void fill(lua_State *L, int table) {
    for (int i = 1; i <= 100000; i++) {
        lua_pushinteger(L, i);
        lua_rawseti(L, table, i);
    }
}

static void look_at_collector(lua_State *L, lua_Debug *event) {
    static const char *const texts[] = {"type(a) == 'string'", "math.type(a) == 'float'",
                                        "math.max(a, 2.5) == rawlen(t)", "tonumber('10') == a"};
    enum { COUNT = sizeof texts / sizeof *texts, ROUNDS = 100 };
    int numbers[COUNT];
    for (int i = 0; i < COUNT; i++)
        numbers[i] = keep(L, event, texts[i]);
    lua_newtable(L);
    cr_assert_eq(test_bound(L, event, numbers[0]), EXPRESSIONS_FALSE, "its calls have records");
    fill(L, lua_gettop(L));
    lua_pop(L, 1);
    int64_t before = bytes_in_use(L);
    for (int i = 0; i < COUNT * ROUNDS; i++)
        cr_assert_eq(test_bound(L, event, numbers[i % COUNT]), EXPRESSIONS_FALSE);
    cr_assert_eq(bytes_in_use(L), before);
}

Test(bound, what_is_called_takes_no_memory_and_runs_no_collector) {
    run("local a, t = 1, { x = 2 }\n"
        "local x = a, t --> look\n",
        look_at_collector);
}

static void look_at_metamethods(lua_State *L, lua_Debug *event) {
    static const char *const texts[] = {"t.x == 1", "t == u",  "t < u", "t <= u",     "t + 1 == 1",
                                        "#t == 1",  "-t == 1", "g",     "t & 1 == 1", "n.x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int number = keep(L, event, texts[i]);
        cr_assert_eq(test_bound(L, event, number), EXPRESSIONS_ERROR, "%s", texts[i]);
        lua_getglobal(L, "ran");
        cr_assert_eq(lua_tointeger(L, -1), (lua_Integer)i, "%s", texts[i]);
        lua_pop(L, 1);
        cr_assert_eq(test_unbound(L, event, number), EXPRESSIONS_TRUE, "%s", texts[i]);
    }
    says(L, event, "rawly.x == 1", EXPRESSIONS_TRUE);
}

Test(bound, metamethods_are_not_called) {
    run("ran = 0\n"
        "local function count() ran = ran + 1 return 1 end\n"
        "local meta = { __index = count, __eq = count, __lt = count, __le = count, __add = count,\n"
        "  __len = count, __unm = count, __band = count }\n"
        "local t, u = setmetatable({}, meta), setmetatable({}, meta)\n"
        "local rawly = setmetatable({}, { __index = { x = 1 } })\n"
        "debug.setmetatable(1, { __index = count })\n"
        "local n = 1\n"
        "setmetatable(_ENV, meta)\n"
        "local x = n --> look\n"
        "setmetatable(_ENV, nil)\n",
        look_at_metamethods);
}

static void look_at_errors(lua_State *L, lua_Debug *event) {
    static int number;
    if (running.count == 1)
        number = keep(L, event, "t.x == 1");
    cr_assert_eq(test_unbound(L, event, number),
                 running.count == 2 ? EXPRESSIONS_ERROR : EXPRESSIONS_FALSE);
    cr_assert_eq(test_bound(L, event, number),
                 running.count == 1 ? EXPRESSIONS_FALSE : EXPRESSIONS_ERROR);
}

Test(bound, an_error_is_the_end_of_it) {
    run("for i = 1, 3 do\n"
        "  local t if i ~= 2 then t = { x = i + 1 } end\n"
        "  local x = t --> look\n"
        "end\n",
        look_at_errors);
}

/* One line, and three functions there, in which the name is bound in three ways. */
static void look_at_places(lua_State *L, lua_Debug *event) {
    static const enum expressions_outcome expected[] = {
        EXPRESSIONS_TRUE, /* in f: it is compiled there */
        EXPRESSIONS_FALSE, EXPRESSIONS_TRUE,  EXPRESSIONS_FALSE,
        EXPRESSIONS_TRUE,  EXPRESSIONS_ERROR, /* in g: a field */
        EXPRESSIONS_TRUE};
    static int number, count;
    lua_getinfo(L, "S", event);
    if (*event->what == 'm')
        return;
    if (count == 0)
        number = keep(L, event, "a == 1");
    cr_assert_eq(test_bound(L, event, number), expected[count++], "%d", count);
}

Test(bound, a_name_is_bound_anew_in_another_function) {
    run("local made = {}\n"
        "local f, g = function(a) return a end, function() return a end for a = 1, 2 do "
        "made[a] = function() return a end end --> look\n"
        "f(1) f(2)\n"
        "made[1]() made[2]() made[1]()\n"
        "g()\n"
        "f(1)\n",
        look_at_places);
}

/* Each loop tells of the line once more, where it begins again. */
static void look_at_loops(lua_State *L, lua_Debug *event) {
    static int number;
    if (running.count == 2)
        number = keep(L, event, "a == n");
    if (running.count >= 2)
        cr_assert_eq(test_bound(L, event, number), EXPRESSIONS_TRUE, "%d", running.count);
}

Test(bound, a_name_is_bound_anew_at_another_instruction) {
    run("n = 1.5\n"
        "do local a = 1 repeat a = a + n / 3 until a > 1.5 end "
        "do local p, a = 0, 1 repeat a = a + n / 3 until a > 1.5 end "
        "do local p, q, a = 0, 0, 1 repeat a = a + n / 3 until a > 1.5 end "
        "do local p, q, r, a = 0, 0, 0, 1 repeat a = a + n / 3 until a > 1.5 end "
        "do local p, q, r, s, a = 0, 0, 0, 0, 1 repeat a = a + n / 3 until a > 1.5 end "
        "--> look\n",
        look_at_loops);
    cr_assert_eq(running.count, 6);
}

static void look_for_memory(lua_State *L, lua_Debug *event) {
    int number = keep(L, event, "i == -1 or t.x == 'no' or global");
    test_bound(L, event, number);
    int before = lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(test_bound(L, event, number), EXPRESSIONS_FALSE);
    cr_assert_eq(lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB), before);
}

Test(bound, no_memory_is_taken) {
    run("local t = { x = 'x' }\n"
        "for i = 1, 2 do\n"
        "  local x = t --> look\n"
        "end\n",
        look_for_memory);
}
