/* SPDX-License-Identifier: MIT */
#include "figures_requests.h"

#include "arguments.h"
#include "server.h"

void figures_requests_show(struct server *server, lua_State *L, const char *event, cJSON *body) {
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

/* A name without a byte is none. */
static cJSON *describe(const cJSON *arguments) {
    const char *name = arguments_text(arguments, "name");
    cJSON *body = cJSON_CreateObject();
    if (name != NULL && *name != '\0')
        channel_add_text(body, "name", name);
    return body;
}

static cJSON *snapshot(struct server *server, const cJSON *arguments,
                       struct inspect_problem *problem) {
    struct account *account = &server->debugger.account;
    lua_State *L = server_running(server);
    if (account->ledger.figures == NULL)
        return inspect_refuse(problem, "memory is not measured in this session");
    figures_requests_show(server, L, "snapshot", describe(arguments));
    if (server->stop == NULL)
        account_forget_collector_count(account);
    return NULL;
}

const struct server_request server_figures_requests[] = {
    {"luaheat/snapshot", snapshot},
    {"figuresRead", figures_read},
    {NULL},
};
