/* SPDX-License-Identifier: MIT */
#include "heap_object.h"

#include "account.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <string.h>
#include <sys/mman.h>

static struct account account;
static struct heap_layout layout;

/* With figures, in which what no Lua code allocates goes to a site that the test chooses. */
static lua_State *start(void) {
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(account_init(&account, figures), 0);
    cr_assert(heap_layout_measure(&layout));
    return account_new_state(&account);
}

static void end(lua_State *L) {
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

Test(heap_object, its_site_whatever_it_is) {
    lua_State *L = start();
    luaL_checkstack(L, 22, NULL);
    for (int number = 0; number <= 10; number++) {
        lua_pushnil(L);
        account.outside = (uint32_t)(FIGURES_PSEUDO_SITES + number);
        push_one(L, number);
        account.outside = FIGURES_C;
        cr_assert_not_null(heap_object(L, -1));
        cr_assert_eq(heap_object_site(&layout, L, -1), FIGURES_PSEUDO_SITES + number, "number %d",
                     number);
    }
    end(L);
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
