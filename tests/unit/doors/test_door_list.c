/* SPDX-License-Identifier: MIT */
#include "door_list.h"

#include "doors.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct door_list list;

static void make(void) {
    snprintf(folder, sizeof folder, "/tmp/luaheat-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    setenv(DOORS_ENV, folder, 1);
}

static void take_away(void) {
    char command[80];
    door_list_finish(&list);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(door_list, .init = make, .fini = take_away);

static void describe(const char *file, int pid, const char *name, const char *socket) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s.json", folder, file);
    FILE *json = fopen(path, "w");
    cr_assert_not_null(json);
    fprintf(json, "{\"pid\":%d,\"name\":\"%s\",\"program\":\"/bin/p\",\"socket\":\"%s\"}", pid,
            name, socket);
    fclose(json);
}

Test(door_list, is_in_the_order_of_processes_and_of_their_doors) {
    int pid = getpid();
    describe("c", pid, "tenth", "/x/1-10.sock");
    describe("b", pid, "second", "/x/1-2.sock");
    describe("a", 1, "first of all", "/x/9.sock");
    cr_assert_eq(door_list_read(&list), 0);
    cr_assert_eq(list.count, 3);
    cr_assert_str_eq(list.items[0].name, "first of all");
    cr_assert_str_eq(list.items[1].name, "second");
    cr_assert_str_eq(list.items[2].name, "tenth");
    cr_assert_str_eq(list.items[0].cwd, "");
}

Test(door_list, finds_one_that_is_like_what_is_wanted) {
    int pid = getpid();
    describe("a", pid, "left", "/x/a.sock");
    describe("b", pid, "right", "/x/b.sock");
    cr_assert_eq(door_list_read(&list), 0);
    cr_assert_eq(door_list_find(&list, &(struct door){0}), &list.items[0]);
    cr_assert_eq(door_list_find(&list, &(struct door){.pid = pid, .name = (char *)"right"}),
                 &list.items[1]);
    cr_assert_eq(door_list_find(&list, &(struct door){.socket = (char *)"/x/b.sock"}),
                 &list.items[1]);
    cr_assert_null(door_list_find(&list, &(struct door){.pid = pid + 1}));
}

Test(door_list, without_a_folder_is_empty) {
    setenv(DOORS_ENV, "/no/such/folder", 1);
    cr_assert_eq(door_list_read(&list), 0);
    cr_assert_eq(list.count, 0);
}

Test(door_list, in_a_folder_of_others_is_not_read) {
    describe("a", getpid(), "left", "/x/a.sock");
    chmod(folder, 0755);
    cr_assert_eq(door_list_read(&list), -EPERM);
    cr_assert_eq(list.count, 0);
}

/* Whoever can put a link there could have anything read. */
Test(door_list, does_not_follow_links) {
    char link[128], target[128];
    describe("a", getpid(), "left", "/x/a.sock");
    snprintf(target, sizeof target, "%s/a.json", folder);
    snprintf(link, sizeof link, "%s/b.json", folder);
    cr_assert_eq(symlink(target, link), 0);
    cr_assert_eq(door_list_read(&list), 0);
    cr_assert_eq(list.count, 1);
}
