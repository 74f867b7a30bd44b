/* SPDX-License-Identifier: MIT */
#include "breakpoint_options.h"

#include <criterion/criterion.h>

/* At which of the hits 1 to 9 it holds, as digits. */
static const char *hits_of(const char *text) {
    static char holding[10];
    struct hit_count hit_count;
    char *end = holding;
    cr_assert(hit_count_parse(&hit_count, text), "%s", text);
    for (uint64_t hits = 1; hits <= 9; hits++)
        if (hit_count_holds(&hit_count, hits))
            *end++ = (char)('0' + hits);
    *end = '\0';
    return holding;
}

Test(breakpoint_options, relations) {
    cr_assert_str_eq(hits_of("3"), "3");
    cr_assert_str_eq(hits_of("==3"), "3");
    cr_assert_str_eq(hits_of(">3"), "456789");
    cr_assert_str_eq(hits_of(">=3"), "3456789");
    cr_assert_str_eq(hits_of("<3"), "12");
    cr_assert_str_eq(hits_of("<=3"), "123");
    cr_assert_str_eq(hits_of("%3"), "369");
    cr_assert_str_eq(hits_of("%1"), "123456789");
    cr_assert_str_eq(hits_of("0"), "");
    cr_assert_str_eq(hits_of("18446744073709551615"), "");
}

Test(breakpoint_options, blanks_do_not_count) {
    cr_assert_str_eq(hits_of("  >=  3 "), "3456789");
    cr_assert_str_eq(hits_of(""), "123456789");
    cr_assert_str_eq(hits_of("  "), "123456789");
    cr_assert_str_eq(hits_of(NULL), "123456789");
}

Test(breakpoint_options, what_is_not_understood) {
    static const char *const bad[] = {
        "x",   "3x", "> ",  "=3",    "!=3",  "%0",   "-1",
        "1.5", "%%", "3 3", "> > 1", "===3", ">=-1", "18446744073709551616"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct hit_count hit_count;
        cr_assert_not(hit_count_parse(&hit_count, bad[i]), "%s", bad[i]);
    }
}
