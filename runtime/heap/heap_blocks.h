/* SPDX-License-Identifier: MIT */
/*
 * heap_blocks: the blocks that an object is made of: its own, and those that nobody else refers to:
 * the array and the hash part of a table, the stack and the call records of a thread, the text of a
 * buffer. The boxes of upvalues are not among them: functions share them.
 */
#ifndef LUAHEAT_HEAP_HEAP_BLOCKS_H
#define LUAHEAT_HEAP_HEAP_BLOCKS_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

struct account;
struct layout;

/* A block of so many bytes that belongs to the site; the object's own is the first. A size that is
   not known is 0: see account_block_of(). */
typedef void heap_block_function(void *data, uint32_t site, size_t size);

/* The object is on top of L's stack, of which 4 free slots are needed. With figures only. */
void heap_blocks(const struct account *account, const struct layout *layout, lua_State *L,
                 heap_block_function *function, void *data);

#endif
