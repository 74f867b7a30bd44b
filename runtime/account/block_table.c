/* SPDX-License-Identifier: MIT */
#include "block_table.h"

#include "block.h"

#include <stdlib.h>

enum { SLAB_BLOCKS = 1000 };

struct block_slab {
    struct block_slab *next;
    struct block blocks[SLAB_BLOCKS];
};

void block_table_finish(struct block_table *table) {
    while (table->slabs != NULL) {
        struct block_slab *next = table->slabs->next;
        free(table->slabs);
        table->slabs = next;
    }
    pointer_map_finish(&table->by_address);
    *table = (struct block_table){0};
}

/* One that is unused knows the next. */
static void release(struct block_table *table, struct block *block) {
    *block = (struct block){.thread = table->unused};
    table->unused = block;
}

static bool add_slab(struct block_table *table) {
    struct block_slab *slab = malloc(sizeof *slab);
    if (slab == NULL)
        return false;
    slab->next = table->slabs;
    table->slabs = slab;
    for (size_t i = SLAB_BLOCKS; i > 0; i--)
        release(table, &slab->blocks[i - 1]);
    return true;
}

struct block *block_table_add(struct block_table *table, const void *address) {
    if (table->unused == NULL && !add_slab(table))
        return NULL;
    struct block *block = table->unused;
    if (pointer_map_put(&table->by_address, address, block) != 0)
        return NULL;
    table->unused = block->thread;
    *block = (struct block){0};
    return block;
}

void block_table_take(struct block_table *table, const void *address) {
    pointer_map_take(&table->by_address, address);
}

void block_table_put(struct block_table *table, const void *address, struct block *block) {
    pointer_map_put(&table->by_address, address, block);
}

void block_table_remove(struct block_table *table, const void *address) {
    struct block *block = pointer_map_take(&table->by_address, address);
    if (block != NULL)
        release(table, block);
}
