/* SPDX-License-Identifier: MIT */
/*
 * Snapshots: moments of which the adapter keeps the figures, so that they can be compared. A stop
 * is one. The figures lie in shared memory, so the program waits until they have been read: then
 * they are of this moment, however the adapter is scheduled.
 */
#include "server.h"

void server_show_figures(struct server *server, lua_State *L, const char *event, cJSON *body) {
    struct account *account = &server->debugger.account;
    account_snapshot(account, L);
    server_send_event(server, event, body);
    if (account->ledger.figures != NULL)
        server_await(server, "figuresRead");
}

static cJSON *figures_read(struct server *server, const cJSON *arguments,
                           struct inspect_problem *problem) {
    return NULL;
}

const struct server_request server_snapshot_requests[] = {
    {"figuresRead", false, figures_read},
    {NULL, false, NULL},
};
