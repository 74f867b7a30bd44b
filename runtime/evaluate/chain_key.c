/* SPDX-License-Identifier: MIT */
#include "chain_key.h"

#include <lauxlib.h>
#include <string.h>

enum { NUMERAL_BYTES = 200 /* Lua's own limit (L_MAXLENNUM) */ };

static bool push_number(lua_State *L, const struct chain_link *link) {
    char numeral[NUMERAL_BYTES + 1];
    if (link->size > NUMERAL_BYTES)
        return false;
    memcpy(numeral, link->text, link->size);
    numeral[link->size] = '\0';
    if (lua_stringtonumber(L, numeral) == 0)
        return false;
    if (link->negative)
        lua_arith(L, LUA_OPUNM);
    return true;
}

bool chain_key_push_plain(lua_State *L, const struct chain_link *link) {
    if (link->kind == CHAIN_NUMBER)
        return push_number(L, link);
    bool is_boolean = link->kind == CHAIN_TRUE || link->kind == CHAIN_FALSE;
    if (is_boolean)
        lua_pushboolean(L, link->kind == CHAIN_TRUE);
    return is_boolean;
}

bool chain_key_push(lua_State *L, const struct chain_link *link) {
    luaL_Buffer buffer;
    if (link->kind == CHAIN_NAME) {
        lua_pushlstring(L, link->text, link->size);
    } else if (link->kind == CHAIN_STRING) {
        char *bytes = luaL_buffinitsize(L, &buffer, link->size);
        luaL_pushresultsize(&buffer, chain_string(link, bytes));
    } else {
        return chain_key_push_plain(L, link);
    }
    return true;
}
