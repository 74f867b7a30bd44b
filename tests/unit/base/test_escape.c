/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_csv(const char *text, const char *expected) {
    char *written;
    size_t size;
    FILE *file = open_memstream(&written, &size);
    escape_csv(file, text);
    fclose(file);
    cr_assert_str_eq(written, expected);
    free(written);
}

Test(escape, csv_only_what_would_break_a_field_is_quoted) {
    expect_csv("", "");
    expect_csv("/a b.lua", "/a b.lua");
    expect_csv("a,b", "\"a,b\"");
    expect_csv("say \"x\"", "\"say \"\"x\"\"\"");
    expect_csv("a\nb", "\"a\nb\"");
    expect_csv("a\rb", "\"a\rb\"");
}

Test(escape, csv_a_spreadsheet_takes_nothing_for_a_formula) {
    expect_csv("=1+1", "\"'=1+1\"");
    expect_csv("@SUM(1,2)", "\"'@SUM(1,2)\"");
    expect_csv("+1", "\"'+1\"");
    expect_csv("-x", "\"'-x\"");
    expect_csv("\t=1", "\"'\t=1\"");
    expect_csv("\r=1", "\"'\r=1\"");
    expect_csv("=\"x\"", "\"'=\"\"x\"\"\"");
    expect_csv("a=1", "a=1");
}

static void expect_url(const char *path, int line, const char *wanted) {
    char *url = escape_file_url(path, line);
    cr_assert_str_eq(url, wanted);
    free(url);
}

Test(escape, url_names_a_line) {
    expect_url("/tmp/a-1_b.c~/main.lua", 12, "file:///tmp/a-1_b.c~/main.lua#L12");
}

Test(escape, url_names_a_file) {
    expect_url("/tmp/a.lua", 0, "file:///tmp/a.lua");
}

Test(escape, url_keeps_what_addresses_use_for_themselves) {
    expect_url("/a b/c#d?e%f.lua", 1, "file:///a%20b/c%23d%3Fe%25f.lua#L1");
    expect_url("/(1)[2]\"'|<>.lua", 1, "file:///%281%29%5B2%5D%22%27%7C%3C%3E.lua#L1");
}

Test(escape, url_takes_any_bytes) {
    expect_url("/\xc3\xa9\xff\n.lua", 1, "file:///%C3%A9%FF%0A.lua#L1");
}
