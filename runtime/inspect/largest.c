/* SPDX-License-Identifier: MIT */
/*
 * The requests luaheat/largestTables and luaheat/equalStrings. The heap is walked in a coroutine of
 * the console. How big a string is, it tells itself; how big a table is, only our books.
 */
#include "largest.h"

#include "arguments.h"
#include "evaluation.h"
#include "largest_answer.h"
#include "stop.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_LISTED = 10 };

struct search {
    struct heap heap;
    struct heap_largest largest;
    struct chunks *chunks;
    struct largest_wish wish;
    cJSON *body;
};

static struct search *search_create(struct stop *stop, bool of_tables,
                                    const struct largest_wish *wish) {
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL)
        return NULL;
    search->heap = (struct heap){.coroutines = stop->coroutines, .height = stop->height};
    search->chunks = stop->chunks;
    search->wish = *wish;
    search->largest.of_tables = of_tables;
    search->largest.of_strings = !of_tables;
    search->largest.walk = (struct heap_walk){.heap = &search->heap,
                                              .collector = &stop->collector,
                                              .interrupted = stop->interrupted,
                                              .interrupted_data = stop->interrupted_data,
                                              .reached = &stop->walked};
    return search;
}

/* The answer, the caller's to delete. */
static cJSON *search_end(struct search *search) {
    cJSON *body = search->body;
    heap_largest_finish(&search->largest);
    free(search);
    return body;
}

/* ---- the search ---- */

static void make_answer(struct search *search) {
    search->body = search->largest.of_tables
                       ? largest_answer_tables(&search->largest, search->chunks, &search->wish)
                       : largest_answer_strings(&search->largest, search->chunks, &search->wish);
}

static int perform_search(lua_State *L, struct search *search) {
    struct heap_walk *walk = &search->largest.walk;
    walk->L = L;
    luaL_checkstack(L, HEAP_LARGEST_SLOTS, NULL);
    if (heap_largest_look(&search->largest) == HEAP_WALK_DONE)
        make_answer(search);
    if (walk->status == HEAP_WALK_CANCELLED)
        return luaL_error(L, "cancelled");
    if (walk->status == HEAP_WALK_NO_MEMORY)
        return luaL_error(L, "not enough memory");
    return 0;
}

/* ---- for code that is evaluated ---- */

static const char unmeasured[] = "memory is not measured: how big tables are is not known";

static int search_for_code(lua_State *L) {
    struct search *search = lua_touserdata(L, 1);
    lua_settop(L, 0);
    return perform_search(L, search);
}

static cJSON *search_in(struct stop *stop, lua_State *L, bool of_tables,
                        const struct largest_wish *wish) {
    if (of_tables && !stop_measures(stop))
        luaL_error(L, "%s", unmeasured);
    struct search *search = search_create(stop, of_tables, wish);
    if (search == NULL)
        luaL_error(L, "not enough memory");
    lua_pushcfunction(L, search_for_code);
    lua_pushlightuserdata(L, search);
    int status = lua_pcall(L, 1, 0, 0);
    cJSON *body = search_end(search);
    if (status == LUA_OK)
        return body;
    cJSON_Delete(body);
    lua_error(L);
    return NULL;
}

cJSON *largest_of_tables(struct stop *stop, lua_State *L, size_t limit, bool by_bytes) {
    return search_in(stop, L, true, &(struct largest_wish){.limit = limit, .by_bytes = by_bytes});
}

cJSON *largest_of_strings(struct stop *stop, lua_State *L, size_t limit) {
    return search_in(stop, L, false, &(struct largest_wish){.limit = limit});
}

/* ---- the requests ---- */

static int perform(lua_State *co, struct evaluation *evaluation) {
    return perform_search(co, evaluation->data);
}

static cJSON *finish(struct evaluation *evaluation, lua_State *co, int count) {
    struct search *search = evaluation->data;
    cJSON *body = search->body;
    search->body = NULL;
    return body;
}

static cJSON *answer(struct stop *stop, const cJSON *arguments, bool of_tables,
                     struct inspect_problem *problem) {
    const char *sort = arguments_text(arguments, "sort");
    const struct largest_wish wish = {
        .limit = (size_t)arguments_count(arguments, "limit", LARGEST_LISTED),
        .by_bytes = sort != NULL && strcmp(sort, "bytes") == 0};
    struct search *search = search_create(stop, of_tables, &wish);
    if (search == NULL)
        return inspect_refuse(problem, "not enough memory");
    struct evaluation evaluation = {
        .stop = stop, .perform = perform, .finish = finish, .data = search, .problem = problem};
    cJSON *body = evaluation_run(&evaluation);
    cJSON_Delete(search_end(search));
    return body;
}

static cJSON *largest_tables(struct stop *stop, const cJSON *arguments,
                             struct inspect_problem *problem) {
    if (!stop_measures(stop))
        return inspect_refuse(problem, "%s", unmeasured);
    return answer(stop, arguments, true, problem);
}

static cJSON *equal_strings(struct stop *stop, const cJSON *arguments,
                            struct inspect_problem *problem) {
    return answer(stop, arguments, false, problem);
}

const struct inspect_request largest_requests[] = {
    {"luaheat/largestTables", largest_tables},
    {"luaheat/equalStrings", equal_strings},
    {NULL, NULL},
};
