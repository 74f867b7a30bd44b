/* SPDX-License-Identifier: MIT */
/*
 * The request luaheat/retainers: what retains one object (that an expression gives), or all objects
 * that some sites have allocated, and how these retainers are reached. The heap is walked in a
 * coroutine of the console.
 */
#include "retainers.h"

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

/* At index 1, where it stays. */
static void check_object(lua_State *L) {
    if (heap_object(L, 1) == NULL && lua_isthread(L, 1))
        luaL_error(L, "nothing of the program holds it: this thread is the debugger's");
    if (heap_object(L, 1) == NULL)
        luaL_error(L, "nothing holds it: a %s is not an object of its own", luaL_typename(L, 1));
}

/* Of the object at index 1, all there is on the stack, or of sites. */
static int perform_search(lua_State *L, struct search *search, bool of_object) {
    struct heap_walk *walk = &search->retainers.walk;
    walk->L = L;
    luaL_checkstack(L, HEAP_RETAINERS_SLOTS, NULL);
    if (of_object)
        heap_retainers_of_object(&search->retainers);
    else
        heap_retainers_of_sites(&search->retainers);
    if (walk->status == HEAP_WALK_DONE)
        search->body = retainers_answer(&search->retainers, search->chunks, &search->wish);
    if (walk->status == HEAP_WALK_CANCELLED)
        return luaL_error(L, "cancelled");
    if (walk->status == HEAP_WALK_NO_MEMORY)
        return luaL_error(L, "not enough memory");
    return 0;
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    struct search *search = evaluation->data;
    if (search->expression == NULL)
        return perform_search(co, search, false);
    evaluation_push_code(co, evaluation, "return ", search->expression);
    evaluation_call(co, evaluation);
    lua_settop(co, 1);
    check_object(co);
    return perform_search(co, search, true);
}

static void begin(struct search *search, struct stop *stop) {
    search->heap = (struct heap){.coroutines = stop->coroutines, .height = stop->height};
    search->chunks = stop->chunks;
    search->retainers.walk = (struct heap_walk){
        .heap = &search->heap,
        .collector = &stop->collector,
        .interrupted = stop->interrupted,
        .interrupted_data = stop->interrupted_data,
        .reached = &stop->walked,
    };
}

static void destroy(struct search *search) {
    heap_retainers_finish(&search->retainers);
    cJSON_Delete(search->body);
    free(search);
}

/* ---- for code that is evaluated ---- */

/* Stack: value, search. */
static int search_for_value(lua_State *L) {
    struct search *search = lua_touserdata(L, 2);
    lua_settop(L, 1);
    check_object(L);
    return perform_search(L, search, true);
}

cJSON *retainers_of_value(struct stop *stop, lua_State *L, size_t limit) {
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL) {
        luaL_error(L, "not enough memory");
        return NULL;
    }
    begin(search, stop);
    search->wish = (struct retainers_wish){.limit = limit, .shape = -1};
    lua_pushcfunction(L, search_for_value);
    lua_pushvalue(L, -2);
    lua_pushlightuserdata(L, search);
    int status = lua_pcall(L, 2, 0, 0);
    cJSON *body = search->body;
    search->body = NULL;
    destroy(search);
    if (status != LUA_OK)
        lua_error(L);
    return body;
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
    destroy(search);
    return body;
}

const struct inspect_request retainers_requests[] = {
    {"luaheat/retainers", retainers},
    {NULL, NULL},
};
