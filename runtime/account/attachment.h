/* SPDX-License-Identifier: MIT */
/*
 * attachment: what an account has of a state that was there before (attached.h).
 */
#ifndef LUAHEAT_ACCOUNT_ATTACHMENT_H
#define LUAHEAT_ACCOUNT_ATTACHMENT_H

#include "block_table.h"
#include "seat.h"

struct layout;

struct attachment {
    struct seat *seat;
    const struct layout *layout;
    const void *main;          /* the main thread's block */
    struct block_table blocks; /* with figures: what is known of those that live */
};

#endif
