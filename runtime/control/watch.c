/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include "key.h"
#include "value.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE = EXPRESSIONS_TABLE, INDEX_LOOPS = 100 };

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

void watch_destroy(struct watch *watch, struct expressions *expressions) {
    if (watch == NULL)
        return;
    if (expressions != NULL && expressions->co != NULL) {
        lua_pushnil(expressions->co);
        lua_rawsetp(expressions->co, TABLE, &watch->root);
        lua_pushnil(expressions->co);
        lua_rawsetp(expressions->co, TABLE, &watch->keys);
    }
    free(watch->seen.text);
    free(watch->name);
    free(watch->local);
    free(watch->steps);
    free(watch);
}

/* Calls the function with the table, the watch and the value on top of the stack, which it takes.
   It may run out of memory: false then. */
static bool call(lua_State *co, lua_CFunction function, struct watch *watch, int values) {
    lua_pushcfunction(co, function);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, watch);
    lua_rotate(co, -(values + 3), 3);
    if (lua_pcall(co, 2 + values, 0, 0) == LUA_OK)
        return true;
    lua_pop(co, 1);
    return false;
}

/* Stack: table, watch, root. */
static int keep_root(lua_State *co) {
    const struct watch *watch = lua_touserdata(co, 2);
    lua_rawsetp(co, 1, &watch->root);
    return 0;
}

struct watch *watch_value(struct expressions *expressions, const char *name) {
    struct watch *watch = create(WATCH_VALUE, name);
    if (watch == NULL) {
        lua_pop(expressions->co, 1);
    } else if (!call(expressions->co, keep_root, watch, 1)) {
        watch_destroy(watch, NULL);
        watch = NULL;
    }
    return watch;
}

struct watch *watch_local(struct expressions *expressions, const char *name, const char *local,
                          lua_State *thread, const lua_Debug *frame, int level, int n) {
    struct watch *watch = create(WATCH_LOCAL, name);
    if (watch == NULL)
        return NULL;
    activation_init(&watch->frame, &expressions->account->threads, thread, frame, level);
    watch->n = n;
    watch->local = strdup(local);
    if (watch->local != NULL)
        return watch;
    watch_destroy(watch, NULL);
    return NULL;
}

struct watch *watch_path(const char *path) {
    return create(WATCH_PATH, path);
}

/* Pushes the table of the keys, a sequence, and lets the expressions' keep it. What is looked for
   in metatables is at 0, as to push a string may make the collector run. */
static void push_new_keys(lua_State *co, const struct watch *watch) {
    lua_newtable(co);
    lua_pushliteral(co, "__index");
    lua_rawseti(co, -2, 0);
    lua_pushvalue(co, -1);
    lua_rawsetp(co, 1, &watch->keys);
}

/* Stack: table, watch, key. */
static int keep_key(lua_State *co) {
    const struct watch *watch = lua_touserdata(co, 2);
    if (lua_rawgetp(co, 1, &watch->keys) == LUA_TNIL)
        push_new_keys(co, watch);
    lua_pushvalue(co, 3);
    lua_rawseti(co, -2, watch->count + 1);
    return 0;
}

