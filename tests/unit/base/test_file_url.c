/* SPDX-License-Identifier: MIT */
#include "file_url.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect(const char *path, int line, const char *wanted) {
    char *url = file_url(path, line);
    cr_assert_str_eq(url, wanted);
    free(url);
}

Test(file_url, names_a_line) {
    expect("/tmp/a-1_b.c~/main.lua", 12, "file:///tmp/a-1_b.c~/main.lua#L12");
}

Test(file_url, names_a_file) {
    expect("/tmp/a.lua", 0, "file:///tmp/a.lua");
}

Test(file_url, keeps_what_addresses_use_for_themselves) {
    expect("/a b/c#d?e%f.lua", 1, "file:///a%20b/c%23d%3Fe%25f.lua#L1");
    expect("/(1)[2]\"'|<>.lua", 1, "file:///%281%29%5B2%5D%22%27%7C%3C%3E.lua#L1");
}

Test(file_url, takes_any_bytes) {
    expect("/\xc3\xa9\xff\n.lua", 1, "file:///%C3%A9%FF%0A.lua#L1");
}
