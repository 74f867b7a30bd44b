/* SPDX-License-Identifier: MIT */
#include "value_path.h"

#include "account.h"
#include "frames.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>

/* Criterion runs each test in a process of its own. */
static struct account account;
static struct frames_history history;
static struct frames frames;
static struct value_paths paths;
static lua_State *L;

static void open_state(void) {
    cr_assert_eq(account_init(&account, NULL), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
    frames_init(&frames, &(struct coroutines){&account.threads, L}, &history);
    value_paths_init(&paths, L, &frames, NULL);
}

static void close_state(void) {
    value_paths_finish(&paths);
    frames_finish(&frames);
    lua_close(L);
    account_finish(&account);
}

static void run(const char *code) {
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
}

/* The path to the entry with this name of what another one leads to. */
static struct value_path entry_of(int of, const char *name) {
    struct value_path entry = {.kind = VALUE_PATH_ENTRY, .of = of};
    cr_assert(value_path_push(&paths, of));
    cr_assert(key_push_text(L, lua_gettop(L), name, strlen(name), 0));
    entry.key = key_of(L, -1);
    lua_pop(L, 2);
    return entry;
}

static struct value_path globals_entry(const char *name) {
    return entry_of(value_path_add(&paths, &(struct value_path){.kind = VALUE_PATH_GLOBALS}), name);
}

static void expect(int path, lua_Integer expected) {
    int height = lua_gettop(L);
    cr_assert(value_path_push(&paths, path));
    cr_assert_eq(lua_tointeger(L, -1), expected);
    lua_pop(L, 1);
    cr_assert_eq(lua_gettop(L), height);
}

TestSuite(value_path, .init = open_state, .fini = close_state);

Test(value_path, is_followed_afresh_each_time) {
    run("t = {inner = {x = 1}}");
    struct value_path t = globals_entry("t");
    struct value_path inner = entry_of(value_path_add(&paths, &t), "inner");
    struct value_path x = entry_of(value_path_add(&paths, &inner), "x");
    int path = value_path_add(&paths, &x);
    expect(path, 1);
    run("t.inner = {x = 2}");
    expect(path, 2);
    run("t = nil");
    int height = lua_gettop(L);
    cr_assert_not(value_path_push(&paths, path));
    cr_assert_eq(lua_gettop(L), height, "nothing is pushed");
}

Test(value_path, is_assigned_to_raw) {
    run("t = setmetatable({x = 1}, {__newindex = error})");
    struct value_path t = globals_entry("t");
    struct value_path x = entry_of(value_path_add(&paths, &t), "x");
    lua_pushinteger(L, 3);
    cr_assert(value_path_assign(&paths, &x));
    expect(value_path_add(&paths, &x), 3);
    lua_pushinteger(L, 4);
    cr_assert_not(value_path_assign(&paths, &(struct value_path){.kind = VALUE_PATH_REGISTRY}));
    cr_assert_eq(lua_gettop(L), 0);
}

Test(value_path, of_a_frame_ends_with_its_coroutine) {
    run("co = coroutine.create(function(x) coroutine.yield(); return 2 end); coroutine.resume(co, "
        "7)");
    lua_getglobal(L, "co");
    lua_State *co = lua_tothread(L, -1);
    lua_Debug record;
    cr_assert(lua_getstack(co, 1, &record));
    struct value_path local = {
        .kind = VALUE_PATH_LOCAL, .of = frames_id(&frames, &(struct frame){co, 1, record}), .n = 1};
    int path = value_path_add(&paths, &local);
    expect(path, 7);
    run("coroutine.resume(co)");
    cr_assert_not(value_path_push(&paths, path));
    lua_pop(L, 1);
}
