/* SPDX-License-Identifier: MIT */
/*
 * starting: a program that is launched, from its settings to a process whose runtime we wait for.
 */
#ifndef LUAHEAT_DAP_STARTING_H
#define LUAHEAT_DAP_STARTING_H

#include "program.h"

/* A program that is PROGRAM_STARTING without a process yet. Takes the settings. The ticket is of
   the request that waits until it runs. `before`: the one whose place it takes, or NULL: numbers
   that clients know go on from its. End with ending_destroy(). */
struct program *starting_create(const struct program_owner *owner, struct launch_settings *settings,
                                const struct client_ticket *ticket, const struct program *before);

/* Makes its end of the link, and the memory for its figures if they are wanted. 0 or UV_E... */
int starting_prepare_link(struct program *program);

/* Has its process started. The owner is told once its runtime can be told things, or that it has
   failed. */
void starting_begin(struct program *program);

#endif
