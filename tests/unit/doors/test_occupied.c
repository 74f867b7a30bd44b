/* SPDX-License-Identifier: MIT */
#include "local_socket.h"
#include "occupied.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int door;

static void open_door(void) {
    snprintf(address.sun_path, sizeof address.sun_path, "/tmp/luaheat-test-%d.sock", (int)getpid());
    unlink(address.sun_path);
    struct local_socket_file file;
    door = local_socket_listen(address.sun_path, 1, &file);
    cr_assert_geq(door, 0);
}

static void close_door(void) {
    close(door);
    unlink(address.sun_path);
}

TestSuite(occupied, .init = open_door, .fini = close_door);

#ifdef TELLS
Test(occupied, by_who_has_been_let_in_and_while_he_is) {
    cr_assert_eq(occupied_at(address.sun_path), OCCUPIED_NO);
    int outside = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert_eq(connect(outside, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(occupied_at(address.sun_path), OCCUPIED_NO);
    int inside = accept(door, NULL, NULL);
    cr_assert_eq(occupied_at(address.sun_path), OCCUPIED_YES);
    close(inside);
    close(outside);
    cr_assert_eq(occupied_at(address.sun_path), OCCUPIED_NO);
}
#endif

Test(occupied, of_no_door_nothing_is_known) {
    cr_assert_eq(occupied_at("/no/such/door.sock"), OCCUPIED_UNKNOWN);
}
