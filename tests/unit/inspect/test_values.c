/* SPDX-License-Identifier: MIT */
#include "stopped.h"

#include "text.h"

#include <criterion/criterion.h>
#include <string.h>

static void check(struct stop *stop, const char *name, const char *value, const char *type) {
    const cJSON *variable = named(scope(stop, 0, "Locals"), name);
    cr_assert_not_null(variable, "%s", name);
    cr_assert_str_eq(text(variable, "value"), value);
    cr_assert_str_eq(text(variable, "type"), type);
}

static void look_at_numbers(struct stop *stop) {
    check(stop, "least", "-9223372036854775808", "integer");
    check(stop, "float", "3.0", "float");
    check(stop, "tenth", "0.1", "float");
    check(stop, "large", "1e+100", "float");
    check(stop, "inf", "inf", "float");
    check(stop, "minus_zero", "-0.0", "float");
    check(stop, "truth", "true", "boolean");
    check(stop, "nothing", "nil", "nil");
    cJSON *body = ask(stop, "scopes", "{'frameId': %d}", frame_id(stop, 0));
    int reference =
        number(cJSON_GetArrayItem(cJSON_GetObjectItem(body, "scopes"), 0), "variablesReference");
    body = ask(stop, "variables", "{'variablesReference': %d, 'format': {'hex': true}}", reference);
    const cJSON *least = named(cJSON_GetObjectItem(body, "variables"), "least");
    cr_assert_str_eq(text(least, "value"), "0x8000000000000000");
}

Test(values, numbers_read_as_lua_prints_them) {
    stopped_look("local least, float, tenth, large = math.mininteger, 3.0, 0.1, 1e100\n"
                 "local inf, minus_zero, truth, nothing = 1/0, -0.0, true, nil\n"
                 "return 1 --> stop\n",
                 look_at_numbers);
}

static void look_at_strings(struct stop *stop) {
    check(stop, "plain", "\"it's\"", "string");
    check(stop, "odd", "\"\\\"\\n\\x00\\xFFé\"", "string");
    const char *value = text(named(scope(stop, 0, "Locals"), "long"), "value");
    cr_assert_leq(strlen(value), 1024);
    cr_assert_not_null(strstr(value, "…\" (1000000 bytes)"));
    value = text(named(scope(stop, 0, "Locals"), "binary"), "value");
    cr_assert_leq(strlen(value), 1024);
}

Test(values, strings_are_short_literals) {
    stopped_look("local plain, odd = \"it's\", '\"\\n\\0\\xffé'\n"
                 "local long, binary = ('x'):rep(1000000), ('\\1'):rep(5000)\n"
                 "return 1 --> stop\n",
                 look_at_strings);
}

static void look_at_tables(struct stop *stop) {
    check(stop, "empty", "{}", "table");
    check(stop, "list", "{10, 20, 30}", "table");
    check(stop, "long", "{1, 2, 3, 4, …}", "table");
    check(stop, "record", "{name=\"x\"}", "table");
    check(stop, "nested", "{{…}, [3]=3}", "table");
    check(stop, "odd", "{[\"a b\"]=1}", "table");
    check(stop, "typed", "Point {1}", "table");
    cr_assert_eq(number(named(scope(stop, 0, "Locals"), "empty"), "variablesReference"), 0);
}

Test(values, tables_show_their_first_entries) {
    stopped_look(
        "local empty, list, long = {}, {10, 20, 30}, {1, 2, 3, 4, 5}\n"
        "local record, nested, odd = {name='x'}, {{}, nil, 3}, {['a b']=1}\n"
        "local typed = setmetatable({1}, {__name='Point', __tostring=error, __len=error})\n"
        "return 1 --> stop\n",
        look_at_tables);
}

static void look_at_others(struct stop *stop) {
    check(stop, "lua", "function (program.lua:1)", "function");
    check(stop, "c", "function (C)", "function");
    check(stop, "fresh", "coroutine 2 (program.lua:2), not started", "thread");
    check(stop, "main", "main, running", "thread");
    check(stop, "dead", "coroutine 3 (program.lua:3), dead", "thread");
    const cJSON *file = named(scope(stop, 0, "Locals"), "file");
    cr_assert_eq(strncmp(text(file, "value"), "FILE*: 0x", 9), 0);
    cr_assert_str_eq(names(children(stop, file)), "(tostring) (metatable)");
}

Test(values, functions_threads_and_userdata) {
    stopped_look("local function lua() end\n"
                 "local c, fresh, main = print, coroutine.create(lua), coroutine.running()\n"
                 "local dead = coroutine.create(lua) coroutine.resume(dead)\n"
                 "local file = io.stdout\n"
                 "return 1 --> stop\n",
                 look_at_others);
}

static void check_json(const cJSON *answer) {
    char *printed = cJSON_PrintUnformatted(answer);
    cr_assert(text_valid(printed, strlen(printed)));
    cJSON_free(printed);
}

static void look_at_bytes(struct stop *stop) {
    const cJSON *variables = children(stop, named(scope(stop, 0, "Locals"), "t"));
    check_json(variables);
    cr_assert_eq(cJSON_GetArraySize(variables), 3);
    cr_assert_not_null(named(variables, "[\"\\x00\\xFF\"]"));
    check_json(scope(stop, 0, "Globals"));
    check_json(ask(stop, "stackTrace", "{'threadId': 1}"));
}

Test(values, any_bytes_become_valid_text) {
    stopped_look("local t = {['\\0\\xff']='\\xc3', ['\\xe2\\x82']={['\\x80']='\\xed\\xa0\\x80'}, "
                 "[''] = ''}\n"
                 "_G['\\xfe'] = t\n"
                 "load('local f = ... f() return \"\\xff\"')(function()\n"
                 "  end)\n"
                 "return 1 --> stop\n",
                 look_at_bytes);
}
