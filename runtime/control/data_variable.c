/* SPDX-License-Identifier: MIT */
#include "data_variable.h"

#include "chain_key.h"
#include "expressions.h"
#include "value.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE = EXPRESSIONS_TABLE, INDEX_LOOPS = 100 };

static struct data_variable *create(enum data_variable_root kind, const char *name) {
    struct data_variable *variable = calloc(1, sizeof *variable);
    if (variable == NULL)
        return NULL;
    *variable = (struct data_variable){.kind = kind, .name = strdup(name), .seen.type = LUA_TNONE};
    if (variable->name != NULL)
        return variable;
    free(variable);
    return NULL;
}

void data_variable_destroy(struct data_variable *variable, struct expressions *expressions) {
    if (variable == NULL)
        return;
    if (expressions != NULL && expressions->co != NULL) {
        lua_pushnil(expressions->co);
        lua_rawsetp(expressions->co, TABLE, &variable->root);
        lua_pushnil(expressions->co);
        lua_rawsetp(expressions->co, TABLE, &variable->keys);
    }
    free(variable->seen.text);
    free(variable->name);
    free(variable->local);
    free(variable->steps);
    free(variable);
}

/* Calls the function with the table, the variable and the value on top of the stack, which it
   takes. It may run out of memory: false then. */
static bool call(lua_State *co, lua_CFunction function, struct data_variable *variable,
                 int values) {
    lua_pushcfunction(co, function);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, variable);
    lua_rotate(co, -(values + 3), 3);
    if (lua_pcall(co, 2 + values, 0, 0) == LUA_OK)
        return true;
    lua_pop(co, 1);
    return false;
}

/* Stack: table, variable, root. */
static int keep_root(lua_State *co) {
    const struct data_variable *variable = lua_touserdata(co, 2);
    lua_rawsetp(co, 1, &variable->root);
    return 0;
}

struct data_variable *data_variable_of_value(struct expressions *expressions, const char *name) {
    struct data_variable *variable = create(DATA_VARIABLE_VALUE, name);
    if (variable == NULL) {
        lua_pop(expressions->co, 1);
    } else if (!call(expressions->co, keep_root, variable, 1)) {
        data_variable_destroy(variable, NULL);
        variable = NULL;
    }
    return variable;
}

struct data_variable *data_variable_of_local(struct expressions *expressions, const char *name,
                                             const char *local, lua_State *thread,
                                             const lua_Debug *frame, int level, int n) {
    struct data_variable *variable = create(DATA_VARIABLE_LOCAL, name);
    if (variable == NULL)
        return NULL;
    activation_init(&variable->frame, &expressions->account->threads, thread, frame, level);
    variable->n = n;
    variable->local = strdup(local);
    if (variable->local != NULL)
        return variable;
    data_variable_destroy(variable, NULL);
    return NULL;
}

struct data_variable *data_variable_of_chain(const char *chain) {
    return create(DATA_VARIABLE_GLOBAL, chain);
}

/* Pushes the table of the keys, a sequence, and lets the expressions' keep it. What is looked for
   in metatables is at 0, as to push a string may make the collector run. */
static void push_new_keys(lua_State *co, const struct data_variable *variable) {
    lua_newtable(co);
    lua_pushliteral(co, "__index");
    lua_rawseti(co, -2, 0);
    lua_pushvalue(co, -1);
    lua_rawsetp(co, 1, &variable->keys);
}

/* Stack: table, variable, key. */
static int keep_key(lua_State *co) {
    const struct data_variable *variable = lua_touserdata(co, 2);
    if (lua_rawgetp(co, 1, &variable->keys) == LUA_TNIL)
        push_new_keys(co, variable);
    lua_pushvalue(co, 3);
    lua_rawseti(co, -2, variable->count + 1);
    return 0;
}

bool data_variable_add(struct data_variable *variable, struct expressions *expressions,
                       struct data_variable_step step) {
    if (step.kind == DATA_VARIABLE_ENTRY && !call(expressions->co, keep_key, variable, 1))
        return false;
    struct data_variable_step *steps =
        realloc(variable->steps, (size_t)(variable->count + 1) * sizeof *steps);
    if (steps == NULL)
        return false;
    variable->steps = steps;
    steps[variable->count++] = step;
    return true;
}

bool data_variable_is_chain(const char *text) {
    struct chain chain;
    struct chain_link link;
    if (!chain_first(&chain, text, strlen(text), &link))
        return false;
    while (chain_next(&chain, &link))
        if (link.kind == CHAIN_CODE)
            return false;
    return chain_ends(&chain);
}

/* The keys of a chain. */
static int keep_keys(lua_State *co) {
    struct data_variable *variable = lua_touserdata(co, 2);
    struct chain chain;
    struct chain_link link;
    int count = 0;
    push_new_keys(co, variable);
    chain_first(&chain, variable->name, strlen(variable->name), &link);
    do {
        if (!chain_key_push(co, &link))
            return luaL_error(co, "no key");
        lua_rawseti(co, -2, ++count);
    } while (chain_next(&chain, &link));
    variable->count = count;
    return 0;
}

