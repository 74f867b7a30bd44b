/* SPDX-License-Identifier: MIT */
#include "data_breakpoints.h"

#include "debugger.h"
#include "expressions.h"
#include "hook.h"
#include "server.h"
#include "stop.h"
#include "watched.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char path_prefix[] = "global:", watch_prefix[] = "watch:";

static bool is_path(const struct watch *watch) {
    return watch != NULL && watch->kind == WATCH_PATH;
}

static void drop(struct data_breakpoint *breakpoint, struct expressions *expressions) {
    if (is_path(breakpoint->watch))
        watch_destroy(breakpoint->watch, expressions);
    free(breakpoint->message);
    terms_finish(&breakpoint->terms);
}

static void clear(struct data_breakpoints *data, struct expressions *expressions) {
    for (size_t i = 0; i < data->count; i++)
        drop(&data->list[i], expressions);
    free(data->list);
    data->list = NULL;
    data->count = 0;
}

void data_breakpoints_finish(struct data_breakpoints *data) {
    clear(data, NULL);
    for (size_t i = 0; i < data->known_count; i++)
        watch_destroy(data->known[i], NULL);
    free(data->known);
}

static void count(struct server *server) {
    struct debugger_data *wanted = &server->debugger->data;
    *wanted = (struct debugger_data){0};
    for (size_t i = 0; i < server->data->count; i++) {
        const struct watch *watch = server->data->list[i].watch;
        if (watch == NULL || watch->frame.gone)
            continue;
        wanted->count++;
        wanted->frames += watch->kind == WATCH_LOCAL;
    }
}

static cJSON *describe(const struct data_breakpoint *breakpoint) {
    bool verified = breakpoint->watch != NULL && !breakpoint->watch->frame.gone;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "id", breakpoint->id);
    cJSON_AddBoolToObject(body, "verified", verified);
    if (!verified)
        cJSON_AddStringToObject(body, "reason", "failed");
    if (breakpoint->message != NULL)
        channel_add_text(body, "message", breakpoint->message);
    return body;
}

static void note_gone(struct data_breakpoint *breakpoint) {
    free(breakpoint->message);
    breakpoint->message = strdup("Its function has returned: watch the variable anew");
}

void data_breakpoints_tell_gone(struct server *server, struct data_breakpoint *breakpoint) {
    cJSON *body = cJSON_CreateObject();
    note_gone(breakpoint);
    cJSON_AddStringToObject(body, "reason", "changed");
    cJSON_AddItemToObject(body, "breakpoint", describe(breakpoint));
    server_send_event(server, "breakpoint", body);
    count(server);
}

void data_breakpoints_on_frame(void *data, lua_State *L, lua_Debug *event) {
    struct server *server = data;
    for (size_t i = 0; i < server->data->count; i++) {
        struct data_breakpoint *breakpoint = &server->data->list[i];
        if (breakpoint->watch != NULL && watch_follow(breakpoint->watch, L, event))
            data_breakpoints_tell_gone(server, breakpoint);
    }
}

/* The number of a new watch; 0 if memory is out (then it is destroyed). */
static size_t know(struct data_breakpoints *data, struct watch *watch,
                   struct expressions *expressions) {
    struct watch **known = realloc(data->known, (data->known_count + 1) * sizeof *known);
    if (known == NULL) {
        watch_destroy(watch, expressions);
        return 0;
    }
    data->known = known;
    known[data->known_count++] = watch;
    return data->known_count;
}

static cJSON *info(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    struct watch *watch = watched_find(server->stop, server->expressions, arguments, problem);
    cJSON *body = cJSON_CreateObject();
    if (watch == NULL) { /* DAP: no dataId, and the description says why */
        cJSON_AddNullToObject(body, "dataId");
        cJSON_AddStringToObject(body, "description", problem->text);
        *problem = (struct inspect_problem){{0}};
        return body;
    }
    struct string_builder id = {0};
    bool persists = is_path(watch);
    channel_add_text(body, "description", watch->name);
    if (persists)
        string_builder_print(&id, "%s%s", path_prefix, watch->name);
    else
        string_builder_print(&id, "%s%zu", watch_prefix,
                             know(server->data, watch, server->expressions));
    if (persists)
        watch_destroy(watch, server->expressions);
    cJSON_AddStringToObject(body, "dataId", string_builder_text(&id));
    string_builder_finish(&id);
    cJSON *types = cJSON_AddArrayToObject(body, "accessTypes");
    cJSON_AddItemToArray(types, cJSON_CreateString("write"));
    cJSON_AddBoolToObject(body, "canPersist", persists);
    return body;
}

