/* SPDX-License-Identifier: MIT */
#include "doors.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect_folder(const char *expected) {
    char path[DOORS_PATH_BYTES];
    cr_assert_eq(doors_folder(path), 0);
    cr_assert_str_eq(path, expected);
}

Test(doors, are_where_the_environment_says_or_in_a_folder_of_the_users) {
    char own[64];
    setenv(DOORS_ENV, "/some/where/", 1);
    setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    expect_folder("/some/where");
    unsetenv(DOORS_ENV);
    expect_folder("/run/user/7/luaheat");
    unsetenv("XDG_RUNTIME_DIR");
    snprintf(own, sizeof own, "/tmp/luaheat-%ld", (long)geteuid());
    expect_folder(own);
}

Test(doors, a_relative_or_empty_path_chooses_nothing) {
    setenv(DOORS_ENV, "", 1);
    setenv("XDG_RUNTIME_DIR", "run", 1);
    char own[64];
    snprintf(own, sizeof own, "/tmp/luaheat-%ld", (long)geteuid());
    expect_folder(own);
}

Test(doors, a_path_that_is_too_long_is_none) {
    char path[DOORS_PATH_BYTES], longest[DOORS_PATH_BYTES + 2] = "/";
    memset(longest + 1, 'n', sizeof longest - 2);
    setenv(DOORS_ENV, longest, 1);
    cr_assert_eq(doors_folder(path), -ENAMETOOLONG);
}

static char folder[64], link_to_it[80];

static void make(void) {
    snprintf(folder, sizeof folder, "/tmp/luaheat-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(link_to_it, sizeof link_to_it, "%s-link", folder);
    cr_assert_eq(symlink(folder, link_to_it), 0);
}

static void take_away(void) {
    unlink(link_to_it);
    rmdir(folder);
}

TestSuite(doors_folder, .init = make, .fini = take_away);

Test(doors_folder, of_our_own_is_trusted) {
    cr_assert_eq(doors_check(folder), 0);
}

Test(doors_folder, that_others_can_look_into_or_change_is_not) {
    chmod(folder, 0750);
    cr_assert_eq(doors_check(folder), -EPERM);
    chmod(folder, 0702);
    cr_assert_eq(doors_check(folder), -EPERM);
}

Test(doors_folder, behind_a_link_is_not) {
    cr_assert_eq(doors_check(link_to_it), -EPERM);
}

Test(doors_folder, of_another_user_is_not) {
    if (geteuid() != 0)
        cr_skip("only root can give a folder away");
    cr_assert_eq(chown(folder, 1000, 1000), 0);
    cr_assert_eq(doors_check(folder), -EPERM);
}

Test(doors_folder, that_is_not_there_is_told) {
    cr_assert_eq(doors_check("/no/such/folder"), -ENOENT);
}
