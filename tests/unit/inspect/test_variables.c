/* SPDX-License-Identifier: MIT */
#include "stopped.h"

#include "entries.h"
#include "variable.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void look_at_locals(struct stop *stop) {
    cJSON *locals = scope(stop, 0, "Locals");
    cr_assert_str_eq(names(locals), "a x (shadowed) i x ...");
    cr_assert_str_eq(text(named(locals, "x (shadowed)"), "value"), "1");
    cr_assert_str_eq(text(named(locals, "x (shadowed)"), "evaluateName"), "(none)");
    cr_assert_str_eq(text(named(locals, "x"), "value"), "2");
    cr_assert_str_eq(text(named(locals, "x"), "evaluateName"), "x");
    const cJSON *varargs = named(locals, "...");
    cr_assert_str_eq(text(varargs, "value"), "3 values");
    cJSON *values = children(stop, varargs);
    cr_assert_str_eq(names(values), "[1] [2] [3]");
    cr_assert_str_eq(text(named(values, "[1]"), "value"), "\"v\"");
    cr_assert_str_eq(text(named(values, "[2]"), "value"), "nil");
    cr_assert_str_eq(text(named(values, "[3]"), "evaluateName"), "(({...})[3])");
    cr_assert_str_eq(names(children(stop, named(values, "[3]"))), "[1]");
}

Test(variables, locals_shadowed_and_varargs) {
    stopped_look("local function f(a, ...)\n"
                 "  local x = 1\n"
                 "  for i = 1, 1 do local x = 2\n"
                 "    local hidden = x --> stop\n"
                 "  end\n"
                 "end f(0, 'v', nil, {5})\n",
                 look_at_locals);
}

static void look_at_upvalues(struct stop *stop) {
    cJSON *upvalues = scope(stop, 0, "Upvalues");
    cr_assert_str_eq(names(upvalues), "count helper", "_ENV is just the globals");
    cr_assert_str_eq(text(named(upvalues, "count"), "evaluateName"), "(none)", "a local hides it");
    const cJSON *helper = named(upvalues, "helper");
    cr_assert_str_eq(text(helper, "evaluateName"), "helper");
    cJSON *inner = children(stop, helper);
    cr_assert_str_eq(names(inner), "secret");
    cr_assert_str_eq(text(named(inner, "secret"), "value"), "42");
    cr_assert_str_eq(text(named(inner, "secret"), "evaluateName"),
                     "(({debug.getupvalue(helper, 1)})[2])");
    cr_assert_null(scope(stop, 2, "Upvalues"));
}

Test(variables, upvalues) {
    stopped_look("local count, secret = 1, 42\n"
                 "local function helper() return secret end\n"
                 "local function f()\n"
                 "  local sum = count + helper() + (print and 1)\n"
                 "  local count = 5\n"
                 "  return sum --> stop\n"
                 "end\n"
                 "(function(...) f() end)() return secret\n",
                 look_at_upvalues);
}

static void look_at_globals(struct stop *stop) {
    cJSON *body = ask(stop, "scopes", "{'frameId': %d}", frame_id(stop, 0));
    const cJSON *globals = named(cJSON_GetObjectItem(body, "scopes"), "Globals");
    cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(globals, "expensive")));
    cJSON *variables = children(stop, globals);
    cr_assert_str_eq(names(variables), "[7] alpha print zeta (standard library) (metatables)");
    cr_assert_str_eq(text(named(variables, "alpha"), "evaluateName"), "_G.alpha");
    cr_assert_str_eq(text(named(variables, "print"), "value"), "function (program.lua:2)");
    cJSON *library = children(stop, named(variables, "(standard library)"));
    cr_assert_not_null(named(library, "string"));
    cr_assert_not_null(named(library, "_VERSION"));
    cr_assert_null(named(library, "print"), "it is the user's now");
    cr_assert_str_eq(text(named(library, "string"), "evaluateName"), "_G.string");
    cr_assert_not_null(named(children(stop, named(library, "string")), "rep"));
}

Test(variables, globals_with_the_library_folded) {
    stopped_look("zeta, alpha, _G[7] = 1, {}, 7\n"
                 "function print() end\n"
                 "return 1 --> stop\n",
                 look_at_globals);
}

