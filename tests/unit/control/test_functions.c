/* SPDX-License-Identifier: MIT */
#include "functions.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <sys/mman.h>

static struct debugger debugger;

static lua_State *open_state(bool figures_on) {
    struct figures *figures = NULL;
    if (figures_on)
        figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(debugger_init(&debugger, figures, &(struct debugger_listener){0}), 0);
    lua_State *L = account_new_state(&debugger.account);
    luaL_openlibs(L);
    return L;
}

static void close_state(lua_State *L) {
    lua_close(L);
    debugger_finish(&debugger);
}

static struct known_function *met;

static void on_call(lua_State *L, lua_Debug *event) {
    met = functions_of(&debugger, L, event);
}

static void call_hooked(lua_State *L) {
    lua_pushvalue(L, -1);
    lua_sethook(L, on_call, LUA_MASKCALL, 0);
    lua_call(L, 0, 0);
    lua_sethook(L, NULL, 0, 0);
}

static void check_end(bool figures_on) {
    lua_State *L = open_state(figures_on);
    cr_assert_eq(luaL_loadstring(L, "\nlocal x"), LUA_OK);
    call_hooked(L);
    cr_assert_eq(met->address, lua_topointer(L, -1));
    cr_assert(met->is_main);
    cr_assert_str_eq(met->chunk->name, "\nlocal x");
    const void *address = met->address;
    account_remember_main(&debugger.account, address);
    lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT);
    lua_gc(L, LUA_GCCOLLECT);
    cr_assert_null(debugger.account.functions[account_function_place(address)]);
    cr_assert_null(debugger.account.main_function);
    close_state(L);
}

Test(functions, are_known_until_their_block_is_freed_with_figures) {
    check_end(true);
}

Test(functions, are_known_until_their_block_is_freed_without_figures) {
    check_end(false);
}

static unsigned count_chunks(void) {
    unsigned count = 0;
    for (const struct chunk *chunk = debugger.account.chunks.first; chunk != NULL;
         chunk = chunk->next)
        count++;
    return count;
}

Test(functions, any_number_of_them_keeps_a_few_chunks) {
    lua_State *L = open_state(false);
    for (int i = 0; i < 20000; i++) {
        lua_pushfstring(L, "return %d", i);
        cr_assert_eq(luaL_loadstring(L, lua_tostring(L, -1)), LUA_OK);
        call_hooked(L);
        lua_settop(L, 0);
    }
    lua_gc(L, LUA_GCCOLLECT);
    lua_gc(L, LUA_GCCOLLECT);
    cr_assert_leq(count_chunks(), ACCOUNT_FUNCTIONS);
    close_state(L);
}
