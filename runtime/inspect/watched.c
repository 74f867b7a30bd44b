/* SPDX-License-Identifier: MIT */
#include "watched.h"

#include "arguments.h"
#include "chain.h"
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

static struct watch *refuse(const struct search *search) {
    return inspect_refuse(
        search->problem,
        "'%.200s' cannot be watched: only fields, locals, upvalues and globals can", search->name);
}

/* NULL, and the watch destroyed, if it is not good. */
static struct watch *if_good(const struct search *search, struct watch *watch, bool good) {
    if (good)
        return watch;
    watch_destroy(watch, search->expressions);
    return NULL;
}

/* ---- roots and steps ---- */

static struct watch *from_local(const struct search *search, struct frame *frame, int n) {
    const char *local = lookup_local_name(frame, n);
    if (local == NULL)
        return NULL;
    return watch_local(search->expressions, search->title, local, frame->L, &frame->record,
                       frame->level, n);
}

/* Takes the value on top of the stopped thread's stack. */
static struct watch *from_value(const struct search *search) {
    lua_xmove(search->stop->L, search->expressions->co, 1);
    return watch_value(search->expressions, search->title);
}

static struct watch *from_upvalue(const struct search *search, struct frame *frame, int n) {
    lua_getinfo(frame->L, "f", &frame->record);
    lua_xmove(frame->L, search->stop->L, 1);
    struct watch *watch = from_value(search);
    const struct watch_step step = {WATCH_UPVALUE, n};
    return watch != NULL ? if_good(search, watch, watch_add(watch, search->expressions, step))
                         : NULL;
}

/* Takes the key on top of the stopped thread's stack. */
static struct watch *add_key(const struct search *search, struct watch *watch) {
    static const struct watch_step entry = {.kind = WATCH_ENTRY};
    lua_State *L = search->stop->L;
    if (watch == NULL) {
        lua_pop(L, 1);
        return NULL;
    }
    lua_xmove(L, search->expressions->co, 1);
    return if_good(search, watch, watch_add(watch, search->expressions, entry));
}

/* ---- a variable of a list: the way to it is that of its place ---- */

static const enum watch_step_kind steps[] = {[VALUE_PATH_ENTRY] = WATCH_ENTRY,
                                             [VALUE_PATH_METATABLE] = WATCH_METATABLE,
                                             [VALUE_PATH_UPVALUE] = WATCH_UPVALUE,
                                             [VALUE_PATH_USER_VALUE] = WATCH_USER_VALUE};

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

static struct watch *add_place(const struct search *search, struct watch *watch,
                               const struct value_path *place) {
    const struct watch_step step = {steps[place->kind], place->n};
    if (watch == NULL)
        return NULL;
    if (place->kind != VALUE_PATH_ENTRY)
        return if_good(search, watch, watch_add(watch, search->expressions, step));
    if (push_place_key(search, place))
        return add_key(search, watch);
    return if_good(search, watch, false);
}

static struct watch *from_place(const struct search *search, int number) {
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

static bool is_name(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TSTRING &&
           key_is_name(lua_tostring(L, index), lua_rawlen(L, index));
}

static void add_name(struct string_builder *path, const char *name) {
    string_builder_print(path, "%s%s", path->size > 0 ? "." : "", name);
}

/* Do names alone lead from the globals to the place? Writes them. */
static bool write_path(const struct search *search, struct string_builder *path, int number) {
    const struct value_path *place = value_path_find(&search->stop->paths, number);
    lua_State *L = search->stop->L;
    if (place == NULL || place->kind == VALUE_PATH_GLOBALS)
        return place != NULL;
    if (place->kind != VALUE_PATH_ENTRY || !write_path(search, path, place->of) ||
        !push_place_key(search, place))
        return false;
    bool named = is_name(L, -1);
    if (named)
        add_name(path, lua_tostring(L, -1));
    lua_pop(L, 1);
    return named;
}

/* Does the name, in a list of variables, stand for the key at this index? */
static bool is_called(lua_State *L, int index, const char *name) {
    struct string_builder builder = {0};
    key_write_name(&builder, L, index);
    bool same = strcmp(string_builder_text(&builder), name) == 0;
    string_builder_finish(&builder);
    return same;
}

/* Pushes the key of the table on top that is called so. A name that no key has yet is a string. */
static void push_key(lua_State *L, const char *name) {
    int table = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_called(L, lua_gettop(L), name))
            return;
    }
    size_t size = strlen(name);
    char *end = NULL;
    long long integer = *name == '[' ? strtoll(name + 1, &end, 10) : 0;
    if (end != NULL && end != name + 1 && *end == ']')
        lua_pushinteger(L, integer);
    else if (size >= 4 && strncmp(name, "[\"", 2) == 0)
        lua_pushlstring(L, name + 2, size - 4);
    else
        lua_pushstring(L, name);
}

/* The field of the table on top of the stack, which is in the place; leaves the table. */
static struct watch *find_field(const struct search *search, int place) {
    lua_State *L = search->stop->L;
    struct string_builder path = {0};
    struct watch *watch;
    push_key(L, search->name);
    if (is_name(L, -1) && write_path(search, &path, place)) {
        add_name(&path, lua_tostring(L, -1));
        lua_pop(L, 1);
        watch = watch_path(string_builder_text(&path));
    } else {
        watch = add_key(search, from_place(search, place));
    }
    string_builder_finish(&path);
    return watch;
}

