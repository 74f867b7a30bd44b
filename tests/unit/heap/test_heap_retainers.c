/* SPDX-License-Identifier: MIT */
#include "heap_retainers.h"

#include "account.h"
#include "heap_path.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>

/* Criterion runs each test in a process of its own. */
static struct account account;
static lua_State *L, *co;
static struct collector_hold collector;
static struct heap heap;
static struct heap_retainers retainers;

/* A state with an object, `object`, and a coroutine to work in as the debugger does. */
static void open_state(const char *code) {
    cr_assert_eq(account_init(&account, NULL), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
    heap = (struct heap){.coroutines = {&account.threads, L}, .height = lua_gettop(L)};
    co = lua_newthread(L);
    threads_of(&account.threads, co)->hidden = true;
    luaL_checkstack(co, HEAP_RETAINERS_SLOTS, NULL);
    lua_getglobal(co, "object");
    retainers.walk = (struct heap_walk){.heap = &heap, .collector = &collector, .L = co};
}

static void close_state(void) {
    heap_retainers_finish(&retainers);
    lua_close(L);
    account_finish(&account);
}

static void expect_path(size_t i, const char *expected) {
    struct heap_path path;
    cr_assert(heap_path_describe(&path, &retainers.walk, &retainers.walk.retainers.items[i]));
    cr_assert_str_eq(string_builder_text(&path.text), expected);
    heap_path_finish(&path);
}

Test(heap_retainers, are_found_without_a_stop) {
    open_state("object = {}; list = {{}, {inner = object}}");
    cr_assert_eq(heap_retainers_of_object(&retainers), HEAP_WALK_DONE);
    cr_assert_eq(retainers.walk.found, 1);
    cr_assert_eq(retainers.walk.retainers.count - 1, 2, "the globals, and a table in a list");
    expect_path(1, "global object");
    expect_path(2, "global list → [2] → .inner");
    close_state();
}

static bool always(void *data) {
    ++*(int *)data;
    return true;
}

Test(heap_retainers, are_not_looked_for_when_nobody_wants_them) {
    int asked = 0;
    open_state("object = {}; for i = 1, 100000 do object[i] = {} end");
    retainers.walk.interrupted = always;
    retainers.walk.interrupted_data = &asked;
    cr_assert_eq(heap_retainers_of_object(&retainers), HEAP_WALK_CANCELLED);
    cr_assert_eq(asked, 1);
    cr_assert_lt(retainers.walk.nodes.list.count, 100000);
    close_state();
}
