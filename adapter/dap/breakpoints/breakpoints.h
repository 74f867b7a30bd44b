/* SPDX-License-Identifier: MIT */
/*
 * breakpoints: what becomes of the breakpoints that a client sets, before and while there is a
 * runtime that can judge them; and what logpoints print.
 */
#ifndef LUAHEAT_DAP_BREAKPOINTS_H
#define LUAHEAT_DAP_BREAKPOINTS_H

#include "client.h"

#include <cJSON.h>
#include <stdbool.h>

struct session;

/* Replaces those of a set (breakpoint_table.h) and answers the request, which names it: now, or
   when the runtime has looked at them. */
void breakpoints_set(struct session *session, const struct client_ticket *ticket,
                     const cJSON *source, const cJSON *list);

/* Is there a runtime that can be asked about them? */
bool breakpoints_can_ask(const struct session *session);

/* Sends the runtime what was set before it existed, and its verdicts to the client as events. */
void breakpoints_send_all(struct session *session);

/* The runtime's events: it has found out more about one; one prints something. */
void breakpoints_changed(struct session *session, const cJSON *body);
void breakpoints_printed(struct session *session, const cJSON *body);

/* The client has taken what was on its way to it. */
void breakpoints_go_on_printing(struct session *session);

#endif
