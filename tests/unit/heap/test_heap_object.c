/* SPDX-License-Identifier: MIT */
#include "heap_object.h"

#include "account.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <sys/mman.h>

static struct account account;

static lua_State *start(void) {
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(account_init(&account, figures), 0);
    return account_new_state(&account);
}

static void end(lua_State *L) {
    lua_close(L);
    account_finish(&account);
}

Test(heap_object, what_is_none) {
    lua_State *L = start();
    lua_pushnil(L);
    lua_pushboolean(L, 1);
    lua_pushinteger(L, 1);
    lua_pushlightuserdata(L, L);
    lua_pushcfunction(L, lua_error);
    for (int index = 1; index <= lua_gettop(L); index++)
        cr_assert_null(heap_object(L, index), "index %d", index);
    threads_of(&account.threads, lua_newthread(L))->hidden = true;
    cr_assert_null(heap_object(L, -1), "the debugger's");
    end(L);
}
