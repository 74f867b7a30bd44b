/* SPDX-License-Identifier: MIT */
#include "measuring.h"

#include "arguments.h"
#include "contract_check.h"
#include "debugger.h"
#include "expressions.h"
#include "holders.h"
#include "server.h"
#include "telling.h"
#include "text.h"
#include "trial_collection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NULL, or why there is none. Any bytes are a name. */
static const char *find(struct server *server, const char *name, int *measurement) {
    if (account_figures(&server->debugger->account) == NULL)
        return "memory is not measured in this session";
    char *escaped = name != NULL ? text_escape(name, strlen(name)) : NULL;
    if (escaped == NULL)
        return "not enough memory";
    *measurement = measurements_find(&server->debugger->account.measurements, escaped);
    free(escaped);
    return *measurement < 0 ? "there are too many measurements" : NULL;
}

/* NULL if memory is out. The caller's to free(). */
static char *name_of_place(const char *path, int line) {
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    char *name;
    return asprintf(&name, "%s:%d", file, line) >= 0 ? name : NULL;
}

char *measuring_prepare(struct server *server, struct breakpoint_options *options, const char *path,
                        int line) {
    options->measurement = MEASUREMENTS_ANY;
    if (options->log_text == NULL && options->mode == BREAKPOINT_WINDOW_STOP)
        return NULL;
    char *name = options->log_text != NULL ? strdup(options->log_text) : name_of_place(path, line);
    const char *problem = find(server, name, &options->measurement);
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

/* Everything that has happened until now is booked, and garbage is gone if that is wanted. */
static void settle(struct server *server, lua_State *L) {
    if (server->collects)
        collect(server->debugger, L);
    account_follow(&server->debugger->account);
}

/* NULL: it cannot be told. */
static const uint64_t *find_garbage(struct server *server, lua_State *L) {
    struct account *account = &server->debugger->account;
    struct trial_collection **trial = &account->measurements.trial;
    if (*trial == NULL)
        *trial = trial_collection_create();
    return *trial != NULL ? trial_collection_run(*trial, account, L) : NULL;
}

/* What lives, garbage apart. */
static void note_living(struct server *server, lua_State *L) {
    struct measurements *measurements = &server->debugger->account.measurements;
    const uint64_t *garbage = server->collects ? NULL : find_garbage(server, L);
    if (server->collects || garbage != NULL) {
        measurements_note_living(measurements, garbage);
        holders_note(server, L);
    } else {
        measurements_pass_over(measurements);
    }
}

void measuring_look(struct server *server, lua_State *L) {
    if (measurements_due(&server->debugger->account.measurements))
        note_living(server, L);
}

/* False if there was nothing to close. */
static bool act(struct server *server, lua_State *L, enum breakpoint_mode mode, int measurement) {
    struct account *account = &server->debugger->account;
    struct measurements *measurements = &account->measurements;
    const struct thread *thread = threads_of(&account->threads, L);
    bool done = true;
    settle(server, L);
    if (mode == BREAKPOINT_WINDOW_STOP)
        done = measurements_close(measurements, measurement, thread);
    else if (mode == BREAKPOINT_WINDOW_START)
        measurements_open(measurements, (uint32_t)measurement, thread);
    else
        measurements_lap(measurements, (uint32_t)measurement, thread);
    return done;
}

void measuring_hit(struct server *server, lua_State *L, const struct breakpoint_options *options) {
    act(server, L, options->mode, options->measurement);
}

/* ---- at once ---- */

uint64_t measuring_open(struct server *server, lua_State *L, const char *name) {
    struct account *account = &server->debugger->account;
    int measurement;
    if (find(server, name, &measurement) != NULL)
        return 0;
    settle(server, L);
    return measurements_open(&account->measurements, (uint32_t)measurement,
                             threads_of(&account->threads, L));
}

const struct window *measuring_close(struct server *server, lua_State *L, const char *name,
                                     uint64_t number) {
    int measurement;
    if (number == 0 || find(server, name, &measurement) != NULL)
        return NULL;
    settle(server, L);
    const struct window *window = measurements_close_number(&server->debugger->account.measurements,
                                                            (uint32_t)measurement, number);
    measuring_look(server, L);
    return window;
}

void measuring_lap(struct server *server, lua_State *L, const char *name) {
    int measurement;
    if (find(server, name, &measurement) != NULL)
        return;
    act(server, L, BREAKPOINT_WINDOW_LAP, measurement);
    measuring_look(server, L);
}

void measuring_mark(struct server *server, lua_State *L, const char *name) {
    struct server_phase *phase = &server->phase;
    if (phase->number != 0)
        measuring_close(server, L, phase->name, phase->number);
    *phase = (struct server_phase){.number = 0};
    if (name == NULL)
        return;
    strncpy(phase->name, name, sizeof phase->name - 1);
    phase->number = measuring_open(server, L, phase->name);
}

static bool act_on(struct server *server, lua_State *L, const char *action, int measurement) {
    struct account *account = &server->debugger->account;
    if (strcmp(action, "start") == 0)
        return act(server, L, BREAKPOINT_WINDOW_START, measurement);
    if (strcmp(action, "stop") == 0)
        return act(server, L, BREAKPOINT_WINDOW_STOP, measurement);
    if (strcmp(action, "lap") == 0)
        return act(server, L, BREAKPOINT_WINDOW_LAP, measurement);
    account_follow(account);
    measurements_clear(&account->measurements, (uint32_t)measurement);
    return true;
}

static cJSON *measure(struct server *server, const cJSON *arguments,
                      struct inspect_problem *problem) {
    const char *action = arguments_text(arguments, "action");
    const char *name = arguments_text(arguments, "name");
    lua_State *L = server_running(server);
    int measurement;
    const char *why = find(server, name, &measurement);
    if (why != NULL)
        return inspect_refuse(problem, "%s", why);
    if (!act_on(server, L, action, measurement))
        return inspect_refuse(problem, "no window of the measurement '%s' is open", name);
    measuring_look(server, L);
    return NULL;
}

/* ---- measurements between places in the code ---- */

/* A place is where a window opens or closes: a breakpoint of a mode, that is kept. The problem, if
   there is one, is the user's; the caller's to free(). */
static char *keep_place(struct server *server, const cJSON *place, enum breakpoint_mode mode,
                        int measurement) {
    const char *path = arguments_text(place, "path");
    struct breakpoint asked = {.asked_line = arguments_count(place, "line", 0),
                               .options = {.mode = mode, .measurement = measurement}};
    const struct breakpoint *kept = breakpoints_keep(&server->debugger->breakpoints, path, &asked);
    if (kept == NULL)
        return strdup("not enough memory");
    return kept->line == 0 && kept->message != NULL ? strdup(kept->message) : NULL;
}

static char *keep_measurement(struct server *server, const cJSON *measurement) {
    const cJSON *to = arguments_get(measurement, "to");
    int index;
    const char *why = find(server, arguments_text(measurement, "name"), &index);
    if (why != NULL)
        return strdup(why);
    enum breakpoint_mode mode = to != NULL ? BREAKPOINT_WINDOW_START : BREAKPOINT_WINDOW_LAP;
    char *problem = keep_place(server, arguments_get(measurement, "from"), mode, index);
    if (problem == NULL && to != NULL)
        problem = keep_place(server, to, BREAKPOINT_WINDOW_STOP, index);
    return problem;
}

static cJSON *set_measuring(struct server *server, const cJSON *arguments,
                            struct inspect_problem *problem) {
    cJSON *body = cJSON_CreateObject();
    cJSON *problems = cJSON_AddObjectToObject(body, "problems");
    const cJSON *measurement;
    uint64_t limit = arguments_bytes(arguments, "memoryLimit");
    server->collects = arguments_flag(arguments, "collect");
    server->warmup = (uint64_t)arguments_count(arguments, "warmup", 0);
    if (limit != UINT64_MAX)
        server->debugger->account.limit = limit;
    telling_set(server, arguments);
    breakpoints_drop_kept(&server->debugger->breakpoints);
    cJSON_ArrayForEach(measurement, arguments_get(arguments, "measurements")) {
        char *why = keep_measurement(server, measurement);
        if (why != NULL)
            channel_add_text(problems, arguments_text(measurement, "name"), why);
        free(why);
    }
    expressions_clear(server->expressions);
    return body;
}

/* What cannot be set is seen in the end: a measurement without windows. */
bool measuring_begin(struct server *server, const char *text) {
    const struct contract_request *contract = contract_find_request("setMeasuring");
    char flaw[CONTRACT_PROBLEM_BYTES];
    struct inspect_problem problem = {{0}};
    cJSON *arguments = cJSON_Parse(text);
    bool read = cJSON_IsObject(arguments) && contract_check(contract->arguments, arguments, flaw);
    if (read)
        cJSON_Delete(set_measuring(server, arguments, &problem));
    cJSON_Delete(arguments);
    server->debugger->attached = read;
    return read;
}

const struct server_request server_measuring_requests[] = {
    {"luaheat/measure", measure},
    {"setMeasuring", set_measuring},
    {NULL},
};
