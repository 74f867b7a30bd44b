/* SPDX-License-Identifier: MIT */
#include "address.h"

#include <criterion/criterion.h>
#include <string.h>

static char complaint[COMPLAINT_BYTES];

static void check(const char *written, const char *read, enum address_reach reach) {
    struct address address;
    char text[ADDRESS_TEXT_BYTES];
    cr_assert_eq(address_parse(&address, written, complaint), 0, "%s: %s", written, complaint);
    address_print(&address, text);
    cr_assert_str_eq(text, read);
    cr_assert_eq(address.reach, reach, "%s", written);
}

Test(address, what_reaches_how_far) {
    check("4711", "127.0.0.1:4711", ADDRESS_LOOPBACK);
    check("0", "127.0.0.1:0", ADDRESS_LOOPBACK);
    check("127.0.0.1:1", "127.0.0.1:1", ADDRESS_LOOPBACK);
    check("127.200.3.4:65535", "127.200.3.4:65535", ADDRESS_LOOPBACK);
    check("[::1]:4711", "[::1]:4711", ADDRESS_LOOPBACK);
    check("[::ffff:127.0.0.1]:7", "[::ffff:127.0.0.1]:7", ADDRESS_LOOPBACK);
    check("0.0.0.0:4711", "0.0.0.0:4711", ADDRESS_BEYOND);
    check("[::]:4711", "[::]:4711", ADDRESS_BEYOND);
    check("192.0.2.1:4711", "192.0.2.1:4711", ADDRESS_BEYOND);
    check("[::ffff:192.0.2.1]:7", "[::ffff:192.0.2.1]:7", ADDRESS_BEYOND);
    check("[2001:db8::1]:7", "[2001:db8::1]:7", ADDRESS_BEYOND);
    check("./x", "./x", ADDRESS_UNIX);
    check("/run/x:4711", "/run/x:4711", ADDRESS_UNIX);
}

Test(address, what_is_none) {
    static const char *const texts[] = {"",      "x",     ":1",   "1:",        "1.2.3.4", "-1",
                                        "1:2:3", "[::1]", "[]:1", "::1:65536", "65536",   "+5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct address address;
        cr_assert_lt(address_parse(&address, texts[i], complaint), 0, "%s", texts[i]);
    }
}

Test(address, a_path_has_an_end) {
    struct address address;
    char path[200];
    memset(path, 'x', sizeof path);
    path[0] = '/';
    path[107] = '\0';
    cr_assert_eq(address_parse(&address, path, complaint), 0);
    cr_assert_str_eq(address_path(&address), path);
    path[107] = 'x';
    path[108] = '\0';
    cr_assert_lt(address_parse(&address, path, complaint), 0);
}
