/* SPDX-License-Identifier: MIT */
#include "chain_value.h"

#include "chain_key.h"
#include "constants.h"
#include "frames.h"
#include "lookup.h"
#include "stop.h"

#include <stdlib.h>
#include <string.h>

enum {
    INDEX_LOOPS = 2000, /* Lua itself gives up after so many __index tables (MAXTAGLOOP) */
    MOST_NESTED = 2,    /* chains in brackets: there are few slots on the stack */
};

/* What is looked up, at which depth of nested chains. */
struct search {
    struct stop *stop;
    int frame;
    int nested;
};

static bool find(const struct search *search, const char *text, size_t size,
                 struct value_path *path);

/* ---- keys ---- */

static bool push_key(const struct search *search, const struct chain_link *link) {
    const struct search inner = {search->stop, search->frame, search->nested + 1};
    struct value_path path;
    if (link->kind != CHAIN_CODE)
        return chain_key_push_plain(search->stop->L, link);
    return search->nested < MOST_NESTED && find(&inner, link->text, link->size, &path);
}

/* What a link asks for. */
struct wanted {
    const char *text; /* of a string; NULL: another key, which is */
    size_t size;
    int index;   /* on the stack; 0: nothing is there */
    char *bytes; /* to be freed */
};

/* Below the value on top of the stack, if it needs to be there. */
static bool want(struct wanted *wanted, const struct search *search,
                 const struct chain_link *link) {
    lua_State *L = search->stop->L;
    *wanted = (struct wanted){.text = link->text, .size = link->size};
    if (link->kind == CHAIN_NAME)
        return true;
    if (link->kind == CHAIN_STRING) {
        wanted->text = wanted->bytes = malloc(link->size);
        wanted->size = wanted->bytes != NULL ? chain_string(link, wanted->bytes) : 0;
        return wanted->bytes != NULL;
    }
    if (!push_key(search, link))
        return false;
    lua_insert(L, -2);
    wanted->index = lua_gettop(L) - 1;
    bool is_string = lua_type(L, wanted->index) == LUA_TSTRING;
    wanted->text = is_string ? lua_tolstring(L, wanted->index, &wanted->size) : NULL;
    return true;
}

static void want_no_more(struct wanted *wanted, lua_State *L) {
    if (wanted->index > 0)
        lua_remove(L, wanted->index);
    free(wanted->bytes);
}

/* The key, if the table on top has it. Without allocating in Lua. */
static bool push_wanted(lua_State *L, const struct wanted *wanted) {
    int table = lua_gettop(L);
    if (wanted->text != NULL)
        return key_push_text(L, table, wanted->text, wanted->size, 0);
    lua_pushvalue(L, wanted->index);
    lua_pushvalue(L, wanted->index);
    bool there = lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, there ? 1 : 2);
    return there;
}

/* ---- the way ---- */

/* Goes from the value on top, which is at *path, to what this kind of step leads to. */
static bool go(struct stop *stop, struct value_path *path, enum value_path_kind kind,
               struct key key) {
    int of = value_path_add(&stop->paths, path);
    *path = (struct value_path){.kind = kind, .of = of, .key = key};
    lua_remove(stop->L, -2);
    return of != 0;
}

/* From a table without the key to its __index. Nothing pushed if it has none. */
static bool go_to_index(struct stop *stop, struct value_path *path) {
    lua_State *L = stop->L;
    if (!lua_getmetatable(L, -1))
        return false;
    if (!key_push_text(L, lua_gettop(L), "__index", strlen("__index"), 0)) {
        lua_pop(L, 1);
        return false;
    }
    lua_insert(L, -3); /* key, table, metatable */
    bool went = go(stop, path, VALUE_PATH_METATABLE, (struct key){0});
    lua_insert(L, -2); /* metatable, key */
    struct key key = key_of(L, -1);
    lua_rawget(L, -2);
    return go(stop, path, VALUE_PATH_ENTRY, key) && went;
}

