/* SPDX-License-Identifier: MIT */
#include "request.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

static const char own_prefix[] = "luaheat/";

static const struct request_entry *find(const struct request_entry *const *tables,
                                        const char *command) {
    for (; *tables != NULL; tables++)
        for (const struct request_entry *entry = *tables; entry->command != NULL; entry++)
            if (strcmp(entry->command, command) == 0)
                return entry;
    return NULL;
}

static const char *state_problem(const struct request_entry *entry, enum session_state state) {
    switch (state) {
    case STATE_NEW:
        return "The session must start with the request 'initialize'";
    case STATE_CONFIGURING:
        return "The program does not run yet";
    case STATE_RUNNING:
        if (entry->states & STATE_STOPPED)
            return "The program is running; pause it first";
        return "The program is already running";
    case STATE_STOPPED:
        if (entry->states & STATE_RUNNING)
            return "The program is already stopped";
        return "The program has already been launched";
    case STATE_ENDED:
        return "The program has ended";
    }
    return "Not now";
}

static void refuse_state(struct client *client, const struct client_ticket *ticket,
                         const struct request_entry *entry, enum session_state state) {
    if (entry->states == STATE_NEW) {
        client_refuse(client, ticket, ERROR_WRONG_STATE, NULL,
                      "The session is initialized already");
        return;
    }
    bool wants_a_stop = entry->states == STATE_STOPPED && state != STATE_NEW;
    client_refuse(client, ticket, ERROR_WRONG_STATE, wants_a_stop ? "notStopped" : NULL,
                  state_problem(entry, state));
}

static void refuse_unknown(struct client *client, const struct client_ticket *ticket) {
    char *text = alloc_printed("Luaheat does not know the request '%s'", ticket->command);
    client_refuse(client, ticket, ERROR_UNKNOWN_REQUEST, NULL, text);
    free(text);
}

void request_route(const struct request_entry *const *tables, enum session_state state,
                   const struct request *about, const struct message *message) {
    struct client *client = about->client;
    struct client_ticket ticket = {message->seq, message->command};
    const struct request_entry *entry = find(tables, message->command);
    if (entry == NULL) {
        refuse_unknown(client, &ticket);
        return;
    }
    ticket.command = entry->command;
    if (!(entry->states & state)) {
        refuse_state(client, &ticket, entry, state);
        return;
    }
    arguments_drop_nulls(message->arguments);
    positions_from_client(&client->positions, message->arguments);
    source_paths_from_client(&client->paths, message->arguments);
    struct request request = *about;
    request.ticket = ticket;
    request.arguments = arguments_of(message->arguments);
    client_hold(client);
    entry->function(&request);
    if (request.arguments.problem != NULL)
        client_refuse(client, &ticket, request.arguments.error, NULL, request.arguments.problem);
    client_release(client);
    arguments_finish(&request.arguments);
}

static void light(cJSON *capabilities, cJSON *own, const char *name) {
    size_t prefix = strlen(own_prefix);
    if (strncmp(name, own_prefix, prefix) == 0)
        cJSON_AddTrueToObject(own, name + prefix);
    else
        cJSON_AddTrueToObject(capabilities, name);
}

cJSON *request_capabilities(const struct request_entry *const *tables) {
    cJSON *capabilities = alloc_checked(cJSON_CreateObject());
    cJSON *own = alloc_checked(cJSON_CreateObject());
    for (; *tables != NULL; tables++)
        for (const struct request_entry *entry = *tables; entry->command != NULL; entry++)
            for (int i = 0; i < REQUEST_CAPABILITIES && entry->capabilities[i] != NULL; i++)
                light(capabilities, own, entry->capabilities[i]);
    cJSON_AddItemToObject(capabilities, "luaheat", own);
    return capabilities;
}
