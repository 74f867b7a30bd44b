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
    const struct interpreter other = {"/bin/luaheat-lua", "/lib/liblua.so"};
    cr_assert_eq(interpreter_words(&other, words), 3);
    cr_assert_str_eq(words[0], "lua5.4");
    cr_assert_str_eq(words[2], "/lib/liblua.so");
}