bool watch_add(struct watch *watch, struct expressions *expressions, struct watch_step step) {
    if (step.kind == WATCH_ENTRY && !call(expressions->co, keep_key, watch, 1))
        return false;
    struct watch_step *steps = realloc(watch->steps, (size_t)(watch->count + 1) * sizeof *steps);
    if (steps == NULL)
        return false;
    watch->steps = steps;
    steps[watch->count++] = step;
    return true;
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

/* The names of a path, as the keys of its steps. */
static int keep_names(lua_State *co) {
    struct watch *watch = lua_touserdata(co, 2);
    const char *at = watch->name;
    int count = 0;
    push_new_keys(co, watch);
    do {
        size_t size = strcspn(at, ".");
        lua_pushlstring(co, at, size);
        lua_rawseti(co, -2, ++count);
        at += size;
    } while (*at++ != '\0');
    watch->count = count;
    return 0;
}

static bool names_are_kept(struct watch *watch, struct expressions *expressions, lua_State *L) {
    if (watch->kind != WATCH_PATH || watch->count > 0)
        return true;
    expressions_begin_work(expressions, L);
    bool kept = call(expressions->co, keep_names, watch, 0);
    expressions_end_work(expressions, L);
    return kept;
}

/* ---- the way to the value: on the coroutine's stack, without allocating ---- */

static bool push_local(struct watch *watch, struct expressions *expressions) {
    struct activation *frame = &watch->frame;
    if (!activation_lives(frame, &expressions->account->threads) ||
        !lua_checkstack(frame->thread, 1))
        return false;
    const char *name = lua_getlocal(frame->thread, &frame->record, watch->n);
    if (name == NULL)
        return false;
    lua_xmove(frame->thread, expressions->co, 1);
    return strcmp(name, watch->local) == 0; /* else its block is left, and the slot another's */
}

static bool push_root(struct watch *watch, struct expressions *expressions) {
    lua_State *co = expressions->co;
    switch (watch->kind) {
    case WATCH_LOCAL:
        return push_local(watch, expressions);
    case WATCH_PATH:
        lua_rawgeti(co, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
        return true;
    case WATCH_VALUE:
        lua_rawgetp(co, TABLE, &watch->root);
        return true;
    }
    return false;
}

/* The table on top of the stack has nothing under the key: it becomes its __index, if that is a
   table. */
static bool go_to_index(lua_State *co, int keys) {
    if (!lua_getmetatable(co, -1))
        return false;
    lua_rawgeti(co, keys, 0);
    lua_rawget(co, -2);
    lua_remove(co, -2);
    if (!lua_istable(co, -1)) {
        lua_pop(co, 1);
        return false;
    }
    lua_replace(co, -2);
    return true;
}

/* Pushes the field of the table on top, under the key at index `key`. */
static void push_field(lua_State *co, int key, int keys) {
    for (int loop = 0; loop < INDEX_LOOPS; loop++) {
        lua_pushvalue(co, key);
        if (lua_rawget(co, -2) != LUA_TNIL)
            return;
        lua_pop(co, 1);
        if (!go_to_index(co, keys))
            break;
    }
    lua_pushnil(co);
}

/* Pushes what the step leads to from the value on top, nil if that is nothing. `keys`: their index.
 */
static void push_inside(lua_State *co, struct watch_step step, int number, int keys) {
    bool pushed = false;
    if (step.kind == WATCH_ENTRY && lua_istable(co, -1)) {
        lua_rawgeti(co, keys, number);
        lua_insert(co, -2);
        push_field(co, lua_gettop(co) - 1, keys);
        pushed = true;
    } else if (step.kind == WATCH_METATABLE) {
        pushed = lua_getmetatable(co, -1);
    } else if (step.kind == WATCH_UPVALUE && lua_isfunction(co, -1)) {
        pushed = lua_getupvalue(co, -1, step.n) != NULL;
    } else if (step.kind == WATCH_USER_VALUE && lua_type(co, -1) == LUA_TUSERDATA) {
        lua_getiuservalue(co, -1, step.n);
        pushed = true;
    }
    if (!pushed)
        lua_pushnil(co);
}

/* Pushes the value that so many steps lead to. False: it cannot be told any more. */
static bool push_after(struct watch *watch, struct expressions *expressions, int count) {
    static const struct watch_step entry = {.kind = WATCH_ENTRY};
    lua_State *co = expressions->co;
    lua_rawgetp(co, TABLE, &watch->keys);
    int keys = lua_gettop(co);
    if (!push_root(watch, expressions))
        return false;
    for (int i = 0; i < count; i++) {
        push_inside(co, watch->steps != NULL ? watch->steps[i] : entry, i + 1, keys);
        lua_replace(co, keys + 1);
        lua_settop(co, keys + 1);
    }
    return true;
}

static bool push(struct watch *watch, struct expressions *expressions, lua_State *L) {
    return names_are_kept(watch, expressions, L) && push_after(watch, expressions, watch->count);
}

bool watch_can_be(struct watch *watch, struct expressions *expressions) {
    lua_State *co = expressions->co;
    int count = watch->count;
    bool is_field = count > 0 && watch->steps[count - 1].kind == WATCH_ENTRY;
    bool can = !is_field || (push_after(watch, expressions, count - 1) && lua_istable(co, -1));
    lua_settop(co, TABLE);
    return can;
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

static char *describe(struct expressions *expressions, lua_State *L) {
    const struct coroutines coroutines = {&expressions->account->threads, L};
    const struct value_style style = {.whole = false};
    struct string_builder builder = {0};
    value_write(&builder, &coroutines, expressions->co, -1, &style);
    char *text = strdup(string_builder_text(&builder));
    string_builder_finish(&builder);
    return text;
}

static void see(struct watch_value *seen, struct expressions *expressions, lua_State *L) {
    lua_State *co = expressions->co;
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
    seen->text = describe(expressions, L);
}

bool watch_look(struct watch *watch, struct expressions *expressions, lua_State *L, char **old) {
    *old = NULL;
    if (watch->frame.gone || expressions_open(expressions, L) == NULL)
        return false;
    lua_State *co = expressions->co;
    bool changed = push(watch, expressions, L) && !same_value(&watch->seen, co);
    if (changed) {
        *old = watch->seen.text;
        changed = watch->seen.type != LUA_TNONE;
        see(&watch->seen, expressions, L);
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
