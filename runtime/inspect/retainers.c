/* SPDX-License-Identifier: MIT */
/*
 * The request luaheat/retainers: what retains one object (that an expression gives), or all objects
 * that some sites have allocated, and how these retainers are reached. The heap is walked in a
 * coroutine of the console.
 */
#include "arguments.h"
#include "evaluation.h"
#include "frames.h"
#include "heap_object.h"
#include "heap_retainers.h"
#include "retainers_answer.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>

enum { RETAINERS_LISTED = 10 };

struct search {
    struct heap heap;
    struct heap_retainers retainers;
    struct chunks *chunks;
    const char *expression; /* NULL: by sites */
    struct retainers_wish wish;
    cJSON *body;
};

/* ---- the answer ---- */

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    struct search *search = evaluation->data;
    cJSON *body = search->body;
    search->body = NULL;
    return body;
}

/* ---- the search ---- */

/* The value stays at index 1. */
static void push_object(lua_State *co, const struct search *search,
                        const struct evaluation *evaluation) {
    evaluation_push_code(co, evaluation, "return ", search->expression);
    evaluation_call(co, evaluation);
    lua_settop(co, 1);
    if (heap_object(co, 1) == NULL && lua_isthread(co, 1))
        luaL_error(co, "nothing of the program holds it: this thread is the debugger's");
    if (heap_object(co, 1) == NULL)
        luaL_error(co, "nothing holds it: a %s is not an object of its own", luaL_typename(co, 1));
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    struct search *search = evaluation->data;
    struct heap_walk *walk = &search->retainers.walk;
    walk->L = co;
    luaL_checkstack(co, HEAP_RETAINERS_SLOTS, NULL);
    if (search->expression == NULL) {
        heap_retainers_of_sites(&search->retainers);
    } else {
        push_object(co, search, evaluation);
        heap_retainers_of_object(&search->retainers);
    }
    if (walk->status == HEAP_WALK_DONE)
        search->body = retainers_answer(&search->retainers, search->chunks, &search->wish);
    if (walk->status == HEAP_WALK_CANCELLED)
        return luaL_error(co, "cancelled");
    if (walk->status == HEAP_WALK_NO_MEMORY)
        return luaL_error(co, "not enough memory");
    return 0;
}

/* ---- the request ---- */

static bool read_sites(struct search *search, const struct stop *stop, const cJSON *arguments,
                       struct inspect_problem *problem) {
    const cJSON *site;
    if (!stop_measures(stop)) {
        inspect_refuse(problem, "memory is not measured: which line made what is not known");
        return false;
    }
    cJSON_ArrayForEach(site, arguments_get(arguments, "sites")) {
        double number = cJSON_IsNumber(site) ? site->valuedouble : -1;
        if (number >= 0 && number < FIGURES_MAX_SITES)
            search->retainers.sites[(uint32_t)number / 64] |= UINT64_C(1) << (uint32_t)number % 64;
    }
    return true;
}

static bool read_arguments(struct search *search, struct evaluation *evaluation,
                           const cJSON *arguments) {
    struct frame frame;
    struct inspect_problem *problem = evaluation->problem;
    search->wish = (struct retainers_wish){
        .limit = (size_t)arguments_count(arguments, "limit", RETAINERS_LISTED),
        .shape = arguments_count(arguments, "shape", -1),
        .start = (size_t)arguments_count(arguments, "start", 0),
        .count = (size_t)arguments_count(arguments, "count", RETAINERS_LISTED),
    };
    search->expression = arguments_text(arguments, "expression");
    if (search->expression == NULL)
        return read_sites(search, evaluation->stop, arguments, problem);
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(&evaluation->stop->frames, arguments, &frame, &evaluation->frame, problem);
}

static void begin(struct search *search, struct stop *stop) {
    search->heap = (struct heap){.coroutines = stop->coroutines, .height = stop->height};
    search->chunks = stop->chunks;
    search->retainers.walk = (struct heap_walk){
        .heap = &search->heap,
        .collector = &stop->collector,
        .interrupted = stop->interrupted,
        .interrupted_data = stop->interrupted_data,
    };
}

static cJSON *retainers(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL)
        return inspect_refuse(problem, "not enough memory");
    struct evaluation evaluation = {
        .stop = stop, .perform = perform, .finish = finish, .data = search, .problem = problem};
    begin(search, stop);
    cJSON *body = NULL;
    if (read_arguments(search, &evaluation, arguments))
        body = evaluation_run(&evaluation);
    heap_retainers_finish(&search->retainers);
    cJSON_Delete(search->body);
    free(search);
    return body;
}

const struct inspect_request retainers_requests[] = {
    {"luaheat/retainers", retainers},
    {NULL, NULL},
};
