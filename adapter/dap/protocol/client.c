/* SPDX-License-Identifier: MIT */
#include "client.h"

#include "alloc.h"
#include "framing.h"
#include "message_text.h"
#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what is wrong, which may repeat what the client has said. */
enum { REFUSAL_BYTES = 8192 };

/* What we have asked. */
struct client_question {
    struct client_question *next;
    int64_t seq;
    client_reply_function *on_reply;
    void *data;
};

void client_init(struct client *client, client_send_function *send, void *data) {
    *client = (struct client){.send = send, .data = data};
    client->held = alloc_checked(cJSON_CreateArray());
}

static struct client_question *take_question(struct client_question **at) {
    struct client_question *question = *at;
    *at = question->next;
    return question;
}

void client_finish(struct client *client) {
    cJSON_Delete(client->held);
    client->held = NULL;
    source_paths_finish(&client->paths);
    while (client->questions != NULL)
        free(take_question(&client->questions));
}

/* A frame for a body of so many bytes: its header is there, its body belongs behind that. */
struct frame {
    char *bytes;
    size_t header, size;
};

static struct frame frame_for(size_t length) {
    enum { HEADER_BYTES = 48 };
    struct frame frame = {.bytes = alloc_resized(NULL, HEADER_BYTES + length)};
    frame.header = (size_t)sprintf(frame.bytes, "Content-Length: %zu\r\n\r\n", length);
    frame.size = frame.header + length;
    return frame;
}

/* Its body.error, to which more may be added. */
static cJSON *add_error(cJSON *message, enum error_id id, const char *word, const char *text) {
    cJSON_AddStringToObject(message, "message", word != NULL ? word : text);
    cJSON *error = cJSON_AddObjectToObject(cJSON_AddObjectToObject(message, "body"), "error");
    cJSON_AddNumberToObject(error, "id", id);
    cJSON_AddStringToObject(error, "format", text);
    cJSON_AddBoolToObject(error, "showUser", error_is_shown(id));
    return error;
}

/* What is sent in the place of a message that no client could take. */
static void make_small(cJSON *message) {
    cJSON_DeleteItemFromObjectCaseSensitive(message, "body");
    cJSON_DeleteItemFromObjectCaseSensitive(message, "message");
    cJSON *success = cJSON_GetObjectItemCaseSensitive(message, "success");
    if (success == NULL)
        return; /* an event */
    cJSON_ReplaceItemInObjectCaseSensitive(message, "success", cJSON_CreateFalse());
    add_error(message, ERROR_TOO_LARGE, NULL,
              "The answer is larger than 64 MiB: ask for a part of it (start and count, startFrame "
              "and levels, offset and limit)");
}

static char *print(cJSON *message) {
    char *text = alloc_checked(message_text(message));
    if (strlen(text) <= FRAMING_BODY_BYTES)
        return text;
    free(text);
    make_small(message);
    return alloc_checked(message_text(message));
}

/* Its first field, which only now is known. */
static void set_seq(struct client *client, cJSON *message) {
    cJSON_SetNumberValue(cJSON_GetObjectItemCaseSensitive(message, "seq"), ++client->seq);
}

/* Takes the message. */
static void send_message(struct client *client, cJSON *message) {
    if (!client->muted) {
        set_seq(client, message);
        cJSON *body = cJSON_GetObjectItemCaseSensitive(message, "body");
        positions_to_client(&client->positions, body);
        source_paths_to_client(&client->paths, body);
        char *text = print(message);
        size_t size = strlen(text);
        struct frame frame = frame_for(size);
        memcpy(frame.bytes + frame.header, text, size);
        free(text);
        client->send(client->data, frame.bytes, frame.size);
    }
    cJSON_Delete(message);
}

static cJSON *new_message(const char *type) {
    cJSON *message = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(message, "seq", 0);
    cJSON_AddStringToObject(message, "type", type);
    return message;
}

static cJSON *new_response(const struct client_ticket *ticket, bool success) {
    cJSON *message = new_message("response");
    cJSON_AddNumberToObject(message, "request_seq", (double)ticket->seq);
    cJSON_AddBoolToObject(message, "success", success);
    cJSON_AddStringToObject(message, "command", ticket->command);
    return message;
}

void client_respond(struct client *client, const struct client_ticket *ticket, cJSON *body) {
    cJSON *message = new_response(ticket, true);
    if (body != NULL)
        cJSON_AddItemToObject(message, "body", body);
    send_message(client, message);
}

bool client_takes_text(const struct client *client) {
    const struct positions *positions = &client->positions;
    return positions->line_shift == 0 && positions->column_shift == 0 && client->paths.count == 0;
}

