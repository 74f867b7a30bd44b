/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include "key.h"
#include "stop.h"
#include "value.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE = SNIPPETS_TABLE };

static struct watch *create(enum watch_kind kind, const char *name) {
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL)
        return NULL;
    *watch = (struct watch){.kind = kind, .name = strdup(name), .seen.type = LUA_TNONE};
    if (watch->name != NULL)
        return watch;
    free(watch);
    return NULL;
}

/* Stack: table, key (or function); as lua_rawsetp may run out of memory. */
static int keep(lua_State *co) {
    struct watch *watch = lua_touserdata(co, 2);
    lua_rotate(co, 3, 1); /* the key first */
    if (watch->kind == WATCH_FIELD) {
        lua_rawsetp(co, 1, &watch->container);
        lua_rawsetp(co, 1, &watch->key);
    } else {
        lua_rawsetp(co, 1, &watch->container);
    }
    return 0;
}

/* Takes `count` values from the top of the coroutine's stack. */
static struct watch *keep_values(struct watch *watch, struct snippets *snippets, int count) {
    lua_State *co = snippets->co;
    if (watch == NULL) {
        lua_pop(co, count);
        return NULL;
    }
    lua_pushcfunction(co, keep);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, watch);
    lua_rotate(co, -(count + 3), 3);
    if (lua_pcall(co, 2 + count, 0, 0) == LUA_OK)
        return watch;
    lua_pop(co, 1);
    watch_destroy(watch, NULL);
    return NULL;
}

struct watch *watch_field(struct snippets *snippets, const char *name) {
    return keep_values(create(WATCH_FIELD, name), snippets, 2);
}

struct watch *watch_upvalue(struct snippets *snippets, const char *name, int n) {
    struct watch *watch = create(WATCH_UPVALUE, name);
    if (watch != NULL)
        watch->n = n;
    return keep_values(watch, snippets, 1);
}

struct watch *watch_local(struct snippets *snippets, const char *name, lua_State *thread,
                          const lua_Debug *frame, int level, int n) {
    struct watch *watch = create(WATCH_LOCAL, name);
    if (watch == NULL)
        return NULL;
    activation_init(&watch->frame, &snippets->account->threads, thread, frame, level);
    watch->n = n;
    return watch;
}

struct watch *watch_path(const char *path) {
    return create(WATCH_PATH, path);
}

void watch_destroy(struct watch *watch, struct snippets *snippets) {
    if (watch == NULL)
        return;
    if (snippets != NULL && snippets->co != NULL) {
        lua_pushnil(snippets->co);
        lua_rawsetp(snippets->co, TABLE, &watch->container);
        lua_pushnil(snippets->co);
        lua_rawsetp(snippets->co, TABLE, &watch->key);
    }
    free(watch->seen.text);
    free(watch->name);
    free(watch);
}

bool watch_is_path(const char *text) {
    for (;; text++) {
        size_t size = strcspn(text, ".");
        if (!key_is_name(text, size))
            return false;
        text += size;
        if (*text == '\0')
            return true;
    }
}

/* The names of a path, as a sequence under the key of the container. */
static int keep_names(lua_State *co) {
    struct watch *watch = lua_touserdata(co, 2);
    lua_newtable(co);
    const char *at = watch->name;
    for (int n = 1;; n++) {
        size_t size = strcspn(at, ".");
        lua_pushlstring(co, at, size);
        lua_rawseti(co, -2, n);
        watch->n = n;
        at += size;
        if (*at++ == '\0')
            break;
    }
    lua_rawsetp(co, 1, &watch->container);
    return 0;
}

static bool names_are_kept(struct watch *watch, struct snippets *snippets, lua_State *L) {
    if (watch->n > 0)
        return true;
    lua_State *co = snippets->co;
    snippets_begin_work(snippets, L);
    lua_pushcfunction(co, keep_names);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, watch);
    bool kept = lua_pcall(co, 2, 0, 0) == LUA_OK;
    lua_settop(co, TABLE);
    snippets_end_work(snippets, L);
    return kept;
}