/* The value on top becomes its field. */
static bool follow_wanted(struct stop *stop, struct value_path *path, const struct wanted *wanted) {
    lua_State *L = stop->L;
    for (int loop = 0; loop < INDEX_LOOPS; loop++) {
        if (!lua_istable(L, -1))
            return false;
        if (push_wanted(L, wanted)) {
            struct key key = key_of(L, -1);
            lua_rawget(L, -2);
            return go(stop, path, VALUE_PATH_ENTRY, key);
        }
        if (!go_to_index(stop, path)) {
            lua_pushnil(L);
            lua_remove(L, -2);
            return true;
        }
    }
    return false;
}

static bool follow(const struct search *search, struct value_path *path,
                   const struct chain_link *link) {
    struct wanted wanted;
    bool followed = want(&wanted, search, link) && follow_wanted(search->stop, path, &wanted);
    want_no_more(&wanted, search->stop->L);
    return followed;
}

/* ---- its beginning ---- */

static bool is_environment(const struct chain_link *name) {
    return name->size == 4 && memcmp(name->text, "_ENV", 4) == 0;
}

bool chain_value_is_constant(struct stop *stop, int frame, const struct chain_link *name) {
    struct frame found;
    struct declarations_constants constants;
    if (!frames_find(&stop->frames, frame, &found))
        return false;
    constants_find(&stop->text, &found, &constants);
    return constants_named(&constants, name->text, name->size) != NULL;
}

/* A local or an upvalue; false if the name is neither. */
static bool push_scoped(struct stop *stop, int id, const struct chain_link *name,
                        struct value_path *path) {
    struct frame frame;
    if (!frames_find(&stop->frames, id, &frame))
        return false;
    struct lookup found = lookup_name(&frame, name->text, name->size);
    if (found.kind == LOOKUP_NOTHING)
        return false;
    *path = (struct value_path){.kind = VALUE_PATH_LOCAL, .of = id, .n = found.n};
    if (found.kind == LOOKUP_UPVALUE) {
        struct value_path function = {.kind = VALUE_PATH_FUNCTION, .of = id};
        *path = (struct value_path){VALUE_PATH_UPVALUE,
                                    .of = value_path_add(&stop->paths, &function), .n = found.n};
    }
    lookup_push(&frame, found, stop->L);
    return true;
}

/* A function that uses no globals has none of its own (environment.h). */
static void push_environment(struct stop *stop, int frame, struct value_path *path) {
    static const struct chain_link environment = {.text = "_ENV", .size = 4};
    if (push_scoped(stop, frame, &environment, path))
        return;
    *path = (struct value_path){.kind = VALUE_PATH_GLOBALS};
    lua_rawgeti(stop->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

static bool push_root(const struct search *search, const struct chain_link *name,
                      struct value_path *path) {
    struct stop *stop = search->stop;
    if (chain_value_is_constant(stop, search->frame, name))
        return false;
    if (push_scoped(stop, search->frame, name, path))
        return true;
    push_environment(stop, search->frame, path);
    return is_environment(name) || follow(search, path, name);
}

static bool find(const struct search *search, const char *text, size_t size,
                 struct value_path *path) {
    lua_State *L = search->stop->L;
    struct chain chain;
    struct chain_link link;
    if (!chain_first(&chain, text, size, &link))
        return false;
    int height = lua_gettop(L);
    bool found = push_root(search, &link, path);
    while (found && chain_next(&chain, &link))
        found = follow(search, path, &link);
    found = found && chain_ends(&chain);
    if (!found)
        lua_settop(L, height);
    return found;
}

bool chain_value_find(struct stop *stop, int frame, const char *expression,
                      struct value_path *path) {
    const struct search search = {stop, frame, 0};
    return find(&search, expression, strlen(expression), path);
}

bool chain_value_push_key(struct stop *stop, int frame, const struct chain_link *link) {
    const struct search search = {stop, frame, 0};
    return push_key(&search, link);
}
