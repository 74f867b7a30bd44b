/* SPDX-License-Identifier: MIT */
/*
 * state: a lua_State as luaL_newstate makes it (warnings off but switchable, a panic function that
 * speaks), except that its allocator is an account's.
 */
#ifndef LUAHEAT_INTERPRETER_STATE_H
#define LUAHEAT_INTERPRETER_STATE_H

#include "account.h"

/* NULL if memory is out. */
lua_State *state_new(struct account *account);

#endif