/* As the last field of the message, which is printed without one. */
static void send_with_body(struct client *client, cJSON *message, const char *body, size_t size) {
    static const char name[] = ",\"body\":";
    set_seq(client, message);
    char *text = alloc_checked(message_text(message));
    size_t before = strlen(text) - 1, named = sizeof name - 1;
    struct frame frame = frame_for(before + named + size + 1);
    char *at = frame.bytes + frame.header;
    memcpy(at, text, before);
    memcpy(at + before, name, named);
    memcpy(at + before + named, body, size);
    at[before + named + size] = '}';
    free(text);
    client->send(client->data, frame.bytes, frame.size);
}

void client_respond_text(struct client *client, const struct client_ticket *ticket,
                         const char *body, size_t size) {
    enum { REST_BYTES = 1000 };
    assert(client_takes_text(client));
    cJSON *message = new_response(ticket, true);
    if (size > FRAMING_BODY_BYTES - REST_BYTES) {
        make_small(message);
        send_message(client, message);
        return;
    }
    if (!client->muted)
        send_with_body(client, message, body, size);
    cJSON_Delete(message);
}

/* As add_error, but what is too long is cut. */
static cJSON *refuse(cJSON *message, enum error_id id, const char *word, const char *text) {
    size_t size = strlen(text), kept = text_cut(text, size, REFUSAL_BYTES);
    char *shown = alloc_printed("%.*s%s", (int)kept, text, kept < size ? "…" : "");
    cJSON *error = add_error(message, id, word, shown);
    free(shown);
    return error;
}

void client_refuse(struct client *client, const struct client_ticket *ticket, enum error_id id,
                   const char *word, const char *text) {
    cJSON *message = new_response(ticket, false);
    refuse(message, id, word, text);
    send_message(client, message);
}

void client_refuse_linked(struct client *client, const struct client_ticket *ticket,
                          enum error_id id, const char *text, const char *url, const char *label) {
    cJSON *message = new_response(ticket, false);
    cJSON *error = refuse(message, id, NULL, text);
    cJSON_AddStringToObject(error, "url", url);
    cJSON_AddStringToObject(error, "urlLabel", label);
    send_message(client, message);
}

void client_event(struct client *client, const char *event, cJSON *body) {
    cJSON *message = new_message("event");
    cJSON_AddStringToObject(message, "event", event);
    if (strcmp(event, "output") == 0)
        client->outputs.sent++;
    if (body != NULL)
        cJSON_AddItemToObject(message, "body", body);
    if (client->holding)
        cJSON_AddItemToArray(client->held, message);
    else
        send_message(client, message);
}

/* ---- what we ask ---- */

void client_ask(struct client *client, const char *command, cJSON *arguments,
                client_reply_function *on_reply, void *data) {
    cJSON *message = new_message("request");
    cJSON_AddStringToObject(message, "command", command);
    cJSON_AddItemToObject(message, "arguments", arguments);
    send_message(client, message);
    struct client_question *question = alloc_zeroed(1, sizeof *question);
    *question = (struct client_question){client->questions, client->seq, on_reply, data};
    client->questions = question;
}

bool client_answered(struct client *client, const struct message *message) {
    struct client_question **at = &client->questions;
    while (*at != NULL && (*at)->seq != message->seq)
        at = &(*at)->next;
    if (*at == NULL)
        return false;
    struct client_question *question = take_question(at);
    const struct client_reply reply = {
        .success = message->success,
        .message = message->refusal[0] != '\0' ? message->refusal : "without a reason",
        .body = message->body,
    };
    question->on_reply(question->data, &reply);
    free(question);
    return true;
}

void client_forget(struct client *client, const void *data) {
    struct client_question **at = &client->questions;
    while (*at != NULL)
        if ((*at)->data == data)
            free(take_question(at));
        else
            at = &(*at)->next;
}

void client_hold(struct client *client) {
    assert(!client->holding);
    client->holding = true;
}

void client_release(struct client *client) {
    assert(client->holding);
    client->holding = false;
    while (client->held->child != NULL)
        send_message(client, cJSON_DetachItemFromArray(client->held, 0));
}

void client_mute(struct client *client) {
    client->muted = true;
}

bool client_is_congested(const struct client *client) {
    return client->queued != NULL && client->queued(client->data) > CLIENT_QUEUE_BYTES;
}

bool client_is_behind(const struct client *client) {
    return client_is_congested(client) ||
           (client->outputs.told && client->outputs.sent - client->outputs.shown >= CLIENT_OUTPUTS);
}

bool client_has_shown(struct client *client, int64_t count) {
    if (count < client->outputs.shown || count > client->outputs.sent)
        return false;
    client->outputs.shown = count;
    return client->outputs.told = true;
}
