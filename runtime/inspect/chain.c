/* SPDX-License-Identifier: MIT */
#include "chain.h"

#include "frames.h"
#include "lookup.h"
#include "stop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Lua itself gives up after so many __index tables (MAXTAGLOOP). */
enum { INDEX_LOOPS = 2000 };

static void skip_space(const char **at) {
    *at += strspn(*at, " \t\n\v\f\r");
}

static bool take_name(const char **at, struct chain_link *link) {
    size_t size = strspn(*at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    *link = (struct chain_link){.text = *at, .size = size};
    *at += size;
    return key_is_name(link->text, size);
}

/* Without escapes: a chain that has some is left to the compiler. */
static bool take_string(const char **at, struct chain_link *link) {
    char quote = *(*at)++;
    size_t size = strcspn(*at, "\\\n\"'");
    *link = (struct chain_link){.text = *at, .size = size};
    *at += size;
    return *(*at)++ == quote;
}

static bool take_word(const char **at, const char *word) {
    size_t size = strlen(word);
    if (strncmp(*at, word, size) != 0)
        return false;
    *at += size;
    return true;
}

static bool take_integer(const char **at, struct chain_link *link) {
    char *end;
    errno = 0;
    int base = strchr(*at, 'x') == *at + 1 ? 16 : 10;
    link->key = key_of_integer(strtoll(*at, &end, base));
    bool found = end != *at && errno == 0;
    *at = end;
    return found;
}

static bool take_literal(const char **at, struct chain_link *link) {
    *link = (struct chain_link){0};
    if (**at == '"' || **at == '\'')
        return take_string(at, link);
    bool is_true = take_word(at, "true");
    if (!is_true && !take_word(at, "false"))
        return take_integer(at, link);
    link->key = (struct key){.kind = KEY_BOOLEAN, .boolean = is_true};
    return true;
}

bool chain_first(const char **at, struct chain_link *link) {
    skip_space(at);
    return take_name(at, link);
}

bool chain_next(const char **at, struct chain_link *link) {
    skip_space(at);
    char opening = **at;
    if (opening != '.' && opening != '[')
        return false;
    const char *behind = *at + 1;
    skip_space(&behind);
    if (opening == '.' ? !take_name(&behind, link) : !take_literal(&behind, link))
        return false;
    skip_space(&behind);
    if (opening == '[' && *behind++ != ']')
        return false;
    *at = behind;
    return true;
}

static bool push_key(lua_State *L, const struct chain_link *link) {
    int table = lua_gettop(L);
    return link->text != NULL ? key_push_text(L, table, link->text, link->size, 0)
                              : key_push(L, table, &link->key);
}

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
static bool follow(struct stop *stop, struct value_path *path, const struct chain_link *link) {
    lua_State *L = stop->L;
    for (int loop = 0; loop < INDEX_LOOPS; loop++) {
        if (!lua_istable(L, -1))
            return false;
        if (push_key(L, link)) {
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

static bool push_root(struct stop *stop, int frame, const struct chain_link *name,
                      struct value_path *path) {
    if (push_scoped(stop, frame, name, path))
        return true;
    push_environment(stop, frame, path);
    bool is_environment = name->size == 4 && memcmp(name->text, "_ENV", 4) == 0;
    return is_environment || follow(stop, path, name);
}

bool chain_find(struct stop *stop, int frame, const char *expression, struct value_path *path) {
    const char *at = expression;
    struct chain_link link;
    if (!chain_first(&at, &link))
        return false;
    int height = lua_gettop(stop->L);
    bool found = push_root(stop, frame, &link, path);
    while (found && chain_next(&at, &link))
        found = follow(stop, path, &link);
    found = found && *at == '\0';
    if (!found)
        lua_settop(stop->L, height);
    return found;
}
