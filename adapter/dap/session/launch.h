/* SPDX-License-Identifier: MIT */
/*
 * launch: from the request `launch` to a program that runs. It runs once three things have
 * happened, in any order: launch was asked, the runtime is ready, and the client has sent
 * configurationDone. Then both requests are answered (configurationDone first), and the program is
 * told to go.
 */
#ifndef LUAHEAT_DAP_LAUNCH_H
#define LUAHEAT_DAP_LAUNCH_H

#include "client.h"
#include "launch_settings.h"

#include <uv.h>

struct session;

struct launch {
    struct launch_settings settings;
    struct client_ticket ticket;
    bool pending;     /* launch waits for its answer */
    bool started;     /* the program has been started, whatever came of it */
    bool ready;       /* the runtime can be talked to */
    bool configured;  /* configurationDone has come */
    uv_timer_t timer; /* what is started may be no luaheat-lua, and never become ready */
    bool warned;      /* the user, of that */
};

int launch_init(struct launch *launch, struct session *session);

/* The runtime has loaded the program, or says why it could not. */
void launch_ready(struct session *session, const cJSON *body);

/* Starts a program anew, in the place of one that has ended; the ticket waits for its answer. */
void launch_again(struct session *session);

/* If launch still waits for its answer: it is this error. */
void launch_refuse(struct session *session, enum error_id id, const char *text);

/* What runs is no luaheat-lua: a launch that waits for it is refused, and ends. */
void launch_give_up(struct session *session);

void launch_finish(struct launch *launch);

#endif
