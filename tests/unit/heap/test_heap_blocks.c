/* SPDX-License-Identifier: MIT */
#include "heap_blocks.h"

#include "account.h"
#include "layout.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <sys/mman.h>

static struct account account;
static lua_State *L;
static unsigned arrays, hashes;

/* How large the parts of the table on top of the stack are, as the table tells, and as was
   allocated. */
static void expect_sizes_of_parts(void) {
    const struct layout *layout = layout_measured();
    const struct layout_table_parts parts =
        layout_table_parts(layout, layout_of(layout, L, lua_gettop(L)).address);
    if (parts.array != NULL)
        cr_assert_eq(parts.array_bytes, account_block_of(&account, parts.array).size);
    if (parts.nodes != NULL)
        cr_assert_eq(parts.nodes_bytes, account_block_of(&account, parts.nodes).size);
    arrays += parts.array != NULL;
    hashes += parts.nodes != NULL;
}

/* Tables as they come into being: made in one go, grown, shrunk, with holes, asked for their
 * length. */
static const char code[] =
    "local all = {}\n"
    "local function keep(t) all[#all + 1] = t end\n"
    "for n = 0, 40 do\n"
    "  local grown, made, mixed, holes = {}, table.pack(table.unpack({}, 1, n)), {}, {}\n"
    "  for i = 1, n do grown[i] = i mixed[i] = i mixed['k' .. i] = i holes[i] = i end\n"
    "  for i = n, n // 2, -1 do holes[i] = nil local _ = #holes end\n"
    "  local asked = {1, 2, 3, 4, 5, nil, nil, nil}\n"
    "  asked[n] = n\n"
    "  local _ = #asked, #grown, #made, #mixed\n"
    "  keep(grown) keep(made) keep(mixed) keep(holes) keep(asked) keep({ x = 1, y = n })\n"
    "end\n"
    "return all\n";

Test(heap_blocks, of_a_table_have_the_sizes_that_it_tells) {
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(figures, MAP_FAILED);
    cr_assert_eq(account_init(&account, figures), 0);
    L = account_new_state(&account);
    luaL_openlibs(L);
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
    for (lua_Integer i = 1, count = luaL_len(L, -1); i <= count; i++) {
        lua_rawgeti(L, -1, i);
        expect_sizes_of_parts();
        lua_pop(L, 1);
    }
    expect_sizes_of_parts();
    cr_assert_gt(arrays, 100);
    cr_assert_gt(hashes, 50);
    lua_close(L);
    account_finish(&account);
}
