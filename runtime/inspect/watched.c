/* SPDX-License-Identifier: MIT */
#include "watched.h"

#include "arguments.h"
#include "chain.h"
#include "lookup.h"
#include "member.h"
#include "reference.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct search {
    struct stop *stop;
    struct snippets *snippets;
    const char *name; /* as the client calls the variable */
    int frame;        /* of an expression; 0: none */
    struct inspect_problem *problem;
};

static struct watch *refuse(const struct search *search) {
    return inspect_refuse(
        search->problem,
        "'%.200s' cannot be watched: only fields, locals, upvalues and globals can", search->name);
}

static struct watch *watch_found_local(const struct search *search, struct frame *frame,
                                       const char *name, int n) {
    return watch_local(search->snippets, name, frame->L, &frame->record, frame->level, n);
}

/* Upvalue n of the function on top of the stack; pops it. */
static struct watch *watch_found_upvalue(const struct search *search, const char *name, int n) {
    lua_xmove(search->stop->L, search->snippets->co, 1);
    return watch_upvalue(search->snippets, name, n);
}

static struct watch *find_scoped(const struct search *search, int id, const char *name) {
    struct frame frame;
    if (!frames_find(search->stop, id, &frame))
        return NULL;
    struct lookup found = lookup_name(&frame, name, strlen(name));
    if (found.kind == LOOKUP_LOCAL)
        return watch_found_local(search, &frame, name, found.n);
    if (found.kind == LOOKUP_NOTHING)
        return NULL;
    lua_getinfo(frame.L, "f", &frame.record);
    if (frame.L != search->stop->L)
        lua_xmove(frame.L, search->stop->L, 1);
    return watch_found_upvalue(search, name, found.n);
}

/* Does the name, in a list of variables, stand for the key at this index? */
static bool is_called(lua_State *L, int index, const char *name) {
    struct words words = {0};
    key_write_name(&words, L, index);
    bool same = strcmp(words_text(&words), name) == 0;
    words_finish(&words);
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
    long long integer = *name == '[' ? strtoll(name + 1, &end, 0) : 0;
    if (end != NULL && end != name + 1 && *end == ']')
        lua_pushinteger(L, integer);
    else if (size >= 4 && strncmp(name, "[\"", 2) == 0)
        lua_pushlstring(L, name + 2, size - 4);
    else
        lua_pushstring(L, name);
}

/* Is the table on top what the path leads to from the globals, in raw fields? */
static bool leads_here(lua_State *L, const char *path) {
    int table = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    for (const char *at = path; *at != '\0' && lua_istable(L, -1);) {
        size_t size = strcspn(at, ".");
        lua_pushlstring(L, at, size);
        lua_rawget(L, -2);
        lua_replace(L, -2);
        at += size + (at[size] == '.');
    }
    bool same = lua_rawequal(L, -1, table);
    lua_settop(L, table);
    return same;
}

static const char *without_globals(const char *expression) {
    if (strcmp(expression, "_G") == 0)
        return "";
    return strncmp(expression, "_G.", 3) == 0 ? expression + 3 : expression;
}

/* The field of the table on top of the stack, whose expression is given (or NULL); pops it. */
static struct watch *watch_found_field(const struct search *search, const char *expression,
                                       const char *name) {
    lua_State *L = search->stop->L;
    struct words path = {0};
    struct watch *watch = NULL;
    const char *parent = expression != NULL ? without_globals(expression) : NULL;
    if (parent != NULL && (*parent == '\0' || watch_is_path(parent)) &&
        key_is_name(name, strlen(name)) && leads_here(L, parent)) {
        words_print(&path, *parent != '\0' ? "%s.%s" : "%s%s", parent, name);
        lua_pop(L, 1);
        watch = watch_path(words_text(&path));
    } else {
        push_key(L, name);
        lua_xmove(L, search->snippets->co, 2);
        words_print(&path, key_is_name(name, strlen(name)) ? "%s.%s" : "%s%s",
                    expression != NULL ? expression : "", name);
        watch = watch_field(search->snippets, *words_text(&path) == '.' ? name : words_text(&path));
    }
    words_finish(&path);
    return watch;
}

static struct watch *find_upvalue(const struct search *search) {
    lua_State *L = search->stop->L;
    const char *name;
    for (int n = 1; (name = lua_getupvalue(L, -1, n)) != NULL; n++) {
        lua_pop(L, 1);
        if (strcmp(name, search->name) == 0)
            return watch_found_upvalue(search, name, n);
    }
    lua_pop(L, 1);
    return NULL;
}

