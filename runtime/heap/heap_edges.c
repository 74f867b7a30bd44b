/* SPDX-License-Identifier: MIT */
#include "heap_edges.h"

#include "frame.h"
#include "heap_object.h"
#include "lookup.h"

#include <string.h>

/* Of a deep stack these are seen: lua_getstack counts down from the top, so all would take a time
   that is quadratic. */
enum { OUTER_FRAMES = 100, INNER_FRAMES = 5000 };

struct enumeration {
    const struct heap *heap;
    lua_State *L;
    heap_edge_function *function;
    void *data;
    uint32_t ordinal;
};

/* The value on top of the stack; pops it. */
static bool tell(struct enumeration *all, struct heap_edge edge) {
    bool goes_on = true;
    if (heap_object(all->L, -1) != NULL) {
        edge.ordinal = all->ordinal++;
        goes_on = all->function(all->data, all->L, &edge);
    }
    lua_pop(all->L, 1);
    return goes_on;
}

/* ---- tables ---- */

struct weakness {
    bool keys, values;
};

static bool tell_metatable(struct enumeration *all, int index) {
    return !lua_getmetatable(all->L, index) ||
           tell(all, (struct heap_edge){.kind = HEAP_METATABLE});
}

/* As the collector reads it: raw, and a string only. */
static struct weakness weakness_of(lua_State *L, int table) {
    struct weakness weak = {false, false};
    if (!lua_getmetatable(L, table))
        return weak;
    lua_pushliteral(L, "__mode");
    if (lua_rawget(L, -2) == LUA_TSTRING) {
        weak.keys = strchr(lua_tostring(L, -1), 'k') != NULL;
        weak.values = strchr(lua_tostring(L, -1), 'v') != NULL;
    }
    lua_pop(L, 2);
    return weak;
}

/* To the collector strings are values: never weak, wherever they stand. */
static enum heap_strength strength_of_key(lua_State *L, struct weakness weak) {
    return weak.keys && lua_type(L, -1) != LUA_TSTRING ? HEAP_WEAK : HEAP_STRONG;
}

/* Stack: key, value. */
static enum heap_strength strength_of_value(lua_State *L, struct weakness weak) {
    if (weak.values && lua_type(L, -1) != LUA_TSTRING)
        return HEAP_WEAK;
    bool key_may_die = lua_type(L, -2) != LUA_TSTRING && heap_object(L, -2) != NULL;
    return weak.keys && key_may_die ? HEAP_IF_KEY : HEAP_STRONG;
}

/* Stack: key, value; pops the value. */
static bool tell_entry(struct enumeration *all, struct weakness weak) {
    lua_State *L = all->L;
    int key = lua_gettop(L) - 1;
    if (!tell(all, (struct heap_edge){
                       .kind = HEAP_FIELD, .strength = strength_of_value(L, weak), .key = key}))
        return false;
    lua_pushvalue(L, key);
    return tell(all, (struct heap_edge){
                         .kind = HEAP_KEY, .strength = strength_of_key(L, weak), .key = key});
}

static bool edges_of_table(struct enumeration *all, int table) {
    lua_State *L = all->L;
    struct weakness weak = weakness_of(L, table);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (!tell_entry(all, weak)) {
            lua_pop(L, 1);
            return false;
        }
    }
    return tell_metatable(all, table);
}

/* ---- functions, userdata ---- */

static bool edges_of_function(struct enumeration *all, int function) {
    const char *name;
    for (int n = 1; (name = lua_getupvalue(all->L, function, n)) != NULL; n++)
        if (!tell(all, (struct heap_edge){.kind = HEAP_UPVALUE, .n = n, .name = name}))
            return false;
    return true;
}

static bool edges_of_userdata(struct enumeration *all, int userdata) {
    for (int n = 1; lua_getiuservalue(all->L, userdata, n) != LUA_TNONE; n++)
        if (!tell(all, (struct heap_edge){.kind = HEAP_USER_VALUE, .n = n}))
            return false;
    lua_pop(all->L, 1);
    return tell_metatable(all, userdata);
}

/* ---- threads ---- */

/* The slots behind these, in the hook of the stopped thread, are the debugger's. */
static bool is_ours(const struct enumeration *all, const struct heap_edge *edge, int n) {
    return edge->thread == all->heap->coroutines.running && edge->level == 0 &&
           n > all->heap->height;
}

/* Moves the value on top of the thread's stack to ours and tells it. */
static bool tell_moved(struct enumeration *all, struct heap_edge edge) {
    lua_xmove(edge.thread, all->L, 1);
    return tell(all, edge);
}

static bool tell_slots(struct enumeration *all, struct heap_edge edge, lua_Debug *record) {
    bool named = edge.kind == HEAP_LOCAL;
    for (int n = 1; !is_ours(all, &edge, n); n++) {
        edge.name = lua_getlocal(edge.thread, record, n);
        if (edge.name == NULL)
            break;
        if (lookup_is_temporary(edge.name) == named)
            lua_pop(edge.thread, 1);
        else if (!tell_moved(all, edge))
            return false;
    }
    return true;
}

static bool tell_varargs(struct enumeration *all, struct heap_edge edge, lua_Debug *record) {
    edge.kind = HEAP_VARARG;
    for (edge.n = 1; lua_getlocal(edge.thread, record, -edge.n) != NULL; edge.n++)
        if (!tell_moved(all, edge))
            return false;
    return true;
}

