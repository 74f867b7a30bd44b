/* SPDX-License-Identifier: MIT */
/*
 * attached: the account of a state that was there before, made and run by somebody else (a host).
 * It stands between Lua and the host's allocator (seat.h), and what it knows of blocks lies beside
 * them (block_table.h): when it goes, nothing of it stays behind.
 *
 * All that is there at first belongs to FIGURES_BEFORE_ATTACH: Lua's own count, as buffers. Who
 * walks the heap (heap/heap_attach.h) tells what objects there are: they are then booked by their
 * kind, and coroutines become known. What no walk finds stays a buffer: prototypes, what is garbage
 * already. So the sum of all is Lua's count from the first moment on. A buffer that grows is handed
 * over to the running line, as ever. Stacks of the threads that are known and Lua's string table
 * are not: they stay where they are (booking.h).
 *
 * For account.h, which has what others call.
 */
#ifndef LUAHEAT_ACCOUNT_ATTACHED_H
#define LUAHEAT_ACCOUNT_ATTACHED_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct account;

/* account_attach(), account_found(). */
int attached_begin(struct account *account, lua_State *L);
int attached_found(struct account *account, lua_State *L, int index);

/* What has been freed on other OS threads is. */
void attached_take_back(struct account *account);

/* Lua counts so many bytes. What a C module had taken from the state's allocator by itself before
   anybody came (lpeg does) is in no count; when it goes it looks like something of Lua's. */
void attached_make_up(struct account *account, uint64_t counted);

/* The host's allocator is there again. Not when lua_close has ended it. */
void attached_end(struct account *account, lua_State *L);

/* Is it the lua_Alloc of such a state? Its ud is a seat. */
bool attached_is_allocator(lua_Alloc allocator, const void *ud);

#endif
