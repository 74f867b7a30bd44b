/* SPDX-License-Identifier: MIT */
#include "doorway.h"

#include "local_socket.h"
#include "visitors.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char root[] = "/tmp/doorway-XXXXXX", folder[64], problem[DOORWAY_PROBLEM_BYTES];
static const struct doorway_words words = {"worker", "Lua 5.4.0"};

static void begin(void) {
    cr_assert_not_null(mkdtemp(root));
    snprintf(folder, sizeof folder, "%s/doors", root);
    setenv(DOORS_ENV, folder, true);
}

/* Whatever is left there would make this fail. */
static void end(void) {
    rmdir(folder);
    cr_assert_eq(rmdir(root), 0, "something is left");
}

TestSuite(doorway, .init = begin, .fini = end, .timeout = 60);
TestSuite(visitors, .init = begin, .fini = end, .timeout = 60);

static void in_folder(char path[DOORS_PATH_BYTES], const char *ending) {
    snprintf(path, DOORS_PATH_BYTES, "%s/%d%s", folder, (int)getpid(), ending);
}

static bool is_there(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

static mode_t mode_of(const char *path) {
    struct stat status;
    cr_assert_eq(lstat(path, &status), 0);
    return status.st_mode & 0777;
}

static bool is_told_suspended(const struct doorway *doorway) {
    char text[4096] = "";
    FILE *file = fopen(doorway->plate, "r");
    cr_assert_gt(fread(text, 1, sizeof text - 1, file), 0);
    fclose(file);
    cJSON *plate = cJSON_Parse(text);
    cr_assert_str_eq(cJSON_GetObjectItem(plate, "name")->valuestring, "worker");
    bool told = cJSON_IsTrue(cJSON_GetObjectItem(plate, DOORS_SUSPENDED));
    cJSON_Delete(plate);
    return told;
}

Test(doorway, says_as_long_as_the_program_waits_that_it_does) {
    struct doorway doorway;
    cr_assert(doorway_open(&doorway, NULL, &words, problem), "%s", problem);
    cr_assert_not(is_told_suspended(&doorway));
    for (int i = 0; i < 2; i++) {
        doorway_suspends(&doorway, true);
        cr_assert(is_told_suspended(&doorway));
        doorway_suspends(&doorway, false);
        cr_assert_not(is_told_suspended(&doorway));
    }
    doorway_close(&doorway);
    doorway_suspends(&doorway, true);
    cr_assert_not(is_there(doorway.plate));
}

Test(doorway, is_this_users_alone_and_says_whose_it_is) {
    struct doorway doorway;
    char expected[DOORS_PATH_BYTES], text[4096] = "";
    cr_assert(doorway_open(&doorway, NULL, &words, problem), "%s", problem);
    in_folder(expected, ".sock");
    cr_assert_str_eq(doorway.path, expected);
    cr_assert_eq(mode_of(folder), 0700);
    cr_assert_eq(mode_of(doorway.path), 0600);
    FILE *file = fopen(doorway.plate, "r");
    cr_assert_gt(fread(text, 1, sizeof text - 1, file), 0);
    fclose(file);
    cJSON *plate = cJSON_Parse(text);
    cr_assert_eq(cJSON_GetObjectItem(plate, "pid")->valueint, getpid());
    cr_assert_str_eq(cJSON_GetObjectItem(plate, "name")->valuestring, "worker");
    cr_assert_str_eq(cJSON_GetObjectItem(plate, "socket")->valuestring, doorway.path);
    cr_assert_str_eq(cJSON_GetObjectItem(plate, "lua")->valuestring, "Lua 5.4.0");
    cJSON_Delete(plate);
    doorway_close(&doorway);
    doorway_close(&doorway);
}

Test(doorway, of_one_process_there_may_be_several) {
    struct doorway first, second;
    char expected[DOORS_PATH_BYTES];
    cr_assert(doorway_open(&first, NULL, &words, problem));
    cr_assert(doorway_open(&second, NULL, &words, problem));
    in_folder(expected, "-2.sock");
    cr_assert_str_eq(second.path, expected);
    cr_assert_str_neq(first.plate, second.plate);
    doorway_close(&first);
    cr_assert(is_there(second.path));
    cr_assert(is_there(second.plate));
    doorway_close(&second);
}

Test(doorway, of_a_process_that_was_killed_is_taken) {
    static struct doorway killed, doorway;
    char path[DOORS_PATH_BYTES];
    cr_assert(doorway_open(&killed, NULL, &words, problem));
    in_folder(path, ".sock");
    close(killed.socket);
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    cr_assert_str_eq(doorway.path, path);
    doorway_close(&doorway);
}

Test(doorway, may_be_elsewhere_but_not_where_something_else_is) {
    struct doorway doorway, other;
    char path[DOORS_PATH_BYTES];
    snprintf(path, sizeof path, "%s/mine", root);
    cr_assert(doorway_open(&doorway, path, &words, problem), "%s", problem);
    cr_assert_str_eq(doorway.path, path);
    cr_assert(is_there(doorway.plate), "it is listed in the folder");
    cr_assert_not(doorway_open(&other, path, &words, problem));
    cr_assert_not_null(strstr(problem, strerror(EADDRINUSE)), "%s", problem);
    doorway_close(&doorway);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    cr_assert_not(doorway_open(&other, path, &words, problem));
    cr_assert(is_there(path), "a file is nobody's to remove");
    unlink(path);
}

Test(doorway, needs_a_folder_of_this_users_alone) {
    struct doorway doorway;
    cr_assert_eq(mkdir(folder, 0700), 0);
    cr_assert_eq(chmod(folder, 0755), 0);
    cr_assert_not(doorway_open(&doorway, NULL, &words, problem));
    cr_assert_not_null(strstr(problem, "0700"), "%s", problem);
    cr_assert_eq(rmdir(folder), 0);
    cr_assert_eq(symlink("/tmp", folder), 0);
    cr_assert_not(doorway_open(&doorway, NULL, &words, problem));
    cr_assert_not_null(strstr(problem, "0700"), "%s", problem);
    unlink(folder);
}

Test(doorway, has_a_path_that_a_socket_can_have) {
    struct doorway doorway;
    char path[200] = "/tmp/";
    memset(path + 5, 'x', 150);
    cr_assert_not(doorway_open(&doorway, path, &words, problem));
    cr_assert_not_null(strstr(problem, "107 bytes"), "%s", problem);
}

/* Both ways out of a process but that of a signal. */
Test(doorway, goes_with_its_process_but_not_with_a_child) {
    struct doorway doorway;
    int status, child = fork();
    if (child == 0)
        exit(doorway_open(&doorway, NULL, &words, problem) ? 0 : 1);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    cr_assert_eq(rmdir(folder), 0, "nothing is left");
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    child = fork();
    if (child == 0) {
        doorway_forked(&doorway);
        exit(0);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(is_there(doorway.path));
    cr_assert(is_there(doorway.plate));
    int fd = local_socket_connect(doorway.path);
    cr_assert_geq(fd, 0);
    close(fd);
    doorway_close(&doorway);
}

/* ---- visitors ---- */

static int watched;

static void watch(void *data, int fd, bool on) {
    (void)data, (void)fd;
    watched += on ? 1 : -1;
}

static struct visitors visitors = {.watch = watch};
static struct doorway doorway;
static struct handed handed;

static int visit(const char *words_of) {
    int fd = local_socket_connect(doorway.path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(send(fd, words_of, strlen(words_of), 0), (ssize_t)strlen(words_of));
    return fd;
}

/* Everything that comes until the end; it stays until this is called again. */
static const char *heard(int fd) {
    static char text[4096];
    size_t size = 0;
    ssize_t got;
    while ((got = read(fd, text + size, sizeof text - 1 - size)) > 0)
        size += (size_t)got;
    text[size] = '\0';
    close(fd);
    return text;
}

#define HELLO "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION "\",\"descriptors\":[]}\n"

Test(visitors, who_is_silent_or_slow_stands_in_nobodys_way) {
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    int silent = visit(""), slow = visit("{\"type\":");
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_eq(watched, 2);
    int quick = visit(HELLO);
    cr_assert(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_geq(handed.link, 0);
    cr_assert_eq(watched, 2);
    visitors_dismiss(&visitors, "no more");
    cr_assert_eq(watched, 0);
    cr_assert_not_null(strstr(heard(silent), "\"problem\":\"no more\""));
    cr_assert_not_null(strstr(heard(slow), "\"problem\":\"no more\""));
    handed_finish(&handed);
    cr_assert_str_eq(heard(quick), "");
    doorway_close(&doorway);
}

Test(visitors, who_says_something_else_or_goes_is_forgotten) {
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    int browser = visit("GET / HTTP/1.1\r\nOrigin: https://example.org\r\n");
    int other = visit("{\"type\":\"greeting\",\"version\":\"0\",\"descriptors\":[]}\n");
    close(visit(""));
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_eq(watched, 0);
    cr_assert_str_eq(heard(browser), "");
    cr_assert_not_null(strstr(heard(other), "both must be of the same"));
    doorway_close(&doorway);
}

Test(visitors, of_too_many_the_oldest_goes) {
    int all[VISITORS_MOST + 2];
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    for (int i = 0; i < VISITORS_MOST + 2; i++)
        all[i] = visit("");
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_eq(watched, VISITORS_MOST);
    cr_assert_str_eq(heard(all[0]), "");
    cr_assert_str_eq(heard(all[1]), "");
    send(all[2], HELLO, sizeof HELLO - 1, 0);
    cr_assert(visitors_look(&visitors, doorway.socket, &handed));
    handed_finish(&handed);
    visitors_dismiss(&visitors, NULL);
    doorway_close(&doorway);
}

Test(visitors, who_takes_too_long_is_dropped_at_the_next_look) {
    cr_assert(doorway_open(&doorway, NULL, &words, problem));
    int silent = visit("");
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_eq(watched, 1);
    visitors.list[0].deadline -= LINK_GREETING_MS;
    cr_assert_not(visitors_look(&visitors, doorway.socket, &handed));
    cr_assert_eq(watched, 0);
    cr_assert_str_eq(heard(silent), "");
    doorway_close(&doorway);
}
