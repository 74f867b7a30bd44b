/* SPDX-License-Identifier: MIT */
/*
 * attachment: what an account has of a state that was there before (attached.h).
 */
#ifndef LUAHEAT_ACCOUNT_ATTACHMENT_H
#define LUAHEAT_ACCOUNT_ATTACHMENT_H

#include "block_table.h"
#include "seat.h"
#include "vm_pc.h"

struct layout;

struct attachment {
    struct seat *seat;
    const struct layout *layout;
    const void *main;          /* the main thread's block */
    struct block_table blocks; /* with figures: what is known of those that live */
    struct vm_pc_call how;     /* the event that is being booked */
};

#endif
