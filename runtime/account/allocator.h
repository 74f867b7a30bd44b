/* SPDX-License-Identifier: MIT */
/*
 * allocator: lua_Alloc, which books every block on the line that runs.
 */
#ifndef LUAHEAT_ACCOUNT_ALLOCATOR_H
#define LUAHEAT_ACCOUNT_ALLOCATOR_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
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

/* A block of the state's that lives: the site that owns it, and its size in bytes, as the books
   have them. The size is 0 of a thread's stack, whose size no header tells (layout.h), and of what
   was there before the account was attached and nobody has found. With figures only. */
struct account_block {
    uint32_t site;
    size_t size;
};
struct account_block account_block_of(const struct account *account, const void *block);

#endif
