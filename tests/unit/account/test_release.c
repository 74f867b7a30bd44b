/* SPDX-License-Identifier: MIT */
#include "release.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char ident[] =
    "$LuaVersion: Lua 5.4.2  Copyright (C) 1994-2020 Lua.org, PUC-Rio $$LuaAuthors: R., L. & W. $";

static void expect(const char *words, int number, const char *name, const char *copyright) {
    struct release release;
    cr_assert(release_read(&release, words));
    cr_assert_eq(release.number, number);
    cr_assert_str_eq(release.name, name);
    cr_assert_str_eq(release.copyright, copyright);
}

Test(release, is_read_out_of_the_words_that_liblua_holds) {
    expect(ident, 2, "Lua 5.4.2", "Lua 5.4.2  Copyright (C) 1994-2020 Lua.org, PUC-Rio");
}

Test(release, of_a_patched_liblua_is_that_of_what_was_patched) {
    expect("$LuaVersion: Lua 5.4.10-fast  Copyright (C) us", 10, "Lua 5.4.10",
           "Lua 5.4.10-fast  Copyright (C) us");
}

Test(release, of_another_lua_is_none) {
    struct release release;
    cr_assert_not(release_read(&release, "$LuaVersion: Lua 5.3.6  Copyright (C) $"));
    cr_assert_not(release_read(&release, "$LuaVersion: Lua 5.5.0  Copyright (C) $"));
    cr_assert_not(release_read(&release, "$Lua: Lua 5.4.0 (for 5.1) $"));
    cr_assert_not(release_read(&release, ""));
}

Test(release, with_words_without_end_fits_all_the_same) {
    struct release release;
    char words[4096];
    snprintf(words, sizeof words, "$LuaVersion: Lua 5.4.%04000d", 0);
    cr_assert(release_read(&release, words));
    cr_assert_eq(strlen(release.name), sizeof release.name - 1);
    cr_assert_eq(strlen(release.copyright), sizeof release.copyright - 1);
}

Test(release, of_what_is_loaded_is_what_its_own_words_say) {
    struct release release;
    cr_assert(release_read(&release, lua_ident));
    cr_assert_eq(release_loaded()->number, release.number);
    cr_assert_str_eq(release_loaded()->copyright, release.copyright);
}
