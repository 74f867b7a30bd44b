/* SPDX-License-Identifier: MIT */
#include "environment.h"

#include "attributes.h"
#include "lookup.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

static const char mark = 0;

static const char env[] = "_ENV";

/* ---- its names ---- */

static bool is_own(const char *name) {
    return strcmp(name, ENVIRONMENT_OWN) == 0;
}

/* The environment at index 1: code that gets at the metatable may call its functions with anything.
 */
static struct environment *check_environment(lua_State *L) {
    struct environment *environment = lua_touserdata(L, 1);
    if (environment == NULL || lua_rawlen(L, 1) != sizeof *environment ||
        environment->mark != &mark)
        luaL_error(L, "this is no _ENV of evaluated code");
    return environment;
}

/* NULL without one, or when the scope is over. */
static struct frame *find_frame(lua_State *L, struct environment *environment) {
    const struct scope *scope = environment->scope;
    if (!environment->in_frame || environment->number != scope->number)
        return NULL;
    if (environment->frame.L != scope->L && !frame_renew(&environment->frame, scope->threads))
        luaL_error(L, "the frame is gone: its coroutine has run on");
    return &environment->frame;
}

/* The table that is the frame's own _ENV. Another one may have been assigned to that since the
   environment was made. */
static void push_own(lua_State *L, struct frame *frame) {
    if (frame != NULL)
        lookup_push_environment(frame, L);
    else
        lua_getiuservalue(L, 1, 1);
}

static bool push_reserved(lua_State *L, struct frame *frame, const char *name) {
    if (name[0] != '_' || name[1] != '_')
        return false;
    if (is_own(name)) {
        push_own(L, frame);
        return true;
    }
    if (strcmp(name, ENVIRONMENT_DEBUG) != 0)
        return false;
    lua_pushcfunction(L, luaopen_debug);
    lua_call(L, 0, 1);
    return true;
}

/* A constant of the code has mostly the same address each time. */
static int *hint_of(struct scope *scope, const char *name) {
    uintptr_t address = (uintptr_t)name;
    return &scope->hints[(address >> 4 ^ address >> 8) % SCOPE_HINTS];
}

static int get(lua_State *L) {
    lua_gettable(L, 1);
    return 1;
}

/* With the program's own _ENV on top of the stack: a name that it does not have, or is an error
   there. */
static bool push_beside(lua_State *L, const struct environment *environment, const char *name) {
    const struct scope *scope = environment->scope;
    if (scope->push_beside == NULL || environment->number != scope->number ||
        !scope->push_beside(L, scope->beside_data, name))
        return false;
    lua_pushcfunction(L, get);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, 2);
    bool has = lua_pcall(L, 2, 1, 0) == LUA_OK && !lua_isnil(L, -1);
    lua_pop(L, 1);
    if (has)
        lua_pop(L, 1);
    return !has;
}

/* The key at index 2 is looked up. */
static int index_name(lua_State *L) {
    struct environment *environment = check_environment(L);
    struct frame *frame = find_frame(L, environment);
    size_t size = 0;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (name != NULL && push_reserved(L, frame, name))
        return 1;
    if (name == NULL || frame == NULL)
        push_own(L, frame);
    else if (lookup_push_name(frame, name, size, hint_of(environment->scope, name), L))
        return 1;
    if (name != NULL && push_beside(L, environment, name))
        return 1;
    lua_pushvalue(L, 2);
    lua_gettable(L, -2);
    return 1;
}

/* What the name at index 2 means, the value at index 3 is assigned to. False: it means nothing.
   Errors are in the words of Lua's compiler. */
static bool assign_variable(lua_State *L, const struct scope *scope, struct frame *frame) {
    size_t size;
    const char *name = lua_tolstring(L, 2, &size);
    bool own = is_own(name);
    struct lookup found =
        own ? lookup_name(frame, env, strlen(env)) : lookup_name(frame, name, size);
    if (found.kind == LOOKUP_NOTHING && own)
        luaL_error(L, "this function has no _ENV to assign to: it uses no globals");
    if (found.kind == LOOKUP_NOTHING)
        return false;
    if (attributes_of(scope->text, frame, found) != DECLARATION_PLAIN)
        luaL_error(L, "attempt to assign to const variable '%s'", own ? env : name);
    lookup_assign(frame, found, L);
    return true;
}

static int assign_name(lua_State *L) {
    struct environment *environment = check_environment(L);
    struct frame *frame = find_frame(L, environment);
    if (frame != NULL && lua_type(L, 2) == LUA_TSTRING &&
        assign_variable(L, environment->scope, frame))
        return 0;
    push_own(L, frame);
    lua_replace(L, 1);
    lua_settable(L, 1);
    return 0;
}

/* ---- the userdata ---- */

void environment_push_metatable(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, index_name);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, assign_name);
    lua_setfield(L, -2, "__newindex");
}

struct environment *environment_push(lua_State *L, struct scope *scope, int metatable,
                                     const struct frame *frame) {
    struct environment *environment = lua_newuserdatauv(L, sizeof *environment, 1);
    *environment = (struct environment){.mark = &mark, .scope = scope, .number = scope->number};
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
    if (frame != NULL) {
        environment_enter(environment, frame->L, &frame->record);
        environment->frame.level = frame->level;
        lookup_push_environment(&environment->frame, L);
    } else {
        lua_pushglobaltable(L);
    }
    lua_setiuservalue(L, -2, 1);
    return environment;
}

void environment_enter(struct environment *environment, lua_State *L, const lua_Debug *record) {
    environment->number = environment->scope->number;
    environment->in_frame = true;
    environment->frame.L = L;
    environment->frame.record = *record;
}

bool environment_looks_up(lua_CFunction function) {
    return function == index_name;
}