static void look_at_keys(struct stop *stop) {
    cJSON *t = children(stop, named(scope(stop, 0, "Locals"), "t"));
    const char *expected =
        "[1] [2] [-5] [2.5] [10] [\"\"] [\"1\"] [\"a b\"] [\"end\"] name [false] "
        "[true] [table: ";
    cr_assert_eq(strncmp(names(t), expected, strlen(expected)), 0, "%s", names(t));
    cr_assert_str_eq(text(named(t, "[1]"), "value"), "\"one\"");
    cr_assert_str_eq(text(named(t, "[\"1\"]"), "value"), "\"text\"");
    cr_assert_str_eq(text(named(t, "[\"1\"]"), "evaluateName"), "t[\"1\"]");
    cr_assert_str_eq(text(named(t, "[1]"), "evaluateName"), "t[1]");
    cr_assert_str_eq(text(named(t, "name"), "evaluateName"), "t.name");
    cr_assert_str_eq(text(named(t, "[2.5]"), "evaluateName"), "t[2.5]");
    cr_assert_str_eq(text(named(t, "[true]"), "evaluateName"), "t[true]");
    const cJSON *object = cJSON_GetArrayItem(t, 12);
    cr_assert_str_eq(text(object, "evaluateName"), "(none)");
    cr_assert_str_eq(names(children(stop, object)), "inside");
    cr_assert_str_eq(text(cJSON_GetArrayItem(children(stop, object), 0), "value"), "1");
}

Test(variables, keys_of_all_types_are_sorted) {
    stopped_look(
        "local t = {'one', 'two', [10] = 0, [-5] = 0, [2.5] = 0, ['1'] = 'text', name = 0}\n"
        "t[''], t['a b'], t['end'], t[true], t[false], t[{}] = 0, 0, 0, 0, 0, {inside = 1}\n"
        "return 1 --> stop\n",
        look_at_keys);
}

static void look_at_huge_keys(struct stop *stop) {
    cJSON *t = children(stop, named(scope(stop, 0, "Locals"), "t"));
    cr_assert_eq(cJSON_GetArraySize(t), 3);
    for (int i = 0; i < 3; i++) {
        const char value[] = {(char)('1' + i), '\0'};
        cr_assert_str_eq(text(cJSON_GetArrayItem(t, i), "value"), value);
    }
}

/* Megabytes of them are the same: each byte is looked at a few times, and no more. */
Test(variables, keys_that_are_the_same_for_long_are_sorted, .timeout = 60) {
    stopped_look("local half = ('x'):rep(4 << 20)\n"
                 "local t = {[half .. 'c' .. half] = 3, [half .. 'a' .. half] = 1}\n"
                 "t[half .. 'b' .. half] = 2\n"
                 "return 1 --> stop\n",
                 look_at_huge_keys);
}

static void look_into(struct stop *stop) {
    const cJSON *found = named(scope(stop, 0, "Locals"), "t");
    for (int depth = 0; depth < 500; depth++)
        found = named(children(stop, found), "t");
    cr_assert_not_null(found, "a table in itself can be unfolded for ever");
    const cJSON *meta = named(children(stop, found), "(metatable)");
    cr_assert_str_eq(text(cJSON_GetObjectItem(meta, "presentationHint"), "kind"), "virtual");
    cr_assert_str_eq(text(meta, "evaluateName"), "(none)", "its expression is too long");
    const cJSON *first = named(children(stop, named(scope(stop, 0, "Locals"), "t")), "(metatable)");
    cr_assert_str_eq(text(first, "evaluateName"), "debug.getmetatable(t)");
    cr_assert_str_eq(names(children(stop, first)), "__index __len __metatable __pairs __tostring");
}

Test(variables, nothing_of_the_program_runs) {
    stopped_look("local t = {} t.t = t\n"
                 "for i = 1, 1000 do t['long_name_' .. i] = nil end\n"
                 "setmetatable(t, {__index = error, __pairs = error, __len = error,\n"
                 "  __tostring = error, __metatable = 'locked'})\n"
                 "return 1 --> stop\n",
                 look_into);
}