static const char *text(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static bool begins(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* NULL if the id names nothing of this session. */
static struct watch *find_watch(const struct data_breakpoints *data, const char *id) {
    if (id == NULL)
        return NULL;
    if (begins(id, path_prefix) && watch_is_path(id + strlen(path_prefix)))
        return watch_path(id + strlen(path_prefix));
    size_t n = begins(id, watch_prefix) ? strtoul(id + strlen(watch_prefix), NULL, 10) : 0;
    return n > 0 && n <= data->known_count ? data->known[n - 1] : NULL;
}

static void read_one(struct server *server, struct data_breakpoint *breakpoint, const cJSON *item) {
    const char *access = text(item, "accessType");
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");
    breakpoint->id = cJSON_IsNumber(id) ? id->valueint : 0;
    const struct terms_asked asked = {.condition = text(item, "condition"),
                                      .hit_count = text(item, "hitCondition")};
    char *problem = terms_read(&breakpoint->terms, &asked);
    if (problem == NULL && access != NULL && strcmp(access, "write") != 0)
        problem = strdup("only writes can be watched");
    if (problem == NULL)
        breakpoint->watch = find_watch(server->data, text(item, "dataId"));
    if (problem == NULL && breakpoint->watch == NULL)
        problem = strdup("there is no such variable any more: watch it anew");
    if (problem != NULL && asprintf(&breakpoint->message, "Not set: %s", problem) < 0)
        breakpoint->message = NULL;
    free(problem);
    if (breakpoint->watch != NULL && breakpoint->watch->frame.gone)
        note_gone(breakpoint);
}

/* The thread whose hook answers requests; NULL: there is none yet. */
static lua_State *innermost(struct server *server) {
    struct threads *threads = &server->debugger->account.threads;
    size_t place = threads->running;
    struct thread *thread = server->stop == NULL ? threads_running(threads, &place) : NULL;
    if (server->stop != NULL)
        return server->stop->L;
    return thread != NULL ? thread->L : NULL;
}

/* What is there now is what a change is a change from. */
static void see_all(struct server *server) {
    lua_State *L = innermost(server);
    char *old;
    for (size_t i = 0; i < server->data->count && L != NULL; i++) {
        struct watch *watch = server->data->list[i].watch;
        if (watch == NULL)
            continue;
        watch_look(watch, server->expressions, L, &old);
        free(old);
    }
}

static cJSON *set(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    const cJSON *asked = cJSON_GetObjectItemCaseSensitive(arguments, "breakpoints");
    size_t room = (size_t)cJSON_GetArraySize(asked);
    struct data_breakpoint *list = calloc(room + 1, sizeof *list);
    if (list == NULL)
        return inspect_refuse(problem, "not enough memory");
    const cJSON *item;
    size_t number = 0;
    cJSON_ArrayForEach(item, asked) read_one(server, &list[number++], item);
    clear(server->data, server->expressions);
    server->data->list = list;
    server->data->count = number;
    expressions_clear(server->expressions);
    see_all(server);
    if (server->stop != NULL)
        account_settle(&server->debugger->account, server->stop->L);
    count(server);
    hook_refresh_running(server->debugger);
    cJSON *body = cJSON_CreateObject();
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < number; i++)
        cJSON_AddItemToArray(answers, describe(&list[i]));
    return body;
}

const struct server_request server_data_requests[] = {
    {"dataBreakpointInfo", info},
    {"setDataBreakpoints", set},
    {NULL},
};
