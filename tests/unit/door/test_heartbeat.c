/* SPDX-License-Identifier: MIT */
#include "heartbeat.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <stdlib.h>

static lua_State *L;
static enum heartbeat next;
static int beats;
static unsigned last;

static void open_state(void) {
    L = luaL_newstate();
    cr_assert_not_null(L);
}

static void close_state(void) {
    lua_close(L);
}

TestSuite(heartbeat, .init = open_state, .fini = close_state);

static enum heartbeat beat(lua_State *thread, unsigned number) {
    cr_assert_eq(lua_topointer(thread, LUA_REGISTRYINDEX), lua_topointer(L, LUA_REGISTRYINDEX));
    beats++;
    last = number;
    return next;
}

static size_t bytes(void) {
    return (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
}

static void collect(int times) {
    while (times-- > 0)
        lua_gc(L, LUA_GCCOLLECT);
}

Test(heartbeat, goes_on_with_each_collection_and_does_not_grow) {
    next = HEARTBEAT_GOES_ON;
    heartbeat_start(L, beat, 7);
    cr_assert_eq(lua_gettop(L), 0);
    collect(2);
    size_t before = bytes();
    collect(100);
    cr_assert_geq(beats, 100);
    cr_assert_eq(last, 7);
    cr_assert_eq(bytes(), before);
}

Test(heartbeat, that_rests_allocates_nothing_and_may_go_on) {
    next = HEARTBEAT_RESTS;
    heartbeat_start(L, beat, 1);
    collect(2); /* the first may shrink the table of strings */
    lua_gc(L, LUA_GCSTOP);
    size_t before = bytes();
    lua_gc(L, LUA_GCRESTART);
    collect(10);
    cr_assert_geq(beats, 10);
    cr_assert_eq(bytes(), before);
    next = HEARTBEAT_GOES_ON;
    int rested = beats;
    collect(10);
    cr_assert_geq(beats - rested, 10);
}

Test(heartbeat, stops_when_it_says_so) {
    next = HEARTBEAT_STOPS;
    heartbeat_start(L, beat, 1);
    collect(5);
    cr_assert_eq(beats, 1);
}

/* A young collection looks at what is young: each beat makes a new one. */
Test(heartbeat, is_there_in_generational_collections) {
    next = HEARTBEAT_GOES_ON;
    heartbeat_start(L, beat, 1);
    lua_gc(L, LUA_GCGEN, 0, 0);
    for (int i = 0; i < 200; i++)
        lua_gc(L, LUA_GCSTEP, 0);
    cr_assert_geq(beats, 50);
}