static void look_at_a_long_list(struct stop *stop) {
    const cJSON *list = named(scope(stop, 0, "Locals"), "list");
    int reference = number(list, "variablesReference");
    cr_assert_eq(number(list, "indexedVariables"), 25000);
    cr_assert_gt(number(list, "namedVariables"), 0);
    const cJSON *page = cJSON_GetObjectItem(
        ask(stop, "variables",
            "{'variablesReference': %d, 'filter': 'indexed', 'start': 200, 'count': 3}", reference),
        "variables");
    cr_assert_str_eq(names(page), "[201] [202] [203]");
    cr_assert_str_eq(text(cJSON_GetArrayItem(page, 0), "value"), "402");
    page = cJSON_GetObjectItem(
        ask(stop, "variables",
            "{'variablesReference': %d, 'filter': 'indexed', 'start': 24999, 'count': 100}",
            reference),
        "variables");
    cr_assert_str_eq(names(page), "[25000]");
    page = cJSON_GetObjectItem(
        ask(stop, "variables", "{'variablesReference': %d, 'filter': 'indexed', 'start': 25000}",
            reference),
        "variables");
    cr_assert_eq(cJSON_GetArraySize(page), 0);
    page = cJSON_GetObjectItem(
        ask(stop, "variables", "{'variablesReference': %d, 'filter': 'named'}", reference),
        "variables");
    cr_assert_str_eq(names(page), "n");
    page = children(stop, list);
    cr_assert_str_eq(names(page), "[1..10000] [10001..20000] [20001..25000] n");
    page = children(stop, named(page, "[20001..25000]"));
    cr_assert_eq(cJSON_GetArraySize(page), 50);
    page = children(stop, named(page, "[24901..25000]"));
    cr_assert_eq(cJSON_GetArraySize(page), 100);
    cr_assert_str_eq(text(cJSON_GetArrayItem(page, 99), "evaluateName"), "list[25000]");
}

Test(variables, long_lists_are_paged) {
    stopped_look("local list = {n = 1} for i = 1, 25000 do list[i] = 2 * i end\n"
                 "return 1 --> stop\n",
                 look_at_a_long_list);
}

static void look_at_many_varargs(struct stop *stop) {
    const cJSON *varargs = named(scope(stop, 0, "Locals"), "...");
    cr_assert_str_eq(text(varargs, "value"), "1000 values");
    cJSON *groups = children(stop, varargs);
    cr_assert_eq(cJSON_GetArraySize(groups), 10);
    cJSON *last = children(stop, named(groups, "[901..1000]"));
    cr_assert_str_eq(text(named(last, "[1000]"), "value"), "1000");
}

Test(variables, many_varargs_are_grouped) {
    stopped_look("local list = {} for i = 1, 1000 do list[i] = i end\n"
                 "local function f(...)\n"
                 "  return ... --> stop\n"
                 "end f(table.unpack(list)) return 1\n",
                 look_at_many_varargs);
}

static void look_at_300_entries(struct stop *stop) {
    cJSON *groups = children(stop, named(scope(stop, 0, "Locals"), "t"));
    cr_assert_str_eq(names(groups), "k001 … k100 k101 … k200 k201 … k300");
    char expected[8];
    for (int i = 0; i < 3; i++) {
        cJSON *group = children(stop, cJSON_GetArrayItem(groups, i));
        cr_assert_eq(cJSON_GetArraySize(group), VARIABLE_PAGE);
        for (int j = 0; j < VARIABLE_PAGE; j++) {
            snprintf(expected, sizeof expected, "k%03d", i * VARIABLE_PAGE + j + 1);
            cr_assert_str_eq(text(cJSON_GetArrayItem(group, j), "name"), expected);
            cr_assert_str_eq(text(cJSON_GetArrayItem(group, j), "value") + 1, expected + 1);
        }
    }
}

Test(variables, many_entries_are_sorted_and_grouped) {
    stopped_look(
        "local t = {}\n"
        "for i = 1, 300 do local k = ('k%03d'):format(i) t[k] = tonumber('1' .. k:sub(2)) end\n"
        "return 1 --> stop\n",
        look_at_300_entries);
}

/* Unfolds everything below and counts the leaves. */
static int count_all(struct stop *stop, const cJSON *variables) {
    int count = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, variables) {
        if (strcmp(text(item, "name"), "(tostring)") == 0)
            continue; /* that is no mere looking */
        if (number(item, "variablesReference") > 0)
            count += count_all(stop, children(stop, item));
        else
            count++;
    }
    return count;
}

static void look_at_pieces(struct stop *stop) {
    cJSON *top = children(stop, named(scope(stop, 0, "Locals"), "t"));
    cr_assert_eq(cJSON_GetArraySize(top), ENTRIES_PIECE / VARIABLE_PAGE + 1);
    cr_assert_not_null(named(top, "(more)"));
    cr_assert_eq(count_all(stop, top), 5000);
}

