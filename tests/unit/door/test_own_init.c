/* SPDX-License-Identifier: MIT */
#include "own_init.h"

#include "link.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(own_init, the_users_own_comes_back) {
    setenv(LINK_LUA_INIT, "ours", 1);
    setenv(LINK_ENV_LUA_INIT, "==theirs", 1);
    own_init_restore();
    cr_assert_str_eq(getenv(LINK_LUA_INIT), "=theirs");
    cr_assert_null(getenv(LINK_ENV_LUA_INIT));
}

Test(own_init, an_empty_one_too) {
    setenv(LINK_LUA_INIT, "ours", 1);
    setenv(LINK_ENV_LUA_INIT, "=", 1);
    own_init_restore();
    cr_assert_str_eq(getenv(LINK_LUA_INIT), "");
}

Test(own_init, none_is_none) {
    setenv(LINK_LUA_INIT, "ours", 1);
    setenv(LINK_ENV_LUA_INIT, "-", 1);
    own_init_restore();
    cr_assert_null(getenv(LINK_LUA_INIT));
}

Test(own_init, where_ours_is_not_it_stays) {
    setenv(LINK_LUA_INIT, "theirs", 1);
    unsetenv(LINK_ENV_LUA_INIT);
    own_init_restore();
    own_init_restore();
    cr_assert_str_eq(getenv(LINK_LUA_INIT), "theirs");
}