static bool tell_function(struct enumeration *all, struct heap_edge edge, lua_Debug *record) {
    edge.kind = HEAP_FUNCTION;
    lua_getinfo(edge.thread, "f", record);
    return tell_moved(all, edge);
}

static bool has_room(const struct enumeration *all, lua_State *thread) {
    return thread == all->heap->coroutines.running || lua_checkstack(thread, 2);
}

static bool tell_frame(struct enumeration *all, struct heap_edge edge, lua_Debug *record) {
    edge.kind = HEAP_LOCAL;
    edge.function = record;
    lua_getinfo(edge.thread, "S", record);
    if (!tell_slots(all, edge, record) || !tell_varargs(all, edge, record) ||
        !tell_function(all, edge, record))
        return false;
    edge.kind = HEAP_TEMPORARY;
    return tell_slots(all, edge, record);
}

int heap_unseen_frames(lua_State *thread) {
    int depth = frame_count(thread, 0);
    return depth > OUTER_FRAMES + INNER_FRAMES ? depth - OUTER_FRAMES - INNER_FRAMES : 0;
}

/* Outermost first: what a caller holds, its callee has been lent. */
static bool tell_frames(struct enumeration *all, lua_State *thread) {
    struct heap_edge edge = {.thread = thread};
    lua_Debug record;
    int unseen = heap_unseen_frames(thread);
    for (edge.level = frame_count(thread, 0) - 1; edge.level >= 0; edge.level--) {
        if (edge.level == INNER_FRAMES + unseen - 1)
            edge.level -= unseen;
        if (lua_getstack(thread, edge.level, &record) && !tell_frame(all, edge, &record))
            return false;
    }
    return true;
}

static bool tell_prepared(struct enumeration *all, lua_State *thread) {
    struct heap_edge edge = {.kind = HEAP_PREPARED, .thread = thread};
    for (edge.n = 1; edge.n <= lua_gettop(thread); edge.n++) {
        lua_pushvalue(thread, edge.n);
        if (!tell_moved(all, edge))
            return false;
    }
    return true;
}

static bool edges_of_thread(struct enumeration *all, lua_State *thread) {
    lua_Debug record;
    if (!has_room(all, thread))
        return true;
    if (!lua_getstack(thread, 0, &record))
        return tell_prepared(all, thread);
    return tell_frames(all, thread);
}

bool heap_edges(const struct heap *heap, lua_State *L, int index, heap_edge_function *function,
                void *data) {
    struct enumeration all = {.heap = heap, .L = L, .function = function, .data = data};
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
        return edges_of_table(&all, index);
    case LUA_TFUNCTION:
        return edges_of_function(&all, index);
    case LUA_TUSERDATA:
        return edges_of_userdata(&all, index);
    case LUA_TTHREAD:
        return edges_of_thread(&all, lua_tothread(L, index));
    default:
        return true;
    }
}

/* ---- roots ---- */

static bool tell_thread(struct enumeration *all, lua_State *thread) {
    if (!has_room(all, thread))
        return true;
    lua_pushthread(thread);
    return tell_moved(all, (struct heap_edge){.kind = HEAP_RUNNING, .thread = thread});
}

/* The outermost first. */
static bool tell_chain(struct enumeration *all, const struct thread *thread) {
    return thread == NULL ||
           (tell_chain(all, thread->resumer) && (thread->hidden || tell_thread(all, thread->L)));
}

static bool tell_running(struct enumeration *all) {
    return tell_chain(all, all->heap->coroutines.threads->innermost) &&
           tell_thread(all, all->heap->coroutines.running);
}

/* Pushes a value of the basic type; false if it is not one whose values share a metatable. */
static bool push_basic(lua_State *L, int type) {
    if (type == LUA_TNIL)
        lua_pushnil(L);
    else if (type == LUA_TBOOLEAN)
        lua_pushboolean(L, 0);
    else if (type == LUA_TLIGHTUSERDATA)
        lua_pushlightuserdata(L, NULL);
    else if (type == LUA_TNUMBER)
        lua_pushinteger(L, 0);
    else if (type == LUA_TSTRING)
        lua_pushliteral(L, "");
    else if (type == LUA_TFUNCTION)
        lua_pushcfunction(L, NULL);
    else if (type == LUA_TTHREAD)
        lua_pushthread(L);
    else
        return false;
    return true;
}

static bool tell_type_metatables(struct enumeration *all) {
    for (int type = 0; type < LUA_NUMTYPES; type++) {
        if (!push_basic(all->L, type))
            continue;
        bool has = lua_getmetatable(all->L, -1);
        lua_remove(all->L, has ? -2 : -1);
        if (has && !tell(all, (struct heap_edge){.kind = HEAP_TYPE_METATABLE, .n = type}))
            return false;
    }
    return true;
}

bool heap_roots(const struct heap *heap, lua_State *L, heap_edge_function *function, void *data) {
    struct enumeration all = {.heap = heap, .L = L, .function = function, .data = data};
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    if (!tell(&all, (struct heap_edge){.kind = HEAP_GLOBALS}) || !tell_running(&all))
        return false;
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    return tell(&all, (struct heap_edge){.kind = HEAP_REGISTRY}) && tell_type_metatables(&all);
}