/* A local of a list, which tells those apart that others hide. */
static struct watch *find_listed(const struct search *search, const struct reference *reference) {
    struct frame frame;
    struct place place;
    if (!member_find(search->stop, reference, search->name, false, &place, search->problem) ||
        !frames_find(search->stop, reference->frame, &frame))
        return NULL;
    return watch_found_local(search, &frame, lookup_local_name(&frame, place.n), place.n);
}

/* A child of what is unfolded. */
static struct watch *find_child(const struct search *search, const struct reference *reference) {
    lua_State *L = search->stop->L;
    struct watch *watch = NULL;
    if (reference->view == VIEW_LOCALS)
        return find_listed(search, reference);
    if (reference->view == VIEW_VARARGS || !place_push(search->stop, reference->place))
        return NULL;
    if (lua_istable(L, -1))
        watch = watch_found_field(search, reference->expression, search->name);
    else if (lua_isfunction(L, -1))
        watch = find_upvalue(search);
    else
        lua_pop(L, 1);
    return watch;
}

/* The last link of an expression: where it begins; NULL if there is none. */
static char *last_link(char *expression) {
    size_t size = strlen(expression);
    if (size > 0 && expression[size - 1] == ']')
        return strrchr(expression, '[');
    return strrchr(expression, '.');
}

/* A field of what the expression before the last link gives. */
static struct watch *find_in_chain(const struct search *search, char *expression) {
    struct place place;
    char *link = last_link(expression);
    char end = *link;
    *link = '\0';
    if (chain_find(search->stop, search->frame, expression, &place) != CHAIN_FOUND)
        return NULL;
    if (!lua_istable(search->stop->L, -1)) {
        lua_pop(search->stop->L, 1);
        return NULL;
    }
    char key[256];
    snprintf(key, sizeof key, "%s%s", end == '[' ? "[" : "", link + 1);
    if (strncmp(key, "['", 2) == 0)
        key[1] = key[strlen(key) - 2] = '"';
    char root[256];
    snprintf(root, sizeof root, "%.*s", (int)strcspn(expression, ".["), expression);
    struct frame frame;
    bool scoped = frames_find(search->stop, search->frame, &frame) &&
                  lookup_name(&frame, root, strlen(root)).kind != LOOKUP_NOTHING;
    /* What a local leads to may be reachable from the globals by other names only. */
    if (!scoped)
        return watch_found_field(search, expression, key);
    lua_State *L = search->stop->L;
    push_key(L, key);
    lua_xmove(L, search->snippets->co, 2);
    *link = end;
    return watch_field(search->snippets, search->name);
}

static struct watch *find_expression(const struct search *search) {
    char *expression = strdup(search->name);
    struct watch *watch = NULL;
    if (expression == NULL)
        return NULL;
    if (last_link(expression) != NULL) {
        watch = find_in_chain(search, expression);
    } else if (key_is_name(expression, strlen(expression))) {
        watch = find_scoped(search, search->frame, expression);
        if (watch == NULL)
            watch = watch_path(expression);
    }
    free(expression);
    return watch;
}

static bool read_place(struct search *search, const cJSON *arguments,
                       const struct reference **reference) {
    int number = 0;
    struct frame frame;
    if (!arguments_count(arguments, "variablesReference", &number, search->problem))
        return false;
    *reference = number > 0 ? handles_get(&search->stop->references, number) : NULL;
    if (number > 0 && *reference == NULL)
        return inspect_refuse(search->problem,
                              "this reference is of an earlier stop: ask for the scopes again");
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(search->stop, arguments, &frame, &search->frame, search->problem);
}

struct watch *watched_find(struct stop *stop, struct snippets *snippets, const cJSON *arguments,
                           struct inspect_problem *problem) {
    struct search search = {.stop = stop,
                            .snippets = snippets,
                            .name = arguments_text(arguments, "name"),
                            .problem = problem};
    const struct reference *reference;
    if (search.name == NULL)
        return inspect_refuse(problem, "'name' must be a string");
    if (!read_place(&search, arguments, &reference))
        return NULL;
    if (snippets_open(snippets, stop->L) == NULL)
        return inspect_refuse(problem, "not enough memory");
    snippets_begin_work(snippets, stop->L);
    struct watch *watch =
        reference != NULL ? find_child(&search, reference) : find_expression(&search);
    snippets_end_work(snippets, stop->L);
    return watch != NULL ? watch : refuse(&search);
}
