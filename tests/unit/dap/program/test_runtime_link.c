/* SPDX-License-Identifier: MIT */
#include "runtime_link.h"

#include "link.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static uv_loop_t loop;
static struct loop_handles handles = {.loop = &loop};
static struct log nothing;
static struct runtime_link adapter;
static int runtime;     /* its end of the link */
static char heard[100]; /* what the adapter was told: "what " each */

static void note(const char *what) {
    strncat(heard, what, sizeof heard - strlen(heard) - 1);
    strcat(heard, " ");
}

static const char *follows; /* what the runtime says while an event is handled; NULL: nothing */

static void on_event(void *data, const char *event, const cJSON *body) {
    const char *line = follows;
    note(event);
    follows = NULL;
    if (line == NULL)
        return;
    cr_assert_eq(send(runtime, line, strlen(line), 0), (ssize_t)strlen(line));
    runtime_link_drain(&adapter);
}

static void on_reply(void *data, struct runtime_reply *reply) {
    note(data);
    note(reply->ended ? "ended" : reply->success ? "well" : "refused");
    if (reply->text == NULL)
        return;
    char text[50];
    snprintf(text, sizeof text, "%.*s", (int)reply->text_size, reply->text);
    note(text);
}

static char a[] = "threads", b[] = "pause", c[] = "loadedSources";

static void ask(char *command, cJSON *arguments) {
    runtime_link_send(&adapter, command, arguments, on_reply, command);
}

static void start(void) {
    int ends[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    runtime = ends[1];
    uv_loop_init(&loop);
    adapter = (struct runtime_link){0};
    cr_assert_eq(runtime_link_init(&adapter, &handles, &nothing, on_event, NULL), 0);
    cr_assert_eq(uv_pipe_open(&adapter.pipe, ends[0]), 0);
    runtime_link_start(&adapter);
}

static void finish(void) {
    runtime_link_close(&adapter);
    close(runtime);
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0);
}

TestSuite(runtime_link, .init = start, .fini = finish);

/* The runtime says it, in pieces that the socket takes. */
static void say(const char *text, size_t size) {
    for (size_t at = 0; at < size && adapter.open;) {
        ssize_t count = send(runtime, text + at, size - at, MSG_DONTWAIT);
        at += count > 0 ? (size_t)count : 0;
        runtime_link_drain(&adapter);
    }
}

static void say_line(const char *line) {
    say(line, strlen(line));
    say("\n", 1);
}

Test(runtime_link, each_answer_goes_to_whoever_waits_for_it) {
    ask(a, NULL);
    ask(b, NULL);
    cr_assert_eq(runtime_link_waiting(&adapter), 1);
    say_line("{\"type\":\"response\",\"request_seq\":2,\"success\":true}");
    say_line("{\"type\":\"response\",\"request_seq\":1,\"success\":false}");
    cr_assert_str_eq(heard, "pause well threads refused ");
    cr_assert_eq(runtime_link_waiting(&adapter), 0);
}

Test(runtime_link, an_answer_is_text_to_whom_wants_it_so) {
    ask(a, NULL);
    runtime_link_send_for_text(&adapter, b, NULL, on_reply, b);
    runtime_link_send_for_text(&adapter, c, NULL, on_reply, c);
    say_line("{\"type\":\"response\",\"request_seq\":1,\"success\":true,\"body\":{\"a\":1}}");
    say_line("{\"type\":\"response\",\"request_seq\":2,\"success\":true,\"body\":{\"b\":2}}");
    say_line("{\"type\":\"response\", \"request_seq\":3,\"success\":true,\"body\":{\"c\":3}}");
    cr_assert_str_eq(heard, "threads well pause well {\"b\":2} loadedSources well ");
    cr_assert_eq(runtime_link_waiting(&adapter), 0);
}