static bool keys_are_kept(struct data_variable *variable, struct expressions *expressions,
                          lua_State *L) {
    if (variable->kind != DATA_VARIABLE_GLOBAL || variable->count > 0)
        return true;
    expressions_begin_work(expressions, L);
    bool kept = call(expressions->co, keep_keys, variable, 0);
    expressions_end_work(expressions, L);
    return kept;
}

/* ---- the way to the value: on the coroutine's stack, without allocating ---- */

static bool push_local(struct data_variable *variable, struct expressions *expressions) {
    struct activation *frame = &variable->frame;
    if (!activation_lives(frame, &expressions->account->threads) ||
        !lua_checkstack(frame->thread, 1))
        return false;
    const char *name = lua_getlocal(frame->thread, &frame->record, variable->n);
    if (name == NULL)
        return false;
    lua_xmove(frame->thread, expressions->co, 1);
    return strcmp(name, variable->local) == 0; /* else its block is left, and the slot another's */
}

static bool push_root(struct data_variable *variable, struct expressions *expressions) {
    lua_State *co = expressions->co;
    switch (variable->kind) {
    case DATA_VARIABLE_LOCAL:
        return push_local(variable, expressions);
    case DATA_VARIABLE_GLOBAL:
        lua_rawgeti(co, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
        return true;
    case DATA_VARIABLE_VALUE:
        lua_rawgetp(co, TABLE, &variable->root);
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
static void push_inside(lua_State *co, struct data_variable_step step, int number, int keys) {
    bool pushed = false;
    if (step.kind == DATA_VARIABLE_ENTRY && lua_istable(co, -1)) {
        lua_rawgeti(co, keys, number);
        lua_insert(co, -2);
        push_field(co, lua_gettop(co) - 1, keys);
        pushed = true;
    } else if (step.kind == DATA_VARIABLE_METATABLE) {
        pushed = lua_getmetatable(co, -1);
    } else if (step.kind == DATA_VARIABLE_UPVALUE && lua_isfunction(co, -1)) {
        pushed = lua_getupvalue(co, -1, step.n) != NULL;
    } else if (step.kind == DATA_VARIABLE_USER_VALUE && lua_type(co, -1) == LUA_TUSERDATA) {
        lua_getiuservalue(co, -1, step.n);
        pushed = true;
    }
    if (!pushed)
        lua_pushnil(co);
}

/* Pushes the value that so many steps lead to. False: it cannot be told any more. */
static bool push_after(struct data_variable *variable, struct expressions *expressions, int count) {
    static const struct data_variable_step entry = {.kind = DATA_VARIABLE_ENTRY};
    lua_State *co = expressions->co;
    lua_rawgetp(co, TABLE, &variable->keys);
    int keys = lua_gettop(co);
    if (!push_root(variable, expressions))
        return false;
    for (int i = 0; i < count; i++) {
        push_inside(co, variable->steps != NULL ? variable->steps[i] : entry, i + 1, keys);
        lua_replace(co, keys + 1);
        lua_settop(co, keys + 1);
    }
    return true;
}

static bool push(struct data_variable *variable, struct expressions *expressions, lua_State *L) {
    return keys_are_kept(variable, expressions, L) &&
           push_after(variable, expressions, variable->count);
}

bool data_variable_can_be(struct data_variable *variable, struct expressions *expressions) {
    lua_State *co = expressions->co;
    int count = variable->count;
    bool is_field = count > 0 && variable->steps[count - 1].kind == DATA_VARIABLE_ENTRY;
    bool can = !is_field || (push_after(variable, expressions, count - 1) && lua_istable(co, -1));
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
static bool same_string(const struct data_variable_seen *seen, lua_State *co) {
    if (seen->object == lua_topointer(co, -1))
        return true;
    size_t size = lua_rawlen(co, -1);
    return size == seen->size && hash(lua_tostring(co, -1), size) == seen->hash;
}

/* As Lua writes them: -0.0 is not 0.0, and one NaN is like another of its sign. */
static bool same_number(lua_Number a, lua_Number b) {
    return (a == b || (isnan(a) && isnan(b))) && signbit(a) == signbit(b);
}

static bool same_value(const struct data_variable_seen *seen, lua_State *co) {
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

static void see(struct data_variable_seen *seen, struct expressions *expressions, lua_State *L) {
    lua_State *co = expressions->co;
    *seen = (struct data_variable_seen){.type = lua_type(co, -1)};
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

bool data_variable_look(struct data_variable *variable, struct expressions *expressions,
                        lua_State *L, char **old) {
    *old = NULL;
    if (variable->frame.gone || expressions_open(expressions, L) == NULL)
        return false;
    lua_State *co = expressions->co;
    bool changed = push(variable, expressions, L) && !same_value(&variable->seen, co);
    if (changed) {
        *old = variable->seen.text;
        changed = variable->seen.type != LUA_TNONE;
        see(&variable->seen, expressions, L);
    }
    lua_settop(co, TABLE);
    return changed;
}

bool data_variable_follow(struct data_variable *variable, const lua_State *L,
                          const lua_Debug *event) {
    if (variable->kind != DATA_VARIABLE_LOCAL || variable->frame.gone)
        return false;
    activation_follow(&variable->frame, L, event);
    return variable->frame.gone;
}
