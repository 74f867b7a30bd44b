/* SPDX-License-Identifier: MIT */
/*
 * allocator: lua_Alloc, which books every block on the line that runs.
 */
#ifndef LUAHEAT_ACCOUNT_ALLOCATOR_H
#define LUAHEAT_ACCOUNT_ALLOCATOR_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct account;

/* The lua_Alloc to use, with the account as ud. */
lua_Alloc account_allocator(const struct account *account);

/* From here on the allocator saves the pc, if it can: before there is a state. */
void account_save_pc(struct account *account);

/* Is it one of those, so that its ud is an account? */
bool account_is_allocator(lua_Alloc allocator, const void *ud);

/* Decides what the last event left open: a stack that may have moved, and what other OS threads
   have given back. */
void account_follow(struct account *account);

/* The site that owns a block of the state's that lives. With figures only. */
uint32_t account_site_of(const struct account *account, const void *block);

#endif
