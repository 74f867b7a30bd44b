/* SPDX-License-Identifier: MIT */
/*
 * session: one client, at most one program, and everything that belongs to them: the struct that
 * the requests share. What a topic needs to remember stands in a struct of its own, in its own
 * header.
 */
#ifndef LUAHEAT_DAP_SESSION_H
#define LUAHEAT_DAP_SESSION_H

#include "breakpoint_table.h"
#include "changes.h"
#include "client.h"
#include "client_features.h"
#include "ending.h"
#include "exceptions.h"
#include "framing.h"
#include "launch.h"
#include "log.h"
#include "memory.h"
#include "memory_breakpoints.h"
#include "output.h"
#include "output_batch.h"
#include "pending.h"
#include "request.h"
#include "restart.h"
#include "runtime_link.h"
#include "state.h"
#include "stream.h"
#include "summons.h"

#include <uv.h>

/* More than this on its way to the client, and the program has to wait with its output. */
#define SESSION_QUEUE_BYTES (4u << 20)

struct session {
    uv_loop_t loop;
    struct log *log; /* the caller's */
    struct stream stream;
    struct framing framing;
    struct client client;
    enum session_state state;
    struct client_features features; /* the client's */
    struct launch launch;
    struct restart restart;
    struct debuggee *debuggee; /* NULL before launch */
    struct runtime_link link;
    struct pending pending;
    struct summons summons;
    struct changes changes;
    struct output out, err;
    struct output_batch shown; /* of both, on its way to the client */
    struct breakpoint_table breakpoints;
    int64_t last_thread; /* the highest number of a thread that the client has been told */
    bool printer_waits;  /* the program, until what a breakpoint has printed is shown */
    struct exceptions exceptions;
    struct memory_breakpoints memory_breakpoints;
    struct memory memory;
    struct ending ending;
};

/* Serves one client on the two descriptors (which it takes) until the session is over. 0 or
   UV_E...: the session could not start. */
int session_run(int in_fd, int out_fd, struct log *log);

/* Shows text the way the program's output is shown: in batches, unless it is ours ("console", or
   "important" for what the user should not overlook). An output_function; data is the session. */
void session_show_output(void *data, const char *category, const char *text);

/* What the program has printed so far reaches the client before what is said next. `final`: the
   program is gone. */
void session_take_output(struct session *session, bool final);

/* Is the client so slow that what can wait should? */
bool session_is_congested(const struct session *session);

#endif
