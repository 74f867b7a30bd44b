/* SPDX-License-Identifier: MIT */
#include "channel.h"
#include "link.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static cJSON *large_body(void) {
    cJSON *body = cJSON_CreateObject();
    char *text = malloc(LINK_MESSAGE_BYTES + 1);
    memset(text, 'x', LINK_MESSAGE_BYTES);
    text[LINK_MESSAGE_BYTES] = '\0';
    cJSON_AddStringToObject(body, "text", text);
    free(text);
    return body;
}

/* What arrives of a message with that body; the caller's to delete. */
static cJSON *sent(cJSON *message) {
    int ends[2];
    char line[4096];
    struct channel channel;
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    channel_init(&channel, ends[1]);
    cJSON_AddItemToObject(message, "body", large_body());
    channel_send(&channel, message);
    ssize_t size = read(ends[0], line, sizeof line);
    cr_assert_gt(size, 1);
    cr_assert_eq(line[size - 1], '\n');
    channel_finish(&channel);
    close(ends[0]);
    return cJSON_ParseWithLength(line, (size_t)size);
}

Test(channel, an_answer_longer_than_a_line_may_be_says_what_to_do) {
    cJSON *message = cJSON_Parse("{\"type\":\"response\",\"request_seq\":7,\"success\":true}");
    cJSON *answer = sent(message);
    cr_assert_eq(cJSON_GetObjectItem(answer, "request_seq")->valueint, 7);
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(answer, "success")));
    cr_assert_not_null(
        strstr(cJSON_GetObjectItem(answer, "message")->valuestring, "ask for a part"));
    cJSON_Delete(answer);
}

Test(channel, an_event_longer_than_a_line_may_be_comes_without_its_body) {
    cJSON *event = sent(cJSON_Parse("{\"type\":\"event\",\"event\":\"stopped\"}"));
    cr_assert_str_eq(cJSON_GetObjectItem(event, "event")->valuestring, "stopped");
    cr_assert_null(cJSON_GetObjectItem(event, "body"));
    cJSON_Delete(event);
}

/* The program closes our descriptor, and the number becomes something else. */

static int ends[2];
static struct channel channel;

static void start(void) {
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    channel_init(&channel, ends[1]);
}

static void finish(void) {
    channel_finish(&channel);
}

TestSuite(lost_channel, .init = start, .fini = finish);

static cJSON *some_message(void) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "type", "event");
    return message;
}

Test(lost_channel, nothing_is_written_into_another_file) {
    FILE *file = tmpfile();
    struct stat status;
    cr_assert_eq(dup2(fileno(file), ends[1]), ends[1]);
    channel_send(&channel, some_message());
    cr_assert(channel.lost);
    cr_assert(channel.closed);
    cr_assert_eq(fstat(fileno(file), &status), 0);
    cr_assert_eq(status.st_size, 0);
    channel_finish(&channel);
    cr_assert_eq(fstat(ends[1], &status), 0, "it is not ours to close");
}

Test(lost_channel, nothing_is_read_from_another_socket) {
    int others[2];
    char byte = '\0';
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, others), 0);
    cr_assert_eq(write(others[0], "{}\n", 3), 3);
    cr_assert_eq(dup2(others[1], ends[1]), ends[1]);
    cr_assert_null(channel_receive(&channel, false));
    cr_assert(channel.lost);
    cr_assert_eq(read(ends[1], &byte, 1), 1);
    cr_assert_eq(byte, '{');
}

Test(lost_channel, the_other_sides_end_is_no_loss) {
    close(ends[0]);
    cr_assert_null(channel_receive(&channel, true));
    cr_assert(channel.closed);
    cr_assert_not(channel.lost);
}

/* ---- the other side keeps the program waiting ---- */

static void on_alarm(int number) {
}

/* As some programs have: a signal every few milliseconds, which cuts calls short. */
static void start_with_alarms(void) {
    const struct sigaction action = {.sa_handler = on_alarm};
    const struct itimerval often = {{.tv_usec = 5000}, {.tv_usec = 5000}};
    start();
    channel.patience_ms = 100;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
}

TestSuite(patient_channel, .init = start_with_alarms, .fini = finish, .timeout = 60);

static cJSON *message_of_a_megabyte(void) {
    enum { SIZE = 1 << 20 };
    cJSON *message = some_message();
    char *text = malloc(SIZE + 1);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    cJSON_AddStringToObject(message, "text", text);
    free(text);
    return message;
}

Test(patient_channel, who_does_not_read_is_as_good_as_gone) {
    channel_send(&channel, message_of_a_megabyte());
    cr_assert(channel.closed);
}

Test(patient_channel, who_reads_gets_all_of_it) {
    static char part[1 << 16];
    pid_t writer = fork();
    if (writer == 0) {
        channel_send(&channel, message_of_a_megabyte());
        _exit(channel.closed);
    }
    ssize_t got, all = 0;
    while (all < 1 << 20 && ((got = read(ends[0], part, sizeof part)) > 0 || errno == EINTR))
        all += got > 0 ? got : 0;
    int status = -1;
    while (waitpid(writer, &status, 0) < 0 && errno == EINTR)
        ;
    cr_assert_eq(status, 0);
}

Test(patient_channel, who_says_nothing_that_is_expected_is_as_good_as_gone) {
    cr_assert_eq(write(ends[0], "{}\n", 3), 3);
    channel_expect(&channel);
    cr_assert_not(channel.closed);
    cJSON_Delete(channel_receive(&channel, true));
    channel_expect(&channel);
    cr_assert(channel.closed);
}

Test(lost_channel, who_has_all_the_time_is_not_expected_to_say_anything) {
    channel_expect(&channel);
    cr_assert_not(channel.closed);
}
