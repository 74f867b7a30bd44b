/* SPDX-License-Identifier: MIT */
#include "copied.h"

#include "account.h"
#include "process_copy.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <sys/mman.h>

static struct account account;
static lua_State *L;
static struct figures *figures;

static void *share(size_t size) {
    void *map =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(map, MAP_FAILED);
    return map;
}

/* What the copy tells. */
static struct told {
    uint64_t live_before, live_after;
    lua_Integer sum;
    bool figures, told;
} * told;

static void look(void *data) {
    (void)data;
    copied_begin(&account, L);
    told->figures = account_figures(&account) == figures;
    told->live_before = figures->live;
    if (luaL_dostring(L, "local kept = {} for i = 1, 1000 do kept[i] = { text .. i } end return "
                         "#kept + #text") == LUA_OK)
        told->sum = lua_tointeger(L, -1);
    told->live_after = figures->live;
    told->told = true;
}

Test(copied, a_state_works_on_and_books_nothing) {
    figures = share(sizeof *figures);
    told = share(sizeof *told);
    cr_assert_eq(account_init(&account, figures), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
    cr_assert_eq(luaL_dostring(L, "text = ('x'):rep(100)"), LUA_OK);
    uint64_t live = figures->live;
    cr_assert(process_copy_run(look, NULL, 0));
    cr_assert(told->told, "it came to its end");
    cr_assert(told->figures, "its books can be read");
    cr_assert_eq(told->sum, 1100);
    cr_assert_eq(told->live_before, live);
    cr_assert_eq(told->live_after, live);
    cr_assert_eq(figures->live, live);
    cr_assert_eq(luaL_dostring(L, "text = text .. ('y'):rep(1000)"), LUA_OK);
    cr_assert_gt(figures->live, live, "the program goes on");
    lua_close(L);
    account_finish(&account);
}
