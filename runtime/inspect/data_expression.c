/* SPDX-License-Identifier: MIT */
#include "chain_key.h"
#include "chain_value.h"
#include "data_search.h"
#include "data_variable.h"
#include "evaluation.h"
#include "expressions.h"
#include "frames.h"
#include "lookup.h"
#include "stop.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

/* A variable of the frame; NULL if the name is none. */
static struct data_variable *find_scoped(const struct data_search *search, const char *name,
                                         size_t size) {
    struct frame frame;
    if (!frames_find(&search->stop->frames, search->frame, &frame))
        return NULL;
    struct lookup found = lookup_name(&frame, name, size);
    if (found.kind == LOOKUP_LOCAL)
        return data_search_from_local(search, &frame, found.n);
    return found.kind == LOOKUP_UPVALUE ? data_search_from_upvalue(search, &frame, found.n) : NULL;
}

/* Is the frame's own _ENV the table of globals? */
static bool sees_globals(const struct data_search *search) {
    struct value_path place;
    if (!chain_value_find(search->stop, search->frame, "_ENV", &place))
        return true;
    bool same = value_is_globals(search->stop->L, -1);
    lua_pop(search->stop->L, 1);
    return same;
}

static struct data_variable *from_environment(const struct data_search *search) {
    if (!sees_globals(search))
        return find_scoped(search, "_ENV", 4);
    lua_rawgeti(search->stop->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return data_search_from_value(search);
}

/* ---- the keys of its links, to the top of the coroutine's stack ---- */

static int push_literal(lua_State *co) {
    chain_key_push(co, lua_touserdata(co, 1));
    return 1;
}

/* A key to be evaluated. */
struct computed {
    const struct data_search *search;
    char *text;
};

static int compute(lua_State *co, struct evaluation *evaluation) {
    const struct computed *computed = evaluation->data;
    struct evaluation of_text = *evaluation;
    of_text.data = computed->text;
    return evaluation_perform_quietly(co, &of_text);
}

static cJSON *keep_computed(struct evaluation *evaluation, lua_State *co, int count) {
    const struct computed *computed = evaluation->data;
    (void)count;
    lua_pushvalue(co, 1);
    lua_xmove(co, computed->search->expressions->co, 1);
    return cJSON_CreateNull();
}

/* Whatever it is, as long as nothing of the program has to run for it. */
static bool push_computed(const struct data_search *search, const struct chain_link *link) {
    lua_State *L = search->stop->L;
    struct inspect_problem problem = {{0}};
    struct computed computed = {search, strndup(link->text, link->size)};
    struct evaluation evaluation = {.stop = search->stop,
                                    .frame = search->frame,
                                    .perform = compute,
                                    .finish = keep_computed,
                                    .data = &computed,
                                    .problem = &problem};
    if (computed.text == NULL)
        return false;
    expressions_end_work(search->expressions, L);
    cJSON *kept = evaluation_run(&evaluation);
    expressions_begin_work(search->expressions, L);
    bool pushed = kept != NULL;
    cJSON_Delete(kept);
    free(computed.text);
    return pushed;
}

static bool push_link(const struct data_search *search, const struct chain_link *link) {
    lua_State *co = search->expressions->co;
    if (link->kind != CHAIN_CODE) {
        lua_pushcfunction(co, push_literal);
        lua_pushlightuserdata(co, (void *)link);
        if (lua_pcall(co, 1, 1, 0) == LUA_OK)
            return true;
        lua_pop(co, 1);
        return false;
    }
    if (!chain_value_push_key(search->stop, search->frame, link))
        return push_computed(search, link);
    lua_xmove(search->stop->L, co, 1);
    return true;
}

/* nil and NaN are keys of nothing. */
static bool push_link_key(const struct data_search *search, const struct chain_link *link) {
    lua_State *co = search->expressions->co;
    if (!push_link(search, link))
        return false;
    if (!lua_isnil(co, -1) && lua_rawequal(co, -1, -1))
        return true;
    lua_pop(co, 1);
    return false;
}

/* ---- the way ---- */

/* The way so far, and the names of it if it is one of names from the globals. */
struct way {
    const struct data_search *search;
    struct data_variable *variable;
    bool is_global;
    struct string_builder chain;
};

static void go(struct way *way, const struct chain_link *link) {
    static const struct data_variable_step entry = {.kind = DATA_VARIABLE_ENTRY};
    const struct data_search *search = way->search;
    lua_State *co = search->expressions->co;
    if (way->variable == NULL)
        return;
    bool good = push_link_key(search, link);
    way->is_global =
        way->is_global && good && data_search_write_name(&way->chain, co, lua_gettop(co));
    good = good && data_variable_add(way->variable, search->expressions, entry);
    way->variable = data_search_if_good(search, way->variable, good);
}

static void begin(struct way *way, const struct chain_link *first, bool alone) {
    const struct data_search *search = way->search;
    bool is_environment = first->size == 4 && memcmp(first->text, "_ENV", 4) == 0;
    if (chain_value_is_constant(search->stop, search->frame, first))
        return;
    if (!is_environment || alone)
        way->variable = find_scoped(search, first->text, first->size);
    if (way->variable != NULL || (is_environment && alone))
        return;
    way->is_global = sees_globals(search);
    way->variable = from_environment(search);
    if (!is_environment)
        go(way, first);
}

/* What persists: names from the globals, and not by way of _G. */
static struct data_variable *as_chain(const struct data_search *search, struct way *way) {
    struct value_path place;
    const char *chain = string_builder_text(&way->chain);
    data_variable_destroy(way->variable, search->expressions);
    if (strncmp(chain, "_G.", 3) == 0 && chain_value_find(search->stop, 0, "_G", &place)) {
        chain += value_is_globals(search->stop->L, -1) ? 3 : 0;
        lua_pop(search->stop->L, 1);
    }
    return data_variable_of_chain(chain);
}

struct data_variable *data_search_expression(const struct data_search *search) {
    struct way way = {.search = search};
    struct chain chain;
    struct chain_link first, link;
    if (!chain_first(&chain, search->name, strlen(search->name), &first))
        return NULL;
    bool more = chain_next(&chain, &link);
    begin(&way, &first, !more);
    for (; more && way.variable != NULL; more = chain_next(&chain, &link))
        go(&way, &link);
    bool good = way.variable != NULL && chain_ends(&chain) &&
                data_variable_can_be(way.variable, search->expressions);
    struct data_variable *variable = NULL;
    if (!good)
        data_variable_destroy(way.variable, search->expressions);
    else
        variable = way.is_global ? as_chain(search, &way) : way.variable;
    string_builder_finish(&way.chain);
    return variable;
}
