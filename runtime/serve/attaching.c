/* SPDX-License-Identifier: MIT */
#include "attaching.h"

#include "attention.h"
#include "deadline.h"
#include "debugger.h"
#include "events.h"
#include "expressions.h"
#include "heap_attach.h"
#include "hook.h"
#include "measuring.h"
#include "release.h"
#include "serve.h"
#include "telling.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* An adapter that keeps the program waiting for so long is as good as gone. */
enum { PATIENCE_MS = 10000 };

/* ---- the end ---- */

/* Whatever the debugger is at, it is none of the state's any more. */
static void put_back(struct server *server, lua_State *L) {
    struct debugger *debugger = server->debugger;
    server->channel.closed = true;
    attention_end(debugger);
    events_detach(debugger, L);
    expressions_forget(server->expressions, L);
    account_detach(&debugger->account, L);
}

/* Whether the program is to wait now for another. */
static bool end(struct server *server, lua_State *L) {
    const struct server_owner owner = server->owner;
    struct handed *handed = server->handed;
    bool suspended = server->suspended;
    put_back(server, L);
    owner.on_end(owner.data); /* before the link is closed: who sees that may come again */
    serve_destroy(server);
    handed_finish(handed);
    free(handed);
    return suspended;
}

static void on_leave(void *data, lua_State *L) {
    struct server *server = data;
    const struct server_owner owner = server->owner;
    if (end(server, L))
        owner.on_suspended(owner.data, L);
}

void serve_detach(struct server *server, lua_State *L) {
    server_end_link(server);
    if (server->debugger->at_work == 0)
        end(server, L);
}

/* Nobody comes back to what is at work, so it keeps what it has. */
void serve_close(struct server *server, lua_State *L) {
    if (server->debugger->at_work == 0) {
        telling_at_close(server, L);
        end(server, L);
        return;
    }
    server_end_link(server);
    put_back(server, L);
    server->owner.on_end(server->owner.data);
    shutdown(server->channel.fd, SHUT_RDWR);
}

/* ---- the beginning ---- */

static const char *describe(int error) {
    switch (-error) {
    case EBUSY:
        return "a debugger is attached already";
    case EAGAIN:
        return "a finalizer runs: attach again";
    case ENOMEM:
        return "not enough memory";
    default:
        return strerror(-error);
    }
}

static void tell_ready(struct server *server) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "pid", getpid());
    cJSON_AddStringToObject(body, "lua", release_loaded()->name);
    cJSON_AddTrueToObject(body, "attached");
    server_send_event(server, "ready", body);
}

static void take_link(struct server *server, int link) {
    channel_init(&server->channel, link);
    server->channel.patience_ms = PATIENCE_MS;
}

/* NULL, or why it cannot be. */
static const char *settle(struct server *server, lua_State *L, const struct handed *handed) {
    struct debugger *debugger = server->debugger;
    struct account *account = &debugger->account;
    if (handed->sampling != NULL && !sampling_tune_by(&account->sampling, handed->sampling))
        return "the mean distance of samples is a number of bytes, at most 1 GiB";
    server->telling.answer = handed->answer;
    if (handed->measure != NULL && !measuring_begin(server, handed->measure))
        return "cannot read what is to be measured";
    debugger->hosted = true;
    debugger->listener.on_leave = on_leave;
    int error = heap_attach(account, L);
    if (error != 0)
        return describe(error);
    error = events_attach(debugger, L);
    if (error != 0)
        account_detach(account, L);
    return error != 0 ? describe(error) : NULL;
}

static struct server *create(const struct handed *handed) {
    struct server *server = serve_create(-1, handed->bell, handed->figures, NULL);
    struct handed *kept = malloc(sizeof *kept);
    if (server == NULL || kept == NULL) {
        serve_destroy(server);
        free(kept);
        return NULL;
    }
    *kept = handed_nothing;
    server->handed = kept;
    return server;
}

static void destroy(struct server *server) {
    if (server == NULL)
        return;
    free(server->handed);
    serve_destroy(server);
}

struct server *serve_attach(lua_State *L, struct handed *handed, char problem[SERVE_PROBLEM_BYTES],
                            const struct server_owner *owner) {
    struct server *server = create(handed);
    const char *why = server != NULL ? settle(server, L, handed) : describe(-ENOMEM);
    if (why != NULL) {
        snprintf(problem, SERVE_PROBLEM_BYTES, "%s", why);
        destroy(server);
        return NULL;
    }
    server->owner = *owner;
    take_link(server, handed->link);
    handed->link = -1;
    *server->handed = *handed;
    *handed = handed_nothing;
    if (server->channel.fd >= 0)
        tell_ready(server);
    /* Without signals the bell is heard, and the end of the link when something is said. */
    (void)attention_watch(server->debugger, server->bell, server->handed->life);
    server->debugger->attention |= ATTENTION_LINK; /* what came before we watched */
    hook_refresh_running(server->debugger);
    return server;
}

/* ---- waiting ---- */

/* Until there is something to serve, or the time is over: then false. */
static bool await(const struct server *server, int64_t until) {
    struct pollfd link = {.fd = server->channel.fd, .events = POLLIN};
    int64_t left = until < 0 ? -1 : deadline_left(until);
    if (inbox_has_more(&server->inbox))
        return true;
    if (until >= 0 && left <= 0)
        return false;
    poll(&link, 1, left > 1000 ? 1000 : (int)left); /* a signal cuts it short, too */
    return true;
}

bool serve_wait(struct server *server, int64_t milliseconds) {
    int64_t until = milliseconds < 0 ? -1 : deadline_in(milliseconds);
    server->debugger->at_work++;
    do
        server_serve_arrived(server);
    while (!server->configured && !server->channel.closed && await(server, until));
    server->debugger->at_work--;
    bool over = server->channel.closed && server->channel.fd >= 0;
    bool configured = server->configured;
    if (over && server->debugger->at_work == 0)
        configured = !end(server, server_running(server)) && configured;
    return configured;
}

bool serve_stop(struct server *server, lua_State *L) {
    struct debugger *debugger = server->debugger;
    if (debugger->attached)
        hook_stop(debugger, L, &(struct debugger_stop){.reason = DEBUGGER_PAUSE});
    return debugger->leaving && debugger->at_work == 0 && end(server, L);
}
