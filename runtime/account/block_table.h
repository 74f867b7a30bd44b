/* SPDX-License-Identifier: MIT */
/*
 * block_table: what is known of the blocks of an allocator that is not ours, by their address, in
 * memory of our own: nothing of it stands in the blocks.
 */
#ifndef LUAHEAT_ACCOUNT_BLOCK_TABLE_H
#define LUAHEAT_ACCOUNT_BLOCK_TABLE_H

#include "pointer_map.h"

struct block;
struct block_slab;

/* All zero is an empty one. */
struct block_table {
    struct pointer_map by_address; /* -> struct block */
    struct block_slab *slabs;
    struct block *unused; /* the first of those that are free again, or NULL */
};

void block_table_finish(struct block_table *table);

/* The record, which stays where it is until it is removed; NULL: there is none. */
static inline struct block *block_table_find(const struct block_table *table, const void *address) {
    return pointer_map_get(&table->by_address, address);
}

/* A record for an address that has none, all zero. NULL if memory is out. */
struct block *block_table_add(struct block_table *table, const void *address);

/* The block has moved. While it does, its old address may be that of another one: it is taken out
   before, and put back after; neither fails. */
void block_table_take(struct block_table *table, const void *address);
void block_table_put(struct block_table *table, const void *address, struct block *block);

/* The record is to be used no more. */
void block_table_remove(struct block_table *table, const void *address);

#endif
