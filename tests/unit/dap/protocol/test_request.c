/* SPDX-License-Identifier: MIT */
#include "request.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct client client;
static cJSON *sent; /* all messages */

static void on_send(void *data, char *bytes, size_t size) {
    const char *body = memchr(bytes, '{', size);
    cJSON_AddItemToArray(sent, cJSON_ParseWithLength(body, size - (size_t)(body - bytes)));
    free(bytes);
}

static void start(void) {
    sent = cJSON_CreateArray();
    client_init(&client, on_send, NULL);
}

static void finish(void) {
    client_finish(&client);
    cJSON_Delete(sent);
}

TestSuite(request, .init = start, .fini = finish);

static void greet(struct request *request) {
    client_event(&client, "greeted", NULL);
    client_respond(&client, &request->ticket, NULL);
}

static void choose(struct request *request) {
    arguments_required_id(&request->arguments, "line");
    if (request->arguments.problem == NULL)
        client_respond(&client, &request->ticket, cJSON_Duplicate(request->arguments.object, true));
}

static const struct request_entry first_table[] = {
    {"initialize", STATE_NEW, greet, {NULL}},
    {"greet", STATE_RUNNING | STATE_STOPPED, greet, {"supportsGreeting", "luaheat/greeting"}},
    {"halt", STATE_RUNNING, greet, {NULL}},
    {"begin", STATE_CONFIGURING, greet, {NULL}},
    {NULL},
};
static const struct request_entry second_table[] = {
    {"choose", STATE_STOPPED, choose, {"supportsChoice"}},
    {NULL},
};
static const struct request_entry *const tables[] = {first_table, second_table, NULL};

static void route(enum session_state state, const char *command, const char *arguments) {
    const struct request about = {.client = &client};
    cJSON *json = arguments == NULL ? NULL : cJSON_Parse(arguments);
    struct message message = {.seq = 9, .command = command, .arguments = json};
    request_route(tables, state, &about, &message);
    cJSON_Delete(json);
}

static const char *text_of(int index, const char *field) {
    const cJSON *message = cJSON_GetArrayItem(sent, index);
    const cJSON *value = cJSON_GetObjectItem(message, field);
    return value == NULL ? "" : value->valuestring;
}

static void expect_refusal(const char *word, const char *text) {
    const cJSON *message = cJSON_GetArrayItem(sent, cJSON_GetArraySize(sent) - 1);
    const cJSON *error = cJSON_GetObjectItem(cJSON_GetObjectItem(message, "body"), "error");
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(message, "success")));
    cr_assert_str_eq(cJSON_GetObjectItem(message, "message")->valuestring, word);
    cr_assert_str_eq(cJSON_GetObjectItem(error, "format")->valuestring, text);
}

Test(request, a_request_finds_its_function_and_events_wait) {
    route(STATE_RUNNING, "greet", NULL);
    cr_assert_eq(cJSON_GetArraySize(sent), 2);
    cr_assert_str_eq(text_of(0, "command"), "greet");
    cr_assert_str_eq(text_of(1, "event"), "greeted");
}

Test(request, unknown_ones_are_refused) {
    route(STATE_RUNNING, "fly", NULL);
    expect_refusal("Luaheat does not know the request 'fly'",
                   "Luaheat does not know the request 'fly'");
    cr_assert_str_eq(text_of(0, "command"), "fly");
}

Test(request, the_state_decides) {
    route(STATE_RUNNING, "choose", "{\"line\":1}");
    expect_refusal("notStopped", "The program is running; pause it first");
    route(STATE_CONFIGURING, "choose", "{\"line\":1}");
    expect_refusal("notStopped", "The program does not run yet");
    route(STATE_ENDED, "choose", "{\"line\":1}");
    expect_refusal("notStopped", "The program has ended");
    route(STATE_NEW, "choose", "{\"line\":1}");
    expect_refusal("The session must start with the request 'initialize'",
                   "The session must start with the request 'initialize'");
    route(STATE_RUNNING, "initialize", NULL);
    expect_refusal("The session is initialized already", "The session is initialized already");
    route(STATE_RUNNING, "begin", NULL);
    expect_refusal("The program is already running", "The program is already running");
    route(STATE_STOPPED, "halt", NULL);
    expect_refusal("The program is already stopped", "The program is already stopped");
    route(STATE_STOPPED, "begin", NULL);
    expect_refusal("The program has already been launched",
                   "The program has already been launched");
}

Test(request, wrong_arguments_are_answered_for_it) {
    route(STATE_STOPPED, "choose", "{\"line\":\"1\"}");
    cr_assert_eq(cJSON_GetArraySize(sent), 1);
    expect_refusal("'line' must be a number, not a string",
                   "'line' must be a number, not a string");
}

Test(request, lines_come_in_and_go_out_as_the_client_counts_them) {
    client.positions = (struct positions){1, 1};
    route(STATE_STOPPED, "choose", "{\"line\":0}");
    const cJSON *body = cJSON_GetObjectItem(cJSON_GetArrayItem(sent, 0), "body");
    cr_assert_eq(cJSON_GetObjectItem(body, "line")->valueint, 0);
}

Test(request, capabilities_are_those_of_the_tables) {
    cJSON *capabilities = request_capabilities(tables);
    char *text = cJSON_PrintUnformatted(capabilities);
    cr_assert_str_eq(text, "{\"supportsGreeting\":true,\"supportsChoice\":true,"
                           "\"luaheat\":{\"greeting\":true}}");
    free(text);
    cJSON_Delete(capabilities);
}