Test(variables, very_many_entries_come_in_pieces) {
    stopped_look("local t = {} for i = 1, 5000 do t['key' .. i] = i end\n"
                 "return 1 --> stop\n",
                 look_at_pieces);
}

/* The CPU time that it takes to go through the first local of the stopped function. */
static double walk_through_table(lua_State *L) {
    lua_Debug record;
    double before = cpu_seconds();
    lua_getstack(L, 0, &record);
    lua_getlocal(L, &record, 1);
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
        ;
    lua_pop(L, 1);
    return cpu_seconds() - before;
}

static void look_at_a_million(struct stop *stop) {
    const cJSON *t = named(scope(stop, 0, "Locals"), "t");
    double before = cpu_seconds();
    cJSON *page = children(stop, t);
    double taken = cpu_seconds() - before, walk = walk_through_table(stop->L);
    cr_log_info("first page of a million entries: %.3f of a walk through all", taken / walk);
    cr_assert_lt(taken / walk, 0.5);
    cr_assert_not_null(named(page, "(more)"));
    page = children(stop, named(page, "(more)"));
    cr_assert_not_null(named(page, "(more)"));
}

Test(variables, a_million_entries) {
    stopped_look("local t = {} for i = 1, 1000000 do t[i + 0.5] = i end\n"
                 "return 1 --> stop\n",
                 look_at_a_million);
}

/* Through `lists` lists of pieces to a piece of 100. */
static cJSON *far_page(struct stop *stop, int lists) {
    cJSON *list = children(stop, named(scope(stop, 0, "Locals"), "t"));
    for (int i = 0; i < lists; i++)
        list = children(stop, named(list, "(more)"));
    return list->child;
}

static void look_far(struct stop *stop) {
    const cJSON *page = far_page(stop, 20), *again;
    double before = cpu_seconds();
    cJSON *entries = children(stop, page);
    double taken = cpu_seconds() - before, walk = walk_through_table(stop->L);
    cr_log_info("a page 40,000 entries on: %.3f of a walk through 200,000", taken / walk);
    cr_assert_lt(taken / walk, 0.2);
    cr_assert_eq(cJSON_GetArraySize(entries), VARIABLE_PAGE);
    cJSON_ArrayForEach(again, entries) {
        const cJSON *inner = named(children(stop, again), "[1]");
        cr_assert_str_eq(text(inner, "value"), text(again, "name") + strlen("key"));
    }
    cr_assert_eq(count_all(stop, children(stop, far_page(stop, 3))), VARIABLE_PAGE, "and back");
}

Test(variables, a_page_far_into_a_table_takes_no_longer) {
    stopped_look("local t = {} for i = 1, 200000 do t['key' .. i] = {i} end\n"
                 "return 1 --> stop\n",
                 look_far);
}

/* With much to be swept: whoever lets the collector run now changes what is in use. */
static void make_collection_due(lua_State *L) {
    lua_newtable(L);
    lua_gc(L, LUA_GCSTOP);
    for (int i = 0; i < 5000; i++) {
        lua_pushfstring(L, "garbage %d", i);
        lua_pop(L, 1);
    }
    lua_gc(L, LUA_GCRESTART);
    lua_pushboolean(L, true);
    lua_rawseti(L, -2, 1 << 20); /* takes memory, and asks for no collection */
    lua_pop(L, 1);
}

static void look_while_a_collection_is_due(struct stop *stop) {
    const cJSON *t = named(scope(stop, 0, "Locals"), "t"), *entry;
    make_collection_due(stop->L);
    size_t before = bytes_in_use(stop->L);
    cJSON *page = children(stop, t);
    cr_assert_eq(bytes_in_use(stop->L), before);
    cr_assert_eq(cJSON_GetArraySize(page), 60);
    cJSON_ArrayForEach(entry, page)
        cr_assert_str_eq(text(entry, "value"), text(entry, "name") + strlen("key"));
}

Test(variables, looking_lets_no_collector_run) {
    stopped_evaluate("local t = {} for i = 1, 60 do t['key' .. i] = i end\n"
                     "return 1 --> stop\n",
                     look_while_a_collection_is_due, NULL);
}

