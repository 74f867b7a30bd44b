/* SPDX-License-Identifier: MIT */
#include "alloc.h"
#include "client.h"
#include "framing.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was sent: "seq:what " each. */
struct wire {
    char text[1024];
    cJSON *last;
};

static void on_send(void *data, char *bytes, size_t size) {
    struct wire *wire = data;
    size_t length = 0;
    int header = 0;
    cr_assert_eq(sscanf(bytes, "Content-Length: %zu\r\n\r\n%n", &length, &header), 1);
    cr_assert_eq((size_t)header + length, size);
    cJSON_Delete(wire->last);
    wire->last = cJSON_ParseWithLength(bytes + header, length);
    const cJSON *what = cJSON_GetObjectItem(wire->last, "event");
    if (what == NULL)
        what = cJSON_GetObjectItem(wire->last, "command");
    size_t used = strlen(wire->text);
    snprintf(wire->text + used, sizeof wire->text - used, "%d:%s ",
             cJSON_GetObjectItem(wire->last, "seq")->valueint, what->valuestring);
    free(bytes);
}

static const struct client_ticket ticket = {41, "next"};

static void finish(struct client *client, struct wire *wire) {
    client_finish(client);
    cJSON_Delete(wire->last);
}

Test(client, messages_are_numbered_from_1) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_event(&client, "a", NULL);
    client_respond(&client, &ticket, NULL);
    client_event(&client, "b", NULL);
    cr_assert_str_eq(wire.text, "1:a 2:next 3:b ");
    finish(&client, &wire);
}

Test(client, events_of_a_request_follow_its_response) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_hold(&client);
    client_event(&client, "a", NULL);
    client_event(&client, "b", NULL);
    cr_assert_str_eq(wire.text, "");
    client_respond(&client, &ticket, NULL);
    client_event(&client, "c", NULL);
    client_release(&client);
    client_event(&client, "d", NULL);
    cr_assert_str_eq(wire.text, "1:next 2:a 3:b 4:c 5:d ");
    finish(&client, &wire);
}

Test(client, a_response_names_its_request) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_respond(&client, &ticket, cJSON_CreateObject());
    cr_assert_eq(cJSON_GetObjectItem(wire.last, "request_seq")->valueint, 41);
    cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(wire.last, "success")));
    cr_assert(cJSON_IsObject(cJSON_GetObjectItem(wire.last, "body")));
    finish(&client, &wire);
}

Test(client, an_error_has_word_text_and_number) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_refuse(&client, &ticket, ERROR_WRONG_STATE, "notStopped", "It runs");
    cr_assert_str_eq(cJSON_GetObjectItem(wire.last, "message")->valuestring, "notStopped");
    const cJSON *error = cJSON_GetObjectItem(cJSON_GetObjectItem(wire.last, "body"), "error");
    cr_assert_str_eq(cJSON_GetObjectItem(error, "format")->valuestring, "It runs");
    cr_assert_eq(cJSON_GetObjectItem(error, "id")->valueint, ERROR_WRONG_STATE);
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(error, "showUser")));
    client_refuse(&client, &ticket, ERROR_BAD_CONFIGURATION, NULL, "No such file");
    cr_assert_str_eq(cJSON_GetObjectItem(wire.last, "message")->valuestring, "No such file");
    error = cJSON_GetObjectItem(cJSON_GetObjectItem(wire.last, "body"), "error");
    cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(error, "showUser")));
    finish(&client, &wire);
}

Test(client, a_muted_client_hears_nothing) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_hold(&client);
    client_event(&client, "a", NULL);
    client_mute(&client);
    client_release(&client);
    client_respond(&client, &ticket, NULL);
    cr_assert_str_eq(wire.text, "");
    finish(&client, &wire);
}

Test(client, lines_go_out_as_the_client_counts_them) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client.positions = (struct positions){1, 1};
    client_respond(&client, &ticket, cJSON_Parse("{\"line\":5}"));
    const cJSON *body = cJSON_GetObjectItem(wire.last, "body");
    cr_assert_eq(cJSON_GetObjectItem(body, "line")->valueint, 4);
    finish(&client, &wire);
}

Test(client, a_body_may_be_written_already) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    cr_assert(client_takes_text(&client));
    client_respond_text(&client, &ticket, "{\"a\":[1]} and so on", 9);
    cr_assert_str_eq(wire.text, "1:next ");
    char *text = cJSON_PrintUnformatted(wire.last);
    cr_assert_str_eq(text, "{\"seq\":1,\"type\":\"response\",\"request_seq\":41,\"success\":true,"
                           "\"command\":\"next\",\"body\":{\"a\":[1]}}");
    free(text);
    client.muted = true;
    client_respond_text(&client, &ticket, "{}", 2);
    cr_assert_str_eq(wire.text, "1:next ");
    client.positions.column_shift = 1;
    cr_assert_not(client_takes_text(&client), "its columns are others");
    client.positions = (struct positions){.line_shift = 1};
    cr_assert_not(client_takes_text(&client), "its lines are others");
    client.positions = (struct positions){0};
    client.paths.count = 1;
    cr_assert_not(client_takes_text(&client), "its paths are others");
    client.paths.count = 0;
    finish(&client, &wire);
}

