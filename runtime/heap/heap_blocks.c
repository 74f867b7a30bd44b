/* SPDX-License-Identifier: MIT */
#include "heap_blocks.h"

#include "account.h"
#include "call_info.h"
#include "layout.h"

#include <lauxlib.h>

struct telling {
    const struct account *account;
    const struct layout *layout;
    heap_block_function *function;
    void *data;
};

static void tell(const struct telling *telling, const void *block) {
    if (block == NULL)
        return;
    struct account_block known = account_block_of(telling->account, block);
    telling->function(telling->data, known.site, known.size);
}

/* Its size: what the books do not tell, the table does. */
static void tell_part(const struct telling *telling, const void *part, size_t size) {
    if (part == NULL)
        return;
    struct account_block known = account_block_of(telling->account, part);
    telling->function(telling->data, known.site, known.size > 0 ? known.size : size);
}

/* Whose size no header tells. */
static void tell_stack(const struct telling *telling, const lua_State *thread) {
    const void *stack = layout_stack(telling->layout, thread);
    if (stack == NULL)
        return;
    telling->function(telling->data, account_block_of(telling->account, stack).site,
                      layout_stack_bytes(telling->layout, thread));
}

/* Those of calls that are over are kept for others. The first is a part of the thread's block. */
static void tell_calls(const struct telling *telling, const lua_State *thread) {
    if (!call_info_is_proven())
        return;
    const struct call_info *call = call_info_innermost(thread);
    while (call->previous != NULL)
        call = call->previous;
    for (call = call->next; call != NULL; call = call->next)
        tell(telling, call);
}

/* The text of a luaL_Buffer that has outgrown its C stack (UBox of lauxlib.c). */
static void tell_box(const struct telling *telling, lua_State *L) {
    const struct {
        const void *text;
        size_t size;
    } *box = lua_touserdata(L, -1);
    if (lua_rawlen(L, -1) != sizeof *box || !lua_getmetatable(L, -1))
        return;
    luaL_getmetatable(L, "_UBOX*");
    if (lua_rawequal(L, -1, -2))
        tell(telling, box->text);
    lua_pop(L, 2);
}

void heap_blocks(const struct account *account, const struct layout *layout, lua_State *L,
                 heap_block_function *function, void *data) {
    const struct telling telling = {account, layout, function, data};
    const void *block = layout_of(layout, L, lua_gettop(L)).address;
    tell(&telling, block);
    if (lua_istable(L, -1)) {
        struct layout_table_parts parts = layout_table_parts(layout, block);
        tell_part(&telling, parts.array, parts.array_bytes);
        tell_part(&telling, parts.nodes, parts.nodes_bytes);
    } else if (lua_isthread(L, -1)) {
        tell_stack(&telling, lua_tothread(L, -1));
        tell_calls(&telling, lua_tothread(L, -1));
    } else if (lua_type(L, -1) == LUA_TUSERDATA) {
        tell_box(&telling, L);
    }
}