/* A variable in a list, which tells those apart that others hide. */
static struct watch *find_listed(const struct search *search, const struct reference *reference) {
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
static struct watch *find_child(const struct search *search, const struct reference *reference) {
    lua_State *L = search->stop->L;
    int height = lua_gettop(L);
    struct watch *watch = NULL;
    if (reference->view == VIEW_LOCALS)
        return find_listed(search, reference);
    if (reference->view == VIEW_VARARGS || !value_path_push(&search->stop->paths, reference->path))
        return NULL;
    if (lua_istable(L, -1))
        watch = find_field(search, reference->path);
    else
        watch = find_listed(search, reference);
    lua_settop(L, height);
    return watch;
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
static struct watch *find_scoped(const struct search *search, const char *name, size_t size) {
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
    if (!chain_find(search->stop, search->frame, "_ENV", &place))
        return true;
    bool same = value_is_globals(search->stop->L, -1);
    lua_pop(search->stop->L, 1);
    return same;
}

static struct watch *from_environment(const struct search *search) {
    if (!sees_globals(search))
        return find_scoped(search, "_ENV", 4);
    lua_rawgeti(search->stop->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return from_value(search);
}

static struct watch *add_link(const struct search *search, struct watch *watch,
                              const struct chain_link *link) {
    lua_State *L = search->stop->L;
    if (link->text != NULL)
        lua_pushlstring(L, link->text, link->size);
    else if (link->key.kind == KEY_BOOLEAN)
        lua_pushboolean(L, link->key.boolean);
    else
        lua_pushinteger(L, link->key.integer);
    return add_key(search, watch);
}

/* The way so far, and the names of it if it is one of names from the globals. */
struct way {
    const struct search *search;
    struct watch *watch;
    bool of_names;
    struct string_builder path;
};

static void go(struct way *way, const struct chain_link *link) {
    way->watch = add_link(way->search, way->watch, link);
    way->of_names = way->of_names && link->text != NULL && key_is_name(link->text, link->size);
    if (way->of_names)
        string_builder_print(&way->path, "%s%.*s", way->path.size > 0 ? "." : "", (int)link->size,
                             link->text);
}

static void begin(struct way *way, const struct chain_link *first, bool alone) {
    const struct search *search = way->search;
    bool is_environment = first->size == 4 && memcmp(first->text, "_ENV", 4) == 0;
    if (!is_environment || alone)
        way->watch = find_scoped(search, first->text, first->size);
    if (way->watch != NULL || (is_environment && alone))
        return;
    way->of_names = sees_globals(search);
    way->watch = from_environment(search);
    if (!is_environment)
        go(way, first);
}

/* What persists: names from the globals, and not by way of _G. */
static struct watch *as_path(const struct search *search, struct way *way) {
    struct value_path place;
    const char *path = string_builder_text(&way->path);
    watch_destroy(way->watch, search->expressions);
    if (strncmp(path, "_G.", 3) == 0 && chain_find(search->stop, 0, "_G", &place)) {
        path += value_is_globals(search->stop->L, -1) ? 3 : 0;
        lua_pop(search->stop->L, 1);
    }
    return watch_path(path);
}

static struct watch *find_expression(const struct search *search) {
    struct way way = {.search = search};
    struct chain_link link;
    const char *at = search->name;
    if (!chain_first(&at, &link))
        return NULL;
    begin(&way, &link, at[strspn(at, " \t\r\n")] == '\0');
    while (way.watch != NULL && chain_next(&at, &link))
        go(&way, &link);
    bool good = way.watch != NULL && *at == '\0' && watch_can_be(way.watch, search->expressions);
    struct watch *watch = NULL;
    if (!good)
        watch_destroy(way.watch, search->expressions);
    else
        watch = way.of_names ? as_path(search, &way) : way.watch;
    string_builder_finish(&way.path);
    return watch;
}

/* ---- the request ---- */

static bool read_place(struct search *search, const cJSON *arguments,
                       const struct reference **reference) {
    int number = 0;
    struct frame frame;
    if (!arguments_count(arguments, "variablesReference", &number, search->problem))
        return false;
    *reference = number > 0 ? handles_get(&search->stop->references.items, number) : NULL;
    if (number > 0 && *reference == NULL)
        return inspect_refuse(search->problem,
                              "this reference is of an earlier stop: ask for the scopes again");
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(&search->stop->frames, arguments, &frame, &search->frame, search->problem);
}

struct watch *watched_find(struct stop *stop, struct expressions *expressions,
                           const cJSON *arguments, struct inspect_problem *problem) {
    struct search search = {.stop = stop,
                            .expressions = expressions,
                            .name = arguments_text(arguments, "name"),
                            .problem = problem};
    const struct reference *reference;
    struct string_builder title = {0};
    if (search.name == NULL)
        return inspect_refuse(problem, "'name' must be a string");
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
    struct watch *watch =
        reference != NULL ? find_child(&search, reference) : find_expression(&search);
    expressions_end_work(expressions, stop->L);
    account_settle(stop->account, stop->L);
    string_builder_finish(&title);
    return watch != NULL ? watch : refuse(&search);
}
