/* SPDX-License-Identifier: MIT */
#include "beside.h"

#include <criterion/criterion.h>
#include <unistd.h>

#ifdef KNOWS
Test(beside, is_a_path_in_the_folder_of_this_program) {
    char path[4096];
    cr_assert(beside(path, sizeof path, "test_beside_linux"));
    cr_assert_eq(path[0], '/');
    cr_assert_eq(access(path, X_OK), 0);
}
#else
Test(beside, is_the_name_where_the_folder_is_not_known) {
    char path[4096];
    cr_assert_not(beside(path, sizeof path, "another"));
    cr_assert_str_eq(path, "another");
}
#endif

Test(beside, where_there_is_no_room_for_the_folder_it_is_the_name) {
    char path[12];
    cr_assert_not(beside(path, sizeof path, "another"));
    cr_assert_str_eq(path, "another");
}
