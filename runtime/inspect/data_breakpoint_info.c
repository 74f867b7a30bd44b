/* SPDX-License-Identifier: MIT */
#include "data_breakpoint_info.h"

#include "account.h"
#include "arguments.h"
#include "chain_key.h"
#include "chain_value.h"
#include "data_variable.h"
#include "evaluation.h"
#include "expressions.h"
#include "frames.h"
#include "lookup.h"
#include "member.h"
#include "reference.h"
#include "stop.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct search {
    struct stop *stop;
    struct expressions *expressions;
    const char *name;  /* as the client calls the variable */
    const char *title; /* as it is told */
    int frame;         /* of an expression; 0: none */
    struct inspect_problem *problem;
};

static struct data_variable *refuse(const struct search *search) {
    return inspect_refuse(
        search->problem,
        "'%.200s' cannot be watched: only fields, locals, upvalues and globals can", search->name);
}

/* NULL, and the variable destroyed, if it is not good. */
static struct data_variable *if_good(const struct search *search, struct data_variable *variable,
                                     bool good) {
    if (good)
        return variable;
    data_variable_destroy(variable, search->expressions);
    return NULL;
}

/* ---- roots and steps ---- */

static struct data_variable *from_local(const struct search *search, struct frame *frame, int n) {
    const char *local = lookup_local_name(frame, n);
    if (local == NULL)
        return NULL;
    return data_variable_of_local(search->expressions, search->title, local, frame->L,
                                  &frame->record, frame->level, n);
}

/* Takes the value on top of the stopped thread's stack. */
static struct data_variable *from_value(const struct search *search) {
    lua_xmove(search->stop->L, search->expressions->co, 1);
    return data_variable_of_value(search->expressions, search->title);
}

static struct data_variable *from_upvalue(const struct search *search, struct frame *frame, int n) {
    lua_getinfo(frame->L, "f", &frame->record);
    lua_xmove(frame->L, search->stop->L, 1);
    struct data_variable *variable = from_value(search);
    const struct data_variable_step step = {DATA_VARIABLE_UPVALUE, n};
    return variable != NULL
               ? if_good(search, variable, data_variable_add(variable, search->expressions, step))
               : NULL;
}

/* Takes the key on top of the stopped thread's stack. */
static struct data_variable *add_key(const struct search *search, struct data_variable *variable) {
    static const struct data_variable_step entry = {.kind = DATA_VARIABLE_ENTRY};
    lua_State *L = search->stop->L;
    if (variable == NULL) {
        lua_pop(L, 1);
        return NULL;
    }
    lua_xmove(L, search->expressions->co, 1);
    return if_good(search, variable, data_variable_add(variable, search->expressions, entry));
}

/* ---- a variable of a list: the way to it is that of its place ---- */

static const enum data_variable_step_kind steps[] = {
    [VALUE_PATH_ENTRY] = DATA_VARIABLE_ENTRY,
    [VALUE_PATH_METATABLE] = DATA_VARIABLE_METATABLE,
    [VALUE_PATH_UPVALUE] = DATA_VARIABLE_UPVALUE,
    [VALUE_PATH_USER_VALUE] = DATA_VARIABLE_USER_VALUE};

static bool is_inside(const struct value_path *place) {
    return place->kind == VALUE_PATH_ENTRY || place->kind == VALUE_PATH_METATABLE ||
           place->kind == VALUE_PATH_UPVALUE || place->kind == VALUE_PATH_USER_VALUE;
}

/* Pushes the key of the entry. */
static bool push_place_key(const struct search *search, const struct value_path *place) {
    lua_State *L = search->stop->L;
    if (!value_path_push(&search->stop->paths, place->of))
        return false;
    bool there = key_push(L, lua_gettop(L), &place->key);
    lua_remove(L, there ? -2 : -1);
    return there;
}

static struct data_variable *add_place(const struct search *search, struct data_variable *variable,
                                       const struct value_path *place) {
    const struct data_variable_step step = {steps[place->kind], place->n};
    if (variable == NULL)
        return NULL;
    if (place->kind != VALUE_PATH_ENTRY)
        return if_good(search, variable, data_variable_add(variable, search->expressions, step));
    if (push_place_key(search, place))
        return add_key(search, variable);
    return if_good(search, variable, false);
}

static struct data_variable *from_place(const struct search *search, int number) {
    const struct value_path *found = value_path_find(&search->stop->paths, number);
    struct frame frame;
    if (found == NULL)
        return NULL;
    struct value_path place = *found;
    if (is_inside(&place))
        return add_place(search, from_place(search, place.of), &place);
    if (place.kind == VALUE_PATH_LOCAL && place.n > 0)
        return frames_find(&search->stop->frames, place.of, &frame)
                   ? from_local(search, &frame, place.n)
                   : NULL;
    return value_path_push(&search->stop->paths, number) ? from_value(search) : NULL;
}

