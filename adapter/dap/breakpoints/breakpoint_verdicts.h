/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_verdicts: what a program's runtime makes of the breakpoints that a client has set, as
 * the answer to its request or, if it came before the runtime, as events.
 */
#ifndef LUAHEAT_DAP_BREAKPOINT_VERDICTS_H
#define LUAHEAT_DAP_BREAKPOINT_VERDICTS_H

#include "breakpoint_table.h"
#include "program.h"

/* Answers the request that has replaced the set of the table: now, or when the runtime of its
   program has looked at them. The table must outlive the program. */
void breakpoint_verdicts_answer(const struct request *request, const struct breakpoint_table *table,
                                const struct breakpoint_set *set);

/* The runtime of a program that is attached to is not there for a while: tells the client what can
   be known without it (foreseen.h). */
void breakpoint_verdicts_foretell(const struct breakpoint_table *table, struct client *client);

/* Sends the runtime what was set before it existed. */
void breakpoint_verdicts_ask_again(const struct breakpoint_table *table, struct program *program);

#endif
