/* SPDX-License-Identifier: MIT */
#include "measuring.h"

#include "server.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *find(struct server *server, const char *name, int *measurement) {
    if (server->debugger.account.ledger.figures == NULL)
        return "memory is not measured in this session";
    if (name == NULL)
        return "not enough memory";
    *measurement = measurements_find(&server->debugger.account.measurements, name);
    return *measurement < 0 ? "there are too many measurements" : NULL;
}

/* NULL if memory is out. The caller's to free(). */
static char *name_of_place(const char *path, int line) {
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    char *escaped = text_escape(file, strlen(file));
    char *name = NULL;
    if (escaped != NULL && asprintf(&name, "%s:%d", escaped, line) < 0)
        name = NULL;
    free(escaped);
    return name;
}

char *measuring_prepare(struct server *server, struct terms *terms, const char *path, int line) {
    terms->measurement = MEASUREMENTS_ANY;
    if (terms->log_text == NULL && terms->mode == TERMS_WINDOW_STOP)
        return NULL;
    char *name = terms->log_text != NULL ? strdup(terms->log_text) : name_of_place(path, line);
    const char *problem = find(server, name, &terms->measurement);
    free(name);
    return problem != NULL ? strdup(problem) : NULL;
}

/* Finalizers run as they always do, also those that resume coroutines. */
static void collect(struct debugger *debugger, lua_State *L) {
    bool evaluating = debugger->evaluating;
    debugger->evaluating = false;
    lua_gc(L, LUA_GCCOLLECT);
    debugger->evaluating = evaluating;
}

static void act(struct server *server, lua_State *L, enum terms_mode mode, int measurement) {
    struct account *account = &server->debugger.account;
    struct measurements *measurements = &account->measurements;
    const struct thread *thread = threads_of(&account->threads, L);
    if (server->collects)
        collect(&server->debugger, L);
    account_follow(account);
    if (mode == TERMS_WINDOW_STOP)
        measurements_close(measurements, measurement, thread);
    else if (mode == TERMS_WINDOW_START)
        measurements_open(measurements, (uint32_t)measurement, thread);
    else
        measurements_lap(measurements, (uint32_t)measurement, thread);
}

void measuring_hit(struct server *server, lua_State *L, const struct terms *terms) {
    act(server, L, terms->mode, terms->measurement);
}

static const cJSON *field(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* The thread that runs now: a request comes in its hook, or while it is stopped. */
static lua_State *running(const struct server *server) {
    size_t place = server->debugger.account.threads.running;
    const struct thread *thread = threads_running(&server->debugger.account.threads, &place);
    return thread != NULL ? thread->L : NULL;
}

static cJSON *measure(struct server *server, const cJSON *arguments,
                      struct inspect_problem *problem) {
    static const struct {
        const char *word;
        enum terms_mode mode;
    } actions[] = {
        {"start", TERMS_WINDOW_START}, {"stop", TERMS_WINDOW_STOP}, {"lap", TERMS_WINDOW_LAP}};
    const char *action = cJSON_GetStringValue(field(arguments, "action"));
    const char *name = cJSON_GetStringValue(field(arguments, "name"));
    lua_State *L = running(server);
    int measurement;
    const char *why = find(server, name, &measurement);
    if (why != NULL || L == NULL)
        return inspect_refuse(problem, "%s", why != NULL ? why : "the program has not started yet");
    for (size_t i = 0; action != NULL && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(action, actions[i].word) == 0)
            act(server, L, actions[i].mode, measurement);
    return NULL;
}

static cJSON *set_measuring(struct server *server, const cJSON *arguments,
                            struct inspect_problem *problem) {
    server->collects = cJSON_IsTrue(field(arguments, "collect"));
    return NULL;
}

/* What cannot be set is seen in the end: a measurement without windows. */
bool measuring_begin(struct server *server, const char *text) {
    cJSON *orders = cJSON_Parse(text);
    struct inspect_problem problem = {{0}};
    const cJSON *arguments;
    cJSON_Delete(set_measuring(server, orders, &problem));
    cJSON_ArrayForEach(arguments, field(orders, "setBreakpoints"))
        cJSON_Delete(server_set_breakpoints(server, arguments, &problem));
    bool read = cJSON_IsObject(orders);
    cJSON_Delete(orders);
    server->debugger.attached = read;
    return read;
}

const struct server_request server_measuring_requests[] = {
    {"measure", false, measure},
    {"setMeasuring", false, set_measuring},
    {NULL, false, NULL},
};
