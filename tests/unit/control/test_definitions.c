/* SPDX-License-Identifier: MIT */
#include "definitions.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void note(void *data, const char *name, size_t size, int line) {
    char *text = data;
    snprintf(text + strlen(text), 200 - strlen(text), "%.*s@%d ", (int)size, name, line);
}

static const char *found_in(const char *code) {
    static char text[200];
    text[0] = '\0';
    definitions_scan(code, strlen(code), note, text);
    return text;
}

Test(definitions, statements) {
    cr_assert_str_eq(found_in("function f() end"), "f@1 ");
    cr_assert_str_eq(found_in("local function f (a)\nend"), "f@1 ");
    cr_assert_str_eq(found_in("\n\tfunction M.sub.f(...) end"), "M.sub.f@2 ");
    cr_assert_str_eq(found_in("function Class:method()"), "Class:method@1 ");
}

Test(definitions, assignments) {
    cr_assert_str_eq(found_in("M.f = function() end"), "M.f@1 ");
    cr_assert_str_eq(found_in("local f=function(a) end"), "f@1 ");
    cr_assert_str_eq(found_in("local f <const> = function(a) end"), "f@1 ");
    cr_assert_str_eq(found_in("  inner = function(a) return function() end end,"), "inner@1 ");
}

Test(definitions, several_lines_and_several_on_one) {
    cr_assert_str_eq(found_in("function a() end function b() end\r\n\nc = function() end"),
                     "a@1 b@1 c@3 ");
}

Test(definitions, what_defines_no_name) {
    cr_assert_str_eq(found_in("pcall(function() end)"), "");
    cr_assert_str_eq(found_in("myfunction(x) functions(y) function_z(z)"), "");
    cr_assert_str_eq(found_in("return function(a) end"), "");
    cr_assert_str_eq(found_in("function"), "");
    cr_assert_str_eq(found_in(""), "");
}
