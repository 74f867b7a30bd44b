/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_field(const char *text, const char *expected) {
    char *written;
    size_t size;
    FILE *file = open_memstream(&written, &size);
    csv_field(file, text);
    fclose(file);
    cr_assert_str_eq(written, expected);
    free(written);
}

Test(csv, only_what_would_break_a_field_is_quoted) {
    expect_field("", "");
    expect_field("/a b.lua", "/a b.lua");
    expect_field("a,b", "\"a,b\"");
    expect_field("say \"x\"", "\"say \"\"x\"\"\"");
    expect_field("a\nb", "\"a\nb\"");
    expect_field("a\rb", "\"a\rb\"");
}

Test(csv, a_spreadsheet_takes_nothing_for_a_formula) {
    expect_field("=1+1", "\"'=1+1\"");
    expect_field("@SUM(1,2)", "\"'@SUM(1,2)\"");
    expect_field("+1", "\"'+1\"");
    expect_field("-x", "\"'-x\"");
    expect_field("\t=1", "\"'\t=1\"");
    expect_field("\r=1", "\"'\r=1\"");
    expect_field("=\"x\"", "\"'=\"\"x\"\"\"");
    expect_field("a=1", "a=1");
}