/* Pushes nil where the path breaks off. */
static bool push_at_path(struct watch *watch, struct snippets *snippets, lua_State *L) {
    lua_State *co = snippets->co;
    if (!names_are_kept(watch, snippets, L))
        return false;
    lua_rawgetp(co, TABLE, &watch->container);
    lua_rawgeti(co, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    for (int n = 1; n <= watch->n && lua_istable(co, -1); n++) {
        lua_rawgeti(co, TABLE + 1, n);
        lua_rawget(co, -2);
        lua_replace(co, -2);
        if (n < watch->n && !lua_istable(co, -1)) {
            lua_pushnil(co);
            lua_replace(co, -2);
        }
    }
    return true;
}

static bool push_local(struct watch *watch, struct snippets *snippets) {
    struct activation *frame = &watch->frame;
    if (!activation_lives(frame, &snippets->account->threads) || !lua_checkstack(frame->thread, 1))
        return false;
    const char *name = lua_getlocal(frame->thread, &frame->record, watch->n);
    if (name == NULL)
        return false;
    lua_xmove(frame->thread, snippets->co, 1);
    return strcmp(name, watch->name) == 0; /* else its block is left, and the slot another's */
}

/* Pushes the value on the coroutine's stack, above what it takes to get there. */
static bool push(struct watch *watch, struct snippets *snippets, lua_State *L) {
    lua_State *co = snippets->co;
    switch (watch->kind) {
    case WATCH_PATH:
        return push_at_path(watch, snippets, L);
    case WATCH_LOCAL:
        return push_local(watch, snippets);
    case WATCH_UPVALUE:
        lua_rawgetp(co, TABLE, &watch->container);
        return lua_getupvalue(co, -1, watch->n) != NULL;
    case WATCH_FIELD:
        lua_rawgetp(co, TABLE, &watch->container);
        lua_rawgetp(co, TABLE, &watch->key);
        lua_rawget(co, -2);
        return true;
    }
    return false;
}

static uint32_t hash(const char *bytes, size_t size) {
    uint32_t value = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        value = (value ^ (unsigned char)bytes[i]) * 16777619u;
    return value;
}

/* Equal strings may be two objects, if they are long. */
static bool same_string(const struct watch_value *seen, lua_State *co) {
    if (seen->object == lua_topointer(co, -1))
        return true;
    size_t size = lua_rawlen(co, -1);
    return size == seen->size && hash(lua_tostring(co, -1), size) == seen->hash;
}

/* As Lua writes them: -0.0 is not 0.0, and one NaN is like another of its sign. */
static bool same_number(lua_Number a, lua_Number b) {
    return (a == b || (isnan(a) && isnan(b))) && signbit(a) == signbit(b);
}

static bool same_value(const struct watch_value *seen, lua_State *co) {
    int type = lua_type(co, -1);
    if (type != seen->type)
        return false;
    switch (type) {
    case LUA_TNIL:
        return true;
    case LUA_TBOOLEAN:
        return lua_toboolean(co, -1) == (int)seen->boolean;
    case LUA_TNUMBER:
        if ((bool)lua_isinteger(co, -1) != seen->is_integer)
            return false;
        if (seen->is_integer)
            return lua_tointeger(co, -1) == seen->integer;
        return same_number(seen->number, lua_tonumber(co, -1));
    case LUA_TSTRING:
        return same_string(seen, co);
    default:
        return lua_topointer(co, -1) == seen->object;
    }
}

static char *describe(struct snippets *snippets, lua_State *L) {
    const struct stop moment = {.account = snippets->account, .L = L};
    const struct value_style style = {.whole = false};
    struct words words = {0};
    value_write(&words, &moment, snippets->co, -1, &style);
    char *text = strdup(words_text(&words));
    words_finish(&words);
    return text;
}

static void see(struct watch_value *seen, struct snippets *snippets, lua_State *L) {
    lua_State *co = snippets->co;
    *seen = (struct watch_value){.type = lua_type(co, -1)};
    if (seen->type == LUA_TBOOLEAN) {
        seen->boolean = lua_toboolean(co, -1);
    } else if (seen->type == LUA_TNUMBER) {
        seen->is_integer = lua_isinteger(co, -1);
        if (seen->is_integer)
            seen->integer = lua_tointeger(co, -1);
        else
            seen->number = lua_tonumber(co, -1);
    } else if (seen->type != LUA_TNIL) {
        seen->object = lua_topointer(co, -1);
    }
    if (seen->type == LUA_TSTRING) {
        seen->size = lua_rawlen(co, -1);
        seen->hash = hash(lua_tostring(co, -1), seen->size);
    }
    seen->text = describe(snippets, L);
}

bool watch_look(struct watch *watch, struct snippets *snippets, lua_State *L, char **old) {
    *old = NULL;
    if (watch->frame.gone || snippets_open(snippets, L) == NULL)
        return false;
    lua_State *co = snippets->co;
    bool changed = push(watch, snippets, L) && !same_value(&watch->seen, co);
    if (changed) {
        *old = watch->seen.text;
        changed = watch->seen.type != LUA_TNONE;
        see(&watch->seen, snippets, L);
    }
    lua_settop(co, TABLE);
    return changed;
}

bool watch_follow(struct watch *watch, const lua_State *L, const lua_Debug *event) {
    if (watch->kind != WATCH_LOCAL || watch->frame.gone)
        return false;
    activation_follow(&watch->frame, L, event);
    return watch->frame.gone;
}
