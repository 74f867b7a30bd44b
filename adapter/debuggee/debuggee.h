/* SPDX-License-Identifier: MIT */
/*
 * debuggee: one run of luaheat-lua, or of a host, as a child process. Starts it with the
 * descriptors of link/link.h, tells how it ended, ends it. Knows nothing of messages, DAP or the
 * meaning of figures.
 */
#ifndef LUAHEAT_ADAPTER_DEBUGGEE_H
#define LUAHEAT_ADAPTER_DEBUGGEE_H

#include "interpreter.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct debuggee;

struct shared_memory;

struct debuggee_options {
    struct interpreter interpreter;
    const char *cwd;     /* NULL: ours */
    char *const *env;    /* whole environment, NULL-terminated; NULL: ours */
    char *const *args;   /* what follows the interpreter: script, its arguments; NULL-terminated */
    int figures_fd;      /* -1: memory off. Stays the caller's. */
    const char *measure; /* LINK_ENV_MEASURE's text; NULL: nothing */
    const struct shared_memory *answer; /* of LINK_ENV_ANSWER; NULL: none */
    const struct shared_memory *bell;   /* of link/bell.h; NULL: none */
    int in_fd;            /* its stdin, if it has pipes; -1: empty. Stays the caller's. */
    uv_pipe_t *link;      /* initialised pipe that becomes our end of the socket; NULL: no link */
    uv_pipe_t *out, *err; /* initialised pipes for its stdout and stderr; NULL: all three standard
                             streams are inherited. With pipes it leads a process group of its own,
                             which debuggee_kill() then ends whole, and which ends with us if we are
                             killed before it has ended. */
};

/* Called once, on the loop, when the process is gone; its pipes may still hold data. */
typedef void debuggee_exit_cb(void *data, int64_t exit_code, int signal);

/* A started process, or NULL with *error a negative UV_E... (missing interpreter, bad cwd, ...). */
struct debuggee *debuggee_start(uv_loop_t *loop, const struct debuggee_options *options,
                                debuggee_exit_cb *on_exit, void *data, int *error);

/* Of this process, NULL-terminated; not to be changed. */
char **debuggee_own_environment(void);

int debuggee_pid(const struct debuggee *debuggee);

/* Sends the signal to the process, or to its whole group if it leads one. Harmless after its end.
 */
void debuggee_kill(struct debuggee *debuggee, int signal);

/* Closes the handle; memory is released by the loop. NULL is fine. Does not kill. */
void debuggee_destroy(struct debuggee *debuggee);

#endif
