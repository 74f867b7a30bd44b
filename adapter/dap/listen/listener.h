/* SPDX-License-Identifier: MIT */
/*
 * listener: `luaheat dap --listen`. Clients come one after the other or at once, and each has a
 * session in a process of its own (callers.h), in which it may be let in (admission/admission.h).
 * Here is decided only who may knock: at a Unix socket processes of our user and root's, at an
 * address of this machine without a token those of our user. From beyond this machine nobody may
 * without a token. The rest is closed before anything of it is read.
 */
#ifndef LUAHEAT_DAP_LISTENER_H
#define LUAHEAT_DAP_LISTENER_H

#include <stdbool.h>

struct log;

struct listener_settings {
    const char *address;    /* as the user wrote it */
    const char *token_path; /* NULL: no token is wanted */
    bool once;              /* ends with the first session */
    struct log *log;
};

/* Says where it listens: on standard error for people, as one line of JSON on standard output,
   which is then standard error's. Serves until SIGTERM, SIGINT or SIGHUP, which end the sessions
   too, or until the only session ends. The exit code. */
int listener_serve(const struct listener_settings *settings);

#endif
