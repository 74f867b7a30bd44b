/* SPDX-License-Identifier: MIT */
#include "environment.h"

#include "attributes.h"
#include "lookup.h"
#include "stop.h"

#include <lauxlib.h>

/* The way from a closure to the stop: a userdata, as the closure may outlive the stop. */
struct lifeline {
    struct stop *stop; /* NULL: over */
};

/* Upvalues of the two metamethods. */
enum { LIFELINE = 1, FRAME, ENVIRONMENT };

/* The frame that the code is evaluated in. False without one, or when the stop is over. */
static bool find_frame(lua_State *L, struct frame *frame) {
    const struct lifeline *lifeline = lua_touserdata(L, lua_upvalueindex(LIFELINE));
    int id = (int)lua_tointeger(L, lua_upvalueindex(FRAME));
    if (lifeline->stop == NULL || id == 0)
        return false;
    if (!frames_find(lifeline->stop, id, frame))
        luaL_error(L, "the frame is gone: its coroutine has run on");
    return true;
}

/* What the key at index 2 is in the frame. */
static struct lookup find(lua_State *L, struct frame *frame) {
    struct lookup nothing = {LOOKUP_NOTHING, 0};
    if (lua_type(L, 2) != LUA_TSTRING || !find_frame(L, frame))
        return nothing;
    size_t size;
    const char *name = lua_tolstring(L, 2, &size);
    return lookup_name(frame, name, size);
}

static int index_frame(lua_State *L) {
    struct frame frame;
    struct lookup found = find(L, &frame);
    if (found.kind != LOOKUP_NOTHING) {
        lookup_push(&frame, found, L);
        return 1;
    }
    lua_pushvalue(L, 2);
    lua_gettable(L, lua_upvalueindex(ENVIRONMENT));
    return 1;
}

/* In the words of Lua's compiler. */
static void refuse_protected(lua_State *L, struct frame *frame, struct lookup found) {
    const struct lifeline *lifeline = lua_touserdata(L, lua_upvalueindex(LIFELINE));
    if (attributes_of(lifeline->stop, frame, found) != DECLARATION_PLAIN)
        luaL_error(L, "attempt to assign to const variable '%s'", lua_tostring(L, 2));
}

static int assign_frame(lua_State *L) {
    struct frame frame;
    struct lookup found = find(L, &frame);
    if (found.kind != LOOKUP_NOTHING) {
        refuse_protected(L, &frame, found);
        lookup_assign(&frame, found, L);
    } else
        lua_settable(L, lua_upvalueindex(ENVIRONMENT));
    return 0;
}

/* Kept by the keeper, so that environment_end() finds it alive. */
static void push_lifeline(lua_State *L, struct stop *stop) {
    lua_State *keeper = stop->console.keeper;
    if (stop->console.lifeline == NULL) {
        struct lifeline *lifeline = lua_newuserdatauv(L, sizeof *lifeline, 0);
        lifeline->stop = stop;
        if (console_keep(stop, L) != 1)
            luaL_error(L, "not enough memory");
        stop->console.lifeline = lifeline;
        return;
    }
    lua_pushvalue(keeper, 1);
    lua_xmove(keeper, L, 1);
}

/* The frame's own _ENV: a local or an upvalue of that name, else the globals. */
static void push_own(lua_State *L, struct stop *stop, int id) {
    struct frame frame;
    struct lookup found = {LOOKUP_NOTHING, 0};
    if (frames_find(stop, id, &frame))
        found = lookup_name(&frame, "_ENV", 4);
    if (found.kind != LOOKUP_NOTHING)
        lookup_push(&frame, found, L);
    else
        lua_pushglobaltable(L);
}

static void push_metamethod(lua_State *L, struct stop *stop, int frame, lua_CFunction function) {
    push_lifeline(L, stop);
    lua_pushinteger(L, frame);
    push_own(L, stop, frame);
    lua_pushcclosure(L, function, ENVIRONMENT);
}

void environment_push(lua_State *L, struct stop *stop, int frame) {
    luaL_checkstack(L, 10, NULL);
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    push_metamethod(L, stop, frame, index_frame);
    lua_setfield(L, -2, "__index");
    push_metamethod(L, stop, frame, assign_frame);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

void environment_end(struct stop *stop) {
    if (stop->console.lifeline != NULL)
        stop->console.lifeline->stop = NULL;
}