Test(runtime_link, a_refusal_is_one_to_whom_wants_text) {
    runtime_link_send_for_text(&adapter, b, NULL, on_reply, b);
    runtime_link_send_for_text(&adapter, c, NULL, on_reply, c);
    say_line("{\"type\":\"response\",\"request_seq\":1,\"success\":false,\"message\":\"no\"}");
    runtime_link_close(&adapter);
    cr_assert_str_eq(heard, "pause refused loadedSources ended ");
}

Test(runtime_link, an_answer_comes_once) {
    ask(a, NULL);
    say_line("{\"type\":\"response\",\"request_seq\":1,\"success\":true}");
    say_line("{\"type\":\"response\",\"request_seq\":1,\"success\":true}");
    cr_assert_str_eq(heard, "threads well ");
}

Test(runtime_link, its_end_answers_all_that_waits_and_all_that_comes) {
    ask(a, NULL);
    ask(b, NULL);
    runtime_link_close(&adapter);
    ask(c, NULL);
    cr_assert_str_eq(heard, "threads ended pause ended loadedSources ended ");
}

Test(runtime_link, lines_may_come_in_any_pieces) {
    const char *lines =
        "{\"type\":\"event\",\"event\":\"x\"}\n{\"type\":\"event\",\"event\":\"y\"}\n";
    for (size_t i = 0; i < strlen(lines); i++)
        say(lines + i, 1);
    cr_assert_str_eq(heard, "x y ");
}

/* An event of that size. */
static void say_event(size_t size) {
    static const char begin[] = "{\"type\":\"event\",\"event\":\"long\",\"body\":\"", end[] = "\"}";
    char *text = malloc(size);
    memset(text, 'x', size);
    memcpy(text, begin, strlen(begin));
    memcpy(text + size - strlen(end), end, strlen(end));
    say(text, size);
    free(text);
}

Test(runtime_link, the_longest_message_arrives) {
    say_event(LINK_MESSAGE_BYTES);
    cr_assert(adapter.open, "its end is still to come");
    say("\n", 1);
    cr_assert_str_eq(heard, "long ");
}

Test(runtime_link, what_is_drained_while_a_line_is_handled_is_heard_once) {
    follows = "{\"type\":\"event\",\"event\":\"second\"}\n{\"type\":";
    say_line("{\"type\":\"event\",\"event\":\"first\"}");
    say_line("\"event\",\"event\":\"third\"}");
    cr_assert_str_eq(heard, "first second third ");
}

Test(runtime_link, who_sends_a_longer_one_is_given_up) {
    say_event(LINK_MESSAGE_BYTES + 1);
    cr_assert_not(adapter.open);
}

/* A request whose line has that size. */
static void ask_at_length(size_t size) {
    const size_t rest =
        strlen("{\"seq\":1,\"command\":\"evaluate\",\"arguments\":{\"expression\":\"\"}}");
    static char evaluate[] = "evaluate";
    cJSON *arguments = cJSON_CreateObject();
    char *text = malloc(size - rest + 1);
    memset(text, 'x', size - rest);
    text[size - rest] = '\0';
    cJSON_AddStringToObject(arguments, "expression", text);
    ask(evaluate, arguments);
    free(text);
}

Test(runtime_link, the_longest_request_is_sent) {
    ask_at_length(LINK_MESSAGE_BYTES);
    cr_assert_str_eq(heard, "");
}

Test(runtime_link, a_longer_one_is_refused) {
    ask_at_length(LINK_MESSAGE_BYTES + 1);
    cr_assert_str_eq(heard, "evaluate refused ");
}

Test(runtime_link, what_does_not_stand_in_the_contract_is_not_sent) {
    char line[200] = "";
    cJSON *arguments =
        cJSON_Parse("{\"name\":\"x\",\"granularity\":1,\"sourceModified\":true,\"text\":\"mine\"}");
    ask((char[]){"luaheat/snapshot"}, arguments);
    cr_assert_gt(recv(runtime, line, sizeof line - 1, 0), 0);
    cr_assert_str_eq(
        line, "{\"seq\":1,\"command\":\"luaheat/snapshot\",\"arguments\":{\"name\":\"x\"}}\n");
}
