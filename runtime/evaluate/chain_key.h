/* SPDX-License-Identifier: MIT */
/*
 * chain_key: the key that a link of a chain (chain.h) stands for, as Lua's compiler reads it.
 */
#ifndef LUAHEAT_EVALUATE_CHAIN_KEY_H
#define LUAHEAT_EVALUATE_CHAIN_KEY_H

#include "chain.h"

#include <lua.h>
#include <stdbool.h>

/* Pushes it, unless it is a string's (only that would be allocated) or a chain in its turn. */
bool chain_key_push_plain(lua_State *L, const struct chain_link *link);

/* Pushes it, but for a chain. Raises Lua errors. */
bool chain_key_push(lua_State *L, const struct chain_link *link);

#endif
