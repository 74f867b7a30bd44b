/* SPDX-License-Identifier: MIT */
/*
 * relay: the signals that reach luaheat while a script runs (arrivals.h). They are meant for the
 * script; luaheat itself stays, to report. A child starts as if there were no relay: libuv sees to
 * it.
 *
 * Keys at the terminal (Ctrl-C, Ctrl-\) and a hang-up go to the whole process group, so the script
 * has them already. What somebody else sent is passed on after a moment, unless the script is over
 * by then: `kill` may have been aimed at the group as well, and to a Lua script the second SIGINT
 * is fatal.
 */
#ifndef LUAHEAT_ADAPTER_RELAY_H
#define LUAHEAT_ADAPTER_RELAY_H

#include <signal.h>
#include <uv.h>

typedef void relay_cb(void *data, int signal);

struct relay {
    int fd;
    int signal; /* to be passed on */
    uv_poll_t poll;
    uv_timer_t timer;
    relay_cb *pass;
    void *data;
};

/* 0 or a negative UV_E... (nothing to finish then). Does not keep the loop alive. */
int relay_init(struct relay *relay, uv_loop_t *loop, relay_cb *pass, void *data);

/* The loop must run once more to release it. Then the signals are the command's own again: who
   waits for a long export may end it. */
void relay_finish(struct relay *relay);

#endif
