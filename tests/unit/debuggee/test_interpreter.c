/* SPDX-License-Identifier: MIT */
#include "interpreter.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(interpreter, may_be_chosen) {
    setenv("LUAHEAT_LUA", "/usr/../bin/sh", 1);
    char *found = interpreter_find(), *real = realpath("/bin/sh", NULL);
    cr_assert_str_eq(found, real);
    free(found);
    free(real);
}

Test(interpreter, one_that_is_chosen_and_cannot_be_executed_is_none) {
    setenv("LUAHEAT_LUA", "/etc/passwd", 1);
    cr_assert_null(interpreter_find());
    setenv("LUAHEAT_LUA", "/usr", 1);
    cr_assert_null(interpreter_find());
    setenv("LUAHEAT_LUA", "", 1);
    cr_assert_null(interpreter_find());
}

Test(interpreter, its_words_are_its_name_and_the_liblua_it_runs_on) {
    const char *words[INTERPRETER_WORDS];
    cr_assert_eq(interpreter_words(&(struct interpreter){.path = "/bin/luaheat-lua"}, words), 1);
    cr_assert_str_eq(words[0], "lua5.4");
    const struct interpreter other = {.path = "/bin/luaheat-lua", .library = "/lib/liblua.so"};
    cr_assert_eq(interpreter_words(&other, words), 3);
    cr_assert_str_eq(words[0], "lua5.4");
    cr_assert_str_eq(words[2], "/lib/liblua.so");
}

Test(interpreter, a_host_has_its_own_name) {
    const char *words[INTERPRETER_WORDS];
    const struct interpreter host = {
        .path = "/usr/bin/lua5.4", .module = "/lib/luaheat.so", .name = "lua"};
    cr_assert_eq(interpreter_words(&host, words), 1);
    cr_assert_str_eq(words[0], "lua");
}

Test(interpreter, luaheat_lua_is_known_by_what_it_is) {
    cr_assert(interpreter_is_ours(LUAHEAT_LUA_PATH));
    cr_assert_not(interpreter_is_ours("/proc/self/exe"), "this program knows of it only");
    cr_assert_not(interpreter_is_ours("/bin/sh"));
    cr_assert_not(interpreter_is_ours("/dev/null"));
    cr_assert_not(interpreter_is_ours("/no/such/program"));
    cr_assert_not(interpreter_is_ours("/"));
}
