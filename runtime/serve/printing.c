/* SPDX-License-Identifier: MIT */
/*
 * What breakpoints print appears among what the program prints, in the order in which it happened.
 * They come to the adapter on two ways, so before the program goes on the adapter says that it has
 * shown ours, and all that came before. That also keeps a busy logpoint from flooding the editor.
 */
#include "hook.h"
#include "location.h"
#include "server.h"

#include <stdio.h>

static cJSON *output_shown(struct server *server, const cJSON *arguments,
                           struct inspect_problem *problem) {
    server->unshown = false;
    return NULL;
}

void server_print(struct server *server, lua_State *L, lua_Debug *event, const char *text) {
    fflush(NULL);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "category", "console");
    cJSON_AddStringToObject(body, "output", text);
    lua_getinfo(L, "Sl", event);
    if (*event->what != 'C') {
        cJSON_AddItemToObject(body, "source",
                              location_source(&server->debugger.account.chunks, event));
        cJSON_AddNumberToObject(body, "line", event->currentline);
    }
    server_send_event(server, "output", body);
    server->unshown = true;
    while (server->unshown)
        server_serve_one(server);
    hook_refresh_running(&server->debugger); /* other requests may have come before */
}

const struct server_request server_printing_requests[] = {
    {"outputShown", false, output_shown},
    {NULL, false, NULL},
};
