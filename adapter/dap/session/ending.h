/* SPDX-License-Identifier: MIT */
/*
 * ending: how the program ends, and how the session does. The program's end is reported once,
 * whether the process or the link ends first. After it the client may still look at figures; the
 * session ends when the client says so or has gone, and takes a program that still runs with it.
 */
#ifndef LUAHEAT_DAP_ENDING_H
#define LUAHEAT_DAP_ENDING_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct session;

struct ending {
    bool process_runs;
    bool thread_started; /* the client knows of the program's thread */
    bool reported;       /* `terminated` has been sent */
    bool terminating;    /* the program has been asked to end */
    bool closing;        /* the session is ending */
    uv_timer_t force;    /* a program that was asked to end is killed */
    uv_timer_t deadline; /* a session that is ending ends */
    uv_timer_t deaf;     /* a program whose link has ended should have, too */
    uv_signal_t signals[3];
};

int ending_init(struct ending *ending, struct session *session);

/* Tells the client of the program's thread; its end will be told too. */
void ending_thread_started(struct session *session);

/* The link has ended, usually because the program does. If it does not, it has closed our
   descriptor and runs on without us. A function for runtime_link.h; data is the session. */
void ending_link_ended(void *data);

/* Asks the program to end, and after a while makes it end; asked again, at once. */
void ending_terminate(struct session *session);

/* A debuggee_exit_cb; data is the session. */
void ending_process_exited(void *data, int64_t exit_code, int signal);

/* The program could not be run: reports the end of it and kills what there is. */
void ending_without_run(struct session *session);

/* Ends the session: kills the program, sends what is queued, then closes all handles so that the
   loop runs out. Nothing more is received or said. Returns at once; a second call is harmless. */
void ending_close(struct session *session);

/* Something that the end of the session waits for may have happened. */
void ending_continue(struct session *session);

#endif
