/* SPDX-License-Identifier: MIT */
/*
 * retainers: why is it alive? Who holds one object (that an expression gives), or all objects that
 * some sites have allocated, and how these holders are reached. The heap is walked in a coroutine
 * of the console; the program's own heap and its collector stay as they are.
 */
#include "account.h"
#include "arguments.h"
#include "evaluation.h"
#include "frames.h"
#include "heap_object.h"
#include "heap_path.h"
#include "heap_walk.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>

enum { HOLDERS_LISTED = 10, STACK_SLOTS = 40 };

struct search {
    struct heap_walk walk;
    struct heap_layout layout;
    const char *expression; /* NULL: by sites */
    uint64_t sites[FIGURES_MAX_SITES / 64];
    int limit; /* holders to list */
    cJSON *holders;
};

/* ---- what is looked for ---- */

static bool is_of_sites(const struct heap_walk *walk, const void *object) {
    const struct search *search = walk->data;
    uint32_t site = heap_object_site(&search->layout, walk->L, -1);
    return search->sites[site / 64] >> site % 64 & 1;
}

static bool is_same(const struct heap_walk *walk, const void *object) {
    return object == walk->object;
}

/* The value stays at index 1. */
static void take_object(struct search *search, const struct evaluation *evaluation) {
    lua_State *co = search->walk.L;
    evaluation_push_code(co, evaluation, "return ", search->expression);
    evaluation_call(co, evaluation);
    lua_settop(co, 1);
    search->walk.object = heap_object(co, 1);
    if (search->walk.object == NULL && lua_isthread(co, 1))
        luaL_error(co, "nothing of the program holds it: this thread is the debugger's");
    if (search->walk.object == NULL)
        luaL_error(co, "nothing holds it: a %s is not an object of its own", luaL_typename(co, 1));
    search->walk.wants = is_same;
}

/* ---- the answer ---- */

/* Most first; of as many, the one reached first. */
static int by_count(const void *a, const void *b) {
    const struct heap_group *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return one->number < other->number ? -1 : 1;
}

static void add_holder(struct search *search, const struct heap_group *group) {
    struct heap_path path;
    if (heap_path_describe(&path, &search->walk, group)) {
        cJSON *holder = cJSON_CreateObject();
        cJSON_AddNumberToObject(holder, "count", (double)group->count);
        cJSON_AddStringToObject(holder, "holder", string_builder_text(&path.holder));
        cJSON_AddStringToObject(holder, "value", string_builder_text(&path.value));
        cJSON_AddStringToObject(holder, "text", string_builder_text(&path.text));
        cJSON_AddItemToObject(holder, "path", path.steps);
        path.steps = NULL;
        cJSON_AddItemToArray(search->holders, holder);
    }
    heap_path_finish(&path);
}

static void add_holders(struct search *search) {
    struct heap_walk *walk = &search->walk;
    if (walk->group_count > 1)
        qsort(walk->groups + 1, walk->group_count - 1, sizeof *walk->groups, by_count);
    search->holders = cJSON_CreateArray();
    for (size_t i = 1; i < walk->group_count && i <= (size_t)search->limit; i++)
        add_holder(search, &walk->groups[i]);
}

static int perform(lua_State *co, struct evaluation *evaluation) {
    struct search *search = evaluation->data;
    search->walk.L = co;
    luaL_checkstack(co, STACK_SLOTS, NULL);
    if (search->expression != NULL)
        take_object(search, evaluation);
    if (heap_walk(&search->walk) == HEAP_WALK_DONE)
        add_holders(search);
    if (search->walk.status == HEAP_WALK_CANCELLED)
        return luaL_error(co, "cancelled");
    if (search->walk.status == HEAP_WALK_NO_MEMORY)
        return luaL_error(co, "not enough memory");
    return 0;
}

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    struct search *search = evaluation->data;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "walked", (double)(search->walk.count - 1));
    cJSON_AddNumberToObject(body, "found", (double)search->walk.found);
    cJSON_AddNumberToObject(
        body, "groups", search->walk.group_count > 0 ? (double)search->walk.group_count - 1 : 0);
    if (search->walk.unseen_frames > 0)
        cJSON_AddNumberToObject(body, "unseenFrames", (double)search->walk.unseen_frames);
    cJSON_AddItemToObject(body, "holders", search->holders);
    search->holders = NULL;
    return body;
}

/* ---- the request ---- */

static bool read_sites(struct search *search, const cJSON *arguments,
                       struct inspect_problem *problem) {
    const cJSON *site;
    if (search->walk.stop->account->ledger.figures == NULL) {
        inspect_refuse(problem, "memory is not measured: which line made what is not known");
        return false;
    }
    cJSON_ArrayForEach(site, arguments_get(arguments, "sites")) {
        double number = cJSON_IsNumber(site) ? site->valuedouble : -1;
        if (number >= 0 && number < FIGURES_MAX_SITES)
            search->sites[(uint32_t)number / 64] |= UINT64_C(1) << (uint32_t)number % 64;
    }
    search->walk.wants = is_of_sites;
    if (heap_layout_measure(&search->layout))
        return true;
    inspect_refuse(problem, "not enough memory");
    return false;
}

static bool read_arguments(struct search *search, struct evaluation *evaluation,
                           const cJSON *arguments) {
    struct frame frame;
    struct inspect_problem *problem = evaluation->problem;
    search->limit = HOLDERS_LISTED;
    search->expression = arguments_text(arguments, "expression");
    if (!arguments_count(arguments, "limit", &search->limit, problem))
        return false;
    if (search->expression == NULL)
        return read_sites(search, arguments, problem);
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(evaluation->stop, arguments, &frame, &evaluation->frame, problem);
}

static cJSON *retainers(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL)
        return inspect_refuse(problem, "not enough memory");
    struct evaluation evaluation = {
        .stop = stop, .perform = perform, .finish = finish, .data = search, .problem = problem};
    search->walk.stop = stop;
    search->walk.data = search;
    cJSON *body = NULL;
    if (read_arguments(search, &evaluation, arguments))
        body = evaluation_run(&evaluation);
    heap_walk_finish(&search->walk);
    cJSON_Delete(search->holders);
    free(search);
    return body;
}

const struct inspect_request retainers_requests[] = {
    {"luaheat/retainers", retainers},
    {NULL, NULL},
};
