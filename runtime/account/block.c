/* SPDX-License-Identifier: MIT */
#include "block.h"

#include "layout.h"

#include <stdlib.h>
#include <string.h>

/* The block stays as it is until it is freed here. Without memory for the note it is lost. */
static void give_back(block_list *freed, struct block *block, size_t size) {
    struct block_freed *note = malloc(sizeof *note);
    if (note == NULL)
        return;
    *note = (struct block_freed){.next = atomic_load(freed), .block = block, .size = size};
    while (!atomic_compare_exchange_weak(freed, &note->next, note))
        ;
}

static void *resize(struct block *old, size_t size, enum figures_kind kind) {
    struct block *block = realloc(old, sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (struct block){.size = size, .kind = (uint32_t)kind, .elsewhere = true};
    return block_text(block);
}

void *block_alloc_elsewhere(block_list *freed, void *ptr, size_t osize, size_t nsize) {
    struct block *old = ptr != NULL ? block_of(ptr) : NULL;
    bool ours = old != NULL && !old->elsewhere;
    enum figures_kind kind = old != NULL ? (enum figures_kind)old->kind : layout_kind(osize);
    void *moved = NULL;
    if (nsize == 0 && !ours) {
        free(old);
        return NULL;
    }
    if (nsize > 0 && (moved = resize(ours ? NULL : old, nsize, kind)) == NULL)
        return NULL;
    if (!ours)
        return moved;
    size_t size = block_size(old, osize);
    if (moved != NULL)
        memcpy(moved, ptr, size < nsize ? size : nsize);
    give_back(freed, old, size);
    return moved;
}
