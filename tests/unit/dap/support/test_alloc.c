/* SPDX-License-Identifier: MIT */
#include "alloc.h"

#include <cJSON.h>
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>

/* NULL would be the end of the server. */
Test(alloc, nothing_is_something_to_allocate_too) {
    char *printed = alloc_printed("%s", "");
    cr_assert_str_eq(printed, "");
    free(printed);
    free(alloc_zeroed(0, 1));
    free(alloc_resized(malloc(1), 0));
    alloc_for_json();
    free(cJSON_malloc(0));
}

Test(alloc, what_is_printed_is_whole) {
    char *printed = alloc_printed("%s of %d", "line", 7);
    cr_assert_str_eq(printed, "line of 7");
    free(printed);
}

Test(alloc, the_end_of_memory_is_the_end_of_the_server_and_it_says_so, .init = cr_redirect_stderr,
     .exit_code = 1) {
    alloc_checked(NULL);
}