static void look_at_keys_of_all_kinds(struct stop *stop) {
    cJSON *locals = scope(stop, 0, "Locals");
    static const char *const lists[] = {"plain", "long", "zero", "mixed", "guarded"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const cJSON *entries = children(stop, named(locals, lists[i])), *entry;
        int count = 0;
        cJSON_ArrayForEach(entry, entries) {
            if (strcmp(text(entry, "name"), "(metatable)") == 0)
                continue;
            cr_assert_str_eq(text(entry, "value"), i == 4 ? "false" : "7", "%s", lists[i]);
            cr_assert_str_eq(result(stop, 0, text(entry, "evaluateName")), text(entry, "value"));
            count++;
        }
        cr_assert_eq(count, i == 3 ? 5 : 2, "%s", lists[i]);
    }
}

Test(variables, strings_as_keys_of_all_kinds) {
    stopped_evaluate("local plain = {a = 7, ['not a name'] = 7}\n"
                     "local long = {[('x'):rep(40)] = 7, [('x'):rep(41)] = 7}\n"
                     "local zero = {['a\\0b'] = 7, b = 7}\n"
                     "local mixed = {a = 7, [true] = 7, [1.5] = 7, [-3] = 7, ['\\255'] = 7}\n"
                     "local guarded = setmetatable({a = false, b = false}, {__index = error})\n"
                     "return 1 --> stop\n",
                     look_at_keys_of_all_kinds, NULL);
}

static void evaluate_after_looking(struct stop *stop) {
    children(stop, far_page(stop, 1));
    cr_assert_str_eq(
        result(stop, 0, "(function() kept = nil collectgarbage() return next(t) end)()"), "nil");
}

Test(variables, what_was_looked_at_is_not_kept_alive) {
    stopped_evaluate("local kept, t = {}, setmetatable({}, {__mode = 'k'})\n"
                     ";(function() for i = 1, 5000 do kept[i] = {} t[kept[i]] = i end end)()\n"
                     "return 1 --> stop\n",
                     evaluate_after_looking, NULL);
}

static void look_at_a_mixed_one(struct stop *stop) {
    cJSON *page = children(stop, named(scope(stop, 0, "Locals"), "t"));
    const cJSON *others = named(page, "(other keys)");
    cr_assert_str_eq(names(children(stop, others)), "name");
}

Test(variables, other_keys_of_a_long_list_are_looked_for_when_asked) {
    stopped_look("local t = {name = 1} for i = 1, 200000 do t[i] = i end\n"
                 "return 1 --> stop\n",
                 look_at_a_mixed_one);
}

static void look_with_start_and_count(struct stop *stop) {
    int reference = number(named(scope(stop, 0, "Locals"), "t"), "variablesReference");
    cJSON *body =
        ask(stop, "variables", "{'variablesReference': %d, 'start': 1, 'count': 2}", reference);
    cr_assert_str_eq(names(cJSON_GetObjectItem(body, "variables")), "b c");
    body = ask(stop, "variables", "{'variablesReference': %d, 'start': 9}", reference);
    cr_assert_str_eq(names(cJSON_GetObjectItem(body, "variables")), "");
    refusal(stop, "variables", "{'variablesReference': %d, 'start': -1}", reference);
}

Test(variables, paging_without_a_filter) {
    stopped_look("local t = {a = 1, b = 2, c = 3, d = 4}\nreturn 1 --> stop\n",
                 look_with_start_and_count);
}

/* The stack of a new coroutine is small; nothing may make it grow. */
static void look_in_a_coroutine(struct stop *stop) {
    cJSON *locals = scope(stop, 0, "Locals");
    cr_assert_eq(cJSON_GetArraySize(locals), 31);
    for (int i = 0; i < 30; i++)
        cr_assert_eq(cJSON_GetArraySize(children(stop, cJSON_GetArrayItem(locals, i))), 3);
    count_all(stop, children(stop, named(locals, "deep")));
    cJSON *globals = scope(stop, 0, "Globals");
    cr_assert_not_null(named(children(stop, named(globals, "(standard library)")), "io"));
}

Test(variables, looking_costs_a_coroutine_no_stack) {
    char code[8192] = "coroutine.wrap(function()\n";
    char *end = code + strlen(code);
    for (int i = 0; i < 30; i++)
        end += sprintf(end, "local t%d = {1, name = {}, f = print}\n", i);
    strcpy(end, "local deep = setmetatable({{{{{{{{io.stdout}}}}}}}}, {__name = 'Deep'})\n"
                "return 1 --> stop\nend)()\n");
    stopped_look(code, look_in_a_coroutine);
}