Test(client, a_written_body_that_is_too_large_is_an_error) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    char *body = alloc_zeroed(FRAMING_BODY_BYTES + 1, 1);
    memset(body, ' ', FRAMING_BODY_BYTES);
    body[0] = '{';
    body[FRAMING_BODY_BYTES - 1] = '}';
    client_respond_text(&client, &ticket, body, FRAMING_BODY_BYTES);
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(wire.last, "success")));
    cr_assert_eq(cJSON_GetObjectItem(wire.last, "request_seq")->valueint, 41);
    free(body);
    finish(&client, &wire);
}

static cJSON *large_body(void) {
    cJSON *body = cJSON_CreateObject();
    char *text = alloc_zeroed(FRAMING_BODY_BYTES + 1, 1);
    memset(text, 'x', FRAMING_BODY_BYTES);
    cJSON_AddStringToObject(body, "text", text);
    free(text);
    return body;
}

Test(client, an_answer_that_is_too_large_is_an_error_that_says_so) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_respond(&client, &ticket, large_body());
    cr_assert_eq(cJSON_GetObjectItem(wire.last, "request_seq")->valueint, 41);
    cr_assert(cJSON_IsFalse(cJSON_GetObjectItem(wire.last, "success")));
    const cJSON *error = cJSON_GetObjectItem(cJSON_GetObjectItem(wire.last, "body"), "error");
    cr_assert_eq(cJSON_GetObjectItem(error, "id")->valueint, ERROR_TOO_LARGE);
    cr_assert_not_null(strstr(cJSON_GetObjectItem(error, "format")->valuestring, "64 MiB"));
    client_event(&client, "large", large_body());
    cr_assert_str_eq(wire.text, "1:next 2:large ");
    cr_assert_null(cJSON_GetObjectItem(wire.last, "body"));
    finish(&client, &wire);
}

Test(client, a_refusal_repeats_only_the_beginning_of_what_was_said) {
    struct wire wire = {{0}, NULL};
    struct client client;
    char text[9001];
    memset(text, 'x', 9000);
    text[9000] = '\0';
    client_init(&client, on_send, &wire);
    client_refuse(&client, &ticket, ERROR_BAD_ARGUMENTS, NULL, text);
    const char *shown = cJSON_GetObjectItem(wire.last, "message")->valuestring;
    cr_assert_eq(strlen(shown), 8192 + strlen("…"));
    cr_assert_str_eq(shown + 8192, "…");
    finish(&client, &wire);
}

/* ---- what we ask ---- */

/* "ok:BODY " or "no:MESSAGE " of each reply. */
static char heard[1024];

static void on_reply(void *data, const struct client_reply *reply) {
    cr_assert_eq(data, heard);
    char *body = cJSON_PrintUnformatted(reply->body);
    size_t used = strlen(heard);
    snprintf(heard + used, sizeof heard - used, "%s:%s ", reply->success ? "ok" : "no",
             reply->success ? body : reply->message);
    cJSON_free(body);
}

static bool answer(struct client *client, const char *text) {
    struct message message;
    cr_assert_eq(message_read(&message, text, strlen(text)), MESSAGE_RESPONSE);
    bool asked = client_answered(client, &message);
    message_finish(&message);
    return asked;
}

Test(client, what_is_asked_is_answered_once_in_any_order) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_ask(&client, "a", cJSON_Parse("{\"x\":1}"), on_reply, heard);
    cr_assert_str_eq(cJSON_GetObjectItem(wire.last, "type")->valuestring, "request");
    cr_assert_eq(cJSON_GetObjectItem(cJSON_GetObjectItem(wire.last, "arguments"), "x")->valueint,
                 1);
    client_ask(&client, "b", cJSON_CreateObject(), on_reply, heard);
    cr_assert_str_eq(wire.text, "1:a 2:b ");
    cr_assert(answer(&client, "{\"seq\":9,\"type\":\"response\",\"request_seq\":2,\"success\":true,"
                              "\"body\":{\"y\":2}}"));
    const char *no = "{\"seq\":9,\"type\":\"response\",\"request_seq\":1,\"success\":false,"
                     "\"message\":\"why\"}";
    cr_assert(answer(&client, no));
    cr_assert_str_eq(heard, "ok:{\"y\":2} no:why ");
    cr_assert_not(answer(&client, no), "nobody waits for it any more");
    cr_assert_str_eq(heard, "ok:{\"y\":2} no:why ");
    finish(&client, &wire);
}

Test(client, who_gives_no_reason_is_given_words) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_ask(&client, "a", cJSON_CreateObject(), on_reply, heard);
    cr_assert(
        answer(&client, "{\"seq\":9,\"type\":\"response\",\"request_seq\":1,\"success\":false}"));
    cr_assert_str_eq(heard, "no:without a reason ");
    finish(&client, &wire);
}

Test(client, what_is_forgotten_is_not_answered) {
    struct wire wire = {{0}, NULL};
    struct client client;
    client_init(&client, on_send, &wire);
    client_ask(&client, "a", cJSON_CreateObject(), on_reply, heard);
    client_ask(&client, "b", cJSON_CreateObject(), on_reply, &wire);
    client_ask(&client, "c", cJSON_CreateObject(), on_reply, heard);
    client_forget(&client, heard);
    cr_assert_not(
        answer(&client, "{\"seq\":9,\"type\":\"response\",\"request_seq\":1,\"success\":true}"));
    cr_assert_not(
        answer(&client, "{\"seq\":9,\"type\":\"response\",\"request_seq\":3,\"success\":true}"));
    cr_assert_str_eq(heard, "");
    finish(&client, &wire);
}