/* Appends the key at the index, if it is a name. */
static bool write_name(struct string_builder *chain, lua_State *L, int index) {
    size_t size = 0;
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &size) : NULL;
    if (name == NULL || !key_is_name(name, size))
        return false;
    string_builder_print(chain, "%s%s", chain->size > 0 ? "." : "", name);
    return true;
}

/* Do names alone lead from the globals to the place? Writes them. */
static bool write_names(const struct search *search, struct string_builder *chain, int number) {
    const struct value_path *place = value_path_find(&search->stop->paths, number);
    lua_State *L = search->stop->L;
    if (place == NULL || place->kind == VALUE_PATH_GLOBALS)
        return place != NULL;
    if (place->kind != VALUE_PATH_ENTRY)
        return false;
    struct value_path entry = *place;
    if (!write_names(search, chain, entry.of) || !push_place_key(search, &entry))
        return false;
    bool written = write_name(chain, L, lua_gettop(L));
    lua_pop(L, 1);
    return written;
}

/* Does the name, in a list of variables, stand for the key at this index? */
static bool is_called(lua_State *L, int index, const char *name) {
    struct string_builder builder = {0};
    key_write_name(&builder, L, index);
    bool same = strcmp(string_builder_text(&builder), name) == 0;
    string_builder_finish(&builder);
    return same;
}

/* Pushes the key that is called so in a list, where it is none yet. */
static void push_new_key(lua_State *L, const char *name) {
    struct string_builder text = {0};
    struct chain chain;
    struct chain_link link;
    string_builder_print(&text, "_%s", name);
    const char *expression = string_builder_text(&text);
    bool is_key = *name == '[' && chain_first(&chain, expression, strlen(expression), &link) &&
                  chain_next(&chain, &link) && chain_key_push(L, &link);
    if (!is_key)
        lua_pushstring(L, name);
    string_builder_finish(&text);
}

/* Pushes the key of the table on top that is called so. */
static void push_key(lua_State *L, const char *name) {
    int table = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_called(L, lua_gettop(L), name))
            return;
    }
    push_new_key(L, name);
}

/* The field of the table on top of the stack, which is in the place; leaves the table. */
static struct data_variable *find_field(const struct search *search, int place) {
    lua_State *L = search->stop->L;
    struct string_builder chain = {0};
    struct data_variable *variable;
    push_key(L, search->name);
    if (write_names(search, &chain, place) && write_name(&chain, L, lua_gettop(L))) {
        lua_pop(L, 1);
        variable = data_variable_of_chain(string_builder_text(&chain));
    } else {
        variable = add_key(search, from_place(search, place));
    }
    string_builder_finish(&chain);
    return variable;
}

/* A variable in a list, which tells those apart that others hide. */
static struct data_variable *find_listed(const struct search *search,
                                         const struct reference *reference) {
    struct frame frame;
    struct value_path place;
    if (!member_find(search->stop, reference, search->name, false, &place, search->problem))
        return NULL;
    if (is_inside(&place))
        return add_place(search, from_place(search, place.of), &place);
    return frames_find(&search->stop->frames, reference->frame, &frame)
               ? from_local(search, &frame, place.n)
               : NULL;
}

/* A child of what is unfolded. */
static struct data_variable *find_child(const struct search *search,
                                        const struct reference *reference) {
    lua_State *L = search->stop->L;
    int height = lua_gettop(L);
    struct data_variable *variable = NULL;
    if (reference->view == VIEW_LOCALS)
        return find_listed(search, reference);
    if (reference->view == VIEW_VARARGS || !value_path_push(&search->stop->paths, reference->path))
        return NULL;
    if (lua_istable(L, -1))
        variable = find_field(search, reference->path);
    else
        variable = find_listed(search, reference);
    lua_settop(L, height);
    return variable;
}

/* What the user is told of a child. */
static void write_title(struct string_builder *builder, const struct reference *reference,
                        const char *name) {
    bool field = reference->expression != NULL && !reference->elsewhere &&
                 reference->view != VIEW_LOCALS && reference->view != VIEW_UPVALUES;
    if (field && *name != '(')
        string_builder_print(builder, key_is_name(name, strlen(name)) ? "%s.%s" : "%s%s",
                             reference->expression, name);
    else if (reference->view != VIEW_LOCALS)
        string_builder_print(builder, "%s", name);
    else /* without what tells it from those that hide it */
        string_builder_print(builder, "%.*s", (int)strcspn(name, " "), name);
}

