/* SPDX-License-Identifier: MIT */
#include "inbox.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The adapter's end of the link, and ours. */
static int adapter;
static struct channel channel;
static struct inbox inbox;

static void start(void) {
    int ends[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    adapter = ends[0];
    channel_init(&channel, ends[1]);
    inbox = (struct inbox){0};
}

static void finish(void) {
    if (adapter >= 0)
        close(adapter);
    inbox_finish(&inbox);
    channel_finish(&channel);
}

TestSuite(inbox, .init = start, .fini = finish);

static void send_line(const char *line) {
    cr_assert_eq(write(adapter, line, strlen(line)), (ssize_t)strlen(line));
}

static void send_numbered(int seq, const char *command) {
    char line[100];
    snprintf(line, sizeof line, "{\"seq\":%d,\"command\":\"%s\"}\n", seq, command);
    send_line(line);
}

/* Takes it over. */
static void check(cJSON *request, int seq) {
    cr_assert_not_null(request);
    cr_assert_eq(cJSON_GetObjectItem(request, "seq")->valueint, seq);
    cJSON_Delete(request);
    inbox_done(&inbox);
}

Test(inbox, requests_are_served_in_the_order_they_came) {
    send_numbered(1, "threads");
    send_numbered(2, "scopes");
    check(inbox_take(&inbox, &channel, true), 1);
    check(inbox_take(&inbox, &channel, false), 2);
    cr_assert_null(inbox_take(&inbox, &channel, false));
}

Test(inbox, but_for_one_that_is_awaited) {
    send_numbered(1, "threads");
    send_numbered(2, "scopes");
    send_numbered(3, "figuresRead");
    send_numbered(4, "figuresRead");
    check(inbox_await(&inbox, &channel, "figuresRead"), 3);
    check(inbox_take(&inbox, &channel, false), 1);
    check(inbox_await(&inbox, &channel, "figuresRead"), 4);
    check(inbox_take(&inbox, &channel, false), 2);
}

Test(inbox, what_waits_meanwhile_can_be_cancelled) {
    send_numbered(1, "evaluate");
    send_line("{\"seq\":2,\"command\":\"cancel\",\"arguments\":{\"requestId\":1}}\n");
    send_numbered(3, "figuresRead");
    cJSON *awaited = inbox_await(&inbox, &channel, "figuresRead");
    cr_assert_not(inbox.cancelled);
    check(awaited, 3);
    cJSON *waiting = inbox_take(&inbox, &channel, false);
    cr_assert(inbox.cancelled);
    check(waiting, 1);
}

Test(inbox, nothing_is_awaited_from_whom_is_gone) {
    send_numbered(1, "threads");
    close(adapter);
    adapter = -1;
    cr_assert_null(inbox_await(&inbox, &channel, "figuresRead"));
    cr_assert(channel.closed);
}

Test(inbox, who_says_too_much_is_not_heard_until_some_is_served) {
    static const char request[] = "{\"seq\":1}\n";
    enum { SIZE = sizeof request - 1, MORE = 10 };
    static char all[(INBOX_MOST + MORE) * SIZE + 1];
    for (int i = 0; i < INBOX_MOST + MORE; i++)
        memcpy(all + i * SIZE, request, SIZE);
    send_line(all);
    cr_assert_eq(inbox_fill(&inbox, &channel), INBOX_MOST);
    for (int i = 0; i < INBOX_MOST + MORE; i++)
        check(inbox_take(&inbox, &channel, false), 1);
    cr_assert_eq(inbox_fill(&inbox, &channel), 0);
}
