/* SPDX-License-Identifier: MIT */
/*
 * restart: runs the program anew in the same session, with the settings it was launched with or new
 * ones. The old one's end is told as a continuation and the end of its thread, never as the end of
 * the session; breakpoints stay. From the request on until the new program runs the session is
 * being configured again, and the request waits for its answer as `launch` does.
 */
#ifndef LUAHEAT_DAP_RESTART_H
#define LUAHEAT_DAP_RESTART_H

#include "launch_settings.h"

#include <stdbool.h>
#include <uv.h>

struct session;

struct restart {
    bool pending;  /* the old program is ending */
    bool has_news; /* settings to be launched with */
    struct launch_settings settings;
    uv_timer_t timer;
};

int restart_init(struct restart *restart, struct session *session);
void restart_finish(struct restart *restart);

/* The old program's process has ended. */
void restart_process_exited(struct session *session);

/* The session is to end instead. */
void restart_give_up(struct session *session);

#endif