/* ---- an expression ---- */

/* A variable of the frame; NULL if the name is none. */
static struct data_variable *find_scoped(const struct search *search, const char *name,
                                         size_t size) {
    struct frame frame;
    if (!frames_find(&search->stop->frames, search->frame, &frame))
        return NULL;
    struct lookup found = lookup_name(&frame, name, size);
    if (found.kind == LOOKUP_LOCAL)
        return from_local(search, &frame, found.n);
    return found.kind == LOOKUP_UPVALUE ? from_upvalue(search, &frame, found.n) : NULL;
}

/* Is the frame's own _ENV the table of globals? */
static bool sees_globals(const struct search *search) {
    struct value_path place;
    if (!chain_value_find(search->stop, search->frame, "_ENV", &place))
        return true;
    bool same = value_is_globals(search->stop->L, -1);
    lua_pop(search->stop->L, 1);
    return same;
}

static struct data_variable *from_environment(const struct search *search) {
    if (!sees_globals(search))
        return find_scoped(search, "_ENV", 4);
    lua_rawgeti(search->stop->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return from_value(search);
}

/* ---- the keys of its links, to the top of the coroutine's stack ---- */

static int push_literal(lua_State *co) {
    chain_key_push(co, lua_touserdata(co, 1));
    return 1;
}

/* A key to be evaluated. */
struct computed {
    const struct search *search;
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
static bool push_computed(const struct search *search, const struct chain_link *link) {
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

static bool push_link(const struct search *search, const struct chain_link *link) {
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
static bool push_link_key(const struct search *search, const struct chain_link *link) {
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
    const struct search *search;
    struct data_variable *variable;
    bool is_global;
    struct string_builder chain;
};

static void go(struct way *way, const struct chain_link *link) {
    static const struct data_variable_step entry = {.kind = DATA_VARIABLE_ENTRY};
    const struct search *search = way->search;
    lua_State *co = search->expressions->co;
    if (way->variable == NULL)
        return;
    bool good = push_link_key(search, link);
    way->is_global = way->is_global && good && write_name(&way->chain, co, lua_gettop(co));
    good = good && data_variable_add(way->variable, search->expressions, entry);
    way->variable = if_good(search, way->variable, good);
}

static void begin(struct way *way, const struct chain_link *first, bool alone) {
    const struct search *search = way->search;
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
static struct data_variable *as_chain(const struct search *search, struct way *way) {
    struct value_path place;
    const char *chain = string_builder_text(&way->chain);
    data_variable_destroy(way->variable, search->expressions);
    if (strncmp(chain, "_G.", 3) == 0 && chain_value_find(search->stop, 0, "_G", &place)) {
        chain += value_is_globals(search->stop->L, -1) ? 3 : 0;
        lua_pop(search->stop->L, 1);
    }
    return data_variable_of_chain(chain);
}

static struct data_variable *find_expression(const struct search *search) {
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

/* ---- the request ---- */

static bool read_place(struct search *search, const cJSON *arguments,
                       const struct reference **reference) {
    int number = arguments_count(arguments, "variablesReference", 0);
    struct frame frame;
    *reference = number > 0 ? handles_get(&search->stop->references.items, number) : NULL;
    if (number > 0 && *reference == NULL)
        return inspect_refuse(search->problem,
                              "this reference is of an earlier stop: ask for the scopes again");
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(&search->stop->frames, arguments, &frame, &search->frame, search->problem);
}

struct data_variable *data_breakpoint_info_find(struct stop *stop, struct expressions *expressions,
                                                const cJSON *arguments,
                                                struct inspect_problem *problem) {
    struct search search = {.stop = stop,
                            .expressions = expressions,
                            .name = arguments_text(arguments, "name"),
                            .problem = problem};
    const struct reference *reference;
    struct string_builder title = {0};
    if (!read_place(&search, arguments, &reference))
        return NULL;
    if (expressions_open(expressions, stop->L) == NULL)
        return inspect_refuse(problem, "not enough memory");
    if (reference != NULL)
        write_title(&title, reference, search.name);
    else
        string_builder_print(&title, "%s", search.name);
    search.title = string_builder_text(&title);
    expressions_begin_work(expressions, stop->L);
    struct data_variable *variable =
        reference != NULL ? find_child(&search, reference) : find_expression(&search);
    expressions_end_work(expressions, stop->L);
    account_settle(stop->account, stop->L);
    string_builder_finish(&title);
    return variable != NULL ? variable : refuse(&search);
}
