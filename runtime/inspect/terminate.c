/* SPDX-License-Identifier: MIT */
/*
 * terminate: ends coroutines that do not run, as coroutine.close does.
 */
#include "arguments.h"
#include "coroutine.h"
#include "evaluation.h"
#include "release.h"
#include "stop.h"

#include <lauxlib.h>

/* NULL, with the problem told, if it is none that can be ended. */
static struct thread *find(const struct stop *stop, const cJSON *id,
                           struct inspect_problem *problem) {
    struct threads *threads = stop->coroutines.threads;
    bool is_id = cJSON_IsNumber(id) && id->valueint > 0 && id->valuedouble == id->valueint;
    struct thread *thread = is_id ? threads_by_id(threads, id->valueint) : NULL;
    if (thread == NULL)
        return inspect_refuse(problem, "there is no such coroutine (any more)");
    enum coroutine_state state = coroutine_state(&stop->coroutines, thread->L);
    if (thread == threads->first)
        return inspect_refuse(problem, "the main program is no coroutine: terminate the session");
    if (state != COROUTINE_SUSPENDED && state != COROUTINE_NEW)
        return inspect_refuse(problem, "coroutine %d is %s; only a suspended one can be ended",
                              id->valueint, coroutine_status(state));
    return thread;
}

/* As our coroutine.close does it, but the program may have replaced that. */
static int perform_close(lua_State *L, struct evaluation *evaluation) {
    struct thread *thread = evaluation->data;
    struct threads *threads = evaluation->stop->coroutines.threads;
    lua_State *co = thread->L;
    threads_enter(threads, L, co);
    thread->closing = lua_status(co) != LUA_OK;
    int status = release_close_thread(co, L);
    thread->closing = false;
    threads_leave(threads, L);
    if (status == LUA_OK || status == LUA_YIELD)
        return 0;
    lua_xmove(co, L, 1);
    return lua_error(L);
}

static cJSON *finish_close(struct evaluation *evaluation, lua_State *co, int count) {
    return NULL;
}

/* Its __close handlers run, under the limits of evaluated code. If one of them fails or takes too
   long the problem is told; the coroutine is dead all the same. */
static void end(struct stop *stop, struct thread *thread, struct inspect_problem *problem) {
    struct evaluation evaluation = {.stop = stop,
                                    .perform = perform_close,
                                    .finish = finish_close,
                                    .data = thread,
                                    .problem = problem};
    evaluation_run(&evaluation);
}

static bool is_listed(const cJSON *list, const cJSON *id) {
    const cJSON *one;
    cJSON_ArrayForEach(one, list) {
        if (one->valueint == id->valueint)
            return true;
    }
    return false;
}

/* Body: "threadIds", those that have been ended, and "problem" if a handler failed. */
static cJSON *terminate_threads(struct stop *stop, const cJSON *arguments,
                                struct inspect_problem *problem) {
    const cJSON *asked = arguments_get(arguments, "threadIds"), *id;
    cJSON_ArrayForEach(id, asked) {
        if (find(stop, id, problem) == NULL)
            return NULL;
    }
    cJSON *body = cJSON_CreateObject();
    cJSON *ended = cJSON_AddArrayToObject(body, "threadIds");
    struct inspect_problem failure = {{0}};
    cJSON_ArrayForEach(id, asked) {
        struct inspect_problem gone = {{0}};
        if (is_listed(ended, id))
            continue;
        struct thread *thread = find(stop, id, &gone); /* a handler may have ended it meanwhile */
        if (thread != NULL)
            end(stop, thread, &failure);
        cJSON_AddItemToArray(ended, cJSON_CreateNumber(id->valueint));
    }
    if (failure.text[0] != '\0')
        cJSON_AddStringToObject(body, "problem", failure.text);
    return body;
}

const struct inspect_request terminate_requests[] = {
    {"terminateThreads", terminate_threads},
    {NULL, NULL},
};
