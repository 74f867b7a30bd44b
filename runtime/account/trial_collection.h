/* SPDX-License-Identifier: MIT */
/*
 * trial_collection: what would a full garbage collection free now? It is tried in a copy of the
 * process (process_copy.h), so that the program's own heap and collector stay as they are: no
 * finalizer runs, no weak table is cleared. What waits for its finalizer counts as alive.
 *
 * The copy refuses Lua some memory. Lua then collects (an emergency collection, lmem.c), frees, and
 * asks again: with that it is over. Of what it frees only the size is noted.
 */
#ifndef LUAHEAT_ACCOUNT_TRIAL_COLLECTION_H
#define LUAHEAT_ACCOUNT_TRIAL_COLLECTION_H

#include <lua.h>
#include <stdint.h>

struct account;

struct trial_collection;

/* NULL: memory is out. */
struct trial_collection *trial_collection_create(void);
void trial_collection_destroy(struct trial_collection *trial);

/* Bytes by site, until the next one is tried. NULL if it cannot be told: the system gives no copy,
   the heap is larger than 512 MiB, or another one has been tried lately. With
   figures; where lua_pcall may be called. */
const uint64_t *trial_collection_run(struct trial_collection *trial, const struct account *account,
                                     lua_State *L);

#endif
