/* SPDX-License-Identifier: MIT */
#include "host_environment.h"

#include "link.h"

#include <criterion/criterion.h>
#include <string.h>

static struct host_environment environment;

static const char *value(const char *name) {
    const char *found = NULL;
    for (char **at = environment.list; *at != NULL; at++) {
        if (strncmp(*at, name, strlen(name)) != 0 || (*at)[strlen(name)] != '=')
            continue;
        cr_assert_null(found, "%s twice", name);
        found = *at + strlen(name) + 1;
    }
    return found;
}

static void make(const char *const *base, const char *module) {
    cr_assert_eq(host_environment_init(&environment, (char *const *)base, module), 0);
}

static void finish(void) {
    host_environment_finish(&environment);
}

TestSuite(host_environment, .fini = finish);

Test(host_environment, what_was_there_stays) {
    make((const char *[]){"A=1", "LUA_CPATH_5_3=x", NULL}, "/lib/luaheat.so");
    cr_assert_str_eq(value("A"), "1");
    cr_assert_str_eq(value("LUA_CPATH_5_3"), "x");
}

Test(host_environment, the_module_is_loaded_first_and_the_users_init_kept) {
    make((const char *[]){"LUA_INIT=x()", NULL}, "/a \"b\\c/luaheat.so");
    cr_assert_str_eq(value("LUA_INIT_5_4"),
                     "return assert(package.loadlib(\"/a \\034b\\092c/luaheat.so\", "
                     "\"luaheat_lua_init\"))()");
    cr_assert_str_eq(value(LINK_ENV_LUA_INIT), "-");
    cr_assert_str_eq(value("LUA_INIT"), "x()");
}

Test(host_environment, an_init_of_this_version_comes_back) {
    make((const char *[]){"LUA_INIT_5_4=y()", NULL}, "/lib/luaheat.so");
    cr_assert_str_eq(value(LINK_ENV_LUA_INIT), "=y()");
}

Test(host_environment, the_module_is_found_last) {
    make((const char *[]){NULL}, "/lib/luaheat.so");
    cr_assert_str_eq(value("LUA_CPATH_5_4"), ";;/lib/?.so");
}

Test(host_environment, behind_a_path_of_any_version) {
    make((const char *[]){"LUA_CPATH=/c/?.so", NULL}, "/lib/luaheat.so");
    cr_assert_str_eq(value("LUA_CPATH_5_4"), "/c/?.so;/lib/?.so");
    cr_assert_str_eq(value("LUA_CPATH"), "/c/?.so");
}

Test(host_environment, behind_a_path_of_this_version_before_it) {
    make((const char *[]){"LUA_CPATH=/c/?.so", "LUA_CPATH_5_4=/d/?.so;;", NULL}, "/lib/luaheat.so");
    cr_assert_str_eq(value("LUA_CPATH_5_4"), "/d/?.so;;;/lib/?.so");
}
