/* SPDX-License-Identifier: MIT */
#include "copied.h"

#include "account.h"
#include "block.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Nothing is given back: the copy ends soon. What is taken has a block in front of it for whoever
   asks (account_block_of). Of a new one osize is no size. */
static void *alloc_in_copy(void *account, void *ptr, size_t osize, size_t nsize) {
    (void)account;
    if (nsize == 0)
        return NULL;
    if (ptr != NULL && nsize <= osize)
        return ptr;
    struct block *block = malloc(sizeof *block + nsize);
    if (block == NULL)
        return NULL;
    *block = (struct block){.size = nsize, .site = FIGURES_DEBUGGER};
    if (ptr != NULL)
        memcpy(block_text(block), ptr, osize);
    return block_text(block);
}

/* A child of the program finds its books closed (process.h): here they may be read, as nothing is
   written into them any more. */
void copied_begin(struct account *account, lua_State *L) {
    static bool open = true;
    account->ledger.open = &open;
    account_last = (struct account_last){.allocator = alloc_in_copy, .account = account};
    lua_setallocf(L, alloc_in_copy, account);
    lua_sethook(L, NULL, 0, 0);
}
