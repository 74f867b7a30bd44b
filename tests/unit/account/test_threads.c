/* SPDX-License-Identifier: MIT */
/* Coroutines of a real state that have yielded, entered and left as who stands in front of Lua's
 * functions does. */
#include "account.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>

static struct account account;
static struct threads *const threads = &account.threads;
static lua_State *L;

static void open_state(void) {
    cr_assert_eq(account_init(&account, NULL), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
}

static void close_state(void) {
    lua_close(L);
    account_finish(&account);
}

TestSuite(threads, .init = open_state, .fini = close_state);

/* Which stays on L's stack. */
static struct thread *yielded(void) {
    lua_State *co = lua_newthread(L);
    int results;
    cr_assert_eq(luaL_loadstring(co, "coroutine.yield()"), LUA_OK);
    cr_assert_eq(lua_resume(co, L, 0, &results), LUA_YIELD);
    return threads_of(threads, co);
}

/* The chain is this and no more, the innermost first. */
static void check(const struct thread *const *expected) {
    const struct thread *thread = threads->innermost;
    for (; *expected != NULL; expected++, thread = thread->resumer) {
        cr_assert_eq(thread, *expected);
        cr_assert(threads_in_chain(threads, thread));
    }
    cr_assert_null(thread);
}
#define CHECK(...) check((const struct thread *const[]){__VA_ARGS__, threads->first, NULL})
#define CHECK_MAIN_ALONE() check((const struct thread *const[]){threads->first, NULL})

Test(threads, who_has_resumed_whom) {
    struct thread *one = yielded(), *other = yielded();
    CHECK_MAIN_ALONE();
    threads_enter(threads, L, one->L);
    threads_enter(threads, one->L, other->L);
    CHECK(other, one);
    threads_leave(threads, one->L);
    CHECK(one);
    cr_assert(threads_is_innermost(threads, one->L));
    cr_assert_not(threads_in_chain(threads, other));
    threads_leave(threads, L);
    CHECK_MAIN_ALONE();
}

Test(threads, at_once_it_is_the_same) {
    struct thread *one = yielded(), *other = yielded();
    cr_assert(threads_enter_at_once(threads, one));
    cr_assert(threads_enter_at_once(threads, other));
    CHECK(other, one);
    cr_assert_not(threads_leave_at_once(threads, one), "another is the innermost");
    cr_assert(threads_leave_at_once(threads, other));
    cr_assert(threads_leave_at_once(threads, one));
    CHECK_MAIN_ALONE();
}

Test(threads, what_an_error_has_jumped_over_is_dropped) {
    struct thread *one = yielded(), *other = yielded(), *next = yielded();
    threads_enter(threads, L, one->L);
    threads_enter(threads, one->L, other->L);
    threads_enter(threads, L, next->L);
    CHECK(next);
    threads_enter(threads, next->L, other->L);
    CHECK(other, next);
    threads_leave(threads, L);
    CHECK_MAIN_ALONE();
}

Test(threads, none_is_in_it_twice) {
    struct thread *one = yielded(), *other = yielded();
    threads_enter(threads, L, one->L);
    threads_enter(threads, one->L, other->L);
    cr_assert_not(threads_enter_at_once(threads, one));
    threads_enter(threads, other->L, one->L);
    threads_enter(threads, other->L, L);
    CHECK(other, one);
}

Test(threads, one_that_lua_refuses_does_not_enter) {
    struct thread *fresh = threads_of(threads, lua_newthread(L));
    cr_assert_eq(luaL_loadstring(fresh->L, "return"), LUA_OK);
    cr_assert_not(threads_enter_at_once(threads, fresh), "it has not yielded");
    threads_enter(threads, L, fresh->L);
    CHECK(fresh);
    cr_assert_eq(threads_running(threads), threads->first, "it has no frame yet");
    threads_leave(threads, L);
    threads_enter(threads, L, L);
    CHECK_MAIN_ALONE();
}

Test(threads, one_that_dies_leaves_the_others) {
    struct thread *one = yielded(), *other = yielded(), *last = yielded();
    threads_enter(threads, L, one->L);
    threads_enter(threads, one->L, other->L);
    threads_enter(threads, other->L, last->L);
    threads_died(threads, threads_block(other->L));
    CHECK(last, one);
    threads_died(threads, threads_block(last->L));
    CHECK(one);
    threads_died(threads, threads_block(one->L));
    CHECK_MAIN_ALONE();
}

Test(threads, what_lies_above_is_dropped) {
    struct thread *one = yielded(), *other = yielded();
    threads_enter(threads, L, one->L);
    threads_drop_above(threads, other);
    CHECK(one);
    threads_enter(threads, one->L, other->L);
    threads_drop_above(threads, one);
    CHECK(one);
    threads_drop_above(threads, threads->first);
    CHECK_MAIN_ALONE();
}

Test(threads, one_that_a_module_has_resumed_can_be_included) {
    struct thread *one = yielded(), *other = yielded();
    threads_include(threads, one->L);
    threads_include(threads, one->L);
    CHECK(one);
    threads_enter(threads, other->L, one->L);
    CHECK(one);
}
