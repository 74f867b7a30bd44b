/* SPDX-License-Identifier: MIT */
#include "channel.h"
#include "link.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
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
