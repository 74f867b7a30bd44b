/* SPDX-License-Identifier: MIT */
/*
 * terminate: ends coroutines that do not run, as coroutine.close does.
 */
#include "arguments.h"
#include "coroutine.h"
#include "evaluate.h"
#include "stop.h"

/* NULL, with the problem told, if it is none that can be ended. */
static struct thread *find(const struct stop *stop, const cJSON *id,
                           struct inspect_problem *problem) {
    struct threads *threads = &stop->account->threads;
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
    if (!cJSON_IsArray(asked))
        return inspect_refuse(problem, "'threadIds' must be an array");
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
            evaluate_close(stop, thread, &failure);
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
