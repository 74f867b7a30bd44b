/* SPDX-License-Identifier: MIT */
#include "environment.h"

#include "attributes.h"
#include "frames.h"
#include "stop.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

/* What _ENV is called in the code that is compiled. */
#define OWN "__luaheat_env"

static const char env[] = "_ENV";

/* ---- the code ---- */

struct rewriting {
    struct string_builder *builder;
    const char *at; /* behind what has been copied */
};

static void rename_use(void *data, const char *at) {
    struct rewriting *rewriting = data;
    string_builder_print(rewriting->builder, "%.*s" OWN, (int)(at - rewriting->at), rewriting->at);
    rewriting->at = at + strlen(env);
}

const char *environment_code(struct string_builder *builder, const char *code) {
    struct rewriting rewriting = {builder, code};
    if (strstr(code, env) == NULL)
        return code;
    declarations_uses(code, strlen(code), env, rename_use, &rewriting);
    string_builder_print(builder, "%s", rewriting.at);
    return string_builder_text(builder);
}

/* ---- its names ---- */

static bool is_own(const char *name) {
    return strcmp(name, OWN) == 0;
}

struct lookup environment_find(struct frame *frame, const char *name, size_t size) {
    if (frame == NULL)
        return (struct lookup){LOOKUP_NOTHING, 0};
    bool own = size == strlen(OWN) && is_own(name);
    return own ? lookup_name(frame, env, strlen(env)) : lookup_name(frame, name, size);
}

void environment_push_own(lua_State *L, struct frame *frame) {
    struct lookup found = environment_find(frame, env, strlen(env));
    if (found.kind != LOOKUP_NOTHING)
        lookup_push(frame, found, L);
    else
        lua_pushglobaltable(L);
}

bool environment_push_reserved(lua_State *L, struct frame *frame, const char *name) {
    if (is_own(name)) {
        environment_push_own(L, frame);
        return true;
    }
    if (strcmp(name, ENVIRONMENT_DEBUG) != 0)
        return false;
    lua_pushcfunction(L, luaopen_debug);
    lua_call(L, 0, 1);
    return true;
}

void environment_check_assigned(lua_State *L, const char *name) {
    if (is_own(name))
        luaL_error(L, "this function has no _ENV to assign to: it uses no globals");
}

/* In the words of Lua's compiler. */
void environment_refuse(lua_State *L, const char *name) {
    luaL_error(L, "attempt to assign to const variable '%s'", is_own(name) ? env : name);
}

void environment_write_error(struct string_builder *builder, struct frame *frame,
                             const char *message) {
    static const char before[] = "(global '";
    static const char *const kinds[] = {
        [LOOKUP_NOTHING] = "global", [LOOKUP_LOCAL] = "local", [LOOKUP_UPVALUE] = "upvalue"};
    const char *found = strstr(message, before);
    if (found == NULL) {
        string_builder_print(builder, "%s", message);
        return;
    }
    const char *name = found + strlen(before);
    size_t size = strcspn(name, "'");
    bool own = size == strlen(OWN) && strncmp(name, OWN, size) == 0;
    struct lookup lookup = environment_find(frame, own ? env : name, own ? strlen(env) : size);
    string_builder_print(builder, "%.*s(%s '%.*s%s", (int)(found - message), message,
                         kinds[lookup.kind], own ? (int)strlen(env) : (int)size, own ? env : name,
                         name + size);
}

/* ---- the table ---- */

/* The way from a closure to the stop: a userdata, as the closure may outlive the stop. */
struct lifeline {
    struct stop *stop; /* NULL: over */
};

/* Upvalues of the two metamethods. */
enum { LIFELINE = 1, FRAME, ENVIRONMENT };

static struct stop *stop_of(lua_State *L) {
    const struct lifeline *lifeline = lua_touserdata(L, lua_upvalueindex(LIFELINE));
    return lifeline->stop;
}

/* The frame that the code is evaluated in. NULL without one, or when the stop is over. */
static struct frame *find_frame(lua_State *L, struct frame *frame) {
    const struct stop *stop = stop_of(L);
    int id = (int)lua_tointeger(L, lua_upvalueindex(FRAME));
    if (stop == NULL || id == 0)
        return NULL;
    if (!frames_find(&stop->frames, id, frame))
        luaL_error(L, "the frame is gone: its coroutine has run on");
    return frame;
}

/* Another one may have been assigned to the frame's. After the stop: what it was. */
static void push_environment(lua_State *L, struct frame *frame) {
    if (frame != NULL)
        environment_push_own(L, frame);
    else
        lua_pushvalue(L, lua_upvalueindex(ENVIRONMENT));
}

static void push_field(lua_State *L, struct frame *frame) {
    push_environment(L, frame);
    lua_pushvalue(L, 2);
    lua_gettable(L, -2);
}

static void assign_field(lua_State *L, struct frame *frame) {
    push_environment(L, frame);
    lua_insert(L, 2);
    lua_settable(L, 2);
}

/* The key at index 2 is looked up. */
static int index_name(lua_State *L) {
    struct frame space, *frame = find_frame(L, &space);
    size_t size;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (name == NULL) {
        push_field(L, frame);
        return 1;
    }
    struct lookup found = environment_find(frame, name, size);
    if (found.kind != LOOKUP_NOTHING)
        lookup_push(frame, found, L);
    else if (frame == NULL && is_own(name))
        push_environment(L, frame);
    else if (!environment_push_reserved(L, frame, name))
        push_field(L, frame);
    return 1;
}

static int assign_name(lua_State *L) {
    struct frame space, *frame = find_frame(L, &space);
    size_t size;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    struct lookup found = {LOOKUP_NOTHING, 0};
    if (name != NULL)
        found = environment_find(frame, name, size);
    if (found.kind != LOOKUP_NOTHING) {
        if (attributes_of(&stop_of(L)->text, frame, found) != DECLARATION_PLAIN)
            environment_refuse(L, name);
        lookup_assign(frame, found, L);
        return 0;
    }
    if (name != NULL)
        environment_check_assigned(L, name);
    assign_field(L, frame);
    return 0;
}

/* Kept by the keeper, so that environment_end() finds it alive. */
static void push_lifeline(lua_State *L, struct stop *stop) {
    lua_State *keeper = stop->console.keeper;
    if (stop->console.lifeline == NULL) {
        struct lifeline *lifeline = lua_newuserdatauv(L, sizeof *lifeline, 0);
        lifeline->stop = stop;
        stop->console.lifeline_number = console_keep(stop, L);
        if (stop->console.lifeline_number == 0)
            luaL_error(L, "not enough memory");
        stop->console.lifeline = lifeline;
        return;
    }
    lua_pushvalue(keeper, stop->console.lifeline_number);
    lua_xmove(keeper, L, 1);
}

static void push_metamethod(lua_State *L, struct stop *stop, int id, lua_CFunction function) {
    struct frame frame;
    push_lifeline(L, stop);
    lua_pushinteger(L, id);
    environment_push_own(L, frames_find(&stop->frames, id, &frame) ? &frame : NULL);
    lua_pushcclosure(L, function, ENVIRONMENT);
}

void environment_push(lua_State *L, struct stop *stop, int frame) {
    luaL_checkstack(L, 10, NULL);
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    push_metamethod(L, stop, frame, index_name);
    lua_setfield(L, -2, "__index");
    push_metamethod(L, stop, frame, assign_name);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

bool environment_looks_up(lua_CFunction function) {
    return function == index_name;
}

void environment_end(struct stop *stop) {
    if (stop->console.lifeline != NULL)
        stop->console.lifeline->stop = NULL;
}
