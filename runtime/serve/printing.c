/* SPDX-License-Identifier: MIT */
#include "printing.h"

#include "debugger.h"
#include "hook.h"
#include "server.h"
#include "source.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

static cJSON *output_shown(struct server *server, const cJSON *arguments,
                           struct inspect_problem *problem) {
    server->output_unshown = false;
    return NULL;
}

/* One event's. */
enum { OUTPUT_BYTES = 1 << 20 };

static void print_piece(struct server *server, lua_State *L, lua_Debug *event, const char *text,
                        size_t size) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "category", "console");
    inspect_add_text(body, "output", text, size);
    lua_getinfo(L, "Sl", event);
    if (*event->what != 'C') {
        cJSON_AddItemToObject(body, "source", source_of(&server->debugger->account.chunks, event));
        cJSON_AddNumberToObject(body, "line", event->currentline);
    }
    server_send_event(server, "output", body);
    server->output_unshown = true;
    while (server->output_unshown && !server->channel.closed) {
        if (!inbox_has_more(&server->inbox))
            channel_expect(&server->channel);
        server_serve_one(server);
    }
}

void printing_flush(const struct server *server) {
    if (!server->debugger->hosted) {
        fflush(NULL);
    } else if (ftrylockfile(stdout) == 0) {
        fflush(stdout);
        funlockfile(stdout);
    }
}

void printing_show(struct server *server, lua_State *L, lua_Debug *event, const char *text) {
    printing_flush(server);
    for (size_t left = strlen(text); left > 0;) {
        size_t size = text_cut(text, left, OUTPUT_BYTES);
        print_piece(server, L, event, text, size);
        text += size;
        left -= size;
    }
    hook_refresh_running(server->debugger); /* other requests may have come before */
}

const struct server_request server_printing_requests[] = {
    {"outputShown", output_shown},
    {NULL},
};
