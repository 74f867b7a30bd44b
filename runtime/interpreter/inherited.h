/* SPDX-License-Identifier: MIT */
/*
 * inherited: what the adapter hands to the process it starts (link/link.h): descriptors, named by
 * environment variables; and which signals are ignored and blocked, as the script would find them
 * if luaheat did not stand between it and whoever has started it. The one place that knows how this
 * OS passes them on.
 */
#ifndef LUAHEAT_INTERPRETER_INHERITED_H
#define LUAHEAT_INTERPRETER_INHERITED_H

#include "bell.h"
#include "figures.h"

struct inherited {
    int link;                /* connected socket; -1: none */
    struct figures *figures; /* shared, writable; NULL: none */
    struct bell *bell;       /* shared; NULL: none */
    char *measure;           /* LINK_ENV_MEASURE's text; the caller's to free(); NULL: none */
    char *sampling;          /* LINK_ENV_SAMPLING's, likewise */
};

/* Takes all of it out of the environment, makes them close-on-exec and ties this process's life to
   that of its parent. To be called first, before any user code runs. 0 or a negative errno. */
int inherited_take(struct inherited *inherited);

#endif
