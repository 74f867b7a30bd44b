/* SPDX-License-Identifier: MIT */
#include "chain_key.h"
#include "data_search.h"
#include "data_variable.h"
#include "expressions.h"
#include "frames.h"
#include "member.h"
#include "reference.h"
#include "stop.h"

#include <string.h>

/* Takes the key on top of the stopped thread's stack. */
static struct data_variable *add_key(const struct data_search *search,
                                     struct data_variable *variable) {
    static const struct data_variable_step entry = {.kind = DATA_VARIABLE_ENTRY};
    lua_State *L = search->stop->L;
    if (variable == NULL) {
        lua_pop(L, 1);
        return NULL;
    }
    lua_xmove(L, search->expressions->co, 1);
    return data_search_if_good(search, variable,
                               data_variable_add(variable, search->expressions, entry));
}

/* The way to a variable of a list is that of its path. */
static const enum data_variable_step_kind steps[] = {
    [VALUE_PATH_ENTRY] = DATA_VARIABLE_ENTRY,
    [VALUE_PATH_METATABLE] = DATA_VARIABLE_METATABLE,
    [VALUE_PATH_UPVALUE] = DATA_VARIABLE_UPVALUE,
    [VALUE_PATH_USER_VALUE] = DATA_VARIABLE_USER_VALUE};

static bool is_inside(const struct value_path *path) {
    return path->kind == VALUE_PATH_ENTRY || path->kind == VALUE_PATH_METATABLE ||
           path->kind == VALUE_PATH_UPVALUE || path->kind == VALUE_PATH_USER_VALUE;
}

/* Pushes the key of the entry. */
static bool push_path_key(const struct data_search *search, const struct value_path *path) {
    lua_State *L = search->stop->L;
    if (!value_path_push(&search->stop->paths, path->of))
        return false;
    bool there = key_push(L, lua_gettop(L), &path->key);
    lua_remove(L, there ? -2 : -1);
    return there;
}

static struct data_variable *add_path(const struct data_search *search,
                                      struct data_variable *variable,
                                      const struct value_path *path) {
    const struct data_variable_step step = {steps[path->kind], path->n};
    if (variable == NULL)
        return NULL;
    if (path->kind != VALUE_PATH_ENTRY)
        return data_search_if_good(search, variable,
                                   data_variable_add(variable, search->expressions, step));
    if (push_path_key(search, path))
        return add_key(search, variable);
    return data_search_if_good(search, variable, false);
}

static struct data_variable *from_path(const struct data_search *search, int number) {
    const struct value_path *found = value_path_find(&search->stop->paths, number);
    struct frame frame;
    if (found == NULL)
        return NULL;
    struct value_path path = *found;
    if (is_inside(&path))
        return add_path(search, from_path(search, path.of), &path);
    if (path.kind == VALUE_PATH_LOCAL && path.n > 0)
        return frames_find(&search->stop->frames, path.of, &frame)
                   ? data_search_from_local(search, &frame, path.n)
                   : NULL;
    return value_path_push(&search->stop->paths, number) ? data_search_from_value(search) : NULL;
}

/* Do names alone lead from the globals to the path? Writes them. */
static bool write_names(const struct data_search *search, struct string_builder *chain,
                        int number) {
    const struct value_path *path = value_path_find(&search->stop->paths, number);
    lua_State *L = search->stop->L;
    if (path == NULL || path->kind == VALUE_PATH_GLOBALS)
        return path != NULL;
    if (path->kind != VALUE_PATH_ENTRY)
        return false;
    struct value_path entry = *path;
    if (!write_names(search, chain, entry.of) || !push_path_key(search, &entry))
        return false;
    bool written = data_search_write_name(chain, L, lua_gettop(L));
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

/* The field of the table on top of the stack, which is in the path; leaves the table. */
static struct data_variable *find_field(const struct data_search *search, int path) {
    lua_State *L = search->stop->L;
    struct string_builder chain = {0};
    struct data_variable *variable;
    push_key(L, search->name);
    if (write_names(search, &chain, path) && data_search_write_name(&chain, L, lua_gettop(L))) {
        lua_pop(L, 1);
        variable = data_variable_of_chain(string_builder_text(&chain));
    } else {
        variable = add_key(search, from_path(search, path));
    }
    string_builder_finish(&chain);
    return variable;
}

/* A variable in a list, which tells those apart that others hide. */
static struct data_variable *find_listed(const struct data_search *search,
                                         const struct reference *reference) {
    struct frame frame;
    struct value_path path;
    if (!member_find(search->stop, reference, search->name, false, &path, search->problem))
        return NULL;
    if (is_inside(&path))
        return add_path(search, from_path(search, path.of), &path);
    return frames_find(&search->stop->frames, reference->frame, &frame)
               ? data_search_from_local(search, &frame, path.n)
               : NULL;
}

/* A child of what is unfolded. */
struct data_variable *data_search_child(const struct data_search *search,
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

void data_search_write_title(struct string_builder *builder, const struct reference *reference,
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
