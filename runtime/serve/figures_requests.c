/* SPDX-License-Identifier: MIT */
#include "figures_requests.h"

#include "arguments.h"
#include "collector.h"
#include "debugger.h"
#include "evaluation.h"
#include "server.h"

void figures_requests_show(struct server *server, lua_State *L, const char *event, cJSON *body) {
    struct account *account = &server->debugger->account;
    account_snapshot(account, L);
    server_send_event(server, event, body);
    if (account->ledger.figures != NULL)
        server_await(server, "figuresRead");
}

/* ---- snapshots ---- */

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
    struct account *account = &server->debugger->account;
    lua_State *L = server_running(server);
    if (account->ledger.figures == NULL)
        return inspect_refuse(problem, "memory is not measured in this session");
    figures_requests_show(server, L, "snapshot", describe(arguments));
    if (server->stop == NULL)
        account_forget_collector_count(account);
    return NULL;
}

/* ---- a full collection ---- */

static cJSON *collect_in(lua_State *L, struct inspect_problem *problem) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "before", (double)collector_bytes_in_use(L));
    bool refused = lua_gc(L, LUA_GCCOLLECT) != 0;
    cJSON_AddNumberToObject(body, "after", (double)collector_bytes_in_use(L));
    if (!refused)
        return body;
    cJSON_Delete(body);
    return inspect_refuse(problem, "a finalizer runs: Lua does not collect meanwhile");
}

static int perform_collection(lua_State *co, struct evaluation *evaluation) {
    evaluation->data = collect_in(co, evaluation->problem);
    return 0;
}

static cJSON *finish_collection(struct evaluation *evaluation, lua_State *co, int count) {
    cJSON *body = evaluation->data;
    evaluation->data = NULL;
    return body;
}

/* Finalizers may resume coroutines: at a stop those run as evaluated code does, without breakpoints
   and under its limit. */
static cJSON *collect(struct server *server, const cJSON *arguments,
                      struct inspect_problem *problem) {
    struct evaluation evaluation = {.stop = server->stop,
                                    .perform = perform_collection,
                                    .finish = finish_collection,
                                    .problem = problem};
    if (server->stop == NULL)
        return collect_in(server_running(server), problem);
    cJSON *body = evaluation_run(&evaluation);
    cJSON_Delete(evaluation.data); /* of one that was cancelled */
    return body;
}

const struct server_request server_figures_requests[] = {
    {"luaheat/collect", collect},
    {"luaheat/snapshot", snapshot},
    {"figuresRead", figures_read},
    {NULL},
};
