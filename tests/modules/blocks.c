/* SPDX-License-Identifier: MIT */
/* Single blocks from the state's own allocator, as LPeg takes them: new(bytes [, tag]), and of a
   block resize(bytes [, told]) and free([told]), where `told` is how large it tells the allocator
   that the block is. */
#include <lauxlib.h>
#include <string.h>

struct held {
    void *block;
    size_t size;
};

static void *reallocate(lua_State *L, void *block, size_t told, size_t size) {
    void *ud;
    lua_Alloc allocator = lua_getallocf(L, &ud);
    void *moved = allocator(ud, block, told, size);
    if (moved == NULL && size > 0)
        luaL_error(L, "not enough memory");
    return moved;
}

static struct held *check(lua_State *L) {
    return luaL_checkudata(L, 1, "block");
}

static int new_block(lua_State *L) {
    size_t size = (size_t)luaL_checkinteger(L, 1), tag = (size_t)luaL_optinteger(L, 2, 0);
    struct held *held = lua_newuserdatauv(L, sizeof *held, 0);
    *held = (struct held){reallocate(L, NULL, tag, size), size};
    memset(held->block, 'x', size);
    luaL_setmetatable(L, "block");
    return 1;
}

static int resize(lua_State *L) {
    struct held *held = check(L);
    size_t size = (size_t)luaL_checkinteger(L, 2);
    size_t told = (size_t)luaL_optinteger(L, 3, (lua_Integer)held->size);
    held->block = reallocate(L, held->block, told, size);
    held->size = size;
    return 0;
}

static int free_block(lua_State *L) {
    struct held *held = check(L);
    size_t told = (size_t)luaL_optinteger(L, 2, (lua_Integer)held->size);
    reallocate(L, held->block, told, 0);
    held->block = NULL;
    return 0;
}

/* With the state goes what the program has kept. */
static int collect(lua_State *L) {
    const struct held *held = check(L);
    return held->block != NULL ? free_block(L) : 0;
}

static const luaL_Reg methods[] = {{"resize", resize}, {"free", free_block}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"new", new_block}, {NULL, NULL}};

LUAMOD_API int luaopen_blocks(lua_State *L);

LUAMOD_API int luaopen_blocks(lua_State *L) {
    luaL_newmetatable(L, "block");
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
