/* SPDX-License-Identifier: MIT */
#include "account.h"
#include "layout.h"
#include "process.h"
#include "site_cache.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>
#include <sys/mman.h>

static struct account account;

static lua_State *open_state(bool figures_on) {
    struct figures *figures = NULL;
    if (figures_on)
        figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(account_init(&account, figures), 0);
    lua_State *L = account_new_state(&account);
    luaL_openlibs(L);
    return L;
}

static uint64_t sum_of_live(void) {
    const struct figures *figures = account.ledger.figures;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < figures->site_count; i++)
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            sum += figures_live(&figures->sites[i].cells[kind]);
    return sum;
}

Test(account, books_every_byte_of_a_state) {
    lua_State *L = open_state(true);
    account_settle(&account, L);
    cr_assert_gt(account.ledger.figures->collector, 0);
    cr_assert_eq(sum_of_live(), account.ledger.figures->collector);
    account_forget_collector_count(&account);
    cr_assert_eq(account.ledger.figures->collector, 0);
    lua_close(L);
    cr_assert_eq(sum_of_live(), 0, "a closed state holds nothing");
    account_finish(&account);
}

Test(account, frozen_figures_stay) {
    lua_State *L = open_state(true);
    account_freeze(&account, L);
    uint64_t live = account.ledger.figures->live;
    cr_assert_eq(luaL_dostring(L, "x = string.rep('x', 1000)"), LUA_OK);
    lua_close(L);
    cr_assert_eq(account.ledger.figures->live, live);
    cr_assert_eq(account.ledger.figures->collector, live);
    account_finish(&account);
}

static void check_threads(bool figures_on) {
    lua_State *L = open_state(figures_on);
    cr_assert_eq(account.threads.count, 1);
    cr_assert_eq(account.threads.first->L, L);
    cr_assert_eq(luaL_dostring(L, "t = {} for i = 1, 10 do t[i] = coroutine.create(print) end"), 0);
    cr_assert_eq(account.threads.count, 11);
    lua_getglobal(L, "t");
    lua_rawgeti(L, -1, 3);
    cr_assert_eq(threads_of(&account.threads, lua_tothread(L, -1))->L, lua_tothread(L, -1));
    lua_settop(L, 0);
    cr_assert_eq(luaL_dostring(L, "t = nil collectgarbage()"), 0);
    cr_assert_eq(account.threads.count, 1);
    lua_close(L);
    cr_assert_eq(account.threads.count, 0);
    account_finish(&account);
}

Test(account, knows_every_coroutine_with_figures) {
    check_threads(true);
}

Test(account, knows_every_coroutine_without_figures) {
    check_threads(false);
}

/* It has a place among those that something is remembered of. */
Test(account, nothing_is_freed) {
    void *ud;
    lua_State *L = open_state(false);
    lua_Alloc allocator = lua_getallocf(L, &ud);
    remembered_add(&account.remembered, NULL);
    cr_assert_null(allocator(ud, NULL, 0, 0));
    cr_assert_eq(account.threads.count, 1);
    lua_close(L);
    account_finish(&account);
}

static void push_one(lua_State *L, int number) {
    char text[200];
    memset(text, 'a', sizeof text);
    if (number < 6)
        lua_newuserdatauv(L, 10, number);
    else if (number == 6)
        lua_newtable(L);
    else if (number == 7)
        lua_pushcclosure(L, lua_error, 1);
    else if (number == 8)
        lua_newthread(L);
    else if (number == 9)
        lua_pushliteral(L, "short, and new");
    else
        lua_pushlstring(L, text, sizeof text);
}

Test(account, site_of_an_object_whatever_it_is) {
    lua_State *L = open_state(true);
    const struct layout *layout = layout_measured();
    luaL_checkstack(L, 22, NULL);
    for (int number = 0; number <= 10; number++) {
        lua_pushnil(L);
        account.outside = (uint32_t)(FIGURES_PSEUDO_SITES + number);
        push_one(L, number);
        account.outside = FIGURES_C;
        cr_assert_eq(account_block_of(&account, layout_of(layout, L, -1).address).site,
                     FIGURES_PSEUDO_SITES + number, "number %d", number);
    }
    lua_close(L);
    account_finish(&account);
}

static uint64_t frees_of_code(void) {
    return account.sites->frees;
}

/* And is dropped there or here. */
static void load_elsewhere(lua_State *L, bool drop_here) {
    process_is_home = false;
    cr_assert_eq(luaL_loadstring(L, "return {}"), LUA_OK);
    lua_settop(L, 0);
    process_is_home = drop_here;
    lua_gc(L, LUA_GCCOLLECT);
    process_is_home = true;
}

Test(account, sites_of_code_go_with_it_wherever_it_was_loaded) {
    lua_State *L = open_state(true);
    if (account.sites == NULL)
        cr_skip_test("this Lua is asked for each line");
    lua_gc(L, LUA_GCCOLLECT);
    lua_gc(L, LUA_GCSTOP);
    uint64_t before = frees_of_code();
    load_elsewhere(L, true);
    cr_assert_eq(frees_of_code(), before + 1);
    load_elsewhere(L, false);
    cr_assert_eq(frees_of_code(), before + 2);
    cr_assert_eq(luaL_dostring(L, "return {}"), LUA_OK);
    lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT);
    cr_assert_eq(frees_of_code(), before + 3);
    lua_close(L);
    account_finish(&account);
}
