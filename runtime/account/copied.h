/* SPDX-License-Identifier: MIT */
/*
 * copied: a state in a copy of its process (process_copy.h), to look at it there. It and its books
 * are as they were; only what it takes and gives back from here on is in none, as the figures are
 * shared with the program.
 */
#ifndef LUAHEAT_ACCOUNT_COPIED_H
#define LUAHEAT_ACCOUNT_COPIED_H

#include <lua.h>

struct account;

/* In the copy. No hook runs there any more. */
void copied_begin(struct account *account, lua_State *L);

#endif
